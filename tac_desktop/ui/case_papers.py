"""What is shown in the place of a case file until one goes back to it: papers, files, what a person asked for."""

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.frame import Frame
from tac_desktop.ui.page import Page
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen
    from tac_desktop.ui.document_desk import DocumentDesk
    from tac_desktop.ui.thread_dialog import ThreadOrder

DOCUMENT = "document"
"""How the names of the frame's pages begin that show one; the case file's id follows."""


class CasePapers(QObject):
    """Draws, opens and shows the papers of the case file that is open."""

    saved = Signal()
    """Something was saved into the case file: a paper that was issued."""
    left = Signal(str)
    """Back to this case file."""

    def __init__(self, bench: Workbench, frame: Frame, parent: QObject) -> None:
        """Take the bench and the frame."""
        super().__init__(parent)
        self._bench, self._frame = bench, frame

    def serve(self, page: "CaseScreen", case_file: str) -> None:
        """Do what the page of a case file asks for."""
        page.wishes.document_wanted.connect(partial(self.draw, case_file))
        page.wishes.paper_wanted.connect(partial(self._draw_log, case_file))
        page.wishes.document_opened.connect(partial(self.open_issued, case_file))
        page.wishes.access_wanted.connect(partial(self._answer_access, case_file))

    def draw(self, case_file: str, kind: str) -> None:
        """Draw a paper."""
        self._desk(case_file).draw(kind)

    def _draw_log(self, case_file: str, order: object) -> None:
        self._desk(case_file).draw_log(cast("ThreadOrder", order))

    def open_issued(self, case_file: str, record_id: str) -> None:
        """Show a paper as it was issued."""
        self._desk(case_file).open_issued(record_id)

    def open_attached(self, case_file: str, sha256: str, title: str) -> None:
        """Show a file that is kept in the case file."""
        self._desk(case_file).open_attached(sha256, title)

    def _answer_access(self, case_file: str, request_id: str) -> None:
        from tac_desktop.ui.access_desk import AccessDesk

        desk = AccessDesk(self._bench, request_id)
        desk.ready.connect(partial(self._show, case_file))
        desk.left.connect(partial(self.leave, case_file))
        desk.setParent(self)
        desk.gather()

    def _desk(self, case_file: str) -> "DocumentDesk":
        from tac_desktop.ui.document_desk import DocumentDesk

        desk = DocumentDesk(self._bench, case_file)
        desk.ready.connect(partial(self._show, case_file))
        desk.left.connect(partial(self.leave, case_file))
        desk.issued.connect(self.saved)
        desk.setParent(self)
        return desk

    def _show(self, case_file: str, page: Page) -> None:
        self._frame.put(f"{DOCUMENT} {case_file}", page)
        self._frame.show_page(f"{DOCUMENT} {case_file}")

    def leave(self, case_file: str) -> None:
        """Go back to the case file."""
        self._frame.drop(f"{DOCUMENT} {case_file}")
        self.left.emit(case_file)
