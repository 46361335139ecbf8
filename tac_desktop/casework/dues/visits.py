"""Visits that were asked for and not answered, and those that were agreed and of which nobody told how they went."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.days import add_days
from tac_desktop.casework.dues.due import Due, Source
from tac_desktop.casework.record import RecordsByForm

ANSWER_DAYS: Final = 14
"""After how many days one asks again: a rule of this program, no one else's."""


def _find(records: RecordsByForm) -> Iterator[Due]:
    for visit in records.get("visit_request", ()):
        asked, day = visit.text("asked_on"), visit.text("for_day")
        if visit.text("state") in ("", "asked") and asked and not visit.happened("answered_on"):
            again = add_days(asked, ANSWER_DAYS)
            yield Due(min(again, day or again), "visit_answer", visit.form, visit.id)
        elif visit.text("state") == "agreed" and day:
            yield Due(day, "visit", visit.form, visit.id)


SOURCE: Final = Source(frozenset({"visit_request"}), _find)
