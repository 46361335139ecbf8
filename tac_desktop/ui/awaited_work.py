"""What happens behind the page of answers that are owed: read in the lane, and where its lines lead."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from tac_desktop.ui.awaited_words import AWAITED
from tac_desktop.ui.case_work import CaseWork
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.page import Page
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.awaited import Awaited
    from tac_desktop.actions.vaults import Store
    from tac_desktop.casework.dues.escalation import Question, Speed


class AwaitedWork(QObject):
    """Makes the page, and has it read anew."""

    def __init__(self, bench: Workbench, frame: Frame, cases: CaseWork, parent: QObject) -> None:
        """Take the bench, the frame, and what opens case files and logs contacts."""
        super().__init__(parent)
        self._bench, self._frame, self._cases = bench, frame, cases

    def make(self) -> Page:
        """Return the page; what it shows comes when it is read."""
        from tac_desktop.ui.awaited_screen import AwaitedScreen

        page = AwaitedScreen(self._bench.kit)
        page.opened.connect(self._open)
        page.wanted.connect(self._log)
        self.read()
        return page

    def read(self) -> None:
        """Read anew what is owed."""
        today = self._bench.today()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.awaited import awaited, how_quickly

            yield 0, 2
            found = awaited(store)
            yield 1, 2
            return found, how_quickly(store, today)

        self._bench.run(self._bench.with_store(action), self._show, asked=False)

    def _show(self, found: object) -> None:
        from tac_desktop.ui.awaited_screen import AwaitedScreen

        page = self._frame.page(AWAITED)
        if isinstance(page, AwaitedScreen):
            page.show_awaited(*cast("tuple[list[Awaited], list[Speed]]", found), self._bench.today())

    def _open(self, case_file: str, contact: str) -> None:
        self._cases.open_record(case_file, "contact", contact)

    def _log(self, question: object, deed: str) -> None:
        self._cases.contacts.log_for(cast("Question", question), deed)
