"""Disposing of one case file: nothing of what it said stays; that it was written does, and a certificate tells it."""

import hashlib
import json
import os
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.cards import whom_we_trust
from tac_desktop.actions.disposal_plan import Plan, plan_disposal
from tac_desktop.actions.drafts import drafts_of
from tac_desktop.actions.permitted import permitted
from tac_desktop.casework import forms
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.journal import Change, JsonValue, to_journal
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record, derived_id, new_id
from tac_desktop.casework.streams import office_stream
from tac_desktop.errors import (
    BasisMissing,
    BasisNamesSomebody,
    NotAllowed,
    ReferenceNotTyped,
    TacError,
)

if TYPE_CHECKING:
    from tac_desktop.export.documents.disposal_certificate import Disposed
    from tac_desktop.storage.backup_shelf import Backup
    from tac_desktop.storage.disposal import Contents
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

_FORM: Final = forms.ALL["disposal"]
_ERASING: Final = "redaction"
"""The form of the entries that erase others (journal.md)."""
_STEPS: Final = 5
_SHORTEST_NAME: Final = 3
"""A word of fewer letters in a name is none by which anybody is known."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a disposal has done."""

    record_id: str
    """The record of the disposal, with its certificate."""
    certificate: bytes
    """The PDF."""
    entries: int
    records: int
    files: int
    drafts: int
    is_swept: bool
    """Whether the files were written anew, too; else `finish_disposals` does what is left."""
    backups: "Sequence[Backup]"
    """Those from before, which still hold it."""


@permitted(Deed.DISPOSE)
def dispose(
    vault: "Vault", store: "Store", case_file: str, *, typed: str, basis: str, now: datetime, early: bool = False
) -> Generator[tuple[int, int], None, Outcome]:
    """Dispose of a case file: every entry of it is erased, here at once, elsewhere by the next bundle; yields steps.

    All of it or nothing: erasing, certificate and audit are one transaction. Then drafts go, and the database file is
    written anew; where that was interrupted, `finish_disposals` does the rest. No backup is made before it.

    Args:
        vault: The open vault.
        store: Its store.
        case_file: The case file.
        typed: The case reference, as the person typed it to confirm.
        basis: On which basis, in words that name nobody: they stay.
        now: The time, with its zone.
        early: Whether it goes although its day has not come.

    Raises:
        NothingToDispose, UnderLegalHold, RetentionUnsettled, NoRetentionClass, NotDueYet: what stands in the way.
        ReferenceNotTyped, BasisMissing, BasisNamesSomebody: what was typed cannot stand.
        NotAllowed: the service does not let this vault erase.
        NoSealKey: nobody came in by a pass-phrase of her own, so nobody can seal the certificate.
        DiskFull, CannotWrite, VaultBusy: nothing was changed.
    """
    plan = plan_disposal(vault, store, case_file, now=now)
    _refuse(vault, store, plan, typed, basis, early=early)
    yield 1, _STEPS
    contents = store.disposal.contents(case_file)
    certificate = yield from _certificate(vault, plan, basis.strip(), now)
    yield 3, _STEPS
    record_id = _erase(vault, store, plan, contents, certificate, basis.strip(), now)
    yield 4, _STEPS
    is_swept = True
    try:
        finish_disposals(vault, store)
    except TacError:  # what was decided stands; a busy or full disk is no reason to say that it was not done
        is_swept = False
    yield _STEPS, _STEPS
    return Outcome(
        record_id=record_id, certificate=certificate, entries=contents.count, records=contents.records,
        files=len(contents.files), drafts=plan.drafts, is_swept=is_swept, backups=plan.backups,
    )  # fmt: skip


@permitted(Deed.LOOK_AFTER_VAULT)
def finish_disposals(vault: "Vault", store: "Store") -> bool:
    """Do what is left after entries were erased, here or by a colleague; say whether anything was.

    Drafts of case files that were disposed of go, and the database files are written anew. Stopped at any instant it
    can be done again.

    Raises:
        DiskFull, CannotWrite, VaultBusy, Stopped: it is still to be done.
    """
    if not store.disposal.wants_sweeping:
        return False
    gone = sorted(store.disposal.emptied())
    with closing(drafts_of(vault)) as drafts:
        for case_file in gone:
            drafts.forget_case(case_file)
        if gone:
            drafts.forget_unreadable(vault)
    store.disposal.sweep()
    return True


@permitted(Deed.DISPOSE)
def disposals(store: "Store") -> list[Record]:
    """Return what was disposed of, the latest first: the records of the form `disposal`, each with its certificate."""
    return store.records("disposal")[::-1]


def _refuse(vault: "Vault", store: "Store", plan: Plan, typed: str, basis: str, *, early: bool) -> None:
    """Raise what stands in the way of a disposal."""
    if plan.obstacle is not None and not (early and plan.only_not_due):
        raise plan.obstacle
    own = whom_we_trust(vault, store).get(vault.device_id)
    if own is None or not own.allows("redact"):
        raise NotAllowed
    if typed.strip() != plan.reference:
        raise ReferenceNotTyped
    if not basis.strip():
        raise BasisMissing
    named = {word.casefold() for name in _names(store, plan.case_file) for word in name.split()}
    if {word.strip(".,;:()'’\"").casefold() for word in basis.split()} & {w for w in named if len(w) >= _SHORTEST_NAME}:
        raise BasisNamesSomebody


def _names(store: "Store", case_file: str) -> list[str]:
    several = (*store.records("mother", case_file), *store.records("child", case_file))
    records = (*several, *store.joined_cases.beside(case_file))
    return [record.text(field) for record in records for field in ("name", "known_as", "aliases")]


def _certificate(vault: "Vault", plan: Plan, basis: str, now: datetime) -> Generator[tuple[int, int], None, bytes]:
    from tac_desktop.export.documents.disposal_certificate import disposal_certificate
    from tac_desktop.export.pdf import draw

    with closing(draw(disposal_certificate(_told(vault, plan, basis, now)))) as steps:
        while True:
            try:
                next(steps)
            except StopIteration as end:
                return end.value.content
            yield 2, _STEPS


def _told(vault: "Vault", plan: Plan, basis: str, now: datetime) -> "Disposed":
    from tac_desktop.export import sshsig
    from tac_desktop.export.documents.disposal_certificate import Disposed
    from tac_desktop.export.identity import device_id

    chosen = plan.retention.retention_class
    references = ", ".join((plan.reference, *(reference for _, reference in plan.with_it)))
    return Disposed(
        reference=references, class_words=chosen.words if chosen else "",
        class_source=f"{chosen.years} years. {chosen.source}" if chosen else "", basis=basis, due=plan.retention.due,
        disposed_on=now.date().isoformat(), disposed_by=vault.person.name, entries=plan.entries, records=plan.records,
        files=plan.files, drafts=plan.drafts, colleagues=plan.colleagues, backups=len(plan.backups),
        place_is_missing=plan.place_is_missing, seal_key=sshsig.fingerprint(device_id(vault.seal_key)),
    )  # fmt: skip


def _erase(
    vault: "Vault", store: "Store", plan: Plan, contents: "Contents", certificate: bytes, basis: str, now: datetime
) -> str:
    """Write in one transaction what erases every entry, the record of the disposal, and the event; return its id."""
    mother = store.record(plan.case_file, "mother", plan.case_file)
    prison = mother.text("prison") if mother else vault.person.prison
    record_id, today = new_id(int(now.timestamp() * 1000), os.urandom(10)), now.date().isoformat()
    with store.exchange.at_once():
        file, changes = store.attach([certificate]), list[Change]()
        for place, case in enumerate([(plan.case_file, plan.reference), *plan.with_it]):
            changes.append(Change(
                record_id=derived_id(_FORM.name, record_id, case[0]) if place else record_id, form=_FORM.name,
                version=_FORM.version, stream=office_stream(prison), known_on=today,
                values=_answers(vault, plan, case, file, certificate, basis, today),
            ))  # fmt: skip
        for stream, cids in contents.entries.items():
            values: dict[str, JsonValue] = {"basis": basis, **{f"cid/{cid}": True for cid in cids}}
            changes.append(Change(
                record_id=new_id(int(now.timestamp() * 1000), os.urandom(10)), form=_ERASING, version=1, stream=stream,
                values=values, known_on=today, op="redact",
            ))  # fmt: skip
        store.save(changes, author=vault.person.id, now=now)
        facts: Facts = {
            "case_file": plan.case_file, "entries": plan.entries, "attachments": plan.files, "record": record_id,
            "sha256": hashlib.sha256(certificate).hexdigest(),
        }  # fmt: skip
        note_event(store, vault.person, Event.DISPOSED, now=now, facts=facts)
    return record_id


def _answers(
    vault: "Vault", plan: Plan, case: tuple[str, str], file: str, certificate: bytes, basis: str, today: str
) -> dict[str, JsonValue]:
    from tac_desktop.export.seal import make_seal

    chosen = plan.retention.retention_class
    said: dict[str, str | int | None] = {
        "reference": case[1], "disposed_case": case[0],
        "retention_class": chosen.code if chosen else None, "basis": basis, "due": plan.retention.due or None,
        "disposed_on": today, "disposed_by": vault.person.name, "erased_entries": plan.entries,
        "erased_records": plan.records, "erased_files": plan.files,
    }  # fmt: skip
    text = json.dumps(
        {"type": "tac-disposal", "v": 1, **said, "sha256": hashlib.sha256(certificate).hexdigest()},
        ensure_ascii=False, separators=(",", ":"),
    )  # fmt: skip
    signed = {"certificate": file, "text": text, "signature": make_seal(vault.seal_seed(), text)}
    return to_journal(_FORM, {name: answer for name, answer in (said | signed).items() if answer is not None})
