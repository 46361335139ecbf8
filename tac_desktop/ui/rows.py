"""Rows of any number: the ids are held as eight bytes each, the rows are read a page at a time."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Row = TypeVar("Row")
CellKind: TypeAlias = Literal["text", "quiet", "name", "number", "badge", "due"]
Index: TypeAlias = QModelIndex | QPersistentModelIndex

PAGE = 128
"""Rows that are read at once."""
PAGES_KEPT = 32
_WORDS = frozenset({
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,  # what is too long for its column is read where the pointer rests
})  # fmt: skip
_NO_PARENT = QModelIndex()


@dataclass(frozen=True)
class Column(Generic[Row]):
    """How one column gets its words from a row, how it is drawn, and how wide it has to be."""

    heading: str
    text: Callable[[Row], str]
    sample: str
    """The longest usual text: the width is measured from it."""
    kind: CellKind = "text"
    tone: Callable[[Row], str] = lambda _row: ""
    """For badge and due: danger, warn, ok, info, neutral, or '' for plain."""
    gives_way: int = 0
    """The column with the highest number is the first to go when there is no room; 0 always stays."""
    sort: str = ""
    """The name of the order that a click on the heading asks for; '' where there is none."""


class LazyRows(QAbstractTableModel, Generic[Row]):
    """The model: `show` it the ids, it asks for the rows that come into view, a page of them at a time."""

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        page: Callable[[Sequence[int]], Sequence[Row | None]],
        parent: QObject | None = None,
    ) -> None:
        """Take the columns, and what reads the rows with some ids, in their order."""
        super().__init__(parent)
        self.columns = tuple(columns)
        self._page = page
        self._ids: Sequence[int] = array("q")
        self._pages: OrderedDict[int, Sequence[Row | None]] = OrderedDict()

    def show(self, ids: Sequence[int]) -> None:
        """Show these rows; nothing is read before it comes into view."""
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def refresh(self) -> None:
        """Read again what is in view: something has changed."""
        self._pages.clear()
        if len(self._ids):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))

    def row_id(self, row: int) -> int:
        """Return the id of a row."""
        return self._ids[row]

    def row_of(self, row_id: int) -> int:
        """Return the row with this id, -1 if it is not shown."""
        return next((row for row, found in enumerate(self._ids) if found == row_id), -1)

    def row(self, row: int) -> Row | None:
        """Return a row, reading its page if need be; None for one that has gone meanwhile."""
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._page(self._ids[number * PAGE : (number + 1) * PAGE])
            self._pages[number] = page
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        return page[place] if place < len(page) else None

    def pages_read(self) -> int:
        """Return how many pages are held just now."""
        return len(self._pages)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Say how many rows there are (Qt)."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Say how many columns there are (Qt)."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's word for it
        """Return the words of a cell (Qt)."""
        if role not in _WORDS:
            return None
        row = self.row(index.row())
        return "" if row is None else self.columns[index.column()].text(row)

    def tone(self, index: Index) -> str:
        """Return the tone of a cell."""
        row = self.row(index.row())
        return "" if row is None else self.columns[index.column()].tone(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's word for it
        """Return a heading (Qt)."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].heading
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            right = self.columns[section].kind == "number"
            return (
                Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            ) | Qt.AlignmentFlag.AlignVCenter
        return None
