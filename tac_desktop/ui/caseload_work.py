"""The caseload in an open vault, and the pages beside it: each is made when it is first wanted, and leads back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.case_work import CaseWork
from tac_desktop.ui.caseload_rows import CaseloadRows
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.hand_over_words import HANDOVERS
from tac_desktop.ui.outside_words import OUTSIDE
from tac_desktop.ui.page import Page
from tac_desktop.ui.waiting_words import MEETING, SHEETS, WORKLOAD
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.ui.handovers_screen import HandoversDesk
    from tac_desktop.ui.meeting_desk import MeetingDesk
    from tac_desktop.ui.outside_screen import OutsideDesk
    from tac_desktop.ui.sheets_screen import SheetsDesk
    from tac_desktop.ui.workload_screen import WorkloadDesk

CASELOAD: Final = "caseload"
BESIDE: Final = (HANDOVERS, MEETING, OUTSIDE, WORKLOAD, SHEETS)
"""The pages that have no entry in the sidebar: one comes to them from the caseload."""


class CaseloadWork(QObject):
    """Makes the pages, and keeps what stands behind them."""

    saved = Signal()
    """Something was saved into a case file."""

    def __init__(self, bench: Workbench, frame: Frame, cases: CaseWork, parent: QObject) -> None:
        """Take the bench, the frame, and what opens case files."""
        super().__init__(parent)
        self._bench, self._frame, self._cases = bench, frame, cases
        self._desks: list[QObject] = []

    def makers(self) -> dict[str, Callable[[], Page]]:
        """Return what builds the page of each name."""
        return {
            CASELOAD: self._make_caseload,
            HANDOVERS: self._make_handovers,
            MEETING: self._make_meeting,
            OUTSIDE: self._make_outside,
            WORKLOAD: self._make_workload,
            SHEETS: self._make_sheets,
        }

    def read(self) -> None:
        """Have the caseload read anew, if its page has been made."""
        from tac_desktop.ui.caseload_screen import CaseloadScreen

        page = self._frame.page(CASELOAD)
        if isinstance(page, CaseloadScreen):
            page.read_again()

    def search(self) -> None:
        """Go to the caseload's search box."""
        from tac_desktop.ui.caseload_screen import CaseloadScreen

        page = self._frame.go(CASELOAD)
        if isinstance(page, CaseloadScreen):
            page.search.setFocus()
            page.search.selectAll()

    def _make_caseload(self) -> Page:
        from tac_desktop.ui.caseload_screen import CaseloadScreen

        page = CaseloadScreen(self._bench.kit, CaseloadRows(self._bench), self._bench.today())
        page.case_opened.connect(self._cases.open_case)
        page.new_case_wanted.connect(self._cases.new_case)
        page.page_wanted.connect(self._frame.go)
        self._bench.spelt_women.were_read.connect(page.read_again)
        return page

    def _make_handovers(self) -> Page:
        from tac_desktop.ui.handovers_screen import HandoversDesk

        desk = HandoversDesk(self._bench)
        desk.screen.case_opened.connect(self._cases.open_case)
        return self._beside(desk)

    def _make_meeting(self) -> Page:
        from tac_desktop.ui.meeting_desk import MeetingDesk

        desk = MeetingDesk(self._bench)
        desk.saved.connect(self.saved)
        desk.typed.connect(self._cases.drafted)
        desk.screen.case_opened.connect(self._cases.open_case)
        return self._beside(desk)

    def _make_workload(self) -> Page:
        from tac_desktop.ui.workload_screen import WorkloadDesk

        desk = WorkloadDesk(self._bench)
        desk.screen.referral_opened.connect(self._cases.open_record)
        return self._beside(desk)

    def _make_outside(self) -> Page:
        from tac_desktop.ui.outside_screen import OutsideDesk

        desk = OutsideDesk(self._bench)
        desk.screen.record_opened.connect(self._cases.open_record)
        return self._beside(desk)

    def _make_sheets(self) -> Page:
        from tac_desktop.ui.sheets_screen import SheetsDesk

        return self._beside(SheetsDesk(self._bench, self._frame))

    def _beside(self, desk: "HandoversDesk | MeetingDesk | WorkloadDesk | SheetsDesk | OutsideDesk") -> Page:
        self._desks.append(desk)
        desk.screen.closed.connect(partial(self._frame.go, CASELOAD))
        return desk.screen
