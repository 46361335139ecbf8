"""A screen reader finds headings, tables, lists and links, and nothing is drawn that it does not know of."""

import io
import itertools
from collections import Counter
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf, parse_content_stream

from tac_desktop.export.document import AttachedPdf, Document, Paper, Photo, Section
from tac_desktop.export.pdf import draw_whole
from tac_desktop.export.photo import prepare_photo
from tests.export.pdf.test_pdf import a_bundle
from tests.export.pictures import a_camera_photo, a_pdf

SHOWS = {"Tj", "TJ", "'", '"', "Do", "f", "f*", "S", "s", "B", "b", "sh", "EI"}


def with_enclosures() -> Document:
    photo = prepare_photo(a_camera_photo())
    papers = (
        Paper("Photographs", (Photo(photo.jpeg, photo.width, photo.height, "A child reads", "At the family day"),)),
        Paper("School report", (AttachedPdf(a_pdf(2), "School report"),), headed=False),
    )
    return a_bundle(sections=(*a_bundle().sections, Section("D", "Enclosed", papers)))


def opened(document: Document) -> Pdf:
    return Pdf.open(io.BytesIO(draw_whole(document).content))


def elements(pdf: Pdf) -> Iterator[Object]:
    waiting = [pdf.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop(0)
        if isinstance(element, Dictionary) and "/S" in element:
            yield element
            kids = element.get("/K", Array())
            waiting[:0] = list(kids) if isinstance(kids, Array) else [kids]


def test_every_operator_that_shows_something_is_tagged_or_an_artifact():
    with opened(with_enclosures()) as pdf:
        for page in pdf.pages:
            open_marks: list[str] = []
            for operands, operator in parse_content_stream(page):
                if str(operator) in ("BDC", "BMC"):
                    assert operands[0] == Name.Artifact or "/MCID" in operands[1]
                    open_marks.append(str(operands[0]))
                elif str(operator) == "EMC":
                    open_marks.pop()
                elif str(operator) in SHOWS:
                    assert len(open_marks) == 1
            assert open_marks == []


def test_every_mark_of_a_page_belongs_to_an_element_and_back():
    with opened(with_enclosures()) as pdf:
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        of_page = {int(parents[i]): parents[i + 1] for i in range(0, len(parents), 2)}
        marked = {
            (kid.Pg.objgen, int(kid.MCID)): element
            for element in elements(pdf)
            for kid in element.get("/K", Array())
            if isinstance(kid, Dictionary) and kid.get("/Type") == Name.MCR
        }
        for page in pdf.pages:
            numbers = [
                int(operands[1].MCID)
                for operands, operator in parse_content_stream(page)
                if str(operator) == "BDC" and "/MCID" in operands[1]
            ]
            assert sorted(numbers) == list(range(len(numbers)))
            for number in numbers:
                owner = of_page[int(page.StructParents)][number]
                assert owner.objgen == marked.pop((page.objgen, number)).objgen
        assert marked == {}


def test_tables_lists_headings_and_quotations_are_named():
    with opened(with_enclosures()) as pdf:
        roles = Counter(str(element.S) for element in elements(pdf))
        assert {"/Table", "/TR", "/TH", "/TD", "/L", "/LI", "/Lbl", "/LBody", "/BlockQuote", "/Link"} <= set(roles)
        assert roles["/H1"] == 1
        assert roles["/Figure"] == 3
        headers = [element for element in elements(pdf) if element.S == Name.TH]
        assert all(str(header.A.Scope) in ("/Column", "/Row") for header in headers)
        rows = [element for element in elements(pdf) if element.S == Name.TR]
        assert all(len(row.K) > 1 for row in rows)


def test_headings_skip_no_level():
    with opened(with_enclosures()) as pdf:
        levels = [int(str(element.S)[2:]) for element in elements(pdf) if str(element.S)[1:2] == "H"]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_pictures_say_what_they_show():
    with opened(with_enclosures()) as pdf:
        figures = [str(element.Alt) for element in elements(pdf) if Name.Figure == element.S]
        assert figures == ["A child reads", "School report – page 1 of 2", "School report – page 2 of 2"]


def test_every_link_belongs_to_the_structure_and_says_where_it_leads():
    with opened(with_enclosures()) as pdf:
        found = [link for page in pdf.pages for link in page.get("/Annots", [])]
        assert found
        assert all("/StructParent" in link and str(link.Contents) for link in found)


def test_language_title_and_order_are_set():
    with opened(a_bundle()) as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert all(page.Tabs == Name.S for page in pdf.pages)
        assert b"Dossier" in pdf.Root.Metadata.read_bytes()


def test_every_font_is_embedded():
    with opened(with_enclosures()) as pdf:
        for page in pdf.pages:
            for font in page.resources.get("/Font", {}).values():
                assert "/FontFile2" in font.FontDescriptor
                assert "/ToUnicode" in font
