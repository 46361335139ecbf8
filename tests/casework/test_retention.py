"""How long a case file is kept: counted from the youngest child, held by a legal hold, never before the work ended."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.record import Record
from tac_desktop.casework.retention import classes, due_day, retention_of

DAYS = st.dates(date(1980, 1, 1), date(2040, 12, 31)).map(date.isoformat)
PARTIAL = DAYS | DAYS.map(lambda day: day[:7]) | DAYS.map(lambda day: day[:4])
YEARS = st.integers(1, 130)


def a_record(form, conflicts=(), **answers):
    return Record(
        id=form, form=form, version=1, case_file="m", stream="m", answers=answers, known_on="", conflicts=conflicts
    )


def closed(*more, told=None, closed_on="2026-03-02"):
    """Return the records of a case that was closed, by form."""
    records = {"episode": [a_record("episode", opened="2025-01-05", closed=closed_on)]}
    for one in (*more, *((told,) if told else ())):
        records.setdefault(one.form, []).append(one)
    return records


def child(born, **more):
    return a_record("child", name="Fern", date_of_birth=born, **more)


def told(code="looked_after", hold=False, conflicts=()):
    return a_record("retention", conflicts, retention_class=code, legal_hold=hold, reason="Because")


@given(st.lists(PARTIAL, min_size=1), PARTIAL, DAYS, YEARS)
def test_another_child_never_brings_the_day_forward(births, another, ended, years):
    before = due_day("youngest_child", years, births, ended)
    assert due_day("youngest_child", years, [*births, another], ended) >= before


@given(st.lists(DAYS), DAYS, YEARS, st.sampled_from(["youngest_child", "end_of_work"]))
def test_nothing_is_due_before_the_work_ended_nor_before_the_years_are_over_for_each_child(births, ended, years, begin):
    due = due_day(begin, years, births, ended)
    assert due >= ended
    counted = births if begin == "youngest_child" and births else [ended]
    assert all(int(due[:4]) - int(day[:4]) >= years and due[5:] >= day[5:] for day in [max(counted)]) or due == ended


@given(DAYS, DAYS, YEARS, st.integers(1, 50))
def test_more_years_are_never_due_earlier(born, ended, years, more):
    assert due_day("youngest_child", years + more, [born], ended) >= due_day("youngest_child", years, [born], ended)


@given(DAYS, DAYS, YEARS)
def test_of_a_birth_that_is_known_by_its_year_the_latest_day_counts(born, ended, years):
    exact = due_day("youngest_child", years, [born], ended)
    assert due_day("youngest_child", years, [born[:7]], ended) >= exact
    assert due_day("youngest_child", years, [born[:4]], ended) >= due_day("youngest_child", years, [born[:7]], ended)


def test_the_day_follows_the_youngest_child():
    records = closed(child("2019-03-27"), child("2024-02-29"), told=told())
    assert retention_of(records, "2026-03-01", "2026-11-21").due == "2099-03-01"
    assert retention_of(records, "", "2099-02-28").state == "kept"
    assert retention_of(records, "", "2099-03-01").state == "due"


def test_without_a_child_the_end_of_the_work_counts_and_a_later_contact_is_work():
    records = closed(told=told("advice"))
    assert retention_of(records, "", "2026-11-21").due == "2032-03-02"
    assert retention_of(records, "2026-09-01", "2026-11-21").due == "2032-09-01"


@pytest.mark.parametrize(
    ("records", "state"),
    [
        (closed(child("2019-03-27")), "without_class"),
        (closed(child("2019-03-27"), told=told("")), "without_class"),
        (closed(child("2019-03-27"), told=told("no such class")), "without_class"),
        (closed(child("2019-03-27"), told=told(hold=True)), "held"),
        (closed(child("2019-03-27"), told=told(hold=NotKnown())), "held"),
        (closed(child("2019-03-27"), told=told(hold=True, conflicts=("retention_class",))), "contradicting"),
        (closed(child("2019-03-27"), told=told(conflicts=("legal_hold",))), "contradicting"),
        (closed(child("2019-03-27"), told=told(conflicts=("reason",))), "due"),
        (closed(child(NotKnown()), told=told()), "birth_unknown"),
        (closed(a_record("child", name="Fern", unborn=True), told=told()), "birth_unknown"),
        (closed(a_record("child", ("date_of_birth",), date_of_birth="2019-03-27"), told=told()), "birth_unknown"),
        (closed(child("2019-03-27"), told=told(), closed_on=""), "open"),
        (closed(told=told("advice"), closed_on=""), "open"),
    ],
)
def test_what_stands_in_the_way_is_told(records, state):
    assert retention_of(records, "", "2120-01-01").state == state


def test_every_class_says_where_its_years_come_from_and_whether_it_is_confirmed():
    assert [one.years for one in classes().values()] == sorted((one.years for one in classes().values()), reverse=True)
    for one in classes().values():
        assert one.source
        assert one.words
        assert one.confirmed == "", "to be confirmed by the data controller"
        assert one.counted_from in ("youngest_child", "end_of_work")


def test_of_two_case_files_of_one_woman_the_longer_time_and_every_hold_count():
    both = closed(child("2019-03-27"), told("advice"), told("looked_after"))
    assert retention_of(both, "", "2026-11-21").due == "2094-03-27"
    held = closed(child("2019-03-27"), told("looked_after"), told("advice", hold=True))
    assert retention_of(held, "", "2026-11-21").state == "held"
