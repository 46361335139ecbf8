"""The place 'Vault': people are let in, change and leave; pass-phrase and code are made anew; the owner is told."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from way_in import PASSPHRASE, unlock

from tac_desktop.actions import service, vaults
from tac_desktop.casework.people import Person
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.ask_texts import AskTexts
from tac_desktop.ui.passphrase_dialog import PassphraseDialog
from tac_desktop.ui.person_dialogs import AddPerson, ChangeRole, CorrectName, TakeAway
from tac_desktop.ui.print_screen import PrintScreen
from tac_desktop.ui.recovery_screen import Recovery
from tac_desktop.ui.renewed_note import RenewedNote
from tac_desktop.ui.vault_screen import VaultScreen

HERS = "three brass door handles"
NEWER = "seven tin garden gates"
FERN = Person(id="f", name="Fern Cog", role="worker", prison="EP")


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


def place(desktop: Desktop, qtbot: QtBot, part: str) -> VaultScreen:
    page = desktop.window.frame.go("vault")
    assert isinstance(page, VaultScreen)
    page.show_part(part)
    settle(desktop, qtbot)
    return page


def texts(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisibleTo(part))


def button(part: QWidget, name: str) -> QPushButton:
    QApplication.processEvents()  # what was just added is shown only then
    return next(
        one for one in part.findChildren(QPushButton)
        if name in (one.text(), one.accessibleName()) and one.isVisibleTo(part)
    )  # fmt: skip


def box(part: QWidget, name: str) -> QLineEdit:
    return next(one for one in part.findChildren(QLineEdit) if one.accessibleName() == name)


def dialog(desktop: Desktop, qtbot: QtBot, kind: type[QDialog]) -> QDialog:
    settle(desktop, qtbot)
    qtbot.waitUntil(lambda: any(one.isVisible() for one in desktop.window.findChildren(kind)))
    return next(one for one in desktop.window.findChildren(kind) if one.isVisible())


def type_new(window: QWidget, passphrase: str) -> None:
    box(window, "New pass-phrase").setText(passphrase)
    box(window, "The same pass-phrase again").setText(passphrase)


def message(desktop: Desktop) -> str:
    return desktop.messages.shown[-1].text if desktop.messages.shown else ""


@pytest.fixture
def two_people(vault_folder: Path) -> Path:
    vault = vaults.unlock(vault_folder, vaults.people_of(vault_folder)[0].id, PASSPHRASE)
    vault.add_person(FERN, HERS, CHEAPEST)
    vault.close()
    return vault_folder


@pytest.fixture
def entered(desktop: Desktop, qtbot: QtBot, two_people: Path) -> Desktop:
    come_in(desktop, qtbot, two_people, PASSPHRASE, first=True)
    return desktop


def come_in(desktop: Desktop, qtbot: QtBot, folder: Path, passphrase: str, *, first: bool) -> None:
    """Unlock a vault of two, as the first or the second of them."""
    from PySide6.QtWidgets import QRadioButton

    desktop.window.door.ask_for(folder)
    card = desktop.window.door.currentWidget()
    card.findChildren(QRadioButton)[0 if first else 1].setChecked(True)
    box(card, "Pass-phrase").setText(passphrase)
    button(card, "Unlock").click()
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    settle(desktop, qtbot)


def test_a_person_who_is_let_in_stands_in_the_list_with_her_initials(desktop, qtbot, vault_folder):
    unlock(desktop, qtbot, vault_folder)
    part = place(desktop, qtbot, "people").people
    button(part, "Add a person").click()
    window = dialog(desktop, qtbot, AddPerson)
    button(window, "Let her in").click()
    assert "Enter the name" in texts(window)
    box(window, "Her name").setText("Fern Cog")
    button(window, "Let her in").click()
    assert "Choose the prison" in texts(window)
    prison = next(one for one in window.findChildren(QComboBox) if one.accessibleName() == "Prison")
    prison.setCurrentIndex(prison.findData("SEND"))
    type_new(window, "fern cog fern cog")
    qtbot.waitUntil(lambda: "Weak" in texts(window))
    button(window, "Let her in").click()
    assert "Fern Cog" not in texts(part)
    type_new(window, HERS)
    qtbot.waitUntil(lambda: "Strong" in texts(window))
    button(window, "Let her in").click()
    qtbot.waitUntil(lambda: "Fern Cog" in texts(part))
    assert "Initials on the unlock screen: FC" in texts(part)
    assert "Last unlocked: not since the vault was made" in texts(part)


def test_who_leaves_cannot_come_back_and_the_work_goes_on_where_it_was(entered, qtbot, two_people):
    part = place(entered, qtbot, "people").people
    button(part, "Take away the way in of Fern Cog").click()
    window = dialog(entered, qtbot, TakeAway)
    button(window, "Take her way in away").click()
    qtbot.waitUntil(lambda: "Fern Cog can no longer open this vault" in message(entered))
    assert "1 backup from before still open" in message(entered)
    page = entered.window.frame.page("vault")
    assert entered.window.frame.current() == "vault"
    assert isinstance(page, VaultScreen)
    settle(entered, qtbot)
    assert page.part() == "people"
    assert "People who have left" in texts(page.people)
    assert [slot.label for slot in vaults.people_of(two_people)] == ["SB"]


def test_a_departure_that_is_stopped_changes_nothing_and_comes_back(entered, qtbot, two_people):
    place(entered, qtbot, "people")
    before = (two_people / "keys.json").read_bytes()
    desk = entered.window.work.vault.desks[0]
    desk.let_go("f")
    card = entered.window.door.currentWidget()
    button(card, "Stop").click()
    qtbot.waitUntil(lambda: entered.window.frame is not None)
    settle(entered, qtbot)
    assert "Stopped" in message(entered)
    assert [slot.label for slot in vaults.people_of(two_people)] == ["SB", "FC"]
    assert (two_people / "keys.json").read_bytes() == before


def test_the_window_may_be_closed_meanwhile_and_the_vault_is_given_free(entered, qtbot, two_people):
    place(entered, qtbot, "people")
    entered.window.work.vault.desks[0].let_go("f")
    entered.window.close()
    vault = vaults.unlock(two_people, vaults.people_of(two_people)[0].id, PASSPHRASE)
    assert not vault.after_crash
    vault.close()


def test_another_role_is_chosen_in_a_window(entered, qtbot):
    part = place(entered, qtbot, "people").people
    button(part, "Change the role of Fern Cog").click()
    window = dialog(entered, qtbot, ChangeRole)
    role = next(one for one in window.findChildren(QComboBox) if one.accessibleName() == "Role")
    role.setCurrentIndex(role.findData("manager"))
    button(window, "Change it").click()
    qtbot.waitUntil(lambda: "Manager" in texts(part))
    assert "counts when she unlocks" in message(entered)


def test_a_mistyped_name_is_corrected_in_a_window(entered, qtbot):
    part = place(entered, qtbot, "people").people
    button(part, "Correct the name of Fern Cog").click()
    window = dialog(entered, qtbot, CorrectName)
    window.name.setText("Fern Cogwheel")
    button(window, "Correct it").click()
    qtbot.waitUntil(lambda: "Fern Cogwheel" in texts(part))


def test_who_gets_a_new_passphrase_is_told_at_the_door_until_she_has_seen_it(entered, qtbot, two_people):
    part = place(entered, qtbot, "people").people
    button(part, "New pass-phrase for Fern Cog").click()
    window = dialog(entered, qtbot, PassphraseDialog)
    type_new(window, NEWER)
    button(window, "Set the pass-phrase").click()
    qtbot.waitUntil(lambda: "Her pass-phrase was renewed" in texts(part))
    for _ in range(2):  # it is told again where it was not seen
        entered.window.lock()
        come_in(entered, qtbot, two_people, NEWER, first=False)
        note = dialog(entered, qtbot, RenewedNote)
        assert "by somebody who looks after the people" in texts(note)
    button(note, "I have seen it").click()
    settle(entered, qtbot)
    entered.window.lock()
    come_in(entered, qtbot, two_people, NEWER, first=False)
    assert not [one for one in entered.window.findChildren(RenewedNote) if one.isVisible()]


def test_ones_own_passphrase_is_changed_with_the_old_one(desktop, qtbot, vault_folder):
    unlock(desktop, qtbot, vault_folder)
    part = place(desktop, qtbot, "recovery").recovery
    button(part, "Change my pass-phrase").click()
    window = dialog(desktop, qtbot, PassphraseDialog)
    box(window, "Your present pass-phrase").setText("not it at all")
    type_new(window, NEWER)
    button(window, "Change it").click()
    qtbot.waitUntil(lambda: "does not open this vault" in texts(window))
    box(window, "Your present pass-phrase").setText(PASSPHRASE)
    button(window, "Change it").click()
    qtbot.waitUntil(lambda: "Your pass-phrase is changed" in message(desktop))
    desktop.window.lock()
    unlock(desktop, qtbot, vault_folder, NEWER)
    assert desktop.window.frame is not None


def test_a_new_code_is_printed_typed_back_and_tried(desktop, qtbot, vault_folder):
    unlock(desktop, qtbot, vault_folder)
    part = place(desktop, qtbot, "recovery").recovery
    button(part, "Make a new recovery code").click()
    qtbot.waitUntil(lambda: part.steps is not None)
    code = next(one for one in part.findChildren(QLabel) if one.property("role") == "code").text().replace("\n", "-")
    button(part, "Print the recovery sheet").click()
    qtbot.waitUntil(lambda: desktop.window.frame.current() == "vault paper")
    paper = desktop.window.frame.page("vault paper")
    assert isinstance(paper, PrintScreen)
    settle(desktop, qtbot)
    assert not [one for one in paper.findChildren(QPushButton) if "Save" in one.text() and one.isVisibleTo(paper)]
    button(paper, "Back").click()
    assert desktop.window.frame.current() == "vault"
    box(part, "Type the code from your paper").setText("0000 1111")
    button(part, "Put it into force").click()
    qtbot.waitUntil(lambda: "not the code" in texts(part))
    box(part, "Type the code from your paper").setText(code.lower())
    button(part, "Put it into force").click()
    qtbot.waitUntil(lambda: "new recovery code holds" in message(desktop))
    assert code not in texts(part)
    button(part, "Try the code").click()
    window = dialog(desktop, qtbot, AskTexts)
    box(window, "Recovery code").setText(code)
    button(window, "Try it").click()
    qtbot.waitUntil(lambda: "The recovery code holds" in message(desktop))


def test_two_sheets_of_the_service_are_tried_and_then_open_the_door(desktop, qtbot, vault_folder, tmp_path):
    folder = tmp_path / "Keeper"
    vault, _ = vaults.create(
        folder, name="Teal Ribbon", role="manager", prison="", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    store = Store(vault)
    from exchanging import NOW

    sheets = service.found_service(vault, store, "Tin Hill", now=NOW).sheets
    store.close()
    vault.close()
    words = [" ".join(sheet.escrow_words) for sheet in sheets]
    unlock(desktop, qtbot, folder)
    part = place(desktop, qtbot, "recovery").recovery
    button(part, "Take this way in away").click()
    qtbot.waitUntil(lambda: "No key of an organisation opens this vault." in texts(part))
    button(part, "Use the emergency key of Tin Hill").click()
    qtbot.waitUntil(lambda: "Two of the three sheets of Tin Hill open this vault" in texts(part))
    button(part, "Try two sheets").click()
    window = dialog(desktop, qtbot, AskTexts)
    for area, text in zip(window.findChildren(QPlainTextEdit), words[:2], strict=True):
        area.setPlainText(text)
    button(window, "Try it").click()
    qtbot.waitUntil(lambda: "The two sheets hold" in message(desktop))
    desktop.window.lock()
    button(desktop.window.door.currentWidget(), "I have lost my pass-phrase").click()
    card = desktop.window.door.currentWidget()
    assert isinstance(card, Recovery)
    card._ways.buttons()[1].setChecked(True)
    for area, text in zip(card.findChildren(QPlainTextEdit), words[1:], strict=True):
        area.setPlainText(text)
    type_new(card, NEWER)
    button(card, "Open and set the pass-phrase").click()
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    settle(desktop, qtbot)


def test_slots_of_an_older_program_have_to_be_agreed_to(kit, qtbot):
    under = QWidget()
    qtbot.addWidget(under)
    window = TakeAway(kit, "Fern Cog", ["PA", "Recovery code"], under)
    go = button(window, "Take her way in away")
    assert "PA, Recovery code" in texts(window)
    assert not go.isEnabled()
    window.findChild(QCheckBox).setChecked(True)
    assert go.isEnabled()
    QApplication.processEvents()
