"""Files inside the vault: known by the SHA-256 of their bytes, readable when whole; they travel in pieces of 8 MiB."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import count
from typing import Any, NamedTuple

from tac_desktop.errors import AttachmentDamaged
from tac_desktop.storage.binding import Connection, troubles

CHUNK = 256 << 10
"""Bytes of one row: few enough to stream, many enough that a large file has few rows."""
CHUNKS_IN_PIECE = 32
PIECE = CHUNKS_IN_PIECE * CHUNK
"""Bytes of one piece of a bundle, but for the last piece of an attachment."""
_IS_WHOLE = "NOT EXISTS (SELECT 1 FROM piece WHERE piece.b = blob.b AND NOT here)"


class Piece(NamedTuple):
    """A part of an attachment, as it travels."""

    sha256: str
    size: int


def put(connection: Connection, chunks: Iterable[bytes]) -> tuple[str, int]:
    """Keep a file within a transaction; return its SHA-256 (hexadecimal) and its size."""
    digest, size = hashlib.sha256(), 0
    b = connection.execute("INSERT INTO blob (sha256, size) VALUES (randomblob(32), 0)").lastrowid or 0
    pieces = [hashlib.sha256()]  # an empty file is one empty piece
    for number, chunk in zip(count(), _chunks(chunks), strict=False):
        digest.update(chunk)
        size += len(chunk)
        connection.execute("INSERT INTO blob_chunk VALUES (?, ?, ?)", (b, number, chunk))
        if number and number % CHUNKS_IN_PIECE == 0:
            pieces.append(hashlib.sha256())
        pieces[-1].update(chunk)
    known = connection.execute(f"SELECT b, {_IS_WHOLE} FROM blob WHERE sha256 = ?", (digest.digest(),)).fetchone()
    if known:
        _remove(connection, b if known[1] else known[0])
    if not known or not known[1]:
        connection.execute("UPDATE blob SET sha256 = ?, size = ? WHERE b = ?", (digest.digest(), size, b))
        rows = [(b, n, piece.digest()) for n, piece in enumerate(pieces)]
        connection.executemany("INSERT INTO piece VALUES (?, ?, ?, 1)", rows)
    return digest.hexdigest(), size


def expect(connection: Connection, sha256: str, size: int, pieces: Sequence[str]) -> None:
    """Note, within a transaction, of which pieces an attachment is made that is to come.

    Of one that is not whole nothing is proved yet: what is told now takes the place of what was told before.

    Raises:
        AttachmentDamaged: pieces of this number cannot make a file of this size, or it is here and is another.
    """
    if len(pieces) != max(1, -(-size // PIECE)):
        raise AttachmentDamaged
    names = [(n, _digest(piece)) for n, piece in enumerate(pieces)]
    known = connection.execute(f"SELECT b, size, {_IS_WHOLE} FROM blob WHERE sha256 = ?", (_digest(sha256),)).fetchone()
    if known:
        told = connection.execute("SELECT n, sha256 FROM piece WHERE b = ? ORDER BY n", known[:1]).fetchall()
        if told == names and known[1] == size:
            return
        if known[2]:
            raise AttachmentDamaged
        _remove(connection, known[0])
    b = connection.execute("INSERT INTO blob (sha256, size) VALUES (?, ?)", (_digest(sha256), size)).lastrowid
    connection.executemany("INSERT INTO piece VALUES (?, ?, ?, 0)", [(b, *name) for name in names])


def take_piece(
    connection: Connection, sha256: str, chunks: Iterable[bytes], told_now: Collection[str] = ()
) -> list[str]:
    """Keep, within a transaction, a piece of every attachment that waits for it; return which are whole by it.

    Args:
        connection: in a transaction.
        sha256: of the piece.
        chunks: its bytes.
        told_now: the attachments of which the same bundle told. What an earlier one told, and what shows to be untrue
            now, is forgotten: it must not keep out what others send.

    Raises:
        AttachmentDamaged: its bytes, or those of an attachment told now that it makes whole, are not those of the name.
    """
    sql = "SELECT b, n, size FROM piece JOIN blob USING (b) WHERE piece.sha256 = ? AND NOT here ORDER BY b, n"
    places = connection.execute(sql, (_digest(sha256),)).fetchall()
    digest, size = hashlib.sha256(), 0
    for number, chunk in zip(count(), _chunks(chunks), strict=False):
        digest.update(chunk)
        size += len(chunk)
        rows = [(b, n * CHUNKS_IN_PIECE + number, chunk) for b, n, _ in places]
        connection.executemany("INSERT INTO blob_chunk VALUES (?, ?, ?)", rows)
        if size > PIECE:
            raise AttachmentDamaged
    if digest.hexdigest() != sha256:
        raise AttachmentDamaged
    for b in {b for b, n, whole in places if size != min(PIECE, whole - n * PIECE)}:
        _refuse_or_forget(connection, b, told_now)
    connection.execute("UPDATE piece SET here = 1 WHERE sha256 = ? AND NOT here", (_digest(sha256),))
    return [name for b in sorted({place[0] for place in places}) if (name := _whole(connection, b, told_now))]


def size_of(connection: Connection, sha256: str) -> int | None:
    """Return the size of an attachment in bytes; None if it is not here, or not whole."""
    sql = f"SELECT size FROM blob WHERE sha256 = ? AND {_IS_WHOLE}"
    row = connection.execute(sql, (_digest(sha256),)).fetchone()
    return row[0] if row else None


def pieces_of(connection: Connection, sha256: str) -> tuple[Piece, ...]:
    """Return the pieces in which an attachment travels; none if it is not here, or not whole."""
    sql = f"SELECT b, size FROM blob WHERE sha256 = ? AND {_IS_WHOLE}"
    row = connection.execute(sql, (_digest(sha256),)).fetchone()
    if row is None:
        return ()
    names = connection.execute("SELECT n, sha256 FROM piece WHERE b = ? ORDER BY n", (row[0],))
    return tuple(Piece(name.hex(), min(PIECE, row[1] - n * PIECE)) for n, name in names)


def read(connection: Connection, sha256: str) -> Iterator[bytes]:
    """Yield the bytes of an attachment, chunk by chunk.

    Raises:
        AttachmentDamaged: it is not here, not whole, or its bytes are not those of its name: known after the last.
    """
    with troubles():
        sql = f"SELECT b FROM blob WHERE sha256 = ? AND {_IS_WHOLE}"
        row = connection.execute(sql, (_digest(sha256),)).fetchone()
        if row is None:
            raise AttachmentDamaged
        digest = hashlib.sha256()
        for (chunk,) in connection.execute("SELECT bytes FROM blob_chunk WHERE b = ? ORDER BY n", row):
            digest.update(chunk)
            yield chunk
    if digest.hexdigest() != sha256:
        raise AttachmentDamaged


def read_piece(connection: Connection, sha256: str, number: int) -> Iterator[bytes]:
    """Yield the bytes of piece `number` (from 0) of an attachment, chunk by chunk; the reader checks them."""
    begin = number * CHUNKS_IN_PIECE
    sql = "SELECT bytes FROM blob_chunk WHERE b = (SELECT b FROM blob WHERE sha256 = ?) AND n >= ? AND n < ? ORDER BY n"
    with troubles():
        for (chunk,) in connection.execute(sql, (_digest(sha256), begin, begin + CHUNKS_IN_PIECE)):
            yield chunk


def is_sound(connection: Connection, sha256: str) -> bool:
    """Say whether the bytes of an attachment that is here, or of the pieces of it that are here, are the right ones."""
    row = connection.execute(f"SELECT b, {_IS_WHOLE} FROM blob WHERE sha256 = ?", (_digest(sha256),)).fetchone()
    pieces = connection.execute("SELECT n, sha256 FROM piece WHERE b = ? AND here ORDER BY n", row[:1]).fetchall()
    whole = hashlib.sha256()
    for number, name in pieces:
        digest = hashlib.sha256()
        for chunk in read_piece(connection, sha256, number):
            digest.update(chunk)
            whole.update(chunk)
        if digest.digest() != name:
            return False
    return not row[1] or whole.hexdigest() == sha256


def remove(connection: Connection, sha256: str) -> None:
    """Remove an attachment that nothing names any more, within a transaction."""
    row = connection.execute("SELECT b FROM blob WHERE sha256 = ?", (_digest(sha256),)).fetchone()
    if row:
        _remove(connection, row[0])


def named_in(payload: str) -> Iterator[str]:
    """Yield the SHA-256 of the attachments that the values of an entry name, with whatever escapes they are written."""
    if "{" in payload:
        values: list[Any] = json.loads(payload)
        for value in values:
            match value:
                case {"blob": str(sha256)}:
                    yield sha256
                case _:
                    pass


def _remove(connection: Connection, b: int) -> None:
    for table in ("piece", "blob_chunk", "blob"):
        connection.execute(f"DELETE FROM {table} WHERE b = ?", (b,))


def _whole(connection: Connection, b: int, told_now: Collection[str]) -> str:
    """Return the name of an attachment if nothing of it is missing any more, else ''."""
    sha256, whole = connection.execute(f"SELECT sha256, {_IS_WHOLE} FROM blob WHERE b = ?", (b,)).fetchone() or (
        b"",
        False,
    )
    if whole and not _adds_up(connection, sha256.hex()):
        _refuse_or_forget(connection, b, told_now)
        return ""
    return sha256.hex() if whole else ""


def _adds_up(connection: Connection, sha256: str) -> bool:
    names = [piece.sha256 for piece in pieces_of(connection, sha256)]
    if names == [sha256]:
        return True  # a single piece was checked already
    try:
        for _ in read(connection, sha256):
            pass
    except AttachmentDamaged:
        return False
    return True


def _refuse_or_forget(connection: Connection, b: int, told_now: Collection[str]) -> None:
    """Take away what was told of an attachment and is not true; the bundle that tells it is refused."""
    sha256 = connection.execute("SELECT sha256 FROM blob WHERE b = ?", (b,)).fetchone()[0].hex()
    if sha256 in told_now:
        raise AttachmentDamaged
    _remove(connection, b)


def _digest(sha256: str) -> bytes:
    try:
        return bytes.fromhex(sha256)
    except ValueError:
        raise AttachmentDamaged from None


def _chunks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    waiting = b""
    for chunk in chunks:
        waiting += chunk
        while len(waiting) >= CHUNK:
            yield waiting[:CHUNK]
            waiting = waiting[CHUNK:]
    if waiting:
        yield waiting
