"""Building what is long without the window standing still: a few parts now, the others as its loop turns."""

from collections.abc import Iterator
from itertools import islice
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QTimer

_SECONDS: Final = 0.02
"""So long is built in one turn; what it adds is laid out and drawn after it."""


class InTurns(QObject):
    """One thing that is being built; a new one in its place stops it. It ends with its owner."""

    def __init__(self, owner: QObject) -> None:
        """Take whom it belongs to; nothing is built yet."""
        super().__init__(owner)
        self._parts: Iterator[object] = iter(())
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._turn)

    def build(self, parts: Iterator[object], at_once: int) -> None:
        """Walk through an iterator that builds a part with each step: the first so many now."""
        self._parts = parts
        more = sum(1 for _ in islice(parts, at_once)) == at_once
        (self._timer.start if more else self._timer.stop)()

    def finish(self) -> None:
        """Build all that is left, now."""
        self._timer.stop()
        for _ in self._parts:
            pass

    def is_over(self) -> bool:
        """Say whether everything is built."""
        return not self._timer.isActive()

    def _turn(self) -> None:
        end = perf_counter() + _SECONDS
        for _ in self._parts:
            if perf_counter() > end:
                return
        self._timer.stop()
