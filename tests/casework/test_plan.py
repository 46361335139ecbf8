"""The plan, what whoever referred her waits for, and what makes a case more work than another."""

import pytest

from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.capacity import capacity, taken_on, year_of
from tac_desktop.casework.delays import delays, points_of
from tac_desktop.casework.dues import by_form, dues
from tac_desktop.casework.plan import plan_of
from tac_desktop.casework.record import Record, case_file_id, derived_id
from tac_desktop.casework.workload import Case, is_exception, loads, signs_of

CASE = case_file_id("EP-001")
TODAY = "2026-03-12"


def a_record(form: str, case_file: str = CASE, **answers: object) -> Record:
    """Return a record of a case file with these answers."""
    return Record(
        id=derived_id(form, case_file, repr(answers)), form=form, version=1, case_file=case_file, stream=case_file,
        answers=answers,
    )  # fmt: skip


def due(*records: Record) -> list[tuple[str, str]]:
    """Return what is due and when."""
    return [(item.by, item.task) for item in dues(by_form(records))]


SEEN = a_record("goal", goal="They see each other", by="2026-06-01")
REACHED = a_record("goal", goal="A course", by="2026-01-01", state="reached")
ASK = a_record("plan_step", step="Ask", goal=SEEN.id, due="2026-03-01")
WRITE = a_record("plan_step", step="Write", goal=SEEN.id, due="2026-03-20")
FOUND = a_record("plan_step", step="Find out", goal=SEEN.id, due="2026-02-01", done_on="2026-02-03")
LOOSE = a_record("plan_step", step="Send", due="2026-03-15")
OF_REACHED = a_record("plan_step", step="Book", goal=REACHED.id, due="2026-01-01")


def test_goals_stand_with_their_steps_what_is_to_be_done_first_and_what_is_over_last():
    plan = plan_of(by_form((REACHED, LOOSE, FOUND, WRITE, SEEN, ASK, OF_REACHED)))
    assert [one.goal.text("goal") if one.goal else "" for one in plan] == ["They see each other", "", "A course"]
    assert [step.text("step") for step in plan[0].steps] == ["Ask", "Write", "Find out"]
    assert [step.text("step") for step in plan[0].late(TODAY)] == ["Ask"]
    assert plan[0].done == 1
    assert plan[2].is_over
    assert plan[2].late(TODAY) == []


def test_open_steps_and_goals_are_due_by_their_days_and_nothing_of_a_goal_that_is_over():
    assert due(SEEN, REACHED, ASK, FOUND, LOOSE, OF_REACHED) == [
        ("2026-03-01", "plan_step"), ("2026-03-15", "plan_step"), ("2026-06-01", "goal"),
    ]  # fmt: skip


def test_an_app_form_waits_for_its_answer_and_the_referrer_for_the_decision():
    met = a_record("baseline", first_meeting="2026-03-01")
    app = {"date": "2026-02-28", "received": "2026-03-02", "by_app": True}
    assert ("2026-03-09", "answer_app") in due(met, a_record("referral", **app))
    answered = app | {"app_answered": "2026-03-03", "pathway": "few", "decided_on": "2026-03-05"}
    assert ("2026-03-12", "tell_referrer") in due(met, a_record("referral", **answered))
    told = due(met, a_record("referral", **answered, referrer_told_on="2026-03-06"))
    assert {task for _, task in told} == {"baseline"}
    herself = answered | {"source": "self"}
    assert ("2026-03-12", "tell_referrer") in due(met, a_record("referral", **herself)), "answered before the decision"
    decided_first = herself | {"app_answered": "2026-03-05"}
    assert {task for _, task in due(met, a_record("referral", **decided_first))} == {"baseline"}


CHILD, SIBLING = a_record("child", name="Mauve"), a_record("child", name="Teal", local_authority="Quillshire")
COMPLEX = (
    CHILD, SIBLING,
    a_record("placement", child=CHILD.id, household="A", from_date="2025-01-01"),
    a_record("placement", child=SIBLING.id, household="A", from_date="2024-01-01", to_date="2025-06"),
    a_record("placement", child=SIBLING.id, household="B", from_date="2025-06"),
    a_record("childrens_social_worker", name="Fern Cog", local_authority="Fernshire", from_date="2025"),
    a_record("childrens_social_worker", name="Plum Anvil", from_date="2024", to_date="2025"),
    a_record("proceedings", started="2025-09-01", solicitor="Slate Bellows", guardian="Umber Trowel"),
)  # fmt: skip


def test_a_case_shows_by_its_records_what_makes_it_complex_on_a_day():
    assert signs_of(by_form(COMPLEX), TODAY) == {"proceedings", "apart", "professionals", "authorities"}
    assert signs_of(by_form(COMPLEX), "2025-03-01") == {"authorities"}
    unborn = a_record("child", unborn=True, due_date="2026-06-01")
    homes = (a_record("placement", child=CHILD.id, carer="Grey Kettle"),
             a_record("placement", child=unborn.id, arrangement="unborn"))  # fmt: skip
    assert signs_of(by_form((CHILD, unborn, *homes)), TODAY) == frozenset()
    nobody = [a_record("childrens_social_worker", name=NotKnown(str(team))) for team in range(3)]
    assert signs_of(by_form((CHILD, *nobody)), TODAY) == frozenset()
    assert signs_of(by_form((CHILD, a_record("proceedings", status="completed"))), TODAY) == frozenset()


def test_a_case_that_two_share_counts_for_both_and_what_nobody_has_stands_last():
    records = by_form(COMPLEX)
    found = loads([Case(("Zoe", "Amy"), False, records), Case((), False, {}), Case(("Amy",), True, {})], TODAY)
    assert [(load.worker, load.open, load.waiting) for load in found] == [("Amy", 1, 1), ("Zoe", 1, 0), ("", 1, 0)]
    assert found[0].children == 2
    assert found[0].signs["apart"] == 1


def test_a_mother_counts_once_a_year_however_often_she_was_taken_on():
    other = case_file_id("EP-002")
    episodes = [
        a_record("episode", opened="2025-04-01"), a_record("episode", opened="2026-03-31"),
        a_record("episode", opened="2025-03-31"), a_record("episode", other, opened="2025-12-01"),
        a_record("episode", case_file_id("elsewhere"), opened="2025-12-01"),
    ]  # fmt: skip
    years = ["2025-04-01", "2024-04-01"]
    found = taken_on(episodes, {CASE: "EP", other: "EP"}, years)
    assert [(one.prison, one.year, one.mothers) for one in found] == [("EP", "2025-04-01", 2), ("EP", "2024-04-01", 1)]
    assert year_of("2026-03-31") == "2025-04-01"
    assert capacity().mothers_a_year == 20
    assert "first interim report" in capacity().source


def test_days_are_counted_where_both_are_known_and_stand_in_order():
    late = by_form((
        a_record("custody", event="remanded", from_date="2025-01-01"),
        a_record("custody", event="sentenced", from_date="2025-03-01"),
        a_record("referral", date="2025-02-01"), a_record("baseline", first_meeting="2025-02-11"),
    ))  # fmt: skip
    soon = by_form((a_record("custody", received_on="2025-01-01"), a_record("referral", date="2025-01-11")))
    found = delays([("EP", points_of(late, "2025-02-15")), ("EP", points_of(soon, ""))])
    assert [(one.first, one.then, one.mothers, one.middle, one.longest) for one in found] == [
        ("received", "referred", 2, 21, 31), ("referred", "met", 1, 10, 10), ("met", "child", 1, 4, 4),
        ("received", "child", 1, 45, 45),
    ]  # fmt: skip


def test_an_exception_is_said_or_follows_from_no_social_worker_and_being_taken_on():
    assert is_exception(a_record("referral", exception=True))
    assert is_exception(a_record("referral", social_worker_allocated=False, pathway="both"))
    assert not is_exception(a_record("referral", social_worker_allocated=False, pathway="few"))
    assert not is_exception(a_record("referral", social_worker_allocated=True, pathway="tac"))


def test_days_are_counted_from_the_stay_in_which_she_was_referred():
    found = by_form((
        a_record("custody", event="remanded", from_date="2024-10-13", received_on="2024-10-13"),
        a_record("custody", event="bailed", from_date="2024-10-14"),
        a_record("custody", event="sentenced", from_date="2026-01-06", received_on="2026-01-06"),
        a_record("custody", event="released", from_date="2026-03-01"),
        a_record("referral", date="2026-01-14"),
    ))  # fmt: skip
    known = points_of(found, "")
    assert (known["received"], known["sentenced"], known["referred"]) == ("2026-01-06", "2026-01-06", "2026-01-14")


@pytest.mark.parametrize(("day", "year"), [
    ("2026-04-01", "2026-04-01"), ("2026-03-31", "2025-04-01"), ("2024-02-29", "2023-04-01"),
    ("2026-12-31", "2026-04-01"),
])  # fmt: skip
def test_a_year_of_the_service_begins_on_its_first_day(day: str, year: str):
    assert year_of(day) == year


def test_a_step_is_late_on_the_day_after_it_was_due():
    [goal] = plan_of(by_form((a_record("plan_step", step="Ask", due="2026-03-12"),)))
    assert goal.late("2026-03-12") == []
    assert len(goal.late("2026-03-13")) == 1


def test_a_step_that_was_done_on_a_day_that_nobody_knows_is_done():
    step = a_record("plan_step", step="Ask", due="2026-03-01", done_on=NotKnown())
    [goal] = plan_of(by_form((step,)))
    assert (goal.done, goal.late("2026-03-12"), due(step)) == (1, [], [])
