"""The contact log as a timeline: newest first, by days, a handful at a time however many there are."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QWidget

from tac_desktop.casework import forms
from tac_desktop.casework.contact_thread import (
    EVERYTHING,
    ThreadFilter,
    counterparts,
    filter_in_words,
    thread,
    whom_in_words,
)
from tac_desktop.casework.dues.escalation import is_open
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import answer_in_words, one_line
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.focus import lead_on
from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.kit import clear
from tac_desktop.ui.record_list import BUILT_AT_ONCE, LineButton, RecordLine
from tac_desktop.ui.thread_dialog import ThreadDialog
from tac_desktop.ui.thread_filter import ThreadFilterBar
from tac_desktop.ui.words import counted

SHOWN_AT_ONCE = 20
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
    if waiting and not until and is_open(record):
        return "Waiting for an answer", "info"
    if until and record.answers.get("followed_up") is not True and not record.text("answered_on"):
        return f"Follow up by {day_in_words(until)}", "danger" if until < today else "warn"
    if record.answers.get("reached") is False:
        return "Nobody reached", "neutral"
    return (
        (f"Answered on {day_in_words(record.text('answered_on'))}", "ok")
        if record.text("answered_on")
        else ("", "neutral")
    )


class ContactTimeline(QFrame):
    """All contacts of a case file; lines are built only as far as one has looked."""

    opened = Signal(str, str)
    """The form's name and the record's id."""
    added = Signal()
    """A contact shall be logged."""
    paper_wanted = Signal(object)
    """A ThreadOrder: what is shown shall be put on paper."""

    def __init__(
        self,
        around: Circumstances,
        contacts: Sequence[Record],
        named: Callable[[str], str],
        children: Sequence[tuple[str, str]] = (),
        with_remarks: Callable[[RecordLine], RecordLine] = lambda line: line,
        *,
        may_issue: bool = True,
        may_log: bool = True,
    ) -> None:
        """Take the contacts in any order, the words for linked records, and what adds to a line what was said of it."""
        super().__init__()
        kit = self._kit = around.kit
        self._named, self._today, self._with_remarks = named, around.now()[:10], with_remarks
        self._all = sorted(contacts, key=lambda record: (record.text("at"), record.id), reverse=True)
        self._children = children
        self._contacts: Sequence[Record] = self._all
        self._building = InTurns(self)
        self._shown, self._day = 0, ""
        heading = self._head(may_issue=may_issue and bool(contacts), may_log=may_log)
        self.filter = ThreadFilterBar(around, lambda: counterparts(self._all), children)
        if len(contacts) <= 1:
            self.filter.hide()
        self.filter.changed.connect(self._filter)
        self._rows = kit.column(gap=8)
        self.more = kit.button("Show older contacts", "clock", kind="ghost")
        self.more.clicked.connect(self.show_more)
        self.setLayout(kit.column(heading, self.filter, self._rows, kit.row(self.more, None), gap=12))
        self._say_count()
        self.show_more()

    def _head(self, *, may_issue: bool, may_log: bool) -> QLayout:
        kit = self._kit
        log = kit.button("Log a contact", "message-square-plus", kind="primary")
        log.clicked.connect(self.added)
        self._nothing = "No contact has been logged yet."
        if may_log:
            self._nothing += " Every attempt counts, too: Ctrl+N logs one from anywhere."
        else:
            log.hide()
        self.paper = kit.button("On paper", "printer", name="Put what is shown of the contact log on paper")
        if not may_issue:
            self.paper.hide()
        self.paper.clicked.connect(self.ask_for_paper)
        self._count = kit.label("", "hint", wrap=True)
        heading = kit.row(kit.column(kit.label("Contact log", "h2"), self._count, gap=2))
        heading.setStretch(0, 1)
        heading.addLayout(kit.flow(self.paper, log))
        return heading

    def show_more(self) -> None:
        """Build the next handful of lines."""
        self._building.finish()
        end = min(len(self._contacts), self._shown + SHOWN_AT_ONCE)
        self._building.build(self._put(end), BUILT_AT_ONCE if end - self._shown > BUILT_AT_ONCE else None)

    def _put(self, end: int) -> Iterator[None]:
        """Put the lines up to a place above the button that shows more, which comes back when they are all there."""
        for record in self._contacts[self._shown : end]:
            day = record.text("at")[:10]
            if day != self._day:
                self._day = day
                self._show(self._heading(day))
            line = self._with_remarks(contact_line(record, self._named, self._today))
            button = LineButton(self._kit, line)
            button.clicked.connect(self._open)
            self._show(button)
            lead_on(self.more, [button])
            self.more.hide()
            self._shown += 1
            yield
        self.more.setVisible(self._shown < len(self._contacts))

    def lines(self) -> list[LineButton]:
        """Return the lines that have been built."""
        return [line for line in self.findChildren(LineButton) if not line.isHidden()]

    def ask_for_paper(self) -> None:
        """Ask for whom what is shown shall be put on paper, and as what."""
        wanted = self.filter.wanted()
        dialog = ThreadDialog(self._kit, wanted, self._in_words(wanted), self)
        dialog.ordered.connect(self.paper_wanted)
        dialog.open()

    def _in_words(self, wanted: ThreadFilter) -> str:
        whom = whom_in_words(wanted.whom, self._all) if wanted.whom else ""
        return filter_in_words(wanted, whom, dict(self._children).get(wanted.child, ""))

    def _filter(self) -> None:
        wanted = self.filter.wanted()
        self._contacts = thread(self._all, wanted)[::-1] if wanted != EVERYTHING else self._all
        self._building.finish()
        clear(self._rows)
        self._shown, self._day = 0, ""
        self._say_count()
        self.show_more()

    def _say_count(self) -> None:
        shown, all_ = len(self._contacts), len(self._all)
        if not all_:
            words = self._nothing
        elif shown == all_:
            words = counted(all_, "1 contact or attempt", "{n} contacts and attempts")
        elif shown:
            words = f"{shown:,} of {all_:,}: {self._in_words(self.filter.wanted())}"
        else:
            words = f"None of {all_:,} fits: {self._in_words(self.filter.wanted())}"
        self._count.setText(words)

    def _show(self, part: QWidget) -> None:
        self._rows.addWidget(part)
        part.show()

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
