"""A layout that fills rows from left to right and wraps: what lets a row of buttons survive text at 200 %."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget
from shiboken6 import isValid


class Flow(QLayout):
    """Items side by side, each row as high as its highest item."""

    def __init__(
        self, parent: QWidget | None = None, *, gap: int = 8, row_gap: int | None = None, top: bool = False
    ) -> None:
        """Take the gaps between items and between rows in pixels (already scaled); `top` lines items up at the top."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        """What is known of the height at a width: the layouts around ask for it dozens of times."""
        self._gap = gap
        self._top = top
        self._row_gap = gap if row_gap is None else row_gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, arg__1: QLayoutItem) -> None:
        """Take an item in (Qt)."""
        self._items.append(arg__1)

    def add_layout(self, layout: QLayout) -> None:
        """Take a layout in as one item."""
        self.addChildLayout(layout)
        self._items.append(layout)

    def count(self) -> int:
        """Say how many items there are (Qt)."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Return an item, None past the end (Qt)."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Give an item up (Qt)."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more room than needed (Qt)."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width (Qt)."""
        return True

    def heightForWidth(self, arg__1: int) -> int:
        """Return the height of all rows at a width (Qt)."""
        if arg__1 not in self._heights:
            rows = self._rows(arg__1)
            gaps = self._row_gap * max(0, len(rows) - 1)
            self._heights[arg__1] = sum(self._height(row) for row in rows) + gaps
        return self._heights[arg__1]

    def invalidate(self) -> None:
        """Forget what is known of the heights: something in it has changed (Qt)."""
        self._heights.clear()
        super().invalidate()

    def sizeHint(self) -> QSize:
        """Return the size of one row with everything in it (Qt)."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Return the size of the largest item (Qt)."""
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    def setGeometry(self, arg__1: QRect) -> None:
        """Put every item in its place (Qt)."""
        super().setGeometry(arg__1)
        top = arg__1.y()
        for row in self._rows(arg__1.width()):
            height, left = self._height(row), arg__1.x()
            for item, size in row:
                item.setGeometry(QRect(QPoint(left, top + (0 if self._top else (height - size.height()) // 2)), size))
                left += size.width() + self._gap
            top += height + self._row_gap

    def _shown(self) -> list[QLayoutItem]:
        # what is being destroyed may be asked for its height once more, when its items are gone
        return [item for item in self._items if isValid(item) and not item.isEmpty()]

    def _height(self, row: list[tuple[QLayoutItem, QSize]]) -> int:
        return max(size.height() for _, size in row)

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._shown():
            size = self._fitted(item, width)
            if rows and used + self._gap + size.width() <= width:
                rows[-1].append((item, size))
                used += self._gap + size.width()
            else:
                rows.append([(item, size)])
                used = size.width()
        return rows

    def _fitted(self, item: QLayoutItem, width: int) -> QSize:
        """Narrow an item wider than the row; a wrapping text then says how high it becomes."""
        hint = item.sizeHint()
        wide = min(hint.width(), max(width, item.minimumSize().width()))
        if wide < hint.width() and item.hasHeightForWidth():
            return QSize(wide, item.heightForWidth(wide))
        return QSize(wide, hint.height())
