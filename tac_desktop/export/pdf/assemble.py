"""From a document to filled pages: title page, index, sections; every page gets its number here."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from tac_desktop.export.document import AttachedPdf, Block, Document, Numbering, PageBreak, Paper, Section, TitlePage
from tac_desktop.export.pdf.attached import OpenedPdf, open_attached
from tac_desktop.export.pdf.compose import Composer
from tac_desktop.export.pdf.front import divider_pieces, index_pieces, title_pieces
from tac_desktop.export.pdf.pages import Page, PageFiller
from tac_desktop.export.pdf.pieces import TextPiece
from tac_desktop.export.pdf.sheet import set_text
from tac_desktop.export.pdf.style import A4_SHORT, LEFT, RIGHT, SECTION_SMALL, STATEMENT_LEFT
from tac_desktop.export.pdf.tags import Element
from tac_desktop.export.pdf.text import clean


@dataclass(frozen=True)
class Bookmark:
    """An entry of the viewer's outline: how deep it stands, what it says, where it leads."""

    level: int
    title: str
    anchor: str


@dataclass(frozen=True)
class PaperLength:
    """How long one paper of the document came out; `rule` names its limit in resources/court_rules.toml."""

    title: str
    rule: str
    pages: int


@dataclass
class Assembled:
    """All pages in their order, the structure, and where everything is."""

    pages: list[Page] = field(default_factory=list[Page])
    root: Element = field(default_factory=lambda: Element("Document"))
    attached: list[OpenedPdf] = field(default_factory=list[OpenedPdf])
    bookmarks: list[Bookmark] = field(default_factory=list[Bookmark])
    places: dict[str, tuple[int, float]] = field(default_factory=dict[str, tuple[int, float]])
    """Each anchor's page (from 0) and its distance from the top of the page in points."""
    labels: list[str] = field(default_factory=list[str])
    """The printed number of each page."""

    lengths: list[PaperLength] = field(default_factory=list[PaperLength])

    def label_of(self, anchor: str) -> str | None:
        """Return the printed number of the page on which an anchor stands."""
        place = self.places.get(anchor)
        return self.labels[place[0]] if place else None


def assemble(document: Document) -> Generator[None, None, Assembled]:
    """Fill all pages of a document, yielding after each block.

    The index comes before the papers but is filled last: the height of its rows does not depend on the numbers in
    them, so that everything is set only once.
    """
    assembled = Assembled()
    front = assembled.root.add("Sect")
    index_element = assembled.root.add("Sect")
    body: list[Page] = []
    for section in document.sections:
        if section.papers:
            body += yield from _section_pages(document, section, assembled)
    if document.title_page:
        assembled.pages += _title(document.title_page, front)
    if document.with_index:
        assembled.pages += _index(document, index_element)
        assembled.bookmarks.insert(0, Bookmark(0, "Index", "index"))
    assembled.pages += body
    _number(document, assembled)
    return assembled


def _title(title: TitlePage, element: Element) -> list[Page]:
    filler = PageFiller(LEFT, "", "")
    for piece in title_pieces(title, element, A4_SHORT - LEFT - RIGHT):
        filler.add(piece)
    filler.flush()
    for page in filler.pages:
        page.is_title = True
    return filler.pages


def _index(document: Document, element: Element) -> list[Page]:
    filler = PageFiller(LEFT, "Index", "Index ")
    level = 2 if document.title_page else 1
    for piece in index_pieces(document, element, A4_SHORT - LEFT - RIGHT, level):
        filler.add(piece)
    filler.flush()
    return filler.pages


def _section_pages(document: Document, section: Section, assembled: Assembled) -> Generator[None, None, list[Page]]:
    element = assembled.root.add("Sect")
    pages: list[Page] = []
    named = len(document.sections) > 1
    level = 1 + bool(document.title_page)
    if named:
        assembled.bookmarks.append(Bookmark(0, clean(section.name), section.anchor))
    divider = document.dividers or (named and not section.papers[0].headed)
    if divider:
        pages += _divider(section, element, level)
    for number, paper in enumerate(section.papers, 1):
        filler = _filler(section, paper)
        if named and number == 1 and not divider:
            filler.add(_small_heading(section, element, level))
        made = _paper_pages(document, section, number, filler, element.add("Sect"), assembled, level + named)
        pages += yield from made
        assembled.bookmarks.append(Bookmark(int(named), clean(paper.title), section.anchor_of(number)))
    return pages


def _filler(section: Section, paper: Paper) -> PageFiller:
    left = STATEMENT_LEFT if paper.statement else LEFT
    return PageFiller(left, clean(section.title), section.letter)


def _divider(section: Section, element: Element, level: int) -> list[Page]:
    filler = PageFiller(LEFT, clean(section.title), section.letter)
    for piece in divider_pieces(section, element, A4_SHORT - LEFT - RIGHT, level):
        filler.add(piece)
    filler.flush()
    filler.pages[0].starts.append(section.anchor)
    return filler.pages


def _small_heading(section: Section, element: Element, level: int) -> TextPiece:
    setting = set_text(clean(section.name), SECTION_SMALL, A4_SHORT - LEFT - RIGHT)
    return TextPiece(setting, element.add(f"H{level}"), after=SECTION_SMALL.after, keep=True, whole=True)


def _paper_pages(
    document: Document,
    section: Section,
    number: int,
    filler: PageFiller,
    element: Element,
    assembled: Assembled,
    level: int,
) -> Generator[None, None, list[Page]]:
    paper = section.papers[number - 1]
    left = STATEMENT_LEFT if paper.statement else LEFT
    composer = Composer(document.look, A4_SHORT - left - RIGHT, element, level)
    if paper.headed:
        for piece in composer.title(paper.title, paper.anchor):
            filler.add(piece)
    where = f"section {section.letter}, document {number}" if section.letter else f"part {number}"
    for block, following in zip(paper.blocks, (*paper.blocks[1:], None), strict=True):
        _fill(filler, composer, block, following, assembled, where)
        yield
    filler.flush()
    filler.pages[0].starts += [section.anchor_of(number), *([section.anchor] if number == 1 else []), paper.anchor]
    assembled.lengths.append(PaperLength(paper.title, paper.rule, len(filler.pages)))
    return filler.pages


def _fill(
    filler: PageFiller,
    composer: Composer,
    block: Block,
    following: Block | None,
    assembled: Assembled,
    where: str,
) -> None:
    match block:
        case PageBreak():
            filler.break_page()
        case AttachedPdf():
            opened = open_attached(block.content, where)
            assembled.attached.append(opened)
            for page in composer.attached_pages(opened, block, len(assembled.attached) - 1):
                filler.add(page)
        case _:
            for piece in composer.pieces(block, following):
                filler.add(piece)


def _number(document: Document, assembled: Assembled) -> None:
    counts: dict[str, int] = {}
    for index, page in enumerate(assembled.pages):
        counts[page.prefix] = counts.get(page.prefix, 0) + 1
        bates = document.numbering is Numbering.SECTIONS
        page.label = f"{page.prefix}{counts[page.prefix]}" if bates else str(index + 1)
        if bates and page.is_title:
            page.label = "Title" if index == 0 else f"Title {index + 1}"
        assembled.labels.append(page.label)
        for anchor, top in _anchors(page):
            assembled.places.setdefault(anchor, (index, top))


def _anchors(page: Page) -> Iterator[tuple[str, float]]:
    yield from ((anchor, 0.0) for anchor in page.starts if anchor)
    for piece, top in page.placed:
        yield from ((anchor, top + below) for anchor, below in piece.anchors())
