"""Takes in what others send: all of a bundle or nothing, whoever made it and whatever is wrong with it."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.backup_schedule import MANY_CHANGES, back_up_before
from tac_desktop.actions.cards import follow_renewals, identity_of, judge_of, own_ids
from tac_desktop.actions.departures import introduced, opened, refuse_other_histories, refuse_streams_that_stay
from tac_desktop.actions.disposal import finish_disposals
from tac_desktop.actions.parcels import missing_note, moment
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.seals import check_seals
from tac_desktop.casework import forms
from tac_desktop.casework.audit import FORM as AUDIT
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.journal import Entry, b64, decode_sem, unb64
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.service import successor
from tac_desktop.errors import BundleRefused, MissingEntries, SenderNotAllowed, TacError
from tac_desktop.storage.exchange import BundleNote, Origin

if TYPE_CHECKING:
    from tac_desktop.export.bundle.reader import BundleReader
    from tac_desktop.export.card import Trusted
    from tac_desktop.storage.intake import Counts, Intake
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

_STAYS_HERE = {AUDIT, "session"} | {name for name, form in forms.ALL.items() if form.keeping == "restricted"}
"""Forms whose records never leave a vault, so none may come in."""

_COUNTED = ("comment", "handover")


@dataclass(frozen=True, kw_only=True)
class BundleImported:
    """What a bundle brought, or would bring."""

    id: str
    sender: str
    """The name on the sender's card."""
    written_at: str
    """When it was written, by the sender's clock (ISO)."""
    recipients: tuple[str, ...]
    """The names of those for whom it is sealed, as far as they are known here; '' for others."""
    kind: str = "sync"
    number: int = 0
    """The how-many-eth bundle of this sender for this vault it is, from 1; 0 for one's own."""
    volume: tuple[int, int] = (1, 1)
    """Which of how many volumes it is."""
    new: int = 0
    """Records that were not here."""
    changed: int = 0
    """Records that were here and got new entries."""
    conflicting: int = 0
    """Of both, those with answers that contradict each other now."""
    known: int = 0
    """Entries that were here already."""
    attachments: int = 0
    """Files that are whole by it."""
    left_out: int = 0
    """Entries that were left out, because their writer was withdrawn before."""
    comments: int = 0
    """Comments that were not here."""
    handovers: int = 0
    """Hand-overs of case files to this vault that were not here."""
    roster: int = 0
    """The version of the roster that came with it and is newer than the one before; 0 if none is."""
    receipt: str = ""
    """The code by which the sender knows that it arrived, where nothing may be carried back; '' before it is taken in,
    and where not all of it was."""
    imported_before: str = ""
    """When this very bundle was imported (ISO), '' if it was not."""


@dataclass
class _News:
    """Records that an import brings, by form, as far as they are counted one by one."""

    us: tuple[str, ...]
    found: dict[str, set[str]] = field(default_factory=lambda: {form: set[str]() for form in _COUNTED})

    def look_at(self, store: "Store", entries: Iterable[Entry]) -> None:
        """Find new comments, and hand-overs to this vault, among entries that are not taken in yet."""
        for entry in entries:
            form = next((form for form in _COUNTED if entry.sem.startswith(f'[1,"{form}"'.encode())), "")
            if form:
                sem = decode_sem(entry.sem)
                ours = form != "handover" or any(one.encode() in entry.payload for one in self.us)
                if ours and not store.history(sem.record_id):
                    self.found[form].add(sem.record_id)


@permitted(Deed.EXCHANGE)
def import_bundle(
    vault: "Vault", store: "Store", path: Path, *, now: datetime, dry_run: bool = False
) -> Generator[tuple[int, int], None, BundleImported]:
    """Take in a bundle, all of it or nothing, and say what it brought; known entries change nothing.

    Args:
        vault: The open vault.
        store: Its store.
        path: The bundle.
        now: The time, with its zone.
        dry_run: Only find out what it would bring.

    Raises:
        NotABundle, BundleNotForUs, BundleDamaged, BundleMalformed, BundleTooLarge, MadeByNewerProgram, NewerEntries,
        SenderUnknown, SenderWithdrawn, SenderNotAllowed, SignedForSomebodyElse, SealBroken, TwoRosters, MissingEntries,
        TwoHistories, DamagedEntries, AttachmentDamaged, MediumUnreadable, and what `Store.importing` raises: nothing
        was changed, nor when the generator is closed.
    """
    try:
        with closing(taken_in(vault, store, path, now=now, dry_run=dry_run)) as steps:
            return (yield from steps)
    except BundleRefused as trouble:
        if not dry_run:
            note_refusal(vault, store, trouble, now=now)
        raise


def note_refusal(vault: "Vault", store: "Store", trouble: BundleRefused, *, now: datetime) -> None:
    """Note in the access audit that a bundle was refused, and why."""
    note_event(store, vault.person, Event.BUNDLE_REFUSED, now=now, facts={"why": type(trouble).__name__})


def taken_in(
    vault: "Vault", store: "Store", path: Path, *, now: datetime, dry_run: bool = False
) -> Generator[tuple[int, int], None, BundleImported]:
    """Take in a bundle as `import_bundle` does, but do not note it if it is refused."""
    judge = judge_of(vault, store)
    with opened(vault, store, path, judge) as bundle:
        known_vaults = judge.believed
        found, before = _about(vault, bundle, known_vaults), store.exchange.imported(bundle.manifest.id)
        if before and before.left_out <= bundle.left_out:
            yield from _read_through(bundle)
            return replace(
                found, known=bundle.row_count, imported_before=before.at, left_out=before.left_out,
                receipt=_receipt(vault, bundle),
            )  # fmt: skip
        if bundle.row_count > MANY_CHANGES and not dry_run:
            yield from back_up_before(vault, store, "bundle", now=now)
        try:
            with store.importing(now, dry_run=dry_run) as intake:
                attachments, news = yield from _take_in(vault, store, bundle, intake, known_vaults, now)
                found = replace(_brought(found, intake.counts), attachments=attachments)
                if not dry_run:  # noted in the same transaction: what could not be noted was not taken in
                    found = replace(found, roster=judge.keep())
                    _note(vault, store, found, now)
        except MissingEntries as gap:
            raise _named_gap(vault, store, bundle, judge.believed, now, dry_run=dry_run) from gap
        receipt = "" if dry_run else _receipt(vault, bundle)
    if not dry_run:
        with suppress(TacError):  # what was taken in stands; it is done the next time
            finish_disposals(vault, store)
    return replace(found, receipt=receipt, comments=len(news["comment"]), handovers=len(news["handover"]))


def _note(vault: "Vault", store: "Store", found: BundleImported, now: datetime) -> None:
    """Note in the access audit that a bundle was taken in."""
    facts: Facts = {"bundle": found.id, "new": found.new, "changed": found.changed}
    note_event(store, vault.person, Event.BUNDLE_IMPORTED, now=now, facts=facts)


def _brought(found: BundleImported, counts: "Counts") -> BundleImported:
    return replace(found, new=counts.new, changed=counts.changed, conflicting=counts.conflicting, known=counts.known)


def _named_gap(
    vault: "Vault",
    store: "Store",
    bundle: "BundleReader",
    known_vaults: "Mapping[bytes, Trusted]",
    now: datetime,
    *,
    dry_run: bool,
) -> MissingEntries:
    """Return the trouble that names which bundles are missing; the next bundle back then tells what is held here."""
    sender, peer = bundle.signer.card, _peer(bundle, known_vaults)
    if not dry_run:
        facts: Facts = {"bundle": bundle.manifest.id, "number": bundle.number}
        note_event(store, vault.person, Event.BUNDLE_MISSING, now=now, facts=facts, record_id=missing_note(peer))
    return MissingEntries(sender.name, store.exchange.missing_before(peer, bundle.number))


def _peer(bundle: "BundleReader", known_vaults: "Mapping[bytes, Trusted]") -> bytes:
    """Return under which id the sender is known by now."""
    from tac_desktop.export.card import followers

    return successor(bundle.signer.card.device_id, followers(known_vaults))


def _receipt(vault: "Vault", bundle: "BundleReader") -> str:
    from tac_desktop.export.receipt_code import receipt_code

    sender = bundle.signer.card
    if sender.device_id in own_ids(vault) or bundle.left_out:
        return ""  # a receipt says that all of it is here
    return receipt_code(identity_of(vault).with_opening_key(bundle.opened_by), sender.recipient, bundle.sha256)


def _read_through(bundle: "BundleReader") -> Generator[tuple[int, int]]:
    """Read a bundle that was taken in before to its end: a damaged copy must not be called sound."""
    for _ in bundle.parts():
        yield bundle.progress


def _about(vault: "Vault", bundle: "BundleReader", known_vaults: "Mapping[bytes, Trusted]") -> BundleImported:
    """Return what the manifest tells."""
    about, own = bundle.manifest, bundle.signer.card.device_id in own_ids(vault)
    names = {b64(device): one.card.name for device, one in known_vaults.items()}
    return BundleImported(
        id=about.id, sender=bundle.signer.card.name, written_at=about.created.wall, kind=about.kind,
        recipients=tuple(names.get(to.device or "", "") for to in about.recipients),
        number=0 if own else bundle.number, volume=(about.volume.number, about.volume.of), left_out=bundle.left_out,
    )  # fmt: skip


def _take_in(
    vault: "Vault",
    store: "Store",
    bundle: "BundleReader",
    intake: "Intake",
    known_vaults: "Mapping[bytes, Trusted]",
    now: datetime,
) -> Generator[tuple[int, int], None, tuple[int, dict[str, set[str]]]]:
    """Take in everything that a bundle holds; return how many files are whole by it, and what is counted of it."""
    refuse_streams_that_stay(store, bundle)
    _introduce(bundle, intake)
    attachments, news, size = 0, _News(tuple(map(b64, own_ids(vault)))), bundle.progress[1]
    for part in bundle.parts():
        attachments += _take_part(store, intake, part, news, known_vaults)
        yield bundle.progress[0], 2 * size
    refuse_other_histories(store.exchange, bundle)
    follow_renewals(store, known_vaults)
    _note_what_it_tells(bundle, intake, _peer(bundle, known_vaults), now)
    for done, total in intake.finish():
        yield size + size * done // total, 2 * size
    return attachments, news.found


def _introduce(bundle: "BundleReader", intake: "Intake") -> None:
    intake.introduce(
        Origin(
            incarnation=one.id, own=False, key=one.key, nonce=one.nonce, parent=one.parent, signature=one.signature
        )
        for one in introduced(bundle)
    )  # fmt: skip
    for blob in bundle.manifest.blobs:
        intake.expect(blob.sha256, blob.size, blob.pieces)


def _take_part(
    store: "Store", intake: "Intake", part: object, news: _News, known_vaults: "Mapping[bytes, Trusted]"
) -> int:
    """Take in rows, or a piece of attachments; return how many attachments are whole by it."""
    from tac_desktop.export.bundle.reader import Piece, Rows

    match part:
        case Rows(entries, named):
            if named & _STAYS_HERE:
                raise SenderNotAllowed
            check_seals(entries, known_vaults)
            if named & set(_COUNTED):
                news.look_at(store, entries)
            intake.apply(entries)
            return 0
        case Piece(sha256, content):
            return len(intake.take_piece(sha256, [content]))
        case _:
            return 0


def _note_what_it_tells(bundle: "BundleReader", intake: "Intake", sender: bytes, now: datetime) -> None:
    about = bundle.manifest
    signed = [(s.incarnation, s.stream, s.end.sseq, s.signature) for s in bundle.stretches if s.signature]
    intake.keep_signatures(signed)
    note = BundleNote(
        id=about.id, peer=sender, number=bundle.number, at=moment(now), sha256=bundle.sha256, kind=about.kind,
        set_id=about.volume.set, volume=about.volume.number, volumes=about.volume.of,
        entries=bundle.row_count - bundle.left_out, size=bundle.progress[1], left_out=bundle.left_out,
    )  # fmt: skip
    ends = [(stretch.incarnation, stretch.stream, stretch.end.sseq) for stretch in bundle.told]
    held = None if about.have is None else [(unb64(one.incarnation), one.stream, one.sseq) for one in about.have]
    intake.note_received(note, ends, about.received, held)
