"""The people who work with a vault, and in which roles."""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from tac_desktop.errors import NameRefused

Role: TypeAlias = Literal["worker", "engagement_worker", "manager", "admin"]
ROLES: tuple[Role, ...] = ("worker", "engagement_worker", "manager", "admin")
CardRole: TypeAlias = Literal["worker", "manager", "admin"]
"""What a card and a roster can say: their formats know three roles."""
CARD_ROLES: tuple[CardRole, ...] = ("worker", "manager", "admin")
_LONGEST_NAME = 200
"""In characters: what a card can show."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone with a key slot of their own."""

    id: str
    name: str
    role: Role
    prison: str = ""
    """The prison where a worker works (a code of the list 'prison', or the label of one that it does not hold)."""
    left: str = ""
    """The day (ISO) on which she left; '' while she is here."""


def nameable(person: Person) -> Person:
    """Return a person without spaces around name and prison; NameRefused if no card could show one of the two."""
    return replace(person, name=one_line(person.name), prison=one_line(person.prison) if person.prison.strip() else "")


def one_line(name: str) -> str:
    """Return a name without spaces around it; NameRefused if it is empty, too long, or more than one line."""
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise NameRefused
    return name


def needs_prison(role: Role) -> bool:
    """Say whether somebody in this role works for one prison; all others work for all."""
    return role in ("worker", "engagement_worker")


def on_card(role: Role) -> CardRole:
    """Return the role as which others know somebody: of an engagement worker that of a worker."""
    return "worker" if role == "engagement_worker" else role
