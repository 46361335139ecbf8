"""The people who work with a vault, and what each role may read."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from tac_desktop.casework.form import Form

Role: TypeAlias = Literal["worker", "manager", "admin"]
ROLES: tuple[Role, ...] = ("worker", "manager", "admin")


@dataclass(frozen=True, kw_only=True)
class Person:
    """Someone with a key slot of their own."""

    id: str
    name: str
    role: Role
    prison: str = ""
    """The prison where a worker works (a code of the list 'prison', or the label of one that it does not hold)."""


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
