"""A page: a heading with its actions, and below it a column that scrolls; every screen of the frame is one."""

from typing import cast

from PySide6.QtCore import QPoint, QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QBoxLayout,
    QFrame,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from tac_desktop.ui.kit import Kit, put

TITLE_WIDTH = 280
"""Where a title would have less room than this, its buttons stand below it."""


class Page(QWidget):
    """A screen inside the frame. At low heights heading and body scroll together; margins follow the width."""

    def __init__(self, kit: Kit, title: str, *, whole: bool = False) -> None:
        """Take the kit and the title; with `whole` the body keeps the height of the window (a table scrolls itself)."""
        super().__init__()
        self.kit = kit
        self._title = kit.label(title, "h1", wrap=True)
        self._subtitle = kit.label("", "hint", wrap=True)
        self._subtitle.hide()
        self._actions = kit.flow()
        self._head = kit.row(kit.column(self._title, self._subtitle, gap=2), gap=16)
        self._head.setStretch(0, 1)
        self._head.addLayout(self._actions)
        self._to_show: QWidget | None = None
        # its own, not a shot: one that is still due when the page is destroyed would keep the page in memory
        self._once_laid_out = QTimer(self, singleShot=True, interval=0)
        self._once_laid_out.timeout.connect(self._scroll_there)
        self.body = kit.column(gap=16)
        self._column = QVBoxLayout()
        self._column.setSpacing(kit.px(16))
        self._column.addLayout(self._head)
        self._column.addLayout(self.body, 1)
        self._inside = inside = QFrame()
        inside.setProperty("role", "page")
        inside.setLayout(self._column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._area = None if whole else kit.scroll(inside)
        outer.addWidget(self._area or inside)
        cast("QApplication", QApplication.instance()).focusChanged.connect(self._focus_moved)

    def add(self, part: QWidget | QLayout | None) -> None:
        """Put a part below the others; None is a space that stretches."""
        put(self.body, part)

    def add_action(self, button: QWidget) -> None:
        """Put a button beside the title."""
        self._actions.addWidget(button)

    def set_title(self, text: str) -> None:
        """Show another title."""
        self._title.setText(text)

    def set_subtitle(self, text: str) -> None:
        """Say in words below the title what the page shows just now."""
        self._subtitle.setText(text)
        self._subtitle.setVisible(bool(text))

    def scroll_to_top(self) -> None:
        """Begin at the top: the page shows something else now."""
        if self._area is not None:
            self._area.verticalScrollBar().setValue(0)

    def bring_into_view(self, part: QWidget) -> None:
        """Scroll to a part that was just shown; its place is known only after the layout has been made."""
        self._to_show = part
        self._once_laid_out.start()

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """Scroll to what the keyboard reaches from outside, and to the whole of a table: Qt does neither."""
        area = self._area
        if area is None and old is not None and new is not None and self.isAncestorOf(new):
            self._bring_into_part(old, new)
        if area is None or old is None or new is None or not area.isAncestorOf(new):
            return
        if isinstance(new, QAbstractItemView) or not area.isAncestorOf(old):
            self.bring_into_view(new)

    def _bring_into_part(self, old: QWidget, new: QWidget) -> None:
        """Scroll a part of the page that scrolls by itself to what the keyboard reaches in it from outside."""
        part = new.parentWidget()
        while part is not None and part is not self and not isinstance(part, QScrollArea):  # pyright: ignore[reportUnnecessaryComparison] - None above
            part = part.parentWidget()
        if isinstance(part, QScrollArea) and not part.isAncestorOf(old):
            part.ensureWidgetVisible(new, 0, self.kit.px(24))

    def _scroll_there(self) -> None:
        area, part = self._area, self._to_show
        if area is not None and part is not None and isValid(part) and part.isVisible():
            top, margin = part.mapTo(self._inside, QPoint(0, 0)).y(), self.kit.px(16)
            for end in (top + part.height(), top):  # the top comes last: it is what one reads first
                area.ensureVisible(0, end, 0, margin)

    def arrive(self) -> None:
        """Put the keyboard where work begins; called each time the page is shown."""

    def place(self) -> str:
        """Return what the page needs to come back to the same spot after a lock; never a name or an answer."""
        return ""

    def return_to(self, place: str) -> None:
        """Go back to a spot that `place` gave."""

    def settle(self) -> None:
        """Write what has been typed into the drafts, now; called before the page is destroyed."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the margins follow the width (Qt)."""
        margin = self.kit.margin(event.size().width())
        self._column.setContentsMargins(margin, self.kit.px(20), margin, self.kit.px(20))
        room = event.size().width() - 2 * margin
        beside = self._actions.sizeHint().width() + self.kit.px(TITLE_WIDTH) <= room
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(across if beside else down)
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Ask for no room: what does not fit scrolls (Qt)."""
        return QSize(0, 0)
