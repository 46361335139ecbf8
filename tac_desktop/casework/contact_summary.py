"""Contacts in numbers, and the attempts one by one: what a court is shown of the contact log unless it directs more.

Notes of contact are on the list of what a court bundle leaves out without a direction (Practice Direction 27A).
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tac_desktop.casework.record import Record


@dataclass(frozen=True)
class MonthOfContact:
    """One month ('2026-03'): how many contacts of each kind, and how many attempts that reached nobody."""

    month: str
    kinds: tuple[tuple[str, int], ...]
    """Each kind's code with its number, the most frequent first."""
    attempts: int

    @property
    def contacts(self) -> int:
        """How many contacts reached somebody."""
        return sum(number for _, number in self.kinds)


@dataclass(frozen=True)
class ContactSummary:
    """All contacts of a case: by month, by kind, and each attempt."""

    months: tuple[MonthOfContact, ...]
    kinds: tuple[tuple[str, int], ...]
    attempts: tuple[Record, ...]
    first: str
    """The ISO date of the first contact or attempt, '' where there is none."""
    last: str

    @property
    def contacts(self) -> int:
        """How many contacts reached somebody."""
        return sum(number for _, number in self.kinds)


def is_attempt(contact: Record) -> bool:
    """Say whether nobody was reached: logged as an attempt, or answered 'nobody'."""
    return contact.text("kind") == "contact_attempt" or contact.answers.get("reached") is False


def contact_summary(contacts: Sequence[Record]) -> ContactSummary:
    """Return the summary of these contacts; each is counted once, as a contact or as an attempt."""
    dated = sorted((c for c in contacts if c.text("at")), key=lambda c: (c.text("at"), c.id))
    attempts = tuple(c for c in dated if is_attempt(c))
    by_month: dict[str, list[Record]] = {}
    for contact in dated:
        by_month.setdefault(contact.text("at")[:7], []).append(contact)
    months = tuple(
        MonthOfContact(month, _kinds(group), sum(map(is_attempt, group))) for month, group in sorted(by_month.items())
    )
    first, last = (dated[0].text("at")[:10], dated[-1].text("at")[:10]) if dated else ("", "")
    return ContactSummary(months, _kinds(dated), attempts, first, last)


def _kinds(contacts: Sequence[Record]) -> tuple[tuple[str, int], ...]:
    counted = Counter(contact.text("kind") for contact in contacts if not is_attempt(contact))
    return tuple(sorted(counted.items(), key=lambda kind: (-kind[1], kind[0])))
