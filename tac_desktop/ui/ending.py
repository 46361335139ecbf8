"""The end of the work with a vault: what is under way is stopped, or waited for, and then the key is forgotten."""

import gc
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.forgetting import overwrite_freed_memory
from tac_desktop.ui.jobs import Job, Lane, at_once
from tac_desktop.ui.words import ended_words

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Vault

MILLISECONDS_TO_STOP = 1500
"""How long a lock waits for work that is being stopped before it lets the window go on: what cannot be stopped ends."""


class Ending(QObject):
    """Closes one vault at a time."""

    closed = Signal(object)
    """The Path of the vault that is closed now."""

    def __init__(self, lane: Lane, now: Callable[[], datetime], parent: QObject) -> None:
        """Take the lane in which the work is under way, and the time."""
        super().__init__(parent)
        self._lane, self._now = lane, now
        self._vault: Vault | None = None
        self._under_way: Sequence[Job] = ()
        self._told: Sequence[str] = ()
        self._words = ""
        self._good = True
        self.is_last = False
        """Whether the program ends with it: the system wipes its memory then."""
        lane.busy.connect(self._lane_busy)

    def begin(self, vault: "Vault", words: str = "") -> None:
        """Take a vault that is to be closed; the person is told these words, else what becomes of what is under way."""
        self._vault, self._under_way, self._words = vault, self._lane.jobs(), words

    def end(self, milliseconds: int = MILLISECONDS_TO_STOP) -> None:
        """Stop everything and close the vault: at once if all is stopped within a time, -1 for any, else after that."""
        self._lane.cancel()
        if self._lane.wait(milliseconds):
            self._close()

    def told(self) -> Sequence[str]:
        """Return in sentences what became of the work that was under way, once: it is for whoever unlocks next."""
        words, self._told = self._told, ()
        return words

    def is_good_news(self) -> bool:
        """Say whether all of it was finished, and nothing follows from that."""
        return self._good

    def _lane_busy(self, busy: bool) -> None:
        if not busy:
            self._close()

    def _close(self) -> None:
        from tac_desktop.actions import vaults

        vault, self._vault = self._vault, None
        if vault is None:
            return
        self._told = [self._words] if self._words else ended_words(self._under_way)
        self._good = not self._words and all(
            job.outcome == "finished" and not job.if_finished
            for job in self._under_way
            if job.asked or job.outcome == "failed"
        )
        self._under_way = ()
        vaults.leave(vault, now=self._now())
        folder = vault.folder
        del vault
        gc.collect()  # what was read lies in rings of objects, which would stay for a while
        if not self.is_last:
            self._forget()
        self.closed.emit(folder)

    def _forget(self) -> None:
        """Overwrite what was freed: here, and in the working thread, which has memory of its own."""
        overwrite_freed_memory()
        self._lane.start(Job(at_once(overwrite_freed_memory), must_end=True, asked=False))
