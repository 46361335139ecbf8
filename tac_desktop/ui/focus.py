"""What the person's hands are doing: when input last came, whether by key, and where the keyboard is."""

import time
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QInputEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QShortcutEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget
from shiboken6 import isValid

from tac_desktop.ui.soon import soon
from tac_desktop.ui.theme import Theme

_KEYS = frozenset({QEvent.Type.KeyPress, QEvent.Type.Shortcut})
_HANDS = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin})
_FROM_HANDS = (QInputEvent, QShortcutEvent)
"""What the events of `_KEYS` and `_HANDS` are; a page that is shown gets tens of thousands of others."""
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Paint})


class Elapsed:
    """The seconds since a moment, by both clocks of the computer."""

    def __init__(self) -> None:
        """Count from now on."""
        self.again()

    def again(self) -> None:
        """Count anew from now on."""
        self.steady, self.clock = time.monotonic(), time.time()

    def seconds(self) -> float:
        """Return how many have passed: the steady clock may stand still in sleep, the other may be set back."""
        return max(time.monotonic() - self.steady, time.time() - self.clock)


class InputWatch(QObject):
    """The one filter over all events (a microsecond each). A moving mouse is no input: a cloth moves it, too."""

    lock_wanted = Signal()
    """Ctrl+L was pressed, in whatever window, list or menu. To be listened to queued: the window may go."""
    came_late = Signal()
    """Input came when it was too late for it, and reached nobody: see `limit`. To be listened to queued."""

    def __init__(self, app: QApplication) -> None:
        """Watch the application's events from now on."""
        super().__init__(app)
        self.by_key = False
        self.last = Elapsed()
        self.limit = 0.0
        """Seconds without input after which the next is no sign of work going on; 0 for never."""
        app.installEventFilter(self)

    def idle(self) -> float:
        """Return the seconds since the last input; time asleep counts, and a clock set back does not help."""
        return self.last.seconds()

    def touch(self) -> None:
        """Count this moment as input."""
        self.last.again()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what came and let it pass, unless it is too late or the key that locks (Qt)."""
        if not isinstance(event, _FROM_HANDS):  # to ask an event for its kind takes longer than all the rest
            return False
        kind = event.type()
        if kind in _KEYS:
            self.by_key = True
            return self._came() or (kind == QEvent.Type.KeyPress and self._is_lock_key(event))
        if kind in _HANDS:
            self.by_key = False
            return self._came()
        return False

    def _came(self) -> bool:
        """Count input; True where the time without any is over, so that it must not reach what is to be locked."""
        if self.limit and self.idle() >= self.limit:
            self.came_late.emit()
            return True
        self.touch()
        return False

    def _is_lock_key(self, event: QEvent) -> bool:
        """Tell the key that locks. A shortcut would not be heard in a dialog, nor while a list is open."""
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_L:
            return False
        if event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            return False
        if not event.isAutoRepeat():
            self.lock_wanted.emit()
        return True


class FocusRing(QObject):
    """A ring around whatever has the keyboard, shown after use of a key.

    One plain overlay per window, made with that window as its parent: a QFocusFrame shared between windows is moved by
    Qt behind Python's back and took the process down with a closing dialog.
    """

    def __init__(self, app: QApplication, watch: InputWatch, theme: Theme) -> None:
        """Follow the application's focus."""
        super().__init__(app)
        self._watch = watch
        self._theme = theme
        self._widget: QWidget | None = None
        self._ring: _Ring | None = None
        self._followed: list[QWidget] = []
        app.focusChanged.connect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._leave()
        if new is None or not self._watch.by_key:
            return
        window = new.window()
        self._ring = window.findChild(_Ring) or _Ring(window, self._theme)
        self._widget = new
        self._followed = [new, *_scrolled(new)]
        for widget in self._followed:
            widget.installEventFilter(self)
        new.destroyed.connect(self._forget)
        self._ring.destroyed.connect(self._forget)
        self._place()

    def _leave(self) -> None:
        """Let go of both. A window that is going may take them without a word: what is gone has to be let go, too."""
        widget, ring, followed = self._widget, self._ring, self._followed
        self._widget, self._ring, self._followed = None, None, []
        for one in followed:
            if isValid(one):
                one.removeEventFilter(self)
        if widget is not None and isValid(widget):
            widget.destroyed.disconnect(self._forget)
        if ring is not None and isValid(ring):
            ring.destroyed.disconnect(self._forget)
            ring.hide()

    def _forget(self) -> None:
        if self._ring is not None and isValid(self._ring) and self.sender() is not self._ring:
            self._ring.hide()
        self._widget = self._ring = None
        self._followed.clear()

    def _place(self) -> None:
        if self._widget is None or self._ring is None or not (isValid(self._widget) and isValid(self._ring)):
            return
        if not self._widget.isVisible():
            self._ring.hide()
            return
        self._ring.setGeometry(_visible_box(self._widget, self._outset(self._widget)))
        self._ring.raise_()
        self._ring.show()

    def _outset(self, widget: QWidget) -> int:
        inside = widget.property("kind") in ("nav", "section") or isinstance(widget, QAbstractItemView)
        return -self._theme.px(3) if inside else self._theme.px(4)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget when it moves (Qt)."""
        if event.type() in _MOVES and watched in self._followed:
            soon(self, self._place)
        return False


def _scrolled(widget: QWidget) -> list[QWidget]:
    """Return what moves the widget when somebody scrolls: the contents of the scroll areas around it."""
    found: list[QWidget] = []
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():  # pyright: ignore[reportUnnecessaryComparison] - None at the top
        above = parent.parentWidget()
        if above is not None and isinstance(above.parentWidget(), QScrollArea):  # pyright: ignore[reportUnnecessaryComparison]
            found.append(parent)
        parent = above
    return found


def _visible_box(widget: QWidget, outset: int) -> QRect:
    """Return the widget's box in its window's coordinates, never outside the viewport that shows it."""
    window = widget.window()
    box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).adjusted(-outset, -outset, outset, outset)
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():  # pyright: ignore[reportUnnecessaryComparison] - None at the top
        area = parent.parentWidget()
        if isinstance(area, QScrollArea) and parent is area.viewport():
            box &= QRect(parent.mapTo(window, QPoint(0, 0)), parent.size())
        parent = area
    return box


class _Ring(QWidget):
    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setObjectName("focus-ring")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self._theme.px(3)
        half = wide / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(QPen(self._theme.colour("focus"), wide))
        painter.drawRoundedRect(box, 2.7 * wide, 2.7 * wide)
        painter.setPen(QPen(self._theme.colour("text"), wide / 3))
        painter.drawRoundedRect(box.adjusted(half, half, -half, -half), 2.3 * wide, 2.3 * wide)
        painter.end()


def stop_before(widget: QWidget) -> QWidget | None:
    """Return what the keyboard comes to before a widget, None where there is nothing."""
    before = widget.previousInFocusChain()
    while before is not None and before is not widget:
        if before.focusPolicy() != Qt.FocusPolicy.NoFocus and before.isVisible():
            return before
        before = before.previousInFocusChain()
    return None


def holds_keyboard(part: QWidget) -> bool:
    """Say whether a part of a window has its keyboard, or has it again as soon as no other window is over it."""
    focused = part.window().focusWidget()
    return focused is part or part.isAncestorOf(focused)


def put_in_order(start: QWidget | None, stops: Sequence[QWidget]) -> None:
    """Have the Tab key come to widgets one after the other, the first of them after `start` if that is still there."""
    first = [start] if start is not None and isValid(start) else []
    for before, stop in pairwise([*first, *stops]):
        QWidget.setTabOrder(before, stop)


def lead_on(more: QWidget, new: Sequence[QWidget]) -> None:
    """Have Tab come to lines that were just added before the button below them that shows more.

    Where that button had the keyboard, the first of them takes it: the button goes once everything is shown.

    Args:
        more: The button.
        new: What takes the keyboard in the new lines, in the order of reading.
    """
    # before it stands in a window Qt's ring of stops has nothing but these: the button would count as next to the last
    gap = QWidget(more.parentWidget(), focusPolicy=Qt.FocusPolicy.TabFocus)
    put_in_order(stop_before(more), [*new, more])
    gap.setParent(None)
    if new and more.hasFocus():
        new[0].setFocus(Qt.FocusReason.OtherFocusReason)


def stops_in(part: QWidget) -> list[QWidget]:
    """Return what takes the keyboard in a part, in the order of reading, also what is hidden."""
    window = part.window()
    within = [one for one in part.findChildren(QWidget) if one.window() is window]  # not in a list that pops up
    return [one for one in within if one.focusPolicy() != Qt.FocusPolicy.NoFocus and not one.focusProxy()]
