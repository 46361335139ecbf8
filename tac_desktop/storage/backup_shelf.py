"""The backups of one vault in a folder: named, found again by the key file in each, and removed.

Several vaults may share a folder. What half of a copy was left there by a crash or a stick that was pulled out is swept
away the next time.
"""

import re
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from tac_desktop.errors import CannotWrite, KeysDamaged, NewerVault
from tac_desktop.storage.backup import PART, SEAL, mark_of
from tac_desktop.storage.binding import SMALLEST_FILE
from tac_desktop.storage.durable import trouble_of, write_durably
from tac_desktop.storage.key_file import KeyFile, read_keys
from tac_desktop.storage.vault import DATA, KEYS

_NAME: Final = re.compile(r"tac-(\d{4}-\d\d-\d\d-\d{6})(?:-([a-z_]+))?(?:-\d+)?")
_TIME: Final = "%Y-%m-%d-%H%M%S"
_COLD_SECONDS: Final = 3600
SIGN: Final = "tac-backups.txt"
"""The file by which a place that was chosen for backups is known again: a folder where a stick is not plugged in, or
where another one is, does not have it."""
_SIGN_WORDS: Final = (
    "TaC Desktop keeps backups of a vault in this folder. They are encrypted. Leave this file here: without it the\n"
    "program takes the folder for another one, and keeps its backups in the vault's own folder instead.\n"
)


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A backup that lies in a folder."""

    path: Path
    made: datetime
    """By the clock on the wall, without a zone: as its name tells; of another name, when it was sealed."""
    reason: str = ""
    """For what the program made it ('daily', 'import'); '' for one that a person made, which the program lets lie."""
    size: int = 0
    """In bytes."""
    is_whole: bool = True
    """Whether all that belongs to it is there; `refuse_damaged` reads it to its end."""


def name_for(folder: Path, at: datetime, reason: str) -> str:
    """Return a name that is free, and tells when and for what a backup was made."""
    stem = f"tac-{at:{_TIME}}" + (f"-{reason}" if reason else "")
    name, number = stem, 2
    while (folder / name).exists():
        name, number = f"{stem}-{number}", number + 1
    return name


def backups_in(folder: Path, vault_id: str) -> list[Backup]:
    """Return the backups of a vault in a folder, the latest first; none where the folder is not there.

    Args:
        folder: Where they lie.
        vault_id: The vault, as its key file names it; '' for those of any vault.
    """
    try:
        inside = [path for path in folder.iterdir() if path.suffix != PART and path.is_dir()]
        found = [_backup(path) for path in inside if _is_of(path, vault_id)]
    except OSError:
        return []  # not connected, or not to be read: there are none that could be used
    return sorted(found, key=lambda one: (one.made, one.path.name), reverse=True)


def backup_at(path: Path) -> Backup | None:
    """Return the backup that a folder is; None if it is none."""
    try:
        return _backup(path) if (path / SEAL).exists() and (path / KEYS).exists() else None
    except OSError:
        return None


def _is_of(path: Path, vault_id: str) -> bool:
    try:
        return (path / SEAL).exists() and vault_id in ("", read_keys(path / KEYS).vault_id)
    except (KeysDamaged, NewerVault, CannotWrite):
        return False


def _backup(path: Path) -> Backup:
    named = _NAME.fullmatch(path.name)
    made = datetime.fromtimestamp((path / SEAL).stat().st_mtime)  # noqa: DTZ006 - the clock on the wall
    reason = ""
    if named:
        with suppress(ValueError):
            made = datetime.strptime(named[1], _TIME)  # noqa: DTZ007 - as above
            reason = named[2] or ""
    size = (path / DATA).stat().st_size if (path / DATA).exists() else 0
    return Backup(
        path=path, made=made, reason=reason, size=size, is_whole=size >= SMALLEST_FILE and size % SMALLEST_FILE == 0
    )


def remove(backup: Backup) -> None:
    """Remove a backup; half of one is never taken for a whole one.

    Raises:
        CannotWrite: it could not be removed, or not all of it; what is left is swept away later.
    """
    leaving = backup.path
    with suppress(KeysDamaged, NewerVault):  # without its key file nobody takes what is left of it for a backup
        mark = mark_of(read_keys(backup.path / KEYS))
        leaving = backup.path.with_name(f"{backup.path.name}.{mark}{PART}")
    try:
        backup.path.replace(leaving)
        shutil.rmtree(leaving)
    except OSError as error:
        raise trouble_of(error) from None


def sweep(folder: Path, keys: KeyFile) -> None:
    """Sweep away what is left of copies of a vault that were never finished, or not wholly removed.

    What was touched within the hour stays: another job may be filling it just now.
    """
    for left in folder.glob(f"*.{mark_of(keys)}{PART}"):
        with suppress(OSError):
            touched = max(path.stat().st_mtime for path in (left, *left.iterdir()))
            if time.time() - touched > _COLD_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def put_sign(folder: Path) -> None:
    """Make a folder known as a place for backups, durably.

    Raises:
        DiskFull, CannotWrite: it cannot be one.
    """
    write_durably(folder / SIGN, _SIGN_WORDS.encode())


def has_sign(folder: Path) -> bool:
    """Say whether a folder is there and was chosen as a place for backups."""
    try:
        return (folder / SIGN).is_file()
    except OSError:
        return False
