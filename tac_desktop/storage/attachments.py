"""Files inside the vault: in pieces, known by the SHA-256 of their bytes, whole or not at all."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import count

from tac_desktop.errors import AttachmentDamaged
from tac_desktop.storage.binding import Connection, troubles

PIECE = 256 << 10
"""Bytes of one piece: few enough to stream, many enough that a large file has few rows."""


def put(connection: Connection, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Keep a file within a transaction; return its SHA-256 (hexadecimal) and its size."""
    digest, size = hashlib.sha256(), 0
    b = connection.execute("INSERT INTO blob (sha256, size) VALUES (randomblob(32), 0)").lastrowid
    for number, piece in zip(count(), _pieces(chunks), strict=False):
        digest.update(piece)
        size += len(piece)
        connection.execute("INSERT INTO blob_chunk VALUES (?, ?, ?)", (b, number, piece))
    known = connection.execute("SELECT 1 FROM blob WHERE sha256 = ?", (digest.digest(),)).fetchone()
    if known:
        connection.execute("DELETE FROM blob_chunk WHERE b = ?", (b,))
        connection.execute("DELETE FROM blob WHERE b = ?", (b,))
    else:
        connection.execute("UPDATE blob SET sha256 = ?, size = ? WHERE b = ?", (digest.digest(), size, b))
    return digest.hexdigest(), size


def size_of(connection: Connection, sha256: str) -> int | None:
    """Return the size of an attachment in bytes; None if it is not here."""
    row = connection.execute("SELECT size FROM blob WHERE sha256 = ?", (_digest(sha256),)).fetchone()
    return row[0] if row else None


def read(connection: Connection, sha256: str) -> Iterator[bytes]:
    """Yield the bytes of an attachment, piece by piece.

    Raises:
        AttachmentDamaged: it is not here, or its bytes are not those of its name: known after the last piece.
    """
    with troubles():
        row = connection.execute("SELECT b FROM blob WHERE sha256 = ?", (_digest(sha256),)).fetchone()
        if row is None:
            raise AttachmentDamaged
        digest = hashlib.sha256()
        for (piece,) in connection.execute("SELECT bytes FROM blob_chunk WHERE b = ? ORDER BY n", row):
            digest.update(piece)
            yield piece
    if digest.hexdigest() != sha256:
        raise AttachmentDamaged


def _digest(sha256: str) -> bytes:
    try:
        return bytes.fromhex(sha256)
    except ValueError:
        raise AttachmentDamaged from None


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    waiting = b""
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= PIECE:
            yield waiting[:PIECE]
            waiting = waiting[PIECE:]
    if waiting:
        yield waiting
