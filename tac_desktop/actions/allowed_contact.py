"""Standing by what was decided about contact, and the list of all contact that is not allowed over all case files."""

from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.permitted import permitted, refuse_unwritable
from tac_desktop.actions.restriction import closed_cases, refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.contact_channels import may_forbid
from tac_desktop.casework.contact_matrix import to_confirm
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.journal import Change
from tac_desktop.casework.outside_permission import FORMS, NEEDED, Outside, names_of, outside
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

_FORM: Final = "contact_permission"
_CHUNK: Final = 50
"""So many case files are read at once."""


@dataclass(frozen=True)
class OutsideCase:
    """Contact of one case file that is not allowed."""

    case_file: str
    name: str
    """The mother's."""
    child: str
    """What the child is called."""
    found: Outside


@permitted(Deed.WRITE_CASES)
def stand_by(store: "Store", person: Person, case_file: str, children: Collection[str], *, now: datetime) -> int:
    """Note that somebody looked at every decision about contact with some children and that they still hold.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        case_file: The case file.
        children: The ids of the children's records.
        now: The time, with its zone.

    Returns:
        How many decisions there are; those that are over are not among them.

    Raises:
        CaseRestricted: the case file is closed to her.
    """
    form, today = forms.ALL[_FORM], now.date().isoformat()
    refuse_unwritable(person, form)
    refuse_closed(store, case_file)
    decisions = to_confirm(store.records(_FORM, case_file), children, today)
    changes = [
        Change(
            record_id=one.id, form=_FORM, version=form.version, stream=one.stream, values={"looked_at": today},
            known_on=today,
        )
        for one in decisions
        if one.text("looked_at") != today
    ]  # fmt: skip
    if changes:
        store.save(changes, author=person.id, now=now)
    return len(decisions)


@permitted(Deed.READ_CASES)
def outside_everywhere(store: "Store", today: str) -> Generator[tuple[int, int], None, list[OutsideCase]]:
    """Return all contact that was or is not allowed, the newest first, without case files that are closed to her.

    Yields (done, total) case files.

    Args:
        store: The store of the open vault.
        today: Today's ISO date.
    """
    closed = closed_cases(store)
    decided = sorted({one.case_file for one in store.records(_FORM) if may_forbid(one.text("level"))} - closed)
    found: list[OutsideCase] = []
    for start in range(0, len(decided), _CHUNK):
        yield start, len(decided)
        for records in _by_case(store, decided[start : start + _CHUNK]):
            found += _of_case(records, today)
    return sorted(found, key=lambda one: (one.found.day, one.case_file, one.found.record_id), reverse=True)


def _by_case(store: "Store", case_files: list[str]) -> Iterator[list[Record]]:
    """Yield what is wanted of each case file, all its records together; of the log only contact with children."""
    several: dict[str, list[Record]] = {}
    found = store.across.contact_with_children(case_files)
    for form in {*FORMS, *NEEDED, "mother"} - {"contact"}:
        found += store.across.records(form, case_files)
    for record in found:
        several.setdefault(record.case_file, []).append(record)
    yield from several.values()


def _of_case(records: list[Record], today: str) -> Iterator[OutsideCase]:
    grouped = by_form(records)
    children = names_of(grouped.get("child", ()))
    mother = next((one.text("name") for one in grouped.get("mother", ())), "")
    for one in outside(grouped, today):
        yield OutsideCase(records[0].case_file, mother, children.get(one.child, ""), one)
