"""Asks for a few codes or word lists at once, and says beside them why they were not taken."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from tac_desktop.ui.ask_file import ask_open
from tac_desktop.ui.kit import Kit, restyle
from tac_desktop.ui.lined_dialog import LinedDialog
from tac_desktop.ui.text_editor import TextBox


@dataclass(frozen=True)
class Asked:
    """One box: what is typed into it, a hint, and whether it is long (the words of a sheet)."""

    label: str
    hint: str = ""
    long: bool = False


class AskTexts(LinedDialog):
    """A heading, what it is for, the boxes, and one button that names what will happen."""

    typed = Signal(tuple)
    """What stands in the boxes, in their order. Answer with `accept` or `refuse`."""

    def __init__(self, kit: Kit, title: str, words: str, asked: Sequence[Asked], go: str, parent: QWidget) -> None:
        """Take the title, what to do in a sentence or two, the boxes, and the words of the button."""
        height = 210 + sum(180 if one.long else 84 for one in asked)
        super().__init__(kit, title, (560, height), parent)
        self.file = ""
        self._boxes = [self._box(kit, one) for one in asked]
        self._trouble = kit.label("", "error", wrap=True)
        self._trouble.hide()
        self.go, self.cancel = kit.button(go, kind="primary"), kit.button(self.tr("Cancel"))
        inside = QWidget()
        column = kit.column(kit.label(title, "h2", wrap=True), kit.label(words, wrap=True), gap=12)
        for one, box in zip(asked, self._boxes, strict=True):
            column.addLayout(kit.field(one.label, box, one.hint))
        self._offered = kit.column(gap=6)
        column.addLayout(self._offered)
        column.addWidget(self._trouble)
        column.addLayout(kit.flow(self.go, self.cancel))
        column.addStretch(1)
        column.setContentsMargins(*(kit.px(24),) * 4)
        inside.setLayout(column)
        self.column.addWidget(kit.scroll(inside))
        self.go.setDefault(True)
        self.go.clicked.connect(self._clicked)
        self.cancel.clicked.connect(self.reject)
        self._boxes[0].setFocus()

    def _box(self, kit: Kit, one: Asked) -> QLineEdit | TextBox:
        return TextBox(kit, one.label) if one.long else kit.entry(one.label)

    def offer_file(self, kit: Kit, label: str, kind: str) -> None:
        """Let a file be chosen, too; it need not be."""
        choose, self._chosen = kit.button(label, "folder-open"), kit.label("", "hint", wrap=True)
        title = label
        choose.clicked.connect(lambda: ask_open(self, title, kind, self.choose_file))
        self._offered.addLayout(kit.flow(choose))
        self._offered.addWidget(self._chosen)

    def choose_file(self, file: str) -> None:
        """Take a file that was chosen."""
        self.file = file
        self._chosen.setText(Path(file).name)

    def texts(self) -> tuple[str, ...]:
        """Return what stands in the boxes."""
        return tuple(b.text() if isinstance(b, QLineEdit) else b.words() for b in self._boxes)

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show in the boxes what was typed before, in their order."""
        for box, text in zip(self._boxes, texts, strict=True):
            box.setText(text) if isinstance(box, QLineEdit) else box.show_words(text)

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing be typed while it is being tried."""
        for widget in (self.go, *self._boxes):
            widget.setEnabled(not busy)

    def refuse(self, text: str) -> None:
        """Say why it was not taken."""
        self.set_busy(busy=False)
        self._trouble.setText(text)
        self._trouble.show()
        self._boxes[0].setAccessibleDescription(text)
        for box in self._boxes:
            restyle(box, error="true")
        self._boxes[0].setFocus()

    def forget(self) -> None:
        """Keep nothing of what was typed."""
        for box in self._boxes:
            box.clear()

    def _clicked(self) -> None:
        if empty := next((box for box, text in zip(self._boxes, self.texts(), strict=True) if not text.strip()), None):
            self.refuse(self.tr("Fill in every box."))
            empty.setFocus()
        else:
            self.typed.emit(self.texts())
