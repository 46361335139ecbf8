"""Lets one program at a time open a vault: a lock of the operating system, which ends with the process.

The file also names the computer and since when, for the sentence that the other person reads; never who it is. A name
that is still there although nobody holds the lock tells that the program ended without closing the vault.
"""

import os
import platform
import re
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from tac_desktop.casework.typed_dates import moment_in_words
from tac_desktop.errors import VaultInUse
from tac_desktop.storage.durable import trouble_of

LOCK_FILE = "vault.lock"
_HOLDER = re.compile(r"(?P<computer>[^\n]+) \(process (?P<process>\d+)\)(?:, since (?P<since>[-+:.T\d]{16,32}))?")
_LOCKED_BYTE = 1 << 30  # Windows makes a locked range unreadable: lock far behind the text


class FolderLock:
    """The lock of one vault folder, held until `release`.

    Raises:
        VaultInUse: someone holds it; the text names the computer.
        CannotWrite, DiskFull: the folder refuses.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._file: BinaryIO = open(folder / LOCK_FILE, "a+b", buffering=0, opener=_itself)  # noqa: SIM115 - held
        except OSError as error:
            raise trouble_of(error) from None
        if not _try_lock(self._file):
            holder = self._text()
            self._file.close()
            raise VaultInUse(_sentence(holder))
        self.after_crash = bool(self._text())
        """Whether the last holder ended without releasing the lock."""
        try:
            self._write(_holder(datetime.now(UTC)))
        except OSError as error:
            self._file.close()
            raise trouble_of(error) from None

    def release(self) -> None:
        """Give the vault free. Safe to call twice, and where the medium is gone: the lock ends with the file."""
        if not self._file.closed:
            with suppress(OSError):
                self._write("")
            with suppress(OSError):
                self._file.close()

    def _text(self) -> str:
        self._file.seek(0)
        return self._file.read(200).decode("utf-8", "replace").strip()

    def _write(self, text: str) -> None:
        self._file.truncate(0)
        self._file.write(text.encode())


def _itself(path: str, flags: int) -> int:
    """Open a file that is none but this: what a link leads to would be emptied."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def _holder(now: datetime) -> str:
    return f"{platform.node() or 'a computer'} (process {os.getpid()}), since {now.isoformat(timespec='seconds')}"


def _sentence(holder: str) -> str:
    found = _HOLDER.fullmatch(holder)
    if found is None:
        return VaultInUse.text
    here = found["computer"] == platform.node()
    where = "this computer, in another window" if here else found["computer"]
    opened = _opened(found["since"] or "")
    return (
        f"This vault is already open on {where} (process {found['process']}).{opened} Nothing was changed. "
        "Close it or lock it there first."
    )


def _opened(since: str) -> str:
    try:
        moment = datetime.fromisoformat(since).astimezone()
    except (ValueError, OverflowError):
        return ""
    return f" It was opened there on {moment_in_words(moment.isoformat(timespec='minutes')[:16])}."


if os.name == "nt":
    import msvcrt

    def _try_lock(file: BinaryIO) -> bool:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: BinaryIO) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
