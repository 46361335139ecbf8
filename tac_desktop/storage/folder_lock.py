"""Lets one program at a time open a vault: a lock of the operating system, which ends with the process.

The file also names the computer, for the sentence that the other person reads. A name that is still there although
nobody holds the lock tells that the program ended without closing the vault.
"""

import os
import platform
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from tac_desktop.errors import VaultInUse
from tac_desktop.storage.durable import trouble_of

LOCK_FILE = "vault.lock"
_LOCKED_BYTE = 1 << 30  # Windows makes a locked range unreadable: lock far behind the text


class FolderLock:
    """The lock of one vault folder, held until `release`.

    Raises:
        VaultInUse: someone holds it; the text names the computer.
        CannotWrite, DiskFull: the folder refuses.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._file: BinaryIO = (folder / LOCK_FILE).open("a+b", buffering=0)
        except OSError as error:
            raise trouble_of(error) from None
        if not _try_lock(self._file):
            holder = self._text()
            self._file.close()
            raise VaultInUse(_sentence(holder))
        self.after_crash = bool(self._text())
        """Whether the last holder ended without releasing the lock."""
        try:
            self._write(f"{platform.node()} (process {os.getpid()})")
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


def _sentence(holder: str) -> str:
    where = f"on {holder}" if holder else "elsewhere"
    return f"This vault is already open {where}. Nothing was changed. Close it there first."


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
