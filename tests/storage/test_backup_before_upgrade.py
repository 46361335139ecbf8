"""A newer program makes a backup of a vault before it changes its tables, or does not open it."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tac_desktop.actions.restore_drill import rehearse
from tac_desktop.errors import CannotWrite, DiskFull
from tac_desktop.storage import Store, open_vault, slots
from tac_desktop.storage.backup_shelf import backups_in
from tests.actions.between_vaults import result_of
from tests.actions.disks import small_disk

VAULT = Path(__file__).resolve().parents[1] / "reference" / "vault"
SECRETS = json.loads((VAULT / "secrets.json").read_text())
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def opened(folder: Path):
    return open_vault(folder, slots(folder)[0].id, SECRETS["passphrase"])


@pytest.fixture
def older(tmp_path):
    """A vault whose tables are those of an older program."""
    return Path(shutil.copytree(VAULT, tmp_path / "vault"))


def test_the_backup_is_made_once_and_gives_the_vault_back_as_it_was(older):
    for _ in range(2):
        vault = opened(older)
        (backup,) = backups_in(older / "backups", vault.key_file().vault_id)
        assert backup.reason == "upgrade"
        vault.close()
    vault = opened(older)
    store = Store(vault)
    found = result_of(rehearse(vault, store, backup, now=NOW))
    assert found.is_sound
    assert found.there.entries == found.here.entries > 0
    store.close()
    vault.close()


def test_a_vault_of_this_program_needs_none(desk):
    folder = desk.vault.folder
    desk.close()
    desk.vault = open_vault(folder, slots(folder)[0].id, "teal lantern under four bridges")
    desk.store = Store(desk.vault)
    assert list((folder / "backups").iterdir()) == []


def test_without_a_backup_the_vault_is_not_changed_and_not_opened(older, tmp_path):
    before = (older / "data.db").read_bytes()
    shutil.rmtree(older / "backups", ignore_errors=True)
    (older / "backups").write_bytes(b"a file in its place")
    with pytest.raises(CannotWrite, match="makes a backup of the vault before it opens it for the first time"):
        opened(older)
    assert (older / "data.db").read_bytes() == before
    (older / "backups").unlink()
    with small_disk(tmp_path / "small", len(before) + 200_000) as small:
        shutil.copytree(older, small / "vault")
        with pytest.raises(DiskFull, match="no room"):
            opened(small / "vault")
        assert (small / "vault" / "data.db").read_bytes() == before
    opened(older).close()
