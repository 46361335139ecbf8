"""The engine: numbers, labels, links, tags, bytes."""

import io
import re
import subprocess
from collections.abc import Iterator

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf

from tac_desktop.errors import CharactersNotPrintable, DocumentNotDrawable
from tac_desktop.export.document import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    KeyFacts,
    NumberedParagraph,
    Numbering,
    PageBreak,
    PageOf,
    Paper,
    Paragraph,
    Quotation,
    Row,
    Section,
    SignatureBlock,
    Table,
    TitlePage,
)
from tac_desktop.export.pdf import draw, draw_whole
from tac_desktop.export.pdf.preview import PdfPages
from tac_desktop.export.pdf.sheet import set_on_one_line
from tac_desktop.export.pdf.style import RUNNING

LINE = "Ms Ŵynne-Gŷfon plans the visit a week ahead, brings what she promised & says goodbye the same way. "


def a_document(*blocks: Block, **changes: object) -> Document:
    paper = Paper("A paper", blocks)
    settings = {"sections": (Section("", "Alone", (paper,)),), "with_index": False, "numbering": Numbering.PAGES}
    return Document(title="A title", issued_on="2026-11-21", **(settings | changes))


def a_bundle(**changes: object) -> Document:
    rows = tuple(Row((str(n), LINE * 2, PageOf("the statement")), f"row {n}") for n in range(60))
    table = Table((Column("No.", 0.1), Column("Event", 0.75), Column("Page", 0.15)), rows, "Events")
    said = tuple(NumberedParagraph(n, LINE * 6) for n in range(1, 12))
    settings: dict[str, object] = {
        "title": "Dossier",
        "title_page": TitlePage(("In the Family Court",), "Dossier", "Evidence", (("Mother", "Siân"),), "Private."),
        "running": "CF26C50123",
        "marking": "PRIVATE",
        "sections": (
            Section("A", "First", (Paper("Summary", (KeyFacts((("Born", "1992"),)), Bullets((LINE, LINE)))),
                                   Paper("Events", (Heading("All"), table)))),
            Section("B", "Empty", ()),
            Section("C", "Said", (Paper("A statement", (*said, SignatureBlock("I believe it.", "R. Llŷr")),
                                        "the statement", "4 November 2026", statement=True),
                                  Paper("Her words", (Quotation(f"{LINE}\n{LINE}", "Written by her"),)))),
        ),
    }  # fmt: skip
    return Document(issued_on="2026-11-21", **(settings | changes))


def text_of_pages(content: bytes) -> list[str]:
    with PdfPages(content) as pages:
        return [pages.text(page) for page in range(len(pages))]


def links(pdf: Pdf) -> Iterator[tuple[int, Dictionary, int]]:
    """Yield each link with its page and the page it leads to."""
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}
    for number, page in enumerate(pdf.pages):
        for link in page.get("/Annots", []):
            yield number, link, numbers[link.Dest[0].objgen]


def words_below(content: bytes, page: int, link: Dictionary) -> str:
    """Return the text inside a link's rectangle."""
    import pypdfium2

    box = [float(edge) for edge in link.Rect]
    return pypdfium2.PdfDocument(content)[page].get_textpage().get_text_bounded(*box).strip()


def test_the_same_document_gives_the_same_bytes():
    assert draw_whole(a_bundle()).content == draw_whole(a_bundle()).content


def test_the_file_tells_the_day_of_issue_and_no_other_time():
    with Pdf.open(io.BytesIO(draw_whole(a_bundle()).content)) as pdf:
        assert str(pdf.docinfo.CreationDate) == str(pdf.docinfo.ModDate) == "D:20261121000000+00'00"
        assert b"2026-11-21" in pdf.Root.Metadata.read_bytes()


def test_each_page_bears_the_number_by_which_a_viewer_finds_it():
    drawn = draw_whole(a_bundle())
    with PdfPages(drawn.content) as pages:
        labels = [pages.label(page) for page in range(len(pages))]
        assert labels == list(drawn.labels)
        for page, label in enumerate(labels):
            assert f"Page {page + 1} of {len(labels)}" in pages.text(page)
            assert label == "Title" or pages.text(page).rstrip().endswith(label)
        assert pages.page_of_label("c1") == labels.index("C1")
    assert labels[:3] == ["Title", "Index 1", "A1"]


@pytest.mark.parametrize("dividers", [False, True])
def test_each_row_of_the_index_names_the_page_it_leads_to(dividers: bool):
    drawn = draw_whole(a_bundle(dividers=dividers))
    with Pdf.open(io.BytesIO(drawn.content)) as pdf:
        index = [(page, link, to) for page, link, to in links(pdf) if drawn.labels[page].startswith("Index")]
        rows = [words_below(drawn.content, page, link) for page, link, _ in index]
        assert [row.split()[-1] for row in rows] == [drawn.labels[to] for _, _, to in index]
        assert len(rows) == 2 + 4
        texts = text_of_pages(drawn.content)
        assert all(str(link.Contents) in texts[to] for _, link, to in index)


def test_a_page_reference_prints_and_leads_to_the_page_of_its_anchor():
    drawn = draw_whole(a_bundle())
    with Pdf.open(io.BytesIO(drawn.content)) as pdf:
        to_statement = [(p, link, to) for p, link, to in links(pdf) if str(link.Contents) == "Go to page C1"]
        assert len(to_statement) == 60
        assert {drawn.labels[to] for _, _, to in to_statement} == {"C1"}
        assert {words_below(drawn.content, page, link) for page, link, _ in to_statement} == {"C1"}


def test_a_reference_to_what_is_not_printed_is_a_dash_without_a_link():
    table = Table((Column("Page", 1),), (Row((PageOf("nowhere"),)),), "One")
    drawn = draw_whole(a_document(table))
    assert "–" in text_of_pages(drawn.content)[0]
    with Pdf.open(io.BytesIO(drawn.content)) as pdf:
        assert list(links(pdf)) == []


def test_a_section_without_papers_stands_in_the_index_and_has_no_pages():
    drawn = draw_whole(a_bundle())
    assert "Empty: none in this version" in text_of_pages(drawn.content)[1]
    assert not any(label.startswith("B") for label in drawn.labels)


def test_bookmarks_carry_the_printed_number():
    drawn = draw_whole(a_bundle())
    with Pdf.open(io.BytesIO(drawn.content)) as pdf, pdf.open_outline() as outline:
        index, first, last = outline.root
        assert [index.title, first.title, first.children[1].title] == [
            "Index 1  Index", "A1  Section A: First", "A2  Events"]  # fmt: skip
        for item in (first, *first.children, last, *last.children):
            label = drawn.labels[[p.objgen for p in pdf.pages].index(item.destination[0].objgen)]
            assert item.title.startswith(f"{label}  ")
            assert item.destination[1] == Name.XYZ


def test_for_inclusion_the_foot_is_left_to_the_other_party_s_stamp():
    drawn = draw_whole(a_bundle(numbering=Numbering.INCLUSION))
    assert drawn.labels[:3] == ("1", "2", "3")
    for page, text in enumerate(text_of_pages(drawn.content)):
        assert text.rstrip().endswith(f"Page {page + 1} of {len(drawn.labels)}")


def test_welsh_names_and_text_like_mark_up_are_found_again():
    drawn = draw_whole(a_document(Paragraph("Ŵynne-Gŷfon <b>no & left <5 &amp; ✓"), Paragraph("W\u0302yn y\u0302")))
    text = text_of_pages(drawn.content)[0]
    assert "Ŵynne-Gŷfon <b>no & left <5 &amp; ✓" in text
    assert "Ŵyn ŷ" in text


@pytest.mark.tool("pdftotext")
def test_other_readers_find_the_words_as_well():
    run = subprocess.run(["pdftotext", "-", "-"], input=draw_whole(a_bundle()).content, capture_output=True, check=True)
    assert "Ms Ŵynne-Gŷfon plans the visit" in run.stdout.decode()


@pytest.mark.tool("qpdf")
def test_the_file_is_sound(tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(draw_whole(a_bundle()).content)
    assert subprocess.run(["qpdf", "--check", file], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("lost", ["文", "🦊", "א", "ب", "ਪ"])
def test_characters_that_would_be_lost_or_misplaced_are_refused_by_name_and_place(lost: str):
    with pytest.raises(CharactersNotPrintable) as refused:
        draw_whole(a_bundle(sections=(Section("A", "One", (Paper("Her words", (Quotation(f"She said {lost}"),)),)),)))
    assert f"U+{ord(lost):04X}" in str(refused.value)
    assert "section A, document 1" in str(refused.value)
    assert "She said" not in str(refused.value)


@pytest.mark.parametrize("where", ["title", "running", "author"])
def test_characters_are_looked_for_in_every_text_of_the_document(where: str):
    with pytest.raises(CharactersNotPrintable):
        draw_whole(a_bundle(**{where: "文"}))


def test_control_characters_and_overrides_do_not_reach_the_paper():
    drawn = draw_whole(a_document(Paragraph("no\u202eyes\u202c\x07 \ufeffend\r\nnext\x0blast")))
    text = text_of_pages(drawn.content)[0].splitlines()
    assert {"noyes end", "next", "last"} <= {line.strip() for line in text}


def test_a_closed_generator_gives_up():
    drawing = draw(a_bundle())
    next(drawing)
    drawing.close()
    with pytest.raises(StopIteration):
        next(drawing)


def test_progress_rises_to_the_end():
    drawing, steps = draw(a_bundle()), []
    while True:
        try:
            steps.append(next(drawing))
        except StopIteration:
            break
    done = [step for step, _ in steps]
    assert done == sorted(done)
    assert steps[-1][0] == steps[-1][1]


def test_with_a_pass_phrase_nobody_else_opens_it():
    content = draw_whole(a_bundle(), passphrase="puce anchor").content
    with pytest.raises(pikepdf.PasswordError):
        Pdf.open(io.BytesIO(content))
    with Pdf.open(io.BytesIO(content), password="puce anchor") as pdf:
        assert str(pdf.encryption.stream_method).endswith("aesv3")
        assert pdf.encryption.bits == 256
    assert b"CF26C50123" not in content


@pytest.mark.parametrize("words", range(360, 460, 4))
def test_a_signature_never_stands_without_the_end_of_what_is_signed(words: int):
    said = NumberedParagraph(1, "word " * words)
    drawn = draw_whole(a_document(said, SignatureBlock("I believe that the facts are true.", "R. Llŷr", "worker")))
    last = text_of_pages(drawn.content)[-1]
    assert "Signed:" in last
    assert "I believe that the facts are true." in last
    assert len(re.findall(r"\bword\b", last)) > 12  # two lines at least


@pytest.mark.parametrize("lines", range(20, 36))
def test_a_heading_never_stands_at_the_foot_of_a_page(lines: int):
    before = tuple(Paragraph("Short.") for _ in range(lines))
    drawn = draw_whole(a_document(*before, Heading("Here it begins"), Paragraph(LINE * 4)))
    page = next(text for text in text_of_pages(drawn.content) if "Here it begins" in text)
    assert "plans the visit" in page.split("Here it begins")[1]


def test_what_may_not_be_divided_and_fits_no_page_is_refused():
    with pytest.raises(DocumentNotDrawable):
        draw_whole(a_document(SignatureBlock(LINE * 60, "R. Llŷr")))


def test_what_stands_over_each_page_stays_on_one_line_however_long_the_title_is():
    name = "Siân Ŵynne-Gŷfon " * 30
    head = set_on_one_line(name, RUNNING, 280)
    assert head.height == RUNNING.leading
    assert set_on_one_line("Siân: how to reach her", RUNNING, 280).height == RUNNING.leading
    paper = Paper(name, (Paragraph("Before."), PageBreak(), Paragraph("After.")))
    with PdfPages(draw_whole(a_document(sections=(Section("", name, (paper,)),))).content) as pages:
        assert pages.text(1).count("Siân") < 6
        assert "…" in pages.text(1)
