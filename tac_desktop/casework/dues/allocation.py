"""Whom nobody knows, whom she was not told of, and what a school still owes: see casework/allocation."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.allocation import on_day
from tac_desktop.casework.days import add_days, first_of
from tac_desktop.casework.dues.due import Due, Source, Task
from tac_desktop.casework.dues.tracker import last_episode
from tac_desktop.casework.evaluation.arithmetic import completed_years
from tac_desktop.casework.fields import is_day
from tac_desktop.casework.her_responsibility import is_adopted
from tac_desktop.casework.record import Record, RecordsByForm

FIND_DAYS: Final = 7
"""From the day since when nobody knows to the day by which somebody asks (needs B12; the number is ours)."""
TELL_DAYS: Final = 7
"""From the day on which somebody took over to the day by which the mother is told (needs B12; the number is ours)."""
SCHOOL_DAYS: Final = 14
"""From asking a school to asking again, where it promised no day (needs C11; the number is ours)."""
ASK_BEFORE_DAYS: Final = 14
"""So long before a parents' evening or a birthday a school is asked."""
GROWN_UP: Final = 18
_AFTER_ALL: Final = "9999-12-31"
"""On this day all that is recorded has begun, and what has an end is over."""


def _find(records: RecordsByForm) -> Iterator[Due]:
    episode = last_episode(records)
    if episode is not None and episode.text("closed"):
        return
    workers = records.get("childrens_social_worker", ())
    found: set[Due] = set()
    for child in (one for one in records.get("child", ()) if not is_adopted(one, records.get("order", ()))):
        now = on_day(child, workers, _AFTER_ALL)
        if now.since and is_grown_up(child, first_of(now.since)):
            continue
        if now.state == "unknown" and now.since:
            about = now.record or now.last
            found.add(_due("find_social_worker", now.since, FIND_DAYS, about))
        elif now.is_untold:
            found.add(_due("tell_social_worker", now.since, TELL_DAYS, now.record))
    yield from found
    for request in records.get("school_request", ()):
        if by := _school_day(request):
            yield Due(by, "school_request", request.form, request.id)


def is_grown_up(child: Record, day: str) -> bool:
    """Say whether a child was 18 by an ISO date: then no children's social worker is allocated any more.

    Children Act 1989, section 105(1): a child is under the age of eighteen.
    """
    born = child.text("date_of_birth")
    return is_day(born) and completed_years(born, day) >= GROWN_UP


def _due(task: Task, since: str, days: int, about: Record | None) -> Due:
    by = add_days(first_of(since), days)
    return Due(by, task, about.form, about.id) if about else Due(by, task)


def _school_day(request: Record) -> str:
    """Return by when something has to be done about a request; '' where it is over, or nothing is known."""
    if "done" in request.answers:
        return ""
    asked, promised, day = (request.text(name) for name in ("asked_on", "expected_by", "event_on"))
    if not asked:
        return add_days(day, -ASK_BEFORE_DAYS) if day else ""
    return promised or day or add_days(asked, SCHOOL_DAYS)


SOURCE: Final = Source(frozenset({"child", "childrens_social_worker", "order", "school_request", "episode"}), _find)
