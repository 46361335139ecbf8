"""The editor of narratives: plain text of any length, kept exactly."""

import re
from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetricsF, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QSizePolicy, QWidget

from tac_desktop.casework import fields as kinds
from tac_desktop.casework.answers import Answer
from tac_desktop.ui.editor import Circumstances, Editor
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.soon import soon

FEWEST_LINES, MOST_LINES = 3, 16
_COUNT_AFTER = 400
_PAGE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\u2029]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


class TextBox(QPlainTextEdit):
    """A box that grows with its text; Tab leaves it, Ctrl+Return does not write into it."""

    def __init__(self, kit: Kit, name: str) -> None:
        """Take the spoken name."""
        super().__init__()
        self._most = MOST_LINES
        # one pixel more than what lies around the lines: without it Qt scrolls by a line
        self._frame = 2 * (kit.px(6) + kit.px(1) + round(self.document().documentMargin())) + 1
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def words(self) -> str:
        """Return the text exactly, with line and page breaks as line feeds; control characters go, nobody sees them.

        `toPlainText` would turn a no-break space into a space.
        """
        return _INVISIBLE.sub("", _PAGE_BREAKS.sub("\n", self.document().toRawText()))

    def show_words(self, text: str) -> None:
        """Show a text; this is nothing that could be undone."""
        self.setPlainText(text)

    def enlarge(self, lines: int | None) -> None:
        """Let the box take up to so many lines at once; None for the usual number."""
        self._most = MOST_LINES if lines is None else lines
        self._fit()

    def lines_in(self, height: int) -> int:
        """Return how many lines fit into a height in pixels."""
        return max(MOST_LINES, (height - self._frame) // self._line())

    def _line(self) -> int:
        return ceil(QFontMetricsF(self.font()).lineSpacing())  # as Qt lays lines out; `fontMetrics` rounds

    def _fit(self, size: object = None) -> None:
        # a plain text's layout gives its height in lines
        lines = round(self.document().size().height())
        most = self._most if self.isEnabled() else max(FEWEST_LINES, lines)  # who only reads cannot scroll in it
        shown = most if most != MOST_LINES else max(FEWEST_LINES, min(lines, MOST_LINES))
        height = shown * self._line() + self._frame
        if height != self.height() or height != self.minimumHeight():
            self.setFixedHeight(height)

    def resizeEvent(self, e: QResizeEvent) -> None:
        super().resizeEvent(e)
        soon(self, self._fit)

    def changeEvent(self, e: QEvent) -> None:
        super().changeEvent(e)
        if e.type() == QEvent.Type.EnabledChange:
            self._fit()

    def wheelEvent(self, e: QWheelEvent) -> None:
        if self.verticalScrollBar().maximum() and self.hasFocus():
            super().wheelEvent(e)
        else:
            e.ignore()  # the page scrolls on, whatever lies under the mouse

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())


class NarrativeEditor(Editor):
    """A text box with the number of its words and a button that makes it as high as the window."""

    def __init__(self, around: Circumstances, field: kinds.Narrative) -> None:
        """Take the question."""
        super().__init__()
        kit = around.kit
        self.box = TextBox(kit, field.label)
        self._count = kit.label("", "caption")
        self.larger = kit.button("Enlarge", kind="link", name=f"Enlarge the box of ‘{field.label}’")
        self.larger.setCheckable(True)
        self.foot = kit.flow(self.larger, self._count, gap=16, row_gap=2)
        self.setLayout(kit.column(self.box, gap=4))
        self._count.hide()
        self._timer = QTimer(self, singleShot=True, interval=_COUNT_AFTER)
        self._timer.timeout.connect(self._show_count)
        self.box.textChanged.connect(self._timer.start)
        self.box.textChanged.connect(self.changed)
        self.larger.toggled.connect(self._resize)

    def answer(self) -> Answer | None:
        text = self.box.words()
        return text if text.strip() else None

    def show_answer(self, answer: Answer | None) -> None:
        self.retype([answer] if isinstance(answer, str) else [])

    def typed(self) -> list[str]:
        text = self.box.words()
        return [text] if text else []

    def retype(self, typed: Sequence[str]) -> None:
        text = typed[0] if typed else ""
        if text != self.box.words():  # else the cursor would jump, and nothing could be undone after saving
            self.box.show_words(text)
        self._show_count()

    def stops(self) -> Sequence[QWidget]:
        return (self.box,)

    def _show_count(self) -> None:
        self._timer.stop()
        words = len(self.box.words().split())
        self._count.setText("1 word" if words == 1 else f"{words:,} words")
        self._count.setVisible(words > 0)

    def _resize(self, large: bool) -> None:
        area = self._scroll_area()
        self.box.enlarge(self.box.lines_in(area.viewport().height() * 7 // 8) if large and area else None)
        self.larger.setText("Make smaller" if large else "Enlarge")
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        if area is not None:
            soon(self, self._into_view)

    def _into_view(self) -> None:
        area = self._scroll_area()
        if area is not None:
            area.ensureWidgetVisible(self.box)

    def _scroll_area(self) -> QScrollArea | None:
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, QScrollArea):  # pyright: ignore[reportUnnecessaryComparison] - None at the top
            parent = parent.parentWidget()
        return parent
