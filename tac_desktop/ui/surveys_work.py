"""Surveys and supervision in an open vault: the page is made when it is wanted, and read anew after a change."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.case_work import CaseWork
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.page import Page
from tac_desktop.ui.workbench import Workbench

SURVEYS: Final = "surveys"
"""The name of the page."""


class SurveysWork(QObject):
    """Makes the page, and leads to a form on it."""

    saved = Signal()
    """Something was saved that other pages show."""

    def __init__(self, bench: Workbench, frame: Frame, cases: CaseWork, parent: QObject) -> None:
        """Take the bench, the frame, and what tells of drafts."""
        super().__init__(parent)
        self._bench, self._frame, self._cases = bench, frame, cases

    def make(self) -> Page:
        """Return the page."""
        from tac_desktop.ui.office_desk import OfficeDesk
        from tac_desktop.ui.surveys_screen import SurveysScreen

        desk = OfficeDesk(self._bench.means(), "")
        desk.saved.connect(self.saved)
        desk.typed.connect(self._cases.drafted)
        return SurveysScreen(desk)

    def open(self, form: str, record: str) -> None:
        """Open a form of a record."""
        self._frame.go(SURVEYS, f"{form}|{record}")

    def read(self) -> None:
        """Have the page read anew what it shows."""
        from tac_desktop.ui.surveys_screen import SurveysScreen

        page = self._frame.page(SURVEYS)
        if isinstance(page, SurveysScreen):
            page.refresh()
