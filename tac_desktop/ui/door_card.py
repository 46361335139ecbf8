"""A card in the middle of an otherwise empty window: what one sees before a vault is open."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from tac_desktop.ui.kit import Kit, restyle
from tac_desktop.ui.soon import soon

WIDEST = 460


class DoorCard(QWidget):
    """A white card, centred, which scrolls where the window is low; with an icon, a title and a place for trouble."""

    def __init__(self, kit: Kit, icon: str, title: str, words: str = "") -> None:
        """Take the icon and the title; `words` stand below it."""
        super().__init__()
        self.kit = kit
        self.card, self.column = kit.card(28, 14)
        self._title = kit.label(title, "h2", wrap=True)
        head = kit.row(kit.picture(icon, "primary", 22), self._title, gap=12)
        head.setStretch(1, 1)
        self.column.addLayout(head)
        self._words = kit.label(words, "hint", wrap=True)
        if not words:  # to show it before it has a place would make a window of it
            self._words.hide()
        self.column.addWidget(self._words)
        self._trouble = kit.label("", "error", wrap=True)
        self._trouble.hide()
        self._marked: QWidget | None = None
        self._said_before = ""
        """What a screen reader says of the box that is marked when nothing is wrong with it."""
        self._trouble_at = 0
        inside = QFrame()
        inside.setProperty("role", "page")
        middle = kit.row(None, self.card, None, gap=0)
        column = kit.column(None, middle, None, gap=0)
        column.setStretch(0, 2)
        column.setStretch(2, 3)
        column.setContentsMargins(*(kit.px(16),) * 4)
        inside.setLayout(column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = kit.scroll(inside)
        outer.addWidget(self._area)

    def say(self, words: str) -> None:
        """Show other words below the title."""
        self._words.setText(words)
        self._words.setVisible(bool(words))

    def add_trouble_line(self) -> None:
        """Put the line for what went wrong here, above what comes next; what concerns one box is told below that."""
        self._trouble_at = self.column.count()
        self.column.addWidget(self._trouble)

    def show_trouble(self, text: str, editor: QWidget | None = None) -> None:
        """Say what went wrong, mark the box where it can be put right, and put the keyboard there."""
        self._place_trouble(editor)
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))
        if self._marked is not None:
            restyle(self._marked, error="")
            self._marked.setAccessibleDescription(self._said_before)
        self._marked = editor
        if editor is not None:
            self._said_before = editor.accessibleDescription()
            restyle(editor, error="true" if text else "")
            editor.setAccessibleDescription(text)
            editor.setFocus()
        if isinstance(editor, QLineEdit):
            editor.selectAll()
        if text:
            soon(self, self._trouble_into_view)

    def _place_trouble(self, editor: QWidget | None) -> None:
        columns = self.card.findChildren(QVBoxLayout)
        column = next((one for one in columns if editor is not None and one.indexOf(editor) >= 0), None)
        if column is not None:
            column.addWidget(self._trouble)
        elif self.column.indexOf(self._trouble) < 0:
            self.column.insertWidget(self._trouble_at, self._trouble)

    def _trouble_into_view(self) -> None:
        self._area.ensureWidgetVisible(self._trouble, 0, self.kit.px(16))
        if self._marked is not None:
            self._area.ensureWidgetVisible(self._marked, 0, self.kit.px(40))

    def trouble(self) -> QLabel:
        """Return the line for what went wrong."""
        return self._trouble

    def set_busy(self, busy: bool) -> None:
        """Say that what was asked for is being done, and let nothing else be asked meanwhile."""

    def refuse(self, text: str) -> None:
        """Say why it could not be done."""
        self.set_busy(False)
        self.show_trouble(text)

    def arrive(self) -> None:
        """Put the keyboard where work begins; called each time the card is shown."""

    def minimumSizeHint(self) -> QSize:
        """Ask for no room: what does not fit scrolls (Qt)."""
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the card as wide as a line reads well, or as wide as there is room (Qt)."""
        room = event.size().width() - 2 * self.kit.px(16) - self.kit.px(14)
        self.card.setFixedWidth(max(self.kit.px(200), min(self.kit.px(WIDEST), room)))
        super().resizeEvent(event)


def show_secret(entry: QLineEdit, shown: bool) -> None:
    """Show a pass-phrase in letters or as dots."""
    entry.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


def no_guessing(entry: QLineEdit) -> QLineEdit:
    """Tell input methods to learn nothing from what is typed here."""
    entry.setInputMethodHints(
        Qt.InputMethodHint.ImhSensitiveData
        | Qt.InputMethodHint.ImhNoPredictiveText
        | Qt.InputMethodHint.ImhNoAutoUppercase
    )
    return entry
