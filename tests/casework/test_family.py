"""Who lives where with whom on a day, and what of it is not known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.family import Picture, change_days, picture
from tac_desktop.casework.family_words import (
    heading_of,
    lines_of,
    mother_in_words,
    spoken,
    title_of,
    together_in_words,
)
from tac_desktop.casework.record import Record
from tac_desktop.casework.who_decides import responsibility_in_words
from tac_desktop.casework.wording import child_name

DAY = "2026-03-01"


def record(form: str, record_id: str, **answers: Answer) -> Record:
    return Record(id=record_id, form=form, version=1, case_file="m", stream="m", answers=answers)


def named(one: Record) -> str:
    return one.text("name") if one.form != "child" else child_name(one)


MOTHER = record("mother", "m", name="Puce Anchor", prison="EP")
MAUVE = record("child", "mauve", name="Mauve Anchor", date_of_birth="2018-05-04")
TEAL = record("child", "teal", name="Teal Anchor", date_of_birth="2021-09-20")
HAZEL = record("child", "hazel", name="Hazel Anchor", date_of_birth="2025-08-30")


def home(child: str, since: str = "", until: str = "", record_id: str = "", **answers: Answer) -> Record:
    days: dict[str, Answer] = {"from_date": since} if since else {}
    if until:
        days["to_date"] = until
    return record("placement", record_id or f"home-{child}-{since}", child=child, **days, **answers)


def family(*records: Record, day: str = DAY) -> Picture:
    return picture(by_form([MOTHER, *records]), day)


def in_homes(seen: Picture) -> list[tuple[str, list[str]]]:
    return [(one.kind, [child.child.id for child in one.children]) for one in seen.households]


def test_children_with_one_household_mark_live_together_and_the_others_apart():
    seen = family(
        HAZEL, TEAL, MAUVE, home("mauve", "2026-01-06", household="H1"), home("teal", "2026-01-06", household=" h1 "),
        home("hazel", "2026-01-06", household="H2"),
    )  # fmt: skip
    assert in_homes(seen) == [("home", ["mauve", "teal"]), ("home", ["hazel"])]
    assert seen.are_apart
    assert together_in_words(seen, named) == (
        "Brothers and sisters live apart, in 2 homes: Mauve Anchor and Teal Anchor; Hazel Anchor."
    )


def test_without_a_mark_the_same_carers_are_one_home_and_nothing_else_is():
    people = (record("person", "ruby", name="Ruby Harbour", roles=("foster_carer",)),)
    by_people = [home(child, "2026", carers=("ruby",), arrangement="foster_care") for child in ("mauve", "teal")]
    seen = family(MAUVE, TEAL, *people, *by_people)
    assert in_homes(seen) == [("home", ["mauve", "teal"])]
    assert title_of(seen.households[0], named) == "Foster care: Ruby Harbour, foster carer"
    by_words = [home(child, "2026", carer="Ruby  Harbour") for child in ("mauve", "teal")]
    assert in_homes(family(MAUVE, TEAL, *by_words)) == [("home", ["mauve", "teal"])]
    unsaid = [home(child, "2026", arrangement="foster_care") for child in ("mauve", "teal")]
    assert in_homes(family(MAUVE, TEAL, *unsaid)) == [("home", ["mauve"]), ("home", ["teal"])]


def test_a_baby_on_the_unit_lives_with_the_mother_and_an_unborn_one_lives_nowhere():
    expected = record("child", "umber", unborn=True, due_date="2026-05-03")
    seen = family(
        HAZEL, MAUVE, expected, home("hazel", "2025-12-01", arrangement="mbu_with_mother"),
        home("umber", arrangement="unborn", at_referral=True),
    )  # fmt: skip
    assert in_homes(seen) == [("unit", ["hazel"]), ("not_recorded", ["mauve"]), ("unborn", ["umber"])]
    assert heading_of(seen.households[2].children[0], DAY, named) == "Not named yet, due 3 May 2026"
    assert heading_of(seen.households[0].children[0], DAY, named) == "Hazel Anchor, 6 months"
    assert together_in_words(seen, named) == "Hazel Anchor has a home. Where Mauve Anchor lives is not recorded."


def test_on_an_earlier_day_the_home_of_that_day_is_shown_and_nobody_who_was_not_on_the_way():
    moved = (home("mauve", "2024-02", "2026-01-06", household="H1"), home("mauve", "2026-01-06", household="H2"))
    for day, mark in (("2024-01-31", ""), ("2024-02-01", "H1"), ("2026-01-05", "H1"), ("2026-01-06", "H2")):
        seen = family(MAUVE, HAZEL, *moved, day=day)
        where = seen.born[0].home
        assert (where.text("household") if where else "") == mark, day
        assert ("hazel" in [one.child.id for home in seen.households for one in home.children]) is (day > "2024-11")


def test_a_home_without_a_beginning_holds_until_one_that_has_one_and_does_not_come_back():
    first, second = home("mauve", at_referral=True, household="H1"), home("mauve", "2025-03-01", "2025-06-30")
    marks = [family(MAUVE, first, second, day=day).born[0].home for day in ("2025-02-28", "2025-03-01", "2025-07-01")]
    assert marks == [first, second, None]


def test_a_home_that_ends_in_a_month_lasts_until_its_end():
    assert family(MAUVE, home("mauve", "2025", "2026-03"), day="2026-03-31").born[0].home
    assert family(MAUVE, home("mauve", "2025", "2026-03"), day="2026-04-01").born[0].home is None


def test_of_two_homes_for_one_day_the_later_is_shown_and_the_other_is_told():
    seen = family(MAUVE, home("mauve", "2025-01-01", arrangement="foster_care"), home("mauve", "2025-09-01"))
    [there] = seen.born
    assert there.home is not None
    assert there.home.text("from_date") == "2025-09-01"
    told = [line for line in lines_of(there, DAY) if line.label == "Two homes"]
    assert [(line.known, line.words.startswith("Foster care is recorded")) for line in told] == [(False, True)]


def test_what_is_not_recorded_is_said_in_words():
    [there] = family(MAUVE, home("mauve", arrangement="foster_care")).born
    unknown = {line.label: line.words for line in lines_of(there, DAY) if not line.known}
    assert unknown == {
        "There since": "not recorded",
        "Social worker": "not recorded",
        "Who decides": "the mother by law, until an adoption (Children Act 1989, section 2); nothing is recorded",
        "Order": "none is recorded",
        "Plan": "not recorded",
        "Contact": "nothing agreed is recorded",
        "Next review": "not recorded",
    }


def test_who_decides_comes_from_what_is_recorded_and_from_the_orders_that_hold():
    order = record("order", "o", order_type="interim_care_order", children=("mauve",), made_on="2026-02-20")
    hers = record("parental_responsibility", "p", child="mauve", who="mother", status="disputed_misinformed",
                  source="birth_certificate", since="2018-05-04")  # fmt: skip
    his = record("parental_responsibility", "q", child="mauve", who="father", holds=False, source="told_by_family")
    [there] = family(MAUVE, order, hers, his).born
    [decides] = [line for line in lines_of(there, DAY) if line.label == "Who decides"]
    assert decides.words == (
        "the mother, although she was told otherwise (birth certificate); not the father (the family said so); "
        "the local authority, by the interim care order"
    )
    recorded = record("parental_responsibility", "r", child="mauve", who="local_authority", holds=True, source="order")
    [there] = family(MAUVE, order, hers, his, recorded).born
    assert [line for line in lines_of(there, DAY) if line.label == "Who decides"] == [decides]  # said once
    adopted = record("order", "a", order_type="adoption_order", children=("mauve",), made_on="2026-02-01")
    [there] = family(MAUVE, adopted, hers).born
    [decides] = [line for line in lines_of(there, DAY) if line.label == "Who decides"]
    assert decides.words == "no longer the mother (court order); the adopters, by the adoption order"
    assert responsibility_in_words(there, DAY) == "no longer the mother (court order)"
    [there] = family(MAUVE, hers, his).born
    assert responsibility_in_words(there, DAY) == (
        "the mother, although she was told otherwise (birth certificate); not the father (the family said so)"
    )
    assert responsibility_in_words(family(MAUVE, his).born[0], DAY) == "not the father (the family said so)"
    assert responsibility_in_words(family(MAUVE).born[0], DAY) == ""
    [before] = family(MAUVE, order, hers, day="2026-02-19").born
    assert "local authority" not in spoken(family(MAUVE, order, day="2026-02-19").households[0], DAY, named)
    assert before.orders == ()
    ended = record("order", "o", order_type="care_order", children=("mauve",), made_on="2020-01-01", ended_on=DAY)
    assert family(MAUVE, ended).born[0].orders == ()


def test_social_worker_plan_contact_and_review_are_those_of_the_day():
    records = (
        record("childrens_social_worker", "s", name="Coral Bracket", children=("mauve",), from_date="2025-06-15"),
        record("plan_status", "cp", child="mauve", status="cp", from_date="2025-01-01", to_date="2025-12-31"),
        record("plan_status", "lac", child="mauve", status="lac", from_date="2026-01-01", next_review="2026-04-02"),
        record("contact_plan", "c", children=("mauve",), kind="phone", times=2, per="week", since="2026-01-01"),
        record("contact_plan", "s", children=("mauve",), kind="sibling", per="month", since="2026-01-01"),
    )
    said = {line.label: line.words for line in lines_of(family(MAUVE, *records).born[0], DAY)}
    assert said["Social worker"] == "Coral Bracket, since 15 June 2025"
    assert said["Plan"] == "Looked after child, since 1 January 2026"
    assert said["Contact"] == "Phone calls, 2 times each week"
    assert said["Next review"] == "2 April 2026"
    then = {
        line.label: line.words for line in lines_of(family(MAUVE, *records, day="2025-12-31").born[0], "2025-12-31")
    }
    assert then["Plan"] == "Child protection plan, since 1 January 2025"
    assert then["Next review"] == "not recorded"


def test_the_mother_stands_in_the_picture_with_her_prison_or_outside():
    assert mother_in_words(family(), named) == ("Puce Anchor", "HMP Eastwood Park")
    out = record("custody", "c", event="released", from_date="2026-02-01")
    assert mother_in_words(family(out), named)[1].startswith("Released")
    assert together_in_words(family(), named) == "No child is recorded that was born by this day."


_DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31)).map(date.isoformat)
_PARTIAL = _DAYS.flatmap(lambda day: st.sampled_from(["", day, day[:7], day[:4]]))
_CHILDREN = ("mauve", "teal", "hazel", "umber", "ochre")


@st.composite
def _children(draw: st.DrawFn) -> list[Record]:
    made: list[Record] = []
    for name in draw(st.lists(st.sampled_from(_CHILDREN), unique=True)):
        answers: dict[str, Answer] = {"name": name}
        kind = draw(st.sampled_from(["born", "unborn", "unknown"]))
        if kind == "born":
            answers["date_of_birth"] = draw(_DAYS)
        if kind == "unborn":
            answers["unborn"] = True
            answers["due_date"] = draw(_DAYS)
        made.append(record("child", name, **answers))
    return made


@st.composite
def _homes(draw: st.DrawFn) -> list[Record]:
    made: list[Record] = []
    for number in range(draw(st.integers(0, 8))):
        answers: dict[str, Answer] = {
            "from_date": draw(_PARTIAL), "to_date": draw(_PARTIAL),
            "household": draw(st.sampled_from(["", "H1", "h1 "])), "carer": draw(st.sampled_from(["", "Ruby"])),
            "at_referral": draw(st.booleans()),
            "arrangement": draw(st.sampled_from(["", "foster_care", "mbu_with_mother", "unborn", "adopted"])),
        }  # fmt: skip
        answers = {name: answer for name, answer in answers.items() if answer != ""}
        made.append(record("placement", f"h{number}", child=draw(st.sampled_from(_CHILDREN)), **answers))
    return made


@given(children=_children(), homes=_homes(), day=_DAYS)
def test_any_placements_give_each_born_child_one_place_or_none_that_is_recorded_and_show_nobody_twice(
    children: list[Record], homes: list[Record], day: str
):
    seen = family(*children, *homes, day=day)
    shown = [one.child.id for home in seen.households for one in home.children]
    assert len(shown) == len(set(shown))
    born = {
        child.id for child in children
        if (child.text("date_of_birth") <= day if child.text("date_of_birth") else "unborn" not in child.answers)
    }  # fmt: skip
    assert {one.child.id for one in seen.born} == born
    for home in seen.households:
        for one in home.children:
            assert (one.home is None) is (home.kind in ("not_recorded", "unborn"))
            if one.home is not None:
                assert one.home.text("child") == one.child.id
                assert one.home.text("from_date") <= day
        assert spoken(home, day, named)
    assert together_in_words(seen, named)


@pytest.mark.parametrize("day", ["2026-01-06", "2026-01-07"])
def test_on_the_day_of_a_move_the_child_is_in_the_new_home_and_no_second_one_is_told(day: str):
    [there] = family(MAUVE, home("mauve", "2025-01-01", "2026-01-06"), home("mauve", "2026-01-06"), day=day).born
    assert there.home is not None
    assert there.home.text("from_date") == "2026-01-06"
    assert there.also == ()


def test_what_is_no_date_in_a_record_from_elsewhere_breaks_nothing():
    odd = record("child", "odd", name="Odd", date_of_birth="2021-13-45")
    seen = family(odd, MAUVE, home("odd", "2025-99-99", "later"), home("mauve", "20xx", "2025-02-31"))
    for one in seen.households:
        assert spoken(one, DAY, named)
    assert change_days({"child": [odd, MAUVE], "placement": [home("mauve", "soon", "2025-02-31")]}, DAY) == [
        "2018-05-04"
    ]


@pytest.mark.parametrize(("born", "age"), [
    ("2026-03-01", "born today"), ("2026-02-28", "1 day"), ("2026-02-02", "27 days"), ("2026-02-01", "1 month"),
    ("2024-03-02", "23 months"), ("2024-03-01", "2"), ("2024-02-29", "2"),
])  # fmt: skip
def test_a_newborn_is_told_in_days_a_small_child_in_months(born: str, age: str):
    assert heading_of(picture(by_form([record("child", "c", name="Pip", date_of_birth=born)]), DAY).born[0], DAY, named
                      ) == f"Pip, {age}"  # fmt: skip
