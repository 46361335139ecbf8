"""Long work of a place with parts: one piece at a time, its progress in the panel, everything else waits."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from tac_desktop.ui.parts_screen import PartsScreen
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Store


class PartJobs(QObject):
    """Starts what takes long."""

    def __init__(self, bench: Workbench, screen: PartsScreen, parent: QObject) -> None:
        """Take the screen whose panel tells of it."""
        super().__init__(parent)
        self._bench, self._screen = bench, screen

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
        bench = self._bench
        job = bench.run(bench.with_store(action), then, failed)
        job.failed.connect(self.over)
        job.settled.connect(self._settled)
        self._screen.set_busy(busy=True)
        self._screen.progress.follow(job, words, stopped=stopped)
        if writes:
            bench.importing(job)

    def over(self) -> None:
        """Take the panel away: what came of it is told elsewhere."""
        self._screen.progress.hide()

    def _settled(self) -> None:
        self._screen.set_busy(busy=False)
