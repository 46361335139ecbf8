"""Two vaults that know each other's cards, worked through the window."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from way_in import PASSPHRASE, unlock

from tac_desktop.actions import cards, exchange, service, vaults
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault
from tac_desktop.ui.accept_card import AcceptCard
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.exchange_desk import ExchangeDesk
from tests.new_vaults import new_vault

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


def desk_of(desktop: Desktop, qtbot: QtBot) -> ExchangeDesk:
    desktop.window.frame.go("exchange")
    settle(desktop, qtbot)
    return desktop.window.work.exchange.desk


def make_vault(folder: Path, name: str, role: str, prison: str = "") -> Path:
    return new_vault(folder, name=name, role=role, prison=prison, passphrase=PASSPHRASE)


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


def acquaint(ours: Path, theirs: Path, scratch: Path) -> None:
    """Let two closed vaults accept each other's cards."""
    with opened_by_code(ours) as one, opened_by_code(theirs) as other:
        for (vault, _), (their_vault, their_store) in ((one, other), (other, one)):
            card = scratch / f"{vault.person.name}.taccard"
            cards.trust_card(their_vault, their_store, card, cards.hand_out_card(vault, card, now=NOW), now=NOW)


def service_of_two(keeper: Path, worker: Path, scratch: Path) -> service.Founded:
    """Let a manager found a service whose roster she keeps, and a worker join it; both vaults are closed."""
    with opened_by_code(worker) as (worker_vault, worker_store), opened_by_code(keeper) as (vault, store):
        code = cards.hand_out_card(worker_vault, scratch / "worker.taccard", now=NOW)
        cards.trust_card(vault, store, scratch / "worker.taccard", code, now=NOW)
        founded = service.found_service(vault, store, "Fernhill and friends", now=NOW)
        service.hand_out_roster(store, scratch / "roster.tacroster")
        code = founded.service_code
        service.join_service(worker_vault, worker_store, scratch / "roster.tacroster", code, now=NOW)
    return founded


def found_service_of(folder: Path, worker: Path, inbox: Path) -> Path:
    """Make a manager's vault that keeps the roster of a service, in which the worker is, and a bundle for her."""
    make_vault(folder, "Fern Cog", "manager")
    inbox.mkdir()
    service_of_two(folder, worker, inbox)
    with opened_by_code(worker) as (worker_vault, worker_store), opened_by_code(folder) as (vault, store):
        (worker_card,) = [one.card for one in cards.trusted_cards(store)]
        (his_card,) = [one.card for one in cards.trusted_cards(worker_store)]
        run_to_end(exchange.write_bundle(worker_vault, worker_store, his_card, inbox / "away", now=NOW))
        run_to_end(exchange.import_bundle(vault, store, inbox / "away", now=NOW))
        shared = [case_file_id("TAC-00001")]
        run_to_end(exchange.write_bundle(vault, store, worker_card, inbox / "b.tacb", now=NOW, cases=shared))
    return folder


@contextmanager
def opened_by_code(folder: Path) -> Iterator[tuple[Vault, Store]]:
    """Open a vault without a window."""
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    store = Store(vault)
    try:
        yield vault, store
    finally:
        store.close()
        vault.close()


def errors_in(widget: object) -> list[str]:
    """Return what a window says is wrong."""
    return [
        label.text()
        for label in widget.findChildren(QLabel)
        if label.property("role") == "error" and label.text() and label.isVisible()
    ]
