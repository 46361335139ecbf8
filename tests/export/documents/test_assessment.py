"""The parenting-assessment summary."""

from dataclasses import replace

from tac_desktop.casework.case_view import CaseView
from tac_desktop.export.document import Table
from tac_desktop.export.documents.assessment import assessment_summary, latest_assessment
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.pdf import draw_whole
from tac_desktop.export.pdf.preview import PdfPages
from tests.export.documents.conftest import record


def summary_text(view: CaseView, issue: Issue) -> str:
    latest = latest_assessment(view)
    assert latest
    with PdfPages(draw_whole(assessment_summary(view, latest, issue)).content) as pages:
        return " ".join(pages.text(page) for page in range(len(pages))).replace("\xa0", " ").replace("\r\n", " ")


def test_it_says_that_it_is_no_expert_report_at_its_head_and_at_its_foot(view: CaseView, issue: Issue):
    printed = summary_text(view, issue)
    said = "It is not an expert report under Part 25 of the Family Procedure Rules 2010."
    assert printed.count(said) == 2
    assert printed.index(said) < printed.index("Parenting capacity")


def test_each_domain_has_its_table_and_names_what_was_not_assessed(view: CaseView, issue: Issue):
    latest = latest_assessment(view)
    assert latest
    tables = [
        block
        for block in assessment_summary(view, latest, issue).sections[0].papers[0].blocks
        if isinstance(block, Table)
    ]
    assert [len(table.rows) for table in tables] == [5, 6, 6]
    printed = summary_text(view, issue)
    for left in ("Not assessed: Stability.", "Not assessed: Self-care skills.", "Not assessed: Community resources."):
        assert left in printed


def test_analysis_her_view_sources_limits_and_signature_stand_there(view: CaseView, issue: Issue):
    printed = summary_text(view, issue)
    for part in (
        "Analysis", "What she says about it", "I would have liked to be asked about the bear", "What it rests on",
        "Limits of this assessment", "Name: Eleri Prŷs, social worker", "Signed:", "3 of 21 November 2026",
    ):  # fmt: skip
        assert part in printed
    assert "Amber Willow" not in printed


def test_the_latest_assessment_is_taken(view: CaseView):
    first = view.of("assessment")[0]
    later = replace(first, id="as-2", answers={**first.answers, "completed": "2026-11-10"})
    assert latest_assessment(replace(view, records={**view.records, "assessment": [later, first]})) == later
    assert latest_assessment(replace(view, records={**view.records, "assessment": []})) is None


def test_what_was_added_after_it_was_sealed_stands_in_it_with_its_day_and_name(view: CaseView, issue: Issue):
    latest = latest_assessment(view)
    assert latest
    said = {"record": latest.id, "author": "p", "name": "Eleri Prŷs"}
    corrected = "It was the aunt, not the uncle."
    added = [
        record("addendum", "a-2", kind="reopened", at="2026-11-20T10:00", text="TO BE CHANGED", **said),
        record("addendum", "a-1", kind="correction", at="2026-11-19T10:00", text=corrected, **said),
        record("addendum", "a-3", kind="addition", at="2026-11-19T11:00", text="OF ANOTHER", **{**said, "record": "x"}),
    ]  # fmt: skip
    printed = summary_text(replace(view, records={**view.records, "addendum": added}), issue)
    assert f"Correction, Eleri Prŷs, 19 November 2026 {corrected}" in printed
    assert not {words for words in ("TO BE CHANGED", "OF ANOTHER") if words in printed}
    assert "Added since it was sealed" not in summary_text(view, issue)
