import gc
from pathlib import Path

import pytest
from cases import NOW
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot
from way_in import PASSPHRASE, PERSON, unlock

from tac_desktop.actions import vaults
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.create_screen import CreateVault, RecoveryCode
from tac_desktop.ui.print_screen import PrintScreen
from tac_desktop.ui.recovery_screen import Recovery
from tac_desktop.ui.unlock_screen import ChooseVault, Unlock


def named(card: QWidget, name: str) -> QLineEdit:
    return next(box for box in card.findChildren(QLineEdit) if box.accessibleName() == name)


def press(card: QWidget, text: str) -> None:
    next(button for button in card.findChildren(QPushButton) if button.text() == text).click()


def texts(card: QWidget) -> str:
    return "\n".join(label.text() for label in card.findChildren(QLabel) if label.isVisible())


def choose(card: QWidget, name: str, code: str) -> None:
    box = next(box for box in card.findChildren(QComboBox) if box.accessibleName() == name)
    box.setCurrentIndex(box.findData(code))


def outdate(folder: Path) -> None:
    """Leave a vault as an older program would, whose forms asked other questions."""
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    with vault.connection() as connection:
        connection.execute("UPDATE meta SET value = '{}' WHERE name = 'forms'")
    vault.close()


def test_without_a_vault_the_program_says_what_one_is(desktop: Desktop):
    assert "Welcome" in texts(desktop.window.door.currentWidget())


def test_the_right_passphrase_opens_and_enter_is_enough(desktop: Desktop, qtbot: QtBot, vault_folder: Path):
    unlock(desktop, qtbot, vault_folder)
    assert desktop.window.frame is not None
    assert desktop.window.work.bench.vault.person.name == PERSON


def test_a_wrong_passphrase_says_so_in_a_sentence_and_keeps_the_keyboard_there(desktop, qtbot, vault_folder):
    unlock(desktop, qtbot, vault_folder, "not the pass-phrase at all")
    card = desktop.window.door.currentWidget()
    box = named(card, "Pass-phrase")
    assert desktop.window.frame is None
    assert "does not open this vault" in texts(card)
    assert "does not open this vault" in box.accessibleDescription()
    assert box.isEnabled()
    assert box.selectedText()


def test_no_passphrase_is_asked_for_before_anything_is_tried(desktop, qtbot, vault_folder):
    unlock(desktop, qtbot, vault_folder, "")
    assert "Enter your pass-phrase" in texts(desktop.window.door.currentWidget())
    assert not (vault_folder / "attempts.json").exists()


def test_the_window_answers_while_a_passphrase_is_tried(desktop, qtbot, vault_folder):
    desktop.window.door.ask_for(vault_folder)
    card = desktop.window.door.currentWidget()
    box = named(card, "Pass-phrase")
    qtbot.keyClicks(box, PASSPHRASE)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert not box.isEnabled()
    assert any(button.text().startswith("Unlocking") for button in card.findChildren(QPushButton))
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


def test_a_vault_that_is_made_ready_for_other_forms_shows_how_far_that_is(desktop, qtbot, full_folder):
    outdate(full_folder)
    desktop.window.door.ask_for(full_folder)
    card = desktop.window.door.currentWidget()
    assert texts(card).count("made ready") == 0
    shown = []
    desktop.window.door.opened.connect(lambda *_: shown.append((card.ready.words(), card.ready.share())))
    qtbot.keyClicks(named(card, "Pass-phrase"), PASSPHRASE)
    qtbot.keyClick(named(card, "Pass-phrase"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    ((words, share),) = shown
    assert "made ready" in words
    assert share == 1
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    assert len(desktop.window.work.bench.store.caseload_ids()) == 40


def test_a_vault_that_needs_no_making_ready_says_nothing_of_it(desktop, qtbot, full_folder):
    desktop.window.door.ask_for(full_folder)
    card = desktop.window.door.currentWidget()
    shown = []
    desktop.window.door.opened.connect(lambda *_: shown.append(card.ready.words()))
    qtbot.keyClicks(named(card, "Pass-phrase"), PASSPHRASE)
    qtbot.keyClick(named(card, "Pass-phrase"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    assert shown == [""]


def test_making_ready_can_be_stopped_and_unlocking_begins_it_again(desktop, qtbot, full_folder):
    outdate(full_folder)
    steps = vaults.unlock_watched(full_folder, vaults.people_of(full_folder)[0].id, PASSPHRASE, now=NOW)
    assert next(steps) == (0, 0)
    assert next(steps)[1] > 40
    steps.close()
    desktop.window.door.ask_for(full_folder)
    card = desktop.window.door.currentWidget()
    card.set_busy(True)
    card.show_progress(1, 2)
    card.stopped()
    assert "Nothing was changed" in texts(card)
    assert named(card, "Pass-phrase").isEnabled()
    assert "made ready" not in texts(card)
    unlock(desktop, qtbot, full_folder)
    assert len(desktop.window.work.bench.store.caseload_ids()) == 40


def test_a_folder_without_a_vault_is_told_and_another_can_be_chosen(desktop, qtbot, tmp_path):
    desktop.window.door.ask_for(tmp_path / "nowhere")
    card = desktop.window.door.currentWidget()
    assert isinstance(card, ChooseVault)
    assert "no vault in this folder" in texts(card)


def test_a_vault_that_is_open_elsewhere_is_told(desktop, qtbot, vault_folder):
    elsewhere = vaults.unlock(vault_folder, vaults.people_of(vault_folder)[0].id, PASSPHRASE)
    unlock(desktop, qtbot, vault_folder)
    assert "already open" in texts(desktop.window.door.currentWidget())
    elsewhere.close()


def test_a_vault_of_several_asks_who_is_there(desktop, qtbot, vault_folder):
    from tac_desktop.casework.people import Person

    vault = vaults.unlock(vault_folder, vaults.people_of(vault_folder)[0].id, PASSPHRASE)
    vault.add_person(Person(id="2", name="Fern Cog", role="worker", prison="EP"), "three brass door handles", CHEAPEST)
    vault.close()
    unlock(desktop, qtbot, vault_folder, "three brass door handles")
    card = desktop.window.door.currentWidget()
    assert "Choose who you are" in texts(card)
    next(button for button in card.findChildren(QRadioButton) if button.text() == "FC").setChecked(True)
    qtbot.keyClick(named(card, "Pass-phrase"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    assert desktop.window.work.bench.vault.person.name == "Fern Cog"


def test_who_has_chosen_herself_with_the_mouse_types_her_passphrase_at_once(desktop, qtbot, vault_folder):
    from tac_desktop.casework.people import Person

    vault = vaults.unlock(vault_folder, vaults.people_of(vault_folder)[0].id, PASSPHRASE)
    vault.add_person(Person(id="2", name="Fern Cog", role="worker", prison="EP"), "three brass door handles", CHEAPEST)
    vault.close()
    desktop.show()
    desktop.window.door.ask_for(vault_folder)
    card = desktop.window.door.currentWidget()
    people = card.findChildren(QRadioButton)
    qtbot.mouseClick(people[1], Qt.MouseButton.LeftButton)
    assert people[1].isChecked()
    assert desktop.window.focusWidget() is named(card, "Pass-phrase")
    people[1].setFocus()
    qtbot.keyClick(people[1], Qt.Key.Key_Up)
    assert people[0].isChecked()
    assert desktop.window.focusWidget() is people[0], "the arrow keys go from one to the next"


def fill_in(card: CreateVault, folder: Path, passphrase: str = PASSPHRASE, again: str = PASSPHRASE) -> None:
    named(card, "Your name").setText(PERSON)
    choose(card, "The prison where you work", "SEND")
    named(card, "Folder").setText(str(folder))
    named(card, "New pass-phrase").setText(passphrase)
    named(card, "The same pass-phrase again").setText(again)
    press(card, "Make the vault")


@pytest.fixture
def making(desktop: Desktop, qtbot: QtBot) -> CreateVault:
    press(desktop.window.door.currentWidget(), "Make a new vault")
    card = desktop.window.door.currentWidget()
    assert isinstance(card, CreateVault)
    return card


def test_a_new_vault_is_entered_after_its_recovery_code_was_typed_back(desktop, qtbot, tmp_path, making):
    fill_in(making, tmp_path / "new")
    qtbot.waitUntil(lambda: isinstance(desktop.window.door.currentWidget(), RecoveryCode))
    card = desktop.window.door.currentWidget()
    code = next(label for label in card.findChildren(QLabel) if label.property("role") == "code").text()
    named(card, "Type the code from your paper").setText("0000")
    press(card, "I have it on paper")
    qtbot.waitUntil(lambda: "does not open this vault" in texts(card))
    assert desktop.window.frame is None
    named(card, "Type the code from your paper").setText(code.replace("\n", " ").lower())
    press(card, "I have it on paper")
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    assert desktop.window.work.bench.vault.person.prison == "SEND"


def test_nothing_of_the_sheet_with_the_recovery_code_stays_in_memory(desktop, qtbot, tmp_path, making):
    fill_in(making, tmp_path / "new")
    qtbot.waitUntil(lambda: isinstance(desktop.window.door.currentWidget(), RecoveryCode))
    press(desktop.window.door.currentWidget(), "Print the recovery sheet")
    qtbot.waitUntil(lambda: isinstance(desktop.window.door.currentWidget(), PrintScreen))
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    press(desktop.window.door.currentWidget(), "Back")
    assert isinstance(desktop.window.door.currentWidget(), RecoveryCode)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    assert [one for one in gc.get_objects() if isinstance(one, PrintScreen)] == []


@pytest.mark.parametrize(
    ("passphrase", "again", "sentence"),
    [("short", "short", "too short"), (PASSPHRASE, PASSPHRASE + "s", "differ")],
)
def test_a_passphrase_that_cannot_be_taken_is_told_and_no_folder_is_made(making, tmp_path, passphrase, again, sentence):
    fill_in(making, tmp_path / "new", passphrase, again)
    assert sentence in texts(making)
    assert not (tmp_path / "new").exists()


def test_the_return_key_after_the_second_passphrase_makes_the_vault(making, desktop, qtbot, tmp_path):
    fill_in(making, tmp_path / "new", again="something else entirely")
    named(making, "The same pass-phrase again").setText(PASSPHRASE)
    qtbot.keyClick(named(making, "The same pass-phrase again"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(desktop.window.door.currentWidget(), RecoveryCode))


def test_a_folder_that_is_not_empty_is_refused(making, desktop, qtbot, vault_folder):
    fill_in(making, vault_folder)
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    assert "not empty" in texts(making)


@pytest.mark.parametrize(
    ("passphrase", "words"),
    [("abc", "Too short"), ("aaaaaaaaaaaa", "repeats itself"), ("password1234", "common pass-phrases"),
     ("Sage Beacon Send", "your name"), (PASSPHRASE, "Strong")],
)  # fmt: skip
def test_the_strength_of_a_passphrase_is_told_in_words(making, qtbot, passphrase, words):
    named(making, "Your name").setText(PERSON)
    choose(making, "The prison where you work", "SEND")
    named(making, "New pass-phrase").setText(passphrase)
    qtbot.waitUntil(lambda: words in texts(making))


def test_a_passphrase_that_would_be_guessed_is_refused_and_no_vault_is_made(making, desktop, qtbot, tmp_path):
    fill_in(making, tmp_path / "new", "password1234", "password1234")
    qtbot.waitUntil(lambda: not desktop.lane.jobs() and "common pass-phrases" in making.trouble().text())
    assert not (tmp_path / "new").exists()


def test_a_lost_passphrase_is_replaced_with_the_recovery_code(desktop, qtbot, tmp_path):
    folder = tmp_path / "lost"
    vault, code = vaults.create(
        folder, name=PERSON, role="worker", prison="EP", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    vault.close()
    desktop.window.door.ask_for(folder)
    press(desktop.window.door.currentWidget(), "I have lost my pass-phrase")
    card = desktop.window.door.currentWidget()
    assert isinstance(card, Recovery)
    named(card, "Recovery code").setText(code.lower())
    for name in ("New pass-phrase", "The same pass-phrase again"):
        named(card, name).setText("five old garden gates")
    press(card, "Open and set the pass-phrase")
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    assert desktop.window._slot == vaults.people_of(folder)[0].id, "a lock finds her chosen already"
    desktop.window.lock()
    unlock(desktop, qtbot, folder, "five old garden gates")
    assert desktop.window.frame is not None


def test_the_passphrase_can_be_shown_and_is_gone_once_the_vault_is_open(desktop, qtbot, vault_folder):
    desktop.window.door.ask_for(vault_folder)
    card = desktop.window.door.currentWidget()
    assert isinstance(card, Unlock)
    box = named(card, "Pass-phrase")
    assert box.echoMode() == QLineEdit.EchoMode.Password
    unlock(desktop, qtbot, vault_folder)
    QApplication.processEvents()
    assert not [b for b in desktop.window.findChildren(QLineEdit) if b.echoMode() == QLineEdit.EchoMode.Password]
