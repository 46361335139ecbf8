"""Who a child's social worker is, since when, and whether the mother was told: from dated records, some undated."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.allocation import changes, on_day, professionals_round, together
from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.checks_of_case import case_doubts, case_problems
from tac_desktop.casework.dues import dues
from tac_desktop.casework.record import Record

TODAY = "2026-11-21"


def record(form: str, record_id: str, **answers: Any) -> Record:
    return Record(id=record_id, form=form, version=1, case_file="case", stream="case", answers=answers)


TEAL = record("child", "teal", name="Teal Anchor")


def worker(known_as: str, from_date: str = "", to_date: str = "", **more: Any) -> Record:
    days = {key: day for key, day in (("from_date", from_date), ("to_date", to_date)) if day}
    answers = {"name": known_as, "children": ("teal",)} | days | more
    return record("childrens_social_worker", known_as.casefold(), **answers)


def due(*workers: Record, child: Record = TEAL, **others: list[Record]) -> list[tuple[str, str, str]]:
    found = dues({"child": [child], "childrens_social_worker": list(workers), **others})
    return [(one.by, one.task, one.record_id) for one in found]


def test_the_last_who_took_over_is_it_and_the_one_before_on_an_earlier_day():
    workers = [worker("Umber", "2025-02-01", "2026-01-31"), worker("Ochre", "2026-02-01")]
    assert on_day(TEAL, workers, TODAY).record is workers[1]
    assert on_day(TEAL, workers, TODAY).since == "2026-02-01"
    assert on_day(TEAL, workers, "2026-01-31").record is workers[0]
    assert on_day(TEAL, workers, "2024-01-01").state == "not_recorded"


def test_where_one_has_left_and_nobody_followed_nobody_knows_since_that_day_and_somebody_has_to_ask():
    left = worker("Umber", "2025-02-01", "2026-10-01")
    now = on_day(TEAL, [left], TODAY)
    assert (now.state, now.since, now.last) == ("unknown", "2026-10-01", left)
    assert due(left) == [("2026-10-08", "find_social_worker", "umber")]


@pytest.mark.parametrize("unknown", [
    worker("", "2026-11-02", current_unknown=True), worker("x", "2026-11-02", name=NotKnown("moved on")),
])  # fmt: skip
def test_that_nobody_knows_is_said_with_a_day_and_stays_until_somebody_is_named(unknown):
    before = worker("Umber", "2025-02-01")
    now = on_day(TEAL, [before, unknown], TODAY)
    assert (now.state, now.since, now.last) == ("unknown", "2026-11-02", before)
    assert due(before, unknown) == [("2026-11-09", "find_social_worker", unknown.id)]
    named = worker("Ochre", "2026-11-10", mother_told="2026-11-12")
    assert on_day(TEAL, [before, unknown, named], TODAY).record is named
    assert due(before, unknown, named) == []


def test_who_is_learned_afterwards_ends_that_nobody_knew_whatever_day_she_began():
    unknown = record(
        "childrens_social_worker", "01a1fd70-f1c0-7249-b08d-7d1e79156796", children=("teal",), current_unknown=True,
        from_date="2026-11-02",
    )  # fmt: skip
    learned = record(
        "childrens_social_worker", "01a1fe70-f1c0-7249-b08d-7d1e79156796", children=("teal",), name="Ochre",
        from_date="2026-10-01", mother_told="2026-11-20",
    )  # fmt: skip
    assert on_day(TEAL, [unknown, learned], TODAY).record is learned
    earlier = record("childrens_social_worker", "01a1fc70-f1c0-7249-b08d-7d1e79156796", **learned.answers)
    assert on_day(TEAL, [unknown, earlier], TODAY).state == "unknown"
    a_moment = unknown.id[:13]  # of what was written in one minute chance alone says which came first
    for chance in ("-7000-8000-000000000000", "-7fff-bfff-ffffffffffff"):
        of_then = record("childrens_social_worker", a_moment + chance, **learned.answers)
        assert on_day(TEAL, [unknown, of_then], TODAY).state == "unknown"


def test_what_asks_for_something_stands_first_and_children_of_whom_the_same_is_told_together():
    names = ("Lost", "Untold", "Told", "Told too", "Never", "None")
    children = [record("child", name, name=name, date_of_birth=f"201{n}-01-01") for n, name in enumerate(names)]
    children[-1] = record("child", "None", social_worker_allocated=False)
    workers = [
        worker("Umber", "2026-01-01", "2026-02-01", children=("Lost",)),
        worker("Ochre", "2026-01-01", children=("Untold",)),
        worker("Sepia", "2026-01-01", children=("Told", "Told too"), mother_told="2026-01-02"),
    ]
    found = [([child.id for child in several], now.state) for several, now in together(children, workers, TODAY)]
    assert found == [
        (["Lost"], "unknown"), (["Never"], "not_recorded"), (["Untold"], "named"), (["Told", "Told too"], "named"),
        (["None"], "none"),
    ]  # fmt: skip


def test_she_has_to_be_told_of_who_took_over_on_a_day_but_not_of_names_from_the_case_tracker():
    assert due(worker("Ochre", "2026-11-10")) == [("2026-11-17", "tell_social_worker", "ochre")]
    assert due(worker("Ochre", "2026-11-10", mother_told="2026-11-11")) == []
    assert due(worker("Ochre", "2026-11-10", mother_told=NotKnown("before my time"))) == []
    assert due(worker("Ochre")) == []


def test_a_child_that_was_said_to_have_none_needs_no_asking():
    none = record("child", "teal", name="Teal Anchor", social_worker_allocated=False)
    assert on_day(none, [worker("Umber", "2025-02-01", "2026-10-01")], TODAY).state == "none"
    assert due(worker("Umber", "2025-02-01", "2026-10-01"), child=none) == []


def test_nothing_is_due_in_a_closed_case_file():
    closed = [record("episode", "e", opened="2025-01-01", closed="2026-09-01")]
    returned = [record("tracker_return", "r", tracker_form="closure", received="2026-09-02")]
    left = worker("Umber", "2025-02-01", "2026-08-01")
    assert due(left, episode=closed, tracker_return=returned) == []


def test_the_link_of_a_workbook_from_the_child_counts_as_well():
    child = record("child", "teal", name="Teal Anchor", social_worker="umber")
    assert on_day(child, [worker("Umber", children=())], TODAY).state == "named"


def test_changes_are_counted_for_a_child_and_a_year_and_one_who_comes_back_is_no_change():
    workers = [
        worker("Umber", "2025-02-01", "2025-12-31"), worker("Ochre", "2026-01-01", "2026-03-01"),
        worker("", "2026-03-02", "2026-04-01", current_unknown=True), worker("Sepia", "2026-04-01", "2026-06-01"),
        record("childrens_social_worker", "again", name="OCHRE", children=("teal",), from_date="2026-06-02"),
    ]  # fmt: skip
    assert changes(TEAL, workers) == 2
    assert changes(TEAL, workers, "2026-02-01", TODAY) == 1
    assert [one.id for one in professionals_round([TEAL], workers, TODAY)] == ["again"]


def test_two_of_different_teams_at_one_time_are_both_told_and_who_follows_in_a_team_takes_the_place():
    court = worker("Umber", "2026-01-01", team="court_team")
    locality = worker("Ochre", "2026-02-01", team="locality_cin_cp")
    now = on_day(TEAL, [court, locality], TODAY)
    assert (now.record, now.others) == (locality, (court,))
    followed = worker("Sepia", "2026-03-01", team="court_team")
    assert on_day(TEAL, [court, locality, followed], TODAY).others == (locality,)
    assert on_day(TEAL, [court, worker("Ochre", "2026-02-01")], TODAY).others == ()


def test_a_name_and_that_nobody_knows_cannot_stand_together():
    both = {"name": "Umber", "current_unknown": True}
    assert set(case_problems("childrens_social_worker", both, {}, TODAY)) == {"current_unknown"}
    for one in ({"name": "Umber"}, {"current_unknown": True}, {"name": "Umber", "current_unknown": False}):
        assert case_problems("childrens_social_worker", one, {}, TODAY) == {}


def test_somebody_who_is_recorded_already_is_asked_about_and_who_comes_back_is_not():
    records = {"childrens_social_worker": [worker("Umber", "2026-01-01")]}
    again = {"name": "UMBER", "children": ("teal",)}
    assert [one.field for one in case_doubts("childrens_social_worker", again, records, TODAY)] == ["name"]
    ended = {"childrens_social_worker": [worker("Umber", "2026-01-01", "2026-02-01")]}
    assert case_doubts("childrens_social_worker", again, ended, TODAY) == []
    assert case_doubts("childrens_social_worker", {**again, "children": ("mauve",)}, records, TODAY) == []


DAYS = st.dates().map(lambda day: day.replace(year=2020 + day.year % 8).isoformat() if day.day < 29 else "2024-05-05")
PARTS = DAYS.flatmap(lambda day: st.sampled_from([day, day[:7], day[:4], ""]))


@given(st.lists(st.tuples(PARTS, PARTS, st.booleans()), max_size=5), DAYS)
def test_somebody_whose_time_is_over_or_has_not_begun_is_never_named_as_who_it_is_now(spans, today):
    workers = [
        worker(f"W{n}", begun, ended, **({"current_unknown": True} if unknown else {}))
        for n, (begun, ended, unknown) in enumerate(spans)
    ]
    now = on_day(TEAL, workers, today)
    if now.record is not None:
        assert now.record.text("from_date") <= today
        until = now.record.text("to_date")
        assert not until or until >= today[: len(until)]
    assert dues({"child": [TEAL], "childrens_social_worker": workers}) is not None
    if any(not ended and begun <= today for begun, ended, _ in spans):
        assert now.state in ("named", "unknown")


@pytest.mark.parametrize(("answers", "by"), [
    ({"asked_on": "2026-11-01"}, "2026-11-15"),
    ({"asked_on": "2026-11-01", "expected_by": "2026-11-30"}, "2026-11-30"),
    ({"event_on": "2026-12-15"}, "2026-12-01"),
    ({"event_on": "2026-12-15", "asked_on": "2026-11-01"}, "2026-12-15"),
    ({"asked_on": "2026-11-01", "done": True}, ""),
    ({"asked_on": "2026-11-01", "done": False}, ""),
    ({}, ""),
])  # fmt: skip
def test_a_school_is_asked_in_time_and_again_until_it_is_over(answers, by):
    found = dues({"school_request": [record("school_request", "r", child="teal", what="report", **answers)]})
    assert [one.by for one in found if one.task == "school_request"] == ([by] if by else [])


def test_one_of_another_team_who_comes_beside_takes_nobodys_place_and_one_who_follows_does():
    locality = worker("Umber", "2024-01-01", team="locality_cin_cp")
    court = worker("Ochre", "2024-06-01", team="court_team")
    assert changes(TEAL, [locality, court]) == 0
    after = worker("Sienna", "2025-01-01", team="locality_cin_cp")
    assert changes(TEAL, [locality, court, after]) == 1
    handed_on = worker("Umber", "2024-01-01", "2024-06-01", team="locality_cin_cp")
    assert changes(TEAL, [handed_on, worker("Ochre", "2024-06-02", team="looked_after")]) == 1


@pytest.mark.parametrize(("born", "found"), [("2008-10-02", True), ("2008-10-01", False), ("", True)])
def test_nobody_looks_for_the_social_worker_of_somebody_who_was_grown_up_when_the_last_one_left(born, found):
    left = worker("Umber", "2025-02-01", "2026-10-01")
    child = record("child", "teal", **({"date_of_birth": born} if born else {}))
    assert bool(due(left, child=child)) is found


def test_nobody_looks_for_the_social_worker_of_an_adopted_child():
    left = worker("Umber", "2025-02-01", "2026-10-01")
    adopted = record("order", "o", order_type="adoption_order", children=("teal",), made_on="2026-09-30")
    assert due(left, order=[adopted]) == []
    assert due(left, order=[record("order", "o", order_type="care_order", children=("teal",))])


def test_somebody_whose_name_is_written_otherwise_or_stands_in_the_directory_is_known_again():
    there = worker("Puce Kettle", "2025-01-01")
    asked = {"name": "KETTLE, Puce", "children": ("teal",), "professional": "p", "from_date": "2026-01-01"}
    found = case_doubts("childrens_social_worker", asked, {"childrens_social_worker": [there]}, TODAY)
    assert [doubt.rule for doubt in found] == ["social_worker_twice"]


def test_that_nobody_knows_holds_from_the_day_on_which_the_last_one_had_begun():
    began = worker("Umber", "2026-03-01")
    lost = worker("", "2026-03-01", current_unknown=True)
    assert on_day(TEAL, [began, lost], TODAY).state == "unknown"
    assert on_day(TEAL, [began, worker("", "2026-02-28", current_unknown=True)], TODAY).record is began


def test_who_comes_after_somebody_without_a_team_takes_the_place():
    now = on_day(TEAL, [worker("Umber", "2026-01-01"), worker("Ochre", "2026-02-01", team="court_team")], TODAY)
    assert (now.record.text("name"), now.others) == ("Ochre", ())
