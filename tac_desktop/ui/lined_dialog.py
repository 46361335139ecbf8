"""A window over the window, with a thin line around it: not every window manager draws one."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QFrame, QVBoxLayout, QWidget

from tac_desktop.ui.kit import Kit


class LinedDialog(QDialog):
    """What it shows is put into `column`; it is never larger than the screen, and gone once it is closed."""

    def __init__(self, kit: Kit, title: str, size: tuple[int, int], parent: QWidget | None = None) -> None:
        """Take a title without a name in it, because titles show in the task bar, and a size in pixels at 100 %."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._wanted = QSize(kit.px(size[0]), kit.px(size[1]))
        self.column = QVBoxLayout()
        line = QFrame()
        line.setProperty("role", "window")
        line.setLayout(self.column)
        self.column.setContentsMargins(1, 1, 1, 1)
        self.column.setSpacing(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(line)
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Ask for no more than the screen has (Qt)."""
        return self._wanted.boundedTo(self.screen().availableSize() * 0.94)
