"""What is due for a case and when, from its records alone: whether it is overdue depends on the reader's day.

Each kind of work has a module of its own, which says on which forms it rests.
"""

from collections.abc import Iterable
from typing import Final

from tac_desktop.casework.custody_history import has_died
from tac_desktop.casework.dues import (
    access,
    alerts,
    allocation,
    allowed_contact,
    contacts,
    family,
    farewell,
    hearings,
    letterbox,
    news,
    plan,
    questions,
    referrals,
    tracker,
    visits,
)
from tac_desktop.casework.dues.due import Due, Source, Task
from tac_desktop.casework.record import Record, RecordsByForm

SOURCES: Final[tuple[Source, ...]] = (
    tracker.SOURCE,
    contacts.SOURCE,
    access.SOURCE,
    alerts.SOURCE,
    referrals.SOURCE,
    plan.SOURCE,
    allowed_contact.SOURCE,
    questions.SOURCE,
    news.SOURCE,
    hearings.SOURCE,
    family.SOURCE,
    letterbox.SOURCE,
    visits.SOURCE,
    farewell.SOURCE,
    allocation.SOURCE,
)
AFTER_HER_DEATH: Final[frozenset[Task]] = frozenset({
    "closure_return", "tell_referrer", "contact", "chase", "access_request", "agreement_review", "life_story",
})  # fmt: skip
"""What is still to be done when she has died: what others wait for, and the life story, which the child keeps."""
FORMS: Final = frozenset({"custody", "episode"}).union(*(source.forms for source in SOURCES))
"""The forms on whose records it rests what is due."""


def by_form(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Return records of one case file, those of each form together."""
    grouped: dict[str, list[Record]] = {}
    for record in records:
        grouped.setdefault(record.form, []).append(record)
    return grouped


def dues(records: RecordsByForm) -> list[Due]:
    """Return what is still to be done for one case file, the earliest first.

    When she has died, nothing that would be done with her.
    """
    found = (due for source in SOURCES for due in source.find(records))
    died = has_died(records)
    return sorted(due for due in found if not died or due.task in AFTER_HER_DEATH)
