"""The pages before the papers: the title page, the index, and the dividers between sections."""

from collections.abc import Iterator

from tac_desktop.export.document import Document, KeyFacts, Look, PageOf, Section, TitlePage
from tac_desktop.export.pdf.compose import Composer
from tac_desktop.export.pdf.pieces import Piece, Space, TextPiece
from tac_desktop.export.pdf.sheet import set_text
from tac_desktop.export.pdf.style import (
    ABOVE_TITLE,
    FACT,
    INDEX_HEAD,
    INDEX_PAPER,
    INDEX_SECTION,
    PAPER,
    SECTION,
    SUBTITLE,
    TITLE,
    WARNING,
    TextKind,
)
from tac_desktop.export.pdf.tables import SetCell, SetRow, set_cell, table_of
from tac_desktop.export.pdf.tags import Element
from tac_desktop.export.pdf.text import paragraphs

TITLE_DROP, BELOW_COURT, DIVIDER_DROP = 70.0, 12.0, 190.0
INDEX_SHARES = (0.08, 0.53, 0.27, 0.12)


def _lines(text: str, kind: TextKind, element: Element, role: str, width: float) -> Iterator[TextPiece]:
    for line in paragraphs(text):
        setting = set_text(line, kind, width)
        yield TextPiece(setting, element.add(role), kind.before, kind.after, whole=True)


def title_pieces(title: TitlePage, element: Element, width: float) -> Iterator[Piece]:
    """Yield the title page's pieces."""
    yield Space(TITLE_DROP)
    for line in title.above:
        yield from _lines(line, ABOVE_TITLE, element, "P", width)
    yield Space(BELOW_COURT)
    yield from _lines(title.title, TITLE, element, "H1", width)
    yield from _lines(title.subtitle, SUBTITLE, element, "P", width)
    yield from Composer(Look.COURT, width, element, 1).pieces(KeyFacts(title.facts), None)
    yield from _lines(title.warning, WARNING, element, "P", width)


def divider_pieces(section: Section, element: Element, width: float, level: int) -> Iterator[Piece]:
    """Yield the pieces of the page that names a section and what is in it."""
    yield Space(DIVIDER_DROP)
    yield from _lines(section.name, SECTION, element, f"H{level}", width)
    yield from _lines(section.about, FACT, element, "P", width)
    for paper in section.papers:
        yield from _lines(paper.title, FACT, element, "P", width)


def index_pieces(document: Document, element: Element, width: float, level: int) -> Iterator[Piece]:
    """Yield the index: one row for each section and each paper, the whole row leading to its first page."""
    heading = set_text("Index", PAPER, width)
    yield TextPiece(heading, element.add(f"H{level}"), after=PAPER.after, keep=True, anchor="index", whole=True)
    table = _IndexTable(element.add("Table", summary="Each document with its date and its first page"), width)
    head = table.head()
    rows = [row for section in document.sections for row in table.rows(section, named=len(document.sections) > 1)]
    yield table_of(table.widths, head, rows)


class _IndexTable:
    """Makes the rows of the index."""

    def __init__(self, element: Element, width: float) -> None:
        self._element = element
        self.widths = [width * share for share in INDEX_SHARES]

    def head(self) -> SetRow:
        row = self._element.add("TR")
        titles = ("No.", "Document", "Date", "Page")
        cells = [
            set_cell(title, INDEX_HEAD, width, row.add("TH", scope="Column"))
            for title, width in zip(titles, self.widths, strict=True)
        ]
        return SetRow(tuple(cells))

    def rows(self, section: Section, *, named: bool) -> Iterator[SetRow]:
        if named and section.papers:
            yield self._row(section.letter, section.title, "", INDEX_SECTION, section.anchor, keep=True)
        elif named:
            yield self._row(section.letter, f"{section.title}: none in this version", "", INDEX_SECTION, "")
        for number, paper in enumerate(section.papers, 1):
            yield self._row(str(number), paper.title, paper.date, INDEX_PAPER, section.anchor_of(number))

    def _row(self, number: str, title: str, date: str, kind: TextKind, anchor: str, *, keep: bool = False) -> SetRow:
        row = self._element.add("TR")
        elements = [row.add("TD") for _ in self.widths]
        link = elements[1].add("Link") if anchor else elements[1]
        elements[1] = link
        texts = (number, title, date, PageOf(anchor) if anchor else "–")
        cells: list[SetCell] = [
            set_cell(text, kind, width, element)
            for text, width, element in zip(texts, self.widths, elements, strict=True)
        ]
        return SetRow(tuple(cells), "", anchor, keep, title, link if anchor else None)
