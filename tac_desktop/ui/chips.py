"""A row of chips of which one is chosen, or a list in their place where there is little room."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QPushButton, QWidget

from tac_desktop.ui.kit import Kit


class Chips(QButtonGroup):
    """The chips; whoever makes them puts them into a layout."""

    chosen = Signal(str)
    """The name of the chip that the person has chosen."""

    def __init__(self, kit: Kit, words: Sequence[tuple[str, str]], parent: QObject, *, question: str = "") -> None:
        """Take the name of each chip and its words; the first is chosen. With a question they can become a list.

        Args:
            kit: The kit.
            words: Names and words, in their order.
            parent: Whose they are.
            question: What a screen reader says of the list that stands for them; '' where there is none.
        """
        super().__init__(parent)
        self._chips = {name: kit.button(text, kind="chip") for name, text in words}
        for place, (name, chip) in enumerate(self._chips.items()):
            chip.setCheckable(True)
            chip.setProperty("name", name)
            chip.setChecked(not place)
            # toggled, not clicked: assistive tools operate a checkable button by toggling it
            chip.toggled.connect(self._toggled)
            self.addButton(chip)
        self.one: QComboBox | None = None
        if question:
            self.one = kit.combo(question, words)
            self.one.setMinimumContentsLength(max(len(text) for _, text in words))
            self.one.activated.connect(self._picked)
            self.one.hide()

    def widgets(self) -> list[QWidget]:
        """Return what is put into a layout: the list, if there is one, and the chips."""
        return [*([self.one] if self.one is not None else []), *self._chips.values()]

    def chip(self, name: str) -> QPushButton:
        """Return the chip of a name."""
        return self._chips[name]

    def names(self) -> list[str]:
        """Return the names of the chips, in their order."""
        return list(self._chips)

    def name(self) -> str:
        """Return the name of the chip that is chosen."""
        return next(name for name, chip in self._chips.items() if chip.isChecked())

    def show_chosen(self, name: str) -> None:
        """Show which chip is chosen; `chosen` is not sent. What is no name changes nothing."""
        if name in self._chips:
            with QSignalBlocker(self._chips[name]):
                self._chips[name].setChecked(True)
        self._follow()

    def choose(self, name: str) -> None:
        """Choose a chip as the person would; what is chosen by now, and what is no name, changes nothing."""
        if name in self._chips:
            self._chips[name].setChecked(True)

    def fold(self, *, folded: bool) -> None:
        """Let the list stand for the chips, or the chips themselves."""
        if self.one is not None:
            self.one.setVisible(folded)
        for chip in self._chips.values():
            chip.setVisible(not folded or self.one is None)

    def write(self, name: str, words: str) -> None:
        """Write other words on a chip."""
        self._chips[name].setText(words)
        if self.one is not None:
            self.one.setItemText(self.one.findData(name), words)

    def _follow(self) -> None:
        if self.one is not None:
            self.one.setCurrentIndex(self.one.findData(self.name()))

    def _toggled(self, on: bool) -> None:
        if on:
            self._follow()
            self.chosen.emit(self.name())

    def _picked(self) -> None:
        if self.one is not None:
            self.choose(str(self.one.currentData()))
