"""One page while it is drawn: everything goes through here, so that everything is either tagged or an artifact."""

from bisect import bisect_left
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph as SetParagraph

from tac_desktop.export.pdf.fonts import face
from tac_desktop.export.pdf.style import Colour, TextKind
from tac_desktop.export.pdf.tags import Annotated, Element, Mark
from tac_desktop.export.pdf.text import markup

_MOST_ON_A_LINE = 300
"""No line of a page holds as many characters."""


@dataclass(frozen=True)
class SetText:
    """One paragraph broken into lines: reportlab's paragraph, its width and height in points."""

    paragraph: Any
    width: float
    height: float

    def split(self, room: float) -> "tuple[SetText, SetText] | None":
        """Return the two parts of which the first fills `room`; never a single line alone; None if that cannot be."""
        parts: list[Any] = self.paragraph.split(self.width, room)
        if len(parts) != 2:
            self.paragraph.wrap(self.width, 1e6)  # reportlab forgets the lines of what it could not split
            return None
        first, second = (SetText(p, self.width, p.wrap(self.width, 1e6)[1]) for p in parts)
        return first, second


def set_text(line: str, kind: TextKind, width: float) -> SetText:
    """Break one line of clean text into lines of `width` points."""
    paragraph: Any = SetParagraph(markup(line, face(kind.weight)) or " ", kind.style)
    return SetText(paragraph, width, paragraph.wrap(width, 1e6)[1])


def set_on_one_line(line: str, kind: TextKind, width: float) -> SetText:
    """Set clean text on one line of `width` points; of what is too long the end gives way to '…'."""
    whole = set_text(line, kind, width)
    if whole.height <= kind.leading:
        return whole

    def is_too_long(length: int) -> bool:
        return set_text(f"{line[:length].rstrip()}…", kind, width).height > kind.leading

    fits = bisect_left(range(1, min(len(line), _MOST_ON_A_LINE)), True, key=is_too_long)
    return set_text(f"{line[:fits].rstrip()}…", kind, width)


@dataclass(frozen=True)
class Box:
    """A rectangle on the page in points, its `top` measured from the top edge."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class LinkTo:
    """A link that is written when all pages are drawn: where it is, where it leads, what it says to a screen reader."""

    box: Box
    anchor: str
    says: str


@dataclass(frozen=True)
class PhotoContent:
    """A JPEG and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True)
class PdfPageContent:
    """One page of an attached PDF: the number of the attachment, the number of its page, both from 0."""

    attachment: int
    page: int


@dataclass(frozen=True)
class Placement:
    """Something that is put into a box when all pages are drawn; its mark number is already given to its element."""

    box: Box
    content: PhotoContent | PdfPageContent
    mark: int


@dataclass
class Drawn:
    """What was noted while drawing, for the page numbers from 0: links and things to be placed."""

    links: dict[int, list[LinkTo]] = field(default_factory=dict[int, list[LinkTo]])
    placements: dict[int, list[Placement]] = field(default_factory=dict[int, list[Placement]])


class Sheet:
    """The page that is being drawn. Positions are points from the left and from the TOP of the page."""

    def __init__(
        self, canvas: Canvas, page: int, height: float, drawn: Drawn, label_of: Callable[[str], str | None]
    ) -> None:
        """Take the canvas, the page's number from 0, its height, where to note things, and how pages are called."""
        self._canvas: Any = canvas
        self._page = page
        self._height = height
        self._drawn = drawn
        self._marks = 0
        self.label_of = label_of
        """The printed number of the page on which an anchor stands; None if it stands nowhere."""

    def text(self, setting: SetText, left: float, top: float, element: Element | None) -> None:
        """Draw a paragraph; without an element it is an artifact, not part of the document's text."""
        with self._tagged(element):
            setting.paragraph.drawOn(self._canvas, left, self._height - top - setting.height)

    def line(self, start: tuple[float, float], end: tuple[float, float], colour: Colour, width: float = 0.6) -> None:
        """Draw a rule."""
        with self._tagged(None):
            self._canvas.setStrokeColorRGB(*colour)
            self._canvas.setLineWidth(width)
            self._canvas.line(start[0], self._height - start[1], end[0], self._height - end[1])

    def fill(self, box: Box, colour: Colour) -> None:
        """Fill a box."""
        with self._tagged(None):
            self._canvas.setFillColorRGB(*colour)
            self._canvas.rect(box.left, self._height - box.top - box.height, box.width, box.height, stroke=0, fill=1)

    def link(self, box: Box, anchor: str, says: str, element: Element) -> None:
        """Make the box lead to an anchor; `element` is the link in the structure."""
        links = self._drawn.links.setdefault(self._page, [])
        element.kids.append(Annotated(self._page, len(links)))
        links.append(LinkTo(box, anchor, says))

    def place(self, box: Box, content: PhotoContent | PdfPageContent, element: Element) -> None:
        """Keep the box for something that is put in when all pages are drawn."""
        placed = Placement(box, content, self._next_mark(element))
        self._drawn.placements.setdefault(self._page, []).append(placed)

    def _next_mark(self, element: Element) -> int:
        element.kids.append(Mark(self._page, self._marks))
        self._marks += 1
        return self._marks - 1

    @contextmanager
    def _tagged(self, element: Element | None) -> Generator[None]:
        opening = f"/{element.role} <</MCID {self._next_mark(element)}>> BDC" if element else "/Artifact BMC"
        code: list[str] = self._canvas._code  # noqa: SLF001 - reportlab has no call for marked content
        code.append(opening)
        yield
        code.append("EMC")
