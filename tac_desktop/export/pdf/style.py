"""Measures, colours and kinds of text on paper. Lengths are points (1/72 inch), measured from the top of the page."""

from dataclasses import dataclass, replace
from functools import cache

from reportlab.lib.colors import Color
from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from tac_desktop.export.document import Look
from tac_desktop.export.pdf.fonts import Weight

MM = 72 / 25.4
A4_SHORT, A4_LONG = 210 * MM, 297 * MM
LEFT, STATEMENT_LEFT, RIGHT, TOP, BOTTOM = 30 * MM, 35 * MM, 22 * MM, 28 * MM, 26 * MM
"""The left margin leaves room for the holes of a binder; in statements it is 35 mm (CPR PD32, 19.1)."""
HEADER_LINE, FOOTER_LINE = 21 * MM, 19 * MM

Colour = tuple[float, float, float]
INK: Colour = (0.09, 0.10, 0.12)
QUIET: Colour = (0.35, 0.38, 0.42)
NAVY: Colour = (0.09, 0.22, 0.40)
RED: Colour = (0.58, 0.04, 0.10)
RULE: Colour = (0.72, 0.75, 0.79)
HEAD_FILL: Colour = (0.925, 0.945, 0.965)

CELL_SIDE, CELL_TOP, CELL_BOTTOM = 5.0, 5.0, 6.0
NUMBER_HANGS = 12 * MM


@dataclass(frozen=True)
class TextKind:
    """One kind of text: its cut, its size and leading in points, the room around it, its colour."""

    name: str
    size: float
    leading: float
    weight: Weight = Weight.REGULAR
    colour: Colour = INK
    before: float = 0
    after: float = 0
    right: bool = False

    @property
    def style(self) -> ParagraphStyle:
        """The kind as reportlab's paragraph style; the same object each time."""
        return _style(self)


@cache
def _style(kind: TextKind) -> ParagraphStyle:
    return ParagraphStyle(
        kind.name,
        fontName=kind.weight.value[0],
        fontSize=kind.size,
        leading=kind.leading,
        textColor=Color(*kind.colour),
        alignment=TA_RIGHT if kind.right else TA_LEFT,
        allowWidows=0,
        allowOrphans=0,
    )


FACT = TextKind("fact", 12, 17)
FACT_NAME = TextKind("fact-name", 11, 17, colour=QUIET)


@dataclass(frozen=True)
class Typography:
    """All kinds of text of one look."""

    body: TextKind
    cell: TextKind
    note: TextKind
    fact: TextKind = FACT
    fact_name: TextKind = FACT_NAME
    """In a ruled list of facts, what each is."""

    @property
    def head(self) -> TextKind:
        """The kind of a column's title."""
        cell = self.cell
        return TextKind(f"{cell.name}-head", cell.size - 1, cell.leading - 1, Weight.BOLD, NAVY)

    def strong(self, kind: TextKind) -> TextKind:
        """Return `kind` in bold."""
        return replace(kind, name=f"{kind.name}-strong", weight=Weight.BOLD)


TITLE = TextKind("title", 26, 31, Weight.BOLD, NAVY, after=2)
SUBTITLE = TextKind("subtitle", 14, 19, after=14)
ABOVE_TITLE = TextKind("above-title", 12, 17, colour=QUIET)
SECTION = TextKind("section", 22, 28, Weight.BOLD, NAVY, after=8)
SECTION_SMALL = TextKind("section-small", 11, 15, Weight.BOLD, QUIET, after=2)
PAPER = TextKind("paper", 17, 22, Weight.BOLD, NAVY, after=10)
HEADINGS = (
    TextKind("heading-1", 13.5, 18, Weight.BOLD, NAVY, before=16, after=6),
    TextKind("heading-2", 12, 16, Weight.BOLD, INK, before=10, after=4),
)
WARNING = TextKind("warning", 12, 17, colour=RED, before=12, after=8)
QUOTED = TextKind("quoted", 12, 18, after=7)
SAID_BY = TextKind("said-by", 10.5, 15, colour=QUIET, after=10)
INDEX_HEAD = TextKind("index-head", 11, 15, Weight.BOLD, NAVY)
INDEX_SECTION = TextKind("index-section", 12, 15, Weight.BOLD)
INDEX_PAPER = TextKind("index-paper", 12, 15)
LINES = TextKind("lines", 12, 16)
BELOW_LINES = 10.0
CAPTION = TextKind("caption", 10.5, 14, colour=QUIET, before=4, after=14)
RUNNING = TextKind("running", 9, 11, colour=QUIET)
MARKING = TextKind("marking", 9, 11, Weight.BOLD, RED, right=True)
PAGE_NUMBER = TextKind("page-number", 15, 18, Weight.BOLD, right=True)


@cache
def typography(look: Look) -> Typography:
    """Return the kinds of text of a look."""
    if look is Look.COURT:
        return Typography(
            TextKind("body", 12, 18, after=8), TextKind("cell", 12, 16), TextKind("note", 11, 15, colour=QUIET, after=8)
        )
    if look is Look.EASY:
        return Typography(
            TextKind("body-easy", 14, 21, after=8),
            TextKind("cell-easy", 14, 20),
            TextKind("note-easy", 13, 18, colour=QUIET, after=8),
            TextKind("fact-easy", 14, 20),
            TextKind("fact-name-easy", 14, 20),
        )
    return Typography(
        TextKind("body-report", 11, 16, after=6),
        TextKind("cell-report", 9.5, 12.5),
        TextKind("note-report", 9.5, 13, colour=QUIET, after=6),
    )
