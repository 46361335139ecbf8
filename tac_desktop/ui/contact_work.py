"""Logging contacts from anywhere: a new one, one that asks again, or the answer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.frame import Frame
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.casework.dues.escalation import Question
    from tac_desktop.ui.contact_desk import ContactDesk


class ContactWork(QObject):
    """Opens the quick log over the window; each window has a desk of its own."""

    logged = Signal()
    """A contact stands in the log of everybody whom it is about."""
    closed = Signal()
    """A window was closed; what was typed in it may be a draft now."""

    def __init__(self, bench: Workbench, frame: Frame, parent: QObject) -> None:
        """Take the bench and the frame."""
        super().__init__(parent)
        self._bench, self._frame = bench, frame

    def log(self, case_file: str = "", draft: str = "") -> None:
        """Log a contact with a mother, or with one that is still to be named; `draft` names the draft to go on with."""
        self._desk(draft).open(case_file)

    def log_for(self, question: "Question", deed: str) -> None:
        """Log that something was asked again, or the answer; `deed` as the page of what is awaited names it."""
        from tac_desktop.ui.awaited_screen import ANSWER, HIGHER
        from tac_desktop.ui.contact_desk import ContactDesk

        is_answer = deed == ANSWER
        desk = self._desk(ContactDesk.draft_of(question, is_answer=is_answer))
        desk.open_for(question, is_answer=is_answer, level=question.next_level if deed == HIGHER else "")

    def settle(self) -> None:
        """Have what was typed into open windows written into the drafts, now."""
        from tac_desktop.ui.quick_log import QuickLog

        for log in self._frame.findChildren(QuickLog):
            log.settle()

    def _desk(self, draft: str) -> "ContactDesk":
        from tac_desktop.ui.contact_desk import ContactDesk

        desk = ContactDesk(self._bench, self._frame, draft)
        desk.saved.connect(self.logged)
        desk.window.finished.connect(desk.deleteLater)
        desk.window.finished.connect(self.closed)
        return desk
