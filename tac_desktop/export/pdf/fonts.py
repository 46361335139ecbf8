"""The faces of the paper: Liberation Sans (the widths of Arial), DejaVu Sans where it lacks a letter."""

import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from reportlab.pdfbase import pdfmetrics, ttfonts

from tac_desktop.paths import resources


class Weight(Enum):
    """The three cuts that the papers use."""

    REGULAR = ("LiberationSans-Regular", "DejaVuSans")
    BOLD = ("LiberationSans-Bold", "DejaVuSans-Bold")
    ITALIC = ("LiberationSans-Italic", "DejaVuSans")


@dataclass(frozen=True)
class Face:
    """A cut with the fonts that set it; every one of `main_characters` is set in `main`, the others in `second`."""

    main: str
    second: str
    main_characters: frozenset[str]
    second_characters: frozenset[str]


@cache
def face(weight: Weight) -> Face:
    """Return the face of a cut; its fonts are read once."""
    main, second = weight.value
    return Face(main, second, _characters(main), _characters(second))


@cache
def _characters(name: str) -> frozenset[str]:
    font: Any = ttfonts.TTFont(name, str(resources() / "fonts" / f"{name}.ttf"))
    pdfmetrics.registerFont(font)  # pyright: ignore[reportUnknownMemberType]
    return frozenset(chr(number) for number in font.face.charToGlyph)


_JOINED_SCRIPTS = (
    range(0x0E80, 0x0F00),  # Lao: marks above and below have to be moved into place
    range(0x07C0, 0x0800),  # N'Ko: written from the right, joined
)


def printable(character: str) -> bool:
    """Say whether this character comes out right on paper.

    A glyph is not enough: nothing here orders or joins letters, so scripts that are written from the right are
    refused although the second font has their letters.
    """
    if character.isascii():
        return character.isprintable() or character == "\n"
    if unicodedata.bidirectional(character) in {"R", "AL", "AN"}:
        return False
    if any(ord(character) in script for script in _JOINED_SCRIPTS):
        return False
    return character in _in_every_face()


@cache
def _in_every_face() -> frozenset[str]:
    regular, *others = (cut.main_characters | cut.second_characters for cut in map(face, Weight))
    return regular.intersection(*others)
