"""The pieces that pages are filled with: text, pictures, whole pages; tables are in `tables.py`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from tac_desktop.export.pdf.sheet import Box, PdfPageContent, PhotoContent, SetText, Sheet
from tac_desktop.export.pdf.style import INK, NAVY, RULE
from tac_desktop.export.pdf.tags import Element

WRITING_LINE = 27.0
"""In points from one line to the next: wide enough for a hand that finds writing hard."""


class Piece(Protocol):
    """Something that stands on a page, or goes on over several."""

    @property
    def height(self) -> float:
        """Its height in points, without the room around it."""
        ...

    @property
    def before(self) -> float:
        """The room it wants above it; none at the top of a page."""
        ...

    @property
    def after(self) -> float:
        """The room it wants below it."""
        ...

    @property
    def keep(self) -> bool:
        """Whether it may not be the last on its page while something follows."""
        ...

    def anchors(self) -> Sequence[tuple[str, float]]:
        """Return the anchors that it carries, and how far below its top they stand."""
        ...

    def split(self, room: float) -> "tuple[Piece, Piece] | None":
        """Return two pieces of which the first fits into `room`; None if that cannot be done well."""
        ...

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw it with its top left corner there."""
        ...


@dataclass(frozen=True)
class TextPiece:
    """A paragraph; `label` hangs before it (the number of a numbered paragraph), `bar` draws a rule beside it."""

    text: SetText
    element: Element | None
    before: float = 0
    after: float = 0
    keep: bool = False
    indent: float = 0
    label: SetText | None = None
    label_element: Element | None = None
    bar: float | None = None
    """How far below its last line a rule beside it reaches; None for no rule."""
    anchor: str = ""
    whole: bool = False
    """A heading: it never goes on over the page's end."""

    @property
    def height(self) -> float:
        """The height of its lines."""
        return self.text.height

    def anchors(self) -> Sequence[tuple[str, float]]:
        """Return its own anchor."""
        return ((self.anchor, 0.0),) if self.anchor else ()

    def split(self, room: float) -> "tuple[TextPiece, TextPiece] | None":
        """Split between lines, two at least on each side."""
        parts = None if self.whole else self.text.split(room)
        if parts is None:
            return None
        first = replace(self, text=parts[0], after=0, keep=False, bar=None if self.bar is None else 0.0)
        second = replace(self, text=parts[1], before=0, label=None, label_element=None, anchor="")
        return first, second

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw the label, the rule and the text."""
        if self.label is not None:
            sheet.text(self.label, left, top, self.label_element)
        if self.bar is not None:
            sheet.line((left + 2, top), (left + 2, top + self.height + self.bar), NAVY, 1.5)
        sheet.text(self.text, left + self.indent, top, self.element)


@dataclass(frozen=True)
class Space:
    """Empty room at the top of a page."""

    height: float
    before: float = 0
    after: float = 0
    keep: bool = True

    def anchors(self) -> Sequence[tuple[str, float]]:
        """Return nothing."""
        return ()

    def split(self, room: float) -> "tuple[Piece, Piece] | None":
        """Never split."""
        return None

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw nothing."""


@dataclass(frozen=True)
class WritingPiece:
    """Lines to write on by hand."""

    number: int
    width: float
    before: float = 0
    after: float = 12
    keep: bool = False

    @property
    def height(self) -> float:
        """The height of its lines."""
        return self.number * WRITING_LINE

    def anchors(self) -> Sequence[tuple[str, float]]:
        """Return nothing."""
        return ()

    def split(self, room: float) -> "tuple[WritingPiece, WritingPiece] | None":
        """Split between lines, two at least on each side."""
        first = int(room // WRITING_LINE)
        if first < 2 or self.number - first < 2:
            return None
        return replace(self, number=first), replace(self, number=self.number - first)

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw the lines."""
        for line in range(1, self.number + 1):
            sheet.line((left, top + line * WRITING_LINE), (left + self.width, top + line * WRITING_LINE), RULE, 0.75)


@dataclass(frozen=True)
class PicturePiece:
    """A photo with its caption below."""

    photo: PhotoContent
    width: float
    photo_height: float
    caption: tuple[SetText, ...]
    element: Element
    caption_element: Element
    anchor: str = ""
    before: float = 6
    after: float = 16
    keep: bool = False
    gap: float = 5

    @property
    def height(self) -> float:
        """The photo and its caption."""
        return self.photo_height + self.gap + sum(line.height for line in self.caption)

    def anchors(self) -> Sequence[tuple[str, float]]:
        """Return its own anchor."""
        return ((self.anchor, 0.0),) if self.anchor else ()

    def split(self, room: float) -> "tuple[Piece, Piece] | None":
        """Never split."""
        return None

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Keep the box for the photo and draw the caption."""
        sheet.place(Box(left, top, self.width, self.photo_height), self.photo, self.element)
        at = top + self.photo_height + self.gap
        for line in self.caption:
            sheet.text(line, left, at, self.caption_element)
            at += line.height


@dataclass(frozen=True)
class SignaturePiece:
    """A declaration with ruled lines below it for the signature, the name and the date."""

    lines: tuple[tuple[SetText, Element, float], ...]
    """Each text, its element and the room above it; after the declaration every text is ruled."""
    declarations: int
    rule_left: float
    rule_right: float
    before: float = 10
    after: float = 10
    keep: bool = False

    @property
    def height(self) -> float:
        """All lines with the room above them."""
        return sum(room + text.height for text, _, room in self.lines)

    def anchors(self) -> Sequence[tuple[str, float]]:
        """Return nothing."""
        return ()

    def split(self, room: float) -> "tuple[Piece, Piece] | None":
        """Never split: a signature stands below what is signed."""
        return None

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw the declaration, then each ruled line."""
        at = top
        for number, (text, element, room) in enumerate(self.lines):
            at += room
            sheet.text(text, left, at, element)
            at += text.height
            if number >= self.declarations:
                sheet.line((left + self.rule_left, at), (left + self.rule_right, at), INK, 0.7)


@dataclass(frozen=True)
class PdfPagePiece:
    """One page of an attached PDF in a frame, alone on its page; `caption` above it says which."""

    content: PdfPageContent
    landscape: bool
    width: float
    page_height: float
    caption: SetText
    caption_element: Element | None
    element: Element
    anchor: str = ""
    before: float = 0
    after: float = 0
    keep: bool = False
    gap: float = 6

    @property
    def height(self) -> float:
        """The caption and the frame."""
        return self.caption.height + self.gap + self.page_height

    def anchors(self) -> Sequence[tuple[str, float]]:
        """Return its own anchor."""
        return ((self.anchor, 0.0),) if self.anchor else ()

    def split(self, room: float) -> "tuple[Piece, Piece] | None":
        """Never split."""
        return None

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw the caption and the frame, and keep the box for the page."""
        sheet.text(self.caption, left, top, self.caption_element)
        box = Box(left, top + self.caption.height + self.gap, self.width, self.page_height)
        corners = (
            (box.left, box.top),
            (box.left + box.width, box.top),
            (box.left + box.width, box.top + box.height),
            (box.left, box.top + box.height),
        )
        for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
            sheet.line(start, end, RULE, 0.4)
        sheet.place(box, self.content, self.element)
