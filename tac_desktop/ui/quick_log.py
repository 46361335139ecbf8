"""The contact log in half a minute: one window, from anywhere, all of it by keyboard."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.ui.case_picker import CasePicker, Found
from tac_desktop.ui.date_editors import MomentEditor
from tac_desktop.ui.drafting import DraftClock
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.error_summary import ErrorSummary
from tac_desktop.ui.form_foot import FormFoot, RestoredNote
from tac_desktop.ui.kind_editor import KindEditor
from tac_desktop.ui.lined_dialog import LinedDialog
from tac_desktop.ui.question import Question, typed_from

WHO = ":who"
WHO_WORDS = ":who_words"
"""Where a draft keeps whom it is about; no field begins with a colon."""
ASKED = ("at", "kind", "with_whom", "children", "summary", "follow_up_by")
_NOBODY = "Choose whom this is about."
_FORM = forms.ALL["contact"]


@dataclass(frozen=True)
class LoggedContact:
    """A contact that shall be saved."""

    case_file: str
    answers: Mapping[str, Answer]


class QuickLog(LinedDialog):
    """Asks for the least that a contact needs. Closing it keeps what was typed as a draft."""

    submitted = Signal(object)
    """A LoggedContact. Answer with `refuse`, `failed` or by closing the window."""
    typed = Signal(object)
    """A dict that the draft must keep. Answer with `drafted`."""
    discarded = Signal()
    """The draft shall go."""

    def __init__(
        self,
        around: Circumstances,
        find: Callable[[str], Found],
        children_of: Callable[[str], Sequence[tuple[str, str]]],
        parent: QWidget | None = None,
    ) -> None:
        """Take what finds mothers by typed words, and what gives the children of a case file as (id, words)."""
        super().__init__(around.kit, "Log a contact", (700, 800), parent)
        self._kit, self._loading = around.kit, False
        self._around = replace(around, records=self._children)
        self._children_of = children_of
        self._clock = DraftClock(self)
        self.summary = ErrorSummary(self._kit)
        self.restored = RestoredNote(around)
        self.who = CasePicker(self._kit, "Who is this about?", find)
        self.foot = FormFoot(around)
        self.foot.discard.setText("Discard")
        self.foot.save.setText("Save (Ctrl+Return)")
        self.questions: dict[str, Question] = {}
        self._body = self._kit.column(gap=16)
        self._build()
        self._connect()
        self.questions["children"].hide()
        editor = self.questions["at"].editor
        if isinstance(editor, MomentEditor):
            self._quietly(editor.show_now)

    def choose(self, case_file: str, words: str) -> None:
        """Begin with a mother, so that only the rest is asked."""
        self._quietly(lambda: self.who.choose(case_file, words))

    def restore(self, draft: Mapping[str, object], at: str) -> None:
        """Bring back what a draft kept, and say so."""
        self._quietly(lambda: self.who.choose(str(draft.get(WHO, "")), str(draft.get(WHO_WORDS, ""))))
        for name, question in self.questions.items():
            if name in draft:
                self._quietly(lambda q=question, n=name: q.retype(typed_from(draft[n])))
        self.restored.show_time(at)
        self.foot.say_drafted(at)

    def draft(self) -> dict[str, object]:
        """Return what the draft must keep."""
        kept: dict[str, object] = {}
        if self.who.text():
            kept = {WHO: self.who.case_file(), WHO_WORDS: self.who.text()}
        return kept | {name: typed for name, question in self.questions.items() if (typed := question.typed())}

    def submit(self) -> None:
        """Hand in the contact, if nothing is missing."""
        if not self.foot.save.isEnabled():
            return
        self.settle()
        given = {name: answer for name, q in self.questions.items() if (answer := q.answer()) is not None}
        problems = _FORM.problems(given, self._around.now()[:10])
        if not self.who.case_file():
            problems = {WHO: _NOBODY, **problems}
        self.refuse(problems)
        if not problems:
            self.foot.set_busy(busy=True)
            self.submitted.emit(LoggedContact(self.who.case_file(), given))

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong; everything typed stays."""
        self.foot.set_busy(busy=False)
        self.who.complain(wrong=WHO in problems)
        for name, question in self.questions.items():
            question.complain(problems.get(name, ""))
        labelled = [(name, _labelled(name, words)) for name, words in problems.items()]
        self.summary.show_problems(labelled)

    def failed(self) -> None:
        """Let the person try again: saving was not possible, the words stay."""
        self.foot.set_busy(busy=False)

    def drafted(self, at: str) -> None:
        """Say that the draft has been written."""
        self.foot.say_drafted(at)

    def settle(self) -> None:
        """Send `typed` now, if something was typed since the last time."""
        self._clock.flush()

    def forget(self) -> None:
        """Send nothing more: what was typed is saved or thrown away."""
        self._clock.stop()

    def take_keyboard(self) -> None:
        """Put the keyboard where the first answer is missing."""
        if self.who.case_file():
            self.questions["kind"].take_keyboard()
        else:
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self, arg__1: int) -> None:
        """Keep what was typed, however the window is closed (Qt)."""
        self.settle()
        super().done(arg__1)

    def resizeEvent(self, arg__1: QResizeEvent) -> None:
        """Let the buttons scroll with the questions where the window is low (Qt)."""
        self.foot.place(self.column, self._body, arg__1.size().height())
        super().resizeEvent(arg__1)

    def _build(self) -> None:
        kit = self._kit
        self._body.addWidget(self.restored)
        self._body.addWidget(self.summary)
        self._body.addLayout(kit.field("Who is this about?", self.who))
        for name in ASKED:
            self._body.addWidget(self._question(name))
        self._body.addStretch(1)
        self._body.setContentsMargins(*(kit.px(20),) * 4)
        inside = QFrame()
        inside.setProperty("role", "page")
        inside.setLayout(self._body)
        self.column.addWidget(kit.scroll(inside), 1)
        self.column.addWidget(self.foot)

    def _question(self, name: str) -> Question:
        field = _FORM.by_name[name]
        editor = KindEditor(self._around, field.label) if name == "kind" else None
        if isinstance(editor, KindEditor):
            editor.add_keys(self)
        question = Question(self._around, replace(field, can_be_unknown=False), editor=editor)
        question.changed.connect(self._changed)
        self.questions[name] = question
        return question

    def _connect(self) -> None:
        self.who.chosen.connect(self._chosen)
        self.who.textEdited.connect(self._clock.touch)
        self._clock.due.connect(self._send_draft)
        self.summary.followed.connect(self._follow)
        self.restored.discarded.connect(self._discard)
        self.foot.discarded.connect(self._discard)
        self.foot.saved.connect(self.submit)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.submit)

    def _children(self, form: str) -> Sequence[tuple[str, str]]:
        return self._children_of(self.who.case_file()) if form == "child" and self.who.case_file() else ()

    def _chosen(self, case_file: str) -> None:
        self.who.complain(wrong=False)
        old = self.questions["children"]
        new = self._question("children")
        self._body.replaceWidget(old, new)
        old.hide()
        old.deleteLater()
        new.setVisible(bool(self._children("child")))
        if case_file and not self._loading:
            self._clock.touch()
            self.questions["kind"].take_keyboard()

    def _changed(self, name: str) -> None:
        if self._loading:
            return
        if self.questions[name].problem():
            self.questions[name].complain("")
        met = name == "kind" and self.questions["kind"].answer() == "one_to_one"
        if met and not self.questions["with_whom"].typed():
            self.questions["with_whom"].show_answer(("mother",))
        self._clock.touch()

    def _quietly(self, show: Callable[[], None]) -> None:
        self._loading = True
        try:
            show()
        finally:
            self._loading = False

    def _send_draft(self) -> None:
        self.typed.emit(self.draft())

    def _discard(self) -> None:
        self._clock.stop()
        self.discarded.emit()

    def _follow(self, name: str) -> None:
        if name == WHO:
            self.who.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.questions[name].take_keyboard()


def _labelled(name: str, words: str) -> str:
    field = _FORM.by_name.get(name)
    return words if field is None or field.label in words else f"{field.label}: {words}"
