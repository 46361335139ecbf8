"""Backups: a verified, encrypted copy of a vault with its key file, and the way back from one.

A backup is a folder with keys.json and data.db, under the same keys as the vault; drafts are not part of it.
"""

import hashlib
import shutil
from collections.abc import Generator, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

from tac_desktop.errors import (
    BackupDamaged,
    BackupPlaceUnusable,
    CannotWrite,
    DiskFull,
    FolderNotEmpty,
    KeysDamaged,
    NoRoomForBackup,
    VaultDamaged,
    VaultMissing,
)
from tac_desktop.storage.binding import refuse_misread, transaction, troubles
from tac_desktop.storage.brought_back import mark_as_copy
from tac_desktop.storage.durable import flush_file, flush_folder, trouble_of
from tac_desktop.storage.findings import Progress
from tac_desktop.storage.key_file import KeyFile, from_json, to_json
from tac_desktop.storage.long_statements import Watch, followed
from tac_desktop.storage.page_copy import copy_pages
from tac_desktop.storage.vault import BACKUPS, DATA, KEYS, Vault

SEAL = "backup.sha256"
"""The file that says, in the way of `sha256sum`, which bytes the other two must have."""
PART = ".part"
_PIECE = 1 << 20
_COPIED, _CHECKED, _WHOLE = 60, 95, 100
"""How far a backup is when its pages are copied, when they are checked, and at its end, in per cent."""


def backup(vault: Vault, to: Path, name: str, *, at: str = "") -> Generator[Progress, None, Path]:
    """Make `to`/`name`, a copy that was opened and checked; yield the progress and return its path.

    The copy is made in a folder of another name, which gets its own name when all is well. Closing the generator
    sweeps it away.

    Args:
        vault: an open vault; it goes on being used, and whoever saves waits for a moment at most.
        to: the folder in which the backup is to lie; made if need be.
        name: the backup's own name, which must be free.
        at: the time (ISO), by which a vault that is brought back from it tells of when it is.

    Raises:
        FolderNotEmpty: there is something of that name.
        BackupDamaged: the copy did not pass its check, so it was not kept.
        VaultDamaged, KeysDamaged, NoRoomForBackup, BackupPlaceUnusable: no backup is left behind.
    """
    target, made = to / name, not to.exists()
    if target.exists():
        raise FolderNotEmpty("There is a backup of that name already, so none was made. Choose another name.")
    keys = vault.key_file()
    part = to / f"{name}.{mark_of(keys)}{PART}"
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield from _fill(vault, keys, part, at)
        part.replace(target)
        flush_folder(to)
    except (OSError, DiskFull, CannotWrite) as error:
        raise _trouble_with_place(error, vault) from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
        if made:
            with suppress(OSError):  # it stays where the backup lies in it
                to.rmdir()
    yield Progress(_WHOLE, _WHOLE)
    return target


def mark_of(keys: KeyFile) -> str:
    """Return by which letters half-made copies of a vault are known, in a folder that several vaults may share."""
    return keys.vault_id[:8]


def _trouble_with_place(error: Exception, vault: Vault) -> Exception:
    """Return what is told where a copy could not be written, or the vault not be read."""
    trouble = trouble_of(error) if isinstance(error, OSError) else error
    if isinstance(trouble, DiskFull):
        return NoRoomForBackup()
    return BackupPlaceUnusable() if (vault.folder / KEYS).exists() else trouble


def _fill(vault: Vault, keys: KeyFile, part: Path, at: str) -> Generator[Progress]:
    yield Progress(0, _WHOLE)
    for done, total in followed(partial(_copy, vault, part / DATA, at)):
        yield Progress(_COPIED * done // total, _WHOLE)
    for done, total in followed(partial(_check_pages, vault, part / DATA)):
        yield Progress(_COPIED + (_CHECKED - _COPIED) * done // total, _WHOLE)
    (part / KEYS).write_bytes(to_json(keys))
    flush_file(part / KEYS)
    for _ in _sealed(part):
        yield Progress(_CHECKED, _WHOLE)
    flush_folder(part)


def _copy(vault: Vault, path: Path, at: str, watch: Watch) -> None:
    copy_pages(vault.connect, path, partial(vault.connect_to, path, create=True), watch)
    copy = vault.connect_to(path)
    try:
        copy.execute("PRAGMA journal_mode=DELETE")  # no other file stays beside it
        with transaction(copy):
            mark_as_copy(copy, at)
    finally:
        copy.close()
    flush_file(path)


def _check_pages(vault: Vault, path: Path, watch: Watch) -> None:
    try:
        with watch.over(vault.connect_to(path)) as copy, troubles():
            sealed = not copy.execute("PRAGMA cipher_integrity_check").fetchall()
            watch.tell(1, 3)
            sound = copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            refuse_misread(copy)
        if not sound or not sealed:
            raise BackupDamaged
    except VaultDamaged:
        raise BackupDamaged from None


def restore(source: Path, to: Path) -> Iterator[Progress]:
    """Make a vault of a backup, in an empty or new folder; yield the progress in bytes read.

    Every byte of the backup is held against its seal before anything is written. Closing the iteration takes back what
    was written.

    Raises:
        VaultMissing: there is no backup.
        BackupDamaged: it does not have the bytes that it was sealed with.
        FolderNotEmpty, DiskFull, CannotWrite: nothing was changed.
    """
    if not (source / KEYS).exists() or not (source / DATA).exists():
        raise VaultMissing("There is no backup in this folder. Nothing was changed. Check the folder.")
    made = not to.exists()
    if not made and (not to.is_dir() or any(to.iterdir())):
        raise FolderNotEmpty
    total = 2 * sum(_size(source / name) for name in (DATA, KEYS))
    done = 0
    for read in refuse_damaged(source):
        done += read
        yield Progress(done, total)
    try:
        to.mkdir(parents=True, exist_ok=True)
        for name in (DATA, KEYS):  # keys.json last: a folder without it is no vault
            for read in _copy_file(source / name, to / name):
                done += read
                yield Progress(min(done, total - 1), total)
        (to / BACKUPS).mkdir()
        flush_folder(to)
    except BaseException as error:
        _sweep(to, remove_folder=made)
        if isinstance(error, OSError):
            raise trouble_of(error) from None
        raise
    yield Progress(total, total)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise trouble_of(error) from None


def _copy_file(source: Path, to: Path) -> Iterator[int]:
    with source.open("rb") as reader, to.open("xb") as writer:
        while piece := reader.read(_PIECE):
            writer.write(piece)
            yield len(piece)
    flush_file(to)


def _sweep(folder: Path, *, remove_folder: bool) -> None:
    for name in (DATA, KEYS):
        with suppress(OSError):
            (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / BACKUPS, ignore_errors=True)
    if remove_folder:
        shutil.rmtree(folder, ignore_errors=True)


def _sealed(folder: Path) -> Generator[int]:
    """Write down which bytes a backup has, yielding the bytes of each piece that was read for it."""
    text = yield from _seal_text(folder)
    (folder / SEAL).write_text(text, "ascii")
    flush_file(folder / SEAL)


def refuse_damaged(folder: Path) -> Generator[int]:
    """Read a backup to its end, yielding the bytes of each piece; BackupDamaged if it is not as it was sealed."""
    try:
        from_json((folder / KEYS).read_bytes())
        told = (folder / SEAL).read_text("ascii")
        if told != (yield from _seal_text(folder)):
            raise BackupDamaged
    except KeysDamaged:
        raise BackupDamaged from None
    except (ValueError, FileNotFoundError):
        raise BackupDamaged from None
    except OSError as error:
        raise trouble_of(error) from None


def _seal_text(folder: Path) -> Generator[int, None, str]:
    lines = ""
    for name in (DATA, KEYS):
        digest = hashlib.sha256()
        with (folder / name).open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                yield len(piece)
        lines += f"{digest.hexdigest()}  {name}\n"
    return lines
