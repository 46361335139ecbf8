"""Building what is long without the window standing still: a few parts now, the others as its loop turns."""

from collections.abc import Iterable, Iterator
from itertools import islice
from time import perf_counter
from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget
from shiboken6 import isValid

_SECONDS: Final = 0.01
"""So long is built in one turn; what it adds is laid out and drawn after it."""


class InTurns(QObject):
    """One thing that is being built; a new one in its place stops it. It ends with its owner."""

    over = Signal()
    """The last part is there; not emitted where all of it was there at once, and nothing was being built before."""

    def __init__(self, owner: QObject) -> None:
        """Take whom it belongs to; nothing is built yet."""
        super().__init__(owner)
        self._parts: Iterator[object] = iter(())
        self._awaited: InTurns | None = None
        self._is_over = True
        # begun anew after each turn: what else has become due in it comes before the next one
        self._timer = QTimer(self, interval=0, singleShot=True)
        self._timer.timeout.connect(self._turn)

    def build(self, parts: Iterator[object], at_once: int | None = None) -> None:
        """Walk through an iterator that builds a part with each step: the first so many now, all of them for None.

        Where it yields another InTurns, the next part waits until that one is over.
        """
        was_over = self._is_over
        self.stop()
        self._parts, self._is_over = parts, False
        built = 0
        for part in islice(parts, at_once):
            built += 1
            if self._waits_for(part):
                self._timer.start()
                return
        if built == at_once:
            self._timer.start()
        else:
            self.stop()
            if not was_over:
                self.over.emit()

    def put_cards(self, column: QBoxLayout, cards: Iterable[QWidget], at_once: int | None) -> None:
        """Put cards below one another, the first so many now; Tab comes to them before what stands below `column`.

        Args:
            column: Where; it is the layout of a widget, or within one.
            cards: Makes one card after the other.
            at_once: How many are put now, None for all.
        """
        self.build(_put(column, cards), at_once)

    def stop(self) -> None:
        """Build nothing more."""
        self._timer.stop()
        self._parts, self._awaited, self._is_over = iter(()), None, True

    def finish(self) -> None:
        """Build all that is left, now."""
        if self._is_over:
            return
        if self._awaited is not None:
            self._awaited.finish()
        for part in self._parts:
            if isinstance(part, InTurns):
                part.finish()
        self.stop()
        self.over.emit()

    def is_over(self) -> bool:
        """Say whether everything is built."""
        return self._is_over

    def _turn(self) -> None:
        if self._awaited is not None and isValid(self._awaited) and not self._awaited.is_over():
            self._timer.start()
            return
        self._awaited = None
        end = perf_counter() + _SECONDS
        for part in self._parts:
            if self._waits_for(part) or perf_counter() > end:
                self._timer.start()
                lay_out()
                return
        self.stop()
        lay_out()
        self.over.emit()

    def _waits_for(self, part: object) -> bool:
        if not isinstance(part, InTurns) or part.is_over():
            return False
        self._awaited = part
        return True


def lay_out() -> None:
    """Give everything its place now: else it may be painted once with texts that are cut off."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def _put(column: QBoxLayout, cards: Iterable[QWidget]) -> Iterator[None]:
    for card in cards:
        column.addWidget(card)
        card.show()  # else it counts as hidden until the next turn of the event loop
        yield
