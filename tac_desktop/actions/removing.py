"""Takes a record out of a case file, into its recycle bin, and brings it back: nothing is lost, and it is told why."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final, cast

from tac_desktop.actions.addenda import refuse_sealed
from tac_desktop.actions.permitted import permitted, refuse_unwritable
from tac_desktop.actions.restriction import closed_cases, refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.fields import Field, Link, Links
from tac_desktop.casework.journal import Change
from tac_desktop.casework.live import DELETED
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed, may_read
from tac_desktop.casework.record import Record
from tac_desktop.errors import AnswersRefused, NotRemovable, UnknownRecord

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

REASON: Final = "reason"
"""The name under which a missing reason is told."""
_LONGEST_REASON: Final = 500
_STAYS: Final = frozenset({"mother", "access_request"})
"""Of what is filled in by hand, what stays: the case file itself, and what somebody asked for by law."""


@dataclass(frozen=True, kw_only=True)
class Removed:
    """A record that was taken out of a case file."""

    record: Record
    """As it stood."""
    by: str
    """The id of the person."""
    at: str
    """When, by the clock of the computer where it was done (ISO, UTC)."""
    reason: str


def may_be_removed(form: str) -> bool:
    """Say whether records of a form can be taken out: those that people fill in, but for the case file itself.

    What was issued, sealed, handed over, said to a colleague or decided by law stays as it is.
    """
    return forms.ALL[form].by_hand and form not in _STAYS


@permitted(Deed.WRITE_CASES)
def remove(
    store: "Store", person: Person, record_id: str, reason: str, *, now: datetime, form: str = "", case_file: str = ""
) -> None:
    """Take a record out; it stands in the recycle bin from now on, with all its answers and its history.

    If somebody has changed it in another vault without knowing, the record stays until a person has decided.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        record_id: The record; where its form and case file are known they are named, too.
        reason: Why, in one's own words.
        now: The time, with its zone.
        form: Its form.
        case_file: Its case file.

    Raises:
        AnswersRefused: the reason is missing or too long.
        UnknownRecord: there is no such record.
        NotRemovable: records of its form are never taken out.
        SealedAlready: the record was sealed, and not re-opened since.
        NotPermitted, CaseRestricted: it is not the person's to do.
    """
    record = store.record(record_id, form, case_file)
    if record is None:
        raise UnknownRecord
    refuse_unwritable(person, forms.ALL[record.form])
    refuse_closed(store, record.case_file)
    if not may_be_removed(record.form):
        raise NotRemovable
    refuse_sealed(store, record)
    words = reason.strip()
    if not 0 < len(words) <= _LONGEST_REASON:
        said = f"Write in at most {_LONGEST_REASON} characters" if words else "Write"
        raise AnswersRefused({REASON: f"{said} why it is removed."})
    store.save([removal(store, record, words, now)], author=person.id, now=now)


def removal(store: "Store", record: Record, reason: str, now: datetime) -> Change:
    """Return what takes a record out as it stands now; whether it may be is the caller's to ask."""
    seen = [entry.cid for entry in store.history(record.id, record.form, record.case_file)]
    return Change(
        record_id=record.id, form=record.form, version=record.version, stream=record.stream, op="del",
        values={DELETED: {"reason": reason, "seen": seen}}, known_on=now.date().isoformat(),
    )  # fmt: skip


@permitted(Deed.READ_CASES)
def removed(store: "Store", person: Person, case_file: str) -> list[Removed]:
    """Return what was taken out of a case file and stands in its recycle bin, the latest first.

    Raises:
        CaseRestricted: it is closed to the person.
    """
    refuse_closed(store, case_file)
    found = [
        _told(store, record)
        for form in forms.ALL.values()
        if may_be_removed(form.name) and may_read(person.role, form)
        for record in store.records(form.name, case_file, removed=True)
    ]
    return sorted(found, key=lambda one: (one.at, one.record.id), reverse=True)


@permitted(Deed.READ_CASES)
def removed_from_office(store: "Store", person: Person) -> list[Removed]:
    """Return what was taken out of what the offices keep, the latest first, without what names a closed case file."""
    closed = closed_cases(store)
    found = [
        _told(store, record)
        for form in forms.ALL.values()
        if form.keeping == "office" and may_be_removed(form.name) and may_read(person.role, form)
        for record in store.records(form.name, removed=True)
        if record.case_file not in closed
    ]
    return sorted(found, key=lambda one: (one.at, one.record.id), reverse=True)


@permitted(Deed.WRITE_CASES)
def bring_back(store: "Store", person: Person, record_id: str, *, form: str, case_file: str, now: datetime) -> None:
    """Bring a record back out of the recycle bin, with the answers that it had.

    Raises:
        UnknownRecord: no such record was taken out.
        NotPermitted, CaseRestricted: it is not the person's to do.
    """
    refuse_unwritable(person, forms.ALL[form])
    refuse_closed(store, case_file)
    record = next((one for one in store.records(form, case_file, removed=True) if one.id == record_id), None)
    if record is None:
        raise UnknownRecord
    change = Change(
        record_id=record.id, form=form, version=record.version, stream=record.stream, values={DELETED: None},
        known_on=now.date().isoformat(),
    )  # fmt: skip
    store.save([change], author=person.id, now=now)


@permitted(Deed.READ_CASES)
def linked_to(store: "Store", person: Person, record_id: str, *, form: str, case_file: str) -> list[Record]:
    """Return the records of a case file with an answer that names a record, which would point to nothing without it.

    Of what an office keeps they are those of all case files that the person may open.

    Raises:
        CaseRestricted: the case file is closed to the person.
    """
    refuse_closed(store, case_file)
    readable = [other for other in forms.ALL.values() if may_read(person.role, other)]
    asking = [(other.name, field) for other in readable for field in other.fields if _asks_for(field, form)]
    if forms.ALL[form].keeping == "office":
        found = [one for other, field in asking for one in store.across.naming(other, field.name, record_id)]
        closed = closed_cases(store)
        return [one for one in found if one.case_file not in closed]
    return [
        record
        for other in dict.fromkeys(other for other, _ in asking)
        for record in store.records(other, case_file)
        if any(_names(record, field.name, record_id) for name, field in asking if name == other)
    ]


def _asks_for(field: Field, form: str) -> bool:
    return isinstance(field, Link | Links) and field.to == form


def _names(record: Record, question: str, record_id: str) -> bool:
    answer = record.answers.get(question)
    return record_id == answer or (isinstance(answer, tuple) and record_id in answer)


def _told(store: "Store", record: Record) -> Removed:
    """Return by whom and why a record was taken out; by the latest who did it, where several have."""
    history = store.history(record.id, record.form, record.case_file)
    entry = next(entry for entry in reversed(history) if isinstance((entry.values or {}).get(DELETED), dict))
    told = cast("dict[str, object]", (entry.values or {})[DELETED])
    return Removed(record=record, by=entry.sem.author, at=entry.at, reason=str(told.get("reason", "")))
