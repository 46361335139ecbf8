"""A rehearsal says whether a vault could be brought back, and leaves nothing behind; a check says what is wrong."""

from datetime import timedelta

import pytest

from tac_desktop.actions import vaults
from tac_desktop.actions.backup_schedule import back_up_now, shelf
from tac_desktop.actions.checking import can_be_made_anew, check_and_note, last_check, make_anew
from tac_desktop.actions.keeping import restore
from tac_desktop.actions.restore_drill import SCRATCH, rehearse
from tac_desktop.casework.audit import Event
from tac_desktop.errors import BackupDamaged, BackupOfOtherKeys, NoBackup
from tac_desktop.storage.audit_index import AuditFilter
from tac_desktop.storage.binding import transaction
from tests.actions.between_vaults import result_of, save
from tests.actions.conftest import NOW, PASSPHRASE


def mother(desk, number=1):
    return save(desk, "mother", {"reference": f"EP-{number}", "name": "Ochre Kettle", "prison": "EP"})


def made(desk, now=NOW):
    return result_of(back_up_now(desk.vault, desk.store, "daily", now=now)).path


def noted(desk, event):
    numbers = desk.store.audit.numbers(AuditFilter(events=(event,)))
    return [one.facts for one in desk.store.audit.page(numbers)]


@pytest.fixture
def kept(worker):
    """A vault with a backup, and one case file that came after it."""
    mother(worker)
    made(worker)
    mother(worker, 2)
    return worker


def test_the_latest_backup_is_brought_back_checked_compared_and_swept_away(kept):
    told = []
    steps = rehearse(kept.vault, kept.store, now=NOW + timedelta(hours=1))
    try:
        while True:
            told.append(next(steps))
    except StopIteration as end:
        found = end.value
    assert found.is_sound
    assert (found.there.case_files, found.here.case_files) == (1, 2)
    assert found.there.entries < found.here.entries
    assert found.there.last_day == found.here.last_day == "2026-11-21"
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert not (kept.vault.folder / SCRATCH).exists()
    (facts,) = noted(kept, Event.DRILLED)
    assert facts == {"backup": found.backup.path.name, "entries": found.there.entries, "findings": 0}


def test_nothing_that_is_brought_back_lies_there_in_clear_and_a_stop_sweeps_it_away(kept):
    steps = rehearse(kept.vault, kept.store, now=NOW)
    for done, _ in steps:
        scratch = kept.vault.folder / SCRATCH
        if scratch.exists():
            assert not any(b"Ochre" in path.read_bytes() for path in scratch.rglob("*") if path.is_file())
        if done > 40:
            break
    assert (kept.vault.folder / SCRATCH).exists()
    steps.close()
    assert not (kept.vault.folder / SCRATCH).exists()


def test_a_damaged_backup_is_told_and_noted(kept):
    (backup,) = shelf(kept.vault, now=NOW).backups
    raw = bytearray((backup.path / "data.db").read_bytes())
    raw[len(raw) // 2] ^= 1
    (backup.path / "data.db").write_bytes(raw)
    with pytest.raises(BackupDamaged):
        result_of(rehearse(kept.vault, kept.store, now=NOW))
    assert noted(kept, Event.DRILLED) == [{"backup": backup.path.name, "why": "BackupDamaged"}]
    assert not (kept.vault.folder / SCRATCH).exists()


def test_without_a_backup_there_is_nothing_to_rehearse(worker):
    with pytest.raises(NoBackup):
        result_of(rehearse(worker.vault, worker.store, now=NOW))


def test_a_backup_of_another_vault_or_of_other_keys_is_told_as_such(kept, manager):
    mother(manager)
    made(manager)
    (other,) = shelf(manager.vault, now=NOW).backups
    with pytest.raises(BackupOfOtherKeys):
        result_of(rehearse(kept.vault, kept.store, other, now=NOW))
    assert not (kept.vault.folder / SCRATCH).exists()


def test_a_backup_that_tells_another_past_than_the_vault_is_not_sound(kept):
    with transaction(kept.store._ledger.connection) as connection:
        connection.execute("DROP TRIGGER journal_refuses_update")
        connection.execute("UPDATE journal SET cid = randomblob(32) WHERE j = 2")
    found = result_of(rehearse(kept.vault, kept.store, now=NOW))
    assert found.findings == ()
    assert found.other_histories == 1
    assert not found.is_sound


# --- checks ---


def test_a_check_is_noted_with_what_it_found_and_told_afterwards(worker):
    mother(worker)
    assert last_check(worker.store) is None
    assert result_of(check_and_note(worker.vault, worker.store, now=NOW)) == ()
    last = last_check(worker.store)
    assert (last.at[:16], last.findings) == ("2026-11-21T09:30", 0)


def test_what_is_made_from_the_journal_is_made_anew_and_the_check_is_clean_again(worker):
    mother(worker)
    with transaction(worker.store._ledger.connection) as connection:
        connection.execute("UPDATE caseload SET name = 'Somebody Else'")
    findings = result_of(check_and_note(worker.vault, worker.store, now=NOW))
    assert {finding.part for finding in findings} == {"caseload"}
    assert can_be_made_anew(findings)
    assert last_check(worker.store).findings == 1
    result_of(make_anew(worker.vault, worker.store, now=NOW))
    assert result_of(check_and_note(worker.vault, worker.store, now=NOW)) == ()
    assert noted(worker, Event.REBUILT) == [{}]


def test_nothing_is_written_into_a_vault_whose_journal_is_damaged(worker):
    mother(worker)
    with transaction(worker.store._ledger.connection) as connection:
        connection.execute("UPDATE sv SET chain = zeroblob(32)")
    findings = result_of(check_and_note(worker.vault, worker.store, now=NOW))
    assert "chains" in {finding.part for finding in findings}
    assert not can_be_made_anew(findings)
    assert last_check(worker.store) is None


def test_a_check_of_many_pages_can_be_stopped_while_they_are_read(worker):
    for number in range(4):
        worker.store.attach([bytes([number]) * 1_000_000])
    steps = check_and_note(worker.vault, worker.store, now=NOW)
    done, total = next(steps)
    assert done < total
    steps.close()
    assert last_check(worker.store) is None


# --- after the vault has a new key ---


def test_a_backup_from_before_new_keys_opens_with_the_pass_phrase_of_its_day_and_a_new_one_can_be_tried(kept, tmp_path):
    (old,) = shelf(kept.vault, now=NOW).backups
    kept.store.close()
    result_of(kept.vault.rekey())
    store = vaults.store_of(kept.vault)
    try:
        with pytest.raises(BackupOfOtherKeys, match="before the vault’s keys were renewed"):
            result_of(rehearse(kept.vault, store, old, now=NOW))
        result_of(back_up_now(kept.vault, store, "asked", now=NOW + timedelta(minutes=1)))
        assert result_of(rehearse(kept.vault, store, now=NOW)).is_sound
    finally:
        store.close()
    result_of(restore(old.path, tmp_path / "back"))
    vaults.unlock_as(tmp_path / "back", "", PASSPHRASE).close()
