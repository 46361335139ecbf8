import threading
import time
from dataclasses import replace

import pytest

from tac_desktop.errors import (
    BackupDamaged,
    BackupPlaceUnusable,
    DiskFull,
    FolderNotEmpty,
    KeysDamaged,
    NoRoomForBackup,
    VaultDamaged,
    VaultInUse,
    VaultMissing,
    WrongPassphrase,
)
from tac_desktop.storage import BundleNote, Drafts, Store, backup, open_vault, restore, slots
from tac_desktop.storage.binding import transaction
from tests.actions.disks import small_disk
from tests.storage.conftest import NOW, PASSPHRASE


@pytest.fixture
def made(desk, tmp_path):
    desk.mother()
    desk.store.attach([b"a picture" * 1000])
    *_, last = backup(desk.vault, tmp_path / "stick", "2026-11-20")
    assert last.done == last.total
    return tmp_path / "stick" / "2026-11-20"


def test_a_backup_opens_with_the_same_pass_phrase_and_holds_everything(desk, made, tmp_path):
    list(restore(made, tmp_path / "back"))
    vault = open_vault(tmp_path / "back", slots(tmp_path / "back")[0].id, PASSPHRASE)
    store = Store(vault)
    assert store.records("mother") == desk.store.records("mother")
    assert not [finding for step in store.upkeep.check() for finding in step.findings]
    drafts = Drafts(vault)
    assert drafts.all_of("p") == []
    drafts.close()
    store.close()
    vault.close()
    with pytest.raises(WrongPassphrase):
        open_vault(tmp_path / "back", slots(tmp_path / "back")[0].id, "wrong")


def test_a_restored_vault_knows_that_others_may_believe_it_holds_more_until_it_has_told_them(desk, tmp_path):
    peer, other = b"p" * 32, b"o" * 32
    note = BundleNote(id="first", peer=peer, number=1, at="2026-11-20", sha256="")
    desk.store.exchange.note_sent(note, [])
    desk.store.exchange.note_acknowledged(peer, "first")
    assert not desk.store.exchange.was_restored_since(peer)
    list(backup(desk.vault, tmp_path, "copy"))
    assert not desk.store.exchange.was_restored_since(peer)
    list(restore(tmp_path / "copy", tmp_path / "back"))
    vault = open_vault(tmp_path / "back", slots(tmp_path / "back")[0].id, PASSPHRASE)
    store = Store(vault)
    assert store.exchange.was_restored_since(peer)
    assert store.exchange.was_restored_since(other)
    store.exchange.note_sent(replace(note, id="second", number=2), [])
    assert store.exchange.was_restored_since(peer)
    store.exchange.note_acknowledged(peer, "second")
    assert not store.exchange.was_restored_since(peer)
    store.close()
    vault.close()


def test_a_backup_is_made_while_the_vault_is_in_use_and_holds_no_name_in_clear(desk, made):
    with pytest.raises(VaultInUse):
        open_vault(desk.vault.folder, slots(desk.vault.folder)[0].id, PASSPHRASE)
    assert {path.name for path in made.iterdir()} == {"data.db", "keys.json", "backup.sha256"}
    assert not any(b"Ochre" in path.read_bytes() for path in made.iterdir())


@pytest.mark.parametrize("name", ["data.db", "keys.json", "backup.sha256"])
@pytest.mark.parametrize("damage", ["flipped", "missing"])
def test_a_damaged_backup_is_refused_and_leaves_no_folder(made, tmp_path, name, damage):
    path = made / name
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 4
    path.unlink()
    if damage == "flipped":
        path.write_bytes(raw)
    with pytest.raises((BackupDamaged, VaultMissing)):
        list(restore(made, tmp_path / "back"))
    assert not (tmp_path / "back").exists()


def test_a_stopped_backup_leaves_nothing(desk, tmp_path):
    desk.mother()
    steps = backup(desk.vault, tmp_path / "stick", "b")
    next(steps)
    next(steps)
    steps.close()
    assert not (tmp_path / "stick").exists()


def test_a_backup_that_fails_leaves_not_even_the_folder_that_was_made_for_it(desk, tmp_path):
    (desk.vault.folder / "keys.json").unlink()
    with pytest.raises(KeysDamaged):
        list(backup(desk.vault, tmp_path / "stick", "2026-11-20"))
    assert not (tmp_path / "stick").exists()


def test_neither_backup_nor_restore_overwrites_anything(desk, made, tmp_path):
    with pytest.raises(FolderNotEmpty):
        list(backup(desk.vault, tmp_path / "stick", "2026-11-20"))
    with pytest.raises(FolderNotEmpty):
        list(restore(made, desk.vault.folder))


def test_a_damaged_vault_makes_no_backup(desk, tmp_path):
    desk.mother()
    desk.store.close()
    path = desk.vault.folder / "data.db"
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 9000] = bytes(9000)
    path.write_bytes(raw)
    with pytest.raises((VaultDamaged, BackupDamaged)):
        list(backup(desk.vault, tmp_path / "stick", "b"))
    assert not (tmp_path / "stick").exists()


def opened(folder):
    vault = open_vault(folder, slots(folder)[0].id, PASSPHRASE)
    return vault, Store(vault)


def filled(desk, megabytes):
    desk.mother()
    for number in range(megabytes):
        desk.store.attach([bytes([number]) * 1_000_000])


def test_whoever_saves_while_a_backup_is_made_does_not_wait_for_it_and_the_copy_is_whole(desk, tmp_path):
    filled(desk, 3)
    waited, done, numbers = [], threading.Event(), []

    def save():
        store = Store(desk.vault)
        while not done.is_set():
            before = time.monotonic()
            numbers.append(len(numbers))
            store.save([desk.change("child", f"k{len(numbers)}", "EP-1", name="Fern Kite")], author="p", now=NOW)
            waited.append(time.monotonic() - before)
            time.sleep(0.15)
        store.close()

    writer = threading.Thread(target=save)
    writer.start()
    try:
        while not waited:
            time.sleep(0.01)
        began = time.monotonic()
        steps = list(backup(desk.vault, tmp_path / "stick", "b"))
        took = time.monotonic() - began
    finally:
        done.set()
        writer.join()
    assert len(steps) > 5
    assert max(waited) < max(5, took / 2)  # a copy in one go would make one of them wait from its beginning to its end
    list(restore(tmp_path / "stick" / "b", tmp_path / "back"))
    vault, store = opened(tmp_path / "back")
    assert not [finding for step in store.upkeep.check() for finding in step.findings]
    store.close()
    vault.close()


def test_a_backup_is_made_of_a_vault_into_which_somebody_writes_all_the_time(desk, tmp_path):
    filled(desk, 2)
    done = threading.Event()

    def write():
        connection = desk.vault.connect()
        while not done.is_set():
            with transaction(connection):
                connection.execute("INSERT OR REPLACE INTO meta VALUES ('busy', ?)", (time.monotonic(),))
            time.sleep(0.02)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        *_, last = backup(desk.vault, tmp_path / "stick", "b")
    finally:
        done.set()
        writer.join()
    assert last.done == last.total


def test_a_stop_is_heard_within_a_moment_whatever_is_being_done(desk, tmp_path):
    filled(desk, 15)
    for least in (1, 20, 61):
        steps = backup(desk.vault, tmp_path / "stick", "b")
        next(step for step in steps if step.done >= least)
        before = time.process_time()
        steps.close()
        assert time.process_time() - before < 2
        assert not (tmp_path / "stick").exists()


def test_a_damaged_page_that_is_not_in_use_does_not_keep_a_vault_from_its_backup(desk, tmp_path):
    desk.mother()
    connection = desk.vault.connect()
    connection.execute("CREATE TABLE gone (x BLOB)")
    connection.executemany("INSERT INTO gone VALUES (?)", [(bytes(3000),)] * 50)
    last = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute("DROP TABLE gone")
    free = connection.execute("PRAGMA freelist_count").fetchone()[0]
    connection.close()
    assert free > 20
    path = desk.vault.folder / "data.db"
    with path.open("rb+") as file:
        file.seek((last - 5) * 4096 + 100)
        file.write(b"torn by a power cut")
    *_, step = backup(desk.vault, tmp_path, "b")
    assert step.done == step.total
    list(restore(tmp_path / "b", tmp_path / "back"))
    vault, store = opened(tmp_path / "back")
    assert store.records("mother")[0].text("name") == "Ochre Kettle"
    store.close()
    vault.close()


def test_a_full_disk_takes_no_half_of_a_backup(desk, tmp_path):
    filled(desk, 6)
    with small_disk(tmp_path / "stick", 3_000_000) as stick:
        with pytest.raises(NoRoomForBackup, match="Your work is safe"):
            list(backup(desk.vault, stick, "b"))
        assert list(stick.iterdir()) == []
        (stick / "TaC").mkdir()
        with pytest.raises(NoRoomForBackup):
            list(backup(desk.vault, stick / "TaC", "b"))
        assert list((stick / "TaC").iterdir()) == []
    with small_disk(tmp_path / "small", 3_000_000) as small:
        list(backup(desk.vault, tmp_path, "b"))
        with pytest.raises(DiskFull, match="nothing was lost"):
            list(restore(tmp_path / "b", small / "back"))
        assert list(small.iterdir()) == []


def test_a_file_in_the_place_of_the_folder_is_told_as_a_place_that_cannot_be_written(desk, tmp_path):
    (tmp_path / "stick").write_bytes(b"")
    with pytest.raises(BackupPlaceUnusable, match="your work is safe"):
        list(backup(desk.vault, tmp_path / "stick" / "TaC", "b"))


def test_a_stopped_restore_takes_back_what_it_wrote(desk, tmp_path):
    filled(desk, 3)
    list(backup(desk.vault, tmp_path, "b"))
    for least in (1, 60, 90):
        steps = restore(tmp_path / "b", tmp_path / "back")
        next(step for step in steps if 100 * step.done / step.total >= least)
        steps.close()
        assert not (tmp_path / "back").exists()


def test_a_vault_knows_from_which_backup_it_was_brought_back_and_who_has_been_told(desk, tmp_path):
    assert desk.store.brought_back.made() is None
    list(backup(desk.vault, tmp_path, "first", at="2026-03-03T09:12:00+00:00"))
    assert desk.store.brought_back.made() is None
    list(restore(tmp_path / "first", tmp_path / "back"))
    vault, store = opened(tmp_path / "back")
    assert store.brought_back.made() == "2026-03-03T09:12:00+00:00"
    assert not store.brought_back.was_opened()
    store.brought_back.note_told("p")
    assert (store.brought_back.was_opened(), store.brought_back.told()) == (True, ("p",))
    list(backup(vault, tmp_path, "second", at="2026-04-04T10:00:00+00:00"))
    store.close()
    vault.close()
    list(restore(tmp_path / "second", tmp_path / "again"))
    vault, store = opened(tmp_path / "again")
    assert (store.brought_back.made(), store.brought_back.told()) == ("2026-04-04T10:00:00+00:00", ())
    store.close()
    vault.close()
