"""Answers of which there may be several: each that was picked stands above the line, and can be taken away again."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from tac_desktop.casework.answers import Answer
from tac_desktop.ui.editor import Editor
from tac_desktop.ui.kit import Kit, clear


class PickedEditor(Editor):
    """What was picked, and after it what still stands in the line and was not."""

    takes_whole_width = True

    def __init__(self, kit: Kit) -> None:
        """Build it with nothing picked; `chips` is to be laid out above the line."""
        super().__init__()
        self._kit = kit
        self._picked: list[str] = []
        self.chips = kit.flow()

    def waiting(self) -> str:
        """Return what stands in the line and was not picked yet, '' if nothing does."""
        raise NotImplementedError

    def words_of(self, code: str) -> str:
        """Return the words of what was picked."""
        raise NotImplementedError

    def answer(self) -> Answer | None:
        return tuple(self.typed()) or None

    def show_answer(self, answer: Answer | None) -> None:
        self.retype(answer if isinstance(answer, tuple) else ())

    def typed(self) -> list[str]:
        """Return what was picked, and at the end what stands in the line and was not."""
        waiting = self.waiting()
        return [*self._picked, *([waiting] if waiting and waiting not in self._picked else [])]

    def show_picked(self, codes: Sequence[str]) -> None:
        """Show what is picked from now on."""
        self._picked = list(dict.fromkeys(codes))
        clear(self.chips)
        for code in self._picked:
            words = self.words_of(code)
            chip = self._kit.button(words, "x", kind="chip", name=f"Remove {words}")
            chip.setProperty("code", code)
            chip.clicked.connect(self._remove)
            self.chips.addWidget(chip)

    def add(self, code: str) -> None:
        """Add one; one that was picked before stays where it is."""
        self.show_picked([*self._picked, code])
        self.changed.emit()

    def _remove(self) -> None:
        code = self.sender().property("code")
        self.show_picked([picked for picked in self._picked if picked != code])
        self.stops()[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()
