"""When to lock: after a time without input, with a warning in words, and when the computer itself is locked."""

import sys

from PySide6.QtCore import QByteArray, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from tac_desktop.ui.focus import InputWatch

WARNING_SECONDS = 30
_SESSION_CHANGE, _POWER = 0x02B1, 0x0218
_LEAVING = frozenset({2, 4, 6, 7})  # console disconnect, remote disconnect, log-off, lock
_SUSPEND = 4


class IdleLock(QObject):
    """Counts the time without input; warns for the last thirty seconds, then expires."""

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
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self.check)

    def start(self) -> None:
        """Count from now on."""
        self._watch.touch()
        self._warning = False
        self._timer.start()

    def stop(self) -> None:
        """Count no more."""
        self._timer.stop()
        if self._warning:
            self._warning = False
            self.calmed.emit()

    def set_minutes(self, minutes: float) -> None:
        """Lock after other minutes without input."""
        self._seconds = minutes * 60

    def minutes_left(self) -> int:
        """Return the whole minutes until the lock, at least 1."""
        return max(1, round((self._seconds - self._watch.idle()) / 60))

    def check(self) -> None:
        """Look at the clock; the timer calls this each second."""
        left = self._seconds - self._watch.idle()
        if left <= 0:
            self._timer.stop()
            self._warning = False
            self.expired.emit()
        elif left <= min(WARNING_SECONDS, self._seconds / 2):
            self._warning = True
            self.warned.emit(max(1, round(left)))
        elif self._warning:
            self._warning = False
            self.calmed.emit()


class SessionWatch(QWidget):
    """A window that is never shown and hears from Windows when the computer is locked, left or put to sleep.

    Elsewhere it hears nothing. The messages are read in this one widget: an application-wide filter in Python would
    see every message of every window.
    """

    left = Signal()

    def __init__(self) -> None:
        """Ask Windows for the messages of this session."""
        super().__init__()
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(int(self.winId()), 0)

    def nativeEvent(self, eventType: QByteArray | bytes | bytearray | memoryview, message: int) -> object:  # noqa: N803 - Qt's names
        """Hear a message of Windows (Qt)."""
        if sys.platform == "win32":
            from ctypes import wintypes

            note = wintypes.MSG.from_address(int(message))
            if (note.message == _SESSION_CHANGE and note.wParam in _LEAVING) or (
                note.message == _POWER and note.wParam == _SUSPEND
            ):
                self.left.emit()
        del eventType
        return False, 0


class Clipboard(QObject):
    """Remembers what this program put on the clipboard, to take it off again at a lock if it is still there."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Watch the clipboard for texts of our own."""
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._ours = ""
        self._clipboard.dataChanged.connect(self._changed)

    def _changed(self) -> None:
        # some platforms cannot say who owns the clipboard: what is copied while a window of ours is active is ours
        ours = self._clipboard.ownsClipboard() or QApplication.activeWindow() is not None
        self._ours = self._clipboard.text() if ours else ""

    def clear_if_ours(self) -> None:
        """Empty the clipboard where it still holds what came from here."""
        if self._ours and self._clipboard.text() == self._ours:
            self._clipboard.clear()
        self._ours = ""
