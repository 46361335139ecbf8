"""Builds every screen once without a display, for the self-test of a computer."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication

from tac_desktop.casework import forms
from tac_desktop.errors import ScreenNotBuilt
from tac_desktop.ui.app import Desktop, Surroundings
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.conflict_work import CONFLICTS
from tac_desktop.ui.form_screen import FormScreen
from tac_desktop.ui.frame import Place
from tac_desktop.ui.main_window import Interrupted
from tac_desktop.ui.work import Work

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Vault

PATIENCE: Final = 60
"""Seconds within which the jobs of a screen have to end."""


def build_every_screen(vault: "Vault", case_file: str, scratch: Path) -> list[str]:
    """Build the door, every page, a case file and every form for an open vault; return their names.

    Args:
        vault: An open vault; it is closed.
        case_file: A case file in it.
        scratch: A folder for settings and crash log.

    Raises:
        ScreenNotBuilt: a screen stayed empty, or a job of it failed or did not end.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a command never opens a window, whatever the computer is set to
    application = QApplication.instance()
    app = application if isinstance(application, QApplication) else QApplication(["tac-desktop"])
    desktop = Desktop(app, Surroundings(scratch / "settings.json", scratch / "crash.log"))
    bugs: list[object] = []
    desktop.messages.bug_found.connect(bugs.append)
    try:
        desktop.show()
        desktop.window.take_up(Interrupted(vault, "", Place("")))
        names = ["door", *_pages(app, desktop, case_file)]
        if bugs:
            raise ScreenNotBuilt
        return names
    finally:
        desktop.window.close()
        desktop.lane.stop()


def _pages(app: QApplication, desktop: Desktop, case_file: str) -> list[str]:
    work = desktop.window.work
    if work is None:
        raise ScreenNotBuilt
    built: list[str] = []
    for name in (*work.frame.sidebar.names(), CONFLICTS):
        work.frame.go(name)
        _settle(app, lambda: not desktop.lane.jobs())
        built.append(name)
    work.cases.open_case(case_file)
    _settle(app, lambda: not desktop.lane.jobs())
    if desktop.window.grab().isNull():
        raise ScreenNotBuilt
    return [*built, "case file", *_forms(app, work, case_file)]


def _forms(app: QApplication, work: Work, case_file: str) -> list[str]:
    desk = CaseDesk(work.bench.means(), case_file)
    built: list[str] = []
    for form in forms.ALL.values():
        screen = FormScreen(desk.circumstances, form)
        screen.show_answers({})
        app.processEvents()
        if screen.grab().isNull():
            raise ScreenNotBuilt
        screen.deleteLater()
        built.append(form.title)
    return built


def _settle(app: QApplication, done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        app.processEvents()
        if done():
            return
        if time.monotonic() > end:
            raise ScreenNotBuilt
        time.sleep(0.005)
