"""The sums of the reports: percentages with halves up, ages, project quarters. Integers only, dates are ISO strings."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

YEAR_1_ENDS: Final = "2022-05-31"
"""The last day of the first year of data collection."""
R1_ENDS: Final = "2022-06-30"
"""The last day on which a baseline tracker could be received for the cohort of the first report."""
Y2_ENDS: Final = "2023-05-31"
"""The same for the cohort of the second year."""

LONGEST_PREGNANCY: Final = timedelta(weeks=42)
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def percentage(count: int, base: int) -> int | None:
    """Return 100 x count / base to a whole number, halves up; None where the base is 0.

    `round()` rounds halves to even and would print 12 for 12.5.
    """
    return (200 * count + base) // (2 * base) if base else None


def percentage_to_one_decimal(count: int, base: int) -> float | None:
    """Return 100 x count / base to one decimal, halves up; None where the base is 0."""
    return (2000 * count + base) // (2 * base) / 10 if base else None


def mean(ratings: Sequence[int]) -> int | None:
    """Return the arithmetic mean to a whole number, halves up; None where nobody rated."""
    return (2 * sum(ratings) + len(ratings)) // (2 * len(ratings)) if ratings else None


def middle_of(days: Sequence[int]) -> int:
    """Return the median to a whole number, halves up; there is at least one."""
    ordered, half = sorted(days), len(days) // 2
    return ordered[half] if len(days) % 2 else (ordered[half - 1] + ordered[half] + 1) // 2


def completed_years(born: str, day: str) -> int:
    """Return the age in completed years on a day; both are ISO dates, `born` not after `day`."""
    return int(day[:4]) - int(born[:4]) - (day[5:10] < born[5:10])


def quarter(day: str) -> str:
    """Return the project quarter of an ISO date: 'Y1Q1' is April to June 2021, 'PRE' all that came before."""
    index = (int(day[:4]) - 2021) * 4 + (int(day[5:7]) - 1) // 3 - 1
    return f"Y{index // 4 + 1}Q{index % 4 + 1}" if index >= 0 else "PRE"


def quarter_begins(day: str) -> str:
    """Return the first day of the quarter in which an ISO date lies."""
    return f"{day[:4]}-{(int(day[5:7]) - 1) // 3 * 3 + 1:02}-01"


def collection_year(day: str) -> str:
    """Return the year of data collection of an ISO date: 'Y1' or 'Y2'; '' where there is no date."""
    if not day:
        return ""
    return "Y1" if day <= YEAR_1_ENDS else "Y2"


def cohort(received: str) -> str:
    """Return the cohort of a case by the ISO date on which its baseline tracker was received: 'R1', 'Y2' or ''."""
    if received <= R1_ENDS:
        return "R1"
    return "Y2" if received <= Y2_ENDS else ""


def month_of(day: str) -> str:
    """Return month and year of an ISO date as a heading has them: 'May 2023'."""
    return f"{MONTHS[int(day[5:7]) - 1]} {day[:4]}"


def may_be_expected(birth: str, day: str) -> bool:
    """Say whether a child born on `birth` was born or expected on `day`: no pregnancy is longer than 42 weeks."""
    return date.fromisoformat(birth) <= date.fromisoformat(day) + LONGEST_PREGNANCY
