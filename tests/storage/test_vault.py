import json
import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tac_desktop.casework.people import Person
from tac_desktop.errors import (
    CannotWrite,
    FolderNotEmpty,
    KeysDamaged,
    LastSlot,
    NameRefused,
    NewerVault,
    NoSealKey,
    PassphraseTooShort,
    TooManyAttempts,
    UnknownSlot,
    VaultDamaged,
    VaultInUse,
    VaultLocked,
    VaultMissing,
    WrongPassphrase,
    WrongRecoveryCode,
)
from tac_desktop.storage import CHEAPEST, Store, create_vault, open_vault, recover, slots, slots_of
from tac_desktop.storage.attempts import failed_attempts, note_failure, refuse_haste
from tac_desktop.storage.unlocking import open_one_of
from tac_desktop.storage.vault import KEYS
from tests.storage.conftest import PASSPHRASE, WORKER

NEW = "amber ladder behind the mill"
OTHER = Person(id="0193-other", name="Plum Anvil", role="manager")


@pytest.fixture
def folder(desk):
    desk.mother()
    desk.close()
    return desk.vault.folder


def snapshot(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def unlock(folder, passphrase=PASSPHRASE):
    return open_vault(folder, slots(folder)[0].id, passphrase)


def test_a_vault_opens_with_its_pass_phrase_and_knows_who_is_at_work(folder):
    vault = unlock(folder)
    assert vault.person == WORKER
    assert vault.identity() == b"secret keys"
    assert Store(vault).record(vault.folder.name) is None
    vault.close()


def test_a_pass_phrase_is_the_same_however_its_accents_are_composed(tmp_path):
    composed, decomposed = "café under the bridge", "cafe\u0301 under the bridge"
    create_vault(tmp_path / "v", WORKER, composed, device_id=bytes(32), identity=b"", profile=CHEAPEST)[0].close()
    unlock(tmp_path / "v", decomposed).close()


def test_a_wrong_pass_phrase_changes_nothing_but_the_note_of_its_time(folder):
    before = snapshot(folder)
    with pytest.raises(WrongPassphrase):
        unlock(folder, "wrong " + PASSPHRASE)
    after = snapshot(folder)
    assert b"failed" in after.pop("attempts.json")
    assert after == before


def wrong_at(folder, moment):
    with pytest.raises(WrongPassphrase):
        open_vault(folder, slots(folder)[0].id, "wrong", clock=lambda: moment)


def test_of_people_with_the_same_initials_each_comes_in_and_only_a_try_that_fails_for_all_counts(desk):
    namesake = Person(id="p2", name="Plum Anvil", role="manager")
    desk.vault.add_person(namesake, NEW, CHEAPEST)
    desk.close()
    folder = desk.vault.folder
    both = [slot.id for slot in slots_of(folder, "PA")] + [slot.id for slot in slots(folder) if slot.label == "PA 2"]
    both = list(dict.fromkeys(both))
    assert len(both) == 2
    vault = open_one_of(folder, both, NEW, name="plum anvil")
    assert vault.person == namesake
    vault.close()
    with pytest.raises(UnknownSlot):
        open_one_of(folder, both, NEW, name="Puce Anchor")
    assert not (folder / "attempts.json").exists()
    with pytest.raises(WrongPassphrase):
        open_one_of(folder, both, "neither of the two", name="Plum Anvil")
    assert len(failed_attempts(folder / "attempts.json")) == 1
    open_one_of(folder, both, PASSPHRASE, name="Puce Anchor").close()


@pytest.mark.parametrize(
    "planted",
    [
        *(f'{{"failed": ["{at}"]}}' for at in ("9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+00:00", "2999-01-01")),
        '{"failed": "2026"}', '{"failed": {"a": 1}}', '{"failed": [["2026-01-01"]]}', "[" * 100_000, " " * (2 << 20),
    ],
    ids=lambda text: text[:40],
)  # fmt: skip
def test_whatever_somebody_puts_into_the_file_of_attempts_nobody_is_locked_out(folder, planted):
    (folder / "attempts.json").write_text(planted)
    with pytest.raises(WrongPassphrase):
        open_vault(folder, slots(folder)[0].id, "not the right one")
    vault = open_vault(folder, slots(folder)[0].id, PASSPHRASE)
    told = [datetime.fromisoformat(at) for at in vault.failed_attempts()]
    assert [at.astimezone(timezone(timedelta(hours=hours))) == at for at in told for hours in (-14, 14)].count(
        True
    ) >= 2
    vault.close()


def test_waiting_is_told_in_the_singular_where_it_is_one_second(folder):
    now = datetime.now(UTC)
    for _ in range(3):
        note_failure(folder / "attempts.json", now)
    with pytest.raises(TooManyAttempts, match="Wait 1 second and"):
        refuse_haste(folder / "attempts.json", now.replace(microsecond=0) + timedelta(seconds=1.5))
    with pytest.raises(TooManyAttempts, match="Wait 2 seconds and"):
        refuse_haste(folder / "attempts.json", now.replace(microsecond=0) + timedelta(seconds=0.5))


def test_many_wrong_pass_phrases_make_one_wait_longer_and_longer(folder):
    start = datetime(2026, 11, 20, tzinfo=UTC)
    for seconds in (0, 0, 0, 3, 8, 17):
        wrong_at(folder, start + timedelta(seconds=seconds))
    with pytest.raises(TooManyAttempts, match="6 wrong"):
        open_vault(folder, slots(folder)[0].id, PASSPHRASE, clock=lambda: start + timedelta(seconds=27))
    open_vault(folder, slots(folder)[0].id, PASSPHRASE, clock=lambda: start + timedelta(seconds=34)).close()


def test_a_clock_that_was_set_back_locks_nobody_out(folder):
    for seconds in (0, 9, 18):
        wrong_at(folder, datetime(2036, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
    unlock(folder).close()


def test_an_open_vault_is_refused_to_others_with_the_name_of_the_computer(folder):
    vault = unlock(folder)
    with pytest.raises(VaultInUse, match="process"):
        unlock(folder)
    vault.close()
    unlock(folder).close()


def test_a_vault_whose_program_was_killed_opens_again_and_says_that_it_was(folder):
    script = (
        "import os, signal, sys; from pathlib import Path; from tac_desktop.storage import open_vault, slots\n"
        "folder = Path(sys.argv[1]); open_vault(folder, slots(folder)[0].id, sys.argv[2])\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, folder, PASSPHRASE], check=False)
    vault = unlock(folder)
    assert vault.after_crash
    vault.close()
    vault = unlock(folder)
    assert not vault.after_crash
    vault.close()


@pytest.mark.skipif(os.name != "posix", reason="no limit of file sizes")
def test_a_lock_that_cannot_be_written_is_a_trouble_with_a_sentence(folder):
    program = (
        "import resource, sys; from pathlib import Path; from tac_desktop.errors import CannotWrite\n"
        "from tac_desktop.storage.folder_lock import FolderLock\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "try:\n    FolderLock(Path(sys.argv[1]))\nexcept CannotWrite:\n    print('told')"
    )
    done = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("told\n", "")


def test_a_locked_vault_gives_no_connection_and_closing_twice_is_harmless(folder):
    vault = unlock(folder)
    vault.close()
    vault.close()
    assert not vault.is_open
    with pytest.raises(VaultLocked):
        vault.connect()


def test_the_recovery_code_gives_a_person_a_new_pass_phrase(desk):
    desk.close()
    folder, typed = desk.vault.folder, desk.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    vault = recover(folder, typed, slots(folder)[0].id, NEW, profile=CHEAPEST)
    assert vault.person == WORKER
    vault.close()
    with pytest.raises(WrongPassphrase):
        unlock(folder)
    slot = slots_of(folder, "Puce Anchor")[0]
    open_vault(folder, slot.id, NEW).close()


def test_a_seal_key_is_the_persons_own_and_comes_back_with_her_pass_phrase(desk):
    folder, own = desk.vault.folder, (desk.vault.seal_key, desk.vault.seal_seed())
    other = desk.vault.add_person(OTHER, NEW, CHEAPEST)
    assert desk.vault.seal_keys().keys() == {WORKER.id, OTHER.id}
    desk.close()
    with pytest.raises(NoSealKey):
        desk.vault.seal_seed()
    vault = unlock(folder)
    assert (vault.seal_key, vault.seal_seed()) == own
    vault.close()
    vault = open_vault(folder, other, NEW)
    assert vault.seal_key == vault.seal_keys()[OTHER.id]
    assert vault.seal_key != own[0]
    vault.close()


def test_a_seed_lies_in_the_vault_only_under_the_key_of_a_pass_phrase(desk):
    wrapped = wraps_of(desk.vault)[WORKER.id]
    assert len(wrapped) == 60
    assert desk.vault.seal_seed() not in wrapped


def test_a_changed_pass_phrase_keeps_the_seal_key_and_the_old_one_opens_it_no_more(desk):
    folder, own, old_keys = desk.vault.folder, desk.vault.seal_seed(), (desk.vault.folder / KEYS).read_bytes()
    desk.vault.change_passphrase(slots(folder)[0].id, PASSPHRASE, NEW, CHEAPEST)
    assert len(wraps_of(desk.vault)[WORKER.id]) == 60
    desk.close()
    vault = unlock(folder, NEW)
    assert vault.seal_seed() == own
    vault.close()
    (folder / KEYS).write_bytes(old_keys)
    vault = unlock(folder)
    assert vault.seal_seed() != own
    vault.close()


@pytest.mark.parametrize("counts", [PASSPHRASE, NEW])
def test_a_power_cut_while_the_pass_phrase_changes_loses_no_seal_key(desk, counts):
    folder, own, old_keys = desk.vault.folder, desk.vault.seal_seed(), (desk.vault.folder / KEYS).read_bytes()
    before = wraps_of(desk.vault)[WORKER.id]
    desk.vault.change_passphrase(slots(folder)[0].id, PASSPHRASE, NEW, CHEAPEST)
    connection = desk.vault.connect()  # as it is between the two files
    connection.execute("UPDATE seal_key SET wrapped = CAST(? || wrapped AS BLOB)", (before,))
    connection.close()
    desk.close()
    if counts == PASSPHRASE:
        (folder / KEYS).write_bytes(old_keys)
    vault = unlock(folder, counts)
    assert vault.seal_seed() == own
    assert len(wraps_of(vault)[WORKER.id]) == 60
    vault.close()


def test_who_comes_in_by_the_recovery_code_gets_a_new_seal_key(desk):
    own = desk.vault.seal_key
    desk.close()
    folder = desk.vault.folder
    entrance = next(slot for slot in slots(folder) if slot.kind == "recovery")
    vault = open_vault(folder, entrance.id, desk.code)
    with pytest.raises(NoSealKey, match="Nothing was changed"):
        _ = vault.seal_key
    vault.close()
    vault = recover(folder, desk.code, slots(folder)[0].id, NEW, profile=CHEAPEST)
    new = vault.seal_key
    assert new != own
    vault.close()
    vault = unlock(folder, NEW)
    assert vault.seal_key == new
    vault.close()


def wraps_of(vault):
    connection = vault.connect()
    found = dict(connection.execute("SELECT person, wrapped FROM seal_key"))
    connection.close()
    return found


def test_a_wrong_recovery_code_is_told_as_such(folder):
    wrong = "-".join(["ABCD"] * 8)
    with pytest.raises(WrongRecoveryCode):
        recover(folder, wrong, slots(folder)[0].id, NEW, profile=CHEAPEST)
    with pytest.raises(UnknownSlot):
        recover(folder, wrong, "nobody", NEW, profile=CHEAPEST)


def test_people_are_added_change_their_pass_phrase_and_are_removed(desk):
    folder = desk.vault.folder
    slot = desk.vault.add_person(OTHER, NEW, CHEAPEST)
    assert [s.label for s in slots(folder)] == ["PA", "Recovery code", "PA 2"]
    assert {s.id for s in slots_of(folder, "Plum Anvil")} == {slots(folder)[0].id, slot}
    desk.vault.change_passphrase(slot, NEW, PASSPHRASE, CHEAPEST)
    desk.close()
    slot = slots(folder)[-1].id
    vault = open_vault(folder, slot, PASSPHRASE)
    assert vault.person == OTHER
    vault.remove_slot(slot)
    with pytest.raises(LastSlot):
        vault.remove_slot(slots(folder)[0].id)
    assert vault.people() == [WORKER, OTHER]
    vault.close()
    with pytest.raises(UnknownSlot):
        open_vault(folder, slot, PASSPHRASE)


@pytest.mark.parametrize("name", ["", "  ", "Plum\nAnvil", "P" * 201])
def test_nobody_is_added_under_a_name_that_no_card_could_show(desk, name):
    before = snapshot(desk.vault.folder)
    with pytest.raises(NameRefused):
        desk.vault.add_person(Person(id="p2", name=name, role="manager"), NEW, CHEAPEST)
    assert snapshot(desk.vault.folder) == before
    assert desk.vault.people() == [WORKER]


def test_a_wrong_old_pass_phrase_changes_nothing(desk):
    before = snapshot(desk.vault.folder)
    with pytest.raises(WrongPassphrase):
        desk.vault.change_passphrase(slots(desk.vault.folder)[0].id, "wrong", NEW, CHEAPEST)
    assert snapshot(desk.vault.folder) == before


def test_a_short_pass_phrase_makes_no_vault(tmp_path):
    with pytest.raises(PassphraseTooShort):
        create_vault(tmp_path / "v", WORKER, "short", device_id=bytes(32), identity=b"", profile=CHEAPEST)
    assert not (tmp_path / "v").exists()


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("keep me")
    with pytest.raises(FolderNotEmpty):
        create_vault(tmp_path, WORKER, PASSPHRASE, device_id=bytes(32), identity=b"", profile=CHEAPEST)
    assert snapshot(tmp_path) == {"letter.txt": b"keep me"}


def test_a_vault_that_cannot_be_made_leaves_no_file(tmp_path):
    (tmp_path / "v").mkdir()
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CannotWrite):
        create_vault(tmp_path / "file" / "v", WORKER, PASSPHRASE, device_id=bytes(32), identity=b"", profile=CHEAPEST)
    with pytest.raises(Exception, match=r"binding|type"):  # no database can hold it; by then the database is made
        create_vault(tmp_path / "v", WORKER, PASSPHRASE, device_id=bytes(32), identity=object(), profile=CHEAPEST)
    assert list((tmp_path / "v").iterdir()) == []


def test_a_folder_without_a_vault_says_so(tmp_path):
    with pytest.raises(VaultMissing):
        slots(tmp_path / "nowhere")
    with pytest.raises(VaultMissing):
        open_vault(tmp_path, "x", PASSPHRASE)


def test_a_vault_without_its_key_file_says_so_and_is_not_touched(folder):
    (folder / "keys.json").unlink()
    before = snapshot(folder)
    with pytest.raises(KeysDamaged):
        slots(folder)
    assert snapshot(folder) == before


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"null", b"\xff", b'{"format": "tac-keys-1"}', b"[" * 100_000])
def test_a_key_file_that_is_none_is_refused(folder, content):
    (folder / "keys.json").write_bytes(content)
    with pytest.raises(KeysDamaged):
        slots(folder)


def plain_database(path):
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (x)")
    connection.close()


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-4096]),
        lambda path: path.write_bytes(bytes(8192)),
        plain_database,
    ],
    ids=["missing", "empty", "truncated", "zeroed", "in clear"],
)
def test_a_database_that_is_not_the_vaults_is_refused_and_not_touched(folder, damage):
    damage(folder / "data.db")
    before = snapshot(folder)
    with pytest.raises(VaultDamaged):
        unlock(folder)
    assert snapshot(folder) == before


def test_the_database_of_another_vault_is_refused(folder, make_desk):
    other = make_desk()
    other.close()
    shutil.copyfile(other.vault.folder / "data.db", folder / "data.db")
    with pytest.raises(VaultDamaged):
        unlock(folder)


def test_a_vault_that_a_newer_program_has_changed_is_refused(desk):
    desk.store._ledger.connection.execute("PRAGMA user_version = 99")
    desk.close()
    with pytest.raises(NewerVault):
        unlock(desk.vault.folder)


def test_a_key_file_without_a_person_is_damaged(folder):
    keys = json.loads((folder / "keys.json").read_bytes())
    keys["slots"] = [slot for slot in keys["slots"] if slot["kind"] == "recovery"]
    (folder / "keys.json").write_text(json.dumps(keys), "utf-8")
    with pytest.raises(KeysDamaged):
        slots(folder)


def test_the_key_file_of_a_newer_program_is_refused(folder):
    text = (folder / "keys.json").read_text()
    (folder / "keys.json").write_text(text.replace("tac-keys-2", "tac-keys-3"))
    with pytest.raises(NewerVault):
        slots(folder)
