"""Collects Python's garbage in the window's own thread only.

Python collects in whichever thread happens to allocate. A widget that lies in a ring of references would then be
destroyed by the working thread, while the window paints it or sends it an event: Qt falls over.
"""

import gc
import math
from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QObject, QTimer

INTERVAL = 1000
"""Milliseconds between two looks; each collects no more than is due."""
PAUSE = 1.0
"""Seconds without input after which nobody notices that the window stands still for a moment: a search takes longer
than 100 ms where twenty thousand mothers were read."""
LONGEST = 60.0
"""Seconds after which it is searched, pause or not: who types on and on must not fill the memory."""


class Collector(QObject):
    """Takes the collecting of garbage over from Python for as long as it lives; it waits for a pause."""

    def __init__(self, parent: QObject | None = None, idle: Callable[[], float] = lambda: math.inf) -> None:
        """Stop Python's own collecting, begin to look once a second; `idle` gives the seconds since the last input."""
        super().__init__(parent)
        self._idle = idle
        self._searched = monotonic()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(INTERVAL)

    def collect(self) -> None:
        """Collect the oldest generation that is due, as Python itself would, where there is a pause."""
        if self._idle() < PAUSE and monotonic() - self._searched < LONGEST:
            return
        self._searched = monotonic()
        counts, limits = gc.get_count(), gc.get_threshold()
        due = [generation for generation in (2, 1, 0) if counts[generation] > limits[generation]]
        if due:
            gc.collect(due[0])


def leave_out_what_lasts() -> None:
    """Have no search for garbage look through what is there now: the program itself, before anything is open in it.

    A search through everything takes longer for the program than for a full case file, and the window stands still.
    """
    gc.freeze()
