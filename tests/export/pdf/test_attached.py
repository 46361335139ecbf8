"""PDFs of others come in upright and whole, or not at all, and then it is said which."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from reportlab.lib.pagesizes import A4, landscape, letter

from tac_desktop.errors import (
    AttachedPdfDamaged,
    AttachedPdfLocked,
    AttachedPdfNotPdf,
    AttachedPdfTooLarge,
    TacError,
)
from tac_desktop.export.document import AttachedPdf, Document, Numbering, Paper, Paragraph, Section
from tac_desktop.export.pdf import DrawnPdf, draw_whole
from tac_desktop.export.pdf.preview import PdfPages
from tests.export.pictures import a_pdf

MM = 72 / 25.4


def with_attached(*contents: bytes) -> Document:
    papers = tuple(Paper(f"Report {n}", (AttachedPdf(c, f"Report {n}"),), headed=False) for n, c in enumerate(contents))
    first = Paper("Summary", (Paragraph("In short."),))
    sections = (Section("A", "First", (first,)), Section("G", "Papers", papers))
    return Document(title="T", issued_on="2026-11-21", sections=sections, with_index=False, marking="PRIVATE")


def changed(content: bytes, change, **save: object) -> bytes:
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(content)) as pdf:
        change(pdf)
        pdf.save(out, **save)
    return out.getvalue()


def turned(degrees: int) -> bytes:
    """Return a page that is drawn sideways and shown upright by its /Rotate, as a scanner makes it."""

    def turn(pdf: Pdf) -> None:
        page = pdf.pages[0]
        width, height = float(page.mediabox[2]), float(page.mediabox[3])
        matrices = {90: (0, 1, -1, 0, height, 0), 180: (-1, 0, 0, -1, width, height), 270: (0, -1, 1, 0, 0, width)}
        matrix = matrices[degrees]
        page.contents_add("q {} {} {} {} {} {} cm\n".format(*matrix).encode(), prepend=True)
        page.contents_add(b"\nQ")
        page.Rotate = degrees
        if degrees != 180:
            page.MediaBox = Array([0, 0, height, width])
            page.CropBox = page.MediaBox

    return changed(a_pdf(), turn)


def cropped(pdf: Pdf) -> None:
    """Shift the boxes: what is shown lies elsewhere than at the origin, and a smaller trim box must not matter."""
    page = pdf.pages[0]
    page.contents_add(b"q 1 0 0 1 300 200 cm\n", prepend=True)
    page.contents_add(b"\nQ")
    page.MediaBox = Array([0, 0, 1200, 1200])
    page.CropBox = Array([300, 200, 300 + A4[0], 200 + A4[1]])
    page.TrimBox = Array([400, 300, 500, 400])


def filled_in(pdf: Pdf) -> None:
    """Add a filled text field that has no appearance yet."""
    field = pdf.make_indirect(Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", V="FILLED IN", Rect=[100, 300, 400, 330],
        DA="/Helv 12 Tf 0 g", F=4, P=pdf.pages[0].obj,
    ))  # fmt: skip
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    resources = Dictionary(Font=Dictionary(Helv=pdf.make_indirect(font)))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), DR=resources, DA="/Helv 12 Tf 0 g")
    pdf.pages[0].Annots = Array([field])


def hostile(pdf: Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    pdf.Root.OpenAction = script
    pdf.pages[0].AA = Dictionary(O=script)
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 900, 900],
                      A=Dictionary(S=Name.URI, URI="https://example.invalid"))  # fmt: skip
    pdf.pages[0].Annots = Array([link])


OWNER_LOCKED = pikepdf.Encryption(owner="ochre lantern", user="", R=6)
SOUND = {
    "upright": a_pdf(),
    "turned by 90": turned(90),
    "turned by 180": turned(180),
    "turned by 270": turned(270),
    "landscape": a_pdf(size=landscape(A4)),
    "letter": a_pdf(size=letter),
    "shifted boxes": changed(a_pdf(), cropped),
    "filled form": changed(a_pdf(), filled_in),
    "locked for the owner": changed(a_pdf(), lambda _: None, encryption=OWNER_LOCKED),
    "with scripts and links": changed(a_pdf(), hostile),
    "small": a_pdf(size=(300, 400)),
}


def last_page(drawn: DrawnPdf) -> tuple[Image.Image, str]:
    with PdfPages(drawn.content) as pages:
        picture = pages.picture(len(pages) - 1, 72)
        size = (picture.width, picture.height)
        return Image.frombuffer("RGB", size, picture.pixels, "raw", "BGRX", picture.stride), pages.text(len(pages) - 1)


def black_box(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return where the big black square of `a_pdf` stands on the page."""
    dark = picture.convert("L").point(lambda value: 255 if value < 60 else 0)
    rows = [y for y in range(dark.height) if dark.crop((0, y, dark.width, y + 1)).histogram()[255] > 40]
    band = dark.crop((0, rows[0], dark.width, rows[0] + 30)).getbbox()
    assert band
    return band[0], rows[0], band[2], rows[-1]


@pytest.mark.parametrize("kind", SOUND)
def test_a_sound_page_stands_upright_and_whole_in_its_frame(kind: str):
    drawn = draw_whole(with_attached(SOUND[kind]))
    picture, text = last_page(drawn)
    assert "UPRIGHT 1" in text
    assert text.index("Report 0 – page 1 of 1") >= 0
    left, top, right, _ = black_box(picture)
    assert (picture.width > picture.height) == (kind == "landscape")
    assert left < picture.width / 2
    assert top < picture.height / 2
    assert right - left <= 101  # shrunk where it must be, never enlarged
    assert left == pytest.approx(30 * MM, abs=2)
    assert top == pytest.approx(28 * MM + 17, abs=2)


def test_what_was_written_into_a_form_is_printed():
    assert "FILLED IN" in last_page(draw_whole(with_attached(SOUND["filled form"])))[1]


def test_scripts_and_links_of_others_stay_behind():
    content = draw_whole(with_attached(SOUND["with scripts and links"])).content
    with Pdf.open(io.BytesIO(content)) as pdf:
        everything = b"".join(obj.unparse(resolved=True) for obj in pdf.objects if not isinstance(obj, pikepdf.Stream))
        assert b"JavaScript" not in everything
        assert b"example.invalid" not in everything
        assert all("/Annots" not in page for page in pdf.pages)


def test_the_pages_of_several_attachments_follow_each_other_and_are_numbered():
    drawn = draw_whole(with_attached(a_pdf(3), a_pdf(2)))
    assert drawn.labels == ("A1", "G1", "G2", "G3", "G4", "G5", "G6")
    with PdfPages(drawn.content) as pages:
        texts = [pages.text(page) for page in range(len(pages))]
    assert ["UPRIGHT 3" in texts[4], "Report 1 – page 2 of 2" in texts[6], "PRIVATE" in texts[6]] == [True] * 3


LOCKED = changed(a_pdf(), lambda _: None, encryption=pikepdf.Encryption(owner="o", user="ochre", R=6))
WHOLE = a_pdf(3)
NO_PAGES = changed(a_pdf(), lambda pdf: pdf.pages.__delitem__(0))
HUGE = changed(a_pdf(), lambda pdf: setattr(pdf.pages[0], "MediaBox", Array([0, 0, 14_400, 14_400])))


@pytest.mark.parametrize(("content", "trouble"), [
    (b"", AttachedPdfNotPdf),
    (b"This is a letter, not a PDF.", AttachedPdfNotPdf),
    (b"<html><body>Sign in first</body></html>", AttachedPdfNotPdf),
    (LOCKED, AttachedPdfLocked),
    (WHOLE[: len(WHOLE) // 2], AttachedPdfDamaged),
    (WHOLE[:-200], AttachedPdfDamaged),
    (b"%PDF-1.7\nnothing follows", AttachedPdfDamaged),
    (NO_PAGES, AttachedPdfDamaged),
    (HUGE, AttachedPdfTooLarge),
])  # fmt: skip
def test_what_cannot_be_placed_whole_is_refused_and_named_by_its_place(content: bytes, trouble: type[TacError]):
    with pytest.raises(trouble) as refused:
        draw_whole(with_attached(a_pdf(), content))
    assert "section G, document 2" in str(refused.value)
    assert "Report" not in str(refused.value)


def test_a_broken_stream_is_found_before_the_judge_finds_it():
    broken = bytearray(a_pdf())
    start = broken.index(b"stream\n") + 20
    broken[start : start + 30] = bytes(30)
    with pytest.raises(AttachedPdfDamaged):
        draw_whole(with_attached(bytes(broken)))


def test_a_paper_of_one_section_may_be_an_attachment_alone():
    paper = Paper("Report", (AttachedPdf(a_pdf(), "Report"),), headed=False)
    document = Document(title="T", issued_on="2026-11-21", sections=(Section("", "Alone", (paper,)),),
                        with_index=False, numbering=Numbering.PAGES)  # fmt: skip
    assert draw_whole(document).labels == ("1",)
