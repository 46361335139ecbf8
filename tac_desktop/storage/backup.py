"""Backups: a verified, encrypted copy of a vault with its key file, and the way back from one.

A backup is a folder with keys.json and data.db, under the same keys as the vault; drafts are not part of it.
"""

import hashlib
import shutil
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tac_desktop.errors import BackupDamaged, FolderNotEmpty, KeysDamaged, VaultDamaged, VaultMissing
from tac_desktop.storage.binding import refuse_misread, transaction, troubles
from tac_desktop.storage.bundle_notes import mark_as_copy
from tac_desktop.storage.durable import flush_file, flush_folder, trouble_of
from tac_desktop.storage.key_file import from_json, to_json
from tac_desktop.storage.vault import BACKUPS, DATA, KEYS, Vault

SEAL = "backup.sha256"
"""The file that says, in the way of `sha256sum`, which bytes the other two must have."""
_PIECE = 1 << 20


class Progress(NamedTuple):
    """How far a backup or restore is."""

    done: int
    total: int


def backup(vault: Vault, to: Path, name: str) -> Generator[Progress, None, Path]:
    """Make `to`/`name`, a copy that was opened and checked; yield the progress and return its path.

    The copy is made in a folder of another name, which gets its own name when all is well. Closing the generator
    sweeps it away.

    Args:
        vault: an open vault; it may go on being used.
        to: the folder in which the backup is to lie; made if need be.
        name: the backup's own name, which must be free.

    Raises:
        FolderNotEmpty: there is something of that name.
        BackupDamaged: the copy did not pass its check, so it was not kept.
        VaultDamaged, KeysDamaged, DiskFull, CannotWrite: no backup is left behind.
    """
    target, part, made = to / name, to / f"{name}.part", not to.exists()
    if target.exists():
        raise FolderNotEmpty("There is a backup of that name already, so none was made. Choose another name.")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield Progress(0, 4)
        yield from _copy(vault, part)
        _seal(part)
        yield Progress(3, 4)
        part.replace(target)
        flush_folder(to)
    except OSError as error:
        raise trouble_of(error) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if made:
            with suppress(OSError):  # it stays where the backup lies in it
                to.rmdir()
    yield Progress(4, 4)
    return target


def _copy(vault: Vault, part: Path) -> Iterator[Progress]:
    keys = vault.key_file()
    connection = vault.connect()
    try:
        with troubles():
            connection.execute("VACUUM INTO ?", (str(part / DATA),))
            refuse_misread(connection)
    finally:
        connection.close()
    _mark(vault, part / DATA)
    flush_file(part / DATA)
    yield Progress(1, 4)
    _check_pages(vault, part / DATA)
    (part / KEYS).write_bytes(to_json(keys))
    flush_file(part / KEYS)
    yield Progress(2, 4)


def _mark(vault: Vault, path: Path) -> None:
    """Let the copy know what it is: restored, it tells others what it holds, for it may hold less than they believe."""
    copy = vault.connect_to(path)
    try:
        copy.execute("PRAGMA journal_mode=DELETE")  # no other file stays beside it
        with transaction(copy):
            mark_as_copy(copy)
    finally:
        copy.close()


def _check_pages(vault: Vault, path: Path) -> None:
    try:
        copy = vault.connect_to(path)
    except VaultDamaged:
        raise BackupDamaged from None
    try:
        with troubles():
            sound = copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            sealed = not copy.execute("PRAGMA cipher_integrity_check").fetchall()
        if not sound or not sealed:
            raise BackupDamaged
    except VaultDamaged:
        raise BackupDamaged from None
    finally:
        copy.close()


def restore(source: Path, to: Path) -> Iterator[Progress]:
    """Make a vault of a backup, in an empty or new folder; yield the progress.

    Raises:
        VaultMissing: there is no backup.
        BackupDamaged: it does not have the bytes that it was sealed with.
        FolderNotEmpty, DiskFull, CannotWrite: nothing was changed.
    """
    if not (source / KEYS).exists() or not (source / DATA).exists():
        raise VaultMissing("There is no backup in this folder. Nothing was changed. Check the folder.")
    _refuse_damaged(source)
    made = not to.exists()
    if not made and (not to.is_dir() or any(to.iterdir())):
        raise FolderNotEmpty
    yield Progress(1, 3)
    try:
        to.mkdir(parents=True, exist_ok=True)
        for name in (DATA, KEYS):  # keys.json last: a folder without it is no vault
            shutil.copyfile(source / name, to / name)
            flush_file(to / name)
            yield Progress(2, 3)
        (to / BACKUPS).mkdir()
        flush_folder(to)
    except BaseException as error:
        _sweep(to, remove_folder=made)
        if isinstance(error, OSError):
            raise trouble_of(error) from None
        raise
    yield Progress(3, 3)


def _sweep(folder: Path, *, remove_folder: bool) -> None:
    for name in (DATA, KEYS):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / BACKUPS, ignore_errors=True)
    if remove_folder:
        shutil.rmtree(folder, ignore_errors=True)


def _seal(folder: Path) -> None:
    (folder / SEAL).write_text(_seal_text(folder), "ascii")
    flush_file(folder / SEAL)


def _seal_text(folder: Path) -> str:
    return "".join(f"{_sha256(folder / name)}  {name}\n" for name in (DATA, KEYS))


def _refuse_damaged(folder: Path) -> None:
    try:
        from_json((folder / KEYS).read_bytes())
        told = (folder / SEAL).read_text("ascii")
        if told != _seal_text(folder):
            raise BackupDamaged
    except KeysDamaged:
        raise BackupDamaged from None
    except (ValueError, FileNotFoundError):
        raise BackupDamaged from None
    except OSError as error:
        raise trouble_of(error) from None


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
