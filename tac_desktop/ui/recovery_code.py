"""A recovery code on the screen, and the box into which it is typed back from paper."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from tac_desktop.ui.door_card import no_guessing
from tac_desktop.ui.kit import Kit, restyle


class CodeSteps(QWidget):
    """The code in large groups, a button to print it, and what makes sure that it is on paper."""

    typed = Signal(str)
    """What was typed back; it has to be tried. Answer with `refuse`, or go on."""
    print_wanted = Signal(str)
    """The code."""

    def __init__(self, kit: Kit, code: str, go: str) -> None:
        """Take the code, and the words of the button that goes on."""
        super().__init__()
        self._kit, self._code, self._go_words = kit, code, go
        self.entry = no_guessing(kit.entry(self.tr("Type the code from your paper")))
        self._print = kit.button(self.tr("Print the recovery sheet"), "printer")
        self._go = kit.button(go, kind="primary")
        self._trouble = kit.label("", "error", wrap=True)
        self._trouble.hide()
        hint = self.tr("Capitals, spaces and dashes do not matter. It is really tried.")
        column = kit.column(self._shown(), kit.flow(self._print), gap=14)
        column.addLayout(kit.field(self.tr("Type the code from your paper"), self.entry, hint))
        column.addWidget(self._trouble)
        column.addLayout(kit.flow(self._go))
        self.setLayout(column)
        self._print.clicked.connect(self._print_clicked)
        self._go.clicked.connect(self._go_clicked)
        self.entry.returnPressed.connect(self._go_clicked)

    def _shown(self) -> QLabel:
        groups = self._code.split("-")
        half = (len(groups) + 1) // 2
        label = self._kit.label("\n".join(("-".join(groups[:half]), "-".join(groups[half:]))), "code")
        label.setAccessibleName(self.tr("Recovery code: {code}").format(code=" ".join(" ".join(g) for g in groups)))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)  # not to lie on the clipboard
        label.setFont(self._kit.theme.font("h2", figures=True))
        return label

    def come_after(self, before: QWidget) -> QWidget:
        """Let the keyboard reach the boxes after another widget; return the last of them."""
        for one in (self._print, self.entry, self._go):
            QWidget.setTabOrder(before, one)
            before = one
        return before

    def arrive(self) -> None:
        """Begin with typing it back."""
        self.entry.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """Say that what was typed is being tried."""
        self._go.setText(self.tr("Trying it …") if busy else self._go_words)
        for widget in (self._go, self.entry, self._print):
            widget.setEnabled(not busy)

    def refuse(self, text: str) -> None:
        """Say why it was not taken."""
        self.set_busy(busy=False)
        self._trouble.setText(text)
        self._trouble.setVisible(bool(text))
        restyle(self.entry, error="true")
        self.entry.setAccessibleDescription(text)
        self.entry.setFocus()
        self.entry.selectAll()

    def _print_clicked(self) -> None:
        self.print_wanted.emit(self._code)

    def _go_clicked(self) -> None:
        if self.entry.text().strip():
            self.typed.emit(self.entry.text())
        else:
            self.refuse(self.tr("Type the code from your paper."))
