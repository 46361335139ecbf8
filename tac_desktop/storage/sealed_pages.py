"""Reads the pages of an encrypted database without SQLCipher, each by itself: one damaged page spoils no other.

SQLCipher 4 with a raw key (docs/formats/key-slots.md): page 1 begins with the salt of the seals; each page ends with
the vector of its encryption (16 bytes) and its seal, an HMAC-SHA-512 (64 bytes).
"""

import hashlib
import hmac
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final

from tac_desktop.errors import CannotWrite

PAGE: Final = 4096
"""Bytes of a page on the disk."""
USABLE: Final = 4016
"""Bytes of a page that hold content."""
SALT: Final = 16
_VECTOR = 16
_MAGIC = b"SQLite format 3\0"
_LOOKED_AT = 64
"""So many pages tell whether a salt is the right one."""


class SealedPages:
    """The pages of one database file, opened for reading; close it when the work is done."""

    def __init__(self, path: Path, key: bytes | bytearray, other_salts: Iterable[bytes] = ()) -> None:
        """Open a file.

        Args:
            path: The database.
            key: Its raw key, 32 bytes.
            other_salts: Salts of copies of it: they are its own, should page 1 be damaged.

        Raises:
            CannotWrite: it cannot be read.
        """
        from cryptography.hazmat.primitives.ciphers import algorithms

        try:
            self._file: BinaryIO = path.open("rb")
            self.count = self._file.seek(0, 2) // PAGE
            self._file.seek(0)
            own = self._file.read(SALT)
        except OSError:
            raise CannotWrite from None
        self._cipher = algorithms.AES(bytes(key))
        self._seal_key = b""
        for salt in (own, *other_salts):
            candidate = hashlib.pbkdf2_hmac("sha512", bytes(key), bytes(byte ^ 0x3A for byte in salt), 2, 32)
            if self._fits(candidate):
                self._seal_key = candidate
                break

    @property
    def is_sealed(self) -> bool:
        """Whether the seals can be checked; else the salt is lost, and every page has to be taken as it is."""
        return bool(self._seal_key)

    @property
    def cut_off(self) -> int:
        """How many pages are missing at the end, if page 1 tells how many there were (SQLite file format, 1.3.7)."""
        first = self.page(1)
        return max(0, int.from_bytes(first[28:32], "big") - self.count) if first else 0

    def page(self, number: int) -> bytes | None:
        """Return the content of page `number` (from 1) in clear; None if it is not there or its seal does not hold."""
        raw = self._raw(number)
        if raw is None or (self._seal_key and not self._holds(self._seal_key, number, raw)):
            return None
        return self._opened(number, raw)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _fits(self, seal_key: bytes) -> bool:
        pages = (number for number in range(2, min(self.count, _LOOKED_AT) + 1))
        return any((raw := self._raw(number)) and self._holds(seal_key, number, raw) for number in pages) or (
            self.count == 1 and (raw := self._raw(1)) is not None and self._holds(seal_key, 1, raw)
        )

    def _raw(self, number: int) -> bytes | None:
        if not 1 <= number <= self.count:
            return None
        try:
            self._file.seek((number - 1) * PAGE)
            raw = self._file.read(PAGE)
        except OSError:
            return None  # a sector that the disk cannot read any more
        return raw if len(raw) == PAGE else None

    @staticmethod
    def _holds(seal_key: bytes, number: int, raw: bytes) -> bool:
        begin, end = (SALT if number == 1 else 0), USABLE + _VECTOR
        seal = hmac.digest(seal_key, raw[begin:end] + number.to_bytes(4, "little"), "sha512")
        return hmac.compare_digest(seal, raw[end:])

    def _opened(self, number: int, raw: bytes) -> bytes:
        from cryptography.hazmat.primitives.ciphers import Cipher, modes

        begin = SALT if number == 1 else 0
        opening = Cipher(self._cipher, modes.CBC(raw[USABLE : USABLE + _VECTOR])).decryptor()
        clear = opening.update(raw[begin:USABLE]) + opening.finalize()
        return (_MAGIC if number == 1 else b"") + clear


def salt_of(path: Path) -> bytes:
    """Return the salt of a database file; b'' where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(SALT)
    except OSError:
        return b""
