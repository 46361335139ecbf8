"""Send and receive: a row of what one can do here, and one part at a time below it."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from tac_desktop.ui.exchange_cards import CardsPart
from tac_desktop.ui.exchange_founding import FoundingPart
from tac_desktop.ui.exchange_history import HistoryPart
from tac_desktop.ui.exchange_part import Part
from tac_desktop.ui.exchange_receive import ReceivePart
from tac_desktop.ui.exchange_send import SendPart
from tac_desktop.ui.exchange_service import ServicePart
from tac_desktop.ui.exchange_standing import StandingPart
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.page import Page
from tac_desktop.ui.progress_panel import ProgressPanel

PartName: TypeAlias = Literal["send", "receive", "standing", "history", "cards", "service"]
WITHOUT_CASES: tuple[PartName, ...] = ("cards", "service")
"""What an administrator sees: she exchanges no case files."""
LOW = 460
"""Below this height the row of parts is one list instead of chips."""


class ExchangeScreen(Page):
    """Holds the parts, and shows one of them; founding a service takes the place of all until it is over."""

    shown = Signal(str)
    """The part that is in front now."""

    def __init__(self, kit: Kit, *, may_exchange: bool = True, may_found: bool = False) -> None:
        """Take whether this person exchanges case files, and whether she may found a service."""
        super().__init__(kit, "")
        self.set_title(self.tr("Send and receive") if may_exchange else self.tr("Cards and service"))
        self.progress = ProgressPanel(kit)
        self.send = SendPart(kit)
        self.receive = ReceivePart(kit)
        self.standing = StandingPart(kit)
        self.history = HistoryPart(kit)
        self.cards = CardsPart(kit)
        self.service = ServicePart(kit, may_found=may_found)
        self.founding = FoundingPart(kit)
        everything: dict[PartName, Part] = {
            "send": self.send,
            "receive": self.receive,
            "standing": self.standing,
            "history": self.history,
            "cards": self.cards,
            "service": self.service,
        }
        names = tuple(everything) if may_exchange else WITHOUT_CASES
        self._parts: Mapping[str, Part] = {name: everything[name] for name in names}
        self._unused = [part for name, part in everything.items() if name not in names]
        self._chips = QButtonGroup(self)
        self._one = kit.combo(self.tr("What to do"), [(name, words) for name, words in self._words()])
        self._tabs = QWidget()
        self._lay_out()
        self.show_part(names[0])

    def _words(self) -> list[tuple[str, str]]:
        words: dict[PartName, str] = {
            "send": self.tr("Send"),
            "receive": self.tr("Receive"),
            "standing": self.tr("Who has what"),
            "history": self.tr("History"),
            "cards": self.tr("Cards"),
            "service": self.tr("Service"),
        }
        return [(name, text) for name, text in words.items() if name in self._parts]

    def _lay_out(self) -> None:
        row = self.kit.flow(self._one, *(self._chip(name, words) for name, words in self._words()))
        self._tabs.setLayout(row)
        self.add(self._tabs)
        self.add(self.progress)
        for part in (*self._parts.values(), self.founding):
            part.seen_wanted.connect(self.bring_into_view)
            self.add(part)
        self.body.setStretchFactor(self.history, 1)
        for part in self._unused:
            part.setParent(self)
            part.hide()
        self.body.addStretch(0)  # nothing of its own: a long table takes what is left of the window
        self.founding.hide()
        self.progress.told.connect(self.bring_into_view)
        self._one.activated.connect(self._picked)

    def _chip(self, name: str, words: str) -> QPushButton:
        chip = self.kit.button(words, kind="chip")
        chip.setCheckable(True)
        chip.setProperty("part", name)
        # toggled, not clicked: assistive tools operate a checkable button by toggling it
        chip.toggled.connect(self._toggled)
        self._chips.addButton(chip)
        return chip

    def show_waiting(self, count: int) -> None:
        """Say beside 'Receive' how many bundles wait."""
        words = self.tr("Receive ({n})").format(n=count) if count else self.tr("Receive")
        for chip in self._chips.buttons():
            if chip.property("part") == "receive":
                chip.setText(words)
        place = self._one.findData("receive")
        if place >= 0:
            self._one.setItemText(place, words)

    def part(self) -> str:
        """Return the name of the part in front."""
        return next(str(chip.property("part")) for chip in self._chips.buttons() if chip.isChecked())

    def show_part(self, name: str) -> None:
        """Bring a part to the front."""
        for chip in self._chips.buttons():
            if chip.property("part") == name:
                with QSignalBlocker(chip):
                    chip.setChecked(True)
        self._one.setCurrentIndex(self._one.findData(name))
        for other, part in self._parts.items():
            part.setVisible(other == name)
        self.scroll_to_top()
        self.shown.emit(name)

    def show_founding(self, *, on: bool) -> None:
        """Let the founding of a service take the place of everything else, or give it back."""
        self._tabs.setVisible(not on)
        for name, part in self._parts.items():
            part.setVisible(not on and name == self.part())
        self.founding.setVisible(on)

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing else begin while something is under way."""
        for part in self._parts.values():
            part.set_busy(busy=busy)

    def arrive(self) -> None:
        """Begin where the part in front begins."""
        part = self.founding if self.founding.isVisible() else self._parts[self.part()]
        part.arrive()

    def place(self) -> str:
        """Return the part in front."""
        return self.part()

    def return_to(self, place: str) -> None:
        """Go back to a part."""
        if place in self._parts:
            self.show_part(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the chips into one list where the window is low (Qt)."""
        low = event.size().height() < self.kit.px(LOW)
        for chip in self._chips.buttons():
            chip.setVisible(not low)
        self._one.setVisible(low)
        super().resizeEvent(event)

    def _toggled(self, on: bool) -> None:
        if on:
            self.show_part(str(self.sender().property("part")))

    def _picked(self) -> None:
        self.show_part(str(self._one.currentData()))
