"""Tables that go on over pages: each row is measured once, so that time and memory grow with the rows and no faster."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from tac_desktop.export.document import Cell, PageOf
from tac_desktop.export.pdf.pieces import Piece
from tac_desktop.export.pdf.sheet import Box, SetText, Sheet, set_text
from tac_desktop.export.pdf.style import CELL_BOTTOM, CELL_SIDE, CELL_TOP, HEAD_FILL, NAVY, RULE, TextKind
from tac_desktop.export.pdf.tags import Element
from tac_desktop.export.pdf.text import paragraphs

TALL = 200.0
"""Points: a row taller than this may go on over the page's end, where at least BIT of it stays behind."""
BIT = 110.0


@dataclass(frozen=True)
class SetCell:
    """One cell, set: its lines, or the anchor whose page it prints; where it stands in the structure."""

    lines: tuple[SetText, ...]
    kind: TextKind
    element: Element
    page_of: PageOf | None = None
    gap: float = 3

    @property
    def height(self) -> float:
        """The height of its text."""
        if self.page_of:
            return self.kind.leading
        return sum(line.height for line in self.lines) + self.gap * max(0, len(self.lines) - 1)

    def split(self, room: float) -> "tuple[SetCell, SetCell]":
        """Return what fits into `room`, and the rest."""
        if self.height <= room:
            return self, replace(self, lines=(), page_of=None)
        kept: list[SetText] = []
        for number, line in enumerate(self.lines):
            if line.height > room:
                parts = line.split(room) if room > 0 else None
                kept += parts[:1] if parts else ()
                rest = (*(parts[1:] if parts else (line,)), *self.lines[number + 1 :])
                return replace(self, lines=tuple(kept)), replace(self, lines=rest)
            kept.append(line)
            room -= line.height + self.gap
        return self, replace(self, lines=())


def set_cell(cell: Cell, kind: TextKind, width: float, element: Element) -> SetCell:
    """Set the text of a cell that is `width` points wide with its padding."""
    if isinstance(cell, PageOf):
        return SetCell((), kind, element, cell)
    inner = width - 2 * CELL_SIDE
    return SetCell(tuple(set_text(line, kind, inner) for line in paragraphs(cell)), kind, element)


@dataclass(frozen=True)
class SetRow:
    """One row, set; `leads_to` makes the whole row a link to an anchor."""

    cells: tuple[SetCell, ...]
    anchor: str = ""
    leads_to: str = ""
    keep: bool = False
    """Whether it may not be the last row on its page."""
    says: str = ""
    link_element: Element | None = None

    @property
    def height(self) -> float:
        """The height of the tallest cell with the padding."""
        return max(cell.height for cell in self.cells) + CELL_TOP + CELL_BOTTOM

    def split(self, room: float) -> "tuple[SetRow, SetRow] | None":
        """Return the part that fits into `room` and the rest; None if a first part would be empty."""
        halves = [cell.split(room - CELL_TOP - CELL_BOTTOM) for cell in self.cells]
        if not any(first.lines for first, _ in halves) or not any(rest.lines for _, rest in halves):
            return None
        first, rest = tuple(half[0] for half in halves), tuple(half[1] for half in halves)
        return replace(self, cells=first), replace(self, cells=rest, anchor="")


@dataclass(frozen=True, eq=False)
class SetTable:
    """A whole table, set.

    Attributes:
        widths: The width of each column in points.
        head: The header's row, None for a table without one.
        rows: Its rows.
        tops: Where each row begins below the first, and in the last place where the last one ends.
    """

    widths: tuple[float, ...]
    head: SetRow | None
    rows: list[SetRow]
    tops: list[float]

    @property
    def head_height(self) -> float:
        """The height of the header's row."""
        return self.head.height if self.head else 0.0


def table_of(widths: Sequence[float], head: SetRow | None, rows: list[SetRow]) -> "TablePiece":
    """Return the piece of a whole table."""
    tops = [0.0, *accumulate(row.height for row in rows)]
    return TablePiece(SetTable(tuple(widths), head, rows, tops), 0, len(rows))


@dataclass(frozen=True)
class TablePiece:
    """The rows from `start` to before `stop`.

    Attributes:
        resumed: What stands in the row `start` where its first part is on the page before.
        begun: The first part of the row `stop`, which goes on on the next page.
        first: Whether this is the table's beginning: further headers repeat the first and are artifacts.
    """

    table: SetTable
    start: int
    stop: int
    resumed: SetRow | None = None
    begun: SetRow | None = None
    first: bool = True
    before: float = 4
    after: float = 14
    keep: bool = False

    @property
    def _cut(self) -> float:
        """By how much the first row is shorter than it was measured."""
        tops = self.table.tops
        return tops[self.start + 1] - tops[self.start] - self.resumed.height if self.resumed else 0.0

    @property
    def height(self) -> float:
        """The header and the rows."""
        rows = self.table.tops[self.stop] - self.table.tops[self.start] - self._cut
        return self.table.head_height + rows + (self.begun.height if self.begun else 0)

    def rows(self) -> list[SetRow]:
        """Return the rows as they stand on this piece's page."""
        own = self.table.rows[self.start : self.stop]
        if self.resumed:
            own[:1] = [self.resumed]
        return [*own, self.begun] if self.begun else own

    def anchors(self) -> Sequence[tuple[str, float]]:
        """Return the anchors of its rows."""
        rows = self.rows()
        tops = accumulate((row.height for row in rows), initial=self.table.head_height)
        return [(row.anchor, top) for row, top in zip(rows, tops, strict=False) if row.anchor]

    def split(self, room: float) -> "tuple[Piece, Piece] | None":
        """Split between rows, or inside a tall one."""
        tops = self.table.tops
        room -= self.table.head_height
        limit = tops[self.start] + self._cut + room
        stop = max(bisect_right(tops, limit, self.start, self.stop + 1) - 1, self.start)
        if stop == self.stop:
            return None
        while stop > self.start + 1 and self.table.rows[stop - 1].keep:
            stop -= 1
        used = tops[stop] - tops[self.start] - self._cut if stop > self.start else 0.0
        row = self.resumed if self.resumed and stop == self.start else self.table.rows[stop]
        parts = row.split(room - used) if row.height > TALL and room - used > BIT else None
        if parts is None and stop == self.start:
            return None
        begun, resumed = parts or (None, None)
        first = replace(self, stop=stop, resumed=self.resumed if stop > self.start else None, begun=begun, after=0)
        return first, replace(self, start=stop, resumed=resumed, first=False, before=0)

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw the header, then each row with a rule below it."""
        width = sum(self.table.widths)
        at = top
        if self.table.head:
            height = self.table.head.height
            sheet.fill(Box(left, at, width, height), HEAD_FILL)
            sheet.line((left, at), (left + width, at), NAVY, 1.2)
            self._draw_row(sheet, self.table.head, left, at, tagged=self.first)
            at += height
        sheet.line((left, at), (left + width, at), NAVY, 0.8)
        for row in self.rows():
            self._draw_row(sheet, row, left, at, tagged=True)
            at += row.height
            sheet.line((left, at), (left + width, at), RULE, 0.6)

    def _draw_row(self, sheet: Sheet, row: SetRow, left: float, top: float, *, tagged: bool) -> None:
        at = left
        for cell, width in zip(row.cells, self.table.widths, strict=True):
            box = Box(at, top, width, row.height)
            if cell.page_of:
                _draw_page_of(sheet, cell, cell.page_of, box, linked=not row.leads_to)
            else:
                _draw_lines(sheet, cell, box, tagged=tagged)
            at += width
        if row.leads_to and row.link_element and sheet.label_of(row.leads_to):
            box = Box(left, top, at - left, row.height)
            sheet.link(box, row.leads_to, row.says, row.link_element)


def _draw_lines(sheet: Sheet, cell: SetCell, box: Box, *, tagged: bool) -> None:
    at = box.top + CELL_TOP
    for line in cell.lines:
        sheet.text(line, box.left + CELL_SIDE, at, cell.element if tagged else None)
        at += line.height + cell.gap


def _draw_page_of(sheet: Sheet, cell: SetCell, page_of: PageOf, box: Box, *, linked: bool) -> None:
    label = sheet.label_of(page_of.anchor)
    text = set_text(label or page_of.otherwise, cell.kind, box.width - 2 * CELL_SIDE)
    element = cell.element.add("Link") if label and linked else cell.element
    sheet.text(text, box.left + CELL_SIDE, box.top + CELL_TOP, element)
    if label and linked:
        sheet.link(box, page_of.anchor, f"Go to page {label}", element)
