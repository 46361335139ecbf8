"""Comments of colleagues on what is written in a case file: they travel with it, and stand in no paper and no count."""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import closed_cases, may_open, refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.fields import problem
from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record, derived_id, new_id
from tac_desktop.errors import AnswersRefused, NotAllowed, UnknownRecord

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

_COMMENT, _READ = forms.ALL["comment"], forms.ALL["comment_read"]
_WORKERS = frozenset({"worker", "engagement_worker"})
_BETWEEN_COLLEAGUES = frozenset({"comment", "comment_read", "seal", "handover", "case_restriction"})


@dataclass(frozen=True, kw_only=True)
class Reading:
    """That somebody read a comment."""

    person: str
    """Her id."""
    name: str
    on: str
    """The ISO day."""


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What a colleague remarked on a record, or on one entry of its history."""

    id: str
    case_file: str
    record_id: str
    entry: str
    """The id of the entry that it is about; '' where it is about the record."""
    text: str
    author: str
    """The id of the person who wrote it."""
    name: str
    role: str
    at: str
    """When it was written, by the clock on her wall: 'YYYY-MM-DDTHH:MM'."""
    read_by: tuple[Reading, ...] = ()

    def is_news_for(self, person: Person) -> bool:
        """Say whether somebody else wrote it and the person has not read it yet."""
        return self.author != person.id and all(reading.person != person.id for reading in self.read_by)


def may_be_commented(form: str) -> bool:
    """Say whether records of a form can be commented on: those of a case file that tell of the case itself.

    What never leaves the vault cannot be: nobody would see the comment.
    """
    declared = forms.ALL[form]
    return declared.keeping == "case" and form not in _BETWEEN_COLLEAGUES


@permitted(Deed.WRITE_CASES)
def comment(store: "Store", person: Person, record_id: str, text: str, *, now: datetime, entry: str = "") -> str:
    """Write a comment on a record, or an answer to the comments on it; return its id. The next bundle carries it.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        record_id: The record that it is about.
        text: The comment.
        now: The time, with its zone.
        entry: The id of the entry of the record's history that it is about; '' for the record as such.

    Raises:
        AnswersRefused: there is nothing in it, or what cannot be kept.
        UnknownRecord: there is no such record or entry.
        NotAllowed: nobody else will ever read the record.
        CaseRestricted: its case file is closed to the person.
    """
    record = _commented(store, record_id)
    if entry and entry not in {past.cid for past in store.history(record_id)}:
        raise UnknownRecord
    words = text.strip()
    wrong = "Write what you want to say." if not words else problem(_COMMENT.by_name["text"], words, _day(now))
    if wrong:
        raise AnswersRefused({"text": wrong})
    change = comment_change(person, record.id, record.stream, words, now, entry)
    seen = [_reading(store, person, one, now) for one in comments_on(store, record_id) if one.is_news_for(person)]
    store.save([change, *seen], author=person.id, now=now)
    return change.record_id


def comment_change(person: Person, record_id: str, stream: str, text: str, now: datetime, entry: str = "") -> Change:
    """Return what writes a comment on a record that is saved in the same moment, or was before; see `comment`."""
    answers: dict[str, JsonValue] = {
        "record": record_id, "author": person.id, "name": person.name, "role": person.role,
        "at": now.isoformat(timespec="minutes")[:16], "text": text, "entry": entry or None,
    }  # fmt: skip
    made = new_id(int(now.timestamp() * 1000), os.urandom(10))
    return Change(
        record_id=made, form=_COMMENT.name, version=_COMMENT.version, stream=stream, values=answers,
        known_on=_day(now),
    )  # fmt: skip


@permitted(Deed.READ_CASES)
def comments_on(store: "Store", record_id: str) -> list[Comment]:
    """Return the comments on a record and on its entries, the oldest first; who may read it is the caller's to ask."""
    record = store.record(record_id)
    if record is None or not may_open(store, record.case_file):
        return []
    everything = comments_in(store, record.case_file)
    found = [one for one in everything if record_id == one.record_id or record.id == shown_as(store, one.record_id)]
    return sorted(found, key=lambda one: (one.at, store.history(one.id)[0].sem.hlc))  # some are of the same minute


def shown_as(store: "Store", record_id: str) -> str:
    """Return the id under which a record is shown: its own, or that of the one that it turned out to be."""
    record = store.record(record_id) if store.has_joined_records() else None
    return record.id if record else record_id


@permitted(Deed.READ_CASES)
def comments_in(store: "Store", case_file: str | None = None) -> list[Comment]:
    """Return the comments in a case file, or in all (None) that are open to the person at work, the oldest first."""
    if case_file is not None:
        refuse_closed(store, case_file)
    found = from_records(store.records(_COMMENT.name, case_file), store.records(_READ.name, case_file))
    closed = closed_cases(store)
    return [one for one in found if one.case_file not in closed]


def from_records(comments: Iterable[Record], readings: Iterable[Record]) -> list[Comment]:
    """Return the comments that these records make, in their order."""
    read: dict[str, list[Reading]] = {}
    for one in readings:
        reading = Reading(person=one.text("reader"), name=one.text("name"), on=one.known_on)
        read.setdefault(one.text("comment"), []).append(reading)
    return [_comment(record, read.get(record.id, ())) for record in comments]


@permitted(Deed.READ_CASES)
def unread(store: "Store", person: Person) -> list[Comment]:
    """Return the comments that are news for a person, the newest first.

    A comment between two of the same role is news only for one who takes part in it, else each manager would be told
    of what another has said to a worker; a worker is told of everything that is said about her cases.
    """
    everything = comments_in(store)
    taking_part = {one.record_id for one in everything if one.author == person.id}
    return [
        one
        for one in reversed(everything)
        if one.is_news_for(person) and (person.role in _WORKERS or one.role in _WORKERS or one.record_id in taking_part)
    ]


@permitted(Deed.WRITE_CASES)
def mark_read(store: "Store", person: Person, comments: Iterable[str], *, now: datetime) -> None:
    """Note that a person has read comments; their authors see it with the next bundle.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        comments: Their ids.
        now: The time, with its zone.

    Raises:
        UnknownRecord: one of them is not here; none was marked.
    """
    wanted = set(comments)
    found = [one for one in comments_in(store) if one.id in wanted]
    if len(found) != len(wanted):
        raise UnknownRecord
    changes = [_reading(store, person, one, now) for one in found if one.is_news_for(person)]
    store.save(changes, author=person.id, now=now)


def counts(comments: Sequence[Comment], person: Person) -> tuple[int, int]:
    """Return how many comments there are, and how many of them are news for a person."""
    return len(comments), sum(one.is_news_for(person) for one in comments)


def _commented(store: "Store", record_id: str) -> Record:
    record = store.record(record_id)
    if record is None:
        raise UnknownRecord
    if not may_be_commented(record.form):
        raise NotAllowed
    refuse_closed(store, record.case_file)
    return record


def _reading(store: "Store", person: Person, read: Comment, now: datetime) -> Change:
    """Return what notes a reading; its id is derived, so that a person reads a comment once, in whatever vault."""
    stands = store.record(read.id)
    if stands is None:
        raise UnknownRecord
    return Change(
        record_id=derived_id(_READ.name, read.id, person.id), form=_READ.name, version=_READ.version,
        stream=stands.stream, values={"comment": read.id, "reader": person.id, "name": person.name},
        known_on=_day(now),
    )  # fmt: skip


def _comment(record: Record, read: Sequence[Reading]) -> Comment:
    return Comment(
        id=record.id, case_file=record.case_file, record_id=record.text("record"), entry=record.text("entry"),
        text=record.text("text"), author=record.text("author"), name=record.text("name"), role=record.text("role"),
        at=record.text("at"), read_by=tuple(read),
    )  # fmt: skip


def _day(now: datetime) -> str:
    return now.date().isoformat()
