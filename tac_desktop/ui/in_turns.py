"""Building what is long without the window standing still: a few parts now, the others as its loop turns."""

from collections.abc import Iterable, Iterator
from itertools import islice
from time import perf_counter
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QBoxLayout, QWidget

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

    def put_cards(self, column: QBoxLayout, cards: Iterable[QWidget], at_once: int) -> None:
        """Put cards below one another, the first so many now; Tab comes to them before what stands below `column`.

        Args:
            column: Where; it is the layout of a widget, or within one.
            cards: Makes one card after the other.
            at_once: How many are put now.
        """
        self.build(_put(column, cards), at_once)

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


def _put(column: QBoxLayout, cards: Iterable[QWidget]) -> Iterator[None]:
    for card in cards:
        column.addWidget(card)
        card.show()  # else it counts as hidden until the next turn of the event loop
        yield
