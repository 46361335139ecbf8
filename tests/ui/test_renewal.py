"""New keys, through the window: one's own lock the vault, a colleague's are confirmed without a code."""

from pathlib import Path

from exchanging import acquaint, desk_of, enter, errors_in, make_vault, settle
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from way_in import unlock

from tac_desktop.actions import cards
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.keeping import check_vault
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework.audit import Event
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.accept_card import AcceptCard
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.ask_file import card_file_name
from tac_desktop.ui.renew_keys import ConfirmRenewal, RenewKeys

CASE = case_file_id("TAC-00002")


def asked_to_renew(desktop: Desktop, qtbot: QtBot) -> RenewKeys:
    desk = desk_of(desktop, qtbot)
    desk.screen.show_part("cards")
    desktop.window.activateWindow()
    desk.screen.cards._renew.click()
    dialog = desktop.window.findChild(RenewKeys)
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def renew(desktop: Desktop, qtbot: QtBot, card: Path) -> None:
    dialog = asked_to_renew(desktop, qtbot)
    desktop.window.work.exchange.desk.cards.renewal.renew(dialog, str(card))
    qtbot.waitUntil(lambda: desktop.window.frame is None)


def test_new_keys_lock_the_vault_and_what_is_written_afterwards_is_written_under_them(
    opened, qtbot, full_folder, tmp_path
):
    vault = opened.window.work.bench.vault
    before, card = vault.device_id, tmp_path / "Sage Beacon.taccard"
    renew(opened, qtbot, card)
    assert not vault.is_open
    unlock(opened, qtbot, full_folder)
    settle(opened, qtbot)
    told = opened.messages.shown[-1].text
    assert "new keys" in told
    assert card.name in told
    assert (opened.window.frame.current(), desk_of(opened, qtbot).screen.part()) == ("exchange", "cards")
    bench = opened.window.work.bench
    assert bench.vault.device_id != before
    assert cards.read_card_file(card).device_id == bench.vault.device_id
    save_answers(
        bench.store, bench.person, ALL["contact"], case_file=CASE, now=bench.moment(),
        answers={"at": "2026-01-05T10:00", "kind": "phone", "summary": "With the new keys."},
    )  # fmt: skip
    assert bench.store.audit.last_time(bench.person.id, Event.KEYS_RENEWED)
    assert list(run_to_end(check_vault(bench.store))) == []


def test_where_the_card_cannot_be_written_the_keys_stay_and_the_reason_is_told(opened, qtbot, tmp_path):
    vault = opened.window.work.bench.vault
    before = vault.device_id
    dialog = asked_to_renew(opened, qtbot)
    opened.window.work.exchange.desk.cards.renewal.renew(dialog, str(tmp_path / "nowhere" / "card.taccard"))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "it cannot be left while the keys are being made"
    qtbot.waitUntil(lambda: bool(errors_in(dialog)))
    assert vault.is_open
    assert vault.device_id == before
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: opened.window.findChild(RenewKeys) is None)


def test_a_colleague_confirms_the_new_keys_without_a_code_and_once(opened, qtbot, full_folder, tmp_path):
    manager = make_vault(tmp_path / "Manager", "Fern Cog", "manager")
    opened.window.lock()
    acquaint(full_folder, manager, tmp_path)
    enter(opened, qtbot, full_folder)
    card = tmp_path / "new.taccard"
    renew(opened, qtbot, card)

    desk = enter(opened, qtbot, manager)
    desk.cards.open_card(str(card))
    dialog = opened.window.findChild(ConfirmRenewal)
    assert opened.window.findChild(AcceptCard) is None
    assert any("Sage Beacon" in label.text() for label in dialog.findChildren(QLabel))
    dialog.go.click()
    settle(opened, qtbot)
    assert "confirmed" in opened.messages.shown[-1].text
    with_new = cards.read_card_file(card).device_id
    believed = {one.card.device_id for one in cards.trusted_cards(opened.window.work.bench.store)}
    assert with_new in believed

    desk.cards.open_card(str(card))  # the same once more is a card like any other
    assert opened.window.findChildren(AcceptCard)


def test_a_card_is_saved_under_the_name_of_its_person(opened, qtbot):
    desk = desk_of(opened, qtbot)
    desk.screen.cards.save_wanted.emit()
    dialog = opened.window.findChild(QFileDialog)
    qtbot.waitUntil(dialog.isVisible)
    assert [Path(file).name for file in dialog.selectedFiles()] == ["Sage Beacon.taccard"]
    assert card_file_name('A/B: "Cog" <x>.') == "AB Cog x.taccard"
    assert card_file_name("///") == "my card.taccard"
    QApplication.processEvents()
