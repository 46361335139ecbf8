"""The page on which a form stands: the way back, and a card with its title and its questions."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QWidget

from tac_desktop.ui import tokens
from tac_desktop.ui.kit import Kit


class FormPage(QFrame):
    """What scrolls. Above the card there is room for what stands beside the record."""

    left = Signal()
    """The person wants to go back."""
    history_wanted = Signal()
    """The person wants to see how the answers came about."""

    def __init__(self, kit: Kit, title: str, parts: Sequence[QWidget], *, back_to: str, has_history: bool) -> None:
        """Take the form's title and what stands below it; `back_to` names where one came from, '' for nowhere."""
        super().__init__()
        self._kit = kit
        self.setProperty("role", "page")
        self.history = kit.button("History", "history", kind="ghost", name=f"History of this {title.lower()}")
        if not has_history:  # to show it before it has a place would make a window of it
            self.history.hide()
        self.history.setToolTip("Ctrl+H: of the question in which you are")
        self.history.clicked.connect(self.history_wanted)
        self._card, inside = kit.card(24, 16)
        head = kit.row(kit.label(title, "h2", wrap=True))
        head.setStretch(0, 1)
        head.addWidget(self.history)
        inside.addLayout(head)
        for part in parts:
            inside.addWidget(part)
        self._card.setMaximumWidth(kit.px(tokens.READING_WIDTH + 50))
        self._across = _in_its_own_width(kit, self._card)
        self.column = kit.column(*([self._way_back(back_to)] if back_to else []), self._across, None, gap=12)
        self.column.setContentsMargins(kit.px(16), kit.px(12), kit.px(16), kit.px(16))
        self.setLayout(self.column)

    def put_beside(self, beside: QWidget) -> None:
        """Show something above the card."""
        self.column.insertLayout(self.column.indexOf(self._across), _in_its_own_width(self._kit, beside))
        beside.show()

    def _way_back(self, back_to: str) -> QLayout:
        back = self._kit.button(back_to, "arrow-left", kind="link", name=f"Back to ‘{back_to}’")
        back.clicked.connect(self.left)
        back.setToolTip("Alt+←")
        QShortcut(QKeySequence("Alt+Left"), self, self.left.emit)
        return self._kit.flow(back, gap=16)


def _in_its_own_width(kit: Kit, part: QWidget) -> QHBoxLayout:
    """Return a row that holds a widget: there Qt reckons the height of texts with its own width, not the column's."""
    row = kit.row(part, None, gap=0)
    row.setStretch(0, 100)
    return row
