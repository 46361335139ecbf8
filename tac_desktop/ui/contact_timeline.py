"""The contact log as a timeline: newest first, by days, a handful at a time however many there are."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel

from tac_desktop.casework import forms
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import answer_in_words, one_line
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.record_list import LineButton, RecordLine

SHOWN_AT_ONCE = 30
_SUMMARY = 320


def contact_line(record: Record, named: Callable[[str], str], today: str, longest: int = _SUMMARY) -> RecordLine:
    """Return what a list shows of a contact: time, kind, with whom, how the words begin, what it waits for."""
    form = forms.ALL["contact"]

    def words(name: str) -> str:
        return answer_in_words(form.by_name[name], record.answers.get(name), named)

    who = words("who") or words("with_whom")
    title = " · ".join(part for part in (record.text("at")[11:16], words("kind"), one_line(who, 60)) if part)
    details = "\n".join(part for part in (one_line(record.text("summary"), longest), words("children")) if part)
    badge, tone = _badge(record, today)
    return RecordLine(record.id, title, details, badge, tone)


def _badge(record: Record, today: str) -> tuple[str, str]:
    waiting, until = record.text("waiting_for"), record.text("follow_up_by")
    if until and record.answers.get("followed_up") is not True:
        return f"Follow up by {day_in_words(until)}", "danger" if until < today else "warn"
    if record.answers.get("reached") is False:
        return "Nobody reached", "neutral"
    return ("Waiting for an answer", "info") if waiting else ("", "neutral")


class ContactTimeline(QFrame):
    """All contacts of a case file; lines are built only as far as one has looked."""

    opened = Signal(str, str)
    """The form's name and the record's id."""
    added = Signal()
    """A contact shall be logged."""

    def __init__(
        self,
        kit: Kit,
        contacts: Sequence[Record],
        named: Callable[[str], str],
        today: str,
        with_remarks: Callable[[RecordLine], RecordLine] = lambda line: line,
    ) -> None:
        """Take the contacts in any order, the words for linked records, and what adds to a line what was said of it."""
        super().__init__()
        self._kit, self._named, self._today, self._with_remarks = kit, named, today, with_remarks
        self._contacts = sorted(contacts, key=lambda record: (record.text("at"), record.id), reverse=True)
        self._shown = 0
        self._day = ""
        log = kit.button("Log a contact", "message-square-plus", kind="primary")
        log.clicked.connect(self.added)
        count = f"{len(contacts):,} contacts and attempts" if len(contacts) != 1 else "1 contact or attempt"
        heading = kit.row(kit.column(kit.label("Contact log", "h2"), kit.label(count, "hint"), gap=2))
        heading.setStretch(0, 1)
        heading.addWidget(log)
        self._rows = kit.column(gap=8)
        self.more = kit.button("Show older contacts", "clock", kind="ghost")
        self.more.clicked.connect(self.show_more)
        self.setLayout(kit.column(heading, self._rows, kit.row(self.more, None), gap=12))
        self.show_more()

    def show_more(self) -> None:
        """Build the next handful of lines."""
        for record in self._contacts[self._shown : self._shown + SHOWN_AT_ONCE]:
            day = record.text("at")[:10]
            if day != self._day:
                self._day = day
                self._rows.addWidget(self._heading(day))
            line = self._with_remarks(contact_line(record, self._named, self._today))
            button = LineButton(self._kit, line)
            button.clicked.connect(self._open)
            self._rows.addWidget(button)
        self._shown = min(len(self._contacts), self._shown + SHOWN_AT_ONCE)
        self.more.setVisible(self._shown < len(self._contacts))

    def lines(self) -> list[LineButton]:
        """Return the lines that have been built."""
        return self.findChildren(LineButton)

    def _heading(self, day: str) -> QLabel:
        label = self._kit.label(day_in_words(day, weekday=True), "h3")
        label.setContentsMargins(0, self._kit.px(8), 0, 0)
        return label

    def _open(self) -> None:
        line = self.sender()
        if isinstance(line, LineButton):
            self.opened.emit("contact", line.record_id)


def latest(records: Mapping[str, Sequence[Record]], count: int) -> list[Record]:
    """Return the latest contacts, the newest first."""
    return sorted(records.get("contact", ()), key=lambda record: record.text("at"), reverse=True)[:count]
