"""Reading a case file: its records, and how the answers of a record came about."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tac_desktop.actions.permitted import permitted, refuse_unreadable
from tac_desktop.actions.restriction import closed_cases, refuse_closed, without_closed
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.journal import JsonValue, from_journal
from tac_desktop.casework.mailbox import TELLS_OF_HER, is_told_elsewhere
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed, may, may_read
from tac_desktop.casework.record import Record
from tac_desktop.casework.sameness import SAME, groups
from tac_desktop.errors import UnknownRecord

if TYPE_CHECKING:
    from tac_desktop.storage.reading import PastEntry
    from tac_desktop.storage.store import Store


FULL = 1000
"""With more contacts than this, a case file is read for longer than one waits without noticing."""


@dataclass(frozen=True, kw_only=True)
class AnswerChange:
    """One answer that one person gave, changed or took back."""

    field: str
    before: Answer | None
    after: Answer | None
    entry: str
    """The id of the entry with which it was written; all answers of one save have the same."""
    author: str
    """The id of the person."""
    at: str
    """When it was written (ISO, UTC)."""
    known_on: str
    """The ISO day from which it held as known."""
    erased: bool = False
    """Whether the words were erased by law; then `after` is None."""


@permitted(Deed.READ_CASES)
def case_records(store: "Store", person: Person, case_file: str, known_on: str = "") -> dict[str, list[Record]]:
    """Return the records of a case file by form, the oldest own date first, without what a role may not read.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        case_file: The case file.
        known_on: As it was known on this day (ISO), with what was known then to be coming; '' for now.

    Raises:
        UnknownRecord: there is no such case file.
        CaseRestricted: it is closed to the person.
    """
    refuse_closed(store, case_file)
    found = {form: _known(store, form, case_file, known_on) for form in _readable(person)}
    if not found.get("mother"):
        raise UnknownRecord
    return found


@permitted(Deed.READ_CASES)
def is_full(store: "Store", person: Person, case_file: str) -> bool:
    """Say whether there is so much in a case file that one notices for how long it is read.

    Raises:
        UnknownRecord: there is no such case file.
        CaseRestricted: it is closed to the person.
    """
    if not records_of(store, person, "mother", case_file):
        raise UnknownRecord
    return store.across.count("contact", case_file) > FULL


@permitted(Deed.READ_CASES)
def case_records_again(
    store: "Store", person: Person, case_file: str, before: Mapping[str, list[Record]], since: int, *,
    known_on: str = "",
) -> tuple[dict[str, list[Record]], int]:  # fmt: skip
    """Return the records of a case file as `case_records` does, and the number of the latest entry of the journal.

    Only records are read of which anything was written since: a full case file has thousands of them, and a save
    writes one. What the law had erased is told to nobody here: who hears of that reads everything.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        case_file: The case file.
        before: What was read before; a form that is not among it is read.
        since: The number of the latest entry when that was read; 0 for all anew.
        known_on: As in `case_records`; then everything is read.

    Raises:
        UnknownRecord, CaseRestricted.
    """
    latest, written = store.again.written(since)
    if known_on or written is None:
        return case_records(store, person, case_file, known_on), latest
    refuse_closed(store, case_file)
    found = {
        name: store.again.records(name, case_file, before[name], written.get(name, ()))
        if name in before
        else store.records(name, case_file)
        for name in _readable(person)
    }
    if not found.get("mother"):
        raise UnknownRecord
    return found, latest


@permitted(Deed.READ_CASES)
def records_of(store: "Store", person: Person, form: str, case_file: str, known_on: str = "") -> list[Record]:
    """Return the records of one form of a case file, as they were known on a day (ISO), '' for now.

    Raises:
        NotPermitted: the person's role does not include this form.
        CaseRestricted: the case file is closed to her.
    """
    refuse_unreadable(person, forms.ALL[form])
    refuse_closed(store, case_file)
    return _known(store, form, case_file, known_on)


def _readable(person: Person) -> list[str]:
    """Return the forms of a case file that a person may read."""
    return [form.name for form in forms.ALL.values() if may_read(person.role, form) and form.about != "office"]


def _known(store: "Store", form: str, case_file: str, known_on: str) -> list[Record]:
    found = store.records(form, case_file, known_on or None, ahead=True)
    return without_closed(store, found) if known_on else found


@permitted(Deed.READ_CASES)
def office_records(store: "Store", person: Person, form: str) -> list[Record]:
    """Return the records of a form that belongs to no mother: the directory, the mailbox, surveys of staff.

    What names a case file that is closed to the person is left out.

    Raises:
        NotPermitted: the person's role does not include this form.
    """
    refuse_unreadable(person, forms.ALL[form])
    closed = closed_cases(store)
    return [record for record in store.records(form) if record.case_file not in closed]


@permitted(Deed.READ_CASES)
def record_of(store: "Store", person: Person, record_id: str, *, form: str = "", case_file: str = "") -> Record:
    """Return one record as it is now, of a form and in a case file where they are named.

    Raises:
        UnknownRecord, NotPermitted, CaseRestricted.
    """
    record = store.record(record_id, form, case_file)
    if record is None:
        raise UnknownRecord
    refuse_unreadable(person, forms.ALL[record.form])
    refuse_closed(store, record.case_file)
    return record


@permitted(Deed.READ_CASES)
def history_of(
    store: "Store", person: Person, record_id: str, *, form: str = "", case_file: str = ""
) -> Sequence[AnswerChange]:
    """Return every change of a record's answers, the newest first; of a form and in a case file where they are named.

    Raises:
        UnknownRecord, NotPermitted, CaseRestricted.
    """
    record = record_of(store, person, record_id, form=form, case_file=case_file)
    return _changes(store.history(record_id, form, case_file), _hidden_in(record, person))


@permitted(Deed.READ_CASES)
def history_as_known(store: "Store", person: Person, then: Record, known_on: str) -> Sequence[AnswerChange]:
    """Return the changes of a record's answers that were known on a day (ISO), the newest first.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        then: The record as it was known on the day; it may have been removed since.
        known_on: The day.

    Raises:
        NotPermitted, CaseRestricted.
    """
    refuse_unreadable(person, forms.ALL[then.form])
    refuse_closed(store, then.case_file, _read_in(then))
    return _changes(_entries_then(store, then, known_on), _hidden_in(then, person))


def _read_in(then: Record) -> str:
    """Return the case file in which a record was written: on another day it may have been read as part of one."""
    return then.stream if forms.ALL[then.form].keeping == "case" else then.case_file


def _entries_then(store: "Store", then: Record, known_on: str) -> "list[PastEntry]":
    """Return the entries of a record, and of those that were one with it on a day, that were known then."""
    here: dict[str, PastEntry] = {}
    asked, together = set[str](), {then.id}
    while new := together - asked:
        for record_id in new:
            history = store.history(record_id, then.form, _read_in(then))
            here |= {entry.cid: entry for entry in history if entry.sem.known_on <= known_on}
        asked |= new
        together = _one_with(then.id, here.values())
    ours = (entry for entry in here.values() if entry.sem.record_id in together)
    return sorted(ours, key=lambda entry: (entry.sem.hlc, entry.incarnation))


def _one_with(record_id: str, entries: "Iterable[PastEntry]") -> set[str]:
    """Return the ids of the records that are one with a record, as these entries say; its own among them."""
    said: dict[tuple[str, str], bool] = {}
    for entry in sorted(entries, key=lambda entry: (entry.sem.hlc, entry.incarnation)):
        for name, value in (entry.values or {}).items():
            if name.startswith(SAME):
                said[entry.sem.record_id, name.removeprefix(SAME)] = value is True
    edges: dict[str, set[str]] = {record_id: set()}
    for (one, other), holds in said.items():
        edges.setdefault(one, set()).update({other} if holds else ())
    return next(group for group in groups(edges) if record_id in group)


def _changes(entries: "Sequence[PastEntry]", hidden: frozenset[str]) -> list[AnswerChange]:
    changes: list[AnswerChange] = []
    known: dict[str, JsonValue] = {}
    for entry in entries:
        before = from_journal(known)
        known |= entry.values or dict.fromkeys(entry.sem.fields)
        after = from_journal(known)
        names = dict.fromkeys(name.partition("/")[0] for name in entry.sem.fields if not name.startswith("_"))
        changes += [
            AnswerChange(
                field=name, before=before.get(name), after=after.get(name), entry=entry.cid, author=entry.sem.author,
                at=entry.at, known_on=entry.sem.known_on, erased=entry.values is None,
            )
            for name in names
            if name not in hidden and (before.get(name) != after.get(name) or entry.values is None)
        ]  # fmt: skip
    return changes[::-1]


def _hidden_in(record: Record, person: Person) -> frozenset[str]:
    """Return the questions whose former answers only managers see: whose a message was that is in a restricted file."""
    went = is_told_elsewhere(record) and not may(person.role, Deed.RESTRICT_CASES)
    return TELLS_OF_HER if went else frozenset()


def names_of_people(people: Sequence[Person]) -> Mapping[str, str]:
    """Return the names of people by their ids."""
    return {person.id: person.name for person in people}
