"""Builds the application: look, desk, lane, crash log and window; `main` is `tac-desktop` without a command."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from tac_desktop import paths, settings
from tac_desktop.ui.collector import Collector, leave_out_what_lasts
from tac_desktop.ui.crash import CrashHook
from tac_desktop.ui.focus import FocusRing, InputWatch
from tac_desktop.ui.in_good_time import load_deeds, load_pages
from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.jobs import Job, Lane
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.main_window import TITLE, MainWindow, Tools
from tac_desktop.ui.messages import BugWindow, Messages
from tac_desktop.ui.theme import Theme
from tac_desktop.ui.tokens import HIGH_CONTRAST, LIGHT

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Profile

_TITLE_BAR = 40
_WHEN_SHOWN_MS = 300


@dataclass(frozen=True)
class Surroundings:
    """Where the program runs: a test has its own."""

    settings_file: Path
    crash_log: Path
    profile: "Profile | None" = None


class Desktop(QObject):
    """Owns what outlives a window: a new size of text builds a new window, which takes up the open vault."""

    def __init__(self, app: QApplication, around: Surroundings) -> None:
        """Prepare everything; `show` brings the window."""
        super().__init__(app)
        self._app = app
        self._around = around
        self._settings = settings.load(around.settings_file)
        self.messages = Messages(self)
        self.lane = Lane(self)
        self.watch = InputWatch(app)
        self._collector = Collector(self, self.watch.idle)
        self._ring: FocusRing | None = None
        self._pages = InTurns(self)
        self._shown = QTimer(self, singleShot=True, interval=_WHEN_SHOWN_MS)
        self._shown.timeout.connect(self._load_deeds)
        self.crash = CrashHook(around.crash_log, settle=self._settle, show=self._show_bug)
        self.messages.bug_found.connect(self.crash.take)
        self.window = self._build()

    def show(self) -> None:
        """Show the window, at the door; pages that are opened soon are loaded while a person is typing there."""
        self.window.begin()
        self.window.show()
        self._shown.start()

    def _load_deeds(self) -> None:
        job = Job(load_deeds, asked=False)
        job.settled.connect(self._load_pages)
        self.lane.start(job)

    def _load_pages(self) -> None:
        self._pages.build(load_pages(), at_once=0)

    def make_room(self) -> None:
        """Have the window cover a screen on which it would not stand whole, title bar and all."""
        if not fits(self.window.sizeHint(), self.window.screen().availableSize()):
            self.window.setWindowState(Qt.WindowState.WindowMaximized)

    def _build(self) -> MainWindow:
        high = self._settings.high_contrast or _wants_contrast(self._app)
        theme = Theme(HIGH_CONTRAST if high else LIGHT, self._settings.text_scale)
        theme.prepare(self._app)
        if self._ring is not None:
            self._ring.deleteLater()
        self._ring = FocusRing(self._app, self.watch, theme)
        tools = Tools(self.lane, self.messages, self.watch, _now, self._around.settings_file, self._around.profile)
        window = MainWindow(Kit(theme), tools, self._settings)
        theme.dress(window)
        # queued: the list in which the size was chosen must be closed before the look is taken from under it
        window.look_changed.connect(self._rebuild, Qt.ConnectionType.QueuedConnection)
        return window

    def _rebuild(self, chosen: settings.Settings) -> None:
        old = self.window
        geometry, state = old.geometry(), old.windowState()
        interrupted = old.hand_over()
        self._settings = replace(chosen)
        old.hide()
        self.window = self._build()
        self.window.setGeometry(geometry)
        self.window.setWindowState(state)
        if interrupted is None:
            self.window.begin()
        else:
            self.window.take_up(interrupted)
        self.window.show()
        old.deleteLater()

    def _settle(self) -> None:
        self.window.settle()

    def _show_bug(self, report: str) -> None:
        if self.window.findChild(BugWindow) is not None:  # one tells it, and must not fill the screen
            return
        bug = BugWindow(self.window.kit, report, self.window)
        bug.restart_asked.connect(self._restart)
        bug.open()

    def _restart(self) -> None:
        from PySide6.QtCore import QProcess

        self.window.close()
        arguments = sys.argv[1:] if getattr(sys, "frozen", False) else ["-m", "tac_desktop", *sys.argv[1:]]
        QProcess.startDetached(sys.executable, arguments)
        self._app.quit()


def fits(size: QSize, room: QSize) -> bool:
    """Say whether a window of this size has room with its title bar, whose height nobody knows before it stands."""
    whole = size.grownBy(QMargins(0, _TITLE_BAR, 0, 0))
    return whole.boundedTo(room) == whole


def _wants_contrast(app: QApplication) -> bool:
    """Say whether the system asks for high contrast."""
    hints = app.styleHints()
    accessibility = hints.accessibility()  # both objects must stay alive while the second one is asked
    return accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast


def _now() -> str:
    return datetime.now().astimezone().strftime("%Y-%m-%dT%H:%M")


def main(arguments: Sequence[str]) -> int:
    """Open the window and return the exit code when it is closed.

    Args:
        arguments: the command line without the program's name; Qt takes its own from it.
    """
    leave_out_what_lasts()
    QGuiApplication.setApplicationDisplayName(TITLE)
    app = QApplication(["tac-desktop", *arguments])
    app.setApplicationName(TITLE)
    settings_file = paths.settings_file()
    desktop = Desktop(app, Surroundings(settings_file, settings_file.with_name("crash.log")))
    desktop.crash.install()
    desktop.make_room()
    desktop.show()
    return app.exec()
