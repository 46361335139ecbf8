"""Bundles: what leaves this vault for others, and what it takes in from them. Whom it trusts is in cards.py."""

import os
from collections.abc import Collection, Generator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from tac_desktop.actions.audit import FORM as AUDIT
from tac_desktop.actions.audit import note_event
from tac_desktop.actions.cards import identity_of, trusted_cards, whom_we_trust
from tac_desktop.actions.parcels import missing_note, moment, parcel_for, streams_for
from tac_desktop.actions.seals import check_seals
from tac_desktop.casework import forms
from tac_desktop.casework.journal import JsonValue, b64, unb64
from tac_desktop.errors import (
    BundleRefused,
    MissingEntries,
    NotAllowed,
    RecipientUnknown,
    SenderNotAllowed,
    TwoHistories,
)
from tac_desktop.storage.exchange import BundleNote, Exchange, Origin

if TYPE_CHECKING:
    from tac_desktop.export.bundle.reader import BundleReader, Outline
    from tac_desktop.export.bundle.writer import Parcel, Written
    from tac_desktop.export.card import Card, Trusted
    from tac_desktop.storage.intake import Intake
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

Progress: TypeAlias = tuple[int, int]
"""How much of how much is done, in a unit of no further meaning."""

_STAYS_HERE = {AUDIT, "session"} | {name for name, form in forms.ALL.items() if form.keeping == "restricted"}
"""Forms whose records never leave a vault, so none may come in."""


@dataclass(frozen=True, kw_only=True)
class BundleWritten:
    """A bundle that was written."""

    id: str
    entries: int
    case_files: int
    attachments: int
    size: int
    """Bytes of the file."""


@dataclass(frozen=True, kw_only=True)
class BundleImported:
    """What a bundle brought, or would bring."""

    id: str
    sender: str
    """The name on the sender's card."""
    written_at: str
    """When it was written, by the sender's clock (ISO)."""
    recipients: tuple[str, ...]
    """The names of those for whom it is sealed, as far as their cards were accepted here; '' for others."""
    new: int = 0
    """Records that were not here."""
    changed: int = 0
    """Records that were here and got new entries."""
    conflicting: int = 0
    """Of both, those with answers that contradict each other now."""
    known: int = 0
    """Entries that were here already."""
    attachments: int = 0
    imported_before: str = ""
    """When this very bundle was imported (ISO), '' if it was not."""


# --- out ---


def neutral_name(now: datetime) -> str:
    """Suggest a file name for a bundle that tells nothing about people."""
    return f"tac-{now.date().isoformat()}-{os.urandom(3).hex()}.tacb"


def write_bundle(
    vault: "Vault",
    store: "Store",
    recipient: "Card",
    path: Path,
    *,
    now: datetime,
    cases: Collection[str] | None = None,
) -> Generator[Progress, None, BundleWritten]:
    """Write a bundle for one recipient: everything new for her, or of the named case files.

    A manager receives all case files and offices; a worker those of which only she and this vault know, others after
    they were named for her once. Restricted records and the access audit never leave. What the recipient is known to
    hold is left out.

    Args:
        vault: The open vault.
        store: Its store.
        recipient: An accepted card.
        path: Where the bundle shall lie.
        now: The time, with its zone.
        cases: Ids of case files; None for everything new.

    Raises:
        NotAllowed, RecipientUnknown, RecipientNotAllowed, CasesMustBeNamed, CaseNotInVault, DiskFull, CannotWrite:
            no file is left behind, nor when the generator is closed.
    """
    from tac_desktop.export.bundle import writer as bundle_writer

    if vault.person.role == "admin":
        raise NotAllowed
    trusted = {one.card.device_id: one for one in trusted_cards(store)}.get(recipient.device_id)
    if trusted is None:
        raise RecipientUnknown
    key = identity_of(vault).signing_key
    streams = streams_for(store, trusted, cases, signing_key=key)
    parcel = parcel_for(vault, store, trusted, streams, signing_key=key, now=now)
    written = yield from bundle_writer.write_bundle(path, identity_of(vault), parcel)
    try:
        return _noted(vault, store, parcel, written, now)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _noted(vault: "Vault", store: "Store", parcel: "Parcel", written: "Written", now: datetime) -> BundleWritten:
    """Note what was sent, so that an acknowledgement can be understood, and who did it."""
    ((recipient, number),) = parcel.recipients
    note = BundleNote(id=parcel.id, peer=recipient.device_id, number=number, at=moment(now), sha256=written.sha256)
    store.exchange.note_sent(note, [(s.incarnation, s.stream, s.end.sseq) for s in parcel.stretches])
    told = len({stretch.stream for stretch in parcel.stretches})
    facts = {"bundle": parcel.id, "device": b64(recipient.device_id), "entries": written.rows, "case_files": told}
    note_event(store, vault.person, "bundle_written", now=now, facts=facts)
    return BundleWritten(
        id=parcel.id, entries=written.rows, case_files=told, attachments=written.attachments, size=written.size
    )


# --- in ---


def check_bundle(path: Path) -> "Outline":
    """Say what can be told about a bundle without a vault: its size and for how many it is sealed.

    Raises:
        NotABundle, BundleTooLarge, MediumUnreadable.
    """
    from tac_desktop.export.bundle.reader import outline

    return outline(path)


def import_bundle(
    vault: "Vault", store: "Store", path: Path, *, now: datetime, dry_run: bool = False
) -> Generator[Progress, None, BundleImported]:
    """Take in a bundle, all of it or nothing, and say what it brought; known entries change nothing.

    Args:
        vault: The open vault.
        store: Its store.
        path: The bundle.
        now: The time, with its zone.
        dry_run: Only find out what it would bring.

    Raises:
        NotABundle, BundleNotForUs, BundleDamaged, BundleMalformed, BundleTooLarge, MadeByNewerProgram, NewerEntries,
        SenderUnknown, SenderNotAllowed, SignedForSomebodyElse, MissingEntries, TwoHistories, MediumUnreadable, and what
        `Store.importing` raises: nothing was changed, nor when the generator is closed.
    """
    try:
        found = yield from _imported(vault, store, path, now, dry_run)
    except BundleRefused as trouble:
        if not dry_run:
            note_event(store, vault.person, "bundle_refused", now=now, facts={"why": type(trouble).__name__})
        raise
    if not (dry_run or found.imported_before):
        facts: dict[str, JsonValue] = {"bundle": found.id, "new": found.new, "changed": found.changed}
        note_event(store, vault.person, "bundle_imported", now=now, facts=facts)
    return found


def _imported(
    vault: "Vault",
    store: "Store",
    path: Path,
    now: datetime,
    dry_run: bool,  # noqa: FBT001 - see import_bundle
) -> Generator[Progress, None, BundleImported]:
    from tac_desktop.export.bundle.reader import BundleReader

    known_vaults = whom_we_trust(vault, store)
    with BundleReader(path, identity_of(vault), lambda _: known_vaults) as bundle:
        found = _about(bundle, known_vaults)
        before = store.exchange.imported(found.id)
        if before:
            yield from _read_through(bundle)
            return replace(found, known=bundle.row_count, imported_before=before.at)
        try:
            with store.importing(now, dry_run=dry_run) as intake:
                attachments = yield from _take_in(store, bundle, intake, now, known_vaults)
        except MissingEntries:
            if not dry_run:
                record = missing_note(bundle.signer.card.device_id)
                note_event(store, vault.person, "bundle_missing", now=now, facts={"bundle": found.id}, record_id=record)
            raise
    counts = intake.counts
    return replace(
        found, new=counts.new, changed=counts.changed, conflicting=counts.conflicting, known=counts.known,
        attachments=attachments,
    )  # fmt: skip


def _read_through(bundle: "BundleReader") -> Generator[Progress]:
    """Read a bundle that was taken in before to its end: a damaged copy must not be called sound."""
    for _ in bundle.parts():
        yield bundle.progress


def _about(bundle: "BundleReader", known_vaults: "dict[bytes, Trusted]") -> BundleImported:
    """Return what the manifest tells."""
    about = bundle.manifest
    names = {b64(device): one.card.name for device, one in known_vaults.items()}
    recipients = tuple(names.get(to.device or "", "") for to in about.recipients)
    return BundleImported(
        id=about.id, sender=bundle.signer.card.name, written_at=about.created.wall, recipients=recipients
    )


def _take_in(
    store: "Store", bundle: "BundleReader", intake: "Intake", now: datetime, known_vaults: "dict[bytes, Trusted]"
) -> Generator[Progress, None, int]:
    from tac_desktop.export.bundle.reader import Piece, Rows

    _refuse_streams_that_stay(store, bundle)
    intake.introduce(
        Origin(
            incarnation=one.id, own=False, key=one.key, nonce=one.nonce, parent=one.parent, signature=one.signature
        )
        for one in bundle.incarnations
    )  # fmt: skip
    attachments, pieces = 0, dict[str, bytes]()
    for part in bundle.parts():
        match part:
            case Rows(entries, named):
                if named & _STAYS_HERE:
                    raise SenderNotAllowed
                check_seals(entries, known_vaults)
                intake.apply(entries)
            case Piece(sha256, content):
                pieces[sha256] = content
        done, size = bundle.progress
        yield done, 2 * size
    for blob in bundle.manifest.blobs:
        if pieces.keys() >= set(blob.pieces):
            intake.attach(blob.sha256, (pieces[one] for one in blob.pieces))
            attachments += 1
    _refuse_other_histories(store.exchange, bundle)
    _note_what_it_tells(bundle, intake, now)
    size = bundle.progress[1]
    for done, total in intake.finish():
        yield size + size * done // total, 2 * size
    return attachments


def _refuse_streams_that_stay(store: "Store", bundle: "BundleReader") -> None:
    """Refuse entries for a stream that belongs to one vault alone: this one's, or one that is known to be such."""
    kept = {stream for stream, kind in store.exchange.streams().items() if kind in ("restricted", "terminal")}
    kept |= {store.restricted_stream, store.terminal_stream}
    if any(stretch.stream in kept for stretch in bundle.stretches):
        raise SenderNotAllowed


def _refuse_other_histories(exchange: Exchange, bundle: "BundleReader") -> None:
    """Refuse a history that continues ours from another past: it then ends with another chain."""
    here = {(reach.incarnation, reach.stream): reach for reach in exchange.reaches()}
    for stretch in bundle.stretches:
        reach = here[stretch.incarnation, stretch.stream]
        if reach.sseq == stretch.end.sseq and reach.chain != stretch.end.chain:
            raise TwoHistories


def _note_what_it_tells(bundle: "BundleReader", intake: "Intake", now: datetime) -> None:
    about, sender = bundle.manifest, bundle.signer.card.device_id
    intake.keep_signatures((s.incarnation, s.stream, s.end.sseq, s.signature) for s in bundle.stretches)
    holds = None if about.have is None else [(unb64(one.incarnation), one.stream, one.sseq) for one in about.have]
    intake.note_received(
        BundleNote(id=about.id, peer=sender, number=bundle.number, at=moment(now), sha256=bundle.sha256),
        [(stretch.incarnation, stretch.stream, stretch.end.sseq) for stretch in bundle.stretches],
        about.received,
        holds,
    )
