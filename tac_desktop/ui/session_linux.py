"""What Linux tells of the session by D-Bus: logind of locks, sleep and users taking turns; the desktop of its own lock.

Every part may be missing, on a desktop that tells nothing or a computer without D-Bus: then nothing is heard from it.
Nothing here waits for an answer. See org.freedesktop.login1(5).
"""

import os
from typing import cast

from PySide6.QtCore import SLOT, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusUnixFileDescriptor, QDBusVariant

from tac_desktop.ui.session import SessionWatch

LOGIND = "org.freedesktop.login1"
MANAGER_PATH, MANAGER, SESSION = "/org/freedesktop/login1", f"{LOGIND}.Manager", f"{LOGIND}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
SCREEN_LOCKS = tuple(f"org.{desktop}.ScreenSaver" for desktop in ("freedesktop", "gnome", "cinnamon", "mate", "xfce"))


class LinuxSession(SessionWatch):
    """Listens to logind on the system's bus, and to the desktop's screen lock on the session's.

    Sleep is put off until the vault is locked: else its key could lie in the picture of the memory on the disk.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        system: QDBusConnection | None = None,
        desktop: QDBusConnection | None = None,
    ) -> None:
        """Take the two buses; None for those of this computer."""
        super().__init__(parent)
        self._system = system or QDBusConnection.systemBus()
        desktop = desktop or QDBusConnection.sessionBus()
        self._putting_off: QDBusUnixFileDescriptor | None = None
        self._path = ""
        self._active, self._locked = True, False
        if self._system.isConnected():
            self._system.connect(LOGIND, MANAGER_PATH, MANAGER, "PrepareForSleep", self, _slot("sleeping(bool)"))
            self._ask("GetSession", [os.environ.get("XDG_SESSION_ID") or "auto"], "session_found(QDBusMessage)")
            self._put_sleep_off()
        if desktop.isConnected():
            for interface in SCREEN_LOCKS:
                desktop.connect("", "", interface, "ActiveChanged", self, _slot("screen_locked(bool)"))

    def _ask(
        self, method: str, arguments: list[str], then: str, *, path: str = MANAGER_PATH, of: str = MANAGER
    ) -> None:
        call = QDBusMessage.createMethodCall(LOGIND, path, of, method)
        call.setArguments(arguments)
        self._system.callWithCallback(call, self, _slot(then))

    def _put_sleep_off(self) -> None:
        self._ask("Inhibit", ["sleep", "TaC Desktop", "The vault is being locked.", "delay"], "may_lock(QDBusMessage)")

    @Slot(QDBusMessage)
    def may_lock(self, answer: QDBusMessage) -> None:
        """Keep what puts sleep off; it is let go of by closing it."""
        given = answer.arguments()
        if given and isinstance(given[0], QDBusUnixFileDescriptor):
            self._putting_off = given[0]

    @Slot(QDBusMessage)
    def session_found(self, answer: QDBusMessage) -> None:
        """Listen to the session in which the program runs, not to those of others."""
        given = answer.arguments()
        if given and isinstance(given[0], QDBusObjectPath):
            self._path = given[0].path()
            self._system.connect(LOGIND, self._path, SESSION, "Lock", self, _slot("locked()"))
            self._system.connect(
                LOGIND, self._path, PROPERTIES, "PropertiesChanged", self, _slot("changed(QDBusMessage)")
            )

    @Slot(bool)
    def sleeping(self, begins: bool) -> None:
        """Hear that the computer is about to sleep, or has woken up."""
        if begins:
            self.left.emit()
            self._putting_off = None
        else:
            self._put_sleep_off()

    @Slot()
    def locked(self) -> None:
        """Hear that the session is to be locked."""
        self.left.emit()

    @Slot(bool)
    def screen_locked(self, on: bool) -> None:
        """Hear that the desktop has locked the screen, or unlocked it."""
        if on:
            self.left.emit()

    @Slot(QDBusMessage)
    def changed(self, _note: QDBusMessage) -> None:
        """Ask for what may be another than before: what a signal says of it cannot be read in Python."""
        for name, then in (("Active", "active_is(QDBusMessage)"), ("LockedHint", "locked_is(QDBusMessage)")):
            self._ask("Get", [SESSION, name], then, path=self._path, of=PROPERTIES)

    @Slot(QDBusMessage)
    def active_is(self, answer: QDBusMessage) -> None:
        """Note whether it is this session's turn at the screen."""
        before, self._active = self._active, _truth(answer, self._active)
        if before and not self._active:
            self.left.emit()

    @Slot(QDBusMessage)
    def locked_is(self, answer: QDBusMessage) -> None:
        """Note whether the desktop has locked this session."""
        before, self._locked = self._locked, _truth(answer, self._locked)
        if self._locked and not before:
            self.left.emit()


def _truth(answer: QDBusMessage, otherwise: bool) -> bool:
    given = answer.arguments()
    value = given[0].variant() if given and isinstance(given[0], QDBusVariant) else otherwise
    return value if isinstance(value, bool) else otherwise


def _slot(signature: str) -> bytes:
    return cast("bytes", SLOT(signature))  # the stubs ask for bytes, and only the string is taken
