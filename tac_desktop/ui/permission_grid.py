"""The grid of allowed contact: a row for each kind of contact, a column for each child, worked by the arrow keys."""

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from tac_desktop.casework.contact_matrix import Cell, Matrix
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.permission_line import LOOKS
from tac_desktop.ui.whole_table import WholeTable

_Index = QModelIndex | QPersistentModelIndex
_NO_PARENT: Final = QModelIndex()
_WORDS: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_HEADS: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_LEAST, _HEAD_LEAST, _HEAD_MOST, _ICON, _GAP, _PAD = 136, 120, 230, 18, 8, 10
_MOST = 300


class PermissionCells(QAbstractTableModel):
    """The model: headings of the groups between the kinds of contact; a heading cannot be chosen."""

    def __init__(self, matrix: Matrix, *, every_kind: bool) -> None:
        """Take what is allowed, and whether every kind of contact has a row of its own."""
        super().__init__()
        self._matrix = matrix
        self.rows = matrix.rows(every_kind=every_kind)

    def cell(self, index: _Index) -> Cell | None:
        """Return the cell at an index, None for a heading."""
        cells = self.rows[index.row()].cells if index.isValid() else ()
        return cells[index.column()] if cells else None

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of kinds and headings (Qt)."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return the number of children (Qt)."""
        return 0 if parent.isValid() else len(self._matrix.children)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Say that a heading cannot be chosen (Qt)."""
        if self.cell(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell, shown or spoken (Qt)."""
        cell = self.cell(index)
        spoken = role == Qt.ItemDataRole.AccessibleTextRole
        if role == Qt.ItemDataRole.DisplayRole or spoken:
            if cell is None:
                return self.rows[index.row()].words if spoken else ""
            return cell.spoken() if spoken else "\n".join(cell.lines())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name of a child, or of a kind of contact (Qt)."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_HEADS) | int(Qt.TextFlag.TextWordWrap)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return self._matrix.children[section][1]
        return self.rows[section].words


class _Drawn(QStyledItemDelegate):
    """Draws a cell: an icon, what holds in strong letters, and below it who decided it and until when."""

    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        theme = kit.theme
        self._px, self._colour = theme.px, theme.colour
        self._fonts = (theme.font("strong"), theme.font("caption"))
        self._metrics = tuple(map(QFontMetrics, self._fonts))
        self._icons = {name: theme.pixmap(icon, colour, _ICON) for name, (icon, colour) in LOOKS.items()}

    def height(self, cell: Cell, width: int) -> int:
        """Return the height of a cell that is so wide."""
        room = width - self._px(2 * _PAD + _ICON + _GAP)
        return sum(self._heights(cell.lines(), room)) + self._px(2 * _PAD)

    def _heights(self, lines: tuple[str, ...], room: int) -> list[int]:
        wide = QRect(0, 0, max(1, room), 10_000)
        return [
            self._metrics[place > 0].boundingRect(wide, int(_WORDS), line).height() for place, line in enumerate(lines)
        ]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell (Qt)."""
        box: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue] - missing in PySide's types
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue] - missing in PySide's types
        model = index.model()
        cell = model.cell(index) if isinstance(model, PermissionCells) else None
        painter.save()
        painter.setPen(self._colour("line"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if cell is not None:
            self._cell(painter, box, cell, chosen=bool(state & QStyle.StateFlag.State_Selected))
        painter.restore()

    def _cell(self, painter: QPainter, box: QRect, cell: Cell, *, chosen: bool) -> None:
        standing = cell.permission.standing
        tint = {"allowed": "ok_tint", "conditional": "warn_tint", "not_allowed": "danger_tint"}.get(standing, "surface")
        painter.fillRect(box.adjusted(1, 1, -1, -1), self._colour(tint))
        pad, icon = self._px(_PAD), self._px(_ICON)
        painter.drawPixmap(box.left() + pad, box.top() + pad, self._icons[standing])
        inner = box.adjusted(pad + icon + self._px(_GAP), pad, -pad, 0)
        lines = cell.lines()
        for place, (line, height) in enumerate(zip(lines, self._heights(lines, inner.width()), strict=True)):
            painter.setFont(self._fonts[place > 0])
            painter.setPen(self._colour("text" if place else LOOKS[standing][1]))
            painter.drawText(QRect(inner.left(), inner.top(), inner.width(), height), int(_WORDS), line)
            inner.setTop(inner.top() + height)
        if chosen:
            painter.setPen(QPen(self._colour("primary"), self._px(2)))
            painter.drawRect(box.adjusted(1, 1, -2, -2))


class PermissionGrid(WholeTable):
    """The view: it is as high as its rows, and scrolls sideways where there are many children."""

    opened = Signal(object)
    """The Cell on which Enter was pressed, or that was clicked twice."""
    begun = Signal(object)
    """The Cell for which another decision is wanted."""
    moved = Signal(object)
    """The Cell that is chosen now."""

    def __init__(self, kit: Kit, matrix: Matrix, name: str, *, every_kind: bool = False) -> None:
        """Take what is allowed, what a screen reader calls the grid, and whether every kind has a row of its own."""
        cells = PermissionCells(matrix, every_kind=every_kind)
        super().__init__(kit, cells, name)
        self._cells, self._drawn = cells, _Drawn(kit, self)
        self.setItemDelegate(self._drawn)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setCornerButtonEnabled(False)
        self.doubleClicked.connect(self._clicked)
        self.selectionModel().currentChanged.connect(self._changed)
        self._begin()

    def _begin(self) -> None:
        """Choose the first cell."""
        first = next((row for row, one in enumerate(self._cells.rows) if one.cells), None)
        if first is not None and self._cells.columnCount():
            self.setCurrentIndex(self._cells.index(first, 0))

    def current(self) -> Cell | None:
        """Return the cell that is chosen, None if there are no children."""
        return self._cells.cell(self.currentIndex())

    def choose(self, channel: str, child: str) -> None:
        """Choose the cell of a kind of contact and a child."""
        for row, one in enumerate(self._cells.rows):
            for column, cell in enumerate(one.cells):
                if channel in cell.channels and cell.child == child:
                    self.setCurrentIndex(self._cells.index(row, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, begin another on Insert; what holds nothing begins on Enter as well (Qt)."""
        cell = self.current()
        if cell is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.opened if cell.record_id else self.begun).emit(cell)
        elif cell is not None and event.key() == Qt.Key.Key_Insert:
            self.begun.emit(cell)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which cell the keys move from (Qt)."""
        super().focusInEvent(event)
        if (cell := self.current()) is not None:
            self.moved.emit(cell)

    def share(self, width: int) -> None:
        """Share the width among the children."""
        count = self._cells.columnCount()
        if not count:
            return
        px = self._kit.px
        left = width - 2 - px(_LEAST) * count  # what the children leave: the head gives way before a child is cut off
        head = max(px(_HEAD_LEAST), min(px(_HEAD_MOST), width // 3, left))
        each = min(px(_MOST), max(px(_LEAST), (width - 2 - head) // count))
        self.verticalHeader().setFixedWidth(head)
        for column in range(count):
            self.setColumnWidth(column, each)
        total = self._lay_rows(head, each) + self._lay_head(each)
        self.stand(total, scrolls=head + each * count > width - 2)

    def _lay_rows(self, head: int, each: int) -> int:
        """Make each row as high as its words need in so wide a column; return the sum."""
        px, metrics = self._kit.px, QFontMetrics(self.verticalHeader().font())
        total = 0
        room = QRect(0, 0, max(1, head - px(26)), 10_000)
        for row, one in enumerate(self._cells.rows):
            needed = [self._drawn.height(cell, each) for cell in one.cells]
            height = max(*needed, metrics.boundingRect(room, int(_WORDS), one.words).height() + px(2 * _PAD), px(38))
            self.setRowHeight(row, height)
            total += height
        return total

    def _lay_head(self, each: int) -> int:
        px, metrics = self._kit.px, QFontMetrics(self.horizontalHeader().font())
        room = QRect(0, 0, max(1, each - px(26)), 10_000)
        names = [
            str(self._cells.headerData(column, Qt.Orientation.Horizontal))
            for column in range(self._cells.columnCount())
        ]
        height = max(metrics.boundingRect(room, int(_WORDS), name).height() for name in names) + px(22)
        self.horizontalHeader().setFixedHeight(height)
        return height

    def _clicked(self, index: QModelIndex) -> None:
        if (cell := self._cells.cell(index)) is not None:
            (self.opened if cell.record_id else self.begun).emit(cell)

    def _changed(self, index: QModelIndex) -> None:
        if (cell := self._cells.cell(index)) is not None:
            self.moved.emit(cell)
