"""What a paper is before it is drawn: frozen nouns only. The engine (`pdf.py`) draws any of them and knows none."""

from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeAlias


class Numbering(Enum):
    """How the pages are numbered."""

    SECTIONS = "sections"
    """Bates numbering, A1, A2 ... B1: Practice Direction 27A (2026), para 1.2 and chapter 7."""
    INCLUSION = "inclusion"
    """For inclusion in someone else's bundle: 'Page 3 of 40' at the left, the rest of the foot left to their stamp."""
    PAGES = "pages"
    """1, 2, 3 ... for a paper that stands alone."""


class Look(Enum):
    """The size of the type."""

    COURT = "court"
    """12 point throughout, lines 1.5 apart, as the practice direction asks."""
    REPORT = "report"
    """Smaller type for wide tables of numbers."""
    EASY = "easy"
    """Larger type for whoever finds reading hard."""


@dataclass(frozen=True)
class PageOf:
    """Stands for the number of the page on which `anchor` is printed, and leads there; `otherwise` if it is nowhere."""

    anchor: str
    otherwise: str = "–"


Cell: TypeAlias = str | PageOf


@dataclass(frozen=True)
class Heading:
    """A heading inside a paper; `level` 1 stands directly below the paper's title."""

    text: str
    level: Literal[1, 2] = 1
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Running text; each newline begins a new one. 'right' and 'lines' stand close together, as in an address."""

    text: str
    kind: Literal["text", "note", "right", "lines", "warning"] = "text"
    keep_with_next: bool = False


@dataclass(frozen=True)
class NumberedParagraph:
    """A paragraph with its number hanging in the margin, as in a statement."""

    number: int
    text: str


@dataclass(frozen=True)
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class KeyFacts:
    """A ruled list in two columns: what, and the fact."""

    rows: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True)
class Column:
    """One column of a table; `share` is its part of the width beside the others' shares."""

    title: str
    share: float
    strong: bool = False
    right: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a table; `anchor` lets other places name the page it stands on."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under a header that is repeated on each page; `summary` says to a screen reader what the table holds."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    summary: str
    first_column_names_row: bool = False


@dataclass(frozen=True)
class CardPart:
    """What a card says of one person or thing: a heading, '' for none, and facts with what each is."""

    heading: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Card:
    """A box with a title."""

    title: str
    parts: tuple[CardPart, ...]


@dataclass(frozen=True)
class Cards:
    """Boxes side by side, so many in a row."""

    cards: tuple[Card, ...]
    columns: int = 2


@dataclass(frozen=True)
class Quotation:
    """Somebody's own words, never edited; `said_by` stands below them."""

    text: str
    said_by: str = ""


@dataclass(frozen=True)
class Photo:
    """A photo as `photo.prepare_photo` returned it; `alt` says in words what it shows.

    Attributes:
        jpeg: The bytes of the JPEG file.
        width: Its width in pixels.
        height: Its height in pixels.
    """

    jpeg: bytes
    width: int
    height: int
    alt: str
    caption: str
    anchor: str = ""


@dataclass(frozen=True)
class AttachedPdf:
    """Another PDF, each of its pages placed upright in a framed page of this paper."""

    content: bytes
    title: str
    anchor: str = ""


@dataclass(frozen=True)
class SignatureBlock:
    """The statement that is signed and the lines for it; it never stands on a page without the paragraph before it."""

    declaration: str
    name: str
    role: str = ""
    title: str = ""


@dataclass(frozen=True)
class WritingLines:
    """Lines to write on by hand, as far apart as handwriting wants them."""

    number: int


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block: TypeAlias = (
    Heading
    | Paragraph
    | NumberedParagraph
    | Bullets
    | KeyFacts
    | Table
    | Cards
    | Quotation
    | Photo
    | AttachedPdf
    | SignatureBlock
    | WritingLines
    | PageBreak
)


@dataclass(frozen=True)
class Paper:
    """One document inside a document: a row of the index, beginning on a page of its own.

    Attributes:
        title: What the index and the heading call it.
        blocks: What it says.
        anchor: By which other places name its first page.
        date: The date the index shows, in words.
        statement: A witness statement: the left margin is 35 mm wide.
        rule: The name of its limit in resources/court_rules.toml, '' where none is known.
        headed: Whether its title is printed; a page placed from elsewhere has its own.
    """

    title: str
    blocks: tuple[Block, ...]
    anchor: str = ""
    date: str = ""
    statement: bool = False
    rule: str = ""
    headed: bool = True


@dataclass(frozen=True)
class Section:
    """Papers under one letter; a section without papers is named in the index and has no pages."""

    letter: str
    title: str
    papers: tuple[Paper, ...]
    about: str = ""

    @property
    def name(self) -> str:
        """The letter and the title."""
        return f"Section {self.letter}: {self.title}" if self.letter else self.title

    @property
    def anchor(self) -> str:
        """The anchor of its first page."""
        return f"section {self.letter} {self.title}"

    def anchor_of(self, number: int) -> str:
        """Return the anchor of the first page of its paper `number`, counted from 1."""
        return f"{self.anchor} paper {number}"


@dataclass(frozen=True)
class TitlePage:
    """The first page; `above` stands small over the title."""

    above: tuple[str, ...]
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    warning: str = ""


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole paper, ready to be drawn.

    Attributes:
        title: What the viewer's title bar shows.
        sections: In their order. Without Bates numbering their letters are not printed.
        issued_on: The ISO date it is issued: it is written into the file instead of the clock's.
        title_page: None for a short paper, which then begins with its title.
        running: Small at the top of each page: the case number.
        marking: In capitals at the top right of each page; '' for none.
        dividers: Whether each section begins with a page that only names it.
        with_index: Whether an index follows the title page.
        subject: What the file's properties say it is.
        author: Whom the file's properties name.
    """

    title: str
    sections: tuple[Section, ...]
    issued_on: str
    title_page: TitlePage | None = None
    running: str = ""
    marking: str = ""
    numbering: Numbering = Numbering.SECTIONS
    look: Look = Look.COURT
    dividers: bool = False
    with_index: bool = True
    subject: str = ""
    author: str = ""
    language: str = "en-GB"
