"""Send and receive: a row of what one can do here, and one part at a time below it."""

from typing import Literal, TypeAlias

from PySide6.QtCore import QCoreApplication

from tac_desktop.ui.exchange_cards import CardsPart
from tac_desktop.ui.exchange_founding import FoundingPart
from tac_desktop.ui.exchange_history import HistoryPart
from tac_desktop.ui.exchange_receive import ReceivePart
from tac_desktop.ui.exchange_send import SendPart
from tac_desktop.ui.exchange_service import ServicePart
from tac_desktop.ui.exchange_standing import StandingPart
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.part import Part
from tac_desktop.ui.parts_screen import Named, PartsScreen

PartName: TypeAlias = Literal["send", "receive", "standing", "history", "cards", "service"]
WITHOUT_CASES: tuple[PartName, ...] = ("cards", "service")
"""What an administrator sees: she exchanges no case files."""


class ExchangeScreen(PartsScreen):
    """The parts of sending and receiving; founding a service takes the place of all until it is over."""

    def __init__(self, kit: Kit, *, may_exchange: bool = True, may_found: bool = False) -> None:
        """Take whether this person exchanges case files, and whether she may found a service."""
        self.send = SendPart(kit)
        self.receive = ReceivePart(kit)
        self.standing = StandingPart(kit)
        self.history = HistoryPart(kit)
        self.cards = CardsPart(kit)
        self.service = ServicePart(kit, may_found=may_found)
        self.founding = FoundingPart(kit)
        every = self._every_part()
        names = tuple(every) if may_exchange else WITHOUT_CASES
        super().__init__(
            kit,
            _tr("Send and receive") if may_exchange else _tr("Cards and service"),
            [Named(name, *every[name]) for name in names],
            _tr("What to do"),
        )
        self.body.setStretchFactor(self.history, 1)
        for name, (_, part) in every.items():
            if name not in names:
                part.setParent(self)
                part.hide()
        self.hold(self.founding)
        self.founding.hide()

    def _every_part(self) -> dict[PartName, tuple[str, Part]]:
        return {
            "send": (_tr("Send"), self.send),
            "receive": (_tr("Receive"), self.receive),
            "standing": (_tr("Who has what"), self.standing),
            "history": (_tr("History"), self.history),
            "cards": (_tr("Cards"), self.cards),
            "service": (_tr("Service"), self.service),
        }

    def show_waiting(self, count: int) -> None:
        """Say beside 'Receive' how many bundles wait."""
        self.name_part("receive", _tr("Receive ({n})").format(n=count) if count else _tr("Receive"))

    def show_founding(self, *, on: bool) -> None:
        """Let the founding of a service take the place of everything else, or give it back."""
        self.show_parts(on=not on)
        self.founding.setVisible(on)

    def arrive(self) -> None:
        """Begin where the part in front begins."""
        if self.founding.isVisible():
            self.founding.arrive()
        else:
            super().arrive()


def _tr(text: str) -> str:
    return QCoreApplication.translate("ExchangeScreen", text)
