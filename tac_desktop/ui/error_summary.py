"""'There is a problem': everything that is wrong with a form, each a link to where it is."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout

from tac_desktop.ui.kit import Kit, clear


class WrappingLink(QPushButton):
    """A link whose words wrap on a narrow page; Return follows it as Space does."""

    def __init__(self, kit: Kit, words: str) -> None:
        """Take the words."""
        super().__init__()
        self.setProperty("kind", "problem")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(words)
        self._label = kit.label(words, "error", wrap=True)
        self._label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        font = self._label.font()
        font.setUnderline(True)
        self._label.setFont(font)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, kit.px(3), 0, kit.px(3))
        inside.addWidget(self._label)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._least = kit.px(28)

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows from the width (Qt)."""
        return True

    def heightForWidth(self, arg__1: int) -> int:
        """Return the height of the wrapped words (Qt)."""
        return max(self._least, self._label.heightForWidth(arg__1) + self._least // 4)

    def sizeHint(self) -> QSize:
        """Ask for the width of the words (Qt)."""
        return QSize(self._label.sizeHint().width(), self._least)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: the words wrap (Qt)."""
        return QSize(0, self._least)

    def keyPressEvent(self, arg__1: QKeyEvent) -> None:
        """Follow the link on Return as well (Qt)."""
        if arg__1.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not arg__1.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            self.click()
        else:
            super().keyPressEvent(arg__1)


class ErrorSummary(QFrame):
    """Takes the keyboard when it appears, and leads to each wrong answer."""

    followed = Signal(str)
    """The name of the field whose problem was chosen."""

    def __init__(self, kit: Kit) -> None:
        """Build it hidden."""
        super().__init__()
        self._kit = kit
        self.setProperty("role", "errors")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._heading = kit.label("There is a problem", "h2")
        self.links: list[WrappingLink] = []
        self._column = kit.column(gap=0)
        column = kit.column(self._heading, self._column, gap=6)
        column.setContentsMargins(*(kit.px(16),) * 4)
        self.setLayout(column)
        self.hide()

    def show_problems(self, problems: Sequence[tuple[str, str]]) -> None:
        """Show (field name, words) in their order and take the keyboard; without any, disappear."""
        clear(self._column)
        self.links = []
        for name, words in problems:
            link = WrappingLink(self._kit, words)
            link.setProperty("field", name)
            link.clicked.connect(self._follow)
            self._column.addWidget(link)
            # what is made later would come last in the order of the Tab key
            self.setTabOrder(self.links[-1] if self.links else self, link)
            self.links.append(link)
        self.setVisible(bool(problems))
        self.setAccessibleName(". ".join(["There is a problem", *(words.rstrip(".") for _, words in problems)]))
        if problems:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _follow(self) -> None:
        self.followed.emit(self.sender().property("field"))
