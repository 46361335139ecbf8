"""A court dossier of about 350 pages, from the vault to the PDF, against bare reportlab setting the same text."""

import io
from collections.abc import Iterator
from functools import partial
from random import Random
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, LongTable, PageBreak, Paragraph, SimpleDocTemplate

from benchmarks.measure import Comparison, computing, growth, in_turns
from benchmarks.vaults import a_store, a_vault, contact, fill, text
from benchmarks.workbooks import NOW
from tac_desktop.actions.documents import DocumentChoices, DrawnDocument, case_as_known, draw_document
from tac_desktop.actions.sample import REFERENCE, load_story
from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.export import document
from tac_desktop.export.documents.dossier import dossier
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.pdf.fonts import Weight, face
from tac_desktop.export.pdf.style import BOTTOM, LEFT, MM, RIGHT, TOP
from tac_desktop.export.pdf.text import paragraphs
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault

CASE = case_file_id(REFERENCE)
ALL = 820
"""So many contacts, with their statements, make about 350 pages."""
STYLE = ParagraphStyle("text", fontName=Weight.REGULAR.value[0], fontSize=12, leading=18, spaceAfter=8)
CELL = ParagraphStyle("cell", STYLE, leading=16, spaceAfter=0)


def run(quick: bool) -> list[Comparison]:
    """Compare two sizes of the same case, the contact log filed by direction of the court."""
    sizes = (20, 80) if quick else (ALL // 6, ALL)
    times: list[tuple[int, float]] = []
    found: list[Comparison] = []
    for contacts in sizes:
        with a_vault() as (vault, _), a_store(vault) as store:
            _write_case(vault, store, contacts)
            pages = _ours(vault, store).pages
            comparison = Comparison(f"dossier of {pages} pages", "draw_document", "bare reportlab, the same text")
            texts = _texts(store)
            in_turns(comparison, partial(_ours, vault, store), partial(_bare, texts), 2 if quick else 3)
            times.append((pages, computing(partial(_ours, vault, store))))
        found.append(comparison)
    return [*found, growth("dossier, pages", *times)]


def _write_case(vault: Vault, store: Store, contacts: int) -> None:
    rng = Random(5)
    load_story(store, vault.person, NOW)
    fill(store, vault.person.id, _further(contacts, rng))


def _further(contacts: int, rng: Random) -> Iterator[Change]:
    """Yield so many contacts, and with every fiftieth a statement of two pages."""
    for number in range(contacts):
        yield contact(CASE, derived_id("bench", str(number)), text(rng, 60))
        if number % 50 == 0:
            values: dict[str, JsonValue] = {
                "date": "2026-03-12", "staff_name": "Teal Thimble", "staff_role": "officer", "agreed": True,
                "statement": "\n\n".join(text(rng, 90) for _ in range(9)),
            }  # fmt: skip
            yield Change(
                record_id=derived_id("statement", str(number)), form="staff_statement", version=1, stream=CASE,
                values=values, known_on="2026-03-12",
            )  # fmt: skip


def _ours(vault: Vault, store: Store) -> DrawnDocument:
    drawing = draw_document(
        store, vault.person, CASE, "dossier", now=NOW, choices=DocumentChoices(full_contact_log=True)
    )
    while True:
        try:
            next(drawing)
        except StopIteration as end:
            return end.value


def _texts(store: Store) -> list[list[str] | list[list[str]]]:
    """Return what the dossier says, paper by paper: paragraphs, or the rows of a table."""
    view = case_as_known(store, CASE, NOW.date().isoformat())
    issue = Issue(issued_on=NOW.date().isoformat(), prepared_by="Bench Marker", full_contact_log=True)
    return [
        said
        for section in dossier(view, issue, {}).sections
        for paper in section.papers
        for said in ([paper.title], *map(_said, paper.blocks), [])
    ]


def _said(block: document.Block) -> list[str] | list[list[str]]:
    match block:
        case document.Heading(said) | document.Paragraph(said) | document.NumberedParagraph(_, said):
            return [said]
        case document.Bullets(items):
            return list(items)
        case document.KeyFacts(rows):
            return [[name, _plain(fact)] for name, fact in rows]
        case document.Table(columns, rows):
            return [[column.title for column in columns], *([_plain(cell) for cell in row.cells] for row in rows)]
        case document.Quotation(said, by):
            return [said, by]
        case document.SignatureBlock(declaration, name, role):
            return [declaration, name, role]
        case _:
            return []


def _plain(cell: document.Cell) -> str:
    return cell if isinstance(cell, str) else "A1"


def _bare(texts: list[list[str] | list[list[str]]]) -> bytes:
    """Set the texts as anybody would with reportlab alone: the same letters, sizes and margins, nothing else."""
    face(Weight.REGULAR)
    out = io.BytesIO()
    paper = SimpleDocTemplate(out, pagesize=A4, leftMargin=LEFT, rightMargin=RIGHT, topMargin=TOP, bottomMargin=BOTTOM)
    paper.build([flowable for said in texts for flowable in _flowables(said)])
    return out.getvalue()


def _flowables(said: list[str] | list[list[str]]) -> Iterator[Flowable]:
    if not said:
        yield PageBreak()
    elif isinstance(said[0], list):
        width = (A4[0] - LEFT - RIGHT - 4 * MM) / len(said[0])
        cells = [[[Paragraph(escape(line), CELL) for line in paragraphs(cell)] for cell in row] for row in said]
        yield LongTable(cells, colWidths=[width] * len(said[0]), repeatRows=1)
    else:
        yield from (Paragraph(escape(line), STYLE) for each in said for line in paragraphs(str(each)))
