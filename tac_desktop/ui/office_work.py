"""The office in an open vault: its page is made when it is wanted, its parts are read in the lane."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.casework.caseload import CaseloadRow
from tac_desktop.casework.record import Record
from tac_desktop.errors import AnswersRefused, TacError
from tac_desktop.ui.case_work import CaseWork
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.jobs import at_once
from tac_desktop.ui.page import Page
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.casework.directory import DirectoryEntry, DirectoryShown

OFFICE = "office"
_MOST_LOOKED_UP = 30
"""Of so many messages it is looked up whose case file they may belong into."""


@dataclass(frozen=True)
class _Messages:
    several: Sequence[Record]
    cases: dict[str, CaseloadRow]
    """Of each message the one case file into which it seems to belong."""


class DirectoryRows:
    """Gives the directory its entries from the window's own store."""

    def __init__(self, bench: Workbench) -> None:
        """Take the bench."""
        self._bench = bench

    def numbers(self, shown: "DirectoryShown", typed: str) -> "array[int]":
        """Return the numbers of the entries that are wanted, by name."""
        from tac_desktop.actions import directory

        return directory.numbers(self._bench.store, shown, typed=typed)

    def page(self, numbers: Sequence[int]) -> "Sequence[DirectoryEntry]":
        """Return the entries with these numbers."""
        from tac_desktop.actions import directory

        return directory.page(self._bench.store, numbers)


class OfficeWork(QObject):
    """Makes the page, has its parts read anew, and does what its buttons ask for."""

    saved = Signal()
    """Something was saved that other pages show."""

    def __init__(self, bench: Workbench, frame: Frame, cases: CaseWork, parent: QObject) -> None:
        """Take the bench, the frame, and what opens case files."""
        super().__init__(parent)
        self._bench, self._frame, self._cases = bench, frame, cases

    def make(self) -> Page:
        """Return the page."""
        from tac_desktop.ui.office_desk import OfficeDesk
        from tac_desktop.ui.office_screen import OfficeScreen

        desk = OfficeDesk(self._bench.means(), "")
        desk.saved.connect(self.saved)
        desk.typed.connect(self._cases.drafted)
        page = OfficeScreen(desk, DirectoryRows(self._bench))
        page.part_shown.connect(self._read_part)
        page.mailbox.log_wanted.connect(self._log)
        page.mailbox.answered.connect(self._answered)
        return page

    def open(self, form: str, record: str) -> None:
        """Open a record that an office keeps."""
        self._frame.go(OFFICE, f"{form}|{record}|")

    def read(self) -> None:
        """Have the page read again what it shows."""
        from tac_desktop.ui.office_screen import OfficeScreen

        page = self._frame.page(OFFICE)
        if isinstance(page, OfficeScreen):
            page.refresh()

    def _read_part(self, name: str) -> None:
        from tac_desktop.ui.office_screen import MESSAGES, STAFF

        if name == MESSAGES:
            self._bench.run(at_once(self._messages), self._show_messages, asked=False)
        elif name == STAFF:
            self._bench.run(at_once(self._contacts), self._show_contacts, asked=False)

    def _messages(self) -> object:
        from tac_desktop.actions import mailbox, vaults

        vault, day = self._bench.vault, self._bench.today()
        with vaults.reading(vault) as (store, _):
            found = mailbox.messages(store, vault.person)
            late = mailbox.unanswered(found)[:_MOST_LOOKED_UP]
            seeming = {one.id: mailbox.seems_for(store, vault.person, one, today=day) for one in late}
            return _Messages(found, {message: row for message, row in seeming.items() if row})

    def _show_messages(self, found: object) -> None:
        from tac_desktop.ui.office_screen import OfficeScreen

        page = self._frame.page(OFFICE)
        if isinstance(page, OfficeScreen) and isinstance(found, _Messages):
            cases = found.cases
            page.mailbox.show_messages(found.several, lambda message: cases.get(message.id), self._bench.today())

    def _contacts(self) -> object:
        from tac_desktop.actions import reading, vaults

        with vaults.reading(self._bench.vault) as (store, _):
            return reading.office_records(store, self._bench.vault.person, "staff_contact")

    def _show_contacts(self, found: object) -> None:
        from tac_desktop.ui.office_screen import OfficeScreen

        page = self._frame.page(OFFICE)
        if isinstance(page, OfficeScreen):
            page.staff.show_contacts(cast("Sequence[Record]", found), self._bench.today())

    def _log(self, message: str, case_file: str) -> None:
        from tac_desktop.actions.mailbox import log_message
        from tac_desktop.ui.office_screen import OfficeScreen

        page = self._frame.page(OFFICE)
        if not case_file and isinstance(page, OfficeScreen):
            page.open_record("inbox_message", message, "about")
            return
        try:
            log_message(self._bench.store, self._bench.person, message, now=self._bench.moment(), case_file=case_file)
        except AnswersRefused as refused:
            self._bench.messages.say(next(iter(refused.problems.values())), "warn")
        except TacError as trouble:
            self._bench.messages.trouble(trouble)
        else:
            self._done(self.tr("The message is in the contact log of her case file, to be followed up today."))

    def _answered(self, message: str) -> None:
        from tac_desktop.actions.mailbox import note_answered

        try:
            note_answered(self._bench.store, self._bench.person, message, now=self._bench.moment())
        except TacError as trouble:
            self._bench.messages.trouble(trouble)
        else:
            self._done(self.tr("Noted: you have answered the message today."))

    def _done(self, words: str) -> None:
        self._bench.messages.say(words, undo=True)
        self.read()
        self.saved.emit()
