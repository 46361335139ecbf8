"""Contact with the children on paper: what is allowed, what was agreed and what happened."""

from dataclasses import replace

import pytest

from tac_desktop.casework.case_view import CaseView
from tac_desktop.export.documents.child_contact import child_contact, months_left_out
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.pdf import draw_whole
from tac_desktop.export.pdf.preview import PdfPages
from tests.export.documents.conftest import CHILD, SISTER, record


@pytest.fixture
def with_contact(view: CaseView) -> CaseView:
    """The family with a court's decision, weekly calls of October, and how they went."""
    call = {"children": (CHILD,), "child_contact": "phone", "kind": "visit_support"}
    calls = [record("contact", f"call-{n}", at=f"2026-10-{n:02}T10:00", **call) for n in (4, 11, 18)]
    failed = record("contact", "call-25", at="2026-10-25T10:00", happened=False, why_not=("regime",), **call)
    return replace(view, records={
        **view.records,
        "contact_permission": [
            record("contact_permission", "allowed-1", children=(CHILD,), level="supervised", source="court_order",
                   conditions="Her aunt is on the line", since="2026-01-01", until="2027-05-10"),
            record("contact_permission", "allowed-2", children=(SISTER,), level="not_allowed", source="child_wishes",
                   withheld_from=("court",)),
        ],
        "contact_plan": [record("contact_plan", "plan-1", children=(CHILD,), kind="phone", per="week",
                                since="2026-10-04", until="2026-10-31")],
        "contact_state": [record("contact_state", "state-1", child=CHILD, point="start", date="2026-01-10",
                                 level="indirect_only", kinds=("letterbox",))],
        "contact": [*calls, failed],
    })  # fmt: skip


def printed(view: CaseView, issue: Issue) -> str:
    with PdfPages(draw_whole(child_contact(view, issue)).content) as pages:
        text = " ".join(pages.text(page) for page in range(len(pages)))
    return " ".join(text.replace("\xa0", " ").split())


def test_agreed_four_happened_three_and_the_lock_down_stand_in_one_row(with_contact: CaseView, issue: Issue):
    text = printed(with_contact, issue)
    assert "October 2026 Phone calls 4 3 1 did not: Prison regime" in text
    assert "At the start, 10 January 2026: Indirect only (Letterbox contact)" in text


def test_what_is_allowed_is_told_with_source_conditions_and_end_and_children_by_their_initials(
    with_contact: CaseView, issue: Issue
):
    text = printed(with_contact, issue)
    assert "With conditions Who decided it: Court order" in text
    assert "Her aunt is on the line" in text
    assert "Until: 10 May 2027" in text
    assert "Amber Willow" not in text


def test_a_decision_that_is_not_for_the_court_is_not_in_it(with_contact: CaseView, issue: Issue):
    assert "The child’s wish" not in printed(with_contact, issue)
    assert "No decision about contact is told here." in printed(with_contact, issue)


def test_what_a_decision_forbids_that_the_court_may_not_see_is_not_called_allowed(with_contact: CaseView, issue: Issue):
    decisions = with_contact.records["contact_permission"]
    hidden = record("contact_permission", "hidden", children=(CHILD,), level="not_allowed", channels=("phone",),
                    source="public_protection", withheld_from=("court",))  # fmt: skip
    case = replace(with_contact, records={**with_contact.records, "contact_permission": [*decisions, hidden]})
    table = printed(case, issue).partition("What is allowed")[2].partition("Agreed and happened")[0]
    assert "Phone calls" not in table
    assert "Written" in table
    assert "Phone calls" in printed(case, replace(issue, readers=frozenset())).partition("What is allowed")[2]


def test_a_call_that_may_not_be_shown_is_not_told_as_one_that_nobody_wrote_down(with_contact: CaseView, issue: Issue):
    calls = with_contact.records["contact"]
    hidden = replace(calls[0], answers={**calls[0].answers, "withheld_from": ("court",)})
    case = replace(with_contact, records={**with_contact.records, "contact": [hidden, *calls[1:]]})
    text = printed(case, issue)
    assert "October 2026" not in text.partition("Agreed and happened")[2]
    assert "1 nobody wrote down" not in text
    assert months_left_out(case, issue) == (
        "1 month of contact with a child is left out: not all of it may be shown to this reader.",
    )
    own = replace(issue, readers=frozenset())
    assert "October 2026 Phone calls 4 3" in printed(case, own)
    assert months_left_out(case, own) == ()


def test_of_kinds_of_contact_of_which_the_same_holds_the_reasons_stand_once(with_contact: CaseView, issue: Issue):
    text = printed(with_contact, issue).partition("What is allowed")[2].partition("Agreed and happened")[0]
    assert text.count("Her aunt is on the line") == 1
    assert "With conditions As above" in text


def test_children_of_the_same_initials_are_told_apart(with_contact: CaseView, issue: Issue):
    other = record("child", "child-3", name="Azure Willow", date_of_birth="2023-05-02")
    children = (*with_contact.records["child"], other)
    text = printed(replace(with_contact, records={**with_contact.records, "child": children}), issue)
    for born in ("14 March 2021", "2 May 2023"):
        assert text.count(f"A.W. (born {born})") == 3
