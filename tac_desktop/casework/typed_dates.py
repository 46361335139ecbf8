"""Dates and times as people type them ('y', '-2', '12/3', '27 mar 19', '2.30pm'), and as they read them.

Today is an argument. What cannot be understood comes back as '': the caller keeps what was typed and says so.
"""

import re
from datetime import date, timedelta

from tac_desktop.casework.fields import EARLIEST_YEAR, is_day

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_STEP = re.compile(r"([+-])\s?(\d{1,4})")
_SEPARATED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s/.,-]*([a-z]{3,9}|(?<=[\s/.,-])\d{1,2})"
    r"(?:(?:[\s/.,-]+|(?<=[a-z]))(\d{4}|\d{2}))?"
)
_RUN_TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?\s?(am|pm)?")
_YEARS_AHEAD = 20
"""A year of two digits lies at most so far ahead: '91' is 1991, '35' typed in 2026 is 2035."""


def typed_day(text: str, today: str, *, ahead: bool = False) -> str:
    """Return the ISO date that `text` means, '' if it means none.

    Args:
        text: today (t), yesterday (y), tomorrow, a weekday, -2 or +14 days, 12/3, 27 mar 19, 270319, 2019-03-27.
        today: Today's ISO date.
        ahead: Whether a day without a year, or a weekday, may lie ahead; otherwise it is the last one that has come.
    """
    text = " ".join(text.lower().split())
    now = date.fromisoformat(today)
    if text in ("today", "t", "."):
        return today
    if text in ("yesterday", "y", "tomorrow"):
        return _moved(now, 1 if text == "tomorrow" else -1)
    if step := _STEP.fullmatch(text):
        return _moved(now, int(step[1] + step[2]))
    if (weekday := _named(text, WEEKDAYS)) is not None:
        return _moved(now, (weekday - now.weekday()) % 7 or 7 if ahead else -((now.weekday() - weekday) % 7))
    if _ISO.fullmatch(text):
        return text if is_day(text) else ""
    found = _SEPARATED.fullmatch(text) or _RUN_TOGETHER.fullmatch(text)
    return _dated(found[1], found[2], found[3] or "", now, ahead=ahead) if found else ""


def typed_parts(day: str, month: str, year: str, today: str) -> str:
    """Return the ISO date of three boxes; '2019-03' or '2019' where the first ones are empty, '' if it is no date.

    The month may be a number or a name; a year of two digits is understood as in `typed_day`.
    """
    day, month, year = (part.strip().lower() for part in (day, month, year))
    number = _month(month) if month else 0
    full_year = _year(year, date.fromisoformat(today)) if re.fullmatch(r"\d{2}|\d{4}", year) else 0
    if not full_year or (month and not number) or (day and not (month and re.fullmatch(r"\d{1,2}", day))):
        return ""
    parts = [f"{full_year:04}", *([f"{number:02}"] if month else []), *([f"{int(day):02}"] if day else [])]
    text = "-".join(parts)
    return text if is_day(text, partial=True) else ""


def typed_time(text: str) -> str:
    """Return the time of day that `text` means ('9', '9.30', '1405', '2pm') as 'HH:MM', '' if it means none."""
    found = _CLOCK.fullmatch(text.strip().lower())
    if not found:
        return ""
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


def day_in_words(day: str, *, weekday: bool = False) -> str:
    """Return an ISO date, whole or partial, or the day of a moment as a person reads it: '27 March 2019'.

    What is no date comes back as it is; `weekday` puts 'Wednesday' before a whole one.
    """
    day = day[:10]
    if not is_day(day, partial=True):
        return day
    year, _, rest = day.partition("-")
    month, _, number = rest.partition("-")
    words = " ".join(part for part in (number.lstrip("0"), MONTHS[int(month) - 1] if month else "", year) if part)
    return f"{WEEKDAYS[date.fromisoformat(day).weekday()]} {words}" if weekday and number else words


def moment_in_words(moment: str) -> str:
    """Return 'YYYY-MM-DDTHH:MM' as a person reads it: '27 March 2019, 14:05'."""
    time = moment[11:16]
    return f"{day_in_words(moment)}, {time}" if time else day_in_words(moment)


def _moved(day: date, days: int) -> str:
    try:
        return (day + timedelta(days)).isoformat()
    except OverflowError:
        return ""


def _named(text: str, names: tuple[str, ...]) -> int | None:
    """Return the place of a name, which may be cut short to three letters or more ('mar', 'sept')."""
    if len(text) < 3:
        return None
    return next((place for place, name in enumerate(names) if name.lower().startswith(text)), None)


def _month(text: str) -> int:
    if re.fullmatch(r"\d{1,2}", text):
        return int(text)
    place = _named(text, MONTHS)
    return 0 if place is None else place + 1


def _year(text: str, today: date) -> int:
    if len(text) == 4:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    return year - 100 if year > today.year + _YEARS_AHEAD else year


def _dated(day: str, month: str, year: str, today: date, *, ahead: bool) -> str:
    number = _month(month)
    if not number:
        return ""
    if year:
        return _real(_year(year, today), number, int(day))
    # nine years reach over the longest gap between two 29ths of February
    years = range(today.year, today.year + 9) if ahead else range(today.year, today.year - 9, -1)
    candidates = (_real(candidate, number, int(day)) for candidate in years)
    iso = today.isoformat()
    return next((found for found in candidates if found and (found >= iso if ahead else found <= iso)), "")


def _real(year: int, month: int, day: int) -> str:
    text = f"{year:04}-{month:02}-{day:02}"
    return text if year >= EARLIEST_YEAR and is_day(text) else ""
