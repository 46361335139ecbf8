"""Any form on the screen, made from its declaration alone."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tac_desktop.casework.answers import Answer, Answers
from tac_desktop.casework.fields import is_day
from tac_desktop.casework.form import NOTHING, Form
from tac_desktop.ui.drafting import DraftClock
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.error_summary import ErrorSummary
from tac_desktop.ui.form_body import FormBody
from tac_desktop.ui.form_foot import FormFoot, KnownSince, RestoredNote
from tac_desktop.ui.form_page import FormPage
from tac_desktop.ui.soon import soon

KNOWN_ON = ":known_on"
"""Where a draft keeps the day since when it was known; no field begins with a colon."""


@dataclass(frozen=True)
class Submitted:
    """What a person wants to be saved."""

    answers: Mapping[str, Answer]
    """The answers to the questions that are asked, without those that were left empty."""
    known_on: str
    """The ISO day since which they have been known."""


class FormScreen(QWidget):
    """Shows a form, keeps its draft, and hands in the answers. It saves nothing and opens nothing itself."""

    submitted = Signal(object)
    """A Submitted. Answer with `refuse`, `failed` or `show_saved`."""
    typed = Signal(object)
    """A dict that the draft must keep, sent at the latest a second after it was typed. Answer with `drafted`."""
    discarded = Signal()
    """The draft shall go. Answer with `show_answers`."""
    closed = Signal()
    """The person wants to leave the form; the draft stays."""
    history_opened = Signal(str)
    """The person wants to see how the answers came about: to one question, or to all ('')."""
    undo_asked = Signal()
    """What was just saved shall be undone."""

    def __init__(self, around: Circumstances, form: Form, *, back_to: str = "", has_history: bool = False) -> None:
        """Take the declaration; `back_to` names what `closed` leads to, '' where there is no way back."""
        super().__init__()
        self.form = form
        self._stands: Answers = NOTHING
        self._around, self._kit = around, around.kit
        self._clock = DraftClock(self)
        self.summary = ErrorSummary(self._kit)
        self.restored = RestoredNote(around)
        self.known_since = KnownSince(around)
        self.foot = FormFoot(around)
        self.body = FormBody(around, form)
        parts = (self.restored, self.summary, self.body, self._kit.rule(), self.known_since)
        self._page = FormPage(self._kit, form.title, parts, back_to=back_to, has_history=has_history)
        self.history = self._page.history
        self._area = self._kit.scroll(self._page)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        self._outer.addWidget(self._area, 1)
        self._outer.addWidget(self.foot)
        self._connect()

    def show_answers(self, answers: Answers) -> None:
        """Show what was saved before; this makes no draft."""
        self._stands = answers
        self._clock.stop()
        self.body.show_answers(answers)
        self.known_since.show_day("")
        self.refuse({})
        self.restored.hide()
        self.foot.say_nothing()

    def restore(self, draft: Mapping[str, object], at: str) -> None:
        """Bring back what a draft kept, and say so; `at` is when it was written ('14:32')."""
        self.body.retype(draft)
        known_on = draft.get(KNOWN_ON)
        self.known_since.show_day(known_on if isinstance(known_on, str) else "")
        self.restored.show_time(at)
        self.foot.say_drafted(at)

    def draft(self) -> dict[str, object]:
        """Return what the draft must keep: everything typed, in hidden questions as well."""
        return self.body.typed() | ({KNOWN_ON: self.known_since.day()} if self.known_since.day() else {})

    def put_beside(self, beside: QWidget) -> None:
        """Show something above the form."""
        self._page.put_beside(beside)

    def show_top(self) -> None:
        """Scroll to what stands above the form."""
        self._area.verticalScrollBar().setValue(0)

    def submit(self) -> None:
        """Hand in the answers, if the form finds nothing wrong with them."""
        if not (self.foot.save.isEnabled() and self.body.isEnabled()):  # it is being saved, or may only be read
            return
        self.settle()
        today = self._around.now()[:10]
        known_on = self.known_since.day() or today
        answers = self.body.answers()
        problems = self.form.problems(answers, today, self._stands)
        if not is_day(known_on) or known_on > today:
            problems[KNOWN_ON] = "Write since when it was known: today or an earlier day."
        if problems:
            self.refuse(problems)
            return
        self.refuse({})
        self.foot.set_busy(busy=True)
        self.submitted.emit(Submitted(answers, known_on))

    def refuse(self, problems: Mapping[str, str]) -> None:
        """Say what is wrong, above the form and beside each question; everything typed stays."""
        self.foot.set_busy(busy=False)
        self.body.complain(problems)
        self.known_since.complain(problems.get(KNOWN_ON, ""))
        order = [*self.body.questions, *(name for name in problems if name not in self.body.questions)]
        self.summary.show_problems([(name, self._in_summary(name, problems)) for name in order if name in problems])
        if problems:
            soon(self, self._to_top)

    def show_saved(self, answers: Answers, at: str, *, undo: bool = False) -> None:
        """Show what has been saved, and say when, and whether it can be undone."""
        self.show_answers(answers)
        self.history.show()
        self.foot.say_saved(at, undo=undo)

    def set_open(self, *, is_open: bool) -> None:
        """Let the answers be changed, or only read."""
        self.body.setEnabled(is_open)
        self.foot.save.setEnabled(is_open)
        self.foot.setVisible(is_open)
        self.known_since.setVisible(is_open)

    def failed(self) -> None:
        """Let the person try again: saving was not possible, the answers stay."""
        self.foot.set_busy(busy=False)

    def drafted(self, at: str) -> None:
        """Say that the draft has been written."""
        self.foot.say_drafted(at)

    def settle(self) -> None:
        """Send `typed` now, if something was typed since the last time."""
        self._clock.flush()

    def take_keyboard(self, name: str = "") -> None:
        """Put the keyboard into a question, by default the first."""
        question = self.body.questions.get(name)
        if question is not None:
            self.body.finish()
        if question is None or question.isHidden():
            question = next(self.body.asked())
        question.take_keyboard()
        soon(self, self._keyboard_into_view)

    def place(self) -> str:
        """Return the name of the question that has the keyboard, '' if none has."""
        focused = self.focusWidget()
        return next((name for name, question in self.body.questions.items() if question.isAncestorOf(focused)), "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the buttons scroll with the questions where the window is low (Qt)."""
        self.foot.place(self._outer, self._page.column, event.size().height())
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Ask for no room: what does not fit scrolls (Qt)."""
        return QSize(0, 0)

    def _connect(self) -> None:
        self._page.left.connect(self.closed)
        self._page.history_wanted.connect(self._show_history)
        self.body.edited.connect(self._clock.touch)
        self.known_since.changed.connect(self._clock.touch)
        self._clock.due.connect(self._send_draft)
        self.summary.followed.connect(self._follow)
        self.restored.discarded.connect(self._discard)
        self.foot.discarded.connect(self._discard)
        self.foot.saved.connect(self.submit)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.submit)
        QShortcut(QKeySequence("Ctrl+H"), self, self._show_history_of_question)
        self.foot.undo_asked.connect(self.undo_asked)

    def _send_draft(self) -> None:
        self.typed.emit(self.draft())

    def _discard(self) -> None:
        self._clock.stop()
        self.discarded.emit()

    def _show_history(self) -> None:
        self.settle()
        self.history_opened.emit("")

    def _show_history_of_question(self) -> None:
        if not self.history.isHidden():
            self.settle()
            self.history_opened.emit(self.place())

    def _follow(self, name: str) -> None:
        if name == KNOWN_ON:
            self.known_since.box.line.setFocus()
        else:
            self.take_keyboard(name)

    def _in_summary(self, name: str, problems: Mapping[str, str]) -> str:
        field = self.form.by_name.get(name)
        words = problems[name]
        return words if field is None or field.label in words else f"{field.label}: {words}"

    def _to_top(self) -> None:
        self._area.ensureWidgetVisible(self.summary, 0, self._kit.px(40))

    def _keyboard_into_view(self) -> None:
        focused = self.focusWidget()
        question = next((q for q in self.body.questions.values() if q.isAncestorOf(focused)), None)
        if question is not None:
            self._area.ensureWidgetVisible(question, 0, self._kit.px(24))
