"""What is due for a case and when, from its records alone: whether it is overdue depends on the reader's day.

Each kind of work has a module of its own, which says on which forms it rests.
"""

from collections.abc import Iterable
from typing import Final

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
from tac_desktop.casework.dues.due import Due, RecordsByForm, Source
from tac_desktop.casework.record import Record

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
FORMS: Final = frozenset[str]().union(*(source.forms for source in SOURCES))
"""The forms on whose records it rests what is due."""


def by_form(records: Iterable[Record]) -> dict[str, list[Record]]:
    """Return records of one case file, those of each form together."""
    grouped: dict[str, list[Record]] = {}
    for record in records:
        grouped.setdefault(record.form, []).append(record)
    return grouped


def dues(records: RecordsByForm) -> list[Due]:
    """Return what is still to be done for one case file, the earliest first."""
    return sorted(due for source in SOURCES for due in source.find(records))
