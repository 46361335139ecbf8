"""The questions of the quick log: the few that a contact needs, and those that are asked only beside an answer."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer, chosen
from tac_desktop.casework.disclosure import kept_by_flags
from tac_desktop.casework.forms.child_contact import OUTSIDE_REASON
from tac_desktop.casework.prison_record import for_prison_record
from tac_desktop.ui.beside_contact import COPIED
from tac_desktop.ui.copy_button import copy_button
from tac_desktop.ui.date_editors import MomentEditor
from tac_desktop.ui.editor import Circumstances, Editor
from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.keyed_editors import Chip, KeyedChips, KeyedTick
from tac_desktop.ui.kind_editor import KindEditor
from tac_desktop.ui.kit import put
from tac_desktop.ui.question import Question, typed_from, unbuilt

FORM: Final = forms.ALL["contact"]
_FIRST: Final = ("at", "kind", "with_whom", "who", "children", "child_contact", "happened", "why_not", OUTSIDE_REASON,
                 "summary")  # fmt: skip
_FOLLOWS: Final = ("waiting_for", "asked_level", "follow_up_by")
_KEPT_BACK: Final = ("withheld_from", "disclosure", "may_be_told", "decided_by")
_STAFF: Final = ("staff_note", "direction", "in_prison_record")
ASKED: Final = (*_FIRST, *_FOLLOWS, *_KEPT_BACK, *_STAFF)
_BUILT_FIRST: Final = ("at", "with_whom", "who", "summary")
"""They are always shown, far up; with those that are answered by keys they fill the window."""
_MARKS: Final = ("withheld_from", "disclosure")


class LogQuestions(QFrame):
    """What is asked of one event, whoever it is about."""

    changed = Signal(str)
    """The name of the field that the person changed."""

    def __init__(self, around: Circumstances, window: QWidget, decided_by: str) -> None:
        """Take the window in which the keys of marks hold, and who decides unless another name is written."""
        super().__init__()
        self._kit, self._around, self._window, self._decided_by = around.kit, around, window, decided_by
        self._loading = self._forbidden = False
        self._turns = InTurns(self)
        self.questions: dict[str, Question] = {}
        self.copy = copy_button(self._kit, "Copy a short text for it", self._for_prison_record, COPIED, kind="ghost")
        self._column = self._kit.column(gap=16)
        for title, names in (("", _FIRST), (_tr("What follows"), _FOLLOWS), (_tr("Who may not see it"), _KEPT_BACK),
                             (_tr("For prison staff"), _STAFF)):  # fmt: skip
            if title:
                self._column.addWidget(self._kit.label(title, "h3"))
            for name in names:
                self._column.addWidget(self._question(name))
        put(self._column, self._kit.row(self.copy, None))
        self.setLayout(self._column)
        self.follow()

    def show_now(self) -> None:
        """Begin with the present moment."""
        editor = self.questions["at"].editor
        if isinstance(editor, MomentEditor):
            self.quietly(editor.show_now)

    def answers(self) -> dict[str, Answer]:
        """Return the answers to what is asked; who decided is the person at work unless another name is written."""
        asked = (name for name in ASKED if not self.questions[name].isHidden())
        given = {name: answer for name in asked if (answer := self.questions[name].answer()) is not None}
        if any(given.get(name) for name in _MARKS) and self._decided_by:
            given.setdefault("decided_by", self._decided_by)
        return given

    def typed(self) -> dict[str, object]:
        """Return what a draft must keep."""
        return {name: typed for name, question in self.questions.items() if (typed := question.typed())}

    def retype(self, draft: Mapping[str, object]) -> None:
        """Bring back what `typed` gave."""
        for name, question in self.questions.items():
            if name in draft:
                self.quietly(lambda q=question, n=name: q.retype(typed_from(draft[n])))
        self.follow()

    def show_answers(self, answers: Mapping[str, Answer]) -> None:
        """Show what is known already."""
        for name, answer in answers.items():
            self.quietly(lambda n=name, a=answer: self.questions[n].show_answer(a))
        self.follow()

    def complain(self, problems: Mapping[str, str]) -> None:
        """Say beside each question what is wrong; one that was not asked yet is asked now."""
        for name, question in self.questions.items():
            question.complain(problems.get(name, ""))
            if name in problems:
                question.show()
        self._forbidden = self._forbidden or OUTSIDE_REASON in problems

    def ask_again(self, name: str) -> None:
        """Build a question anew: what it offers depends on whom the contact is about."""
        old, typed = self.questions[name], self.questions[name].typed()
        new = self._question(name)
        self._column.replaceWidget(old, new)
        self.quietly(lambda: new.retype(typed))
        old.hide()
        old.deleteLater()
        self.follow()

    def follow(self, forbidden: bool | None = None) -> None:
        """Show what is asked beside these answers; `forbidden` says whether contact is not allowed, None: as before."""
        given = {name: question.answer() for name, question in self.questions.items()}
        marked = {*chosen(_some(given), "withheld_from"), *kept_by_flags(chosen(_some(given), "disclosure"))}
        self._forbidden = self._forbidden if forbidden is None else forbidden
        for name, shown in (
            ("children", bool(self._around.records("child"))),
            ("child_contact", bool(given["children"] or given["child_contact"])),
            ("happened", bool(given["child_contact"])),
            ("why_not", bool(given["child_contact"]) and given["happened"] is False),
            (OUTSIDE_REASON, self._forbidden or bool(given[OUTSIDE_REASON])),
            ("asked_level", bool(given["asked_level"])),
            ("may_be_told", "mother" in marked),
            ("decided_by", bool(marked)),
        ):
            if self.questions[name].isHidden() is shown:
                self.questions[name].setVisible(shown)
        self._turns.build(unbuilt(self.questions.values()), len(ASKED) if self.isVisible() else 0)

    def add_keys(self, window: QWidget) -> None:
        """Make the keys of kinds and marks work anywhere in a window."""
        for question in self.questions.values():
            if question.is_built() and isinstance(question.editor, KindEditor | KeyedChips):
                question.editor.add_keys(window)

    def stops(self, names: Iterable[str]) -> list[QWidget]:
        """Return what takes the keyboard in some questions."""
        return [stop for name in names for stop in self.questions[name].editor.stops()]

    def quietly(self, show: Callable[[], None]) -> None:
        """Show something that the person has not typed."""
        before, self._loading = self._loading, True
        try:
            show()
        finally:
            self._loading = before

    def _question(self, name: str) -> Question:
        field = FORM.by_name[name]
        asked = replace(field, can_be_unknown=False, when=None)
        editor = self._editor(name)
        question = Question(self._around, asked, editor=editor, later=editor is None and name not in _BUILT_FIRST)
        question.changed.connect(self._changed)
        self.questions[name] = question
        return question

    def _editor(self, name: str) -> Editor | None:
        match name:
            case "kind":
                return KindEditor(self._around, FORM.by_name[name].label)
            case "withheld_from" | "disclosure":
                return KeyedChips(self._around, _CHIPS[name])
            case "direction":
                return KeyedTick(self._around, _CHIPS[name], answer="incoming")
            case "in_prison_record":
                return KeyedTick(self._around, _CHIPS[name], answer=True)
            case _:
                return None

    def _changed(self, name: str) -> None:
        if self._loading:
            return
        if self.questions[name].problem():
            self.questions[name].complain("")
        met = name == "kind" and self.questions["kind"].answer() == "one_to_one"
        if met and not self.questions["with_whom"].typed():
            self.questions["with_whom"].show_answer(("mother",))
        self.follow()
        self.changed.emit(name)

    def _for_prison_record(self) -> str:
        return for_prison_record(self.answers())


def _some(given: Mapping[str, Answer | None]) -> dict[str, Answer]:
    return {name: answer for name, answer in given.items() if answer is not None}


def _tr(text: str) -> str:
    return QCoreApplication.translate("QuickLog", text)


_CHIPS: Final[Mapping[str, tuple[Chip, ...]]] = {
    "withheld_from": (
        Chip("mother", "The mother", "Not to be shown to the mother", "M"),
        Chip("staff", "Staff", "Not to be shown to prison staff", "S"),
        Chip("court", "Court", "Not to be shown to the court and the parties", "C"),
        Chip("other_party", "Other party", "Not to be shown to the other party", "O"),
    ),
    "disclosure": (
        Chip("third_party", "About somebody else", "There is information about or from somebody else in it", "T"),
        Chip("legal_advice", "Legal advice", "There is legal advice in it", "L"),
        Chip("harm", "Harm", "It could do serious harm if told", "H"),
        Chip("childs_confidence", "Child’s confidence", "A child told it in confidence", "K"),
    ),
    "direction": (Chip("incoming", "They turned to us", "They turned to us", "I"),),
    "in_prison_record": (Chip("yes", "Recorded in NOMIS/DPS", "Recorded in NOMIS/DPS", "R"),),
}
"""The marks that are set by one key: code, words, what a screen reader says, and the letter."""
