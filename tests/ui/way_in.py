"""Into a vault as a person would come: by typing the pass-phrase."""

from pathlib import Path

from cases import write_cases
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tac_desktop.actions import vaults
from tac_desktop.storage.store import Store
from tac_desktop.ui.app import Desktop

PASSPHRASE = "four quiet copper kettles"
PERSON = "Sage Beacon"


def fill(folder: Path, count: int) -> None:
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    store = Store(vault)
    write_cases(store, count, vault.person.id)
    store.close()
    vault.close()


def unlock(desktop: Desktop, qtbot: QtBot, folder: Path, passphrase: str = PASSPHRASE) -> None:
    """Unlock a vault as a person would: type the pass-phrase and press Enter."""
    desktop.window.door.ask_for(folder)
    box = desktop.window.door.currentWidget().findChild(QLineEdit)
    qtbot.keyClicks(box, passphrase)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
