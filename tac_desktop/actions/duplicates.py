"""Records that turned out to be one: joined by a person, and separated again if that was wrong; nothing is lost."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.permitted import permitted, refuse_unwritable
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.casework.sameness import SAME, representative
from tac_desktop.errors import NotTheSame, UnknownRecord

if TYPE_CHECKING:
    from tac_desktop.storage.reading import PastEntry
    from tac_desktop.storage.store import Store


@permitted(Deed.WRITE_CASES)
def join(store: "Store", person: Person, record_ids: Collection[str], *, now: datetime) -> str:
    """Say that records are one and the same; return the id under which they are shown.

    All their answers stand side by side: where they differ, that is a contradiction like any other.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        record_ids: Two or more records of one form in one case file.
        now: The time, with its zone.

    Raises:
        NotTheSame: they are not of one form in one case file, or fewer than two.
        UnknownRecord, NotPermitted, CaseRestricted.
    """
    found = [_writable(store, person, record_id) for record_id in record_ids]
    ids = sorted({record.id for record in found})
    if len({(record.form, record.case_file) for record in found}) != 1 or len(ids) < 2:
        raise NotTheSame
    shown = representative(ids, found[0].case_file)
    values: dict[str, JsonValue] = {f"{SAME}{other}": True for other in ids if other != shown}
    record = next(record for record in found if record.id == shown)
    store.save([_change(record, shown, values, now)], author=person.id, now=now)
    return shown


@permitted(Deed.READ_CASES)
def is_joined(store: "Store", record_id: str, known_on: str = "") -> bool:
    """Say whether a record is shown as one with others; by what was known on a day (ISO), '' for now."""
    if not store.has_joined_records():
        return False
    history = store.history(record_id)
    return bool(_edges([entry for entry in history if not known_on or entry.sem.known_on <= known_on]))


@permitted(Deed.WRITE_CASES)
def separate(store: "Store", person: Person, record_id: str, *, now: datetime) -> None:
    """Take back that a record is the same as others: all that are shown as one with it stand alone again.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        record_id: Any of the records that are shown as one.
        now: The time, with its zone.

    Raises:
        NotTheSame: it is shown as one with no other.
        UnknownRecord, NotPermitted, CaseRestricted.
    """
    record = _writable(store, person, record_id)
    edges = _edges(store.history(record_id))
    if not edges:
        raise NotTheSame("This record stands alone, so there is nothing to separate. Nothing was changed.")
    wanted: dict[tuple[str, str], dict[str, JsonValue]] = {}
    for of_record, stream, name in edges:
        wanted.setdefault((of_record, stream), {})[name] = False
    changes = [
        replace(_change(record, of_record, values, now), stream=stream)
        for (of_record, stream), values in sorted(wanted.items())
    ]
    store.save(changes, author=person.id, now=now)


def _writable(store: "Store", person: Person, record_id: str) -> Record:
    record = store.record(record_id)
    if record is None:
        raise UnknownRecord
    refuse_unwritable(person, forms.ALL[record.form])
    refuse_closed(store, record.case_file)
    return record


def _change(record: Record, record_id: str, values: dict[str, JsonValue], now: datetime) -> Change:
    joins = any(value is True for value in values.values())
    return Change(
        record_id=record_id, form=record.form, version=record.version, stream=record.stream, values=values,
        known_on=now.date().isoformat(), op="merge" if joins else "unmerge",
    )  # fmt: skip


def _edges(history: "list[PastEntry]") -> list[tuple[str, str, str]]:
    """Return what was said to be the same and not taken back: the record, its stream and the journal field."""
    replaced = {
        (entry.sem.record_id, cid, name)
        for entry in history for cid, names in entry.sem.supersedes.items() for name in names
    }  # fmt: skip
    here = {f"{SAME}{entry.sem.record_id}" for entry in history}  # the other one may lie in a case file that was parted
    return [
        (entry.sem.record_id, entry.sem.stream, name)
        for entry in history for name, value in (entry.values or {}).items()
        if name in here and value is True and (entry.sem.record_id, entry.cid, name) not in replaced
    ]  # fmt: skip
