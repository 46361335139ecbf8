"""Reads the rows of a page of a database (https://www.sqlite.org/fileformat2.html, 1.6 and 2), whatever leads to it."""

import struct
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple, TypeAlias

from tac_desktop.storage.sealed_pages import USABLE

Value: TypeAlias = int | float | str | bytes | None
Row: TypeAlias = tuple[Value, ...]
ReadPage: TypeAlias = Callable[[int], bytes | None]

INNER_INDEX: Final = 2
INNER_TABLE: Final = 5
LEAF_INDEX: Final = 10
LEAF_TABLE: Final = 13
_KINDS = {INNER_INDEX, INNER_TABLE, LEAF_INDEX, LEAF_TABLE}
_LARGEST = 16 << 20
_MOST_CELLS = USABLE // 4


class Cell(NamedTuple):
    """One cell of a page: a row, or the way to other pages, or (in the inner pages of an index) both."""

    child: int
    """The page to the left of it; 0 in a leaf."""
    rowid: int
    """The number of a table's row; 0 in an index."""
    row: Row | None
    """The values as they are stored; None where it has none, or a page that they go on in cannot be read."""


class TreePage:
    """A page of a table or of an index."""

    def __init__(self, number: int, page: bytes) -> None:
        """Take a page in clear, with its number (from 1): ahead of the first page's tree lies the file's header.

        Raises:
            ValueError: it is no such page.
        """
        self._page, start = page, 100 if number == 1 else 0
        self.kind = page[start]
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        if self.kind not in _KINDS or count > _MOST_CELLS:
            raise ValueError
        inner = self.kind in (INNER_INDEX, INNER_TABLE)
        self.last_child = int.from_bytes(page[start + 8 : start + 12], "big") if inner else 0
        places = start + (12 if inner else 8)
        self._cells = struct.unpack_from(f">{count}H", page, places)

    @property
    def has_rows(self) -> bool:
        """Whether rows lie in it."""
        return self.kind != INNER_TABLE

    def children(self) -> list[int]:
        """Return the pages below it."""
        if not self.last_child:
            return []
        return [*(int.from_bytes(self._page[at : at + 4], "big") for at in self._cells), self.last_child]

    def rows(self, read: ReadPage) -> Iterator[Cell]:
        """Yield its cells with their rows; `read` gives the pages in which long rows go on."""
        for at in self._cells if self.has_rows else ():
            try:
                yield self._cell(at, read)
            except (ValueError, IndexError, struct.error):
                yield Cell(0, 0, None)

    def _cell(self, at: int, read: ReadPage) -> Cell:
        page, child, rowid = self._page, 0, 0
        if self.kind == INNER_INDEX:
            child, at = int.from_bytes(page[at : at + 4], "big"), at + 4
        size, at = varint(page, at)
        if self.kind == LEAF_TABLE:
            rowid, at = varint(page, at)
        if size > _LARGEST:
            raise ValueError
        here = _local(size, self.kind)
        content = page[at : at + here]
        if here < size:
            rest = _rest(int.from_bytes(page[at + here : at + here + 4], "big"), size - here, read)
            if rest is None:
                return Cell(child, _signed(rowid), None)
            content += rest
        if len(content) != size:
            raise ValueError
        return Cell(child, _signed(rowid), values(content))


def varint(page: bytes, at: int) -> tuple[int, int]:
    """Return the number that begins at a place, and the place behind it."""
    value = 0
    for place in range(at, at + 8):
        value = value << 7 | page[place] & 0x7F
        if page[place] < 0x80:
            return value, place + 1
    return value << 8 | page[at + 8], at + 9


def values(content: bytes) -> Row:
    """Return the values of a row as it is stored.

    Raises:
        ValueError, IndexError: it is none.
    """
    end, at = varint(content, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = varint(content, at)
        kinds.append(kind)
    if at != end:
        raise ValueError
    found: list[Value] = []
    for kind in kinds:
        size = _size(kind)
        part = content[at : at + size]
        if len(part) != size:
            raise ValueError
        found.append(_value(kind, part))
        at += size
    return tuple(found)


_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


def _size(kind: int) -> int:
    if kind in (10, 11):
        raise ValueError
    return _SIZES[kind] if kind < len(_SIZES) else (kind - 12) // 2


def _value(kind: int, part: bytes) -> Value:
    match kind:
        case 0:
            return None
        case 7:
            return struct.unpack(">d", part)[0]
        case 8 | 9:
            return kind - 8
        case _ if kind < 7:
            return int.from_bytes(part, "big", signed=True)
        case _:
            return part.decode() if kind % 2 else part


def _signed(number: int) -> int:
    return number - (1 << 64) if number >> 63 else number


def _local(size: int, kind: int) -> int:
    """Return how many bytes of a row of this size lie in its own page (file format, 1.6)."""
    most = USABLE - 35 if kind == LEAF_TABLE else (USABLE - 12) * 64 // 255 - 23
    if size <= most:
        return size
    least = (USABLE - 12) * 32 // 255 - 23
    here = least + (size - least) % (USABLE - 4)
    return here if here <= most else least


def _rest(number: int, size: int, read: ReadPage) -> bytes | None:
    """Return what a row has in pages of its own; None if one of them cannot be read, or they go in a circle."""
    found, seen = bytearray(), set[int]()
    while len(found) < size:
        page = None if number in seen else read(number)
        if page is None:
            return None
        seen.add(number)
        number = int.from_bytes(page[:4], "big")
        found += page[4 : 4 + min(USABLE - 4, size - len(found))]
    return bytes(found)
