"""Withdrawing a member's card: why, and what follows from it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from tac_desktop.ui.exchange_words import status_words
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lined_dialog import LinedDialog


class WithdrawCard(LinedDialog):
    """Three reasons, each with what it means; no way back but a new card."""

    chosen = Signal(str)
    """left, lost or compromised. Answer with `accept` or `refuse`."""

    def __init__(self, kit: Kit, name: str, parent: QWidget) -> None:
        """Take whose card it is."""
        super().__init__(kit, "Withdraw a card", (560, 400), parent)
        self._reasons = QButtonGroup(self)
        self._trouble = kit.label("", "error", wrap=True)
        self._trouble.hide()
        self._go = kit.button(self.tr("Withdraw the card"), kind="primary")
        cancel = kit.button(self.tr("Cancel"))
        words = self.tr("From the next roster on nothing is sealed for {name} any more. What this vault has of hers by "
                        "now stays, and counts.")  # fmt: skip
        column = kit.column(
            kit.label(self.tr("Withdraw the card of {name}").format(name=name), "h2", wrap=True),
            kit.label(words.format(name=name), wrap=True),
            gap=12,
        )
        for status, hint in self._hints():
            column.addLayout(self._reason(kit, status, hint))
        column.addWidget(self._trouble)
        column.addLayout(kit.flow(self._go, cancel))
        column.addStretch(1)
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside = QWidget()
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        self._go.clicked.connect(self._clicked)
        cancel.clicked.connect(self.reject)
        self._reasons.buttons()[0].setFocus()

    def _hints(self) -> tuple[tuple[str, str], ...]:
        return (
            ("left", self.tr("Her last bundles are still taken in, up to what is known of her today.")),
            ("lost", self.tr("Bundles signed by that computer are refused. What was on it must be considered known.")),
            ("compromised", self.tr("As for a lost computer: somebody else can sign with her key.")),
        )

    def _reason(self, kit: Kit, status: str, hint: str) -> QVBoxLayout:
        radio = QRadioButton(status_words(status)[0])
        radio.setProperty("status", status)
        radio.setAccessibleDescription(hint)
        radio.setChecked(status == "left")
        self._reasons.addButton(radio)
        below = kit.column(kit.label(hint, "hint", wrap=True))
        below.setContentsMargins(kit.px(32), 0, 0, 0)
        return kit.column(radio, below, gap=2)

    def refuse(self, text: str) -> None:
        """Say why it could not be done."""
        self._trouble.setText(text)
        self._trouble.show()
        self._go.setFocus()

    def _clicked(self) -> None:
        self.chosen.emit(str(next(one for one in self._reasons.buttons() if one.isChecked()).property("status")))
