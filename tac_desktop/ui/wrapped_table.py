"""A table of words that is as high as its rows: cells wrap, nothing is cut off, headings are found by ear."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView

from tac_desktop.ui.kit import Kit
from tac_desktop.ui.whole_table import WholeTable

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
_WRAPPED: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
_NUMBER: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
_PAD = 26


class Words(QAbstractTableModel):
    """The model: headings and rows of words; the first column names the row."""

    def __init__(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Take the headings, and as many words in each row."""
        super().__init__()
        self.headings, self.rows = headings, rows

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of rows (Qt)."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of columns (Qt)."""
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell; spoken with its heading (Qt)."""
        words = self.rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headings[index.column()]}: {words or '0'}" if index.column() else words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBER if words.isdigit() else _WRAPPED
        return words if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a heading (Qt)."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBER if all(row[section].isdigit() for row in self.rows) else _WRAPPED
        return self.headings[section] if role == Qt.ItemDataRole.DisplayRole else None


class WrappedTable(WholeTable):
    """The view: columns share the width by their shares, and it scrolls sideways where they would become too narrow."""

    def __init__(
        self, kit: Kit, name: str, columns: Sequence[tuple[str, int, int]], rows: Sequence[Sequence[str]]
    ) -> None:
        """Take the columns as heading, share of the width and least width (pixels at 100 %), and the rows."""
        words = Words([heading for heading, _, _ in columns], rows)
        super().__init__(kit, words, name)
        self._columns, self._words = columns, words
        self.setWordWrap(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.horizontalHeader().setMinimumSectionSize(1)
        if rows:
            self.setCurrentIndex(self._words.index(0, 0))

    def share(self, width: int) -> None:
        """Let each column have its least width, and its share of what is over."""
        shares = sum(share for _, share, _ in self._columns)
        least = [self._kit.px(wide) for _, _, wide in self._columns]
        over = max(0, width - 2 - sum(least))
        widths = [wide + over * share // shares for wide, (_, share, _) in zip(least, self._columns, strict=True)]
        for column, each in enumerate(widths):
            self.setColumnWidth(column, each)
        head = self._height(self._words.headings, widths, QFontMetrics(self.horizontalHeader().font()))
        self.horizontalHeader().setFixedHeight(head + self._kit.px(22))
        total = head + self._kit.px(22)
        for row, words in enumerate(self._words.rows):
            height = self._height(words, widths, QFontMetrics(self.font())) + self._kit.px(16)
            self.setRowHeight(row, height)
            total += height
        self.stand(total, scrolls=sum(widths) > width)

    def _height(self, words: Sequence[str], widths: Sequence[int], metrics: QFontMetrics) -> int:
        pad = self._kit.px(_PAD)
        return max(
            metrics.boundingRect(QRect(0, 0, max(1, width - pad), 10_000), _WRAPPED, text).height()
            for text, width in zip(words, widths, strict=True)
        )
