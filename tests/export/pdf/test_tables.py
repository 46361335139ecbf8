"""Tables of any length: every row once, no row lost, time and memory in proportion."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tac_desktop.export.document import Column, Document, Numbering, PageBreak, Paper, Paragraph, Row, Section, Table
from tac_desktop.export.pdf import draw_whole
from tac_desktop.export.pdf.preview import PdfPages

COLUMNS = (Column("No.", 0.15), Column("Event", 0.85))


def a_table(texts: list[str]) -> Document:
    rows = tuple(Row((f"n{number}.", text), f"row {number}") for number, text in enumerate(texts))
    paper = Paper("Log", (Paragraph("Before."), Table(COLUMNS, rows, "All"), Paragraph("After.")))
    sections = (Section("", "Log", (paper,)),)
    return Document(title="T", issued_on="2026-11-21", sections=sections, with_index=False, numbering=Numbering.PAGES)


def pages_of(document: Document) -> list[str]:
    with PdfPages(draw_whole(document).content) as pages:
        return [pages.text(page) for page in range(len(pages))]


@settings(max_examples=15, deadline=None)
@given(lengths=st.lists(st.integers(0, 900), min_size=1, max_size=25), every=st.integers(5, 900))
def test_every_word_of_every_row_is_printed_once_and_in_order(lengths: list[int], every: int):
    texts = [
        "".join(f"r{row}w{word}" + ("\n" if word % every == every - 1 else " ") for word in range(length))
        for row, length in enumerate(lengths)
    ]
    printed = " ".join(pages_of(a_table(texts))).split()
    expected = [word for text in texts for word in text.split()]
    assert [word for word in printed if word.startswith("r") and "w" in word] == expected
    assert [word for word in printed if word.startswith("n") and word.endswith(".")] == [
        f"n{number}." for number in range(len(texts))
    ]
    assert printed.count("After.") == 1


def test_the_header_stands_on_each_page_of_the_table():
    pages = pages_of(a_table(["word " * 30] * 80))
    assert len(pages) > 5
    assert all("No." in page and "Event" in page for page in pages)


def test_a_row_taller_than_a_page_goes_on():
    pages = pages_of(a_table(["word " * 2500]))
    assert len(pages) > 3
    assert sum(page.count("word") for page in pages) == 2500


def test_short_rows_are_never_divided():
    pages = pages_of(a_table([f"begin{n} " + "word " * 60 + f"end{n}" for n in range(60)]))
    for number in range(60):
        assert sum(f"begin{number} " in page and f"end{number}" in page for page in pages) == 1


def test_a_page_break_begins_a_new_page_and_two_of_them_no_empty_one():
    blocks = (PageBreak(), Paragraph("One."), PageBreak(), PageBreak(), Paragraph("Two."))
    paper = Paper("Log", blocks, headed=False)
    document = Document(title="T", issued_on="2026-11-21", sections=(Section("", "Log", (paper,)),),
                        with_index=False, numbering=Numbering.PAGES)  # fmt: skip
    first, second = pages_of(document)
    assert ["One." in first, "Two." in second] == [True, True]
