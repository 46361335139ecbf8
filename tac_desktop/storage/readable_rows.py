"""Finds the readable rows of every table of a damaged database: by the tables' trees, and by shape where these break.

Which page belongs to which table is told by the pages above it. Below a page that is damaged that is not told any
more: then a page belongs to the table whose columns its rows fit, and only to the one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tac_desktop.storage.b_trees import INNER_INDEX, LEAF_INDEX, LEAF_TABLE, Cell, Row, TreePage, Value
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.sealed_pages import SealedPages

_SCHEMA: Final = "sqlite_schema"
_LENGTHS: Final[Mapping[str, int]] = {"rid": 16, "nonce": 16, "salt": 16, "sha256": 32, "cid": 32, "chain": 32}
"""How many bytes columns of these names hold, in whatever table: so that tables of one shape are told apart."""
_TYPES: Final[Mapping[str, type]] = {"INTEGER": int, "TEXT": str, "BLOB": bytes}


@dataclass(frozen=True)
class Column:
    """A column, as the database keeps it."""

    name: str
    kind: type | None
    """int, str or bytes; None for any."""
    may_be_null: bool
    is_rowid: bool = False
    """Whether it is the number of the row, which is kept beside the row."""


@dataclass(frozen=True)
class Shape:
    """The columns of a table or of an index, in the order in which they are kept."""

    name: str
    columns: tuple[Column, ...]
    is_index: bool
    """Whether it is kept as an index: every index, and each table without rowid."""

    def fits(self, row: Row) -> bool:
        """Say whether a row can be one of this table."""
        return len(row) == len(self.columns) and all(map(_fits, self.columns, row))

    @property
    def exactness(self) -> int:
        """How much is asked of a row: of two tables that it fits it belongs to the one that asks more."""
        return sum((column.kind is not None) + (column.name in _LENGTHS) for column in self.columns)

    def told(self, cell: Cell) -> Row | None:
        """Return the row of a cell as the table shows it: with its number, and None for columns that came later."""
        if cell.row is None or len(cell.row) > len(self.columns):
            return None
        kept = zip(self.columns, cell.row, strict=False)
        return tuple(cell.rowid if column.is_rowid else value for column, value in kept)


@dataclass
class _Tree:
    """What is known of the pages of one table."""

    pages: list[int] = field(default_factory=list[int])
    lost: list[int] = field(default_factory=list[int])
    """Pages that its tree leads to and that cannot be read."""
    is_found: bool = False


def shapes_of(connection: Connection) -> dict[str, Shape]:
    """Return the shapes of the tables and indexes of a sound database."""
    rows = connection.execute(
        "SELECT type, name, tbl_name FROM sqlite_schema WHERE type IN ('table', 'index') AND rootpage > 0"
    ).fetchall()
    kept_as_index = {name for name, rowid in connection.execute("SELECT name, wr FROM pragma_table_list") if rowid}
    found = {_SCHEMA: Shape(_SCHEMA, _SCHEMA_COLUMNS, is_index=False)}
    for kind, name, table in rows:
        if kind == "table" and name not in kept_as_index:
            found[name] = _table(connection, name)
        elif kind == "table":
            found[name] = _index(connection, name, _primary(connection, name), name)
        elif not (table in kept_as_index and name == _primary(connection, table)):
            found[name] = _index(connection, name, name, table)
    return found


class ReadableRows:
    """The rows that can be read of one damaged database."""

    def __init__(self, pages: SealedPages, shapes: Mapping[str, Shape]) -> None:
        """Take the pages, and the shapes of the tables that they should hold."""
        self._pages = pages
        self._shapes = shapes
        self._trees = {name: _Tree() for name in shapes}
        self.damaged: list[int] = []
        """The pages that cannot be read."""
        self.unknown: list[int] = []
        """The readable pages of which nobody can say to which table they belong."""

    def look_through(self) -> Iterator[tuple[int, int]]:
        """Read every page once, and find out to which table it belongs; yield (done, total) pages."""
        kinds: dict[int, int] = {}
        schema: list[int] = []
        for number in range(1, self._pages.count + 1):
            page = self._pages.page(number)
            if page is None:
                self.damaged.append(number)
            elif tree := _tree_page(number, page):
                kinds[number] = tree.kind
                if tree.kind == LEAF_TABLE and self._are_rows_of(_SCHEMA, tree):
                    schema.append(number)
            if number % 64 == 0:
                yield number, self._pages.count
        reached = self._walk_all(schema)
        self._place_the_rest(kinds, reached | set(schema))
        yield self._pages.count, self._pages.count

    def shape(self, name: str) -> Shape:
        """Return the columns of a table or index."""
        return self._shapes[name]

    def rows(self, name: str) -> Iterator[Row]:
        """Yield the readable rows of a table or index, columns in the order of its shape; some may be shorter."""
        shape = self._shapes[name]
        for number in self._trees[name].pages:
            for cell in self._cells(number):
                row = shape.told(cell)
                if row is not None:
                    yield row

    def unreadable_rows(self, name: str) -> int:
        """Return how many rows of a table begin on a readable page and go on in one that is damaged."""
        return sum(cell.row is None for number in self._trees[name].pages for cell in self._cells(number))

    def is_whole(self, name: str) -> bool:
        """Say whether every page of a table was found and can be read, as far as its tree leads to them."""
        tree = self._trees[name]
        return tree.is_found and not tree.lost

    def lost_pages(self) -> dict[str, int]:
        """Return of how many damaged pages it is known to which table or index they belong."""
        return {name: len(tree.lost) for name, tree in self._trees.items() if tree.lost}

    def _walk_all(self, schema: list[int]) -> set[int]:
        reached: set[int] = set()
        for number in schema:
            for cell in self._cells(number):
                match cell.row:
                    case ("table" | "index", str(name), _, int(root), _) if name in self._trees and root:
                        self._walk(self._trees[name], root, reached, is_index=self._shapes[name].is_index)
                    case ("table" | "index", _, _, int(root), _) if root:
                        self._walk(_Tree(), root, reached, is_index=None)  # of tables that are made anew
                    case _:
                        pass
        return reached

    def _walk(self, tree: _Tree, root: int, reached: set[int], *, is_index: bool | None) -> None:
        tree.is_found, waiting = True, [root]
        while waiting:
            number = waiting.pop()
            if number in reached:
                continue
            page = self._pages.page(number)
            found = _tree_page(number, page) if page else None
            if found is None or (is_index is not None and (found.kind in (INNER_INDEX, LEAF_INDEX)) != is_index):
                tree.lost.append(number)
                continue
            reached.add(number)
            if found.has_rows:
                tree.pages.append(number)
            waiting += reversed(found.children())
        tree.pages.sort()

    def _place_the_rest(self, kinds: Mapping[int, int], reached: set[int]) -> None:
        """Give the pages that no tree leads to to the broken table that their rows fit."""
        broken = [name for name in self._shapes if not self.is_whole(name) and name != _SCHEMA]
        for number, kind in kinds.items():
            page = self._pages.page(number) if number not in reached else None
            found = _tree_page(number, page) if page else None
            if found is None or not found.has_rows:
                continue
            fitting = [n for n in broken if self._shapes[n].is_index != (kind == LEAF_TABLE)]
            fitting = [name for name in fitting if self._are_rows_of(name, found)]
            exactness = [self._shapes[name].exactness for name in fitting]
            if exactness and exactness.count(max(exactness)) == 1:
                self._trees[fitting[exactness.index(max(exactness))]].pages.append(number)
            elif any(cell.row for cell in found.rows(self._pages.page)):
                self.unknown.append(number)

    def _are_rows_of(self, name: str, found: TreePage) -> bool:
        shape = self._shapes[name]
        cells = [cell for cell in found.rows(self._pages.page) if cell.row is not None]
        return bool(cells) and all(cell.row is not None and shape.fits(cell.row) for cell in cells)

    def _cells(self, number: int) -> Iterator[Cell]:
        page = self._pages.page(number)
        found = _tree_page(number, page) if page else None
        if found:
            yield from found.rows(self._pages.page)


def _tree_page(number: int, page: bytes) -> TreePage | None:
    try:
        return TreePage(number, page)
    except ValueError:
        return None


_SCHEMA_COLUMNS = (
    Column("type", str, may_be_null=False),
    Column("name", str, may_be_null=False),
    Column("tbl_name", str, may_be_null=False),
    Column("rootpage", int, may_be_null=False),
    Column("sql", str, may_be_null=True),
)


def _table(connection: Connection, name: str) -> Shape:
    rows = connection.execute('SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (name,)).fetchall()
    keys = [kind for _, kind, _, key in rows if key]
    columns = (
        Column(column, _TYPES.get(kind), may_be_null=not needed, is_rowid=bool(key) and keys == ["INTEGER"])
        for column, kind, needed, key in rows
    )
    return Shape(name, tuple(columns), is_index=False)


def _index(connection: Connection, name: str, index: str, table: str) -> Shape:
    told = {
        column: Column(column, _TYPES.get(kind), may_be_null=not needed and not key)
        for column, kind, needed, key in connection.execute(
            'SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,)
        )
    }
    rowid = Column("rowid", int, may_be_null=False)
    names = connection.execute("SELECT name FROM pragma_index_xinfo(?) ORDER BY seqno", (index,))
    return Shape(name, tuple(told[column] if column else rowid for (column,) in names), is_index=True)


def _primary(connection: Connection, table: str) -> str:
    """Return the name under which a table without rowid keeps its rows."""
    row = connection.execute("SELECT name FROM pragma_index_list(?) WHERE origin = 'pk'", (table,)).fetchone()
    return row[0] if row else ""


def _fits(column: Column, value: Value) -> bool:
    if column.is_rowid:
        return value is None
    if value is None:
        return column.may_be_null
    if column.kind is bytes and isinstance(value, bytes):
        return len(value) == _LENGTHS.get(column.name, len(value))
    return column.kind is None or isinstance(value, column.kind)
