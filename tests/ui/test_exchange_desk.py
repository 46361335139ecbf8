"""Two vaults: a worker sends, her manager receives, all through the window."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot
from seen import spoken
from way_in import PASSPHRASE, unlock

from tac_desktop.actions import cards, vaults
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.ui.accept_card import AcceptCard
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.exchange_desk import ExchangeDesk


def desk_of(desktop: Desktop) -> ExchangeDesk:
    desktop.window.frame.go("exchange")
    return next(desk for desk in desktop.window.work._desks if isinstance(desk, ExchangeDesk))


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


@pytest.fixture
def manager_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Manager"
    vault, _ = vaults.create(
        folder, name="Fern Cog", role="manager", prison="", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    vault.close()
    return folder


def enter(desktop: Desktop, qtbot: QtBot, folder: Path) -> ExchangeDesk:
    desktop.window.lock()
    unlock(desktop, qtbot, folder)
    settle(desktop, qtbot)
    return desk_of(desktop)


def accept(desktop: Desktop, desk: ExchangeDesk, card: Path, code: str) -> AcceptCard:
    desk.open_card(str(card))
    dialog = desktop.window.findChild(AcceptCard)
    dialog.findChild(QLineEdit).setText(code)
    dialog._accept_clicked()
    return dialog


def card_of(desktop: Desktop, desk: ExchangeDesk, qtbot: QtBot, file: Path) -> str:
    desk.save_card(str(file))
    settle(desktop, qtbot)
    return cards.read_card_file(file).code


@pytest.fixture
def sent(opened: Desktop, qtbot: QtBot, manager_folder: Path, full_folder: Path, tmp_path: Path) -> Path:
    """A bundle that the worker wrote for her manager, who is at work now and has accepted her card."""
    worker = desk_of(opened)
    worker_code = card_of(opened, worker, qtbot, tmp_path / "worker.taccard")
    manager = enter(opened, qtbot, manager_folder)
    manager_code = card_of(opened, manager, qtbot, tmp_path / "manager.taccard")
    accept(opened, manager, tmp_path / "worker.taccard", worker_code)
    worker = enter(opened, qtbot, full_folder)
    accept(opened, worker, tmp_path / "manager.taccard", manager_code)
    bundle = tmp_path / "to-manager.tacb"
    worker._recipient = worker.screen._to.itemData(0)
    worker.write(str(bundle))
    settle(opened, qtbot)
    qtbot.waitUntil(lambda: "case files: 40" in " ".join(spoken(worker.screen.progress)))
    enter(opened, qtbot, manager_folder)
    return bundle


def test_a_bundle_is_looked_into_first_and_changes_nothing(opened, qtbot, sent):
    desk = desk_of(opened)
    desk.look_into(str(sent))
    settle(opened, qtbot)
    qtbot.waitUntil(lambda: "new records: " in " ".join(spoken(desk.screen._preview)))
    assert "Sage Beacon" in " ".join(spoken(desk.screen._preview))
    assert len(opened.window.work.bench.store.caseload_ids()) == 0


def test_what_came_of_it_is_brought_into_view(opened, qtbot, sent):
    desk = desk_of(opened)
    opened.window.resize(900, 420)
    bar = desk.screen._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    desk.look_into(str(sent))
    settle(opened, qtbot)
    qtbot.waitUntil(lambda: not desk.screen._preview.visibleRegion().isEmpty())
    bar.setValue(bar.maximum())
    desk.screen._take_in.click()
    settle(opened, qtbot)
    qtbot.waitUntil(lambda: not desk.screen.progress.visibleRegion().isEmpty())


def test_after_taking_it_in_the_cases_are_in_the_caseload(opened, qtbot, sent):
    desk = desk_of(opened)
    desk.look_into(str(sent))
    settle(opened, qtbot)
    desk.screen._take_in.click()
    settle(opened, qtbot)
    assert "taken in" in desk.screen.progress._words.text()
    page = opened.window.frame.go("caseload")
    assert page._subtitle.text() == "40 cases, open"


def test_the_window_reads_nothing_while_a_bundle_is_taken_in(opened, qtbot, sent):
    desk = desk_of(opened)
    sidebar = opened.window.frame.sidebar
    desk.look_into(str(sent))
    assert not sidebar._buttons["caseload"].isEnabled()
    settle(opened, qtbot)
    assert sidebar._buttons["caseload"].isEnabled()


def test_taking_it_in_can_be_stopped_and_then_nothing_has_changed(opened, qtbot, sent):
    desk = desk_of(opened)
    desk.look_into(str(sent))
    settle(opened, qtbot)
    desk.screen._take_in.click()
    desk.screen.progress._stop.click()
    settle(opened, qtbot)
    assert "Nothing was changed" in desk.screen.progress._words.text()
    assert len(opened.window.work.bench.store.caseload_ids()) == 0


def test_a_bundle_for_somebody_else_is_refused_in_a_sentence(opened, qtbot, sent, full_folder):
    desk = enter(opened, qtbot, full_folder)
    sent.write_bytes(sent.read_bytes()[:-50])
    desk.look_into(str(sent))
    settle(opened, qtbot)
    assert opened.messages.shown[-1].tone == "danger"
    assert "Nothing was changed" in opened.messages.shown[-1].text


def test_a_wrong_code_keeps_the_card_out(opened, qtbot, tmp_path, manager_folder):
    code = card_of(opened, desk_of(opened), qtbot, tmp_path / "worker.taccard")
    desk = enter(opened, qtbot, manager_folder)
    other = code[:-1] + ("0" if code[-1] != "0" else "1")
    dialog = accept(opened, desk, tmp_path / "worker.taccard", other)
    assert dialog.isVisible()
    said = [label.text() for label in dialog.findChildren(QLabel) if label.property("role") == "error"]
    assert "mistyped" in said[0]
    assert cards.trusted_cards(opened.window.work.bench.store) == []


def test_a_file_that_is_no_card_is_told(opened, tmp_path):
    (tmp_path / "shopping.taccard").write_text("eggs", encoding="utf-8")
    desk_of(opened).open_card(str(tmp_path / "shopping.taccard"))
    assert "not a card" in opened.messages.shown[-1].text


def test_without_an_accepted_card_there_is_nobody_to_write_for(opened):
    screen = desk_of(opened).screen
    assert not screen._send.isEnabled()
    assert "accept a card first" in screen._to.currentText()


def test_ones_own_code_is_the_cards_code(opened, qtbot, tmp_path):
    desk = desk_of(opened)
    assert desk.screen._code.text() == card_of(opened, desk, qtbot, tmp_path / "mine.taccard")


def test_an_administrator_sees_no_case_and_exchanges_none(desktop, qtbot, tmp_path):
    folder = tmp_path / "Admin"
    vault, _ = vaults.create(folder, name="Moss Key", role="admin", prison="", passphrase=PASSPHRASE, profile=CHEAPEST)
    vault.close()
    unlock(desktop, qtbot, folder)
    assert desktop.window.frame.sidebar.names() == ["exchange", "settings"]
    assert not desktop.window.frame.page("exchange")._send.isVisible()
