"""The table: draws rows of any number, lets columns give way where there is no room, opens a row by key or mouse."""

from typing import Any, cast

from PySide6.QtCore import QModelIndex, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from tac_desktop.ui import tokens
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.rows import CellKind, Column, Index, LazyRows


class Cells(QStyledItemDelegate):
    """Draws every cell: one way through the code, no widget per cell."""

    def __init__(self, kit: Kit, parent: QObject) -> None:
        """Measure nothing yet: fonts and pixmaps are made once here, cells are drawn often."""
        super().__init__(parent)
        theme = kit.theme
        self._px = theme.px
        self._colours = {name: theme.colour(name) for name in vars(theme.colours)}
        self._fonts = {
            "text": theme.font(),
            "quiet": theme.font(),
            "due": theme.font(figures=True),
            "number": theme.font(figures=True),
            "name": theme.font("strong"),
            "badge": theme.font("caption", strong=True),
        }
        self._metrics = {kind: QFontMetrics(font) for kind, font in self._fonts.items()}
        self._warning: QPixmap = theme.pixmap("triangle-alert", "danger", 16)

    def width(self, column: Column[Any]) -> int:
        """Return the width that a column needs for its sample text and its heading."""
        heading = self._metrics["badge"].horizontalAdvance(column.heading) + self._px(38 if column.sort else 24)
        extra = {"badge": 40, "due": 46}.get(column.kind, 24)
        return max(heading, self._metrics[column.kind].horizontalAdvance(column.sample) + self._px(extra))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one cell (Qt)."""
        model = index.model()
        if not isinstance(model, LazyRows):
            return
        rows = cast("LazyRows[Any]", model)
        column = rows.columns[index.column()]
        box: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue] - missing in PySide's types
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, box, first=index.column() == 0)
        inner = box.adjusted(self._px(12), 0, -self._px(8), 0)
        text = str(rows.data(index) or "")
        painter.setFont(self._fonts[column.kind])
        match column.kind:
            case "badge":
                self._badge(painter, inner, text, rows.tone(index))
            case "due":
                self._due(painter, inner, text, rows.tone(index))
            case _:
                self._words(painter, inner, text, column.kind)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the least size of a cell (Qt)."""
        del option, index
        return QSize(self._px(80), self._px(tokens.ROW_HEIGHT))

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, box: QRect, *, first: bool) -> None:
        state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue] - missing in PySide's types
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, self._colours["primary_tint"])
            if first:
                painter.fillRect(QRect(box.left(), box.top(), self._px(3), box.height()), self._colours["primary"])
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, self._colours["canvas"])
        painter.setPen(self._colours["line"])
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _words(self, painter: QPainter, box: QRect, text: str, kind: CellKind) -> None:
        colour = {"name": "primary", "quiet": "text_2"}.get(kind, "text")
        side = Qt.AlignmentFlag.AlignRight if kind == "number" else Qt.AlignmentFlag.AlignLeft
        painter.setPen(self._colours[colour])
        shown = self._metrics[kind].elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | side), shown)

    def _badge(self, painter: QPainter, box: QRect, text: str, tone: str) -> None:
        if not text:
            return
        width = min(box.width(), self._metrics["badge"].horizontalAdvance(text) + self._px(16))
        height = self._px(24)
        badge = QRectF(box.left(), box.center().y() - height / 2 + 1, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colours[f"{tone or 'neutral'}_tint"])
        painter.drawRoundedRect(badge, self._px(4), self._px(4))
        painter.setPen(self._colours[tone or "neutral"])
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _due(self, painter: QPainter, box: QRect, text: str, tone: str) -> None:
        if tone == "danger":  # the icon says it, too: nothing is told by colour alone
            size = self._px(16)
            painter.drawPixmap(box.left(), box.center().y() - size // 2 + 1, self._warning)
            box = box.adjusted(size + self._px(6), 0, 0, 0)
        painter.setPen(self._colours[tone or "text_2"])
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)


class Table(QTableView):
    """The view: columns give way where there is no room; Enter, or a click on the name, opens a row."""

    opened = Signal(int)
    """The id of the row that was opened."""
    order_asked = Signal(str, bool)
    """A column's order, and whether from the end."""

    def __init__(self, kit: Kit, rows: LazyRows[Any], name: str) -> None:
        """Take the model and what a screen reader calls the table."""
        super().__init__()
        self._rows = rows
        self.setModel(rows)
        cells = Cells(kit, self)
        self.setItemDelegate(cells)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(kit.px(tokens.ROW_HEIGHT))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._widths = [cells.width(column) for column in rows.columns]
        self._prepare_header(kit)
        self.clicked.connect(self._clicked)

    def _prepare_header(self, kit: Kit) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(kit.px(48))
        header.setSectionsClickable(any(column.sort for column in self._rows.columns))
        for place, width in enumerate(self._widths):
            self.setColumnWidth(place, width)
        widest = next((i for i, column in enumerate(self._rows.columns) if column.kind == "name"), 0)
        header.setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
        header.sectionClicked.connect(self._header_clicked)

    def show_order(self, sort: str, *, from_end: bool) -> None:
        """Mark the heading of the column whose order is in force."""
        order = Qt.SortOrder.DescendingOrder if from_end else Qt.SortOrder.AscendingOrder
        for place, column in enumerate(self._rows.columns):
            if column.sort == sort:
                self.horizontalHeader().setSortIndicatorShown(True)
                self.horizontalHeader().setSortIndicator(place, order)

    def selected_id(self) -> int | None:
        """Return the id of the selected row, None if there is none."""
        index = self.currentIndex()
        return self._rows.row_id(index.row()) if index.isValid() else None

    def stay_at(self, row_id: int | None, row: int) -> None:
        """Select the row with this id; where it is not shown any more, the one that stands in its place (from 0)."""
        place = self._rows.row_of(row_id) if row_id is not None else -1
        if self._rows.rowCount():
            self.selectRow(place if place >= 0 else max(0, min(row, self._rows.rowCount() - 1)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row on Enter, on either keyboard block (Qt)."""
        chosen = self.selected_id()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and chosen is not None:
            self.opened.emit(chosen)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the columns for which there is no room, the least needed first (Qt)."""
        room = self.viewport().width()
        shown = set(range(len(self._widths)))
        leaving = sorted(shown, key=lambda place: -self._rows.columns[place].gives_way)
        for place in leaving:
            if sum(self._widths[i] for i in shown) <= room or not self._rows.columns[place].gives_way:
                break
            shown.discard(place)
        for place in range(len(self._widths)):
            self.setColumnHidden(place, place not in shown)
        super().resizeEvent(event)

    def _clicked(self, index: QModelIndex) -> None:
        if self._rows.columns[index.column()].kind == "name":
            self.opened.emit(self._rows.row_id(index.row()))

    def _header_clicked(self, section: int) -> None:
        sort = self._rows.columns[section].sort
        if sort:
            header = self.horizontalHeader()
            again = header.isSortIndicatorShown() and header.sortIndicatorSection() == section
            from_end = again and header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            self.order_asked.emit(sort, from_end)
