"""A long text beside another: the words that differ are bold, underlined and tinted, and told to a screen reader."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent, QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QTextEdit

from tac_desktop.casework.differing import Stretch, differing_words
from tac_desktop.casework.wording import one_line
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.soon import soon

MOST_LINES = 18
_SPACE = Stretch(" ", differs=False)
_MOST_TOLD = 6


class DifferingText(QTextEdit):
    """Shows stretches of a text, never as mark-up. It is as high as its text up to some lines, and then scrolls."""

    def __init__(self, kit: Kit, name: str) -> None:
        """Take the spoken name."""
        super().__init__()
        self._kit = kit
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self._frame = kit.px(2 * (6 + 1)) + 2 * round(self.document().documentMargin())

    def show_stretches(self, stretches: Iterable[Stretch]) -> None:
        """Show a text, and say in the description what of it stands here alone."""
        found = tuple(stretches)
        self.clear()
        cursor = self.textCursor()
        for stretch in found:
            words = _left_out(stretch.left_out) if stretch.left_out else stretch.text
            marked = words.rstrip() if stretch.differs else words
            cursor.insertText(marked, self._look(stretch))
            cursor.insertText(words[len(marked) :], self._look(_SPACE))
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        self.setAccessibleDescription(spoken_difference(found))
        self._fit()

    def _look(self, stretch: Stretch) -> QTextCharFormat:
        theme, look = self._kit.theme, QTextCharFormat()
        look.setForeground(theme.colour("text_2" if stretch.left_out else "text"))
        look.setFontItalic(bool(stretch.left_out))
        if stretch.differs:
            look.setFontWeight(QFont.Weight.DemiBold)
            look.setFontUnderline(True)
            look.setBackground(theme.colour("warn_tint"))
        return look

    def _fit(self) -> None:
        document = self.document()
        document.setTextWidth(self.viewport().width())
        most = MOST_LINES * self.fontMetrics().lineSpacing() + self._frame
        height = round(document.size().height()) + self._frame
        self.setFixedHeight(min(height, most))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if height > most else Qt.FocusPolicy.ClickFocus)

    def resizeEvent(self, e: QResizeEvent) -> None:
        """Let the height follow the width (Qt)."""
        super().resizeEvent(e)
        soon(self, self._fit)

    def wheelEvent(self, e: QWheelEvent) -> None:
        """Scroll the page on, unless the person is reading here (Qt)."""
        if self.verticalScrollBar().maximum() and self.hasFocus():
            super().wheelEvent(e)
        else:
            e.ignore()

    def minimumSizeHint(self) -> QSize:
        """Ask for no width: the text wraps (Qt)."""
        return QSize(0, super().minimumSizeHint().height())


def spoken_difference(stretches: Iterable[Stretch]) -> str:
    """Return which words stand in this text alone, as a sentence."""
    words = [one_line(text, 120) for text in differing_words(stretches)]
    if not words:
        return _tr("Nothing stands here alone.")
    told = "; ".join(f"‘{text}’" for text in words[:_MOST_TOLD])
    more = _tr("; and {n} more places").format(n=len(words) - _MOST_TOLD) if len(words) > _MOST_TOLD else ""
    return _tr("Only here: {words}{more}.").format(words=told, more=more)


def _left_out(words: int) -> str:
    return _tr("… {n} words that both have … ").format(n=f"{words:,}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("DifferingText", text)
