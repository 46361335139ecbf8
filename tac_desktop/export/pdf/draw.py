"""Drawing filled pages: the head and foot of each page, and the pieces on it."""

import io
from collections.abc import Generator
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from tac_desktop.export.document import Document, Numbering
from tac_desktop.export.pdf.assemble import Assembled
from tac_desktop.export.pdf.fonts import Weight, face
from tac_desktop.export.pdf.pages import Page
from tac_desktop.export.pdf.sheet import Drawn, Sheet, set_on_one_line, set_text
from tac_desktop.export.pdf.style import (
    FOOTER_LINE,
    HEADER_LINE,
    MARKING,
    PAGE_NUMBER,
    RIGHT,
    RULE,
    RUNNING,
)
from tac_desktop.export.pdf.text import clean


def draw_pages(document: Document, assembled: Assembled, drawn: Drawn) -> Generator[None, None, bytes]:
    """Draw all pages, yielding after each; return a PDF that still lacks links, pictures and structure."""
    out = io.BytesIO()
    new_canvas: Any = Canvas  # its first argument names are untyped, and one is typed wrongly
    canvas = new_canvas(out, invariant=1, pageCompression=0, initialFontName=face(Weight.REGULAR).main)
    canvas.setTitle(clean(document.title))
    canvas.setSubject(clean(document.subject))
    canvas.setAuthor(clean(document.author))
    canvas.setCreator("TaC Desktop")
    for number, page in enumerate(assembled.pages):
        canvas.setPageSize((page.width, page.height))
        sheet = Sheet(canvas, number, page.height, drawn, assembled.label_of)
        _draw_head(sheet, document, page)
        for piece, top in page.placed:
            piece.draw(sheet, page.left, top)
        _draw_foot(sheet, document, page, number + 1, len(assembled.pages))
        canvas.showPage()
        yield
    canvas.save()
    return out.getvalue()


def _draw_head(sheet: Sheet, document: Document, page: Page) -> None:
    width = page.width - page.left - RIGHT
    top = HEADER_LINE - RUNNING.leading - 4
    if document.marking:
        sheet.text(set_text(clean(document.marking), MARKING, width / 2), page.left + width / 2, top, None)
    if page.is_title:
        return
    running = "  |  ".join(text for text in (clean(document.running), page.running) if text)
    sheet.text(set_on_one_line(running, RUNNING, width * 0.62), page.left, top, None)
    sheet.line((page.left, HEADER_LINE), (page.left + width, HEADER_LINE), RULE)


def _draw_foot(sheet: Sheet, document: Document, page: Page, number: int, pages: int) -> None:
    width = page.width - page.left - RIGHT
    line = page.height - FOOTER_LINE
    if not page.is_title:
        sheet.line((page.left, line), (page.left + width, line), RULE)
    sheet.text(set_text(f"Page {number} of {pages}", RUNNING, width / 2), page.left, line + 6, None)
    if document.numbering is not Numbering.INCLUSION and not page.is_title:
        sheet.text(set_text(page.label, PAGE_NUMBER, width / 2), page.left + width / 2, line + 3, None)
