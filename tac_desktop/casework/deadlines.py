"""What is due for a case and when, from its records alone: whether it is overdue depends on the reader's day."""

import calendar
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.record import Record

FIRST_MEETING_DAYS: Final = 28
"""From the referral to the first meeting (needs A14)."""
FOLLOW_UP_MONTHS: Final = 6
"""From the first meeting to the first follow-up return, and from each to the next (needs B2)."""

Task: TypeAlias = Literal["first_meeting", "baseline", "follow_up", "closure_return", "contact", "access_request"]

LABELS: Final[Mapping[Task, str]] = {
    "first_meeting": "First meeting",
    "baseline": "Baseline tracker",
    "follow_up": "6-month follow-up",
    "closure_return": "Closure tracker",
    "contact": "Follow up a contact",
    "access_request": "Answer a subject access request",
}

RecordsByForm: TypeAlias = Mapping[str, Sequence[Record]]


@dataclass(frozen=True, order=True)
class Due:
    """Something that is to be done by a day (ISO)."""

    by: str
    task: Task
    record_id: str = ""


def by_form(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Return records of one case file, those of each form together."""
    grouped: dict[str, list[Record]] = {}
    for record in records:
        grouped.setdefault(record.form, []).append(record)
    return grouped


def dues(records: RecordsByForm) -> list[Due]:
    """Return what is still to be done for one case file, the earliest first."""
    found = (_tracker(records), _contacts(records.get("contact", ())), _requests(records.get("access_request", ())))
    return sorted(due for several in found for due in several)


def last_episode(records: RecordsByForm) -> Record | None:
    """Return the episode that was opened last, or None."""
    return max(records.get("episode", ()), key=lambda episode: episode.text("opened"), default=None)


def add_months(day: str, months: int) -> str:
    """Return the ISO date `months` later; the last of the month where that day does not exist."""
    start = date.fromisoformat(day)
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(start.day, calendar.monthrange(year, month)[1])).isoformat()


def answer_access_by(request: Record) -> str:
    """Return the ISO day by which a subject access request has to be answered, '' where it is not said when it came.

    One month after it was received, or after it was made sure who asks; three where it is complex (UK GDPR, article
    12(3)). The days on which the clock stood still come on top (Data (Use and Access) Act 2025).
    """
    if not request.text("received"):
        return ""
    due = add_months(
        max(request.text("received"), request.text("identity_proved")),
        3 if request.answers.get("extended") is True else 1,
    )
    paused, resumed = request.text("paused_on"), request.text("resumed_on")
    stood = (date.fromisoformat(resumed) - date.fromisoformat(paused)).days if paused and resumed > paused else 0
    return (date.fromisoformat(due) + timedelta(days=stood)).isoformat()


def _tracker(records: RecordsByForm) -> Iterator[Due]:
    episode = last_episode(records)
    closed = episode.text("closed") if episode else ""
    met = _first_meeting(records)
    if closed:
        if not _received(records, "closure", since=closed):
            yield Due(closed, "closure_return")
    elif not met:
        if referred := min((r.text("date") for r in records.get("referral", ()) if r.text("date")), default=""):
            yield Due((date.fromisoformat(referred) + timedelta(FIRST_MEETING_DAYS)).isoformat(), "first_meeting")
    elif not _received(records, "baseline"):
        yield Due(met, "baseline")
    else:
        yield Due(add_months(met, FOLLOW_UP_MONTHS * (1 + len(_received(records, "follow_up")))), "follow_up")


def _first_meeting(records: RecordsByForm) -> str:
    return next((record.text("first_meeting") for record in records.get("baseline", ())), "")


def _received(records: RecordsByForm, form: str, since: str = "") -> list[str]:
    returns = records.get("tracker_return", ())
    days = [r.text("received") for r in returns if r.text("tracker_form") == form and r.text("received")]
    return [day for day in days if day >= since]


def _contacts(contacts: Iterable[Record]) -> Iterator[Due]:
    for contact in contacts:
        if contact.text("follow_up_by") and contact.answers.get("followed_up") is not True:
            yield Due(contact.text("follow_up_by"), "contact", contact.id)


def _requests(requests: Iterable[Record]) -> Iterator[Due]:
    for request in requests:
        by = answer_access_by(request)
        if by and not request.text("answered_on"):
            yield Due(by, "access_request", request.id)
