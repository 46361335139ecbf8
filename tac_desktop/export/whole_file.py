"""Files that leave the house: whole or not at all."""

import errno
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from tac_desktop.errors import CannotWrite, DiskFull, FolderNotEmpty, TacError


@contextmanager
def whole_file(path: Path) -> Generator[BinaryIO]:
    """Give a file to write that becomes `path` when the block ends well, and disappears when it does not.

    It is written beside as `.part`, flushed to the disk and renamed; an older file stays until then.

    Raises:
        DiskFull, CannotWrite: Nothing is left behind. A folder or a device is not replaced.
    """
    part = path.parent / (path.name + ".part")
    try:
        if not path.name or (path.exists() and not path.is_file()):
            raise CannotWrite
        try:
            with part.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
            _flush_folder(path.parent)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    except OSError as trouble:
        raise _named(trouble) from trouble


@contextmanager
def whole_folder(folder: Path) -> Generator[Path]:
    """Give a folder to fill that becomes `folder` when the block ends well, and disappears when it does not.

    Raises:
        FolderNotEmpty: There is something of that name.
        DiskFull, CannotWrite: Nothing is left behind.
    """
    if folder.exists():
        raise FolderNotEmpty
    part = folder.parent / (folder.name + ".part")
    try:
        try:
            part.mkdir()
            yield part
            for path in part.iterdir():
                with path.open("rb+") as file:
                    os.fsync(file.fileno())
            part.replace(folder)
            _flush_folder(folder.parent)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    except OSError as trouble:
        raise _named(trouble) from trouble


def _named(trouble: OSError) -> TacError:
    full = trouble.errno in (errno.ENOSPC, errno.EDQUOT) or getattr(trouble, "winerror", 0) == 112
    return DiskFull() if full else CannotWrite()


def _flush_folder(folder: Path) -> None:
    """Make the new name durable, where the system knows how."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
