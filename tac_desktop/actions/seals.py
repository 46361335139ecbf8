"""Seals: a person stands behind a finished document, tracker or assessment; everybody sees what has changed since."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.cards import whom_we_trust
from tac_desktop.actions.comments import shown_as
from tac_desktop.actions.known_seals import Signer, as_documents, ever_known
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import may_open, refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.journal import Change, Entry, Sem, decode_sem
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record, new_id
from tac_desktop.casework.same_woman import FORM as SAME_WOMAN
from tac_desktop.casework.sealing import (
    FIELDS,
    FORM,
    RESTING,
    SEALABLE,
    STATE_FORMS,
    NotASeal,
    Sealed,
    changed_since,
    not_here,
    seal_text,
    sealed_by,
    state_entries,
)
from tac_desktop.casework.tracker_state import day_of
from tac_desktop.errors import AnswersContradict, NotAllowed, SealBroken, UnknownRecord

if TYPE_CHECKING:
    from tac_desktop.export.card import Trusted
    from tac_desktop.storage.reading import PastEntry
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

_MARK = b'"seal"'
_ESCAPE = rb"\u"
"""By this a letter can be written in other words; who writes the mark so is looked at all the same."""


@dataclass(frozen=True, kw_only=True)
class Seal:
    """A seal under a record, as it stands now."""

    id: str
    name: str
    """Who sealed it: as her card says where she is known here, else as she signs."""
    role: str
    at: str
    """When, by the clock on her wall: 'YYYY-MM-DDTHH:MM'."""
    holds: bool
    """Whether the person is known here by the key of this seal, and all that she sealed is here."""
    changed_since: int
    """How many entries the record has that were not sealed."""
    why: str = ""
    """Why it does not hold, as a sentence; '' where it does."""
    state_of: str = ""
    """The ISO day whose state of the case it covers, too; '' where it covers the record alone."""
    state_since: int = 0
    """How many entries say something else about that day by now than what was sealed."""


def may_be_sealed(form: str) -> bool:
    """Say whether records of a form are finished one day, so that somebody can stand behind them."""
    return form in SEALABLE


@permitted(Deed.ISSUE_PAPERS)
def seal_record(vault: "Vault", store: "Store", person: Person, record_id: str, *, now: datetime) -> str:
    """Seal a record as it stands now; return the id of the seal. The next bundle carries it.

    Args:
        vault: The open vault.
        store: Its store.
        person: Who is at work: only she can seal in her name.
        record_id: A record of a form that `may_be_sealed`.
        now: The time, with its zone.

    Raises:
        UnknownRecord: there is no such record.
        NotAllowed: records of this form are not sealed, or the person or the vault may not seal.
        AnswersContradict: two of its answers differ; that has to be decided first.
        AttachmentDamaged: the document's file is not here as it was issued.
        NoSealKey: nobody came in by a pass-phrase of her own.
    """
    from tac_desktop.export.seal import make_seal

    record = refuse_unsealable(vault, store, record_id)
    entries = tuple(sorted(entry.cid for entry in store.history(record.id)))
    day = day_of(record, now.date().isoformat()) if record.form in RESTING else ""
    text = seal_text(Sealed(
        record=record.id, form=record.form, stream=record.stream, entries=entries, person=person.id, name=person.name,
        role=person.role, at=now.isoformat(timespec="seconds"), state_of=day,
        rests_on=_state(store, record.stream, day) if day else (),
    ))  # fmt: skip
    made = new_id(int(now.timestamp() * 1000), os.urandom(10))
    change = Change(
        record_id=made, form=FORM, version=forms.ALL[FORM].version, stream=record.stream, op="seal",
        values={
            "record": record.id, "name": person.name, "at": now.isoformat(timespec="minutes")[:16], "text": text,
            "signature": make_seal(vault.seal_seed(), text),
        },
        known_on=now.date().isoformat(),
    )  # fmt: skip
    store.trust_documents.keep(as_documents([(vault.seal_key, Signer(person.id, person.name))]))
    store.save([change], author=person.id, now=now)
    facts: Facts = {"case_file": record.case_file, "record": record.id, "seal": made}
    note_event(store, person, Event.RECORD_SEALED, now=now, facts=facts)
    return made


@permitted(Deed.READ_CASES)
def seals_on(vault: "Vault", store: "Store", record_id: str) -> list[Seal]:
    """Return the seals under a record, the oldest first, each checked anew."""
    record = store.record(record_id)
    if record is None or record.form not in SEALABLE or not may_open(store, record.case_file):
        return []
    found = [(one, on_it) for one in store.records(FORM, record.case_file) if (on_it := _on(store, one.id, record.id))]
    if not found:
        return []
    signers, present = signers_here(vault, store), {entry.cid for entry in store.history(record.id)}
    told = [(entry, _seal(store, one, entry, signers, present)) for one, on_it in found for entry in on_it]
    told.sort(key=lambda pair: (pair[1].at, pair[0].sem.hlc))  # some are of the same minute
    return [seal for _, seal in told]


def _state(store: "Store", stream: str, day: str) -> tuple[str, ...]:
    """Return the entries of which the state of a case consists, also of the files that are read as one with it."""
    streams = store.joined_cases.streams_of(stream)
    found = (entry for one in streams for entry in store.entries(one, STATE_FORMS))
    return state_entries(((entry.cid, entry.sem) for entry in found), day)


def _may_rest_on(store: "Store", stream: str) -> set[str]:
    """Return the streams on which a seal in one may rest: its own, and those that were ever read as one with it."""
    pairs = ({one.stream, one.text("first")} for one in store.records(SAME_WOMAN))
    return {stream, *store.joined_cases.streams_of(stream)}.union(*(pair for pair in pairs if stream in pair))


def _state_since(store: "Store", sealed: Sealed) -> int:
    """Return how many entries of the state of the sealed day are here that were not sealed."""
    if not sealed.state_of:
        return 0
    return len(set(_state(store, sealed.stream, sealed.state_of)) - set(sealed.rests_on))


def _on(store: "Store", seal: str, record_id: str) -> "list[PastEntry]":
    """Return the entries by which a seal was put under a record, or under one that is shown as one with it by now.

    There is one; another person can use its id once more for a seal of her own. A later entry that is none breaks it.
    """
    entries = list({entry.cid: entry for entry in store.history(seal)}.values())
    on_it = [entry for entry in entries if _is_on(store, (entry.values or {}).get("record"), record_id)]
    broken = [entry for entry in entries if not (entry.values or {}).keys() >= FIELDS]
    return broken[:1] if on_it and broken else on_it


def _is_on(store: "Store", sealed: object, record_id: str) -> bool:
    return isinstance(sealed, str) and (sealed == record_id or shown_as(store, sealed) == record_id)


def signers_here(vault: "Vault", store: "Store") -> dict[bytes, Signer]:
    """Return by seal key whose seals are known here: of this vault's people, of all whom it trusts or trusted."""
    own = {one.id: one.name for one in vault.people()}
    here = {key: Signer(person, own.get(person, "")) for person, key in vault.seal_keys().items()}
    return ever_known(store) | _signers(whom_we_trust(vault, store)) | here


def check_seals(entries: Iterable[Entry], trusted: "Mapping[bytes, Trusted]") -> None:
    """Check the seals among entries that arrived; others are passed over.

    Args:
        entries: Entries of a bundle, in any order.
        trusted: Whom the vault believes, by device id.

    Raises:
        SealBroken: one of them does not hold, or is no seal although it says so; the bundle is to be refused.
    """
    signers = None
    for entry in entries:
        if _MARK not in entry.sem and _ESCAPE not in entry.sem:
            continue
        sem = decode_sem(entry.sem)
        if (sem.form == FORM or sem.op == "seal") and entry.payload:
            signers = _signers(trusted) if signers is None else signers
            try:
                _check(sem, _values(sem, entry.payload), signers)
            except ValueError as broken:
                raise SealBroken from broken


def refuse_unsealable(vault: "Vault", store: "Store", record_id: str) -> Record:
    """Return a record that can be sealed now; raise what `seal_record` raises where it cannot."""
    record = store.record(record_id)
    if record is None:
        raise UnknownRecord
    own = whom_we_trust(vault, store).get(vault.device_id)
    if record.form not in SEALABLE:
        raise NotAllowed
    refuse_closed(store, record.case_file)
    if own is None or not own.allows("seal"):
        raise NotAllowed
    if record.conflicts:
        raise AnswersContradict
    if record.text("file"):
        for _ in store.attachment(record.text("file")):
            pass  # read to its end: a piece that is missing or wrong is told there
    vault.seal_seed()
    return record


def _signers(trusted: "Mapping[bytes, Trusted]") -> dict[bytes, Signer]:
    cards = [card for one in trusted.values() for card in (one.card, *one.colleagues)]
    return {card.seal_key: Signer(card.person, card.name) for card in cards}


def _check(sem: Sem, values: Mapping[str, object], signers: Mapping[bytes, Signer]) -> tuple[Sealed, Signer | None]:
    """Return what a seal's entry says was sealed, and who did it where she is known; ValueError if it is broken."""
    from tac_desktop.export.seal import check_seal

    sealed = sealed_by(sem, values)
    signer = signers.get(check_seal(_words(values, "text"), _words(values, "signature")))
    if signer is not None and signer.person != sealed.person:
        raise NotASeal
    return sealed, signer


def _words(values: Mapping[str, object], name: str) -> str:
    """Return a text of a seal's entry; NotASeal if it is none."""
    words = values.get(name)
    if not isinstance(words, str):
        raise NotASeal
    return words


def _values(sem: Sem, payload: bytes) -> dict[str, object]:
    values: Any = json.loads(payload)
    return dict(zip(sem.fields, values, strict=True))


def _seal(
    store: "Store", record: Record, entry: "PastEntry", signers: Mapping[bytes, Signer], present: set[str]
) -> Seal:
    try:
        sealed, signer = _check(entry.sem, entry.values or {}, signers)
    except ValueError:
        return Seal(
            id=record.id, name=record.text("name"), role="", at=record.text("at"), holds=False, changed_since=0,
            why="This seal does not hold: it was altered after it was made.",
        )  # fmt: skip
    why = _why(sealed, signer, signers) or _missing(store, sealed, present)
    return Seal(
        id=record.id, name=signer.name if signer else sealed.name, role=sealed.role, at=sealed.at[:16], holds=not why,
        changed_since=changed_since(sealed, present), why=why, state_of=sealed.state_of,
        state_since=_state_since(store, sealed),
    )  # fmt: skip


def _why(sealed: Sealed, signer: Signer | None, signers: Mapping[bytes, Signer]) -> str:
    """Return why a seal whose signature fits cannot be relied on here, '' if it can."""
    if signer is None and any(one.person == sealed.person for one in signers.values()):
        return (
            "It was not made with the key by which this person is known here. She may have a new card since, or it was "
            "not she: ask her."
        )
    if signer is None:
        return "A seal of somebody unknown here: accept her card first, then it can be checked."
    return ""


def _missing(store: "Store", sealed: Sealed, present: set[str]) -> str:
    """Return what of a sealed record cannot be seen in it, '' for nothing."""
    if not not_here(sealed, present) and not sealed.rests_on:
        return ""
    streams = sorted(_may_rest_on(store, sealed.stream)) if sealed.rests_on else [sealed.stream]
    of_the_state = {entry.cid for one in streams for entry in store.entries(one, STATE_FORMS)}
    if not not_here(sealed, present) and of_the_state.issuperset(sealed.rests_on):
        return ""
    everything = {entry.cid for one in streams for entry in store.entries(one)}
    match not_here(sealed, everything) + len(set(sealed.rests_on) - everything):
        case 0:
            return "What was sealed as one record has been separated into several since."
        case 1:
            return "One of the entries that were sealed is not in this vault yet."
        case missing:
            return f"{missing:,} of the entries that were sealed are not in this vault yet."
