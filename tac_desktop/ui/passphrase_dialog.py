"""A window that asks for a new pass-phrase: one's own with the old one, or somebody else's."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from tac_desktop.ui.door_card import no_guessing
from tac_desktop.ui.jobs import Lane
from tac_desktop.ui.kit import Kit, restyle
from tac_desktop.ui.lined_dialog import LinedDialog
from tac_desktop.ui.new_passphrase import NewPassphrase


@dataclass(frozen=True)
class Wanted:
    """What stands on the window."""

    title: str
    words: str
    """What will happen."""
    go: str
    """The words of the button."""
    also: Sequence[str] = ()
    """What somebody would try first: her name, her prison, the name of the vault."""
    asks_old: bool = False
    """Whether the present pass-phrase is asked for."""


class PassphraseDialog(LinedDialog):
    """What will happen in a sentence or two, the boxes, and a button that names it."""

    typed = Signal(str, str)
    """The present pass-phrase ('' where it is not asked for) and the new one. Answer with `accept` or `refuse`."""

    def __init__(self, kit: Kit, lane: Lane, wanted: Wanted, parent: QWidget) -> None:
        """Take what stands on it."""
        super().__init__(kit, wanted.title, (560, 560 if wanted.asks_old else 480), parent)
        self._kit = kit
        self._old = no_guessing(kit.entry(self.tr("Your present pass-phrase"), secret=True))
        self._new = NewPassphrase(kit, lane, lambda: wanted.also)
        self._trouble = kit.label("", "error", wrap=True)
        self._trouble.hide()
        self._go, cancel = kit.button(wanted.go, kind="primary"), kit.button(self.tr("Cancel"))
        inside = QWidget()
        column = kit.column(kit.label(wanted.title, "h2", wrap=True), kit.label(wanted.words, wrap=True), gap=12)
        if wanted.asks_old:
            column.addLayout(kit.field(self.tr("Your present pass-phrase"), self._old))
        column.addWidget(self._new)
        column.addWidget(self._trouble)
        column.addLayout(kit.flow(self._go, cancel))
        column.addStretch(1)
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        self._asks_old = wanted.asks_old
        self._go.setDefault(True)
        self._go.clicked.connect(self._clicked)
        cancel.clicked.connect(self.reject)
        (self._old if wanted.asks_old else self._new.first).setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing be typed while it is being done."""
        for widget in (self._go, self._old, self._new):
            widget.setEnabled(not busy)

    def refuse(self, text: str) -> None:
        """Say why it was not done."""
        self.set_busy(busy=False)
        self._say(text, self._old if self._asks_old else self._new.first)

    def done(self, arg__1: int) -> None:
        """Keep nothing of what was typed, however it ends (Qt)."""
        self._old.clear()
        self._new.forget()
        super().done(arg__1)

    def _clicked(self) -> None:
        if self._asks_old and not self._old.text():
            self._say(self.tr("Type your present pass-phrase."), self._old)
        elif problem := self._new.problem():
            self._say(*problem)
        else:
            self._trouble.hide()
            self.set_busy(busy=True)
            self.typed.emit(self._old.text(), self._new.text())

    def _say(self, text: str, box: QLineEdit) -> None:
        self._trouble.setText(text)
        self._trouble.show()
        for one in (self._old, self._new.first, self._new.second):
            restyle(one, error="true" if one is box else "")
        box.setAccessibleDescription(text)
        box.setFocus()
        box.selectAll()
