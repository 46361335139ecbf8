"""Collects Python's garbage in the window's own thread only.

Python collects in whichever thread happens to allocate. A widget that lies in a ring of references would then be
destroyed by the working thread, while the window paints it or sends it an event: Qt falls over.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL = 1000
"""Milliseconds between two looks; each collects no more than is due."""


class Collector(QObject):
    """Takes the collecting of garbage over from Python for as long as it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Stop Python's own collecting and begin to look once a second."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(INTERVAL)

    def collect(self) -> None:
        """Collect the oldest generation that is due, as Python itself would."""
        counts, limits = gc.get_count(), gc.get_threshold()
        due = [generation for generation in (2, 1, 0) if counts[generation] > limits[generation]]
        if due:
            gc.collect(due[0])


def leave_out_what_lasts() -> None:
    """Have no search for garbage look through what is there now: the program itself, before anything is open in it.

    A search through everything takes longer for the program than for a full case file, and the window stands still.
    """
    gc.freeze()
