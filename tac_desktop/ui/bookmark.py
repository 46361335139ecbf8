"""Where somebody is in a window: what has the keyboard, the cursor in its text, how far everything is scrolled.

A bookmark outlives a lock. It holds kinds of widgets and numbers, never a word of what was shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from tac_desktop.ui.focus import InputWatch
from tac_desktop.ui.jobs import Lane

Way: TypeAlias = tuple[tuple[str, int], ...]
"""From a window downwards: the class of each widget on the way, and which one it is of those that are shown."""

_PAUSES = (40, 110, 250, 500)
"""Milliseconds after which it is tried again: layouts are made and scrolled late, and pages move the keyboard."""


@dataclass(frozen=True)
class Scrolled:
    """How far one area is scrolled."""

    area: Way
    across: int
    down: int
    keyboard_at: int | None = None
    """Where in the area what has the keyboard begins, in pixels; None where it is elsewhere. It counts before `down`:
    above it there may be more than before, such as a note that a draft was brought back."""


@dataclass(frozen=True)
class Bookmark:
    """What `bookmark_of` found."""

    keyboard: Way = ()
    anchor: int = 0
    cursor: int = 0
    scrolled: tuple[Scrolled, ...] = ()

    def unscrolled(self) -> "Bookmark":
        """Return it for a window in which everything has another size."""
        return replace(self, scrolled=())


NOWHERE = Bookmark()
"""Where a page itself begins."""


def bookmark_of(root: QWidget) -> Bookmark:
    """Return where somebody is in a page or a dialog; the keyboard may be elsewhere just now."""
    focused = root.focusWidget()
    nowhere = focused is None or focused is root or not root.isAncestorOf(focused)  # pyright: ignore[reportUnnecessaryComparison] - None where nothing has it
    if nowhere or not focused.isVisibleTo(root):  # what is hidden may still have the keyboard
        return Bookmark(scrolled=tuple(_scrolled(root, None)))
    anchor, cursor = _cursor(focused)
    return Bookmark(_way(root, focused), anchor, cursor, tuple(_scrolled(root, focused)))


class GoBack(QObject):
    """Goes back to a bookmark, as often as need be until everything is there; the first input ends it."""

    def __init__(self, root: QWidget, bookmark: Bookmark, watch: InputWatch, lane: Lane) -> None:
        """Take the page or dialog that was built anew, and what reads into it."""
        super().__init__(root)
        self._root, self._bookmark, self._watch, self._lane = root, bookmark, watch, lane
        self._begun = watch.last.steady
        self._pauses = list(_PAUSES)
        # its own, not shots: one that is still due when the page is destroyed would keep the page in memory
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        lane.busy.connect(self._lane_busy)

    def _lane_busy(self, busy: bool) -> None:
        if not busy:  # what a page reads it shows only now
            self._timer.start(0)

    def _look(self) -> None:
        if self._watch.last.steady != self._begun:
            self.deleteLater()
            return
        self._apply()
        if self._pauses:
            self._timer.start(self._pauses.pop(0))
        elif not self._lane.jobs():
            self.deleteLater()

    def _apply(self) -> None:
        root, bookmark = self._root, self._bookmark
        target = _at(root, bookmark.keyboard)
        if target is not None and target is not root and target.isEnabled():
            if root.focusWidget() is not target:
                target.setFocus(Qt.FocusReason.OtherFocusReason)  # any other reason would select the text
            _show_cursor(target, bookmark.anchor, bookmark.cursor)
        for scrolled in bookmark.scrolled:
            area = _at(root, scrolled.area)
            if isinstance(area, QAbstractScrollArea):
                _scroll(area, scrolled, target)


def _way(root: QWidget, widget: QWidget) -> Way:
    steps: list[tuple[str, int]] = []
    parent = widget.parentWidget()
    while widget is not root and parent is not None:
        kind = widget.metaObject().className()
        steps.append((kind, _shown(parent, kind).index(widget)))
        widget, parent = parent, parent.parentWidget()
    return tuple(reversed(steps))


def _at(root: QWidget, way: Way) -> QWidget | None:
    """Return what lies at the end of a way, None where it leads nowhere; the root itself for an empty one."""
    found = root
    for kind, place in way:
        alike = _shown(found, kind)
        if place >= len(alike):
            return None
        found = alike[place]
    return found


def _shown(parent: QWidget, kind: str) -> list[QWidget]:
    # what was put away is hidden and lives on for a moment: it must not be counted
    inside = (child for child in parent.children() if isinstance(child, QWidget))
    return [child for child in inside if child.metaObject().className() == kind and not child.isHidden()]


def _scrolled(root: QWidget, focused: QWidget | None) -> Iterator[Scrolled]:
    for area in root.findChildren(QAbstractScrollArea):
        if not area.isVisibleTo(root):
            continue
        across, down = area.horizontalScrollBar().value(), area.verticalScrollBar().value()
        around = focused is not None and isinstance(area, QScrollArea) and area.isAncestorOf(focused)
        at = focused.mapTo(area.viewport(), QPoint(0, 0)).y() if focused is not None and around else None
        if across or down or around:
            yield Scrolled(_way(root, area), across, down, at)


def _scroll(area: QAbstractScrollArea, scrolled: Scrolled, target: QWidget | None) -> None:
    down = scrolled.down
    if scrolled.keyboard_at is not None and target is not None and area.isAncestorOf(target):
        now_at = target.mapTo(area.viewport(), QPoint(0, 0)).y()
        down = area.verticalScrollBar().value() + now_at - scrolled.keyboard_at
    area.horizontalScrollBar().setValue(scrolled.across)
    area.verticalScrollBar().setValue(down)


def _cursor(widget: QWidget) -> tuple[int, int]:
    match widget:
        case QLineEdit():
            cursor, start = widget.cursorPosition(), widget.selectionStart()
            if start < 0:
                return cursor, cursor
            return (start if cursor != start else widget.selectionEnd()), cursor
        case QPlainTextEdit():
            return widget.textCursor().anchor(), widget.textCursor().position()
        case _:
            return 0, 0


def _show_cursor(widget: QWidget, anchor: int, cursor: int) -> None:
    match widget:
        case QLineEdit():
            widget.setSelection(anchor, cursor - anchor) if anchor != cursor else widget.setCursorPosition(cursor)
        case QPlainTextEdit():
            last = widget.document().characterCount() - 1
            moved = widget.textCursor()
            moved.setPosition(min(anchor, last))
            moved.setPosition(min(cursor, last), moved.MoveMode.KeepAnchor)
            widget.setTextCursor(moved)
        case _:
            pass
