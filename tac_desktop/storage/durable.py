"""Writes small files whole or not at all, so that a power cut leaves the old one or the new one."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from tac_desktop.errors import CannotWrite, DiskFull, TacError


def write_durably(path: Path, content: bytes) -> None:
    """Replace `path` with `content`: written beside, flushed to the disk, then renamed.

    Raises:
        DiskFull, CannotWrite: nothing was changed and no file is left behind.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)  # what a power cut left; and nothing is written through a link
        with part.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        flush_folder(path.parent)
    except OSError as error:
        with suppress(OSError):  # the medium may be gone
            part.unlink(missing_ok=True)
        raise trouble_of(error) from None


def flush_file(path: Path) -> None:
    """Make the bytes of a file durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system knows how."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def trouble_of(error: OSError) -> TacError:
    """Return the trouble that an error of the file system is for the person."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT) or getattr(error, "winerror", 0) == 112
    return DiskFull() if full else CannotWrite()
