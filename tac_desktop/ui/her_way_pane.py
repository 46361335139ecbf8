"""Her way with the service at one look: where she is, who works with her, and what happened since she was referred."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLayout, QPushButton, QWidget

from tac_desktop.casework.caseload import status
from tac_desktop.casework.custody_history import whereabouts
from tac_desktop.casework.dues.tracker import last_episode
from tac_desktop.casework.her_way import Stage, her_way, length_in_words, note_for_prison, predicted_in_words
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.waiting import newest_referral, wait_of
from tac_desktop.casework.wording import counted
from tac_desktop.ui.copy_button import copy_button
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.words import short_day

_DAY_WIDTH = 100
_LINK_EDGE = 3
"""Above the words of a link: the day beside it stands on the same line, in pixels at 100 %."""


class HerWayPane(QFrame):
    """A card of facts, and below it one line for each thing that happened; each leads to its record."""

    record_opened = Signal(str, str)
    """The form's name and the record's id."""
    added = Signal(str)
    """The name of the form of which a record is wanted."""
    taken = Signal()
    """The person at work works with her from today."""

    def __init__(
        self, kit: Kit, records: Mapping[str, Sequence[Record]], today: str, me: str, *, may_write: bool = True
    ) -> None:
        """Take the records of the case file by form, today's ISO date, and the name of who is at work."""
        super().__init__()
        self._kit, self._records, self._today = kit, records, today
        heading = kit.label(self.tr("Her way"), "h2", wrap=True)
        self.setLayout(kit.column(heading, self._facts_card(me, may_write=may_write), self._story(), gap=12))
        self.setAccessibleName(self.tr("Her way"))

    def lines(self) -> list[QPushButton]:
        """Return the buttons of what happened, the earliest first."""
        return [line for line in self.findChildren(QPushButton) if line.property("form") and line.property("record")]

    def _story(self) -> QWidget:
        kit = self._kit
        card, column = kit.card(16, 6)
        stages = her_way(self._records)
        for stage in stages:
            column.addLayout(self._line(stage))
        if not stages:
            words = self.tr("Nothing has happened yet that is recorded. Write down the referral first.")
            column.addWidget(kit.label(words, "hint", wrap=True))
        return card

    def _facts_card(self, me: str, *, may_write: bool) -> QWidget:
        kit = self._kit
        card, column = kit.card(16, 8)
        for caption, words in self._facts():
            row = kit.row(kit.label(f"{caption}:", "label"), kit.label(words, wrap=True), gap=8)
            row.setStretch(1, 1)
            column.addLayout(row)
        if may_write:
            column.addLayout(kit.flow(*self._buttons(me)))
        return card

    def _facts(self) -> list[tuple[str, str]]:
        records, today = self._records, self._today
        custody = whereabouts(records.get("custody", ()), today)
        episodes = records.get("episode", ())
        baseline = next(iter(records.get("baseline", ())), None)
        facts = (
            (self.tr("Today"), custody.in_words),
            (self.tr("Waits"), self._waits()),
            (self.tr("Work so far"), length_in_words(episodes, today)),
            (self.tr("Predicted"), predicted_in_words(baseline)),
            (self.tr("Works with her"), self._workers() or self.tr("nobody is named")),
        )
        return [(caption, words) for caption, words in facts if words]

    def _waits(self) -> str:
        if status(self._records) != "triage":
            return ""
        wait = wait_of(self._records, self._today)
        since = self.tr("since {day}, {days}").format(
            day=day_in_words(wait.since), days=counted(wait.days(self._today), "day")
        )
        return "; ".join([*([since] if wait.since else []), *(reason.words for reason in wait.reasons)])

    def _workers(self) -> str:
        named = [
            f"{one.text('name')} ({self.tr('since')} {day_in_words(one.text('from_date'))})"
            if one.text("from_date")
            else one.text("name")
            for one in self._current()
        ]
        return ", ".join(named)

    def _current(self) -> list[Record]:
        workers = self._records.get("case_worker", ())
        return [one for one in workers if not one.text("to_date") or one.text("to_date") > self._today]

    def _buttons(self, me: str) -> list[QWidget]:
        kit, episode = self._kit, last_episode(self._records)
        buttons: list[QWidget] = []
        if episode is None or episode.text("closed"):
            words = self.tr("Open the case again") if episode else self.tr("Open the case")
            opened = kit.button(words, "plus")
            opened.setProperty("form", "episode")
            opened.clicked.connect(self._add)
            buttons.append(opened)
        else:
            close = kit.button(self.tr("Close the case"), "pencil", name=self.tr("Close the case: open its episode"))
            close.setProperty("episode", episode.id)
            close.clicked.connect(self._open_episode)
            buttons.append(close)
        if not any(one.text("name").casefold() == me.casefold() for one in self._current()):
            take = kit.button(self.tr("I work with her from today"), "id-card")
            take.clicked.connect(self.taken)
            buttons.append(take)
        if self._note():
            told = self.tr("It says that she was referred and what was decided, nothing else.")
            buttons.append(copy_button(kit, self.tr("Copy a note for the prison’s record"), self._note, told))
        return buttons

    def _note(self) -> str:
        return note_for_prison(newest_referral(self._records))

    def _line(self, stage: Stage) -> QLayout:
        kit = self._kit
        day = kit.label(short_day(stage.day) or self.tr("No day"), "hint")
        day.setFixedWidth(kit.px(_DAY_WIDTH))
        day.setContentsMargins(0, kit.px(_LINK_EDGE), 0, 0)
        told = f"{day_in_words(stage.day) if stage.day else day.text()}: {stage.what}"
        what = kit.button(stage.what, kind="link", name=told)
        what.setAccessibleDescription(stage.details)
        what.setProperty("form", stage.form)
        what.setProperty("record", stage.record_id)
        what.clicked.connect(self._follow)
        details = [kit.label(stage.details, "hint", wrap=True)] if stage.details else []
        row = kit.row(day, kit.column(kit.row(what, None), *details, gap=0), gap=12)
        row.setStretch(1, 1)
        row.setAlignment(day, Qt.AlignmentFlag.AlignTop)
        return row

    def _follow(self) -> None:
        line = self.sender()
        self.record_opened.emit(str(line.property("form")), str(line.property("record")))

    def _add(self) -> None:
        self.added.emit(str(self.sender().property("form")))

    def _open_episode(self) -> None:
        self.record_opened.emit("episode", str(self.sender().property("episode")))
