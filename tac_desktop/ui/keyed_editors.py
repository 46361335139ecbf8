"""Marks that are set by one key each, from anywhere in a window: Alt and the letter that stands on the chip."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from tac_desktop.casework.answers import Answer
from tac_desktop.ui.editor import Circumstances, Editor
from tac_desktop.ui.messages import announce


@dataclass(frozen=True)
class Chip:
    """One mark: its code, what stands on the chip, what a screen reader says, and its letter."""

    code: str
    words: str
    name: str
    key: str


class KeyedChips(Editor):
    """Any number of marks, or with one chip alone yes or nothing."""

    takes_whole_width = True

    def __init__(self, around: Circumstances, chips: Sequence[Chip]) -> None:
        """Take the chips in their order; codes that come from elsewhere and have no chip are kept."""
        super().__init__()
        self._beyond: list[str] = []
        self._keys = {chip.code: chip.key for chip in chips}
        self.chips: dict[str, QPushButton] = {}
        flow = around.kit.flow(gap=8)
        for chip in chips:
            button = around.kit.button(f"{chip.key}  {chip.words}", kind="chip", name=chip.name)
            button.setCheckable(True)
            button.setToolTip(f"Alt+{chip.key}: {chip.name}")
            button.toggled.connect(self.changed)
            self.chips[chip.code] = button
            flow.addWidget(button)
        self.setLayout(flow)

    def add_keys(self, window: QWidget) -> None:
        """Make Alt and the letter of each chip set it or take it away, anywhere in a window."""
        for code, key in self._keys.items():
            QShortcut(QKeySequence(f"Alt+{key}"), window, partial(self._press, self.chips[code]))

    def _press(self, chip: QPushButton) -> None:
        """Set a mark or take it away, and say so to the ear: the keyboard is elsewhere."""
        chip.toggle()
        announce(self, f"{chip.accessibleName()}: {'yes' if chip.isChecked() else 'no'}")

    def answer(self) -> Answer | None:
        return tuple(self.typed()) or None

    def show_answer(self, answer: Answer | None) -> None:
        self.retype(answer if isinstance(answer, tuple) else ())

    def typed(self) -> list[str]:
        return [*(code for code, chip in self.chips.items() if chip.isChecked()), *self._beyond]

    def retype(self, typed: Sequence[str]) -> None:
        self._beyond = [code for code in typed if code not in self.chips]
        for code, chip in self.chips.items():
            chip.blockSignals(True)
            chip.setChecked(code in typed)
            chip.blockSignals(False)
        self.changed.emit()

    def stops(self) -> Sequence[QWidget]:
        return tuple(self.chips.values())


class KeyedTick(KeyedChips):
    """One mark: it stands for one answer, or nothing was said."""

    def __init__(self, around: Circumstances, chips: Sequence[Chip], answer: Answer) -> None:
        """Take one chip, and the answer for which it stands."""
        super().__init__(around, chips)
        self._answer = answer

    def answer(self) -> Answer | None:
        return self._answer if self.typed() else None

    def show_answer(self, answer: Answer | None) -> None:
        self.retype([next(iter(self.chips))] if answer == self._answer else [])
