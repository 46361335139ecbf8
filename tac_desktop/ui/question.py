"""A question of a form on the screen: label, hint, what is wrong, the editor, and 'Not known' and 'Declined'."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypedDict

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from tac_desktop.casework import fields as kinds
from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.ui.answer_states import AnswerStates
from tac_desktop.ui.date_editors import DayBoxes, DayEditor, MomentEditor
from tac_desktop.ui.editor import DECLINED, NOT_KNOWN, Circumstances, Editor, state_of
from tac_desktop.ui.editors import editor_for
from tac_desktop.ui.focus import put_in_order, stops_in
from tac_desktop.ui.text_editor import NarrativeEditor

_BAR = 4
_LONG_LABEL = 36


class Typed(TypedDict, total=False):
    """What a draft keeps of one question."""

    typed: list[str]
    state: str
    reason: str


class Question(QFrame):
    """One question. A state disables the box and leaves in it what was typed.

    What is in it can be built later: until then the answer that it was shown is its answer.
    """

    changed = Signal(str)
    """The name of the field; sent when an answer is shown by the program, too: the form tells these apart."""

    def __init__(
        self, around: Circumstances, field: kinds.Field, *, optional: bool = False, editor: Editor | None = None,
        later: bool = False,
    ) -> None:  # fmt: skip
        """Take the field; `optional` says so beside the label, `editor` stands in for the usual one of its kind.

        With `later` it is empty until `build`, or until somebody asks for what is in it.
        """
        super().__init__()
        self.field = field
        self._around, self._kit = around, around.kit
        self._optional = optional
        self._problem = ""
        self._stands: Answer | None = None
        self._editor: Editor | None = None
        self.states = AnswerStates(self._kit, field.label)
        self._error: QLabel | None = None
        self._column = self._kit.column(gap=4)
        if not later:
            self._build(editor or editor_for(field, around))

    @property
    def editor(self) -> Editor:
        """The part of it in which one answers."""
        return self._editor or self._build(editor_for(self.field, self._around))

    def is_built(self) -> bool:
        """Say whether there is anything in it."""
        return self._editor is not None

    def build(self) -> None:
        """Build what is in it, if that was left for later; Tab comes to it where the question stands."""
        _ = self.editor

    def answer(self) -> Answer | None:
        """Return the answer, as `Editor.answer` gives it."""
        if self._editor is None:
            return self._stands
        state = self._state()
        if state == DECLINED:
            return Declined()
        return NotKnown(self.states.reason()) if state == NOT_KNOWN else self._editor.answer()

    def show_answer(self, answer: Answer | None) -> None:
        """Show an answer that was given before; None empties the question."""
        self._stands = answer
        if self._editor is None:
            return
        state = state_of(answer)
        self._editor.show_answer(None if state and not self._editor.own_states else answer)
        self._show_state(state, answer.reason if isinstance(answer, NotKnown) else "")

    def typed(self) -> Typed:
        """Return what a draft has to keep; empty where nothing was typed."""
        typed = Typed()
        if self._editor is None and self._stands is None:
            return typed
        if texts := self.editor.typed():
            typed["typed"] = texts
        if state := self.states.ticked():
            typed["state"] = state
        if reason := self.states.typed_reason():
            typed["reason"] = reason
        return typed

    def retype(self, typed: Typed) -> None:
        """Bring back what `typed` gave."""
        if self._editor is None and not typed:
            self._stands = None
            return
        self.editor.retype(typed.get("typed", []))
        self._show_state(typed.get("state", ""), typed.get("reason", ""))

    def complain(self, problem: str) -> None:
        """Say beside the box what is wrong; '' for nothing."""
        if problem == self._problem:
            return
        self._problem = problem
        self.build()
        self._say(problem)
        self._column.setContentsMargins(self._kit.px(14) if problem else 0, 0, 0, 0)
        self._describe()
        self.update()

    def _say(self, problem: str) -> None:
        """Put the words below the label; the label for them is made when there are any."""
        if self._error is None:
            self._error = self._kit.label(problem, "error", wrap=True)
            self._column.insertWidget(1 + bool(self.field.hint), self._error)
        self._error.setText(problem)
        self._error.setVisible(bool(problem))

    def problem(self) -> str:
        """Return what is wrong, '' for nothing."""
        return self._problem

    def take_keyboard(self) -> None:
        """Put the keyboard into the first box that takes it."""
        stops = [stop for stop in (*self.editor.stops(), *self.states.boxes.values()) if stop.isEnabled()]
        chosen = next((stop for stop in stops if stop.property("checked")), stops[0] if stops else None)
        if chosen is not None:
            # any other reason would select the text, and the next key would overwrite it
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, arg__1: QPaintEvent) -> None:
        """Draw a bar along a question with a problem (Qt)."""
        super().paintEvent(arg__1)
        if self._problem:
            painter = QPainter(self)
            painter.fillRect(0, 0, self._kit.px(_BAR), self.height(), self._kit.theme.colour("danger"))
            painter.end()

    def _build(self, editor: Editor) -> Editor:
        self._editor = editor
        self._column.addLayout(self._heading(editor))
        if self.field.hint:
            self._column.addWidget(self._kit.label(self.field.hint, "hint", wrap=True))
        if self.field.can_be_unknown and not editor.own_states:
            self.states.offer()
        self._place_editor(editor)
        was_shown = self.isVisible()
        if was_shown:  # what is put into it then is shown only when the event loop turns
            self.hide()
        self.setLayout(self._column)
        _follow_in_order(self)
        if was_shown:
            self.show()
        self.show_answer(self._stands)
        editor.changed.connect(self._edited)
        self.states.changed.connect(self._edited)
        self._describe()
        return editor

    def _heading(self, editor: Editor) -> QHBoxLayout:
        # a wrapping label asks for little width: only a long one may wrap
        long = len(self.field.label) > _LONG_LABEL
        label = self._kit.label(self.field.label, "label", wrap=long)
        stops = editor.stops()
        if len(stops) == 1:
            label.setBuddy(stops[0])
        row = self._kit.row(label)
        row.setStretch(0, int(long))
        if self._optional:
            row.addWidget(self._kit.label("(optional)", "hint"))
        if isinstance(self.field, kinds.Narrative) and self.field.verbatim:
            row.addWidget(self._kit.badge("word for word", "info"))
        row.addStretch(int(not long))
        return row

    def _place_editor(self, editor: Editor) -> None:
        kit = self._kit
        # one row: where there is no room beside the box, both go below it together
        states = kit.row(*self.states.boxes.values(), gap=16)
        match editor:
            case NarrativeEditor(foot=foot):
                self._column.addWidget(editor)
                foot.add_layout(states)
                self._column.addLayout(foot)
            case DayBoxes():
                states.setContentsMargins(0, kit.px(20), 0, 0)
                self._column.addLayout(kit.flow(editor, states, gap=20, row_gap=4))
            case DayEditor(echo=echo) | MomentEditor(echo=echo):
                self._column.addLayout(kit.flow(editor, states, echo, gap=16, row_gap=4))
            case _ if editor.takes_whole_width:
                self._column.addWidget(editor)
                states.addStretch(1)
                self._column.addLayout(states)
            case _:
                self._column.addLayout(kit.flow(editor, states, gap=16, row_gap=4))

    def _state(self) -> str:
        return self.states.ticked() or (state_of(self.editor.answer()) if self.editor.own_states else "")

    def _show_state(self, state: str, reason: str) -> None:
        self.states.tick(state)
        self._follow_state()
        self.states.show_reason(reason)

    def _edited(self) -> None:
        self._follow_state()
        self.changed.emit(self.field.name)

    def _follow_state(self) -> None:
        state = self._state()
        if self.states.boxes:
            self.editor.setEnabled(not state)
        self.states.ask_why(self._column, asked=state == NOT_KNOWN)

    def _describe(self) -> None:
        must = "Has to be answered" if self.field.required else ""
        parts = (self.field.hint, f"Problem: {self._problem}" if self._problem else "", must)
        self.editor.describe(". ".join(part.rstrip(".") for part in parts if part), wrong=bool(self._problem))


def _follow_in_order(question: Question) -> None:
    """Have Tab come here after the question above: Qt puts what comes later behind everything in the window."""
    around = question.parentWidget()
    if around is None or (column := around.layout()) is None:
        return
    beside = around.findChildren(Question, options=Qt.FindChildOption.FindDirectChildrenOnly)
    of_form = sorted((one for one in beside if column.indexOf(one) >= 0), key=column.indexOf)
    above = [one for one in of_form[: of_form.index(question)] if one.is_built()]
    before = next((stops[-1] for one in reversed(above) if (stops := stops_in(one))), None)
    put_in_order(before, stops_in(question))


def unbuilt(questions: Iterable[Question]) -> Iterator[None]:
    """Build the questions that are shown, from top to bottom: one with each step."""
    for question in questions:
        if not (question.isHidden() or question.is_built()):
            question.build()
            yield


def typed_from(value: object) -> Typed:
    """Return the part of a draft that belongs to one question; whatever does not have its form is left out."""
    typed = Typed()
    if isinstance(value, Mapping):
        texts, state, reason = value.get("typed"), value.get("state"), value.get("reason")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - judged below
        if isinstance(texts, list) and all(isinstance(text, str) for text in texts):  # pyright: ignore[reportUnknownVariableType] - the same
            typed["typed"] = texts
        if isinstance(state, str):
            typed["state"] = state
        if isinstance(reason, str):
            typed["reason"] = reason
    return typed
