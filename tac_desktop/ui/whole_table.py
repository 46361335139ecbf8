"""A table that is as high as its rows: the page scrolls up and down, the table only sideways."""

from PySide6.QtCore import QAbstractTableModel, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from tac_desktop.ui.kit import Kit

_WIDE = 480


class WholeTable(QTableView):
    """The view. Whenever it gets another width, the columns share it, and rows become as high as they need."""

    def __init__(self, kit: Kit, cells: QAbstractTableModel, name: str) -> None:
        """Take the cells, and what a screen reader calls the table."""
        super().__init__()
        self._kit = kit
        self.setModel(cells)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setHighlightSections(False)
            header.setSectionsClickable(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def share(self, width: int) -> None:
        """Give columns and rows their sizes in a table of this width (pixels), then call `stand`."""
        raise NotImplementedError

    def stand(self, height: int, *, scrolls: bool) -> None:
        """Become as high as headings and rows together; `scrolls` says that it scrolls sideways."""
        bar = self.horizontalScrollBar().sizeHint().height() if scrolls else 0
        if self.minimumHeight() != height + bar + 2:
            self.setFixedHeight(height + bar + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width (Qt)."""
        super().resizeEvent(event)
        self.share(self.width())

    def sizeHint(self) -> QSize:
        """Ask for the height of all rows (Qt)."""
        return QSize(self._kit.px(_WIDE), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: it scrolls sideways (Qt)."""
        return QSize(0, self.minimumHeight())
