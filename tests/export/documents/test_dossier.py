"""The court dossier: what stands in it, and what never does."""

import io
from dataclasses import replace

import pytest
from pikepdf import Name, Pdf, Stream

from tac_desktop.casework.case_view import CaseView
from tac_desktop.export.court_rules import length_notes, page_limits
from tac_desktop.export.document import Document, Numbering
from tac_desktop.export.documents.dossier import dossier
from tac_desktop.export.documents.findings import findings
from tac_desktop.export.documents.issue import Issue, Marking
from tac_desktop.export.pdf import draw_whole
from tac_desktop.export.pdf.preview import PdfPages


def text_of(document: Document) -> str:
    with PdfPages(draw_whole(document).content) as pages:
        return "\n".join(pages.text(page) for page in range(len(pages))).replace("\xa0", " ").replace("\r\n", " ")


@pytest.fixture
def printed(view: CaseView, issue: Issue, files: dict[str, bytes]) -> str:
    return text_of(dossier(view, issue, files))


def test_the_title_page_says_what_it_is_about_whom_by_whom_and_for_whom(printed: str):
    title = printed[: printed.index("Index")]
    for fact in (
        "In the Family Court at Cardiff", "CF26C50123", "A.W. (born 14 March 2021)", "Siân Ŵynne-Gŷfon",
        "Final hearing, 12 January 2027, 10:00", "Eleri Prŷs, prison-based social worker", "21 November 2026",
        "3 of 21 November 2026 (replaces version 2 of 6 November 2026)", "private family proceedings",
        "CONFIDENTIAL: CHILDREN PROCEEDINGS",
    ):  # fmt: skip
        assert fact in title


def test_nothing_that_is_withheld_or_was_not_agreed_is_printed(printed: str):
    assert "SECRET" not in printed
    assert "Secret" not in printed
    assert "hidden" not in printed.casefold()
    assert "Drugs related" not in printed
    assert "in care as a child" not in printed


def test_children_are_called_by_initials_in_every_title_and_table(printed: str):
    assert "Amber Willow" not in printed
    assert "Beige Willow" not in printed


def test_what_the_court_alone_may_see_is_in_a_dossier_for_the_court_alone(view, issue, files):
    alone = text_of(dossier(view, replace(issue, readers=frozenset({"court"})), files))
    assert "Secret Carer of 4 Hidden Lane" in alone
    assert "SECRET PREPARATION" not in alone


def test_her_own_words_and_the_statement_stand_there_unchanged(printed: str):
    assert "To know where I stand. Nobody tells me when my social worker changes <again> & again." in printed
    assert "That A. knows my voice." in printed
    assert "I believe that the facts stated in this witness statement are true." in printed
    assert "R. Llŷr" in printed


def test_notes_of_contact_are_printed_only_if_the_court_directs(view, issue, files):
    assert "She spoke of the carer with respect and asked how the nights have been." not in text_of(
        replace(dossier(view, issue, files), sections=dossier(view, issue, files).sections[4:5])
    )
    with_log = text_of(dossier(view, replace(issue, full_contact_log=True), files))
    assert "Filed by direction of the court" in with_log
    assert with_log.count("SECRET NOTE") == 59  # one of the sixty is withheld from the court


def test_the_contact_summary_counts_every_contact_that_may_be_seen(printed: str):
    assert "52 contacts and 7 attempts without an answer are recorded" in printed


def test_records_that_the_preparer_leaves_out_are_gone(view, issue, files):
    without = text_of(dossier(view, replace(issue, left_out=frozenset({"ev-1", "pa-1"})), files))
    assert "She comforts her child" not in without
    assert "School report" not in without


def test_photos_tell_neither_place_nor_camera(view, issue, files):
    content = draw_whole(dossier(view, issue, files)).content
    with Pdf.open(io.BytesIO(content)) as pdf:
        pictures = [obj for obj in pdf.objects if isinstance(obj, Stream) and obj.get("/Subtype") == Name.Image]
        assert len(pictures) == 1
        for marker in (b"Exif", b"Puce Camera", b"taken at home", b"ICC_PROFILE"):
            assert marker not in pictures[0].read_raw_bytes()
        assert pictures[0].Width < pictures[0].Height  # it was turned upright


def test_each_event_leads_to_the_page_that_tells_it(view, issue, files):
    drawn = draw_whole(dossier(view, issue, files))
    with PdfPages(drawn.content) as pages:
        chronology = " ".join(pages.text(p) for p, label in enumerate(drawn.labels) if label[0] == "A")
        for event, letter in (("Interim care order (A.W.) made", "B"), ("She comforts her child at the goodbye", "D")):
            row = chronology[chronology.index(event[:20]) :]
            page = next(word for word in row.split() if word[0] == letter and word[1:].isdigit())
            assert event.split(" (")[0][:18] in pages.text(drawn.labels.index(page))


def test_sections_keep_their_letters_whatever_is_empty(view, issue):
    bare = replace(view, records={"mother": [view.mother]})
    document = dossier(bare, issue, {})
    assert [section.letter for section in document.sections] == list("ABCDEFGH")
    printed = text_of(document)
    assert "Statements: none in this version" in printed
    assert "No dated event is recorded" in printed


@pytest.mark.parametrize("numbering", Numbering)
@pytest.mark.parametrize("marking", Marking)
def test_every_choice_of_numbering_and_marking_can_be_drawn(view, issue, numbering: Numbering, marking: Marking):
    printed = text_of(dossier(view, replace(issue, numbering=numbering, marking=marking, dividers=True), {}))
    assert marking.value in printed


def test_the_same_case_gives_the_same_dossier(view, issue, files):
    assert draw_whole(dossier(view, issue, files)).content == draw_whole(dossier(view, issue, files)).content


def test_the_preparer_is_told_where_a_name_stands_that_should_not(view, issue, files):
    told = [
        replace(record, answers={**record.answers, "account": "Amber ran to her. Lantern was there."})
        for record in view.of("evidence")
    ]
    case = replace(view, records={**view.records, "evidence": told})
    notes = findings(dossier(case, issue, files), case, issue)
    assert ["first name" in notes[0], "withheld" in notes[1]] == [True, True]
    assert all("section D, document 1" in note for note in notes)
    assert not any(name in note for note in notes for name in ("Amber", "Lantern"))
    clean = replace(view, records={**view.records, "evidence": ()})
    assert findings(dossier(clean, issue, files), clean, issue) == ()


def test_a_paper_that_is_longer_than_usual_is_noted_with_the_rule(view, issue, files):
    assert length_notes(draw_whole(dossier(view, issue, files))) == ()
    statement = replace(view.of("staff_statement")[0])
    long = replace(statement, answers={**statement.answers, "statement": "\n\n".join(["One line of text."] * 700)})
    case = replace(view, records={**view.records, "staff_statement": [long]})
    (note,) = length_notes(draw_whole(dossier(case, issue, files)))
    assert note.startswith("A witness statement here has ")
    assert "at most 25" in note


def test_every_limit_says_where_it_comes_from_and_whether_that_was_read():
    assert page_limits()["bundle"].pages == 350
    assert all(limit.source and limit.checked for limit in page_limits().values())
