"""The cells of a workbook that cannot be taken in: where each is, what it holds, and what it should hold."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from tac_desktop.casework.sheets import WrongCell
from tac_desktop.ui import tokens
from tac_desktop.ui.kit import Kit

SHOWN = 200
"""So many are listed; whoever has mended these looks again."""
_NO_PARENT = QModelIndex()


class WrongCellRows(QAbstractTableModel):
    """One row for each wrong cell, in the order of the workbook."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without any."""
        super().__init__(parent)
        self._cells: Sequence[WrongCell] = ()
        self._headings = (
            self.tr("Sheet"), self.tr("Row"), self.tr("Column"), self.tr("It says"), self.tr("It should be"),
        )  # fmt: skip

    def show(self, cells: Sequence[WrongCell]) -> None:
        """Show other cells."""
        self.beginResetModel()
        self._cells = cells[:SHOWN]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Say how many there are (Qt)."""
        return 0 if parent.isValid() else len(self._cells)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Say how many columns there are (Qt)."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's word for it
        """Return the words of a cell (Qt)."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        cell = self._cells[index.row()]
        return (cell.sheet, str(cell.row), cell.column, cell.found, cell.expected)[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's word for it
        """Return a heading (Qt)."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None


class WrongCells(QTableView):
    """As high as its rows, whose words wrap: nothing of them is cut off, and the page scrolls."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__()
        self._rows = WrongCellRows(self)
        self._spare, self._air = kit.px(4), kit.px(12)
        self.setModel(self._rows)
        self.setAccessibleName(self.tr("Cells that cannot be taken in"))
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(kit.px(tokens.ROW_HEIGHT - 8))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def show_cells(self, cells: Sequence[WrongCell]) -> None:
        """Show the first of these cells."""
        self._rows.show(cells)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the rows be as high as their words need (Qt)."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.resizeRowsToContents()
        rows = 0
        for row in range(self._rows.rowCount()):
            height = self.rowHeight(row) + self._air
            self.setRowHeight(row, height)
            rows += height
        self.setFixedHeight(self.horizontalHeader().height() + rows + self._spare)
