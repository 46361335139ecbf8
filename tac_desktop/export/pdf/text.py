"""Hygiene of text before it is set: what is printed is what was written, and what cannot be printed is named."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from xml.sax.saxutils import escape

from tac_desktop.export.document import Document
from tac_desktop.export.pdf.fonts import Face, printable

_NEWLINES = dict.fromkeys(map(ord, "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
_BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = "\u00ad\u200b\u2060\ufeff" + "".join(map(chr, range(0xFE00, 0xFE10)))
_CLEANED = (
    dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)))
    | dict.fromkeys(map(ord, _BIDI_CONTROLS + _INVISIBLE))
    | _NEWLINES
    | {ord("\n"): "\n", ord("\t"): " ", 0x2011: "-"}
)


@dataclass(frozen=True)
class Unprintable:
    """A character that no font of the program can print, and where it stands."""

    character: str
    where: str

    @property
    def name(self) -> str:
        """The character's name and number: 'CJK UNIFIED IDEOGRAPH-6587 (U+6587)'."""
        known = unicodedata.name(self.character, "a character without a name")
        return f"{known} (U+{ord(self.character):04X})"


def clean(text: str) -> str:
    """Return `text` composed (NFC), with one kind of newline and without characters that nobody can see.

    Control characters and bidirectional overrides go, because they could make the print say something else than the
    screen; a no-break hyphen becomes a hyphen, which looks the same and is never broken here.
    """
    if text.isascii() and text.isprintable():
        return text
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return composed.translate(_CLEANED)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of `text`: one for each line that says something."""
    return [line.strip() for line in clean(text).split("\n") if line.strip()]


def markup(text: str, face: Face) -> str:
    """Return one line of clean text as mark-up, the second font standing in where the first lacks a letter."""
    if face.main_characters.issuperset(text):
        return escape(text)
    return "".join(
        escape(run) if ours else f'<font name="{face.second}">{escape(run)}</font>'
        for ours, run in _runs(text, face.main_characters)
    )


def _runs(text: str, ours: frozenset[str]) -> Iterator[tuple[bool, str]]:
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or (text[at] in ours) != (text[start] in ours):
            yield text[start] in ours, text[start:at]
            start = at


def unprintable(document: Document) -> tuple[Unprintable, ...]:
    """Return each character of the document that cannot be printed, once for each place, in reading order.

    It walks over every text of the structure, so that a new kind of block cannot be forgotten.
    """
    found = {
        Unprintable(character, where): None
        for where, text in located_texts(document)
        for character in dict.fromkeys(clean(text))
        if not printable(character)
    }
    return tuple(found)


def located_texts(document: Document) -> Iterator[tuple[str, str]]:
    """Yield every text of the document with its place in words that name no person: 'section B, document 1'."""
    for section in document.sections:
        for number, paper in enumerate(section.papers, 1):
            where = f"section {section.letter}, document {number}" if section.letter else f"part {number}"
            yield from ((where, text) for text in _texts(paper))
        yield from (("the headings", text) for text in (section.title, section.about))
    for part in (
        document.title_page,
        document.title,
        document.running,
        document.marking,
        document.subject,
        document.author,
    ):
        yield from (("the title page", text) for text in _texts(part))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for element in value:  # pyright: ignore[reportUnknownVariableType] - every element is looked at, whatever it is
            yield from _texts(element)  # pyright: ignore[reportUnknownArgumentType]
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
