"""From blocks to pieces: how each kind of block looks, and what it is in the structure."""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from tac_desktop.export.document import (
    AttachedPdf,
    Block,
    Bullets,
    Cards,
    Column,
    Heading,
    KeyFacts,
    Look,
    NumberedParagraph,
    PageBreak,
    Paragraph,
    Photo,
    Quotation,
    Row,
    SignatureBlock,
    Table,
    WritingLines,
)
from tac_desktop.export.pdf.attached import OpenedPdf
from tac_desktop.export.pdf.cards import card_columns
from tac_desktop.export.pdf.pieces import PdfPagePiece, PicturePiece, Piece, SignaturePiece, TextPiece, WritingPiece
from tac_desktop.export.pdf.sheet import PdfPageContent, PhotoContent, set_text
from tac_desktop.export.pdf.style import (
    A4_LONG,
    A4_SHORT,
    BELOW_LINES,
    BOTTOM,
    CAPTION,
    HEADINGS,
    LEFT,
    LINES,
    MM,
    NUMBER_HANGS,
    PAPER,
    QUOTED,
    RIGHT,
    RUNNING,
    SAID_BY,
    TOP,
    WARNING,
    TextKind,
    typography,
)
from tac_desktop.export.pdf.tables import SetRow, TablePiece, set_cell, table_of
from tac_desktop.export.pdf.tags import Element
from tac_desktop.export.pdf.text import paragraphs

PHOTO_TALLEST = 0.55 * A4_LONG
CAPTION_ROOM = 20.0
QUOTE_INDENT = 7 * MM
DECLARATION_ROOM, SIGNATURE_ROOM = 10.0, 22.0


class Composer:
    """Sets the blocks of one paper into pieces of its width."""

    def __init__(self, look: Look, width: float, parent: Element, heading_level: int) -> None:
        """Take the look, the width of the text in points, the paper's element, and the level of its title (1 = H1)."""
        self._types = typography(look)
        self._width = width
        self._parent = parent
        self._level = heading_level
        self._list: Element | None = None

    def title(self, text: str, anchor: str) -> Iterator[Piece]:
        """Yield the paper's title."""
        yield from self._lines(text, PAPER, f"H{self._level}", keep=True, whole=True, anchor=anchor)

    def pieces(self, block: Block, following: Block | None) -> Iterator[Piece]:
        """Yield the pieces of a block; what stands before a signature is kept with it."""
        if not isinstance(block, NumberedParagraph):
            self._list = None
        keep = isinstance(following, SignatureBlock)
        match block:
            case Heading(text, level, anchor):
                role = f"H{min(6, self._level + level)}"
                yield from self._lines(text, HEADINGS[level - 1], role, keep=True, whole=True, anchor=anchor)
            case Paragraph(text, kind):
                yield from self._paragraph(text, kind, keep=keep or block.keep_with_next)
            case NumberedParagraph(number, text):
                yield from self._item(f"{number}.", text, NUMBER_HANGS, keep=keep)
            case Bullets(items):
                yield from self._bullets(items, keep=keep)
            case Quotation(text, said_by):
                yield from self._quotation(text, said_by)
            case KeyFacts() | Table() | Cards() | Photo() | SignatureBlock() | WritingLines():
                yield self._piece(block)
            case AttachedPdf() | PageBreak():
                message = "pages of their own are made by the one who fills the pages"
                raise TypeError(message)
            case _:
                assert_never(block)

    def _piece(self, block: KeyFacts | Table | Cards | Photo | SignatureBlock | WritingLines) -> Piece:
        """Return the one piece that a block of these kinds is."""
        match block:
            case KeyFacts():
                return self._key_facts(block)
            case Table():
                return self._table(block)
            case Cards():
                return card_columns(block, self._width, self._parent, self._level + 1, self._types)
            case Photo():
                return self._photo(block)
            case SignatureBlock():
                return self._signature(block)
            case WritingLines(number):
                return WritingPiece(number, self._width)

    def _lines(  # noqa: PLR0913 - what a paragraph can be
        self,
        text: str,
        kind: TextKind,
        role: str,
        *,
        keep: bool = False,
        whole: bool = False,
        anchor: str = "",
        parent: Element | None = None,
        indent: float = 0,
        bar: bool = False,
    ) -> Iterator[TextPiece]:
        lines = paragraphs(text)
        for number, line in enumerate(lines):
            yield TextPiece(
                set_text(line, kind, self._width - indent),
                (parent or self._parent).add(role),
                before=kind.before,
                after=kind.after,
                keep=keep,
                whole=whole,
                indent=indent,
                bar=kind.after if bar and number < len(lines) - 1 else 0.0 if bar else None,
                anchor=anchor if number == 0 else "",
            )

    def _paragraph(self, text: str, kind: str, *, keep: bool) -> Iterator[TextPiece]:
        types = self._types
        kinds = {
            "text": types.body,
            "note": types.note,
            "right": _to_the_right(LINES),
            "lines": LINES,
            "warning": WARNING,
        }
        lines = list(self._lines(text, kinds[kind], "P", keep=keep))
        yield from lines[:-1]
        yield from (replace(line, after=max(line.after, BELOW_LINES)) for line in lines[-1:])

    def _item(self, label: str, text: str, indent: float, *, keep: bool) -> Iterator[TextPiece]:
        if self._list is None:
            self._list = self._parent.add("L")
        item = self._list.add("LI")
        number, body = item.add("Lbl"), item.add("LBody")
        kind = self._types.body
        for index, line in enumerate(paragraphs(text)):
            mark = set_text(label, kind, indent) if index == 0 else None
            setting = set_text(line, kind, self._width - indent)
            yield TextPiece(setting, body.add("P"), 0, kind.after, keep, indent, mark, number if mark else None)

    def _bullets(self, items: tuple[str, ...], *, keep: bool) -> Iterator[TextPiece]:
        for item in items:
            yield from self._item("•", item, 5 * MM, keep=keep and item is items[-1])
        self._list = None

    def _key_facts(self, facts: KeyFacts) -> TablePiece:
        widths = (0.27 * self._width, 0.73 * self._width)
        table = self._parent.add("Table", summary="What it is about")
        rows: list[SetRow] = []
        for name, fact in facts.rows:
            row = table.add("TR")
            header = set_cell(name, self._types.fact_name, widths[0], row.add("TH", scope="Row"))
            rows.append(SetRow((header, set_cell(fact, self._types.fact, widths[1], row.add("TD")))))
        return table_of(widths, None, rows)

    def _table(self, table: Table) -> TablePiece:
        shares = sum(column.share for column in table.columns)
        widths = [self._width * column.share / shares for column in table.columns]
        element = self._parent.add("Table", summary=table.summary)
        head_kind = self._types.head
        head_row = element.add("TR")
        head = SetRow(
            tuple(
                set_cell(column.title, _aligned(head_kind, column), width, head_row.add("TH", scope="Column"))
                for column, width in zip(table.columns, widths, strict=True)
            )
        )
        return table_of(widths, head, [self._row(table, row, widths, element) for row in table.rows])

    def _row(self, table: Table, row: Row, widths: list[float], element: Element) -> SetRow:
        tr = element.add("TR")
        cells = [
            set_cell(
                cell,
                self._cell_kind(column, row),
                width,
                tr.add("TH", scope="Row") if table.first_column_names_row and number == 0 else tr.add("TD"),
            )
            for number, (cell, column, width) in enumerate(zip(row.cells, table.columns, widths, strict=True))
        ]
        return SetRow(tuple(cells), row.anchor)

    def _cell_kind(self, column: Column, row: Row) -> TextKind:
        kind = self._types.cell
        return _aligned(self._types.strong(kind) if column.strong or row.strong else kind, column)

    def _quotation(self, text: str, said_by: str) -> Iterator[TextPiece]:
        quote = self._parent.add("BlockQuote")
        yield from self._lines(text, QUOTED, "P", parent=quote, indent=QUOTE_INDENT, bar=True, keep=bool(said_by))
        yield from self._lines(said_by, SAID_BY, "P", parent=quote, indent=QUOTE_INDENT)

    def _photo(self, photo: Photo) -> PicturePiece:
        scale = min(self._width / photo.width, PHOTO_TALLEST / photo.height, 0.75)
        caption = tuple(set_text(line, CAPTION, self._width) for line in paragraphs(photo.caption))
        figure = self._parent.add("Figure", alt=photo.alt)
        content = PhotoContent(photo.jpeg, photo.width, photo.height)
        return PicturePiece(
            content, photo.width * scale, photo.height * scale, caption, figure, self._parent.add("P"), photo.anchor
        )

    def _signature(self, block: SignatureBlock) -> SignaturePiece:
        body = self._types.body
        kinds = [self._types.strong(body)] * len(paragraphs(block.title)) + [body] * len(paragraphs(block.declaration))
        declared = zip(kinds, (*paragraphs(block.title), *paragraphs(block.declaration)), strict=True)
        lines = [
            (set_text(line, kind, self._width), self._parent.add("P"), DECLARATION_ROOM if number else 0.0)
            for number, (kind, line) in enumerate(declared)
        ]
        declarations = len(lines)
        who = f"Name: {block.name}" + (f", {block.role}" if block.role else "")
        lines += [
            (set_text(line, body, self._width), self._parent.add("P"), SIGNATURE_ROOM)
            for line in ("Signed:", *paragraphs(who), "Date:")
        ]
        return SignaturePiece(tuple(lines), declarations, 0, 0.75 * self._width)

    def attached_pages(self, opened: OpenedPdf, block: AttachedPdf, number: int) -> Iterator[PdfPagePiece]:
        """Yield one piece for each page of an attached PDF; `number` is the attachment's number in the document."""
        for index, page in enumerate(opened.pages):
            across, down = (A4_LONG, A4_SHORT) if page.is_landscape else (A4_SHORT, A4_LONG)
            room, drop = across - LEFT - RIGHT, down - TOP - BOTTOM - CAPTION_ROOM
            scale = min(room / page.width, drop / page.height, 1.0)
            which = f"{block.title} – page {index + 1} of {len(opened.pages)}"
            yield PdfPagePiece(
                PdfPageContent(number, index),
                page.is_landscape,
                page.width * scale,
                page.height * scale,
                set_text(paragraphs(which)[0], RUNNING, room),
                self._parent.add(f"H{self._level}" if index == 0 else "P"),
                self._parent.add("Figure", alt=which),
                block.anchor if index == 0 else "",
            )


def _aligned(kind: TextKind, column: Column) -> TextKind:
    return _to_the_right(kind) if column.right else kind


def _to_the_right(kind: TextKind) -> TextKind:
    return replace(kind, name=f"{kind.name}-right", right=True)
