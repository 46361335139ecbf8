"""Her questions: the open ones first, each with how far it has come, for how long, and the next step as one key."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLayout

from tac_desktop.casework.codelists import label
from tac_desktop.casework.dues.questions import OPEN, STAGES, in_order, stage_of
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import one_line, quoted
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.record_list import LineButton, RecordLine
from tac_desktop.ui.words import counted, days_since

FORM: Final = "mothers_question"
_SHOWN_OVER: Final = 10
_NOTHING_ASKED: Final = (
    "Nothing that she asked was written down. Write down what she asks in her own words: it stands here until she was "
    "told the answer, and Today says when it has to be passed on, asked after or told."
)
_WORDS: Final = 260
_STEPS: Final = {
    "asked": ("Passed on", "passed_to"), "passed": ("The answer came", "answered_on"),
    "answered": ("She was told", "told_on"),
}  # fmt: skip
_TONES: Final = {"asked": "warn", "passed": "info", "answered": "danger", "told": "ok", "unanswered": "neutral"}


def question_line(question: Record, named: Callable[[str], str], today: str) -> RecordLine:
    """Return what a list shows of a question of hers: her words, where it lies, and for how long it is open."""
    stage = stage_of(question)
    children = "; ".join(filter(None, (named(child) for child in _children(question))))
    parts = [f"Asked on {day_in_words(question.text('asked_on'))}", f"about {children}" if children else ""]
    if question.text("passed_to") or question.text("passed_on"):
        to = question.text("passed_to") or "somebody"
        parts.append(f"passed on to {to}" + _on(question, "passed_on"))
    lines = [" · ".join(part for part in parts if part)]
    if question.text("answer") or question.text("answered_on"):
        lines.append(
            f"Answer{_on(question, 'answered_on')}: {one_line(question.text('answer'), 200) or 'not written down'}"
        )
    if question.text("unanswered"):
        lines.append(f"Without an answer: {one_line(question.text('unanswered'), 200)}")
    if question.text("told_on"):
        how = label("told_how", question.text("told_how")) if question.text("told_how") else ""
        lines.append(f"She was told{_on(question, 'told_on')}" + (f", {how[:1].lower()}{how[1:]}" if how else ""))
    open_for = days_since(question.text("asked_on"), today) if stage in OPEN else 0
    badge = STAGES[stage] + (counted(open_for, ", open for 1 day", ", open for {n} days") if open_for else "")
    return RecordLine(
        question.id, quoted(one_line(question.text("words"), _WORDS)), "\n".join(lines), badge, _TONES[stage]
    )


class QuestionsPane(QFrame):
    """Lines with their next steps. On a line Return opens it, N takes the next step."""

    opened = Signal(str, str, str)
    """The form's name, the record's id, and the question at which it shall open, '' for the first."""
    added = Signal(str)
    """The name of the form of which a new record is wanted."""

    def __init__(
        self, kit: Kit, questions: Sequence[Record], named: Callable[[str], str], today: str, *, may_write: bool = True
    ) -> None:
        """Take her questions in any order, and what names a record of the case file."""
        super().__init__()
        self._kit, self._may_write = kit, may_write
        ordered = in_order(questions)
        still = [one for one in ordered if stage_of(one) in OPEN]
        over = [one for one in ordered if stage_of(one) not in OPEN]
        column = kit.column(self._head(len(still)), gap=10)
        if not questions:
            column.addWidget(kit.label(_NOTHING_ASKED, wrap=True))
        if still and may_write:
            column.addWidget(kit.label("On a line: Return opens it, N takes the next step.", "hint", wrap=True))
        for question in still:
            column.addWidget(self._line(question, question_line(question, named, today)))
        if over:
            column.addWidget(kit.label(f"Over ({len(over):,})", "h3"))
        for question in over[:_SHOWN_OVER]:
            column.addWidget(self._line(question, question_line(question, named, today)))
        self.setLayout(kit.narrow(column))
        self._over = over[_SHOWN_OVER:]
        self._named, self._today, self._column = named, today, column
        self.more = kit.button("Show older ones", "clock", kind="ghost")
        if not self._over:
            self.more.hide()
        self.more.clicked.connect(self._show_more)
        column.addWidget(self.more)

    def _head(self, still: int) -> QLayout:
        kit = self._kit
        add = kit.button("Write down her question", "plus", kind="primary")
        if not self._may_write:
            add.hide()
        add.clicked.connect(self._add)
        self.add = add
        count = counted(still, "1 is open", "{n} are open") if still else "None is open."
        heading = kit.row(kit.column(kit.label("Her questions", "h2"), kit.label(count, "hint"), gap=2))
        heading.setStretch(0, 1)
        heading.addWidget(add)
        return heading

    def lines(self) -> list["_QuestionLine"]:
        """Return the lines that are on the screen."""
        return self.findChildren(_QuestionLine)

    def _line(self, question: Record, line: RecordLine) -> "_QuestionLine":
        shown = _QuestionLine(self._kit, question, line, may_write=self._may_write)
        shown.opened.connect(self.opened)
        return shown

    def _show_more(self) -> None:
        older = [self._line(question, question_line(question, self._named, self._today)) for question in self._over]
        for line in older:
            self._column.insertWidget(self._column.count() - 1, line)
            line.show()  # what a layout takes up is else shown only when the event loop comes round
        self._over = []
        older[0].line.setFocus()  # the button that had the keyboard goes
        self.more.hide()

    def _add(self) -> None:
        self.added.emit(FORM)


class _QuestionLine(QFrame):
    """One question of hers."""

    opened = Signal(str, str, str)

    def __init__(self, kit: Kit, question: Record, line: RecordLine, *, may_write: bool) -> None:
        super().__init__()
        self._question = question
        self._step = _STEPS.get(stage_of(question), ("", "")) if may_write else ("", "")
        self.line = _KeyedLine(kit, line)
        self.line.clicked.connect(self._open)
        self.line.stepped.connect(self.take_step)
        self.step = kit.button(
            f"N  {self._step[0]}", "arrow-right", kind="ghost", name=f"{self._step[0]}: {line.title}"
        )
        if not self._step[0]:
            self.step.hide()
        self.step.clicked.connect(self.take_step)
        self.setLayout(kit.column(self.line, kit.flow(self.step), gap=2))

    def take_step(self) -> None:
        """Open the question where its next step is written down."""
        if self._step[1]:
            self.opened.emit(FORM, self._question.id, self._step[1])

    def _open(self) -> None:
        self.opened.emit(FORM, self._question.id, "")


class _KeyedLine(LineButton):
    """The line itself, with its key."""

    stepped = Signal()

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        """Take the next step on N (Qt)."""
        if arg__1.key() == Qt.Key.Key_N and arg__1.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.stepped.emit()
        else:
            super().keyPressEvent(arg__1)


def _children(question: Record) -> Sequence[str]:
    linked = question.answers.get("children")
    return linked if isinstance(linked, tuple) else ()


def _on(question: Record, field: str) -> str:
    return f" on {day_in_words(question.text(field))}" if question.text(field) else ""
