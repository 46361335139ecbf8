"""A strip of months: a mark for each contact that was agreed or happened, told by its shape and by its colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy

from tac_desktop.ui.kit import Kit

Mark: TypeAlias = Literal["happened", "failed", "unwritten", "ahead"]
_COLOURS: Final[Mapping[Mark, str]] = {"happened": "ok", "failed": "danger", "unwritten": "warn", "ahead": "text_2"}
_SIDE, _GAP, _WIDE, _MOST = 12, 4, 44, 8
"""In pixels at 100 %; in a month with more marks than _MOST the top one gives way to how many are not drawn."""


@dataclass(frozen=True)
class MonthOfMarks:
    """The marks of one month, from the bottom up; `words` is what stands below them: 'Oct'."""

    words: str
    marks: tuple[Mark, ...]


class MonthStrip(QFrame):
    """Draws the marks; whoever does not see them hears `spoken`."""

    def __init__(self, kit: Kit, months: Sequence[MonthOfMarks], spoken: str) -> None:
        """Take the months, the earliest first, and the sentence for a screen reader."""
        super().__init__()
        self._kit, self._months = kit, months
        self._font = kit.theme.font("caption")
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for the room of the highest month (Qt)."""
        px, most = self._kit.px, max((min(_MOST, len(one.marks)) for one in self._months), default=0)
        height = max(1, most) * px(_SIDE + _GAP) + QFontMetrics(self._font).height() + px(10)
        return QSize(px(_WIDE) * len(self._months), height)

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: the earliest months are left out where there is no room (Qt)."""
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as many months as there is room for, the latest ones (Qt)."""
        super().paintEvent(event)
        px, metrics = self._kit.px, QFontMetrics(self._font)
        room = max(1, self.width() // px(_WIDE))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        floor = self.height() - metrics.height() - px(6)
        for place, month in enumerate(self._months[-room:]):
            left = place * px(_WIDE)
            painter.setPen(self._kit.theme.colour("text_2"))
            words = QRectF(left, floor + px(2), px(_WIDE), metrics.height() + px(2))
            painter.drawText(words, int(Qt.AlignmentFlag.AlignHCenter), month.words)
            drawn, left_out = shown_marks(month.marks)
            for number, mark in enumerate(drawn):
                top = floor - (number + 1) * px(_SIDE + _GAP)
                box = QRectF(left + (px(_WIDE) - px(_SIDE)) / 2, top, px(_SIDE), px(_SIDE))
                draw_mark(painter, self._kit, box, mark)
            if left_out:
                painter.setPen(self._kit.theme.colour("text_2"))
                top = QRectF(left, floor - _MOST * px(_SIDE + _GAP) - px(_GAP), px(_WIDE), metrics.height())
                painter.drawText(top, int(Qt.AlignmentFlag.AlignHCenter), f"+{left_out}")


def shown_marks(marks: Sequence[Mark]) -> tuple[Sequence[Mark], int]:
    """Return the marks of a month for which there is room, and how many are left out."""
    room = _MOST if len(marks) <= _MOST else _MOST - 1
    return marks[:room], len(marks) - len(marks[:room])


def draw_mark(painter: QPainter, kit: Kit, box: QRectF, mark: Mark) -> None:
    """Draw a full square (happened), a cross (did not), an empty square (not written), a dot (ahead)."""
    colour = kit.theme.colour(_COLOURS[mark])
    painter.setPen(QPen(colour, kit.px(2)))
    painter.setBrush(colour if mark in ("happened", "ahead") else Qt.BrushStyle.NoBrush)
    if mark == "failed":
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(QPointF(box.right(), box.top()), QPointF(box.left(), box.bottom()))
    elif mark == "ahead":
        painter.drawEllipse(box.center(), box.width() / 6, box.width() / 6)
    else:
        painter.drawRect(box.adjusted(1, 1, -1, -1))


class MarkLegend(QFrame):
    """Says what the marks mean: each drawn once, with its words beside it."""

    def __init__(self, kit: Kit, words: Sequence[tuple[Mark, str]]) -> None:
        """Take the marks with their words."""
        super().__init__()
        parts = [kit.row(_OneMark(kit, mark), kit.label(text, "caption"), gap=6) for mark, text in words]
        self.setLayout(kit.flow(*parts, gap=16))


class _OneMark(QFrame):
    def __init__(self, kit: Kit, mark: Mark) -> None:
        super().__init__()
        self._kit = kit
        self._mark: Mark = mark
        self.setFixedSize(kit.px(_SIDE + 4), kit.px(_SIDE + 4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark (Qt)."""
        super().paintEvent(event)
        painter, side = QPainter(self), self._kit.px(_SIDE)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_mark(painter, self._kit, QRectF(self._kit.px(2), self._kit.px(2), side, side), self._mark)
