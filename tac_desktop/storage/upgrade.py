"""Brings the tables of a vault up to those of this program, after a backup of how they were."""

from datetime import datetime
from pathlib import Path

from tac_desktop.casework.people import Person
from tac_desktop.errors import CannotWrite, DiskFull
from tac_desktop.storage import schema
from tac_desktop.storage.backup import backup
from tac_desktop.storage.backup_shelf import name_for
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.folder_lock import FolderLock
from tac_desktop.storage.vault import BACKUPS, Vault

_PROGRAM = Person(id="program", name="TaC Desktop", role="admin")


def bring_up_to_date(connection: Connection, folder: Path, key: bytearray, lock: FolderLock, *, now: datetime) -> None:
    """Make or change the tables of a vault until they are those of this program.

    Where a step is to be taken, a backup is made before it, in the vault's own folder: the place that a person chose
    is not known before somebody is let in.

    Args:
        connection: To data.db.
        folder: The vault.
        key: Its data key.
        lock: Its lock, which is held.
        now: The time, with its zone.

    Raises:
        DiskFull, CannotWrite: no backup could be made, so nothing was changed.
        BackupDamaged, and what `schema.bring_up_to_date` raises.
    """
    if schema.is_behind(connection):
        _back_up(Vault(folder, bytearray(key), lock, _PROGRAM, device_id=b"", seal=None), now.astimezone())
    schema.bring_up_to_date(connection)


def opened_copy(vault: Vault, folder: Path) -> Vault:
    """Open a copy of an open vault in another folder, as a rehearsal brings one back; its tables become those of now.

    Raises:
        VaultDamaged: it has another key, or is damaged; NewerVault.
    """
    copy = vault.copy_at(folder)
    try:
        with copy.connection() as connection:
            schema.bring_up_to_date(connection)
    except BaseException:
        copy.close()
        raise
    return copy


def _back_up(vault: Vault, now: datetime) -> None:
    place = vault.folder / BACKUPS
    name = name_for(place, now.replace(tzinfo=None), "upgrade")
    first = "This newer program makes a backup of the vault before it opens it for the first time, and"
    try:
        for _ in backup(vault, place, name, at=now.isoformat(timespec="seconds")):
            pass
    except DiskFull:
        raise DiskFull(f"{first} there is no room for it. Nothing was changed. Free some space.") from None
    except CannotWrite:
        raise CannotWrite(f"{first} its folder cannot be written. Nothing was changed. Check the drive.") from None
