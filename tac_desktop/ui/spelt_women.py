"""Women whose names are spelt like what was typed: of a few asked at once, of many read in the lane and remembered."""

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.jobs import Steps

if TYPE_CHECKING:
    from tac_desktop.actions.known_women import KnownWomen
    from tac_desktop.actions.vaults import Store
    from tac_desktop.ui.workbench import Workbench

_MANY: Final = 2000
"""To read by what so many women are known takes as long as the window may stand still."""
_SECONDS: Final = 60.0
"""After so long it is read again: somebody may have been written down since."""


class SpeltWomen(QObject):
    """One for an open vault."""

    were_read = Signal()
    """It is known now by what the women are known: who found nobody may ask once more."""

    def __init__(self, bench: "Workbench") -> None:
        """Take the bench; nothing is read before the first question."""
        super().__init__(bench)
        self._bench = bench
        self._women: KnownWomen | None = None
        self._read_at = 0.0
        self._is_reading = False
        self._few: bool | None = None

    def like(self, typed: str) -> Sequence[int]:
        """Return the numbers of the caseload's rows of women whose names are spelt like the typed words, as known."""
        from tac_desktop.actions.spelt_alike import spelt_alike

        store = self._bench.store
        if self._few is None:
            self._few = len(store.caseload_ids()) <= _MANY
        if self._few:
            return spelt_alike(store, typed)
        if time.monotonic() - self._read_at > _SECONDS:
            self._read()
        return () if self._women is None else spelt_alike(store, typed, self._women)

    def _read(self) -> None:
        if self._is_reading:
            return
        self._is_reading = True

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.known_women import read_women

            yield 0, 0
            return read_women(store)

        self._bench.run(self._bench.with_store(action), self._was_read, self._failed, asked=False)

    def _was_read(self, women: object) -> None:
        is_first, self._women = self._women is None, cast("KnownWomen", women)
        self._is_reading, self._read_at = False, time.monotonic()
        if is_first:
            self.were_read.emit()

    def _failed(self, trouble: object) -> None:
        self._is_reading = False
        self._bench.messages.trouble(trouble)
