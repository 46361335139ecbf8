"""A place with several parts: a row of their names, and one part at a time below it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from tac_desktop.ui.chips import Chips
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.page import Page
from tac_desktop.ui.part import Part
from tac_desktop.ui.progress_panel import ProgressPanel

LOW = 460
"""Below this height the row of parts is one list instead of chips."""


@dataclass(frozen=True)
class Named:
    """A part with its name in the program and the word on its chip."""

    name: str
    words: str
    part: Part


class PartsScreen(Page):
    """Holds the parts, and shows one of them; the panel above them tells of long work."""

    shown = Signal(str)
    """The part that is in front now."""

    def __init__(self, kit: Kit, title: str, parts: Sequence[Named], question: str) -> None:
        """Take the parts in their order, and what the list of them asks where there is no room for chips."""
        super().__init__(kit, title)
        self.progress = ProgressPanel(kit)
        self.tabs = QWidget()
        self._parts: dict[str, Part] = {named.name: named.part for named in parts}
        self.chips = Chips(kit, [(named.name, named.words) for named in parts], self, question=question)
        self._lay_out()
        self.progress.told.connect(self.bring_into_view)
        self.chips.chosen.connect(self.show_part)
        self.show_part(parts[0].name)

    def _lay_out(self) -> None:
        self.tabs.setLayout(self.kit.flow(*self.chips.widgets()))
        self.add(self.tabs)
        self.add(self.progress)
        for part in self._parts.values():
            self.hold(part)
        self.body.addStretch(0)  # nothing of its own: a long table takes what is left of the window

    def hold(self, part: Part) -> None:
        """Put a part below the others, one that has no chip of its own for one."""
        part.seen_wanted.connect(self.bring_into_view)
        self.add(part)

    def name_part(self, name: str, words: str) -> None:
        """Write other words on the chip of a part, if it has one."""
        if name in self.chips.names():
            self.chips.write(name, words)

    def names(self) -> Sequence[str]:
        """Return the names of the parts, in their order."""
        return tuple(self._parts)

    def part(self) -> str:
        """Return the name of the part in front."""
        return self.chips.name()

    def show_part(self, name: str) -> None:
        """Bring a part to the front."""
        self.chips.show_chosen(name)
        for other, part in self._parts.items():
            part.setVisible(other == name)
        self.scroll_to_top()
        self.shown.emit(name)

    def show_parts(self, *, on: bool) -> None:
        """Let the parts and their names give way to something that takes their place, or come back."""
        self.tabs.setVisible(on)
        for name, part in self._parts.items():
            part.setVisible(on and name == self.part())

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing else begin while something is under way."""
        for part in self._parts.values():
            part.set_busy(busy=busy)

    def arrive(self) -> None:
        """Begin where the part in front begins."""
        self._parts[self.part()].arrive()

    def place(self) -> str:
        """Return the part in front."""
        return self.part()

    def return_to(self, place: str) -> None:
        """Go back to a part."""
        if place in self._parts:
            self.show_part(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the chips into one list where the window is low (Qt)."""
        self.chips.fold(folded=event.size().height() < self.kit.px(LOW))
        super().resizeEvent(event)
