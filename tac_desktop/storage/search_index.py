"""The words by which records are found: names by the beginning of a word, notes by whole words."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from tac_desktop.storage.binding import Connection

_WORD = re.compile(r"\w+")
_INDEXES = ("name_index", "note_index")


def replace(connection: Connection, old: int | None, new: int | None, words: tuple[str, str]) -> None:
    """Put the words of one record under its row number, in place of what stood under the old one."""
    for index, text in zip(_INDEXES, words, strict=True):
        if old is not None:
            connection.execute(f"DELETE FROM {index} WHERE rowid = ?", (old,))
        if new is not None and text:
            connection.execute(f"INSERT INTO {index} (rowid, words) VALUES (?, ?)", (new, text))


def replace_all(connection: Connection, changes: Collection[tuple[int | None, int | None, tuple[str, str]]]) -> None:
    """Do the same for many records: old row number, new one, words; a record's row number is nobody else's."""
    gone = [(old,) for old, _, _ in changes if old is not None]
    for place, index in enumerate(_INDEXES):
        come = [(new, words[place]) for _, new, words in changes if new is not None and words[place]]
        if gone:
            connection.executemany(f"DELETE FROM {index} WHERE rowid = ?", gone)
        if come:
            connection.executemany(f"INSERT INTO {index} (rowid, words) VALUES (?, ?)", come)


def clear(connection: Connection) -> None:
    """Forget all words."""
    for index in _INDEXES:
        connection.execute(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")


def find(connection: Connection, typed: str, limit: int) -> Iterator[tuple[bool, int]]:
    """Yield whether a name was found, and the row number: first by name, then in notes, each the newest first."""
    words = _WORD.findall(typed)
    if not words:
        return
    by_name = _rows(connection, "name_index", " ".join(f'"{word}"*' for word in words), limit)
    yield from ((True, row) for row in by_name)
    if len(by_name) < limit:
        known = set(by_name)
        in_notes = _rows(connection, "note_index", " ".join(f'"{word}"' for word in words), limit)
        yield from ((False, row) for row in in_notes if row not in known)


def _rows(connection: Connection, index: str, query: str, limit: int) -> list[int]:
    sql = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT ?"
    found: list[Any] = connection.execute(sql, (query, limit)).fetchall()
    return [row for (row,) in found]
