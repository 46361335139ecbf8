"""The page of contradictions in an open vault: no place of the sidebar; Today, a case file or a record lead there."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tac_desktop.casework.forms import ALL
from tac_desktop.ui.case_work import CaseWork
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.office_work import OFFICE
from tac_desktop.ui.page import Page
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.ui.conflict_desk import ConflictDesk

CONFLICTS = "conflicts"


class ConflictWork(QObject):
    """Makes the page, goes there, and back to where one came from."""

    decided = Signal()
    """Something was decided: what other pages show may be another thing now."""

    def __init__(self, bench: Workbench, frame: Frame, cases: CaseWork, parent: QObject) -> None:
        """Take the bench, the frame, and what opens case files."""
        super().__init__(parent)
        self._bench, self._frame, self._cases = bench, frame, cases
        self.desk: ConflictDesk | None = None
        cases.conflicts_wanted.connect(self.decide)

    def make(self) -> Page:
        """Return the page with all contradictions of the vault."""
        from tac_desktop.ui.conflict_desk import ConflictDesk

        desk = self.desk = ConflictDesk(self._bench)
        desk.decided.connect(self.decided)
        desk.record_wanted.connect(self._open_record)
        desk.left.connect(self._leave)
        desk.look_through()
        return desk.screen

    def decide(self, spot: str) -> None:
        """Go to the contradictions: to the first, or where a spot leads."""
        self._frame.go(CONFLICTS, spot or "||")

    def read(self) -> None:
        """Have the page read again what it shows, if there is one."""
        if self.desk is not None and self._frame.page(CONFLICTS) is not None:
            self.desk.read()

    def _open_record(self, case_file: str, form: str, record: str) -> None:
        if ALL[form].keeping == "office":
            self._frame.go(OFFICE, f"{form}|{record}")
        elif ALL[form].about == "office":
            self._frame.go("surveys", f"{form}|{record}")
        else:
            self._cases.open_record(case_file, form, record)

    def _leave(self, case_file: str) -> None:
        if case_file:
            self._cases.open_case(case_file)
        else:
            self._frame.go("today")
