"""What is owed to a woman whose child is adopted: support, somebody with her before and after the final contact."""

from collections.abc import Iterator, Sequence
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.days import add_days, first_of
from tac_desktop.casework.dues.due import Due, Source
from tac_desktop.casework.farewell import drafts_of, stages_of
from tac_desktop.casework.record import Record, RecordsByForm

AFTER_DAYS: Final = 1
"""How many days after a final contact she is seen at the latest: a rule of this program, no one else's."""


def _find(records: RecordsByForm) -> Iterator[Due]:
    for meeting in records.get("final_contact", ()):
        yield from _of_final_contact(meeting)
    for child in dict.fromkeys(part.text("child") for part in records.get("life_story", ())):
        for drafts in drafts_of(records, child).values():
            promised = [draft.text("wanted_by") for draft in drafts if draft.text("wanted_by")]
            if promised and not any(draft.happened("passed_on") for draft in drafts):
                yield Due(promised[-1], "life_story", drafts[-1].form, drafts[-1].id)
    for child in dict.fromkeys(stage.text("child") for stage in records.get("adoption", ())):
        yield from _of_adoption(stages_of(records, child))


def _of_final_contact(meeting: Record) -> Iterator[Due]:
    """Yield what surrounds a final contact; where it was called off, she is seen afterwards all the same."""
    day = meeting.text("date")
    if not day:
        return
    open_yet = "took_place" not in meeting.answers
    eve = add_days(day, -1)
    if open_yet and not meeting.happened("risk_told_on"):
        yield Due(eve, "final_contact_risk", meeting.form, meeting.id)
    if open_yet and not meeting.happened("support_before_on"):
        yield Due(eve, "final_contact_before", meeting.form, meeting.id)
    if not meeting.happened("seen_after_on"):
        yield Due(add_days(day, AFTER_DAYS), "final_contact_after", meeting.form, meeting.id)


def _of_adoption(stages: Sequence[Record]) -> Iterator[Due]:
    """Yield that support is to be offered, once and at once: every birth parent is entitled to it.

    The entitlement is that of the Adoption and Children Act 2002, sections 3 and 4; the day is a rule of this program.
    """
    if any(stage.happened("offered_on") or chosen(stage.answers, "support_offered") for stage in stages):
        return
    newest = stages[-1]
    since = min((stage.text("date") for stage in stages if stage.text("date")), default="")
    if newest.text("stage") != "not_going_ahead" and since:
        yield Due(first_of(since), "adoption_support", newest.form, newest.id)


SOURCE: Final = Source(frozenset({"final_contact", "life_story", "adoption"}), _find)
