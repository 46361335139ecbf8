"""What is owed around visits, an adoption, a final contact and a life story, and until when."""

from decimal import Decimal

from tac_desktop.casework.answers import Declined, NotKnown
from tac_desktop.casework.case_view import CaseView
from tac_desktop.casework.chronology import chronology
from tac_desktop.casework.dues import by_form, dues
from tac_desktop.casework.farewell import farewells, story_of
from tac_desktop.casework.record import Record, case_file_id, derived_id
from tac_desktop.casework.visits import coming, over, so_far, waiting

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


def test_a_part_of_a_life_story_is_owed_once_whichever_draft_was_promised_until_one_is_passed_on():
    first = a_record("life_story", child="c", part="birth", draft=1, wanted_by="2026-05-01")
    second = a_record("life_story", child="c", part="birth", draft=2)
    other = a_record("life_story", child="d", part="birth", draft=1, wanted_by="2026-07-01")
    found = dues(by_form([first, second, other]))
    assert [(one.by, one.record_id) for one in found] == [("2026-05-01", second.id), ("2026-07-01", other.id)]
    passed = a_record("life_story", child="c", part="birth", draft=2, passed_on="2026-04-20")
    assert due(first, passed) == []


def test_support_is_owed_until_it_was_offered_and_not_where_nobody_knows_or_adoption_was_given_up():
    plan = a_record("adoption", child="c", stage="plan", date="2026-02-01")
    unknown = a_record("adoption", child="c", stage="matched", date="2026-03-01", support_offered=NotKnown())
    assert due(plan, unknown) == [("2026-02-01", "adoption_support")]
    assert due(plan, a_record("adoption", child="c", stage="not_going_ahead")) == []


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


def test_the_visits_so_far_count_why_some_were_not_held_and_what_the_others_cost():
    visits = [
        a_record("visit_request", kind="family_day", state="happened", transport_cost="12.50", for_day="2026-01-02"),
        a_record("visit_request", kind="family_day", state="happened", transport_cost="7.50", for_day="2026-02-02"),
        a_record("visit_request", kind="family_day", state="failed", transport_cost="9.00",
                 reasons=("no_space", "cost")),
        a_record("visit_request", kind="family_day", state="refused", reasons=("no_space",)),
        a_record("visit_request", kind="family_day", state="agreed"), a_record("visit_request", kind="family_day"),
    ]  # fmt: skip
    found = so_far(visits)
    assert (found.asked, found.happened, found.not_held, found.agreed, found.waiting) == (6, 2, 2, 1, 1)
    assert found.reasons == (("no_space", 2), ("cost", 1))
    assert found.cost == Decimal("20.00")
    assert {one.id for one in (*waiting(visits), *coming(visits), *over(visits))} == {one.id for one in visits}
    assert [one.text("for_day") for one in over(visits)[:2]] == ["2026-02-02", "2026-01-02"]


def test_of_a_life_story_the_newest_drafts_stand_in_the_order_of_reading():
    child = a_record("child", name="Mauve Anchor")
    parts = [
        a_record("life_story", child=child.id, part="wishes", text="A dog.", draft=1),
        a_record("life_story", child=child.id, part="birth", text="At dawn.", written_on="2026-01-01"),
        a_record("life_story", child=child.id, part="birth", text="At dawn, in snow.", written_on="2026-02-01"),
        a_record("life_story", child="another", part="why", text="Elsewhere."),
    ]
    assert [one.text("text") for one in story_of(by_form(parts), child.id)] == ["At dawn, in snow.", "A dog."]
    [found] = farewells(by_form([child, *parts]))
    assert len(found.parts) == 2
    assert farewells(by_form([child])) == []


def test_the_stages_of_an_adoption_tell_what_support_was_offered_and_where_she_was_referred():
    child = a_record("child", name="Mauve Anchor")
    matched = {"support_offered": ("counselling",), "referred_to": "Birth parents’ group", "referred_on": "2026-04-03"}
    [found] = farewells(by_form([
        child, a_record("adoption", child=child.id, stage="matched", date="2026-04", **matched),
        a_record("adoption", child=child.id, stage="plan", date="2026-02-01", support_offered=("legal_advice",)),
    ]))  # fmt: skip
    assert [stage.text("stage") for stage in found.stages] == ["plan", "matched"]
    assert found.support == ("counselling", "legal_advice")
    assert found.referrals == (("Birth parents’ group", "2026-04-03"),)


def test_the_chronology_tells_the_stages_of_an_adoption_and_a_final_contact_that_took_place():
    mother = a_record("mother", name="Puce Anchor", reference="EP-001")
    child = a_record("child", name="Mauve Anchor")
    records = by_form([
        mother, child, a_record("adoption", child=child.id, stage="matched", date="2026-04"),
        a_record("final_contact", child=child.id, date="2026-05-10", took_place=True),
        a_record("final_contact", child=child.id, date="2026-05-11", took_place=False),
        a_record("letterbox_letter", agreement="a", month="2026-05", direction="from_mother", draft="Dear Mauve"),
    ])  # fmt: skip
    told = chronology(CaseView(mother=mother, records=records, known_on="2026-06-01"))
    assert [(event.day, event.what) for event in told] == [
        ("2026-04", "Adoption of M.A.: matched with adopters"), ("2026-05-10", "Final contact of M.A. with the mother")
    ]  # fmt: skip


def test_what_was_done_on_a_day_that_nobody_knows_is_owed_no_more():
    unknown = {"risk_told_on": NotKnown(), "support_before_on": NotKnown("before my time"), "seen_after_on": NotKnown()}
    assert due(a_record("final_contact", child="c", date="2026-05-10", **unknown)) == []
    assert due(a_record("life_story", child="c", part="birth", wanted_by="2026-05-01", passed_on=NotKnown())) == []
    assert due(a_record("visit_request", state="asked", asked_on="2026-05-01", answered_on=NotKnown())) == []
    assert due(a_record("adoption", child="c", stage="plan", date="2026-02-01", offered_on=NotKnown())) == []
    assert len(due(a_record("final_contact", child="c", date="2026-05-10", risk_told_on=Declined()))) == 3
