"""Who may do what: one table from each deed to the roles that include it; it is enforced in actions/permitted.py."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.form import Form
from tac_desktop.casework.people import ROLES, Role


class Deed(StrEnum):
    """Something that a role may or may not include; the value completes the sentence 'You may …'."""

    READ_CASES = "read case files"
    WRITE_CASES = "write in case files"
    TAKE_OUT = "print or save a copy of something in a case file"
    ISSUE_PAPERS = "draw up and issue papers, and seal what is finished"
    TAKE_IN_WORKBOOK = "take in the case tracker"
    WRITE_WORKBOOK = "write the case tracker as a workbook"
    COUNT_EVALUATION = "count the evaluation"
    HAND_OVER = "hand over a case file"
    JOIN_CASES = "say that two case files are of one woman"
    EXCHANGE = "send and receive bundles"
    TRUST = "accept a colleague's card and join a service"
    KEEP_ROSTER = "found a service and keep its roster"
    READ_RESTRICTED = "read and write what is restricted: supervision, sealed surveys, the evaluation's own records"
    RESTRICT_CASES = "restrict a case file, and open every restricted one"
    ANSWER_SUBJECT_ACCESS = "answer a request of a person for what is kept about her"
    DISPOSE = "say how long a case file is kept, and dispose of it"
    LOOK_AFTER_PEOPLE = "look after the people of the vault and its recovery"
    READ_AUDIT = "read the audit"
    LOOK_AFTER_VAULT = "look after the vault: backups, checks, its keys"
    BE_KNOWN = "hand out one's own card, and change one's own pass-phrase"


_CASEWORK: Final[tuple[Role, ...]] = ("worker", "engagement_worker", "manager")
_PAPERS: Final[tuple[Role, ...]] = ("worker", "manager")
_KEEPERS: Final[tuple[Role, ...]] = ("manager", "admin")

TABLE: Final[Mapping[Deed, tuple[Role, ...]]] = MappingProxyType({
    Deed.READ_CASES: _CASEWORK,
    Deed.WRITE_CASES: _CASEWORK,
    Deed.TAKE_OUT: _CASEWORK,
    Deed.ISSUE_PAPERS: _PAPERS,
    Deed.TAKE_IN_WORKBOOK: _PAPERS,
    Deed.WRITE_WORKBOOK: _PAPERS,
    Deed.COUNT_EVALUATION: _PAPERS,
    Deed.HAND_OVER: _CASEWORK,
    Deed.JOIN_CASES: _PAPERS,
    Deed.EXCHANGE: _CASEWORK,
    Deed.TRUST: _KEEPERS,
    Deed.KEEP_ROSTER: _KEEPERS,
    Deed.READ_RESTRICTED: ("manager",),
    Deed.RESTRICT_CASES: ("manager",),
    Deed.ANSWER_SUBJECT_ACCESS: ("manager",),
    Deed.DISPOSE: ("manager",),
    Deed.LOOK_AFTER_PEOPLE: _KEEPERS,
    Deed.READ_AUDIT: _KEEPERS,
    Deed.LOOK_AFTER_VAULT: ROLES,
    Deed.BE_KNOWN: ROLES,
})  # fmt: skip
"""The roles that include each deed, in the order of `ROLES`. The users' guide shows it (docs/guide/people.md)."""

STOOD_IN_FOR: Final[frozenset[Deed]] = frozenset({Deed.TRUST, Deed.LOOK_AFTER_PEOPLE, Deed.READ_AUDIT})
"""What a worker may do, too, in a vault to which no manager and no administrator belongs: else nobody could.

Whom a vault believes is among it: a manager's card, or a service, is given every case file, also a restricted one.
"""

PLURAL: Final[Mapping[Role, str]] = MappingProxyType({
    "worker": "social workers", "engagement_worker": "family engagement workers", "manager": "managers",
    "admin": "administrators",
})  # fmt: skip

_OWN_DEEDS: Final[Mapping[str, Deed]] = MappingProxyType({
    "assessment": Deed.ISSUE_PAPERS, "issued_document": Deed.ISSUE_PAPERS, "seal": Deed.ISSUE_PAPERS,
    "handover": Deed.HAND_OVER, "same_woman": Deed.JOIN_CASES, "case_restriction": Deed.RESTRICT_CASES,
    "retention": Deed.DISPOSE, "disposal": Deed.DISPOSE,
    "access_request": Deed.ANSWER_SUBJECT_ACCESS, "access_decision": Deed.ANSWER_SUBJECT_ACCESS,
})  # fmt: skip
"""Forms of a case file that not everybody writes who writes in it."""


def who_may(deed: Deed) -> str:
    """Return the roles that include a deed, in words: 'social workers and managers'."""
    *first, last = (PLURAL[role] for role in TABLE[deed])
    return f"{', '.join(first)} and {last}" if first else last


def may(role: Role, deed: Deed, roles_here: Collection[Role] = ROLES) -> bool:
    """Say whether a role includes a deed.

    Args:
        role: The role.
        deed: The deed.
        roles_here: The roles of everybody who belongs to the vault: a worker stands in for what nobody else could do.
    """
    allowed = TABLE[deed]
    return role in allowed or (deed in STOOD_IN_FOR and not any(one in allowed for one in roles_here))


def reading(form: Form) -> Deed:
    """Return the deed that reading records of a form is; a restricted case file is a matter of its own."""
    return Deed.READ_RESTRICTED if form.keeping == "restricted" else Deed.READ_CASES


def writing(form: Form) -> Deed:
    """Return the deed that writing records of a form is."""
    return Deed.READ_RESTRICTED if form.keeping == "restricted" else _OWN_DEEDS.get(form.name, Deed.WRITE_CASES)


def may_read(role: Role, form: Form) -> bool:
    """Say whether a role may read records of a form."""
    return may(role, reading(form))


def may_write(role: Role, form: Form) -> bool:
    """Say whether a role may write records of a form."""
    return may(role, writing(form))
