"""How the answers of a record came about: who wrote what and when, before and after."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from tac_desktop.actions.reading import AnswerChange
from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.casework.form import Form
from tac_desktop.casework.typed_dates import day_in_words, moment_in_words
from tac_desktop.casework.wording import DECLINED, NOT_KNOWN, answer_in_words
from tac_desktop.ui import tokens
from tac_desktop.ui.focus import lead_on
from tac_desktop.ui.kit import Kit

_SHOWN_AT_ONCE = 20
_LONGEST = 2000


class HistoryPanel(QFrame):
    """The history of one record, the newest first; the same save stands together."""

    closed = Signal()
    whole_wanted = Signal()
    """The changes of all questions shall be shown."""

    def __init__(
        self,
        kit: Kit,
        form: Form,
        changes: Sequence[AnswerChange],
        people: Mapping[str, str],
        named: Callable[[str], str],
        below: Callable[[str], Sequence[QWidget]] = lambda _entry: (),
        question: str = "",
    ) -> None:
        """Take the changes, the newest first, the names of the people who may have made them, and what stands below.

        `below` gives for the id of an entry what colleagues have said about it; `question` is the one question whose
        changes are shown, '' for all.
        """
        super().__init__()
        self._kit, self._form, self._people, self._named, self._below = kit, form, people, named, below
        if question:
            changes = [change for change in changes if change.field == question]
        self._saves = [list(group) for _, group in groupby(changes, key=lambda change: change.entry)]
        self._shown = 0
        self._rows = kit.column(gap=12)
        self._lay_out(question)
        if not changes:
            words = "This was not answered yet." if question else "Nothing has been changed in this vault yet."
            self._rows.addWidget(kit.label(words, "hint", wrap=True))
        self.show_more()

    def _lay_out(self, question: str) -> None:
        kit, form = self._kit, self._form
        self._back = kit.button(f"Back to ‘{form.title}’", "arrow-left", kind="link")
        self._back.clicked.connect(self.closed)
        self._more = kit.button("Show earlier changes", "clock", kind="ghost")
        self._more.clicked.connect(self.show_more)
        whole = kit.button("Show the changes of all questions", "history", kind="ghost")
        if not question:
            whole.hide()
        whole.clicked.connect(self.whole_wanted)
        heading = kit.label(_heading(form, question), "h2", wrap=True)
        self.setLayout(kit.column(kit.row(self._back, None), heading, self._rows, kit.flow(self._more, whole), gap=12))
        self.setMaximumWidth(kit.px(tokens.READING_WIDTH + 50))

    def take_keyboard(self) -> None:
        """Put the keyboard on the way back."""
        self._back.setFocus()

    def show_more(self) -> None:
        """Show the next saves."""
        new: list[QWidget] = []
        for save in self._saves[self._shown : self._shown + _SHOWN_AT_ONCE]:
            card = self._save_card(save)
            self._rows.addWidget(card)
            new += card.findChildren(QPushButton)
        lead_on(self._more, new)
        self._shown = min(len(self._saves), self._shown + _SHOWN_AT_ONCE)
        self._more.setVisible(self._shown < len(self._saves))

    def _save_card(self, save: Sequence[AnswerChange]) -> QWidget:
        kit, first = self._kit, save[0]
        card, inside = kit.card(16, 10)
        who = self._people.get(first.author, "Somebody in another vault")
        inside.addWidget(kit.label(f"{local_moment(first.at)} · {who}", "label", wrap=True))
        if first.known_on and first.known_on != first.at[:10]:
            inside.addWidget(kit.label(f"Known to the service since {day_in_words(first.known_on)}", "hint", wrap=True))
        for change in save:
            inside.addLayout(self._change(change))
        for widget in self._below(first.entry):
            inside.addWidget(widget)
        card.setAccessibleName(f"{local_moment(first.at)}, {who}")
        return card

    def _change(self, change: AnswerChange) -> QVBoxLayout:
        field = self._form.by_name.get(change.field)
        rows = self._kit.column(gap=2)
        asked = field.label if field else f"A question of another version of the program ({change.field})"
        rows.addWidget(self._kit.label(asked, "caption", wrap=True))
        after = "The words were erased, as the law demands." if change.erased else self._words(change, change.after)
        if change.before is not None:
            rows.addWidget(self._kit.label(f"Before: {self._words(change, change.before)}", "hint", wrap=True))
            rows.addWidget(self._kit.label(f"After: {after or 'taken back'}", wrap=True))
        else:
            rows.addWidget(self._kit.label(after, wrap=True))
        return rows

    def _words(self, change: AnswerChange, answer: Answer | None) -> str:
        field = self._form.by_name.get(change.field)
        words = answer_in_words(field, answer, self._named) if field else _without_question(answer)
        return words if len(words) <= _LONGEST else words[:_LONGEST] + " …"


def _heading(form: Form, question: str) -> str:
    if question in form.by_name:
        return f"History of ‘{form.by_name[question].label}’"
    return f"History: {form.title}"


def _without_question(answer: Answer | None) -> str:
    """Return an answer to a question that this version of the program does not ask, as far as it can be told."""
    match answer:
        case None:
            return ""
        case NotKnown():
            return NOT_KNOWN
        case Declined():
            return DECLINED
        case bool():
            return "Yes" if answer else "No"
        case tuple():
            return "; ".join(answer)
        case _:
            return str(answer)


def local_moment(moment: str) -> str:
    """Return an ISO moment in UTC as the clock on the wall showed it: '27 March 2019, 14:05'."""
    if not moment:
        return "At an unknown time"
    return moment_in_words(datetime.fromisoformat(moment).astimezone().isoformat()[:16])
