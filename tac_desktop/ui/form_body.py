"""The questions of a form, in their sections; those that are not asked are hidden and keep what was typed."""

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel

from tac_desktop.casework.answers import Answer, Answers
from tac_desktop.casework.form import Form, Section
from tac_desktop.casework.wording import listed
from tac_desktop.ui import tokens
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.question import Question, typed_from, unbuilt

_MOST_NAMED = 5
_BUILT_AT_ONCE = 5
"""So many questions fill the window; those below them are built as the event loop turns."""


class FormBody(QFrame):
    """All questions of a form below one another."""

    edited = Signal(str)
    """The name of the field that the person changed; nothing is sent while answers are shown by the program."""

    def __init__(self, around: Circumstances, form: Form) -> None:
        """Build the questions from the declaration."""
        super().__init__()
        self._around, self._kit, self.form = around, around.kit, form
        self._loading = False
        self._turns = InTurns(self)
        self._headings: list[tuple[QLabel, Section]] = []
        self._first = [form.fields[0].name, *(field.name for field in form.asked({}))][:_BUILT_AT_ONCE]
        self._mostly_required = sum(field.required for field in form.fields) * 2 > len(form.fields)
        self.questions: dict[str, Question] = {}
        column = self._kit.column(gap=22)
        if words := self._what_must_be_answered():
            column.addWidget(self._kit.label(words, "hint", wrap=True))
        for section in form.sections:
            heading = self._kit.label(section.title, "h3", wrap=True)
            self._headings.append((heading, section))
            column.addWidget(heading)
            heading.setProperty("needless", section.title == form.title)  # the page says it already
            for field in section.fields:
                column.addWidget(self._question(field.name))
        self.setLayout(column)
        self.setMaximumWidth(self._kit.px(tokens.READING_WIDTH))
        self._follow_conditions()

    @property
    def is_loading(self) -> bool:
        """Whether answers are being shown by the program."""
        return self._loading

    def answers(self) -> dict[str, Answer]:
        """Return the answers to the questions that are asked; what is hidden is not among them."""
        given = {name: answer for name, q in self.questions.items() if (answer := q.answer()) is not None}
        while True:
            # a question that is not asked cannot make another one be asked
            asked = {field.name for field in self.form.asked(given)}
            if asked.issuperset(given):
                return given
            given = {name: answer for name, answer in given.items() if name in asked}

    def show_answers(self, answers: Answers) -> None:
        """Show what was answered before."""
        self._load(lambda question: question.show_answer(answers.get(question.field.name)))

    def typed(self) -> dict[str, object]:
        """Return everything that was typed, in hidden questions as well."""
        return {name: typed for name, question in self.questions.items() if (typed := question.typed())}

    def retype(self, typed: Mapping[str, object]) -> None:
        """Bring back what `typed` gave."""
        self._load(lambda question: question.retype(typed_from(typed.get(question.field.name))))

    def show_question(self, name: str, *, shown: bool) -> None:
        """Show or hide a question, whatever its condition says."""
        question = self.questions[name]
        if question.isHidden() is shown:
            question.setVisible(shown)
            self._build(self._room_left())

    def finish(self) -> None:
        """Build all questions that are shown, now: one that is far below shall be scrolled to."""
        self._turns.finish()

    def asked(self) -> Iterator[Question]:
        """Yield the questions that are on the screen, from top to bottom."""
        return (question for question in self.questions.values() if not question.isHidden())

    def complain(self, problems: Mapping[str, str]) -> None:
        """Say beside each question what is wrong with its answer."""
        for name, question in self.questions.items():
            if question.problem() != problems.get(name, ""):
                question.complain(problems.get(name, ""))

    def _question(self, name: str) -> Question:
        field = self.form.by_name[name]
        optional, later = self._mostly_required and not field.required, name not in self._first
        question = Question(self._around, field, optional=optional, later=later)
        question.changed.connect(self._changed)
        self.questions[name] = question
        return question

    def _what_must_be_answered(self) -> str:
        labels = [field.label for field in self.form.fields if field.required]
        if not labels or self._mostly_required or len(labels) > _MOST_NAMED:
            return ""
        named = listed([f"‘{label}’" for label in labels])
        return f"Only {named} must be answered. Leave empty what was not asked."

    def _load(self, show: Callable[[Question], None]) -> None:
        self._loading = True
        try:
            for question in self.questions.values():
                show(question)
        finally:
            self._loading = False
        self._follow_conditions()

    def _changed(self, name: str) -> None:
        if self._loading:
            return
        if self.questions[name].problem():
            self.questions[name].complain("")
        self._follow_conditions(name)
        self.edited.emit(name)

    def _follow_conditions(self, changed: str = "") -> None:
        depended_on = {field.when.field for field in self.form.fields if field.when}
        if changed and changed not in depended_on:
            return
        answers = self.answers()
        asked = {field.name for field in self.form.asked(answers)}
        for name, question in self.questions.items():
            if question.isHidden() is (name in asked):
                question.setVisible(name in asked)
        for heading, section in self._headings:
            shown = any(field.name in asked for field in section.fields)
            heading.setVisible(shown and not heading.property("needless"))
        self._build(_BUILT_AT_ONCE if changed else self._room_left())

    def _build(self, at_once: int) -> None:
        self._turns.build(unbuilt(self.questions.values()), at_once)

    def _room_left(self) -> int:
        return max(0, _BUILT_AT_ONCE - sum(question.is_built() for question in self.questions.values()))
