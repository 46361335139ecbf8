"""Who works with a mother: taken over in one step, so that the caseload of everybody is known."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.answers import changes_of
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

_FORM = forms.ALL["case_worker"]


@permitted(Deed.WRITE_CASES)
def work_with(store: "Store", person: Person, case_file: str, *, now: datetime) -> None:
    """Write down that the person at work works with a mother from today, and who did so before no longer does.

    Raises:
        CaseRestricted: the case file is closed to her.
        UnknownRecord: there is no such case file.
    """
    refuse_closed(store, case_file)
    if changes := changes_for(store, person, case_file, person.name, now):
        store.save(changes, author=person.id, now=now)


def changes_for(store: "Store", person: Person, case_file: str, name: str, now: datetime) -> Sequence[Change]:
    """Return what has to be written so that somebody alone works with a mother from today; nothing if she does."""
    today = now.date().isoformat()
    current = [one for one in store.records(_FORM.name, case_file) if works_on(one, today)]
    same = name.strip().casefold()
    ended = [one for one in current if one.text("name").casefold() != same]
    changes = [change for one in ended for change in _ended(store, person, one, today, now)]
    if not any(one.text("name").casefold() == same for one in current):
        answers = {"name": name.strip(), "from_date": today}
        changes += changes_of(store, person, _FORM, answers=answers, now=now, case_file=case_file)[1]
    return changes


def works_on(record: Record, day: str) -> bool:
    """Say whether who is named works with the mother from a day on: on her last day another one takes over."""
    return record.text("from_date") <= day and (not record.text("to_date") or day < record.text("to_date"))


def _ended(store: "Store", person: Person, record: Record, today: str, now: datetime) -> Sequence[Change]:
    answers = {**record.answers, "to_date": today}
    case_file = record.case_file
    return changes_of(store, person, _FORM, answers=answers, now=now, case_file=case_file, record_id=record.id)[1]
