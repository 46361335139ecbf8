"""Two vaults that know each other's cards, worked through the window."""

from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from way_in import PASSPHRASE, unlock

from tac_desktop.actions import cards, vaults
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.ui.accept_card import AcceptCard
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.exchange_desk import ExchangeDesk


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


def desk_of(desktop: Desktop, qtbot: QtBot) -> ExchangeDesk:
    desktop.window.frame.go("exchange")
    settle(desktop, qtbot)
    return desktop.window.work.exchange.desk


def make_vault(folder: Path, name: str, role: str, prison: str = "") -> Path:
    vault, _ = vaults.create(folder, name=name, role=role, prison=prison, passphrase=PASSPHRASE, profile=CHEAPEST)
    vault.close()
    return folder


def enter(desktop: Desktop, qtbot: QtBot, folder: Path) -> ExchangeDesk:
    """Lock, and come into another vault as its own person."""
    desktop.window.lock()
    unlock(desktop, qtbot, folder)
    settle(desktop, qtbot)
    return desk_of(desktop, qtbot)


def save_card(desktop: Desktop, desk: ExchangeDesk, qtbot: QtBot, file: Path) -> str:
    """Save the card of the vault that is open, and return its code."""
    desk.cards.save_card(str(file))
    settle(desktop, qtbot)
    return cards.read_card_file(file).code


def accept(desktop: Desktop, desk: ExchangeDesk, qtbot: QtBot, file: Path, code: str) -> AcceptCard:
    """Type the code of a card."""
    desk.cards.open_card(str(file))
    dialog = desktop.window.findChildren(AcceptCard)[-1]
    dialog.findChild(QLineEdit).setText(code)
    dialog._accept_clicked()
    settle(desktop, qtbot)
    return dialog


def acquaint(desktop: Desktop, qtbot: QtBot, ours: Path, theirs: Path, scratch: Path) -> None:
    """Let two vaults accept each other's cards; the first one is open afterwards."""
    one, other = scratch / "one.taccard", scratch / "other.taccard"
    code = save_card(desktop, enter(desktop, qtbot, ours), qtbot, one)
    desk = enter(desktop, qtbot, theirs)
    other_code = save_card(desktop, desk, qtbot, other)
    accept(desktop, desk, qtbot, one, code)
    accept(desktop, enter(desktop, qtbot, ours), qtbot, other, other_code)


def errors_in(widget: object) -> list[str]:
    """Return what a window says is wrong."""
    return [
        label.text()
        for label in widget.findChildren(QLabel)
        if label.property("role") == "error" and label.text() and label.isVisible()
    ]
