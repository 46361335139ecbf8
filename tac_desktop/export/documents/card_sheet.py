"""Sheets of paper for trust: a card to hand over, and the three sheets on which the keys of a service are kept."""

import io
import json
from collections.abc import Sequence
from typing import TypeAlias

from tac_desktop.casework.codelists import label
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.export.card import Card
from tac_desktop.export.document import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    KeyFacts,
    Numbering,
    Paper,
    Paragraph,
    Photo,
    Row,
    Section,
    Table,
)

Dots: TypeAlias = tuple[tuple[bool, ...], ...]
"""A QR symbol row by row with its quiet border; True is dark."""

ROLES = {"worker": "Social worker", "manager": "Manager", "admin": "Administrator"}
_PIXELS = 2
"""A dot on paper is 1.5 points wide: a telephone reads it at arm's length."""
_COLUMNS = 5
_GROUPS_IN_LINE = 7


def card_dots(card: bytes) -> Dots:
    """Return the QR symbol of a card: what it holds is the card itself, which a vault takes in like the file.

    Args:
        card: A card's file, as `export.card.write_card` made it.
    """
    import segno

    small = json.dumps(json.loads(card), ensure_ascii=False, separators=(",", ":"))
    symbol = segno.make(small.encode(), error="l", micro=False, boost_error=False)
    return tuple(tuple(bool(dot) for dot in row) for row in symbol.matrix_iter(scale=1, border=4))


def card_sheet(card: Card, file: bytes, printed_on: str) -> Document:
    """Return the sheet of a card: who, the QR symbol. The code is not on it: it travels by another way.

    Args:
        card: The card.
        file: Its file, which the symbol holds.
        printed_on: ISO date.
    """
    place = label("prison", card.prison) if card.prison else "No prison of its own"
    blocks: tuple[Block, ...] = (
        KeyFacts((("Name", card.name), ("Role", ROLES[card.role]), ("Prison", place))),
        _picture(card_dots(file), f"QR symbol of the card of {card.name}"),
        Paragraph(
            "This sheet shows a public card: nothing on it is secret. What the square holds is the card's file: "
            "scanned and saved with the ending .taccard it is accepted like the file itself."
        ),
        Paragraph(
            "The code of the card is not printed here on purpose. Whoever accepts the card asks its owner for the code "
            "by telephone and types it in. Only then it is certain that the card is hers.",
            "warning",
        ),
    )
    return _paper("Card of a vault", "Card for exchanging case files", blocks, printed_on, "")


def key_sheet(
    service: str, service_code: str, number: int, root_key_code: str, words: Sequence[str], printed_on: str
) -> Document:
    """Return one of the three sheets on which the keys of a service are kept.

    Args:
        service: The service's name.
        service_code: The public code of the service.
        number: 1, 2 or 3.
        root_key_code: The code of this sheet's root key.
        words: The words of this sheet's share of the emergency key.
        printed_on: ISO date.
    """
    blocks: tuple[Block, ...] = (
        KeyFacts((
            ("Service", service), ("Code of the service", service_code), ("Given to", ""), ("Kept at", ""),
        )),
        Heading("Root key"),
        Paragraph(_in_lines(root_key_code), "lines"),
        Heading("Emergency words"),
        _word_table(words),
        Heading("What this sheet is for"),
        Bullets((
            "Two sheets together appoint who keeps the roster, and open bundles in an emergency; one alone does not.",
            "The three are kept in three places, locked away, and never photographed or copied.",
            "A lost sheet is replaced with the help of the two others. Once a year two keepers do the drill.",
        )),
    )  # fmt: skip
    return _paper("Key of the service", f"Sheet {number} of 3: key of the service", blocks, printed_on, "SECRET")


def _in_lines(code: str) -> str:
    groups = code.split("-")
    return "\n".join(
        "-".join(groups[start : start + _GROUPS_IN_LINE]) for start in range(0, len(groups), _GROUPS_IN_LINE)
    )


def _word_table(words: Sequence[str]) -> Table:
    """Set the words in columns, each read from top to bottom, as a telephone book is."""
    high = -(-len(words) // _COLUMNS)
    numbered = [f"{number}. {word}" for number, word in enumerate(words, 1)]
    columns = [numbered[start : start + high] for start in range(0, len(numbered), high)]
    titles = [f"{start + 1} to {min(start + high, len(words))}" for start in range(0, len(words), high)]
    rows = tuple(Row(tuple(column[line] if line < len(column) else "" for column in columns)) for line in range(high))
    summary = "The emergency words of this sheet, to be read column by column"
    return Table(tuple(Column(title, 1 / len(titles)) for title in titles), rows, summary)


def _picture(dots: Dots, alt: str) -> Photo:
    from PIL import Image

    side = len(dots) * _PIXELS
    lines = (bytes(0 if dot else 255 for dot in row for _ in range(_PIXELS)) * _PIXELS for row in dots)
    large = Image.frombytes("L", (side, side), b"".join(lines)).convert("RGB")
    file = io.BytesIO()
    large.save(file, "JPEG", quality=100, subsampling=0)
    return Photo(file.getvalue(), side, side, alt=alt, caption="")


def _paper(title: str, heading: str, blocks: tuple[Block, ...], printed_on: str, marking: str) -> Document:
    return Document(
        title=title,
        subject="Trust between the vaults of TaC Desktop",
        issued_on=printed_on,
        running=f"TaC Desktop, {day_in_words(printed_on)}",
        marking=marking,
        numbering=Numbering.PAGES,
        with_index=False,
        sections=(Section("", heading, (Paper(heading, blocks),)),),
    )
