"""The people who work with a vault, and what each role may read."""

from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from tac_desktop.casework.form import Form
from tac_desktop.errors import NameRefused

Role: TypeAlias = Literal["worker", "manager", "admin"]
ROLES: tuple[Role, ...] = ("worker", "manager", "admin")
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


def nameable(person: Person) -> Person:
    """Return a person without spaces around name and prison; NameRefused if no card could show one of the two."""
    return replace(person, name=one_line(person.name), prison=one_line(person.prison) if person.prison.strip() else "")


def one_line(name: str) -> str:
    """Return a name without spaces around it; NameRefused if it is empty, too long, or more than one line."""
    name = name.strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise NameRefused
    return name


def may_read(role: Role, form: Form) -> bool:
    """Say whether a role may read and write records of a form.

    What is restricted (sealed surveys, the evaluation's own records) is the manager's alone; an administrator looks
    after the vault and reads no case.
    """
    match role:
        case "manager":
            return True
        case "worker":
            return form.keeping != "restricted"
        case "admin":
            return False
