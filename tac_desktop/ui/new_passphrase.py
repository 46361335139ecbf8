"""A new pass-phrase: typed twice, with its strength in words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from tac_desktop.ui.door_card import no_guessing, show_secret
from tac_desktop.ui.kit import Kit

_ICONS = ("circle-dashed", "triangle-alert", "circle-dot", "circle-check")
_TONES = ("text_2", "warn", "info", "ok")


class NewPassphrase(QWidget):
    """Two boxes, one check box that shows both, and a sentence about the strength."""

    changed = Signal()

    def __init__(self, kit: Kit) -> None:
        """Build the boxes."""
        super().__init__()
        self._kit = kit
        self.first = no_guessing(kit.entry(self.tr("New pass-phrase"), secret=True))
        self.second = no_guessing(kit.entry(self.tr("The same pass-phrase again"), secret=True))
        self._icon = kit.picture(_ICONS[0])
        self._strength = kit.label(" ", "hint", wrap=True)
        row = kit.row(self._icon, self._strength)
        row.setStretch(1, 1)
        hint = self.tr("At least 8 characters. Four words that have nothing to do with one another are easy to keep.")
        column = kit.column(kit.field(self.tr("New pass-phrase"), self.first, hint), row, gap=10)
        column.addLayout(kit.field(self.tr("The same pass-phrase again"), self.second))
        column.addWidget(kit.check(self.tr("Show both"), self._show_toggled))
        self.setLayout(column)
        self.first.textChanged.connect(self._judge)
        self.second.textChanged.connect(self.changed)
        self._judge("")

    def text(self) -> str:
        """Return the pass-phrase."""
        return self.first.text()

    def problem(self) -> tuple[str, QLineEdit] | None:
        """Return what is wrong and where, None if the pass-phrase can be taken."""
        from tac_desktop.actions.vaults import SHORTEST_PASSPHRASE

        if len(self.first.text()) < SHORTEST_PASSPHRASE:
            text = self.tr("The pass-phrase is too short. Use at least {n} characters.")
            return text.format(n=SHORTEST_PASSPHRASE), self.first
        if self.first.text() != self.second.text():
            return self.tr("The two pass-phrases differ. Type the second one again."), self.second
        return None

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        self.first.clear()
        self.second.clear()

    def _judge(self, text: str) -> None:
        from tac_desktop.actions.vaults import strength

        level, words = strength(text) if text else (0, self.tr("Not typed yet."))
        self._strength.setText(words)
        self._icon.setPixmap(self._kit.theme.pixmap(_ICONS[level], _TONES[level]))
        self.first.setAccessibleDescription(words)
        self.changed.emit()

    def _show_toggled(self, shown: bool) -> None:
        show_secret(self.first, shown)
        show_secret(self.second, shown)
