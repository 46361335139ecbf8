"""Backups in the window: made unasked and asked, where a person chose, tried out, removed; brought back at the door."""

import shutil
from datetime import datetime
from pathlib import Path

import pytest
from cases import a_case
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from seen import spoken
from way_in import PASSPHRASE, unlock

from tac_desktop import settings
from tac_desktop.actions import vaults
from tac_desktop.actions.backup_schedule import back_up_now
from tac_desktop.casework.audit import Event
from tac_desktop.storage.audit_index import AuditFilter
from tac_desktop.ui.backup_removal import RemoveBackup
from tac_desktop.ui.brought_back_dialog import BroughtBack
from tac_desktop.ui.restore_desk import RestoreDesk
from tac_desktop.ui.restore_screen import RestoreVault
from tac_desktop.ui.today_screen import TodayScreen
from tac_desktop.ui.unlock_screen import Unlock


def settle(desktop, qtbot):
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


def enter(desktop, qtbot, folder: Path):
    unlock(desktop, qtbot, folder)
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    settle(desktop, qtbot)


def part_of(desktop, qtbot, name="backups"):
    desktop.window.frame.go("vault", name)
    settle(desktop, qtbot)
    return getattr(desktop.window.work.vault.screen, name)


def look(desktop, qtbot):
    """Have the watch look, as it does a little after the unlock."""
    watch = desktop.window.work.keeping.backups
    watch.look()
    qtbot.waitUntil(lambda: not watch.under_way())
    settle(desktop, qtbot)


def backups(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob("tac-*"))


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(widget, text):
    next(button for button in widget.findChildren(QPushButton) if button.text() == text).click()


# --- unasked ---


def test_the_days_backup_is_made_once_a_day_without_being_asked(opened, qtbot, full_folder):
    said: list[str] = []
    opened.window.work.keeping.backups.told.connect(said.append)
    look(opened, qtbot)
    (path,) = backups(full_folder)
    assert path.name.endswith("-daily")
    assert any(words.startswith("Making the day’s backup") for words in said)
    assert said[-1] == ""
    look(opened, qtbot)
    assert backups(full_folder) == [path]
    assert opened.messages.shown == []


def test_the_watch_looks_by_itself_after_the_unlock(opened, qtbot, full_folder):
    watch = opened.window.work.keeping.backups
    assert watch._timer.isActive()
    watch._timer.setInterval(1)
    qtbot.waitUntil(lambda: len(backups(full_folder)) == 1)
    assert watch._timer.interval() >= 60_000


def test_the_days_backup_waits_for_the_check_after_a_crash(opened, full_folder):
    work = opened.window.work
    work.crash_check.begin()
    work.keeping.backups.look()
    assert not work.keeping.backups.under_way()


def test_what_is_saved_while_the_days_backup_is_made_is_saved_at_once(opened, qtbot, full_folder):
    bench, watch = opened.window.work.bench, opened.window.work.keeping.backups
    for number in range(3):
        bench.store.attach([bytes([number]) * 1_000_000])
    watch.look()
    number = 60
    while watch.under_way():
        bench.store.save(a_case(number), author=bench.person.id, now=bench.moment())
        number += 1
        qtbot.wait(150)
    assert number > 60
    assert len(backups(full_folder)) == 1
    assert opened.messages.shown == []


def test_a_lock_stops_the_days_backup_and_leaves_no_half_of_it(opened, qtbot, full_folder):
    bench, watch = opened.window.work.bench, opened.window.work.keeping.backups
    for number in range(8):
        bench.store.attach([bytes([number]) * 1_000_000])
    watch.look()
    qtbot.waitUntil(lambda: any((full_folder / "backups").iterdir()))
    opened.window.lock()
    qtbot.waitUntil(lambda: isinstance(opened.window.door.currentWidget(), Unlock))
    assert list((full_folder / "backups").iterdir()) == []


def test_a_backup_that_cannot_be_made_is_told_once_a_day_and_today_and_vault_warn(opened, qtbot, full_folder):
    (full_folder / "backups").rmdir()
    (full_folder / "backups").write_bytes(b"a file in its place")
    look(opened, qtbot)
    assert [message.tone for message in opened.messages.shown] == ["warn"]
    assert "your work is safe" in opened.messages.shown[0].text
    today = opened.window.frame.page("today")
    assert isinstance(today, TodayScreen)
    assert "no good backup of this vault from the last 7 days" in texts(today)
    look(opened, qtbot)
    assert len(opened.messages.shown) == 1
    press(today, "Look at the backups")
    settle(opened, qtbot)
    part = part_of(opened, qtbot)
    assert part.isVisible()
    assert "There is no backup of this vault yet" in texts(part)
    (full_folder / "backups").unlink()
    part.make.click()
    settle(opened, qtbot)
    look(opened, qtbot)
    opened.window.frame.go("today")
    assert "no good backup" not in texts(today)


# --- asked ---


def test_a_backup_is_made_shown_tried_out_and_removed(opened, qtbot, full_folder):
    part = part_of(opened, qtbot)
    part.make.click()
    settle(opened, qtbot)
    assert opened.messages.shown[-1].tone == "ok"
    assert not opened.window.work.vault.screen.progress.isVisible()
    part.make.click()
    settle(opened, qtbot)
    assert part.rows.rowCount() == 2
    assert "The latest good backup was made today" in texts(part)
    part.try_out.click()
    settle(opened, qtbot)
    assert "All of it is sound" in part.outcome.text()
    assert "40 case files" in part.outcome.text()
    assert "nothing was written since" in part.outcome.text()
    first = part.chosen().path
    part.remove.click()
    dialog = opened.window.findChild(RemoveBackup)
    dialog.keep.click()
    assert len(backups(full_folder)) == 2
    part.remove.click()
    opened.window.findChildren(RemoveBackup)[-1].remove.click()
    settle(opened, qtbot)
    assert first not in backups(full_folder)
    assert part.rows.rowCount() == 1


def test_the_place_is_kept_for_this_vault_and_used_after_the_next_unlock(opened, qtbot, full_folder, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    part = part_of(opened, qtbot)
    assert "against a lost or broken computer" in texts(part)
    desk = next(desk for desk in opened.window.work.vault.desks if desk.part is part)
    desk.choose_place(str(stick))
    settle(opened, qtbot)
    assert f"They go to {stick}" in texts(part)
    assert settings.load(tmp_path / "settings.json").backup_place(full_folder) == stick
    opened.window.lock()
    enter(opened, qtbot, full_folder)
    look(opened, qtbot)
    assert len(list(stick.glob("tac-*-daily"))) == 1
    shutil.rmtree(stick)
    part = part_of(opened, qtbot)
    part.make.click()
    settle(opened, qtbot)
    assert opened.messages.shown[-1].tone == "warn"
    assert "vault’s own folder instead" in opened.messages.shown[-1].text
    assert "not connected now" in texts(part)
    part.own_place.click()
    settle(opened, qtbot)
    assert settings.load(tmp_path / "settings.json").backup_place(full_folder) is None


def test_a_place_inside_the_vault_is_refused_in_a_sentence(opened, qtbot, full_folder):
    part = part_of(opened, qtbot)
    desk = next(desk for desk in opened.window.work.vault.desks if desk.part is part)
    desk.choose_place(str(full_folder))
    settle(opened, qtbot)
    assert "lies inside the vault" in opened.messages.shown[-1].text


def test_a_copy_is_saved_elsewhere_and_stays_out_of_the_rotation(opened, qtbot, full_folder, tmp_path):
    part = part_of(opened, qtbot)
    desk = next(desk for desk in opened.window.work.vault.desks if desk.part is part)
    desk.save_to(str(tmp_path / "elsewhere"))
    settle(opened, qtbot)
    assert len(list((tmp_path / "elsewhere").glob("tac-*/backup.sha256"))) == 1
    assert str(tmp_path / "elsewhere") in opened.messages.shown[-1].text


# --- bringing back ---


@pytest.fixture
def backed_up(full_folder) -> Path:
    """A closed vault with a backup of 3 March 2026."""
    vault = vaults.unlock_as(full_folder, "", PASSPHRASE)
    store = vaults.store_of(vault)
    now = datetime(2026, 3, 3, 9, 12).astimezone()
    for _ in back_up_now(vault, store, "daily", now=now):
        pass
    store.close()
    vault.close()
    return full_folder


def test_a_vault_is_brought_back_at_the_door_and_says_of_when_it_is_until_that_was_read(
    desktop, qtbot, backed_up, tmp_path
):
    desktop.window.door.choose([backed_up])
    press(desktop.window.door.currentWidget(), "Bring a vault back from a backup")
    card = desktop.window.door.currentWidget()
    assert isinstance(card, RestoreVault)
    qtbot.waitUntil(lambda: card.which.currentData() is not None)
    assert "3 Mar 2026, 09:12, of the day (Fernhill)" in card.which.currentText()
    assert card.folder.text() == str(tmp_path / "Fernhill of 3 Mar 2026")
    card.go_on.click()
    qtbot.waitUntil(lambda: isinstance(desktop.window.door.currentWidget(), Unlock))
    settle(desktop, qtbot)
    back = tmp_path / "Fernhill of 3 Mar 2026"
    for _ in range(2):
        enter(desktop, qtbot, back)
        dialog = desktop.window.findChild(BroughtBack)
        assert "This vault was brought back from a backup of 3 Mar 2026." in texts(dialog)
        assert "colleagues’ bundles bring back what they hold" in texts(dialog)
        desktop.window.lock()  # not read yet: it comes again
    enter(desktop, qtbot, back)
    desktop.window.findChild(BroughtBack).read.click()
    settle(desktop, qtbot)
    part = part_of(desktop, qtbot)
    assert "brought back from a backup of 3 Mar 2026" in texts(part)
    desktop.window.lock()
    enter(desktop, qtbot, back)
    assert desktop.window.findChild(BroughtBack) is None
    store = desktop.window.work.bench.store
    assert len(store.audit.numbers(AuditFilter(events=(Event.RESTORED,)))) == 1


def test_a_backup_from_another_folder_is_taken_and_what_is_none_is_refused(desktop, qtbot, backed_up, tmp_path):
    desktop.window.door.choose([])
    press(desktop.window.door.currentWidget(), "Bring a vault back from a backup")
    card = desktop.window.door.currentWidget()
    settle(desktop, qtbot)
    press(card, "Bring it back")
    assert "Choose a backup" in texts(card)
    desk = card.findChild(RestoreDesk)
    desk.take_backup(str(tmp_path))
    assert "no backup in this folder" in texts(card)
    desk.take_backup(str(backups(backed_up)[0]))
    card.set_folder(str(backed_up))
    press(card, "Bring it back")
    settle(desktop, qtbot)
    assert "not empty" in texts(card)
    card.set_folder(str(tmp_path / "back"))
    card.findChild(QLineEdit).returnPressed.emit()
    qtbot.waitUntil(lambda: isinstance(desktop.window.door.currentWidget(), Unlock))


def test_bringing_back_can_be_stopped_and_leaves_no_folder(desktop, qtbot, backed_up, tmp_path):
    vault = vaults.unlock_as(backed_up, "", PASSPHRASE)
    store = vaults.store_of(vault)
    for number in range(12):
        store.attach([bytes([number]) * 1_000_000])
    for _ in back_up_now(vault, store, "asked", now=datetime(2026, 3, 4, 9, 12).astimezone()):
        pass
    store.close()
    vault.close()
    desktop.window.door.choose([backed_up])
    press(desktop.window.door.currentWidget(), "Bring a vault back from a backup")
    card = desktop.window.door.currentWidget()
    qtbot.waitUntil(lambda: card.which.currentData() is not None)
    card.go_on.click()
    card.stop.click()
    settle(desktop, qtbot)
    assert "Stopped. Nothing was changed" in texts(card)
    assert not Path(card.folder.text()).exists()
    assert card.go_on.isEnabled()


def test_what_is_told_aloud_of_a_list_of_backups_names_the_backup(opened, qtbot, full_folder):
    part = part_of(opened, qtbot)
    part.make.click()
    settle(opened, qtbot)
    year = str(datetime.now().astimezone().year)
    assert any("Try out the backup of" in text and year in text for text in spoken(part))


def test_the_window_keeps_ticking_while_a_backup_is_made(opened, qtbot, full_folder):
    bench, watch = opened.window.work.bench, opened.window.work.keeping.backups
    for number in range(24):
        bench.store.attach([bytes([number]) * 1_000_000])
    ticks: list[bool] = []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: ticks.append(watch.under_way()))
    timer.start()
    watch.look()
    qtbot.waitUntil(lambda: not watch.under_way())
    assert any(ticks)
