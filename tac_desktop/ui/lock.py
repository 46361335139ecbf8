"""When to lock: the key, a time without input, and when the computer is locked, left, closed or put to sleep."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tac_desktop.ui.focus import Elapsed, InputWatch
from tac_desktop.ui.session import SessionWatch, session_watch

WARNING_SECONDS = 30
ASLEEP_SECONDS = 20
"""A look that comes so late, where one is due each second, tells that the computer slept."""


class IdleLock(QObject):
    """Counts the time without input; warns for the last thirty seconds, then expires. Expires after sleep, too."""

    warned = Signal(int)
    """Seconds left, every second of the warning."""
    calmed = Signal()
    """Input came during the warning."""
    expired = Signal()

    def __init__(self, watch: InputWatch, minutes: float, parent: QObject | None = None) -> None:
        """Take the watch over input and the minutes without any after which the vault is locked."""
        super().__init__(parent)
        self._watch = watch
        self._seconds = minutes * 60
        self._warning = False
        self._looked = Elapsed()
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.check)
        # queued: what the input was for is destroyed by the lock
        watch.came_late.connect(self.check, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Count from now on."""
        self._watch.touch()
        self._watch.limit = self._seconds
        self._warning = False
        self._looked.again()
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()
        self._watch.limit = 0
        if self._warning:
            self._warning = False
            self.calmed.emit()

    def set_minutes(self, minutes: float) -> None:
        """Lock after other minutes without input."""
        self._seconds = minutes * 60
        if self._timer.isActive():
            self._watch.limit = self._seconds

    def minutes_left(self) -> int:
        """Return the whole minutes until the lock, at least 1."""
        return max(1, round((self._seconds - self._watch.idle()) / 60))

    def is_over(self) -> bool:
        """Say whether the time without input is over, also where it is not counted just now."""
        return self._watch.idle() >= self._seconds

    def check(self) -> None:
        """Look at the clocks; the timer calls this each second."""
        if not self._timer.isActive():
            return
        left = self._seconds - self._watch.idle()
        slept = self._looked.seconds() > ASLEEP_SECONDS
        self._looked.again()
        if left <= 0 or slept:
            self._warning = False
            self.stop()
            self.expired.emit()
        elif left <= min(WARNING_SECONDS, self._seconds / 2):
            self._warning = True
            self.warned.emit(max(1, round(left)))
        elif self._warning:
            self._warning = False
            self.calmed.emit()


class LockCauses(QObject):
    """Everything for which an open vault is locked, in one place."""

    due = Signal()
    """The vault is to be locked, now."""

    def __init__(self, watch: InputWatch, minutes: float, parent: QObject) -> None:
        """Take the watch over input and the minutes without any; nothing is due before `start`."""
        super().__init__(parent)
        self.idle = IdleLock(watch, minutes, self)
        self._session: SessionWatch | None = None
        self.idle.expired.connect(self.due)
        # queued: the window in which the key was pressed may be destroyed by the lock
        watch.lock_wanted.connect(self.due, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin: a vault is open. What the system tells of the session is heard from the first vault on."""
        self.idle.start()
        if self._session is None:
            session = session_watch(self)
            session.left.connect(self.due)
            self._session = session

    def stop(self) -> None:
        """Count no more: no vault is open."""
        self.idle.stop()
