"""A receipt that the recipient reads out: twelve characters, typed in by the sender."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tac_desktop.ui.kit import Kit, restyle


class ReceiptEntry(QFrame):
    """One box. The code finds its bundle by itself."""

    typed = Signal(str)
    """A code as it was typed. Answer with `taken` or `refuse`."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__()
        self.setProperty("role", "card")
        self._code = kit.entry(self.tr("Receipt code"))
        self._code.setMaximumWidth(kit.px(320))
        self._trouble = kit.label("", "error", wrap=True)
        self._trouble.hide()
        self.button = kit.button(self.tr("Note the receipt"), "circle-check")
        words = self.tr(
            "When your bundle was taken in, the recipient sees a code of twelve characters and reads it out to you. "
            "Her next bundle to you brings the receipt by itself."
        )
        column = kit.column(
            kit.label(self.tr("A receipt was read out to you"), "h2", wrap=True),
            kit.label(words, "hint", wrap=True),
            kit.field(self.tr("Receipt code"), self._code),
            self._trouble,
            kit.flow(self.button),
            gap=12,
        )
        column.setContentsMargins(*(kit.px(20),) * 4)
        self.setLayout(column)
        self.button.clicked.connect(self._clicked)
        self._code.returnPressed.connect(self._clicked)

    def taken(self) -> None:
        """Empty the box: the receipt is noted."""
        self._code.clear()
        self._tell("")

    def refuse(self, text: str) -> None:
        """Say why the code was not taken."""
        self._tell(text)
        self._code.setFocus()
        self._code.selectAll()

    def _tell(self, text: str) -> None:
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))
        self._code.setAccessibleDescription(text)
        restyle(self._code, error="true" if text else "")

    def _clicked(self) -> None:
        if self._code.text().strip():
            self.typed.emit(self._code.text())
        else:
            self.refuse(self.tr("Type the receipt code."))
