"""A box to search with: a magnifying glass at its left, and a button at its right that empties it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from tac_desktop.ui.kit import Kit


class SearchBox(QLineEdit):
    """Draws its own glass: the actions of a QLineEdit do not follow the size of text."""

    list_wanted = Signal()
    """The keyboard shall go on in the list of what was found."""

    def __init__(self, kit: Kit, name: str, placeholder: str) -> None:
        """Take the spoken name and the words that stand in the empty box."""
        super().__init__()
        self._kit = kit
        self._glass = kit.theme.pixmap("search", "text_2")
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTextMargins(kit.px(26), 0, kit.px(26), 0)
        self._empty = kit.button("", "x", kind="icon", name=self.tr("Empty the search (Esc)"))
        self._empty.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Esc does the same: no stop on the way to the list
        self._empty.setParent(self)
        self._empty.hide()
        self._empty.clicked.connect(self._clear)
        self.textChanged.connect(self._text_changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Empty the box on Esc: nothing that was typed for keeping is lost; go to the list on Down (Qt)."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.list_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the glass into the margin (Qt)."""
        super().paintEvent(event)
        painter = QPainter(self)
        size = self._kit.px(18)
        painter.drawPixmap(self._kit.px(11), (self.height() - size) // 2, self._glass)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button at the right end (Qt)."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Place the button once the style is known (Qt)."""
        if event.type() == QEvent.Type.Polish:
            self._place()
        return super().event(event)

    def _place(self) -> None:
        size = self._kit.px(30)
        self._empty.setGeometry(self.width() - size - self._kit.px(4), (self.height() - size) // 2, size, size)

    def _text_changed(self, text: str) -> None:
        self._empty.setVisible(bool(text))

    def _clear(self) -> None:
        self.clear()
        self.setFocus()
