"""Where one is in an open vault, and back there after a lock: the page, the window over it, the keyboard in both."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from tac_desktop.ui.bookmark import GoBack, bookmark_of
from tac_desktop.ui.focus import InputWatch
from tac_desktop.ui.frame import Frame, Place

if TYPE_CHECKING:
    from tac_desktop.ui.case_work import CaseWork
    from tac_desktop.ui.work import Work

CONTACT = "contact"
"""The window that may be open over any page and keeps a draft; those over a case file are in `CaseWindows`."""


def place_in(work: "Work") -> Place:
    """Return where one is."""
    place = work.frame.place()
    name, window = _window_over(work.cases, work.frame)
    return place if window is None else replace(place, over=name, over_bookmark=bookmark_of(window))


def go_back(work: "Work", place: Place, watch: InputWatch) -> None:
    """Go to a place as it was left; to the first page where it exists no more."""
    work.go(place)
    frame = work.frame
    page = frame.page(frame.current())
    if page is None or frame.current() != place.page:
        return
    GoBack(page, place.bookmark, watch, work.bench.lane)
    window = _open_again(work.cases, frame, place.over)
    if window is not None:
        GoBack(window, place.over_bookmark, watch, work.bench.lane)


def _window_over(cases: "CaseWork", frame: Frame) -> tuple[str, QDialog | None]:
    from tac_desktop.ui.quick_log import QuickLog

    log = next((log for log in frame.findChildren(QuickLog) if log.isVisible()), None)
    if log is not None:
        return f"{CONTACT} {log.draft_id}", log
    return cases.windows.shown() if cases.windows is not None else ("", None)


def _open_again(cases: "CaseWork", frame: Frame, name: str) -> QDialog | None:
    kind, _, draft = name.partition(" ")
    if kind == CONTACT:
        cases.log_contact(cases.in_front(), draft)
    elif cases.windows is not None and cases.in_front():
        cases.windows.open_again(name)
    return _window_over(cases, frame)[1]
