"""Checks in the window: sound, damaged, made anew, stopped; and what can be read of a damaged vault is saved."""

from threading import Event

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from way_in import PASSPHRASE, unlock

from tac_desktop.storage.binding import transaction
from tac_desktop.storage.findings import Finding
from tac_desktop.ui.check_words import found_words, part_words, told_of
from tac_desktop.ui.jobs import Job
from tac_desktop.ui.salvage_screen import Salvaged, SalvageVault
from tac_desktop.ui.unlock_screen import Unlock

PARTS = ("pages", "entries", "chains", "signatures", "attachments", "losses", "records", "caseload", "drafts")


def settle(desktop, qtbot):
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


def checks(desktop, qtbot):
    desktop.window.frame.go("vault", "checks")
    settle(desktop, qtbot)
    return desktop.window.work.vault.screen.checks


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def damage(desktop, statement):
    with transaction(desktop.window.work.bench.store._ledger.connection) as connection:
        connection.execute(statement)


def check(desktop, qtbot):
    part = checks(desktop, qtbot)
    part.check.click()
    settle(desktop, qtbot)
    return part


def test_a_sound_vault_is_said_to_be_sound_and_when_it_was_checked(opened, qtbot):
    part = checks(opened, qtbot)
    assert "has not been checked from here yet" in texts(part)
    part = check(opened, qtbot)
    assert "The vault is sound" in texts(part)
    assert "Last checked" in texts(part)
    assert "All of it was sound." in texts(part)
    assert not part.anew.isVisible()
    assert not part.salvage.isVisible()


def test_what_is_made_from_the_journal_is_made_anew_and_checked_again(opened, qtbot):
    damage(opened, "UPDATE caseload SET name = 'Somebody Else'")
    part = check(opened, qtbot)
    assert "Nothing that was saved is lost" in texts(part)
    assert "40 things are wrong in this vault" in texts(part)
    assert "and 35 more" in texts(part)
    assert not part.salvage.isVisible()
    part.anew.click()
    settle(opened, qtbot)
    assert "The vault is sound" in texts(part)
    assert not part.anew.isVisible()


def test_a_check_can_be_stopped_and_says_so(opened, qtbot):
    part, held = checks(opened, qtbot), Event()

    def waits():
        held.wait()
        yield 1, 1

    opened.lane.start(Job(waits))  # so that the check has not ended before it is stopped
    part.check.click()
    opened.window.work.vault.screen.progress._stop.click()
    held.set()
    settle(opened, qtbot)
    assert "The check was stopped" in texts(opened.window.work.vault.screen)
    assert part.check.isEnabled()


def test_deep_damage_leads_through_the_lock_to_a_new_vault_of_what_can_be_read(opened, qtbot, full_folder, tmp_path):
    damage(opened, "UPDATE sv SET chain = zeroblob(32) WHERE s = (SELECT max(s) FROM sv)")
    part = check(opened, qtbot)
    assert "The order of the entries" in texts(part)
    assert "Write nothing more into this vault" in texts(part)
    part.salvage.click()
    qtbot.waitUntil(lambda: isinstance(opened.window.door.currentWidget(), SalvageVault))
    settle(opened, qtbot)
    card = opened.window.door.currentWidget()
    assert card.vault.text() == str(full_folder)
    assert card.folder.text() == str(tmp_path / "Fernhill salvaged")
    card.passphrase.setText("not the pass-phrase")
    card.go_on.click()
    settle(opened, qtbot)
    assert "does not open" in texts(card)
    assert not (tmp_path / "Fernhill salvaged").exists()
    card.passphrase.setText(PASSPHRASE)
    card.go_on.click()
    qtbot.waitUntil(lambda: isinstance(opened.window.door.currentWidget(), Salvaged))
    report = opened.window.door.currentWidget()
    assert "were brought over" in texts(report)
    report.go_on.click()
    qtbot.waitUntil(lambda: isinstance(opened.window.door.currentWidget(), Unlock))
    unlock(opened, qtbot, tmp_path / "Fernhill salvaged")
    assert opened.window.frame is not None


def test_what_can_be_read_is_saved_from_the_door_too(desktop, qtbot, vault_folder):
    desktop.window.door.choose([vault_folder])
    card = desktop.window.door.currentWidget()
    name = "Save what can be read of a damaged vault"
    next(button for button in card.findChildren(QPushButton) if button.text() == name).click()
    card = desktop.window.door.currentWidget()
    assert isinstance(card, SalvageVault)
    card.go_on.click()
    assert "Choose the damaged vault" in texts(card)
    card.set_vault(str(vault_folder))
    card.go_on.click()
    assert "Enter your pass-phrase" in texts(card)
    card.back.click()
    assert desktop.window.door.currentWidget() is not card


@pytest.mark.parametrize("part", PARTS)
def test_each_part_that_can_be_damaged_has_words_a_meaning_and_something_to_do(part):
    (told,) = told_of([Finding(part, f"place {number}", "Something.") for number in range(7)])
    assert told.title != part
    assert told.means.endswith(".")
    assert told.to_do.endswith(".")
    assert told.where == "place 0, place 1, place 2, place 3, place 4 and 2 more"
    assert part_words(part) != part


def test_the_deepest_damage_is_told_first_and_counted():
    found = [Finding("caseload", "a", "x"), Finding("pages", "page 3", "y"), Finding("caseload", "b", "x")]
    assert [told.part for told in told_of(found)] == ["pages", "caseload"]
    assert found_words(found).startswith("3 things are wrong")
    assert found_words(found[:1]).startswith("1 thing is wrong")
