"""What cannot be beside the other records of a case file is refused; what is unlikely is asked about."""

import pytest

from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer, NotKnown
from tac_desktop.casework.checks_of_case import RULES, case_doubts, case_problems, needed
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.order_rules import CONTRADICTING
from tac_desktop.casework.record import Record

TODAY = "2026-03-12"


def record(form: str, record_id: str, **answers: Answer) -> Record:
    return Record(id=record_id, form=form, version=1, case_file="m", stream="m", answers=answers)


MOTHER = record("mother", "m", name="Puce Anchor", prison="EP")
MAUVE = record("child", "mauve", name="Mauve Anchor", date_of_birth="2018-05-04")
UMBER = record("child", "umber", name="Umber Anchor", unborn=True, due_date="2026-06-01")
FAMILY = (MOTHER, MAUVE, UMBER)


def problems(form: str, *beside: Record, own: str = "", **answers: Answer) -> dict[str, str]:
    return case_problems(form, answers, by_form([*FAMILY, *beside]), TODAY, own)


def doubts(form: str, *beside: Record, own: str = "", **answers: Answer) -> dict[str, str]:
    return {one.field: one.rule for one in case_doubts(form, answers, by_form([*FAMILY, *beside]), TODAY, own)}


def test_every_rule_is_about_forms_and_fields_that_there_are():
    for rule in RULES:
        assert {rule.form, *rule.needs} <= set(forms.ALL)
    assert needed("placement") >= {"child", "placement", "order", "mother", "person"}
    assert needed("retention") == frozenset()


def test_a_child_lives_nowhere_before_it_is_born():
    assert list(problems("placement", child="mauve", from_date="2018-05-03")) == ["from_date"]
    assert list(problems("placement", child="mauve", from_date="2017")) == ["from_date"]
    assert list(problems("placement", child="mauve", to_date="2018-04")) == ["to_date"]
    assert problems("placement", child="mauve", from_date="2018") == {}
    assert problems("placement", child="mauve", from_date="2018-05-04") == {}
    assert problems("placement", child="mauve", from_date="2018-01-01", arrangement="unborn") == {}
    assert problems("placement", child="mauve", from_date=NotKnown()) == {}
    lived = record("placement", "p", child="mauve", from_date="2018-06-01")
    assert list(problems("child", lived, own="mauve", name="Mauve", date_of_birth="2018-07-01")) == ["date_of_birth"]
    assert problems("child", lived, own="mauve", name="Mauve", date_of_birth="2018-06-01") == {}
    assert problems("child", lived, own="umber", name="Umber", date_of_birth="2018-07-01") == {}


def test_a_child_is_younger_than_its_mother():
    her = record("mother", "m", name="Puce Anchor", date_of_birth="1991-03-27")
    for born in ("1991-03-27", "1990-12-01", "1991"):
        assert list(case_problems("child", {"date_of_birth": born}, {"mother": [her]}, TODAY)) == ["date_of_birth"]
    assert case_problems("child", {"date_of_birth": "2018"}, {"mother": [her]}, TODAY) == {}
    assert list(problems("mother", own="m", name="Puce Anchor", date_of_birth="2018-05-04")) == ["date_of_birth"]
    assert problems("mother", own="m", name="Puce Anchor", date_of_birth="1991-03-27") == {}
    assert problems("mother", own="m", name="Puce Anchor", date_of_birth=NotKnown()) == {}


def test_a_child_that_is_not_born_has_no_household():
    assert list(problems("placement", child="umber", household="H1")) == ["household"]
    assert problems("placement", child="umber", arrangement="unborn") == {}
    lived = record("placement", "p", child="mauve", household="H1")
    assert list(problems("child", lived, own="mauve", name="Mauve", unborn=True)) == ["unborn"]


def test_a_child_belongs_to_the_file_of_its_mother():
    assert list(case_problems("child", {"name": "Mauve"}, {}, TODAY)) == ["name"]
    assert problems("child", name="Mauve") == {}


@pytest.mark.parametrize(("since", "until", "asked"), [
    ("2026-01-06", "", {"from_date": "two_homes"}), ("2025-01-01", "", {"to_date": "two_homes"}),
    ("2025-01-01", "2025-09-01", {}), ("2025-01-01", "2025-09-02", {"to_date": "two_homes"}),
    ("2025-09-01", "", {"from_date": "two_homes"}), ("2025", "2025-08", {}),
])  # fmt: skip
def test_two_homes_at_one_time_are_asked_about(since: str, until: str, asked: dict[str, str]):
    there = record("placement", "p", child="mauve", from_date="2025-09-01", arrangement="foster_care")
    days: dict[str, Answer] = {"from_date": since, **({"to_date": until} if until else {})}
    assert doubts("placement", there, child="mauve", **days) == asked
    assert problems("placement", there, child="mauve", **days) == {}
    assert doubts("placement", there, child="umber", **days) == {}


def test_a_home_rests_on_an_order_about_the_child_that_holds():
    ended = record("order", "o", order_type="care_order", children=("mauve",), made_on="2020-01-01",
                   ended_on="2025-01-01")  # fmt: skip
    rests = {"child": "mauve", "order": "o"}
    assert doubts("placement", ended, from_date="2021-01-01", **rests) == {"order": "order_ended"}
    assert doubts("placement", ended, from_date="2021-01-01", to_date="2024-12-31", **rests) == {}
    assert list(problems("placement", ended, from_date="2025-01-02", **rests)) == ["order"]
    assert list(problems("placement", ended, child="umber", order="o")) == ["order"]
    to_end = record("order", "o", **{**ended.answers, "ended_on": "2026-05-01"})
    assert doubts("placement", to_end, from_date="2021-01-01", **rests) == {}, "it holds until then"
    lives = record("placement", "p", child="mauve", order="o", from_date="2021-01-01")
    care = {"order_type": "care_order", "children": ("mauve",), "made_on": "2020-01-01"}
    assert doubts("order", lives, own="o", ended_on="2025-01-01", **care) == {"ended_on": "order_ended"}
    assert doubts("order", lives, own="o", ended_on="2026-05-01", **care) == {}


def test_a_carer_with_the_mother_s_name_is_asked_about_unless_the_child_is_with_her():
    lives = {"child": "mauve", "carer": "puce  anchor, grandmother"}
    assert doubts("placement", arrangement="foster_care", **lives) == {"carer": "carer_is_mother"}
    assert doubts("placement", arrangement="mbu_with_mother", **lives) == {}
    assert doubts("placement", child="mauve", arrangement="foster_care", carer="Puce Kettle") == {}
    same = record("person", "x", name="Puce Anchor")
    linked = doubts("placement", same, child="mauve", arrangement="foster_care", carers=("x",))
    assert linked == {"carers": "carer_is_mother"}
    assert doubts("person", name="Puce Anchor") == {"name": "relative_is_mother"}


def test_no_order_is_made_about_a_child_before_its_birth():
    assert list(problems("order", order_type="care_order", children=("mauve",), made_on="2018-05-03")) == ["made_on"]
    assert list(problems("order", order_type="care_order", children=("umber",), made_on=TODAY)) == ["children"]
    assert problems("order", order_type="non_molestation_restraining", children=("umber",), made_on=TODAY) == {}


@pytest.mark.parametrize(("one", "other"), [
    ("care_order", "special_guardianship_order"), ("interim_care_order", "child_arrangements_order"),
    ("special_guardianship_order", "child_arrangements_order"), ("adoption_order", "care_order"),
])  # fmt: skip
def test_orders_that_contradict_each_other_are_asked_about_as_long_as_both_hold(one: str, other: str):
    first = record("order", "o", order_type=one, children=("mauve",), made_on="2024-01-01")
    wanted: dict[str, Answer] = {"order_type": other, "children": ("mauve",), "made_on": "2025-01-01"}
    assert doubts("order", first, **wanted) == {"order_type": "orders"}
    assert doubts("order", first, **{**wanted, "children": ("umber",)}) == {}
    over = record("order", "o", **{**first.answers, "ended_on": "2025-01-01"})
    assert doubts("order", over, **wanted) == {}
    late = {**wanted, "made_on": "2023-01-01"}
    assert doubts("order", first, **late) == {"ended_on": "orders"}
    assert doubts("order", first, **late, ended_on="2024-01-01") == {}


def test_that_no_order_is_known_speaks_against_those_that_hold_and_never_against_one_that_came_later():
    none: dict[str, Answer] = {"order_type": "none_known", "children": ("mauve",)}
    care: dict[str, Answer] = {"order_type": "care_order", "children": ("mauve",), "made_on": "2025-01-01"}
    for made_on in ("", "2024-01-01", "2025-06-01"):
        assert doubts("order", record("order", "o", **none, made_on=made_on), **care) == {}
    assert doubts("order", record("order", "o", **care), **none) == {"order_type": "orders"}
    assert doubts("order", record("order", "o", **care), **none, made_on="2024-01-01") == {}
    assert doubts("order", record("order", "o", **care, ended_on="2025-12-01"), **none) == {}


def test_an_adoption_order_is_asked_about_beside_a_record_that_says_she_holds_responsibility():
    holds = record("parental_responsibility", "r", child="mauve", who="mother", status="mother_has_pr", since="2018")
    order: dict[str, Answer] = {"order_type": "adoption_order", "children": ("mauve",), "made_on": "2025-01-01"}
    assert doubts("order", holds, **order) == {"order_type": "adoption_and_pr"}
    over = record("parental_responsibility", "r", **holds.answers, until="2025-01-01")
    assert doubts("order", over, **order) == {}
    her_partner_adopted = record("parental_responsibility", "r", **{**holds.answers, "since": "2025-02-01"})
    assert doubts("order", her_partner_adopted, **order) == {}


def test_care_order_and_contact_or_placement_order_may_stand_together():
    assert frozenset({"care_order", "contact_order"}) not in CONTRADICTING
    assert frozenset({"care_order", "placement_order"}) not in CONTRADICTING


def test_adoption_and_her_parental_responsibility_are_asked_about_from_both_sides():
    holds = record("child", "teal", name="Teal", date_of_birth="2019-01-01", parental_responsibility="shared")
    adoption: dict[str, Answer] = {"order_type": "adoption_order", "children": ("teal",), "made_on": "2025-01-01"}
    assert doubts("order", holds, **adoption) == {"order_type": "adoption_and_pr"}
    made = record("order", "o", **adoption)
    asked = {"parental_responsibility": "adoption_and_pr"}
    assert doubts("child", made, own="teal", name="Teal", parental_responsibility="shared") == asked
    hers: dict[str, Answer] = {"child": "teal", "who": "mother", "status": "mother_has_pr"}
    assert doubts("parental_responsibility", made, **hers, since="2025-02-01") == {"status": "adoption_and_pr"}
    assert doubts("parental_responsibility", made, **hers, since="2019-01-01") == {}
    assert doubts("parental_responsibility", made, **{**hers, "status": "lost_adoption"}) == {}
    assert list(problems("parental_responsibility", child="mauve", since="2018-05-03")) == ["since"]


def test_episodes_follow_one_another():
    first = record("episode", "e", opened="2025-01-01", closed="2025-06-01")
    assert problems("episode", first, opened="2025-06-01") == {}
    assert list(problems("episode", first, opened="2025-05-31")) == ["opened"]
    assert list(problems("episode", first, opened="2024-12-01")) == ["closed"]
    assert problems("episode", first, opened="2024-12-01", closed="2025-01-01") == {}
    still = record("episode", "e", opened="2025-01-01")
    assert list(problems("episode", still, opened="2026-01-01")) == ["opened"]
    both: dict[str, Answer] = {"opened": "2024-12-01", "closed": "2025-02-01"}
    assert problems("episode", first, **both) == {}
    assert doubts("episode", first, **both) == {"closed": "episodes_at_once"}


def test_nobody_met_or_heard_a_child_before_its_birth():
    met: dict[str, Answer] = {"at": "2018-05-03T10:00", "with_whom": ("mother", "child")}
    assert list(problems("contact", **met, children=("mauve",))) == ["children"]
    assert list(problems("contact", **met, children=("mauve", "umber"))) == ["children"]
    assert problems("contact", **{**met, "with_whom": ("childrens_sw",)}, children=("mauve",)) == {}
    assert problems("contact", **{**met, "at": "2018-05-04T10:00"}, children=("mauve", "umber")) == {}
    for form in ("child_view", "told_child"):
        assert list(problems(form, child="mauve", date="2018-05-03")) == ["date"]
        assert list(problems(form, child="umber")) == ["child"]
        assert problems(form, child="mauve", date="2018-05-04") == {}


def test_what_was_planned_for_an_unborn_child_does_not_stand_against_its_birth():
    planned = record("placement", "p", child="umber", arrangement="unborn", from_date="2026-01-01")
    assert problems("child", planned, own="umber", name="Umber", date_of_birth="2026-03-01") == {}


@pytest.mark.parametrize(("order", "ended"), [
    ("care_order", "supervision_order"), ("care_order", "prohibited_steps_order"),
    ("placement_order", "supervision_order"), ("placement_order", "specific_issue_order"),
    ("adoption_order", "emergency_protection_order"), ("adoption_order", "special_guardianship_order"),
])  # fmt: skip
def test_an_order_is_known_to_end_the_other_by_a_law_that_is_named(order: str, ended: str):
    assert "Act" in CONTRADICTING[frozenset({order, ended})]
