"""SQLCipher hands out a damaged last page of a long text as zeros and says nothing: we notice, whatever is read."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tac_desktop.casework.journal import Change
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import VaultDamaged
from tac_desktop.storage import CHEAPEST, Draft, Drafts, Store, Vault, backup, create_vault, open_vault

PAGE = 4096
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
CASE, CONTACT = case_file_id("EP-1"), case_file_id("a contact")
PASSPHRASE = "teal lantern under four bridges"
LONG = "She waited for the letter. " * 1000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A vault with one long text in its records and one in its drafts."""
    person = Person(id="0193-worker", name="Puce Anchor", role="worker", prison="EP")
    folder = tmp_path / "vault"
    vault, _ = create_vault(folder, person, PASSPHRASE, device_id=bytes(32), identity=b"", profile=CHEAPEST)
    store, drafts = Store(vault), Drafts(vault)
    store.save([a_contact()], author=person.id, now=NOW)
    drafts.write(person.id, Draft(case_file=CASE, form="contact", record_id="new", json=LONG, at="2026-11-20T09:30"))
    drafts.close()
    store.close()
    vault.close()
    return folder


def a_contact() -> Change:
    return Change(
        record_id=CONTACT, form="contact", version=1, stream=CASE, known_on="2026-11-20",
        values={"at": "2026-11-20T09:00", "summary": LONG},
    )  # fmt: skip


def damaged(file: Path) -> Iterator[int]:
    """Damage each of the last pages in its turn, where the long text lies, and yield its number."""
    sound = file.read_bytes()
    pages = len(sound) // PAGE
    for page in range(max(1, pages - 40), pages):
        content = bytearray(sound)
        content[page * PAGE + 100] ^= 1
        file.write_bytes(content)
        yield page
    file.write_bytes(sound)


def unlocked(folder: Path) -> Vault:
    from tac_desktop.storage import slots

    return open_vault(folder, slots(folder)[0].id, PASSPHRASE)


def test_no_damaged_page_makes_a_record_say_something_else(folder: Path):
    noticed = 0
    for _ in damaged(folder / "data.db"):
        vault = unlocked_or_none(folder)
        if vault is None:
            noticed += 1
            continue
        try:
            store = Store(vault)
            try:
                record = store.record(CONTACT)
                assert record is not None
                assert record.text("summary") == LONG
            finally:
                store.close()
        except VaultDamaged:
            noticed += 1
        finally:
            vault.close()
    assert noticed > 5


def unlocked_or_none(folder: Path) -> Vault | None:
    try:
        return unlocked(folder)
    except VaultDamaged:
        return None


def test_no_damaged_page_makes_a_draft_say_something_else(folder: Path):
    vault, noticed = unlocked(folder), 0
    for _ in damaged(folder / "drafts.db"):
        try:
            drafts = Drafts(vault)
            try:
                assert [draft.json for draft in drafts.all_of("0193-worker")] == [LONG]
            finally:
                drafts.close()
        except VaultDamaged:
            noticed += 1
    vault.close()
    assert noticed > 5


def test_no_damaged_page_makes_a_backup_say_something_else(folder: Path, tmp_path: Path):
    vault, noticed = unlocked(folder), 0
    for page in damaged(folder / "data.db"):
        try:
            for _ in backup(vault, tmp_path, f"backup-{page}"):
                pass
        except VaultDamaged:
            noticed += 1
            continue
        copy = vault.connect_to(tmp_path / f"backup-{page}" / "data.db")
        assert copy.execute("SELECT summary FROM form_contact").fetchall() == [(LONG,)]
        assert LONG in copy.execute("SELECT payload FROM content ORDER BY j DESC").fetchone()[0]
        copy.close()
    vault.close()
    assert noticed > 5
