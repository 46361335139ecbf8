"""A table of words that is as high as its rows: cells wrap, nothing is cut off, headings are found by ear."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from tac_desktop.ui.kit import Kit

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

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a heading (Qt)."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _NUMBER if all(row[section].isdigit() for row in self.rows) else _WRAPPED
        return self.headings[section] if role == Qt.ItemDataRole.DisplayRole else None


class WrappedTable(QTableView):
    """The view: columns share the width by their shares, and it scrolls sideways where they would become too narrow."""

    def __init__(
        self, kit: Kit, name: str, columns: Sequence[tuple[str, int, int]], rows: Sequence[Sequence[str]]
    ) -> None:
        """Take the columns as heading, share of the width and least width (pixels at 100 %), and the rows."""
        super().__init__()
        self._kit, self._columns = kit, columns
        self._words = Words([heading for heading, _, _ in columns], rows)
        self.setModel(self._words)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(1)
        for one in (header, self.verticalHeader()):
            one.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        if rows:
            self.setCurrentIndex(self._words.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width, and become as high as the words need (Qt)."""
        super().resizeEvent(event)
        self._share(self.width())

    def sizeHint(self) -> QSize:
        """Ask for the height of all rows (Qt)."""
        return QSize(self._kit.px(480), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: it scrolls sideways (Qt)."""
        return QSize(0, self.minimumHeight())

    def _share(self, width: int) -> None:
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
        bar = self.horizontalScrollBar().sizeHint().height() if sum(widths) > width else 0
        if self.minimumHeight() != total + bar + 2:
            self.setFixedHeight(total + bar + 2)

    def _height(self, words: Sequence[str], widths: Sequence[int], metrics: QFontMetrics) -> int:
        pad = self._kit.px(_PAD)
        return max(
            metrics.boundingRect(QRect(0, 0, max(1, width - pad), 10_000), _WRAPPED, text).height()
            for text, width in zip(words, widths, strict=True)
        )
