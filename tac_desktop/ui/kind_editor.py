"""The kinds of contact as eight keys for the commonest, and a list for all."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.codelists import code_list, label
from tac_desktop.ui.editor import Circumstances, Editor
from tac_desktop.ui.lookup import Lookup

CODES: Final = "contact_log_type"
COMMONEST: Final = (
    ("one_to_one", "Saw her"),
    ("phone", "Phone call"),
    ("email", "E-mail"),
    ("letter", "Letter"),
    ("video_call", "Video call"),
    ("meeting", "Meeting"),
    ("chase", "Chased a reply"),
    ("contact_attempt", "No answer"),
)
"""Code and short words, in the order of the keys Alt+1 to Alt+8."""


class KindEditor(Editor):
    """Chooses the kind of a contact: one key for the commonest, typing to find for the others."""

    takes_whole_width = True

    def __init__(self, around: Circumstances, name: str) -> None:
        """Take the question's name."""
        super().__init__()
        kit = around.kit
        self.chips: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        chips = kit.flow(gap=8)
        for number, (code, words) in enumerate(COMMONEST, 1):
            chip = kit.button(f"{number}  {words}", kind="chip", name=label(CODES, code))
            chip.setCheckable(True)
            chip.setProperty("code", code)
            chip.setToolTip(f"Alt+{number}: {label(CODES, code)}")
            chip.toggled.connect(self._chip_toggled)
            self._group.addButton(chip)
            self.chips[code] = chip
            chips.addWidget(chip)
        self.lookup = Lookup(kit, f"{name}: another kind", [(c.code, c.label) for c in code_list(CODES).codes])
        self.lookup.line().setPlaceholderText("Another kind: type to find")
        self.setLayout(kit.column(chips, self.lookup, gap=8))
        self.lookup.editTextChanged.connect(self._looked_up)

    def add_keys(self, window: QWidget) -> None:
        """Make Alt+1 to Alt+8 choose the commonest kinds anywhere in a window."""
        for number, (code, _) in enumerate(COMMONEST, 1):
            QShortcut(QKeySequence(f"Alt+{number}"), window, self.chips[code].click)

    def answer(self) -> Answer | None:
        return self._chosen() or None

    def show_answer(self, answer: Answer | None) -> None:
        self.retype([answer] if isinstance(answer, str) else [])

    def typed(self) -> list[str]:
        return [self._chosen()] if self._chosen() else []

    def retype(self, typed: Sequence[str]) -> None:
        code = typed[0] if typed else ""
        self._mark(code)
        self._quietly_look_up("" if code in self.chips else code)

    def stops(self) -> Sequence[QWidget]:
        return (*self.chips.values(), self.lookup)

    def _chosen(self) -> str:
        chip = self._group.checkedButton()
        return str(chip.property("code")) if chip is not None else self.lookup.meant()  # pyright: ignore[reportUnnecessaryComparison] - None where none is

    def _mark(self, code: str) -> None:
        self._group.setExclusive(False)
        for name, chip in self.chips.items():
            chip.blockSignals(True)
            chip.setChecked(name == code)
            chip.blockSignals(False)
        self._group.setExclusive(True)

    def _quietly_look_up(self, code: str) -> None:
        self.lookup.blockSignals(True)
        self.lookup.show_code(code)
        self.lookup.blockSignals(False)

    def _chip_toggled(self, on: bool) -> None:
        if on:
            self._quietly_look_up("")
            self.changed.emit()

    def _looked_up(self) -> None:
        code = self.lookup.code()
        if code:
            self._mark(code)
            if code in self.chips:
                self._quietly_look_up("")
                if self.lookup.hasFocus():  # who has gone on to the next question is not called back
                    self.chips[code].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
