"""What is not settled is named in a paper, to readers who may know of it, and to the preparer before it goes out."""

from dataclasses import replace

import pytest

from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.case_view import CaseView, Contradiction
from tac_desktop.export.documents.assessment import assessment_summary, latest_assessment
from tac_desktop.export.documents.dossier import dossier
from tac_desktop.export.documents.findings import findings
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.documents.unsettled import TITLE, sentences
from tac_desktop.export.pdf import draw_whole
from tac_desktop.export.pdf.preview import PdfPages

CHILD = "child-1"
DATE_OF_BIRTH = Contradiction(CHILD, "child", "date_of_birth", ("2021-04-13", NotKnown("no paper yet")))
WITHHELD = Contradiction("hearing-1", "hearing", "preparation", ("SECRET SECOND PREPARATION",))
NOTE = Contradiction("ct-000", "contact", "summary", ("SECRET SECOND NOTE",))
NAME = Contradiction(CHILD, "child", "name", ("Amber Willow-Kettle",))
HIDDEN = Contradiction("ph-2", "photo", "date", ("2026-01-02",))
GONE = Contradiction("co-1", "course", "", (None,))


def text_of(document) -> str:
    with PdfPages(draw_whole(document).content) as pages:
        text = "\n".join(pages.text(page) for page in range(len(pages)))
    return " ".join(text.replace("\xa0", " ").split())


@pytest.fixture
def unsettled(view: CaseView) -> CaseView:
    return replace(view, contradictions=(DATE_OF_BIRTH, WITHHELD, NOTE, NAME, HIDDEN, GONE))


def test_a_dossier_names_each_question_with_the_answer_it_uses_and_the_others(unsettled, issue: Issue, files):
    printed = text_of(dossier(unsettled, issue, files))
    assert printed.count(TITLE) >= 1
    for words in ("Child A.W.", "14 March 2021", "13 April 2021; Not known: no paper yet", "It was deleted"):
        assert words in printed


def test_nothing_that_is_withheld_gets_into_a_paper_by_being_contested(unsettled, issue: Issue, files):
    printed = text_of(dossier(unsettled, issue, files))
    assert "SECRET" not in printed
    assert "2 January 2026" not in printed
    assert "Amber Willow" not in printed
    assert "1 other text" in printed


def test_of_what_a_dossier_does_not_show_it_does_not_tell_that_it_is_contested(view: CaseView, issue: Issue, files):
    told = {"kind": "acct", "since": "2026-03-01"}
    alert = replace(view.mother, id="al-1", form="alert", answers=told)
    contested = Contradiction("al-1", "alert", "since", ("2026-03-02",))
    case = replace(view, records={**view.records, "alert": (alert,)}, contradictions=(contested, DATE_OF_BIRTH))
    printed = text_of(dossier(case, issue, files))
    assert "13 April 2021" in printed
    assert not [words for words in ("Alert", "2 March 2026") if words in printed]


def test_a_paper_of_a_settled_case_has_no_such_page(view: CaseView, issue: Issue, files):
    assert TITLE not in text_of(dossier(view, issue, files))


def test_a_record_that_is_left_out_takes_its_contradictions_along(unsettled, issue: Issue, files):
    assert "It was deleted" not in text_of(dossier(unsettled, replace(issue, left_out=frozenset({"co-1"})), files))


def test_the_summary_of_an_assessment_names_what_concerns_it(unsettled, issue: Issue):
    about = Contradiction("as-1", "assessment", "conclusion", ("SECRET OTHER CONCLUSION",))
    view = replace(unsettled, contradictions=(about, *unsettled.contradictions))
    printed = text_of(assessment_summary(view, latest_assessment(view), issue))
    assert TITLE in printed
    assert "Child A.W." in printed
    assert "1 other text" in printed
    assert "SECRET" not in printed
    assert "It was deleted" not in printed


def test_the_preparer_is_told_first_which_questions_are_not_settled(unsettled, issue: Issue, files):
    (told,) = sentences(unsettled)
    assert told.startswith("6 questions of this case file have answers that contradict each other")
    assert "‘Date of birth’ (Child)" in told
    assert "13 April" not in told
    assert told in findings(dossier(unsettled, issue, files), unsettled, issue)
    assert sentences(replace(unsettled, contradictions=())) == ()
