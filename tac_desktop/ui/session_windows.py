"""What Windows tells of the session, read in a window that is never shown.

The messages are read in this one widget: an application-wide filter in Python would see every message of every window.
The numbers are those of winuser.h and wtsapi32.h.
"""

import ctypes
import sys
from ctypes import wintypes

from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtWidgets import QWidget

from tac_desktop.ui.session import SessionWatch

SESSION_CHANGE, POWER_BROADCAST = 0x02B1, 0x0218
LEAVING = frozenset({2, 4, 6, 7})
"""Of a session change: console disconnected (another user's turn), remote disconnected, logged off, locked."""
SUSPEND, SETTING_CHANGED = 4, 0x8013
"""Of a power broadcast: the computer is about to sleep; a setting that was asked for is another one."""
LID = bytes.fromhex("4d0f3eba17b89440a2d1d56379e6a0f3")
"""GUID_LIDSWITCH_STATE_CHANGE as it lies in memory; its datum is 0 when the lid is closed."""
_SETTING_BYTES = 21  # the GUID, the length of the datum in four bytes, the first byte of the datum


class WindowsSession(SessionWatch):
    """Owns the listening window."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Ask Windows for the messages of this session."""
        super().__init__(parent)
        self.listener = Listener()
        self.listener.left.connect(self.left)
        register(int(self.listener.winId()))


class Listener(QWidget):
    """A window that is never shown and hears the messages."""

    left = Signal()

    def nativeEvent(self, eventType: QByteArray | bytes | bytearray | memoryview, message: int) -> object:  # noqa: N803 - Qt's names
        """Hear a message of Windows; none is kept from anybody (Qt)."""
        if eventType == b"windows_generic_MSG":
            note = wintypes.MSG.from_address(int(message))
            if tells_of_leaving(note.message, note.wParam or 0, note.lParam or 0):
                self.left.emit()
        return False, 0


def tells_of_leaving(message: int, about: int, where: int) -> bool:
    """Say whether a message tells that nobody may be at the computer from now on.

    Args:
        message: Its number.
        about: Its wParam.
        where: Its lParam: for a power setting the address of a POWERBROADCAST_SETTING.
    """
    match message:
        case 0x02B1:
            return about in LEAVING
        case 0x0218 if about == SUSPEND:
            return True
        case 0x0218 if about == SETTING_CHANGED and where:
            setting = ctypes.string_at(where, _SETTING_BYTES)
            return setting[:16] == LID and setting[20] == 0
        case _:
            return False


def register(window: int) -> None:
    """Ask for the messages, where this is Windows; a Windows that lacks one of them goes without it."""
    if sys.platform == "win32":
        handle = wintypes.HWND(window)
        try:
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(handle, wintypes.DWORD(0))
            ctypes.windll.user32.RegisterPowerSettingNotification(handle, LID, wintypes.DWORD(0))
        except (AttributeError, OSError):
            return
