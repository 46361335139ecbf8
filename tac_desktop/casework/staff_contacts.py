"""Advice to and talks with prison staff, counted by purpose and department, as table 10 of the second report does."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.record import Record

FORM: Final = "staff_contact"
NO_DEPARTMENT: Final = ""


@dataclass(frozen=True)
class PurposeRow:
    """How often staff was in touch for one purpose."""

    purpose: str
    """A code of 'staff_contact_purpose'."""
    count: int
    by_department: dict[str, int]
    """By the code of the department; under NO_DEPARTMENT where none was named."""


@dataclass(frozen=True)
class StaffContacts:
    """The contacts with staff of some time."""

    count: int
    minutes: int
    """Of those that say how long they took."""
    timed: int
    """How many do."""
    rows: tuple[PurposeRow, ...]
    """One for each purpose of the list; a contact for two purposes counts in both."""


def within_days(contacts: Iterable[Record], since: str, until: str) -> list[Record]:
    """Return the contacts with staff from one ISO day to another, in their order."""
    return [one for one in contacts if since <= one.text("at")[:10] <= until]


def counted(contacts: Iterable[Record], since: str, until: str) -> StaffContacts:
    """Count the contacts with staff from one ISO day to another."""
    within = within_days(contacts, since, until)
    timed = [minutes for one in within if isinstance(minutes := one.answers.get("minutes"), int)]
    rows = tuple(_row(value.code, within) for value in code_list("staff_contact_purpose").codes)
    return StaffContacts(len(within), sum(timed), len(timed), rows)


def _row(purpose: str, within: list[Record]) -> PurposeRow:
    found = [one.text("department") for one in within if purpose in chosen(one.answers, "purposes")]
    return PurposeRow(purpose, len(found), {department: found.count(department) for department in sorted(set(found))})
