"""What is owed around visits, an adoption, a final contact and a life story, and until when."""

from tac_desktop.casework.dues import by_form, dues
from tac_desktop.casework.record import Record, case_file_id, derived_id

CASE = case_file_id("EP-001")


def a_record(form: str, **answers: object) -> Record:
    record_id = derived_id(form, repr(answers))
    return Record(id=record_id, form=form, version=1, case_file=CASE, stream=CASE, answers=answers)


def due(*records: Record) -> list[tuple[str, str]]:
    return [(one.by, one.task) for one in dues(by_form(records))]


def test_before_a_final_contact_others_are_told_and_somebody_is_with_her_and_after_it_again():
    planned = {"child": "c", "date": "2026-05-10"}
    assert due(a_record("final_contact", **planned)) == [
        ("2026-05-09", "final_contact_before"), ("2026-05-09", "final_contact_risk"),
        ("2026-05-11", "final_contact_after"),
    ]  # fmt: skip
    cared = {"risk_told_on": "2026-05-08", "support_before_on": "2026-05-09"}
    assert due(a_record("final_contact", **planned, **cared)) == [("2026-05-11", "final_contact_after")]
    assert due(a_record("final_contact", **planned, **cared, took_place=True, seen_after_on="2026-05-10")) == []


def test_after_a_final_contact_that_was_called_off_she_is_seen_all_the_same():
    assert due(a_record("final_contact", child="c", date="2026-05-10", took_place=False)) == [
        ("2026-05-11", "final_contact_after")
    ]


def test_a_final_contact_without_a_day_asks_for_nothing_yet():
    assert due(a_record("final_contact", child="c")) == []


def test_support_is_offered_as_soon_as_adoption_is_the_plan_once_for_each_child():
    plan, matched = ({"child": "c", "stage": stage, "date": day} for stage, day in
                     (("plan", "2026-02-01"), ("matched", "2026-04")))  # fmt: skip
    assert due(a_record("adoption", **plan), a_record("adoption", **matched)) == [("2026-02-01", "adoption_support")]
    offered = a_record("adoption", **matched, support_offered=("counselling",))
    assert due(a_record("adoption", **plan), offered) == []
    ended = a_record("adoption", child="c", stage="not_going_ahead", date="2026-05")
    assert due(a_record("adoption", **plan), ended) == []


def test_a_part_of_a_life_story_that_was_promised_is_due_until_it_is_passed_on():
    promised = {"child": "c", "part": "birth", "wanted_by": "2026-06-01"}
    assert due(a_record("life_story", **promised)) == [("2026-06-01", "life_story")]
    assert due(a_record("life_story", **promised, passed_on="2026-05-20")) == []


def test_a_visit_that_was_asked_for_is_asked_about_again_after_two_weeks_or_on_its_day():
    assert due(a_record("visit_request", kind="family_day", asked_on="2026-03-01")) == [("2026-03-15", "visit_answer")]
    soon = a_record("visit_request", kind="family_day", asked_on="2026-03-01", for_day="2026-03-05", state="asked")
    assert due(soon) == [("2026-03-05", "visit_answer")]


def test_a_visit_that_was_agreed_is_due_on_its_day_until_it_is_told_how_it_went():
    agreed = {"kind": "family_day", "asked_on": "2026-03-01", "for_day": "2026-04-05"}
    assert due(a_record("visit_request", **agreed, state="agreed")) == [("2026-04-05", "visit")]
    assert due(a_record("visit_request", **agreed, state="failed", reasons=("no_space",))) == []
