"""The windows over a page that keep a draft: which one is open, and how it is opened again after a lock."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from tac_desktop.ui.frame import Frame

if TYPE_CHECKING:
    from tac_desktop.ui.case_work import CaseWork

CONTACT, HAND_OVER = "contact", "hand over"


def window_over(cases: "CaseWork", frame: Frame) -> tuple[str, QDialog | None]:
    """Return which of them is open, '' and None if none is."""
    from tac_desktop.ui.quick_log import QuickLog

    log = next((log for log in frame.findChildren(QuickLog) if log.isVisible()), None)
    if log is not None:
        return CONTACT, log
    window = cases.handing_over.window if cases.handing_over is not None else None
    return ("", None) if window is None else (HAND_OVER, window)


def open_again(cases: "CaseWork", frame: Frame, name: str) -> QDialog | None:
    """Open one of them again, with what was typed there; return it."""
    if name == CONTACT:
        cases.log_contact(cases.in_front())
    elif name == HAND_OVER and cases.handing_over is not None and cases.in_front():
        cases.handing_over.open()
    return window_over(cases, frame)[1]
