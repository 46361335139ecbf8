"""What is owed to a woman whose child is adopted: support, somebody with her before and after the final contact."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from tac_desktop.casework.dues.due import Due, RecordsByForm, Source
from tac_desktop.casework.record import Record

AFTER_DAYS: Final = 1
"""How many days after a final contact she is seen at the latest: a rule of this program, no one else's."""


def _find(records: RecordsByForm) -> Iterator[Due]:
    for meeting in records.get("final_contact", ()):
        yield from _of_final_contact(meeting)
    for part in records.get("life_story", ()):
        if part.text("wanted_by") and not part.text("passed_on"):
            yield Due(part.text("wanted_by"), "life_story", part.form, part.id)
    stages = records.get("adoption", ())
    for child in dict.fromkeys(stage.text("child") for stage in stages):
        yield from _of_adoption([stage for stage in stages if stage.text("child") == child])


def _of_final_contact(meeting: Record) -> Iterator[Due]:
    """Yield what surrounds a final contact; where it was called off, she is seen afterwards all the same."""
    day = meeting.text("date")
    if not day:
        return
    open_yet = "took_place" not in meeting.answers
    eve = _moved(day, -1)
    if open_yet and not meeting.text("risk_told_on"):
        yield Due(eve, "final_contact_risk", meeting.form, meeting.id)
    if open_yet and not meeting.text("support_before_on"):
        yield Due(eve, "final_contact_before", meeting.form, meeting.id)
    if not meeting.text("seen_after_on"):
        yield Due(_moved(day, AFTER_DAYS), "final_contact_after", meeting.form, meeting.id)


def _of_adoption(stages: Sequence[Record]) -> Iterator[Due]:
    """Yield that support is to be offered, once and at once: every birth parent is entitled to it.

    The entitlement is that of the Adoption and Children Act 2002, sections 3 and 4; the day is a rule of this program.
    """
    if any(stage.text("offered_on") or stage.answers.get("support_offered") for stage in stages):
        return
    newest = max(stages, key=lambda stage: (stage.text("date"), stage.id))
    since = min((stage.text("date") for stage in stages if stage.text("date")), default="")
    if newest.text("stage") != "not_going_ahead" and since:
        yield Due((since + "-01-01")[: len("2026-01-01")], "adoption_support", newest.form, newest.id)


def _moved(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


SOURCE: Final = Source(frozenset({"final_contact", "life_story", "adoption"}), _find)
