"""What the parts of a place have in common: cards below one another, and waiting while work is under way."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from tac_desktop.ui.exchange_words import spelled
from tac_desktop.ui.kit import Kit


class Part(QWidget):
    """One of the things one does at a place, as `PartsScreen` shows them: alone, below the row of their names."""

    seen_wanted = Signal(QWidget)
    """A widget of this part that should be scrolled to: it has something new to tell."""

    def __init__(self, kit: Kit) -> None:
        """Begin with an empty column."""
        super().__init__()
        self.kit = kit
        self.column: QVBoxLayout = kit.column(gap=16)
        self.setLayout(self.column)
        self._waits: list[QWidget] = []

    def titled(self, title: str, words: str = "") -> tuple[QFrame, QVBoxLayout]:
        """Add a card with a heading, and what it is for, and return it with the column inside."""
        card, column = self.kit.card(20, 12)
        column.addWidget(self.kit.label(title, "h2", wrap=True))
        if words:
            column.addWidget(self.kit.label(words, "hint", wrap=True))
        self.column.addWidget(card)
        return card, column

    def waits(self, *buttons: QPushButton) -> Sequence[QPushButton]:
        """Have buttons wait while work is under way; return them."""
        self._waits += buttons
        return buttons

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing else begin while something is under way."""
        for button in self._waits:
            button.setEnabled(not busy)

    def arrive(self) -> None:
        """Put the keyboard where the work of this part begins."""


def number_shown(kit: Kit, number: int, words: str) -> QWidget:
    """Return a number with what it counts below it; a screen reader says the words first."""
    shown = QWidget()
    shown.setLayout(kit.column(kit.label(f"{number:,}", "number"), kit.label(words, "hint", wrap=True), gap=0))
    shown.setAccessibleName(f"{words}: {number:,}")
    return shown


def code_shown(kit: Kit, code: str) -> QLabel:
    """Return a code in large letters, which is spoken letter by letter and wraps between its groups."""
    shown = kit.label("", "code", wrap=True)
    show_code(shown, code)
    return shown


def show_code(label: QLabel, code: str) -> None:
    """Put another code into a label that `code_shown` made."""
    label.setText(code.replace("-", " - "))
    label.setAccessibleName(spelled(code))


def warning_shown(kit: Kit, words: str) -> QWidget:
    """Return a sentence that one should not overlook, beside its sign."""
    shown = QWidget()
    row = kit.row(kit.picture("triangle-alert", "warn", 18), kit.label(words, wrap=True), gap=8)
    row.setStretch(1, 1)
    shown.setLayout(row)
    return shown


def fact_shown(kit: Kit, name: str, words: str, *, width: int = 180) -> QWidget:
    """Return a fact below its name, in a box `width` pixels wide at 100 %, so that rows of facts stand in columns."""
    shown = QWidget()
    shown.setLayout(kit.column(kit.label(name, "caption", wrap=True), kit.label(words, wrap=True), gap=0))
    shown.setFixedWidth(kit.px(width))
    shown.setAccessibleName(f"{name}: {words}")
    return shown
