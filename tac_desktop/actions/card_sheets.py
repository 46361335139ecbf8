"""Cards and keys for the eye: one's own card on the screen and on paper, and the sheets on which a service is kept."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.cards import own_card
from tac_desktop.actions.permitted import permitted
from tac_desktop.casework.permissions import Deed

if TYPE_CHECKING:
    from tac_desktop.casework.people import CardRole
    from tac_desktop.export.document import Document
    from tac_desktop.export.documents.card_sheet import Dots
    from tac_desktop.storage.vault import Vault


@dataclass(frozen=True)
class CardShown:
    """One's own card as a window shows it."""

    name: str
    role: "CardRole"
    prison: str
    """The prison's code, '' for none."""
    code: str
    """To be told by another way than the card travels."""
    dots: "Dots"
    """The QR symbol, row by row; True is dark."""


@permitted(Deed.BE_KNOWN)
def card_shown(vault: "Vault", *, now: datetime) -> CardShown:
    """Return one's own card with its code and its symbol."""
    from tac_desktop.export.card import read_card
    from tac_desktop.export.documents.card_sheet import card_dots

    file = own_card(vault, now=now)
    card = read_card(file)
    return CardShown(card.name, card.role, card.prison, card.code, card_dots(file))


@permitted(Deed.BE_KNOWN)
def card_paper(vault: "Vault", *, now: datetime) -> Generator[tuple[int, int], None, bytes]:
    """Draw the sheet with one's own card; yield (done, total) and return the PDF."""
    from tac_desktop.export.card import read_card
    from tac_desktop.export.documents.card_sheet import card_sheet

    file = own_card(vault, now=now)
    return (yield from _drawn(card_sheet(read_card(file), file, now.date().isoformat())))


def key_paper(
    service: str, service_code: str, number: int, root_key_code: str, words: Sequence[str], *, now: datetime
) -> Generator[tuple[int, int], None, bytes]:
    """Draw one of the three sheets of a service, in memory; yield (done, total) and return the PDF.

    It is for a printer alone: what it holds must never lie on a disk.

    Args:
        service: The service's name.
        service_code: Its public code.
        number: 1, 2 or 3.
        root_key_code: The code of this sheet's root key.
        words: The words of this sheet's share of the emergency key.
        now: The time, with its zone.
    """
    from tac_desktop.export.documents.card_sheet import key_sheet

    printed_on = now.date().isoformat()
    return (yield from _drawn(key_sheet(service, service_code, number, root_key_code, words, printed_on)))


def _drawn(document: "Document") -> Generator[tuple[int, int], None, bytes]:
    from tac_desktop.export.pdf import draw

    return (yield from draw(document)).content
