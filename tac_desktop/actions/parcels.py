"""What a bundle for one recipient shall hold: which streams she may have, and what of them she does not have yet."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

import tac_desktop
from tac_desktop.actions.cards import identity_of, whom_we_trust
from tac_desktop.actions.rights import Rights
from tac_desktop.actions.service_file import what_travels
from tac_desktop.casework.journal import b64, tick
from tac_desktop.casework.record import derived_id, new_id
from tac_desktop.casework.service import Place
from tac_desktop.casework.streams import office_stream
from tac_desktop.errors import CaseNotInVault, CasesMustBeNamed
from tac_desktop.storage.exchange import Exchange, Origin, Reach

if TYPE_CHECKING:
    from tac_desktop.export.bundle.attachment_pieces import Attachment
    from tac_desktop.export.bundle.vouching import Incarnation, Stretch
    from tac_desktop.export.bundle.writer import Parcel, Volume
    from tac_desktop.export.card import Trusted
    from tac_desktop.export.identity import Identity
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

Basis: TypeAlias = Literal["acknowledged", "sent", "all"]
"""What is left out: what the recipient is known to hold; also what is on its way to her; nothing."""
Kind: TypeAlias = Literal["sync", "transfer", "receipt"]
Held: TypeAlias = Mapping[tuple[bytes, str], int]
"""How far each history (incarnation, stream) is held."""

_ACKNOWLEDGED = 256
"""The latest so many bundles are acknowledged in each bundle back; an older one is only sent again."""


@dataclass(frozen=True, kw_only=True)
class Streams:
    """The streams for one recipient."""

    hers: frozenset[str]
    unnamed: int = 0
    """Case files in which she has written, but which nobody who may has handed over to her."""


@dataclass(frozen=True)
class Load:
    """What is to go to a recipient: parts of histories, and the files that their entries name."""

    stretches: "tuple[Stretch, ...]"
    attachments: "tuple[Attachment, ...]"


def streams_for(vault: "Vault", store: "Store", to: "Trusted", cases: Collection[str] | None, *, today: str) -> Streams:
    """Return the streams that shall go to a recipient.

    Args:
        vault: The open vault.
        store: Its store.
        to: The recipient.
        cases: Ids of the only case files that shall go to her; None for all that she may have.
        today: The ISO date.

    Raises:
        CaseNotInVault: one of `cases` is not here.
        CasesMustBeNamed: nothing was ever handed over to her.
    """
    found = may_have(vault, store, to, today=today)
    if cases is None:
        if to.role != "manager" and not found.hers and not store.history(missing_note(to.card.device_id)):
            raise CasesMustBeNamed
        return found
    if any(store.exchange.streams().get(case) not in ("case", "office") for case in cases):
        raise CaseNotInVault
    return replace(found, hers=found.hers & set(cases))


def may_have(vault: "Vault", store: "Store", to: "Trusted", *, today: str) -> Streams:
    """Return the streams that a recipient may have: by her role, her prisons, or by what was handed over to her."""
    kinds, device = store.exchange.streams(), to.card.device_id
    case_files = {stream for stream, kind in kinds.items() if kind == "case"}
    offices = {stream for stream, kind in kinds.items() if kind == "office"}
    if to.role == "manager":
        return Streams(hers=frozenset(case_files | offices))
    rights = Rights(vault, store)
    # who holds a case file that was disposed of hears of it, whoever gave it to her: nothing else is in it any more
    held = {stream for _, stream in store.exchange.peer_has(device)}
    hers = rights.of(device, case_files, today) | (store.disposal.emptied() & held)
    offices &= {office_stream(site) for site in to.sites or (to.card.prison,)}
    return Streams(hers=frozenset(hers | offices), unnamed=len(rights.written_in_by(device) - hers))


def load_for(vault: "Vault", store: "Store", streams: Collection[str], held: Held) -> Load:
    """Return what of these streams goes beyond what a recipient holds.

    Args:
        vault: The open vault.
        store: Its store.
        streams: What she may have.
        held: What is left out; see `held_by`.
    """
    exchange, identity, origins = store.exchange, identity_of(vault), store.exchange.origins()
    stretches = tuple(
        _stretch(exchange, identity, reach, after, origins.get(reach.incarnation))
        for reach in _passed_on(vault, store, streams)
        if (after := held.get((reach.incarnation, reach.stream), 0)) < reach.sseq
    )
    return Load(stretches, _attachments(store, stretches))


def held_by(exchange: Exchange, peer: bytes, basis: Basis) -> Held:
    """Return how far a recipient is to be taken to hold each history."""
    match basis:
        case "acknowledged":
            return exchange.peer_has(peer)
        case "sent":
            return exchange.sent_up_to(peer)
        case "all":
            return {}


def parcel_of(  # noqa: PLR0913 - what a parcel consists of
    vault: "Vault",
    store: "Store",
    to: "Trusted",
    load: Load,
    *,
    kind: Kind,
    volume: "Volume",
    tells_all: Collection[str] | None,
    now: datetime,
) -> "Parcel":
    """Return the bundle to write for a load.

    Args:
        vault: The open vault.
        store: Its store.
        to: The recipient.
        load: What it shall hold.
        kind: What it is for.
        volume: Which of several it is.
        tells_all: The streams of which it tells all that is held here, so that the recipient forgets what she believed
            before; None if her belief stands.
        now: The time, with its zone.
    """
    from tac_desktop.export.bundle.writer import Parcel

    exchange, peer, wall_ms = store.exchange, to.card.device_id, int(now.timestamp() * 1000)
    travels, used = what_travels(store), sorted({stretch.incarnation for stretch in load.stretches})
    parts = {rid: _parts(load.stretches, rid) for rid in used}
    return Parcel(
        id=new_id(wall_ms, os.urandom(10)), person=vault.person.id, app=tac_desktop.__version__,
        incarnation=vault.incarnation.rid or b"", recipients=((to.card, exchange.next_number(peer)),),
        hlc=tick(0, wall_ms), wall=moment(now), kind=kind, volume=volume, service=travels.service,
        trust=travels.trust, escrow=travels.escrow,
        incarnations=_incarnations(exchange, identity_of(vault), used),
        stretches=load.stretches, rows=lambda rid: exchange.entries(rid, parts[rid]), attachments=load.attachments,
        received=tuple(note.id for note in exchange.received_from(peer) if not note.left_out)[:_ACKNOWLEDGED],
        have=None if tells_all is None else tuple(
            (r.incarnation, r.stream, r.sseq) for r in _told_as_held(vault, store, tells_all)
        ),
    )  # fmt: skip


def attachment_of(store: "Store", sha256: str) -> "Iterator[Attachment]":
    """Yield an attachment as it travels; nothing if it is not whole here."""
    from tac_desktop.export.bundle.attachment_pieces import Attachment

    pieces = store.exchange.pieces(sha256)
    if pieces:
        yield Attachment(
            sha256=sha256, size=sum(piece.size for piece in pieces), pieces=tuple(piece.sha256 for piece in pieces),
            chunks=lambda number: store.exchange.piece(sha256, number),
        )  # fmt: skip


def must_tell_all(store: "Store", peer: bytes) -> bool:
    """Say whether the recipient is to forget what she believes of us.

    At first, when her bundles do not fit, after this vault came back from a backup, and while entries are left out of
    what she sends: such a bundle is never acknowledged, for its rest is not here.
    """
    sent, missing = store.exchange.sent_to(peer), store.history(missing_note(peer))
    do_not_fit = bool(missing and missing[-1].at >= sent[0].at) if sent else True
    came = store.exchange.received_from(peer)
    not_whole = bool(came) and came[0].left_out > 0
    return do_not_fit or not_whole or store.exchange.was_restored_since(peer)


def missing_note(peer: bytes) -> str:
    """Return the id of the note that a bundle of this vault did not fit, because an earlier one has not arrived."""
    return derived_id("bundle_missing", b64(peer))


def moment(now: datetime) -> str:
    """Return a time as it is noted with bundles: in UTC, so that two can be compared as text."""
    return now.astimezone(UTC).isoformat(timespec="milliseconds")


def waiting_entries(vault: "Vault", store: "Store", peer: bytes, streams: Collection[str]) -> int:
    """Return how many entries of these streams another vault is not known to hold."""
    held = store.exchange.peer_has(peer)
    return sum(
        max(reach.sseq - held.get((reach.incarnation, reach.stream), 0), 0)
        for reach in _passed_on(vault, store, streams)
    )


def _passed_on(vault: "Vault", store: "Store", streams: Collection[str]) -> list[Reach]:
    """Return the histories that can be passed on: one's own, and those whose end is signed or named by the roster.

    A history that is not the one that the roster names is not: everybody would leave it out.
    """
    origins, cuts, found = store.exchange.origins(), _cuts(vault, store), list[Reach]()
    for reach in store.exchange.reaches(streams):
        origin, cut = origins.get(reach.incarnation), cuts.get((reach.incarnation, reach.stream))
        ends_there = cut is not None and (cut.sseq, cut.chain) == (reach.sseq, reach.chain)
        can_be = origin and ((origin.own and not origin.key) or reach.signature or ends_there)
        if can_be and not _departs(store.exchange, reach, cut):
            found.append(reach)
    return found


def _told_as_held(vault: "Vault", store: "Store", streams: Collection[str]) -> list[Reach]:
    """Return what a recipient is told that is held here: what is passed on, and what is not to be sent to this vault.

    In the place of a history that the roster names otherwise stands the roster's place: what others have of it would be
    left out here, each time anew.
    """
    cuts, found = _cuts(vault, store), _passed_on(vault, store, streams)
    departed = [
        replace(reach, sseq=max(reach.sseq, cut.sseq)) for reach in store.exchange.reaches(streams)
        if (cut := cuts.get((reach.incarnation, reach.stream))) and _departs(store.exchange, reach, cut)
    ]  # fmt: skip
    return [*found, *departed]


def _cuts(vault: "Vault", store: "Store") -> "dict[tuple[bytes, str], Place]":
    """Return where the roster ends histories of withdrawn vaults."""
    trusted = whom_we_trust(vault, store)
    return {history: place for one in trusted.values() for history, place in (one.cut_off or {}).items()}


def _departs(exchange: Exchange, reach: Reach, cut: "Place | None") -> bool:
    """Say whether a history that is held here is another one than the roster names."""
    if cut is None or cut.sseq > reach.sseq:
        return False
    here = reach.chain if cut.sseq == reach.sseq else exchange.chain_at(reach.incarnation, reach.stream, cut.sseq)
    return here != cut.chain


def _stretch(exchange: Exchange, identity: "Identity", reach: Reach, after: int, origin: Origin | None) -> "Stretch":
    """Return a history from after an entry on; the end of one's own is signed."""
    from tac_desktop.export import sshsig
    from tac_desktop.export.bundle.rows import START, Position
    from tac_desktop.export.bundle.vouching import Stretch, head_text

    begin = Position(after, exchange.chain_at(reach.incarnation, reach.stream, after)) if after else START
    signature = reach.signature
    if not signature and origin and origin.own and not origin.key:
        text = head_text(b64(reach.incarnation), reach.stream, reach.sseq, b64(reach.chain))
        signature = identity.sign(text, sshsig.HEAD)
    return Stretch(
        incarnation=reach.incarnation, stream=reach.stream, after=begin, end=Position(reach.sseq, reach.chain),
        signature=signature,
    )  # fmt: skip


def _incarnations(exchange: Exchange, identity: "Identity", used: Iterable[bytes]) -> "tuple[Incarnation, ...]":
    """Return whose these are; one's own are signed."""
    from tac_desktop.export import sshsig
    from tac_desktop.export.bundle.vouching import Incarnation, origin_text

    origins, found = exchange.origins(), list["Incarnation"]()
    for rid in used:
        one = origins[rid]
        signature = one.signature or identity.sign(origin_text(b64(rid), b64(one.parent)), sshsig.ORIGIN)
        found.append(Incarnation(rid, one.key or identity.signing_key, one.nonce, one.parent, signature))
    return tuple(found)


def _parts(stretches: "Iterable[Stretch]", incarnation: bytes) -> dict[str, tuple[int, int]]:
    return {s.stream: (s.after.sseq, s.end.sseq) for s in stretches if s.incarnation == incarnation}


def _attachments(store: "Store", stretches: "tuple[Stretch, ...]") -> "tuple[Attachment, ...]":
    """Return the attachments that these entries name, as far as they lie here."""
    named = set[str]()
    for rid in {stretch.incarnation for stretch in stretches}:
        named |= store.exchange.attachments(rid, _parts(stretches, rid))
    return tuple(one for sha256 in sorted(named) for one in attachment_of(store, sha256))
