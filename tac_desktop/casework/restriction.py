"""A restricted case file: who may open it, as the managers' own record in it says."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tac_desktop.casework.record import Record

FORM: Final = "case_restriction"


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """That a case file is restricted. It holds from when it was written until a manager lifts it.

    No clock is asked: a computer's can be set forward.
    """

    record_id: str
    case_file: str
    people: frozenset[str]
    """The ids of those who may open it beside the managers."""
    reason: str
    since: str
    """The ISO day."""


def restriction_in(record: Record) -> Restriction | None:
    """Return what a record of the form `case_restriction` says; None if the restriction was lifted.

    Where managers have written different things without knowing of each other, the stricter one holds until one of them
    has decided: it is not lifted, and nobody but managers may open the case file.
    """
    if record.text("until") and "until" not in record.conflicts:
        return None
    people = () if "people" in record.conflicts else record.text("people").split()
    return Restriction(
        record_id=record.id, case_file=record.case_file, people=frozenset(people), reason=record.text("reason"),
        since=record.text("since"),
    )  # fmt: skip


def in_force(records: Iterable[Record]) -> dict[str, Restriction]:
    """Return by case file the restriction that is in force; of several in one case file, who is named in all may open.

    Args:
        records: All of the form `case_restriction`.
    """
    found: dict[str, Restriction] = {}
    for one in filter(None, map(restriction_in, records)):
        other = found.get(one.case_file)
        people = one.people & other.people if other else one.people
        found[one.case_file] = Restriction(
            record_id=one.record_id, case_file=one.case_file, people=people, reason=one.reason, since=one.since
        )
    return found
