"""The QR symbol of a card, dot by dot: each the same number of pixels wide, so that a telephone can read it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tac_desktop.ui.kit import Kit

DOT = 2
"""Pixels of a dot at 100 %."""


class CardPicture(QWidget):
    """Shows rows of dots, dark on light whatever the theme: that is how scanners want it."""

    def __init__(self, kit: Kit, name: str, description: str) -> None:
        """Take what a screen reader says of it; without dots it takes no room."""
        super().__init__()
        self._dot = kit.px(DOT)
        self._paper, self._ink = kit.theme.colour("paper"), kit.theme.colour("ink")
        self._dots: Sequence[Sequence[bool]] = ()
        self.setAccessibleName(name)
        self.setAccessibleDescription(description)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_dots(self, dots: Sequence[Sequence[bool]]) -> None:
        """Show another symbol, its quiet border included."""
        self._dots = dots
        self.setFixedSize(self.sizeHint())
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the room of the dots (Qt)."""
        side = len(self._dots) * self._dot
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw runs of dark dots as one box each (Qt)."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._paper)
        for line, row in enumerate(self._dots):
            for place, dark in enumerate(row):
                if dark:
                    painter.fillRect(place * self._dot, line * self._dot, self._dot, self._dot, self._ink)
        painter.end()
