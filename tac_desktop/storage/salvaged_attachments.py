"""The attachments of a damaged database: a piece with the bytes of its name is kept, others can be sent again."""

import hashlib
from collections.abc import Collection, Iterator

from tac_desktop.storage import attachments
from tac_desktop.storage.attachments import CHUNKS_IN_PIECE
from tac_desktop.storage.b_trees import Row
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.readable_rows import ReadableRows

_TABLES = ("blob", "piece", "blob_chunk")


def write_attachments(rows: ReadableRows, connection: Connection, named: set[str]) -> tuple[str, ...]:
    """Write what can be read of attachments into a new vault's database, within a transaction.

    Args:
        rows: those of the damaged database.
        connection: to the new one.
        named: the SHA-256 (hexadecimal) of the attachments that the journal names.

    Returns:
        The SHA-256 of those of which something was here and is lost.
    """
    sizes = dict[str, int]()
    for b, sha256, size in _blobs(rows):
        connection.execute("INSERT OR IGNORE INTO blob VALUES (?, ?, ?)", (b, sha256, size))
    known = "SELECT ?, ?, ? WHERE EXISTS (SELECT 1 FROM blob WHERE b = ?1)"
    for row in rows.rows("blob_chunk"):
        connection.execute(f"INSERT OR IGNORE INTO blob_chunk {known}", row)
    awaited = {(row[0], row[1]) for row in rows.rows("piece") if not row[3]}
    for b, n, sha256, _ in rows.rows("piece"):
        here = int((b, n) not in awaited)
        connection.execute(
            f"INSERT OR IGNORE INTO piece {known.replace('?, ?, ?', '?, ?, ?, ?', 1)}", (b, n, sha256, here)
        )
    sizes |= {sha256.hex(): b for b, sha256 in connection.execute("SELECT b, sha256 FROM blob")}
    lost = [sha256 for sha256, b in sizes.items() if not _mended(connection, sha256, b, awaited)]
    if not all(map(rows.is_whole, _TABLES)):
        lost += named - sizes.keys()
    return tuple(sorted(lost))


def _blobs(rows: ReadableRows) -> Iterator[Row]:
    """Yield number, name and size of each attachment; its size that of its chunks where only the index is left."""
    sizes = dict[object, int]()
    for b, _, content in rows.rows("blob_chunk"):
        sizes[b] = sizes.get(b, 0) + (len(content) if isinstance(content, bytes) else 0)
    yield from rows.rows("blob")
    for sha256, b in rows.rows("sqlite_autoindex_blob_1"):
        yield b, sha256, sizes.get(b, 0)


def _mended(connection: Connection, sha256: str, b: int, awaited: Collection[tuple[object, object]]) -> bool:
    """Say whether all is here that was; of an attachment that is not whole only the right pieces are kept."""
    if _is_whole(connection, sha256, b):
        return True
    size = connection.execute("SELECT size FROM blob WHERE b = ?", (b,)).fetchone()[0]
    pieces = connection.execute("SELECT n, sha256, here FROM piece WHERE b = ? ORDER BY n", (b,)).fetchall()
    if len(pieces) != max(1, -(-size // attachments.PIECE)):
        attachments.remove(connection, sha256)
        return False
    lost = [n for n, name, here in pieces if here and _digest(connection, b, n) != name]
    for n in lost:
        connection.execute("UPDATE piece SET here = 0 WHERE (b, n) = (?, ?)", (b, n))
        place = (b, n * CHUNKS_IN_PIECE, (n + 1) * CHUNKS_IN_PIECE)
        connection.execute("DELETE FROM blob_chunk WHERE b = ? AND n >= ? AND n < ?", place)
    return not lost and any((b, n) in awaited for n, _, _ in pieces)


def _is_whole(connection: Connection, sha256: str, b: int) -> bool:
    """Say whether all bytes are here; then its pieces are noted anew."""
    whole, piece, size, names = hashlib.sha256(), hashlib.sha256(), 0, list[bytes]()
    sql = "SELECT n, bytes FROM blob_chunk WHERE b = ? ORDER BY n"
    for number, chunk in connection.execute(sql, (b,)):
        if number and number % CHUNKS_IN_PIECE == 0:
            names.append(piece.digest())
            piece = hashlib.sha256()
        whole.update(chunk)
        piece.update(chunk)
        size += len(chunk)
    if whole.hexdigest() != sha256:
        return False
    connection.execute("UPDATE blob SET size = ? WHERE b = ?", (size, b))
    rows = [(b, n, name) for n, name in enumerate((*names, piece.digest()))]
    connection.execute("DELETE FROM piece WHERE b = ?", (b,))
    connection.executemany("INSERT INTO piece VALUES (?, ?, ?, 1)", rows)
    return True


def _digest(connection: Connection, b: int, n: int) -> bytes:
    digest = hashlib.sha256()
    sql = "SELECT bytes FROM blob_chunk WHERE b = ? AND n >= ? AND n < ? ORDER BY n"
    for (chunk,) in connection.execute(sql, (b, n * CHUNKS_IN_PIECE, (n + 1) * CHUNKS_IN_PIECE)):
        digest.update(chunk)
    return digest.digest()
