"""Cards on paper: boxes side by side, each with a title and facts; a box that is too long goes on over the page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tac_desktop.export.document import Card, Cards
from tac_desktop.export.pdf.pieces import Piece
from tac_desktop.export.pdf.sheet import Box, SetText, Sheet, set_text
from tac_desktop.export.pdf.style import HEAD_FILL, NAVY, QUIET, RULE, TextKind, Typography
from tac_desktop.export.pdf.tags import Element
from tac_desktop.export.pdf.text import paragraphs

GAP, INSIDE = 10.0, 7.0
"""Points between two cards, and between a card's edge and its words."""
TALL = 80.0
"""Points from which on a text may be divided between two pages."""
_LABEL_SHARE = 0.3
_ABOVE_PART, _ABOVE_FACT = 7.0, 2.0


@dataclass(frozen=True)
class CardLine:
    """A line of a card: words, and perhaps what stands before them; `above` is the room over it in points."""

    words: SetText
    element: Element | None
    """None where it is repeated on the next page: it is no part of the text there."""
    above: float
    label: SetText | None = None
    indent: float = 0
    is_heading: bool = False

    @property
    def height(self) -> float:
        """Its height with the room above it."""
        return self.above + max(self.words.height, self.label.height if self.label else 0.0)

    def split(self, room: float) -> "tuple[CardLine, CardLine] | None":
        """Return two lines of which the first fits into `room`; None for a short one, which stays whole."""
        parts = self.words.split(room - self.above) if self.height > TALL and room > self.above else None
        if parts is None:
            return None
        return replace(self, words=parts[0]), replace(self, words=parts[1], label=None, above=0.0)


@dataclass(frozen=True)
class SetCard:
    """A card, set: its title, which fills the coloured head, and its lines."""

    title: tuple[CardLine, ...]
    lines: tuple[CardLine, ...]

    @property
    def head(self) -> float:
        """The height of the coloured head."""
        return sum(line.height for line in self.title) + 2 * INSIDE if self.title else 0.0

    @property
    def height(self) -> float:
        """The height of the whole."""
        return self.head + sum(line.height for line in self.lines) + (2 * INSIDE if self.lines else 0.0)

    def split(self, room: float) -> "tuple[SetCard, SetCard]":
        """Return the lines that fit into `room` with the title, and the rest, under the same title and heading."""
        room -= self.head + 2 * INSIDE
        for place, line in enumerate(self.lines):
            if line.height > room:
                parts = line.split(room)
                first, rest = ((parts[0],), (parts[1],)) if parts else ((), (line,))
                here, there = (*self.lines[:place], *first), (*rest, *self.lines[place + 1 :])
                if not parts and here and here[-1].is_heading:  # nothing stands under it here
                    here, there = here[:-1], (here[-1], *there)
                return replace(self, lines=here), self._going_on(here, there)
            room -= line.height
        return self, replace(self, title=(), lines=())

    def _going_on(self, here: tuple[CardLine, ...], there: tuple[CardLine, ...]) -> "SetCard":
        """Return the card on the next page; a title or a heading that is long stands there only once."""
        heading = next((line for line in reversed(here) if line.is_heading), None)
        again = (heading,) if heading and not there[0].is_heading else ()
        title, repeated = (tuple(replace(line, element=None) for line in lines) for lines in (self.title, again))
        title, repeated = (lines if sum(line.height for line in lines) <= TALL else () for lines in (title, repeated))
        return replace(self, title=title, lines=(*repeated, *there))


@dataclass(frozen=True)
class CardColumns:
    """Cards below one another in columns side by side."""

    columns: tuple[tuple[SetCard, ...], ...]
    width: float
    """Of one column, in points."""
    before: float = 4
    after: float = GAP
    keep: bool = False

    @property
    def height(self) -> float:
        """The height of the highest column."""
        return max(_height(column) for column in self.columns)

    def anchors(self) -> Sequence[tuple[str, float]]:
        """Return none: nothing leads to a card."""
        return ()

    def split(self, room: float) -> "tuple[Piece, Piece] | None":
        """Split each column where it is full, between cards or between lines; None where nothing would stand here."""
        halves = [_split(column, room) for column in self.columns]
        first, rest = tuple(half[0] for half in halves), tuple(half[1] for half in halves)
        if not any(first) or not any(rest):
            return None
        return replace(self, columns=first, after=0), replace(self, columns=rest, before=0)

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw the boxes, and the words in them."""
        for column in self.columns:
            at = top
            for card in column:
                _draw(sheet, card, Box(left, at, self.width, card.height))
                at += card.height + GAP
            left += self.width + GAP


def _height(column: Sequence[SetCard]) -> float:
    return sum(card.height for card in column) + GAP * max(0, len(column) - 1)


def _split(column: tuple[SetCard, ...], room: float) -> tuple[tuple[SetCard, ...], tuple[SetCard, ...]]:
    """Return what of a column fits into `room`, and the rest."""
    for place, card in enumerate(column):
        if card.height > room:
            first, rest = card.split(room)
            if not first.lines:
                return column[:place], column[place:]
            return (*column[:place], first), (rest, *column[place + 1 :])
        room -= card.height + GAP
    return column, ()


def _draw(sheet: Sheet, card: SetCard, box: Box) -> None:
    right, bottom = box.left + box.width, box.top + box.height
    if card.head:
        sheet.fill(Box(box.left, box.top, box.width, card.head), HEAD_FILL)
    corners = ((box.left, box.top), (right, box.top), (right, bottom), (box.left, bottom), (box.left, box.top))
    for start, end in pairwise(corners):
        sheet.line(start, end, RULE, 0.8)
    sheet.line((box.left, box.top), (right, box.top), NAVY, 1.2)
    at = box.top
    for lines in filter(None, (card.title, card.lines)):
        at += INSIDE
        for line in lines:
            at += line.above
            if line.label is not None:
                sheet.text(line.label, box.left + INSIDE, at, line.element)
            sheet.text(line.words, box.left + INSIDE + line.indent, at, line.element)
            at += line.height - line.above
        at += INSIDE


def card_columns(cards: Cards, width: float, parent: Element, level: int, types: Typography) -> CardColumns:
    """Return the piece of all cards: each stands below the shortest column so far.

    Args:
        cards: The block.
        width: Of the text on the page, in points.
        parent: The element of the paper.
        level: The level of the headings that the cards' titles are (1 = H1).
        types: The kinds of text of the paper's look.
    """
    wide = (width - GAP * (cards.columns - 1)) / cards.columns
    columns: list[list[SetCard]] = [[] for _ in range(cards.columns)]
    for card in cards.cards:
        min(columns, key=_height).append(_set_card(card, wide, parent, level, types))
    return CardColumns(tuple(map(tuple, columns)), wide)


def _set_card(card: Card, width: float, parent: Element, level: int, types: Typography) -> SetCard:
    element, inner = parent.add("Sect"), width - 2 * INSIDE
    strong = types.strong(types.cell)
    title = tuple(_lines(card.title, strong, inner, element.add(f"H{min(6, level)}"), 0.0))
    lines: list[CardLine] = []
    for part in card.parts:
        above = _ABOVE_PART if lines else 0.0
        if part.heading:
            heading = _lines(part.heading, strong, inner, element.add(f"H{min(6, level + 1)}"), above)
            lines += [replace(line, is_heading=True) for line in heading]
        for name, words in part.facts:
            lines += _fact(name, words, inner, element, types)
    return SetCard(title, tuple(lines))


def _lines(text: str, kind: TextKind, width: float, element: Element, above: float) -> Iterator[CardLine]:
    for number, line in enumerate(paragraphs(text)):
        yield CardLine(set_text(line, kind, width), element, 0.0 if number else above)


def _fact(name: str, words: str, width: float, parent: Element, types: Typography) -> Iterator[CardLine]:
    element, indent = parent.add("P"), _LABEL_SHARE * width if name else 0.0
    quiet = replace(types.cell, name=f"{types.cell.name}-quiet", colour=QUIET)
    for number, line in enumerate(paragraphs(words)):
        label = set_text(name, quiet, indent - 4) if name and number == 0 else None
        yield CardLine(set_text(line, types.cell, width - indent), element, _ABOVE_FACT, label, indent)
