"""Long work of a place with parts: one piece at a time, its progress in the panel, everything else waits."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from tac_desktop.ui.parts_screen import PartsScreen
from tac_desktop.ui.soon import soon
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Store


class PartJobs(QObject):
    """Starts what takes long."""

    def __init__(self, bench: Workbench, screen: PartsScreen, parent: QObject) -> None:
        """Take the screen whose panel tells of it."""
        super().__init__(parent)
        self._bench, self._screen = bench, screen
        self._began: QWidget | None = None

    def start(
        self,
        action: Callable[["Store"], Any],
        then: Callable[[object], None],
        words: str,
        *,
        writes: bool = False,
        stopped: str = "",
        failed: Callable[[object], object] | None = None,
    ) -> None:
        """Start an action in the lane.

        Args:
            action: Takes a store of the working thread and makes the steps.
            then: Gets what the action returned.
            words: What is being done.
            writes: Whether the window must read nothing from the vault meanwhile.
            stopped: What holds after it was stopped; '' where nothing was changed then.
            failed: Gets what it failed from; None tells it at the desk.
        """
        bench, self._began = self._bench, QApplication.focusWidget()
        job = bench.run(bench.with_store(action), then, failed)
        job.failed.connect(self.over)
        job.settled.connect(self._settled)
        self._screen.progress.follow(job, words, stopped=stopped)
        self._screen.set_busy(busy=True)  # after the keyboard has gone to the button that stops it
        if writes:
            bench.importing(job)

    def over(self) -> None:
        """Take the panel away: what came of it is told elsewhere; the keyboard is where it was before."""
        self._give_keyboard_back()
        self._screen.progress.hide()

    def _give_keyboard_back(self) -> None:
        """Put the keyboard where it was when the work began, if it is on the button that stops it."""
        held = self._screen.progress.isAncestorOf(QApplication.focusWidget() or self._screen)
        if held and self._began is not None and isValid(self._began):
            soon(self._began, self._began.setFocus)  # it can be pressed again only then

    def _settled(self) -> None:
        self._give_keyboard_back()
        self._screen.set_busy(busy=False)
