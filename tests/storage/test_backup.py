from dataclasses import replace

import pytest

from tac_desktop.errors import (
    BackupDamaged,
    FolderNotEmpty,
    KeysDamaged,
    VaultDamaged,
    VaultInUse,
    VaultMissing,
    WrongPassphrase,
)
from tac_desktop.storage import BundleNote, Drafts, Store, backup, open_vault, restore, slots
from tests.storage.conftest import PASSPHRASE


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
    assert not [finding for step in store.check() for finding in step.findings]
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
