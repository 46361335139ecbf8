"""One's own card (code, symbol, file, paper), and the cards that were accepted here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tac_desktop.ui.card_picture import CardPicture
from tac_desktop.ui.exchange_words import places_words, role_words, status_words
from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.part import Part, code_shown, show_code

if TYPE_CHECKING:
    from tac_desktop.actions.card_sheets import CardShown

_FACTS_WIDTH = 500
"""Pixels at 100 %: the code of a card stands on one line."""


@dataclass(frozen=True)
class Acquaintance:
    """Somebody whose card is believed here."""

    name: str
    role: str
    sites: tuple[str, ...]
    status: str = "active"


class CardsPart(Part):
    """A card is public; its code goes another way. That is said where one needs to know it."""

    save_wanted = Signal()
    print_wanted = Signal()
    accept_wanted = Signal()
    renew_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        """Build it without a card."""
        super().__init__(kit)
        self._who = kit.label("", wrap=True)
        self._code = code_shown(kit, "")
        told = self.tr("A symbol to be scanned. It holds your card, the same that is saved as a file.")
        self._picture = CardPicture(kit, self.tr("QR symbol of your card"), told)
        self._save = kit.button(self.tr("Save my card"), "save")
        self._print = kit.button(self.tr("Print my card"), "printer")
        self._renew = kit.button(self.tr("Renew the keys"), "key-round", name=self.tr("Renew the keys of this vault"))
        self._accept = kit.button(self.tr("Accept a card"), "plus", kind="primary")
        self._enrolled = kit.label("", wrap=True)
        self._trusted = kit.column(gap=8)
        self._lay_out()
        self._save.clicked.connect(self.save_wanted)
        self._print.clicked.connect(self.print_wanted)
        self._renew.clicked.connect(self.renew_wanted)
        self._accept.clicked.connect(self.accept_wanted)
        self.waits(self._save, self._print, self._renew, self._accept)

    def _lay_out(self) -> None:
        kit = self.kit
        words = self.tr("Give your card to the people you work with: as a file, on paper, or by the symbol. Tell them "
                        "its code by telephone, never in the same message.")  # fmt: skip
        _, column = self.titled(self.tr("My card"), words)
        facts = QWidget()
        facts.setMinimumWidth(kit.px(_FACTS_WIDTH))
        facts.setLayout(
            kit.column(
                self._who,
                kit.label(self.tr("The code of your card"), "label"),
                self._code,
                kit.flow(self._save, self._print, self._renew),
                None,
                gap=6,
            )
        )
        column.addLayout(kit.flow(self._picture, facts, gap=24, row_gap=16, top=True))
        _, trusted = self.titled(self.tr("Accepted cards"))
        trusted.addWidget(self._enrolled)
        trusted.addLayout(self._trusted)
        trusted.addLayout(kit.flow(self._accept))

    def show_card(self, card: "CardShown") -> None:
        """Show one's own card."""
        place = places_words([card.prison])
        self._who.setText(", ".join(part for part in (card.name, role_words(card.role), place) if part))
        show_code(self._code, card.code)
        self._picture.show_dots(card.dots)

    def show_acquaintances(self, people: Sequence[Acquaintance], *, may_accept: bool, service: str) -> None:
        """Show whom this vault believes, and whether cards are accepted here or by the one who keeps the roster."""
        clear(self._trusted)
        for person in people:
            self._trusted.addLayout(self._line(person))
        if service and not may_accept:
            words = self.tr("In the service ‘{name}’ cards are accepted by the one who keeps the roster. Send her your "
                            "card; the roster comes back with a bundle.")  # fmt: skip
        elif service:
            words = self.tr("You keep the roster of ‘{name}’: a card that you accept becomes a member of the service.")
        else:
            words = self.tr("None yet. Without a card there is nobody to write for.") if not people else ""
        self._enrolled.setText(words.format(name=service))
        self._enrolled.setVisible(bool(words))
        self._accept.setVisible(may_accept)

    def _line(self, person: Acquaintance) -> QVBoxLayout:
        kit = self.kit
        who = ", ".join(part for part in (role_words(person.role), places_words(person.sites)) if part)
        name = kit.flow(kit.label(person.name, "label", wrap=True), gap=12)
        if person.status != "active":
            name.addWidget(kit.badge(*status_words(person.status)))
        return kit.column(name, kit.label(who, "hint", wrap=True), gap=0)

    def arrive(self) -> None:
        """Begin with what one does most: accepting a card, or handing out one's own."""
        (self._accept if self._accept.isVisible() else self._save).setFocus()
