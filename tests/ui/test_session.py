"""What the system tells of the session: messages as Windows sends them, and a D-Bus and a logind of our own."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from ctypes import wintypes

import pytest
from PySide6.QtCore import ClassInfo, Property, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusUnixFileDescriptor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tac_desktop.ui.session import SessionWatch, session_watch
from tac_desktop.ui.session_linux import LOGIND, MANAGER, MANAGER_PATH, PROPERTIES, SESSION, LinuxSession
from tac_desktop.ui.session_windows import LID, POWER_BROADCAST, SESSION_CHANGE, Listener, register

OWN, ANOTHER = f"{MANAGER_PATH}/session/_32", f"{MANAGER_PATH}/session/_33"
BUS_ITSELF = "org.freedesktop.DBus"
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type>
<listen>unix:tmpdir={folder}</listen>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""


def counted(session: SessionWatch | Listener) -> list[bool]:
    notes: list[bool] = []
    session.left.connect(lambda: notes.append(True))
    return notes


# --- Windows ---


def setting(guid: bytes, datum: int) -> ctypes.Array[ctypes.c_char]:
    """Return a POWERBROADCAST_SETTING as it lies in memory."""
    return ctypes.create_string_buffer(guid + (1).to_bytes(4, "little") + bytes([datum]), 24)


@pytest.mark.parametrize(
    ("message", "about", "leaves"),
    [
        (SESSION_CHANGE, 7, True),  # locked
        (SESSION_CHANGE, 2, True),  # another user's turn at this computer
        (SESSION_CHANGE, 4, True),  # a remote session was disconnected
        (SESSION_CHANGE, 6, True),  # logged off
        (SESSION_CHANGE, 8, False),  # unlocked
        (SESSION_CHANGE, 1, False),  # connected
        (POWER_BROADCAST, 4, True),  # about to sleep
        (POWER_BROADCAST, 7, False),  # woken up
        (0x000F, 7, False),  # painting
    ],
)
def test_a_message_of_windows_locks_where_nobody_can_be_at_the_computer(qapp, message, about, leaves):
    listener = Listener()
    notes = counted(listener)
    note = wintypes.MSG(message=message, wParam=about)
    assert listener.nativeEvent(b"windows_generic_MSG", ctypes.addressof(note)) == (False, 0)
    assert bool(notes) is leaves


@pytest.mark.parametrize(("guid", "datum", "leaves"), [(LID, 0, True), (LID, 1, False), (bytes(16), 0, False)])
def test_the_closed_lid_locks(qapp, guid, datum, leaves):
    listener, told = Listener(), setting(guid, datum)
    notes = counted(listener)
    note = wintypes.MSG(message=POWER_BROADCAST, wParam=0x8013, lParam=ctypes.addressof(told))
    listener.nativeEvent(b"windows_generic_MSG", ctypes.addressof(note))
    assert bool(notes) is leaves


def test_the_lid_s_id_is_the_one_that_windows_writes():
    from uuid import UUID

    assert UUID("ba3e0f4d-b817-4094-a2d1-d56379e6a0f3").bytes_le == LID


def test_what_no_windows_sent_is_not_read_as_its_message(qapp):
    listener = Listener()
    notes = counted(listener)
    assert listener.nativeEvent(b"xcb_generic_event_t", 0) == (False, 0)
    assert notes == []
    register(int(listener.winId()))  # nothing, where this is no Windows


# --- Linux ---


@ClassInfo({"D-Bus Interface": MANAGER})
class Logind(QObject):
    """The part of logind that the program asks."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.waits_on = -1

    @Slot(str, result=QDBusObjectPath)
    def GetSession(self, session: str) -> QDBusObjectPath:  # noqa: N802 - logind's name
        self.asked.append(session)
        return QDBusObjectPath(OWN)

    @Slot(str, str, str, str, result=QDBusUnixFileDescriptor)
    def Inhibit(self, what: str, who: str, _why: str, mode: str) -> QDBusUnixFileDescriptor:  # noqa: N802 - logind's name
        self.asked.append(f"{what} {mode} {who}")
        self.waits_on, given = os.pipe()
        os.set_blocking(self.waits_on, False)
        kept = QDBusUnixFileDescriptor(given)
        os.close(given)
        return kept

    def puts_off(self) -> bool:
        """Say whether the program still holds what puts sleep off."""
        try:
            return os.read(self.waits_on, 1) != b""
        except BlockingIOError:
            return True


@ClassInfo({"D-Bus Interface": SESSION})
class Session(QObject):
    """The program's own session at logind."""

    active, locked = True, False

    def is_active(self) -> bool:
        return self.active

    def is_locked(self) -> bool:
        return self.locked

    Active = Property(bool, is_active)
    LockedHint = Property(bool, is_locked)


class Computer:
    """A bus with a logind and the program's session on it."""

    def __init__(self, address: str) -> None:
        self.system = QDBusConnection.connectToBus(address, f"system {address}")
        self.program = QDBusConnection.connectToBus(address, f"program {address}")
        self.logind, self.session = Logind(), Session()
        options = QDBusConnection.RegisterOption
        assert self.system.registerService(LOGIND)
        assert self.system.registerObject(MANAGER_PATH, self.logind, options.ExportAllSlots)
        assert self.system.registerObject(OWN, self.session, options.ExportAllProperties)

    def send(self, path: str, interface: str, name: str, *values: object) -> None:
        note = QDBusMessage.createSignal(path, interface, name)
        note.setArguments(list(values))
        self.system.send(note)

    def change(self, **states: bool) -> None:
        for name, state in states.items():
            setattr(self.session, name, state)
        self.send(OWN, PROPERTIES, "PropertiesChanged", SESSION, {}, [])


@pytest.fixture
def computer(qapp: QApplication, tmp_path) -> Iterator[Computer]:
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("needs dbus-daemon")
    configuration = tmp_path / "bus.conf"
    configuration.write_text(BUS.format(folder=tmp_path))
    command = [daemon, f"--config-file={configuration}", "--print-address=1", "--nofork", "--nopidfile"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as bus:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        yield Computer(address)
        for name in ("system", "program"):
            QDBusConnection.disconnectFromBus(f"{name} {address}")
        bus.terminate()


def heard(computer: Computer, session: LinuxSession, qtbot: QtBot) -> None:
    """Wait until the bus tells the program of its session: an answer of the bus comes after all it was asked before."""
    qtbot.waitUntil(lambda: session._path == OWN)
    question = QDBusMessage.createMethodCall(BUS_ITSELF, "/org/freedesktop/DBus", BUS_ITSELF, "GetId")
    assert computer.program.call(question).arguments()


def test_logind_s_locks_sleep_and_turns_of_users_are_heard(computer, qtbot):
    session = LinuxSession(None, computer.program, computer.program)
    notes = counted(session)
    heard(computer, session, qtbot)
    qtbot.waitUntil(lambda: len(computer.logind.asked) == 2)
    assert computer.logind.asked[1] == "sleep delay TaC Desktop"

    def told(times: int) -> None:
        qtbot.waitUntil(lambda: len(notes) == times)

    computer.send(ANOTHER, SESSION, "Lock")  # somebody else's session
    computer.send(OWN, SESSION, "Lock")
    told(1)
    computer.change(active=True, locked=True)
    told(2)
    computer.change(locked=False)
    computer.change(active=False)
    told(3)
    computer.change(active=True)
    computer.send("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", False)
    computer.send("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True)
    told(4)


def test_sleep_is_put_off_until_the_vault_is_locked(computer, qtbot):
    session = LinuxSession(None, computer.program, computer.program)
    put_off: list[bool] = []
    session.left.connect(lambda: put_off.append(computer.logind.puts_off()))
    qtbot.waitUntil(lambda: session._putting_off is not None)
    computer.send(MANAGER_PATH, MANAGER, "PrepareForSleep", True)
    qtbot.waitUntil(lambda: put_off == [True])
    qtbot.waitUntil(lambda: not computer.logind.puts_off())
    computer.send(MANAGER_PATH, MANAGER, "PrepareForSleep", False)
    qtbot.waitUntil(lambda: session._putting_off is not None)
    assert computer.logind.puts_off()


def test_a_computer_without_d_bus_is_no_trouble(qapp):
    nobody = QDBusConnection.connectToBus("unix:path=/nowhere", "nobody")
    assert counted(LinuxSession(None, nobody, nobody)) == []
    assert isinstance(session_watch(QObject()), SessionWatch)
