"""Days as records have them: month ends, leap days, days that lack day or month, ends that are open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.days import (
    add_days,
    add_months,
    days_between,
    first_of,
    has_ended,
    holds_on,
    is_before,
    last_of_month,
    overlap,
)

days = st.dates(date(1900, 1, 1), date(2199, 12, 31)).map(date.isoformat)
partial_days = st.tuples(days, st.sampled_from((4, 7, 10))).map(lambda told: told[0][: told[1]])
open_days = st.one_of(st.just(""), partial_days)


def last_of(day: str) -> str:
    """Return the last day of what is only known by month or year."""
    return {4: f"{day}-12-31", 7: last_of_month(day) if len(day) == 7 else "", 10: day}[len(day)]


@pytest.mark.parametrize(("day", "months", "later"), [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2024-02-29", 12, "2025-02-28"),
    ("2024-02-29", 48, "2028-02-29"), ("2026-12-31", 2, "2027-02-28"), ("2026-03-31", -1, "2026-02-28"),
    ("2026-01-15", -1, "2025-12-15"),
])  # fmt: skip
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: str, months: int, later: str):
    assert add_months(day, months) == later


@given(days, st.integers(0, 1200))
def test_months_later_lies_in_that_month_and_never_on_a_later_day_of_it(day: str, months: int):
    later = add_months(day, months)
    assert (int(later[:4]) - int(day[:4])) * 12 + int(later[5:7]) - int(day[5:7]) == months
    assert later[8:] == day[8:] or (later[8:] < day[8:] and later == last_of_month(later[:7]))


@given(days, st.integers(-40_000, 40_000))
def test_days_later_is_so_many_days_away(day: str, number: int):
    assert days_between(day, add_days(day, number)) == number


@given(days)
def test_the_day_after_the_last_of_a_month_is_the_first_of_another(day: str):
    assert add_days(last_of_month(day[:7]), 1)[8:] == "01"
    assert last_of_month(day[:7])[:7] == day[:7]


@given(partial_days, days)
def test_what_lasted_until_a_month_or_year_is_over_on_the_day_after_its_last(until: str, day: str):
    assert has_ended(until, day) is (day > last_of(until))
    assert not has_ended("", day)
    assert not has_ended(until, last_of(until))
    if last_of(until) < "2199-12-31":
        assert has_ended(until, add_days(last_of(until), 1))


@given(open_days, open_days, days)
def test_a_period_holds_from_its_first_day_to_its_last(first: str, last: str, day: str):
    begun = not first or first_of(first) <= day
    assert holds_on((first, last), day) is (begun and (not last or day <= last_of(last)))


@given(partial_days, partial_days)
def test_a_day_is_before_another_only_where_it_is_so_whatever_the_missing_parts_are(first: str, then: str):
    if is_before(first, then):
        assert last_of(first) < first_of(then)
        assert not is_before(then, first)
    if len(first) == len(then):
        assert is_before(first, then) is (first < then)
    assert not is_before("", then)
    assert not is_before(first, "")


@given(st.tuples(open_days, open_days), st.tuples(open_days, open_days))
def test_two_periods_overlap_from_both_sides_alike_and_an_open_one_never_ends(one, other):
    assert overlap(one, other) is overlap(other, one)
    assert overlap(("", ""), other)
    if one[1]:
        assert not overlap(one, (one[1], ""))  # the other begins on the day, or in the month, in which this one ends
