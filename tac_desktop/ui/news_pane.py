"""News that she was promised: what is due next, what came, and whether she was told."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework.answers import Answer, chosen
from tac_desktop.casework.codelists import label
from tac_desktop.casework.dues.news import next_news
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import one_line, quoted
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.line_list import OlderLines
from tac_desktop.ui.record_list import LeadingLine, RecordLine
from tac_desktop.ui.words import counted, due_words

PROMISED: Final = "promised_update"
CAME: Final = "update_told"
_SHOWN: Final = 3


class NewsPane(QFrame):
    """One card for each promise; below it the news that came by it, what she has not been told first."""

    opened = Signal(str, str, str)
    """The form's name, the record's id, and the question at which it shall open, '' for the first."""
    added = Signal(str)
    """The name of the form of which a new record is wanted."""
    begun = Signal(str, object)
    """A form of which a new record shall be begun, and the answers that are known already."""

    def __init__(
        self,
        kit: Kit,
        records: Mapping[str, Sequence[Record]],
        named: Callable[[str], str],
        today: str,
        *,
        may_write: bool = True,
    ) -> None:
        """Take the records of the case file by form, and what names one of them."""
        super().__init__()
        self._kit, self._named, self._today, self._may_write = kit, named, today, may_write
        self._came = records.get(CAME, ())
        promised = records.get(PROMISED, ())
        self.add = kit.button("Write down what was agreed", "plus", kind="primary")
        if not may_write:
            self.add.hide()
        self.add.clicked.connect(self._add)
        heading = kit.row(kit.label("News that she was promised", "h2", wrap=True))
        heading.setStretch(0, 1)
        heading.addWidget(self.add)
        column = kit.column(heading, gap=12)
        if not promised:
            words = (
                "Nothing was agreed. Where somebody promised her news of a child, a photograph or a report, write down "
                "from whom and how often: Today then says when it is due, and when she is still to be told."
            )
            column.addWidget(kit.label(words, wrap=True))
        for one in sorted(promised, key=self._order):
            column.addWidget(self._card(one))
        self.setLayout(kit.narrow(column))

    def _order(self, promised: Record) -> tuple[str, str]:
        return self._next(promised) or "9999", promised.id

    def _of(self, promised: Record) -> list[Record]:
        mine = [one for one in self._came if one.text("update") == promised.id]
        return sorted(mine, key=lambda one: (one.text("received_on"), one.id), reverse=True)

    def _next(self, promised: Record) -> str:
        return next_news(promised, self._of(promised))

    def _card(self, promised: Record) -> QWidget:
        kit = self._kit
        card, inside = kit.card(20, 8)
        inside.addWidget(self._promise(promised))
        came = self._of(promised)
        shown = [one for place, one in enumerate(came) if place < _SHOWN or not one.text("told_on")]
        for one in shown:
            inside.addWidget(self._news(one))
        if not came:
            inside.addWidget(kit.label("Nothing has come yet.", "hint"))
        elif older := [one for one in came if one not in shown]:
            words = counted(len(older), "Show 1 older one, told to her", "Show {n} older ones, all told to her")
            inside.addWidget(OlderLines(kit, words, partial(self._several, older)))
        if self._may_write and self._next(promised):
            news = kit.button("News came", "plus", kind="ghost", name=f"News came: {promised.text('what')}")
            news.setProperty("promised", promised.id)
            news.clicked.connect(self._begin)
            inside.addLayout(kit.flow(news))
        card.setAccessibleName(promised.text("what"))
        return card

    def _several(self, came: Sequence[Record]) -> list[LeadingLine]:
        return [self._news(one) for one in came]

    def _promise(self, promised: Record) -> QWidget:
        due = self._next(promised)
        words, tone = due_words(due, self._today) if due else ("Ended", "neutral")
        children = "; ".join(filter(None, (self._named(child) for child in chosen(promised.answers, "children"))))
        rhythm = label("update_rhythm", promised.text("rhythm"))
        parts = (children, f"from {promised.text('who')}" if promised.text("who") else "", rhythm,
                 f"next on {day_in_words(due)}" if due else "")  # fmt: skip
        line = RecordLine(
            promised.id, promised.text("what"), " · ".join(part for part in parts if part), words, tone or "neutral"
        )
        return self._line(PROMISED, line)

    def _news(self, came: Record) -> LeadingLine:
        told = came.text("told_on")
        how = f", {label('told_how', came.text('told_how')).lower()}" if came.text("told_how") else ""
        badge, tone = ("Told", "ok") if told else ("She is to be told", "danger")
        when = f"She was told on {day_in_words(told)}{how}" if told else ""
        reply = came.text("her_reply")
        said = quoted(one_line(reply, 120))
        details = "\n".join(part for part in (one_line(came.text("what"), 160), when, said) if part)
        line = RecordLine(came.id, f"Came on {day_in_words(came.text('received_on'))}", details, badge, tone)
        return self._line(CAME, line, "" if told else "told_on")

    def _line(self, form: str, line: RecordLine, question: str = "") -> LeadingLine:
        leading = LeadingLine(self._kit, form, line, question)
        leading.led.connect(self.opened)
        return leading

    def _begin(self) -> None:
        known: dict[str, Answer] = {"update": str(self.sender().property("promised")), "received_on": self._today}
        self.begun.emit(CAME, known)

    def _add(self) -> None:
        self.added.emit(PROMISED)
