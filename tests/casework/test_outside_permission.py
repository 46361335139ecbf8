"""Contact that is not allowed is asked about, needs a reason, and is listed wherever it came from."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.checks_of_case import case_problems, needed
from tac_desktop.casework.days import add_days, days_between
from tac_desktop.casework.dues import by_form, dues
from tac_desktop.casework.outside_permission import FORMS, Touch, asked_about, forbidden, outside, said_about
from tac_desktop.casework.permitted_contact import permission_on
from tac_desktop.casework.record import Record

TODAY = "2026-11-22"


def a_record(form: str, number: int = 1, known_on: str = "", **answers: Answer) -> Record:
    """Return a record with these answers."""
    return Record(
        id=f"{form}-{number}", form=form, version=1, case_file="c", stream="c", answers=answers, known_on=known_on
    )


MAUVE = a_record("child", name="Mauve Anchor")
NO_VISITS = a_record(
    "contact_permission", children=(MAUVE.id,), level="not_allowed", channels=("social_visit",), source="court_order",
    since="2026-10-01", known_on="2026-10-01",
)  # fmt: skip
AGREEMENT = a_record("letterbox_agreement", child=MAUVE.id)
VISIT: dict[str, Answer] = {"children": (MAUVE.id,), "child_contact": "social_visit", "at": "2026-11-20T14:00"}
FORBIDDEN: dict[str, dict[str, Answer]] = {
    "contact": VISIT,
    "contact_plan": {"children": (MAUVE.id,), "kind": "social_visit", "per": "week", "since": "2026-09-01"},
    "visit_request": {"children": (MAUVE.id,), "kind": "social_visit", "for_day": "2026-12-24"},
    "letterbox_letter": {"agreement": AGREEMENT.id, "sent_on": "2026-11-20"},
}


def _beside(form: str) -> dict[str, list[Record]]:
    order = NO_VISITS
    if form == "letterbox_letter":
        order = replace(order, answers=dict(order.answers) | {"channels": ("letterbox",)})
    return by_form([MAUVE, AGREEMENT, order])


@pytest.mark.parametrize("form", FORMS)
def test_contact_that_is_not_allowed_is_refused_without_a_reason_and_not_with_one(form: str) -> None:
    records = _beside(form)
    assert {"contact_permission", "child"} <= needed(form)
    wrong = case_problems(form, FORBIDDEN[form], records, TODAY)
    assert "with Mauve Anchor on" in wrong["outside_permission"]
    assert "not allowed (Court order). Say why" in wrong["outside_permission"]
    assert "outside_permission" not in case_problems(
        form, FORBIDDEN[form] | {"outside_permission": "The judge allowed it in court."}, records, TODAY
    )
    assert "outside_permission" in case_problems(form, FORBIDDEN[form] | {"outside_permission": "  "}, records, TODAY)


@pytest.mark.parametrize(
    "allowed",
    [
        {"at": "2026-09-30T14:00"}, {"child_contact": "phone"}, {"happened": False}, {"children": ("child-2",)},
        {"child_contact": ""},
    ],
)  # fmt: skip
def test_contact_of_another_day_kind_or_child_or_that_did_not_happen_is_not_asked_about(
    allowed: dict[str, Answer],
) -> None:
    assert asked_about("contact", VISIT | allowed, _beside("contact"), TODAY) == ""


def test_a_plan_is_asked_about_from_the_first_day_on_which_it_is_not_allowed_and_not_if_it_ends_before() -> None:
    records = _beside("contact_plan")
    assert "on 1 October 2026" in asked_about("contact_plan", FORBIDDEN["contact_plan"], records, TODAY)
    ended = FORBIDDEN["contact_plan"] | {"until": "2026-09-30"}
    assert asked_about("contact_plan", ended, records, TODAY) == ""


def test_what_came_from_elsewhere_without_a_reason_is_listed_as_well_the_newest_first() -> None:
    told = a_record("contact", 1, **VISIT, outside_permission="The judge allowed it.")
    brought = a_record("contact", 2, **VISIT | {"at": "2026-10-05T10:00"})
    fine = a_record("contact", 3, **VISIT | {"at": "2026-09-05T10:00"})
    found = outside(by_form([MAUVE, NO_VISITS, told, brought, fine]), TODAY)
    assert [(one.day, one.source, one.reason) for one in found] == [
        ("2026-11-20", "court_order", "The judge allowed it."), ("2026-10-05", "court_order", ""),
    ]  # fmt: skip
    assert outside(by_form([MAUVE, told, brought]), TODAY) == []


def test_conditions_and_silence_are_told_before_anybody_asks() -> None:
    held = a_record(
        "contact_permission", children=(MAUVE.id,), level="supervised", channels=("phone",), source="la_decision"
    )
    records = by_form([MAUVE, held])
    call = VISIT | {"child_contact": "phone"}
    assert said_about("contact", call, records, TODAY) == "Mauve Anchor: allowed with conditions. Supervised only"
    assert "nothing is said" in said_about("contact", VISIT, records, TODAY)
    assert said_about("contact", VISIT, by_form([MAUVE]), TODAY) == ""


def _due(*records: Record) -> list[tuple[str, str, str]]:
    return [(one.by, one.task, one.record_id) for one in dues(by_form(records)) if "contact" in one.task]


def test_a_new_order_a_move_or_a_transfer_asks_for_the_decisions_to_be_looked_at_until_somebody_has() -> None:
    order = a_record("order", children=(MAUVE.id,), made_on="2026-11-10", known_on="2026-11-12")
    move = a_record("placement", child=MAUVE.id, from_date="2026-11-10", known_on="2026-11-10")
    transfer = a_record("custody", from_date="2026-11-10", known_on="2026-11-10")
    plan = a_record("plan_status", child=MAUVE.id, from_date="2026-11", known_on="2026-11-10")
    responsibility = a_record("parental_responsibility", child=MAUVE.id, since="2026-11-10", known_on="2026-11-10")
    for change in (order, move, transfer, plan, responsibility):
        assert _due(NO_VISITS, change) == [("2026-11-17", "look_at_contact", NO_VISITS.id)]
    looked_at = replace(NO_VISITS, answers=dict(NO_VISITS.answers) | {"looked_at": "2026-11-12"})
    assert _due(looked_at, order, move, transfer) == []
    assert _due(a_record("placement", 2, child="child-2", from_date="2026-11-10"), NO_VISITS) == []
    assert _due(order, move) == []


def test_the_end_of_an_order_that_is_known_beforehand_is_due_after_it() -> None:
    order = a_record("order", children=(MAUVE.id,), made_on="2026-09-01", ended_on="2027-03-01", known_on="2026-09-01")
    assert _due(NO_VISITS, order) == [("2027-03-08", "look_at_contact", NO_VISITS.id)]


def test_a_review_is_due_on_its_day_until_it_was_looked_at_on_or_after_it() -> None:
    def reviewed(**more: Answer) -> Record:
        return replace(NO_VISITS, answers=dict(NO_VISITS.answers) | {"review_by": "2027-01-31"} | more)

    assert _due(reviewed()) == [("2027-01-31", "contact_review", NO_VISITS.id)]
    assert _due(reviewed(looked_at="2026-12-01")) == [("2027-01-31", "contact_review", NO_VISITS.id)]
    assert _due(reviewed(looked_at="2027-02-01")) == []
    assert _due(reviewed(until="2026-12-31")) == []


def test_of_a_decision_that_was_only_asked_for_there_is_nothing_to_look_at() -> None:
    asked = replace(NO_VISITS, answers=dict(NO_VISITS.answers) | {"status": "asked"})
    assert _due(asked, a_record("placement", child=MAUVE.id, from_date="2026-11-10", known_on="2026-11-10")) == []


_DAY = st.integers(0, 20).map(lambda number: add_days("2026-11-01", number))
_ANY_DECISIONS = st.lists(st.fixed_dictionaries({
    "level": st.sampled_from(["allowed", "not_allowed", "written_only"]), "since": st.one_of(st.just(""), _DAY),
    "until": st.one_of(st.just(""), _DAY), "source": st.just("court_order"), "children": st.just((MAUVE.id,)),
}), max_size=4)  # fmt: skip


@given(_ANY_DECISIONS, _DAY, _DAY)
def test_what_is_planned_is_forbidden_from_the_first_day_on_which_any_of_its_days_is(told, first, last) -> None:
    decisions = [a_record("contact_permission", number, **one) for number, one in enumerate(told)]
    planned = Touch("social_visit", (MAUVE.id,), first, max(first, last))
    days = [add_days(first, number) for number in range(days_between(first, max(first, last)) + 1)]
    wrong = [day for day in days if permission_on(decisions, MAUVE.id, "social_visit", day).forbids]
    found = forbidden(planned, decisions, TODAY)
    assert [day for day, _ in found.values()] == wrong[:1]
