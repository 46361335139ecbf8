"""What a bundle for one recipient shall hold: which streams she may have, and what of them she does not have yet."""

import os
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import tac_desktop
from tac_desktop.casework.journal import b64, tick
from tac_desktop.casework.record import derived_id, new_id
from tac_desktop.errors import CaseNotInVault, CasesMustBeNamed, RecipientNotAllowed
from tac_desktop.storage.exchange import Exchange, Origin, Reach

if TYPE_CHECKING:
    from tac_desktop.export.bundle.attachment_pieces import Attachment
    from tac_desktop.export.bundle.vouching import Stretch
    from tac_desktop.export.bundle.writer import Parcel
    from tac_desktop.export.card import Trusted
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

_ACKNOWLEDGED = 256
"""The latest so many bundles are acknowledged in each bundle back; an older one is only sent again."""


def streams_for(store: "Store", trusted: "Trusted", cases: Collection[str] | None, *, signing_key: bytes) -> set[str]:
    """Return the streams that a recipient may have: by name, by her role, or because she has them already.

    Args:
        store: The store of the open vault.
        trusted: The recipient.
        cases: Ids of the named case files; None for everything that she may have.
        signing_key: This vault's own.

    Raises:
        RecipientNotAllowed, CaseNotInVault, CasesMustBeNamed.
    """
    shared = {stream for stream, kind in store.exchange.streams().items() if kind in ("case", "office")}
    if trusted.role == "admin":
        raise RecipientNotAllowed
    if cases is not None:
        if not shared.issuperset(cases):
            raise CaseNotInVault
        return set(cases)
    if trusted.role == "manager":
        return shared
    hers = shared & _streams_of_a_worker(store.exchange, trusted, signing_key)
    if not hers and not store.history(missing_note(trusted.card.device_id)):
        raise CasesMustBeNamed
    return hers


def _streams_of_a_worker(exchange: Exchange, worker: "Trusted", signing_key: bytes) -> set[str]:
    """Return the streams that a worker has a part in.

    To write in a case file gives no right to read it: its id follows from the case reference, which can be guessed. So
    one in which a third vault has written is hers only after a person has named it for her once; entries of third
    vaults were sent to her then.
    """
    origins, reaches = exchange.origins(), exchange.reaches()
    both = {signing_key, worker.card.signing_key}
    thirds = {rid for rid, one in origins.items() if not one.own and one.key not in both}
    theirs = {rid for rid, one in origins.items() if one.key == worker.card.signing_key}
    sent = exchange.histories_sent_to(worker.card.device_id)
    named = {stream for rid, stream in sent if rid in thirds}
    written_by_thirds = {reach.stream for reach in reaches if reach.incarnation in thirds}
    taking_part = {stream for _, stream in sent} | {one.stream for one in reaches if one.incarnation in theirs}
    return named | (taking_part - written_by_thirds)


def parcel_for(
    vault: "Vault", store: "Store", to: "Trusted", streams: set[str], *, signing_key: bytes, now: datetime
) -> "Parcel":
    """Return what a bundle for a recipient shall hold of these streams: all that she is not known to hold."""
    from tac_desktop.export.bundle.vouching import Incarnation
    from tac_desktop.export.bundle.writer import Parcel

    exchange, peer = store.exchange, to.card.device_id
    origins = exchange.origins()
    reaches = [reach for reach in exchange.reaches() if reach.stream in streams and _has_a_name(reach, origins)]
    stretches = _stretches(exchange, peer, reaches)
    used = sorted({stretch.incarnation for stretch in stretches})
    parts = {rid: {s.stream: (s.after.sseq, s.end.sseq) for s in stretches if s.incarnation == rid} for rid in used}
    wall_ms = int(now.timestamp() * 1000)
    return Parcel(
        id=new_id(wall_ms, os.urandom(10)), person=vault.person.id, app=tac_desktop.__version__,
        incarnation=vault.incarnation.rid or b"", recipients=((to.card, exchange.next_number(peer)),),
        hlc=tick(0, wall_ms), wall=moment(now),
        incarnations=tuple(
            Incarnation(rid, one.key or signing_key, one.nonce, one.parent, one.signature)
            for rid, one in ((rid, origins[rid]) for rid in used)
        ),
        stretches=tuple(stretches), rows=lambda rid: exchange.entries(rid, parts[rid]),
        attachments=_attachments(store, parts),
        received=tuple(note.id for note in exchange.received_from(peer)[:_ACKNOWLEDGED]),
        have=tuple((r.incarnation, r.stream, r.sseq) for r in reaches) if _must_tell_all(store, peer) else None,
    )  # fmt: skip


def _has_a_name(reach: Reach, origins: Mapping[bytes, Origin]) -> bool:
    """Say whether a history can be passed on: it is one's own, or its device has signed how far it goes."""
    origin = origins.get(reach.incarnation)
    return origin is not None and (origin.own or bool(reach.signature))


def _must_tell_all(store: "Store", peer: bytes) -> bool:
    """Say whether the recipient is to forget what she believes of us: at first, and when her bundles do not fit."""
    sent, missing = store.exchange.sent_to(peer), store.history(missing_note(peer))
    return not sent or bool(missing and missing[-1].at >= sent[0].at)


def missing_note(peer: bytes) -> str:
    """Return the id of the note that a bundle of this vault did not fit, because an earlier one has not arrived."""
    return derived_id("bundle_missing", b64(peer))


def moment(now: datetime) -> str:
    """Return a time as it is noted with bundles: in UTC, so that two can be compared as text."""
    return now.astimezone(UTC).isoformat(timespec="milliseconds")


def _stretches(exchange: Exchange, peer: bytes, reaches: list[Reach]) -> "list[Stretch]":
    """Return what of these histories another vault is not known to hold."""
    from tac_desktop.export.bundle.rows import START, Position
    from tac_desktop.export.bundle.vouching import Stretch

    held, stretches = exchange.peer_has(peer), list[Stretch]()
    for reach in reaches:
        after = held.get((reach.incarnation, reach.stream), 0)
        if after < reach.sseq:
            begin = Position(after, exchange.chain_at(reach.incarnation, reach.stream, after)) if after else START
            stretches.append(Stretch(
                incarnation=reach.incarnation, stream=reach.stream, after=begin,
                end=Position(reach.sseq, reach.chain), signature=reach.signature,
            ))  # fmt: skip
    return stretches


def _attachments(store: "Store", parts: Mapping[bytes, Mapping[str, tuple[int, int]]]) -> "tuple[Attachment, ...]":
    """Return the attachments that these entries name, as far as they lie here."""
    from tac_desktop.export.bundle.attachment_pieces import Attachment

    named = sorted({sha256 for rid, part in parts.items() for sha256 in store.exchange.attachments(rid, part)})
    sizes = {sha256: store.attachment_size(sha256) for sha256 in named}
    return tuple(
        Attachment(sha256=sha256, size=size, chunks=lambda number, sha256=sha256: _piece(store, sha256, number))
        for sha256, size in sizes.items()
        if size is not None
    )


def _piece(store: "Store", sha256: str, number: int) -> Iterator[bytes]:
    """Yield the bytes of one piece of an attachment."""
    from tac_desktop.export.bundle.manifest import PIECE

    passed = 0
    for chunk in store.attachment(sha256):
        begin, end = max(number * PIECE - passed, 0), min((number + 1) * PIECE - passed, len(chunk))
        if begin < end:
            yield chunk[begin:end]
        passed += len(chunk)
