"""Letterbox contact: which letter is expected in which month, and where each of them stands on a day.

An agreement says in which months she writes and in which months she is written to. Every such month is one exchange; it
is late from the first day of the next month. A letter that will not be any more is said to be missed, and so settles
its month.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.days import add_months, last_of_month
from tac_desktop.casework.fields import is_day
from tac_desktop.casework.record import Record, RecordsByForm, first_known

AGREEMENT, LETTER, CHECK = "letterbox_agreement", "letterbox_letter", "letterbox_check"
Direction: TypeAlias = Literal["from_mother", "to_mother"]
State: TypeAlias = Literal[
    "later", "to_write", "expected", "drafted", "checked", "sent", "there", "arrived", "given", "held", "missed", "late"
]
Step: TypeAlias = Literal["begin", "write", "check", "send", "came", "give", ""]
"""What a person does next about a letter; '' where she decides, or nothing is left to do."""
STATES: Final[Mapping[State, str]] = MappingProxyType({
    "later": "Later", "to_write": "To be written", "expected": "Expected", "drafted": "Drafted, not checked",
    "checked": "Checked, ready to go", "sent": "Sent", "there": "Sent, and they have it",
    "arrived": "Arrived, not given to her yet", "given": "Given to her", "held": "Held back",
    "missed": "Did not happen", "late": "Late",
})  # fmt: skip
SETTLED: Final[frozenset[State]] = frozenset({"sent", "there", "given", "missed"})
"""States in which nothing more is to be done."""
MONTHS: Final[Mapping[Direction, str]] = MappingProxyType({"from_mother": "her_months", "to_mother": "their_months"})
"""The question of an agreement that says in which months letters go in each direction."""
_AHEAD: Final = 2
"""How many months before its own a letter of hers is begun."""
_BEHIND: Final = 3
"""For how many months before an agreement was written down here its letters are still awaited: a house rule."""


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One letter of one month, whether it is there or not."""

    month: str
    """'2026-06'."""
    direction: Direction
    agreement: Record
    letter: Record | None
    state: State
    day: str
    """The ISO day that belongs to the state: when it was sent, arrived, was held back; '' where there is none."""
    step: Step

    @property
    def by(self) -> str:
        """The last day of its month (ISO)."""
        return last_of_month(self.month)

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it, or awaited."""
        return self.state not in SETTLED


def mark_of(words: str) -> str:
    """Return the mark by which it is known that exactly these words of a letter were read: SHA-256 in hexadecimal."""
    return hashlib.sha256(words.encode()).hexdigest()


def are_checked(words: str, letter: str, checks: Iterable[Record]) -> bool:
    """Say whether exactly these words of a letter (its id) were read; words that were changed since then were not."""
    mark = mark_of(words)
    return any(one.text("letter") == letter and one.text("words") == mark for one in checks)


def is_checked(letter: Record, checks: Iterable[Record]) -> bool:
    """Say whether a letter was read as it stands; of one on paper the record says so itself."""
    words = letter.text("draft")
    return are_checked(words, letter.id, checks) if words else letter.happened("checked_on")


def month_part(day: str) -> str:
    """Return the month of an ISO date: '2026-06'."""
    return day[: len("2026-06")]


def month_of(letter: Record) -> str:
    """Return for which month a letter is ('2026-06'), '' where that is not said to the month."""
    told = letter.text("month")
    return month_part(told) if len(told) >= len("2026-06") and is_day(told, partial=True) else ""


def letters_by_month(records: RecordsByForm, agreement: Record, direction: Direction) -> dict[str, list[Record]]:
    """Return the letters of an agreement in one direction by month, without those of which the month is not known."""
    found: dict[str, list[Record]] = {}
    for one in records.get(LETTER, ()):
        if one.text("agreement") == agreement.id and one.text("direction") == direction and (month := month_of(one)):
            found.setdefault(month, []).append(one)
    return found


def begins(agreement: Record) -> str:
    """Return the month from which letters are expected: it was agreed then, or a little before it was known here.

    An adoption may be years ago: what was written, or not, before the service knew of it is nobody's debt here. It is
    known since a day that stays, however often the agreement is changed.
    """
    known, agreed = first_known(agreement), agreement.text("agreed_on")
    return month_part(max(agreed, add_months(known, -_BEHIND)) if agreed and known else agreed or known)


def expected_months(agreement: Record, direction: Direction, first: str, last: str) -> Iterator[str]:
    """Yield the months between two, both included, in which a letter is expected by an agreement."""
    wanted = set(chosen(agreement.answers, MONTHS[direction]))
    month, end = max(first, begins(agreement)), min(last, month_part(agreement.text("until")) or last)
    while wanted and month <= end:
        if month[-2:] in wanted:
            yield month
        month = _following(month)


def _following(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year}-{number + 1:02}" if number < 12 else f"{year + 1}-01"


def exchanges(records: RecordsByForm, agreement: Record, first: str, last: str, today: str) -> list[Exchange]:
    """Return the exchanges of an agreement between two months, both included, the earliest first.

    A letter that came outside the months agreed is among them.

    Args:
        records: Letters and checks of the case file, by form.
        agreement: The agreement.
        first: The first month ('2026-01').
        last: The last month.
        today: Today's ISO date.
    """
    checks, months = records.get(CHECK, ()), (first, last)
    found = (
        _one_way(agreement, direction, letters_by_month(records, agreement, direction), checks, months, today)
        for direction in MONTHS
    )
    return sorted(chain.from_iterable(found), key=lambda one: (one.month, one.direction))


def _one_way(
    agreement: Record, direction: Direction, letters: Mapping[str, Sequence[Record]], checks: Iterable[Record],
    months: tuple[str, str], today: str,
) -> Iterator[Exchange]:  # fmt: skip
    """Yield the exchanges in one direction between two months, both included, the earliest first."""
    first, last = months
    there = (month for month in letters if first <= month <= last)
    for month in sorted({*expected_months(agreement, direction, first, last), *there}):
        for letter in sorted(letters.get(month, ()), key=lambda one: one.id) or (None,):
            yield _exchange(agreement, direction, month, letter, checks, today)


def whole_course(records: RecordsByForm, agreement: Record, today: str) -> list[Exchange]:
    """Return the exchanges of an agreement from its beginning until a year from today, the earliest first."""
    months = [month for direction in MONTHS for month in letters_by_month(records, agreement, direction)]
    first = min([begins(agreement) or month_part(today), *months])
    return exchanges(records, agreement, first, month_part(add_months(today, 12)), today)


def first_open(records: RecordsByForm, agreement: Record, direction: Direction) -> Exchange | None:
    """Return the first exchange in a direction that is still to come, None where there is none.

    One that is held back is passed over: what is to be done about it is something else.
    """
    months = chosen(agreement.answers, MONTHS[direction])
    first = begins(agreement)
    if not first or not months:
        return None
    letters = letters_by_month(records, agreement, direction)
    months = first, month_part(add_months(f"{max([first, *letters])}-01", 13))
    course = _one_way(agreement, direction, letters, records.get(CHECK, ()), months, f"{first}-01")
    return next((one for one in course if one.is_open and one.state != "held"), None)


def next_exchange(course: Sequence[Exchange]) -> Exchange | None:
    """Return the earliest of these exchanges that is still open, late or coming; one held back only if no other is."""
    still = [one for one in course if one.is_open]
    return next((one for one in still if one.state != "held"), next(iter(still), None))


def _exchange(
    agreement: Record, direction: Direction, month: str, letter: Record | None, checks: Iterable[Record], today: str
) -> Exchange:
    state, day = _state(letter, direction, month, checks, today)
    step = "" if state in SETTLED or state == "held" else _step(letter, direction, checks)
    return Exchange(
        month=month, direction=direction, agreement=agreement, letter=letter, state=state, day=day, step=step
    )


def _step(letter: Record | None, direction: Direction, checks: Iterable[Record]) -> Step:
    if direction == "to_mother":
        return "give" if letter is not None and letter.happened("received_on") else "came"
    if letter is None:
        return "begin"
    if is_checked(letter, checks):
        return "send"
    return "check" if letter.text("draft") else "write"


def _state(
    letter: Record | None, direction: Direction, month: str, checks: Iterable[Record], today: str
) -> tuple[State, str]:
    if letter is not None and (found := _settled(letter, direction)):
        return found
    if letter is not None and letter.text("held_because"):
        return "held", letter.text("held_on")
    if letter is not None and direction == "to_mother" and letter.happened("received_on"):
        return "arrived", letter.text("received_on")
    if last_of_month(month) < today:
        return "late", ""
    if letter is not None and direction == "from_mother" and is_checked(letter, checks):
        return "checked", ""
    if letter is not None and direction == "from_mother" and (letter.text("draft") or letter.happened("drafted_on")):
        return "drafted", letter.text("drafted_on")
    soon = month <= month_part(add_months(today, _AHEAD))
    return ("to_write" if direction == "from_mother" else "expected") if soon else "later", ""


def _settled(letter: Record, direction: Direction) -> tuple[State, str] | None:
    if letter.answers.get("missed") is True:
        return "missed", letter.text("held_on")
    if direction == "to_mother":
        return ("given", letter.text("shown_on")) if letter.happened("shown_on") else None
    if letter.happened("received_on"):
        return "there", letter.text("received_on")
    return ("sent", letter.text("sent_on")) if letter.happened("sent_on") else None
