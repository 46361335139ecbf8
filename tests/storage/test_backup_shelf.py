"""The backups of a vault are found again where they lie, several vaults in one folder; half of one is none."""

import os
import shutil
import time
from datetime import datetime

import pytest

from tac_desktop.errors import CannotWrite
from tac_desktop.storage.backup import backup
from tac_desktop.storage.backup_shelf import backup_at, backups_in, has_sign, name_for, put_sign, remove, sweep

NINE = datetime(2026, 3, 3, 9, 12)  # noqa: DTZ001 - the clock on the wall


def made(desk, folder, at=NINE, reason="daily"):
    *_, _last = backup(desk.vault, folder, name_for(folder, at, reason))
    return backups_in(folder, desk.vault.key_file().vault_id)[0]


def test_a_backup_tells_by_its_name_when_and_for_what_it_was_made(desk, tmp_path):
    one = made(desk, tmp_path)
    assert (one.path.name, one.made, one.reason) == ("tac-2026-03-03-091200-daily", NINE, "daily")
    assert one.is_whole
    assert one.size == (one.path / "data.db").stat().st_size


def test_a_second_one_of_the_same_second_gets_a_name_of_its_own(desk, tmp_path):
    made(desk, tmp_path)
    made(desk, tmp_path)
    two = backups_in(tmp_path, desk.vault.key_file().vault_id)
    assert [one.path.name for one in two] == ["tac-2026-03-03-091200-daily-2", "tac-2026-03-03-091200-daily"]
    assert {(one.made, one.reason) for one in two} == {(NINE, "daily")}


def test_vaults_that_share_a_folder_see_only_their_own(make_desk, tmp_path):
    one, other = make_desk(), make_desk()
    made(one, tmp_path)
    made(other, tmp_path)
    assert len(backups_in(tmp_path, one.vault.key_file().vault_id)) == 1
    assert len(backups_in(tmp_path, "")) == 2


def test_a_backup_that_a_person_named_is_one_of_hers_and_tells_its_age_by_its_seal(desk, tmp_path):
    one = made(desk, tmp_path)
    one.path.rename(tmp_path / "before the audit")
    os.utime(tmp_path / "before the audit" / "backup.sha256", (1_700_000_000, 1_700_000_000))
    (found,) = backups_in(tmp_path, desk.vault.key_file().vault_id)
    assert (found.reason, found.made.year) == ("", 2023)


@pytest.mark.parametrize("file", ["data.db", "keys.json", "backup.sha256"])
def test_what_lacks_a_part_is_no_good_backup(desk, tmp_path, file):
    one = made(desk, tmp_path)
    (one.path / file).unlink()
    assert not [found for found in backups_in(tmp_path, desk.vault.key_file().vault_id) if found.is_whole]


def test_a_folder_that_is_not_there_holds_none(desk, tmp_path):
    assert backups_in(tmp_path / "not plugged in", desk.vault.key_file().vault_id) == []
    assert backup_at(tmp_path) is None


def test_removing_one_leaves_the_others(desk, tmp_path):
    first, second = made(desk, tmp_path), made(desk, tmp_path, NINE.replace(hour=10))
    remove(second)
    assert [found.path for found in backups_in(tmp_path, "")] == [first.path]
    with pytest.raises(CannotWrite):
        remove(second)


def test_what_a_crash_left_half_made_is_never_listed_and_swept_away_once_it_is_cold(desk, tmp_path):
    stick = tmp_path / "stick"
    steps = backup(desk.vault, stick, name_for(stick, NINE, "daily"))
    next(step for step in steps if step.done)
    (part,) = stick.iterdir()
    shutil.copytree(part, tmp_path / "aside")
    steps.close()
    stick.mkdir()
    (tmp_path / "aside").rename(part)
    keys = desk.vault.key_file()
    assert backups_in(stick, keys.vault_id) == []
    sweep(stick, keys)
    assert part.exists()  # another job may be filling it
    cold = time.time() - 7200
    for path in (*part.iterdir(), part):
        os.utime(path, (cold, cold))
    sweep(stick, keys)
    assert not part.exists()


def test_a_place_is_known_again_by_its_sign(tmp_path):
    assert not has_sign(tmp_path)
    put_sign(tmp_path)
    assert has_sign(tmp_path)
    assert not has_sign(tmp_path / "elsewhere")
