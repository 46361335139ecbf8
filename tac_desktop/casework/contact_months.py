"""Contact as it was agreed beside contact as it happened, for each child month by month.

What was agreed falls on days: the first day of a plan, and from it every week, every second week, or the same day of
each month: a weekly call that begins on a Sunday falls on four Sundays of one month and on five of another. What
happened is counted from the contact log; a visit that was asked for, or a letter of the letterbox, counts where the
log has nothing of that kind with the child on that day.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.codelists import label
from tac_desktop.casework.contact_summary import is_attempt
from tac_desktop.casework.days import add_months, last_of_month
from tac_desktop.casework.record import Record, RecordsByForm
from tac_desktop.casework.visits import NOT_HELD

_DAYS: Final[Mapping[str, int]] = MappingProxyType({"week": 7, "fortnight": 14})
_MONTHS: Final[Mapping[str, int]] = MappingProxyType({"month": 1, "quarter": 3, "half_year": 6, "year": 12})
FORMS: Final = ("child", "contact_plan", "contact", "visit_request", "letterbox_agreement", "letterbox_letter")
"""The forms of which the records are wanted."""


@dataclass(frozen=True, order=True)
class Happening:
    """Contact with one child that took place on a day (ISO), or was to."""

    day: str
    channel: str
    """A code of 'child_contact_type'."""
    took_place: bool
    why_not: tuple[str, ...]
    """In words."""
    form: str
    record_id: str


@dataclass(frozen=True)
class KindInMonth:
    """One kind of contact with one child in one month ('2026-03')."""

    month: str
    channel: str
    agreed: int
    happened: int
    failed: int
    why_not: tuple[tuple[str, int], ...]
    """Each reason in words with its number, the most frequent first."""
    is_over: bool
    """Whether the month is over, so that nothing more can happen in it."""

    @property
    def unwritten(self) -> int:
        """How often contact was agreed of which nobody has written whether it happened; 0 while the month goes on."""
        return max(0, self.agreed - self.happened - self.failed) if self.is_over else 0

    @property
    def ahead(self) -> int:
        """How often contact that was agreed is still to come, or to be written down, this month."""
        return 0 if self.is_over else max(0, self.agreed - self.happened - self.failed)

    def rest(self) -> tuple[str, ...]:
        """Return in words what became of what did not happen: '1 did not: The child was unwell'."""
        reasons = "; ".join(words if number == 1 else f"{words} ({number})" for words, number in self.why_not)
        failed = f"{self.failed} did not: {reasons or 'no reason written down'}" if self.failed else ""
        unwritten = f"{self.unwritten} nobody wrote down" if self.unwritten else ""
        ahead = f"{self.ahead} still to come" if self.ahead else ""
        return tuple(words for words in (failed, unwritten, ahead) if words)


def agreed_days(plan: Record, first: str, last: str) -> Iterator[str]:
    """Yield the ISO days from `first` to `last` on which contact falls by a plan; each counts `times_of` it."""
    begin, per = plan.text("since"), plan.text("per")
    end = min(last, plan.text("until") or last)
    if not begin or plan.text("kind") == "none":
        return
    if per == "once":
        yield from (day for day in (begin,) if first <= day <= end)
    elif per in _DAYS:
        yield from _every(begin, _DAYS[per], first, end)
    elif per in _MONTHS:
        yield from _monthly(begin, _MONTHS[per], first, end)


def _every(begin: str, step: int, first: str, end: str) -> Iterator[str]:
    start = date.fromisoformat(begin)
    skipped = max(0, -(-(date.fromisoformat(first) - start).days // step))
    day = start + timedelta(days=skipped * step)
    while day.isoformat() <= end:
        yield day.isoformat()
        day += timedelta(days=step)


def _monthly(begin: str, step: int, first: str, end: str) -> Iterator[str]:
    months = 0
    while (day := add_months(begin, months)) <= end:
        if day >= first:
            yield day
        months += step


def times_of(plan: Record) -> int:
    """Return how often contact takes place on each day on which it falls."""
    times = plan.answers.get("times")
    return times if isinstance(times, int) else 1


def happenings(records: RecordsByForm, child: str) -> list[Happening]:
    """Return all contact with a child that took place or was to, the earliest first; each once.

    Args:
        records: Those of the case file, of FORMS.
        child: The id of the child's record.
    """
    logged = sorted(_logged(records, child))
    known = {(one.day, one.channel) for one in logged}
    beside = (*_visits(records, child), *_letters(records, child))
    return sorted([*logged, *(one for one in beside if (one.day, one.channel) not in known)])


def _logged(records: RecordsByForm, child: str) -> Iterator[Happening]:
    for contact in records.get("contact", ()):
        channel = contact.text("child_contact")
        if channel and channel != "none" and child in chosen(contact.answers, "children"):
            took_place = contact.answers.get("happened", not is_attempt(contact)) is True
            why = () if took_place else _words("contact_not_happened", chosen(contact.answers, "why_not"))
            yield Happening(contact.text("at")[:10], channel, took_place, why, "contact", contact.id)


def _visits(records: RecordsByForm, child: str) -> Iterator[Happening]:
    for visit in records.get("visit_request", ()):
        state, day = visit.text("state"), visit.text("for_day")
        if day and child in chosen(visit.answers, "children") and (state == "happened" or state in NOT_HELD):
            why = () if state == "happened" else _words("visit_reason", chosen(visit.answers, "reasons"))
            yield Happening(day, visit.text("kind"), state == "happened", why, "visit_request", visit.id)


def _letters(records: RecordsByForm, child: str) -> Iterator[Happening]:
    of = {one.id for one in records.get("letterbox_agreement", ()) if one.text("child") == child}
    for letter in records.get("letterbox_letter", ()):
        day = letter.text("sent_on") or letter.text("shown_on")
        if day and letter.text("agreement") in of:
            yield Happening(day, "letterbox", True, (), "letterbox_letter", letter.id)


def _words(codes: str, given: Sequence[str]) -> tuple[str, ...]:
    return tuple(label(codes, code) for code in given)


def months_of(records: RecordsByForm, child: str, today: str) -> list[KindInMonth]:
    """Return agreed and happened contact with a child, month by month and kind by kind, the earliest month first.

    A month stands there if anything was agreed for it or happened in it; none lies after the month of today.

    Args:
        records: Those of the case file, of FORMS.
        child: The id of the child's record.
        today: Today's ISO date.
    """
    found = [one for one in happenings(records, child) if one.day and one.day[:7] <= today[:7]]
    agreed = _agreed(records, child, today)
    keys = sorted({*agreed, *((one.day[:7], one.channel) for one in found)})
    return [_kind_in_month(month, channel, agreed[month, channel], found, today) for month, channel in keys]


def _agreed(records: RecordsByForm, child: str, today: str) -> Counter[tuple[str, str]]:
    """Return how often contact was agreed, by month and kind, up to the end of this month."""
    counted: Counter[tuple[str, str]] = Counter()
    last = last_of_month(today[:7])
    for plan in records.get("contact_plan", ()):
        if child in chosen(plan.answers, "children"):
            for day in agreed_days(plan, plan.text("since"), last):
                counted[day[:7], plan.text("kind")] += times_of(plan)
    return counted


def _kind_in_month(month: str, channel: str, agreed: int, found: Sequence[Happening], today: str) -> KindInMonth:
    here = [one for one in found if (one.day[:7], one.channel) == (month, channel)]
    failed = [one for one in here if not one.took_place]
    reasons = Counter(words for one in failed for words in one.why_not)
    return KindInMonth(
        month=month,
        channel=channel,
        agreed=agreed,
        happened=len(here) - len(failed),
        failed=len(failed),
        why_not=tuple(sorted(reasons.items(), key=lambda one: (-one[1], one[0]))),
        is_over=month < today[:7],
    )
