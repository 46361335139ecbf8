"""When a draft is due: a moment after the last key, and at the latest a second after the first."""

from PySide6.QtCore import QObject, QTimer, Signal

QUIET_MILLISECONDS = 400
LONGEST_MILLISECONDS = 1000
"""With these a killed program lost at most seven characters in trials; with 800 and 3000 it lost up to 23."""


class DraftClock(QObject):
    """Says `due` when what has been typed must be written down."""

    due = Signal()

    def __init__(self, parent: QObject) -> None:
        """Make the two timers."""
        super().__init__(parent)
        self._quiet = QTimer(self, singleShot=True, interval=QUIET_MILLISECONDS)
        self._longest = QTimer(self, singleShot=True, interval=LONGEST_MILLISECONDS)
        self._typed = False
        self._quiet.timeout.connect(self.flush)
        self._longest.timeout.connect(self.flush)

    def touch(self) -> None:
        """Something was typed."""
        self._typed = True
        self._quiet.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> None:
        """Send `due` now, if something was typed since the last time."""
        if self._typed:
            self.stop()
            self.due.emit()

    def stop(self) -> None:
        """Forget that something was typed."""
        self._typed = False
        self._quiet.stop()
        self._longest.stop()
