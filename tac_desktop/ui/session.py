"""What the system tells of a person's session: the computer is locked, left to somebody else, closed, put to sleep."""

import sys

from PySide6.QtCore import QObject, Signal


class SessionWatch(QObject):
    """Hears nothing itself: where a system tells nothing, the time without input has to do."""

    left = Signal()
    """Nobody may be at the computer from now on. Sent before it sleeps: what is done at once is done before."""


def session_watch(parent: QObject) -> SessionWatch:
    """Return what listens to this system, for as long as its parent lives."""
    if sys.platform == "win32":
        from tac_desktop.ui.session_windows import WindowsSession

        return WindowsSession(parent)
    try:
        from tac_desktop.ui.session_linux import LinuxSession
    except ImportError:  # a Qt without D-Bus
        return SessionWatch(parent)
    return LinuxSession(parent)
