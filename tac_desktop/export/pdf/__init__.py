"""Draws any document as a tagged A4 PDF, in memory; it knows none in particular."""

from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeAlias

from tac_desktop.errors import CharactersNotPrintable
from tac_desktop.export.document import Document
from tac_desktop.export.pdf.assemble import Assembled, PaperLength, assemble
from tac_desktop.export.pdf.draw import draw_pages
from tac_desktop.export.pdf.finish import finish
from tac_desktop.export.pdf.sheet import Drawn
from tac_desktop.export.pdf.text import unprintable

Progress: TypeAlias = tuple[int, int]
"""How many steps are done, of how many; a later total may be more exact."""


@dataclass(frozen=True)
class DrawnPdf:
    """A finished PDF.

    Attributes:
        content: Its bytes.
        labels: The printed number of each page.
        lengths: The length of each paper, in their order.
    """

    content: bytes
    labels: tuple[str, ...]
    lengths: tuple[PaperLength, ...]


NAMED_AT_MOST = 5


def draw(document: Document, passphrase: str = "") -> Generator[Progress, None, DrawnPdf]:
    """Draw a document and return the PDF; the same document gives the same bytes.

    Args:
        document: What is drawn.
        passphrase: Without it nobody opens the file (AES-256, other bytes each time); '' writes it open.

    Yields:
        (done, total), after each block and each page. Closing the generator gives up.

    Raises:
        CharactersNotPrintable: Some text has characters that would be lost.
        AttachedPdfDamaged, AttachedPdfLocked, AttachedPdfNotPdf, AttachedPdfTooLarge: An attachment cannot be placed.
        DocumentNotDrawable: Something that must not be divided is higher than a page.
    """
    refuse_unprintable(document)
    blocks = sum(len(paper.blocks) for section in document.sections for paper in section.papers)
    assembled = yield from _setting(document, blocks)
    total = blocks + len(assembled.pages) + 1
    drawn = Drawn()
    drawing = draw_pages(document, assembled, drawn)
    done = blocks
    while True:
        try:
            next(drawing)
        except StopIteration as end:
            pages: bytes = end.value
            break
        done += 1
        yield done, total
    content = finish(pages, document, assembled, drawn, passphrase)
    yield total, total
    return DrawnPdf(content, tuple(assembled.labels), tuple(assembled.lengths))


def draw_whole(document: Document, passphrase: str = "") -> DrawnPdf:
    """Draw a document without stopping on the way."""
    drawing = draw(document, passphrase)
    while True:
        try:
            next(drawing)
        except StopIteration as end:
            return end.value


def refuse_unprintable(document: Document) -> None:
    """Raise CharactersNotPrintable where text would be lost, naming the characters and their places."""
    found = unprintable(document)
    if found:
        named = [f"{character.name} in {character.where}" for character in found[:NAMED_AT_MOST]]
        more = f" and {len(found) - NAMED_AT_MOST} more" if len(found) > NAMED_AT_MOST else ""
        raise CharactersNotPrintable("; ".join(named) + more)


def _setting(document: Document, blocks: int) -> Generator[Progress, None, Assembled]:
    setting = assemble(document)
    done = 0
    while True:
        try:
            next(setting)
        except StopIteration as end:
            return end.value
        done += 1
        yield done, 2 * blocks
