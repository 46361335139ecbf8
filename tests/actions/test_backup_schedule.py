"""Backups without being asked: one a day, one before each risky step, a few kept, in the place that was chosen."""

import os
import shutil
import subprocess
from datetime import timedelta

import pytest

from tac_desktop.actions import backup_schedule, vaults
from tac_desktop.actions.backup_schedule import back_up_before, back_up_now, choose_place, remove_backup, shelf
from tac_desktop.actions.keeping import back_up, restore
from tac_desktop.casework.audit import Event
from tac_desktop.errors import BackupPlaceInside, BackupPlaceUnusable, LastBackup, NoBackup, NoRoomForBackup
from tac_desktop.storage.audit_index import AuditFilter
from tests.actions.between_vaults import result_of, save
from tests.actions.conftest import NOW, PASSPHRASE
from tests.actions.disks import small_disk


def mother(desk):
    return save(desk, "mother", {"reference": "EP-1", "name": "Ochre Kettle", "prison": "EP"})


def made(desk, reason="daily", now=NOW):
    return result_of(back_up_now(desk.vault, desk.store, reason, now=now))


def noted(desk, event):
    numbers = desk.store.audit.numbers(AuditFilter(events=(event,)))
    return [one.facts for one in desk.store.audit.page(numbers)]


@pytest.fixture
def stick(tmp_path):
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick"


def test_the_first_unlock_of_a_day_finds_a_backup_due_and_the_second_does_not(worker):
    assert shelf(worker.vault, now=NOW).is_due
    made(worker)
    assert not shelf(worker.vault, now=NOW + timedelta(hours=9)).is_due
    assert shelf(worker.vault, now=NOW + timedelta(days=1)).is_due


def test_a_vault_warns_while_it_has_no_good_backup_of_the_last_seven_days(worker):
    assert shelf(worker.vault, now=NOW).is_stale
    path = made(worker).path
    assert not shelf(worker.vault, now=NOW + timedelta(days=6)).is_stale
    assert shelf(worker.vault, now=NOW + timedelta(days=7, minutes=1)).is_stale
    (path / "data.db").unlink()
    assert shelf(worker.vault, now=NOW).is_stale


def test_a_backup_tells_for_what_it_was_made_and_is_noted(worker):
    path = made(worker, "rekey").path
    assert path == worker.vault.folder / "backups" / "tac-2026-11-21-093000-rekey"
    assert noted(worker, Event.BACKED_UP) == [{"kind": "rekey", "backup": path.name}]


def test_only_a_few_are_kept_and_those_saved_by_hand_all(worker):
    by_hand = result_of(back_up(worker.vault, worker.store, worker.vault.folder / "backups", now=NOW))
    days = [NOW + timedelta(days=day) for day in range(12)]
    for now in days:
        made(worker, now=now)
    found = shelf(worker.vault, now=days[-1]).backups
    assert {one.made.date() for one in found if one.reason} == {now.date() for now in days[-7:]} | {days[1].date()}
    assert by_hand in {one.path for one in found}


def test_the_latest_good_one_stays_whatever_a_wrong_clock_has_made(worker):
    for days in range(8, 0, -1):
        made(worker, now=NOW + timedelta(days=800 + days))
    path = made(worker).path
    assert path in {one.path for one in shelf(worker.vault, now=NOW).backups}


# --- the place ---


def test_backups_go_to_the_place_that_was_chosen_and_are_found_there(worker, stick):
    assert choose_place(worker.vault, worker.store, stick, now=NOW) == stick
    assert made(worker).path.parent == stick
    found = shelf(worker.vault, now=NOW)
    assert (found.chosen, found.is_missing, [one.path.parent for one in found.backups]) == (stick, False, [stick])
    assert noted(worker, Event.BACKUP_PLACE_CHANGED) == [{}]


def test_a_place_that_is_not_connected_is_told_and_the_vaults_own_folder_takes_the_backup(worker, stick):
    choose_place(worker.vault, worker.store, stick, now=NOW)
    shutil.rmtree(stick)
    assert shelf(worker.vault, now=NOW).is_missing
    one = made(worker)
    assert one.path.parent == worker.vault.folder / "backups"
    assert isinstance(one.instead, BackupPlaceUnusable)
    assert not stick.exists()
    stick.mkdir()  # a folder of that name, but another stick: or the place where none is plugged in
    assert made(worker).path.parent == worker.vault.folder / "backups"
    assert list(stick.iterdir()) == []


def test_a_place_that_is_full_is_told_and_the_vaults_own_folder_takes_the_backup(worker, tmp_path):
    for _ in range(3):
        worker.store.attach([os.urandom(1_000_000)])
    with small_disk(tmp_path / "small", 1_500_000) as small:
        choose_place(worker.vault, worker.store, small, now=NOW)
        one = made(worker)
        assert isinstance(one.instead, NoRoomForBackup)
        assert one.path.parent == worker.vault.folder / "backups"
        assert [path.name for path in small.iterdir()] == ["tac-backups.txt"]
        assert not shelf(worker.vault, now=NOW).on_same_disk


def test_a_place_that_became_read_only_is_told_and_the_vaults_own_folder_takes_the_backup(worker, tmp_path):
    with small_disk(tmp_path / "stick", 9_000_000) as disk:
        choose_place(worker.vault, worker.store, disk, now=NOW)
        made(worker)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        before = sorted(disk.rglob("*"))
        one = made(worker, now=NOW + timedelta(days=1))
        assert isinstance(one.instead, BackupPlaceUnusable)
        assert one.path.parent == worker.vault.folder / "backups"
        assert sorted(disk.rglob("*")) == before
        assert len(shelf(worker.vault, now=NOW).backups) == 2


def test_no_place_inside_the_vault_but_its_own_folder_is_one(worker):
    for inside in ("backups/more", "elsewhere", "."):
        (worker.vault.folder / inside).mkdir(parents=True, exist_ok=True)
        with pytest.raises(BackupPlaceInside):
            choose_place(worker.vault, worker.store, worker.vault.folder / inside, now=NOW)
    assert choose_place(worker.vault, worker.store, worker.vault.folder / "backups", now=NOW) is None
    with pytest.raises(BackupPlaceUnusable):
        choose_place(worker.vault, worker.store, worker.vault.folder.parent / "not there", now=NOW)
    assert worker.vault.backups_to is None


# --- failing ---


def test_a_backup_that_cannot_be_made_anywhere_is_noted_and_the_next_day_it_is_due_again(worker):
    (worker.vault.folder / "backups").rmdir()
    (worker.vault.folder / "backups").write_bytes(b"a file in its place")
    with pytest.raises(BackupPlaceUnusable):
        made(worker)
    assert noted(worker, Event.BACKUP_FAILED) == [{"kind": "daily", "why": "BackupPlaceUnusable"}]
    assert shelf(worker.vault, now=NOW + timedelta(days=1)).is_due
    (worker.vault.folder / "backups").unlink()
    made(worker, now=NOW + timedelta(days=1))
    assert not shelf(worker.vault, now=NOW + timedelta(days=1)).is_stale


# --- before risky steps ---


def test_a_risky_step_has_its_backup_first_unless_there_is_nothing_to_lose(worker):
    assert result_of(back_up_before(worker.vault, worker.store, "rekey", now=NOW)) is None
    mother(worker)
    assert result_of(back_up_before(worker.vault, worker.store, "rekey", now=NOW)).path.name.endswith("-rekey")
    assert result_of(back_up_before(worker.vault, worker.store, "rekey", now=NOW)) is not None


def test_the_volumes_of_one_bundle_need_one_backup(worker):
    mother(worker)
    first = result_of(back_up_before(worker.vault, worker.store, "bundle", now=NOW))
    assert first.path.name.endswith("-bundle")
    assert result_of(back_up_before(worker.vault, worker.store, "bundle", now=NOW + timedelta(minutes=59))) is None
    assert result_of(back_up_before(worker.vault, worker.store, "import", now=NOW + timedelta(minutes=61))) is not None


# --- removing, and bringing back ---


def test_a_person_can_remove_backups_but_not_the_last_whole_one(worker):
    made(worker)
    made(worker, now=NOW + timedelta(days=1))
    first, second = shelf(worker.vault, now=NOW).backups
    remove_backup(worker.vault, worker.store, first, now=NOW)
    with pytest.raises(LastBackup):
        remove_backup(worker.vault, worker.store, second, now=NOW)
    assert [one.path for one in shelf(worker.vault, now=NOW).backups] == [second.path]
    assert noted(worker, Event.BACKUP_REMOVED) == [{"backup": first.path.name}]


def test_backups_of_a_vault_are_found_without_its_key_also_where_its_key_file_is_lost(worker, stick):
    made(worker)
    choose_place(worker.vault, worker.store, stick, now=NOW)
    made(worker, now=NOW + timedelta(days=1))
    assert len(backup_schedule.backups_of(worker.vault.folder, stick)) == 2
    (worker.vault.folder / "keys.json").unlink()
    assert len(backup_schedule.backups_of(worker.vault.folder, stick)) == 1
    with pytest.raises(NoBackup):
        backup_schedule.backup_at(stick)


def test_whoever_opens_a_vault_that_was_brought_back_is_told_until_she_has_read_it_and_it_is_noted_once(
    worker, tmp_path
):
    from tac_desktop.actions.brought_back import brought_back_from, has_read, note_read

    mother(worker)
    path = made(worker).path
    assert brought_back_from(worker.store) is None
    result_of(restore(path, tmp_path / "back"))
    for opening in range(3):
        vault = vaults.unlock_as(tmp_path / "back", "", PASSPHRASE)
        vaults.noted(vault, now=NOW + timedelta(hours=opening))
        store = vaults.store_of(vault)
        assert brought_back_from(store) == NOW.isoformat()
        assert has_read(store) == (opening == 2)
        if opening:
            note_read(store)
        events = store.audit.numbers(AuditFilter(events=(Event.RESTORED,)))
        assert [one.facts for one in store.audit.page(events)] == [{"day": "2026-11-21"}]
        store.close()
        vault.close()
