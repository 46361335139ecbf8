"""Reckoning with days as records have them: ISO dates, which may lack day or month, and ends that are open."""

import calendar
from datetime import date, timedelta
from typing import TypeAlias

Period: TypeAlias = tuple[str, str]
"""The first and the last day (ISO, may lack day or month); '' where it is open."""


def add_months(day: str, months: int) -> str:
    """Return the ISO date `months` later; the last of the month where that day does not exist."""
    start = date.fromisoformat(day)
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1])).isoformat()


def add_days(day: str, days: int) -> str:
    """Return the ISO date so many days later, or earlier where `days` is negative."""
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


def days_between(first: str, last: str) -> int:
    """Return how many days lie between two ISO dates; negative where the last one is the earlier."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def first_of(day: str) -> str:
    """Return the first day of what is only known by month or year: '2026-03-01' for '2026-03'."""
    return (day + "-01-01")[: len("2026-03-01")]


def last_of_month(month: str) -> str:
    """Return the last day of a month ('2026-06') as an ISO date."""
    return add_days(add_months(f"{month}-01", 1), -1)


def is_before(first: str, then: str) -> bool:
    """Say whether a day (ISO, may lack day or month) lies before another, as far as both go; none is before none."""
    shared = min(len(first), len(then), 10)
    return bool(first and then) and first[:shared] < then[:shared]


def has_ended(until: str, day: str) -> bool:
    """Say whether what lasted until a day (ISO, may lack day or month) was over on another; on its last it was not."""
    return bool(until) and until < day[: len(until)]


def holds_on(period: Period, day: str) -> bool:
    """Say whether a period had begun by an ISO date and was not over; partial days count as far as they go."""
    return period[0][:10] <= day and not has_ended(period[1], day)


def overlap(one: Period, other: Period) -> bool:
    """Say whether two periods have more in common than a day on which the one ends and the other begins."""
    return _begins_before_end(one, other) and _begins_before_end(other, one)


def _begins_before_end(one: Period, other: Period) -> bool:
    return not one[0] or not other[1] or is_before(one[0], other[1])
