"""What was sealed stays as it was sent: later words are added with their day, or it is re-opened, saying why."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from tac_desktop.actions.comments import shown_as
from tac_desktop.actions.permitted import permitted, refuse_unwritable
from tac_desktop.actions.restriction import may_open, refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.fields import problem
from tac_desktop.casework.journal import Change
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record, new_id
from tac_desktop.casework.sealing import FORM as SEAL
from tac_desktop.casework.sealing import SEALABLE
from tac_desktop.errors import AnswersRefused, NotAllowed, SealedAlready, UnknownRecord

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

FORM: Final = "addendum"
Kind: TypeAlias = Literal["addition", "correction", "reopened"]
"""A code of the list 'addendum_kind'."""

NOT_SEALED: Final = "Nobody has sealed this, so it can be changed itself. Nothing was added."
_FORM = forms.ALL[FORM]


@dataclass(frozen=True, kw_only=True)
class Addendum:
    """What somebody added to a record after it was sealed."""

    id: str
    kind: str
    text: str
    name: str
    """Who wrote it."""
    at: str
    """When, by the clock on her wall: 'YYYY-MM-DDTHH:MM'."""


@permitted(Deed.WRITE_CASES)
def add(store: "Store", person: Person, record_id: str, text: str, *, kind: Kind, now: datetime) -> str:
    """Add something to a sealed record, with the day; or re-open it (kind 'reopened'), saying why; return its id.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        record_id: The record that was sealed.
        text: What is added; of a re-opening the reason.
        kind: What it is.
        now: The time, with its zone.

    Raises:
        AnswersRefused: nothing is said, or what cannot be kept.
        UnknownRecord: there is no such record.
        NotAllowed: nobody has sealed the record, so that it can be changed itself.
        NotPermitted, CaseRestricted: it is not the person's to write there.
    """
    record = store.record(record_id)
    if record is None:
        raise UnknownRecord
    refuse_unwritable(person, forms.ALL[record.form])
    refuse_closed(store, record.case_file)
    if not was_sealed(store, record):
        raise NotAllowed(NOT_SEALED)
    words = text.strip()
    wrong = "Write what you want to say." if not words else problem(_FORM.by_name["text"], words, "")
    if wrong:
        raise AnswersRefused({"text": wrong})
    made = new_id(int(now.timestamp() * 1000), os.urandom(10))
    change = Change(
        record_id=made, form=FORM, version=_FORM.version, stream=record.stream, known_on=now.date().isoformat(),
        values={
            "record": record.id, "kind": kind, "at": now.isoformat(timespec="minutes")[:16], "author": person.id,
            "name": person.name, "text": words,
        },
    )  # fmt: skip
    store.save([change], author=person.id, now=now)
    return made


@permitted(Deed.READ_CASES)
def addenda_on(store: "Store", record_id: str) -> list[Addendum]:
    """Return what was added to a record, the oldest first."""
    record = store.record(record_id)
    if record is None or record.form not in SEALABLE or not may_open(store, record.case_file):
        return []
    found = sorted(_about(store, FORM, record), key=lambda one: (one.text("at"), _clock(store, one)))
    return [addendum_of(one) for one in found]


def addendum_of(record: Record) -> Addendum:
    """Return what a record of the form 'addendum' says."""
    text = record.text
    return Addendum(id=record.id, kind=text("kind"), text=text("text"), name=text("name"), at=text("at"))


def as_shown(store: "Store", addendum: Record) -> Record:
    """Return the record of an addendum, naming what it was added to by the id under which that is shown."""
    return replace(addendum, answers={**addendum.answers, "record": shown_as(store, addendum.text("record"))})


def was_sealed(store: "Store", record: Record) -> bool:
    """Say whether somebody has put her seal under a record, whatever has happened to it since."""
    return record.form in SEALABLE and any(_about(store, SEAL, record))


def is_closed_by_seal(store: "Store", record: Record) -> bool:
    """Say whether a record is sealed, and nobody has re-opened it since the last seal was put under it."""
    if record.form not in SEALABLE:
        return False
    sealed = max((_clock(store, seal) for seal in _about(store, SEAL, record)), default=-1)
    opened = (_clock(store, one) for one in _about(store, FORM, record) if one.text("kind") == "reopened")
    return sealed > max(opened, default=-1)


def refuse_sealed(store: "Store", record: Record) -> None:
    """Raise SealedAlready if a record is sealed and was not re-opened since."""
    if is_closed_by_seal(store, record):
        raise SealedAlready


def _about(store: "Store", form: str, record: Record) -> Iterator[Record]:
    for one in store.records(form, record.case_file):
        if record.id in (one.text("record"), shown_as(store, one.text("record"))):
            yield one


def _clock(store: "Store", record: Record) -> int:
    return store.history(record.id, record.form, record.case_file)[0].sem.hlc
