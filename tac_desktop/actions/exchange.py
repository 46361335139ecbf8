"""Bundles: what leaves this vault for others. What it takes in is in taking_in.py, whom it trusts in cards.py."""

import os
from collections.abc import Collection, Generator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.handing_over import end_hand_over, hand_over
from tac_desktop.actions.parcels import Basis, Kind, Streams, held_by, load_for, may_have, streams_for
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.actions.rights import Rights, recipient_of
from tac_desktop.actions.sending import Progress, Sending, Sent, VolumeSet
from tac_desktop.actions.taking_in import BundleImported, import_bundle
from tac_desktop.actions.volumes import Cutter, interrupted, rest_of
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import new_id
from tac_desktop.errors import CaseNotInVault

if TYPE_CHECKING:
    from tac_desktop.export.bundle.reader import Outline
    from tac_desktop.export.card import Card, Trusted
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


@dataclass(frozen=True, kw_only=True)
class BundleWritten:
    """What was written, in one file or in several volumes."""

    id: str
    """Of the first file."""
    entries: int
    case_files: int
    attachments: int
    size: int
    """Bytes of all files."""
    files: tuple[Path, ...]
    volume: tuple[int, int] = (1, 1)
    """The number of the last volume, and of how many: of a set that was begun before, too."""
    unnamed: int = 0
    """Case files in which the recipient has written, but which nobody who may has handed over to her."""


def neutral_name(now: datetime) -> str:
    """Suggest a file name for a bundle that tells nothing about people."""
    return f"tac-{now.date().isoformat()}-{os.urandom(3).hex()}.tacb"


@permitted(Deed.EXCHANGE)
def write_bundle(  # noqa: PLR0913 - what a person chooses
    vault: "Vault",
    store: "Store",
    recipient: "Card",
    path: Path,
    *,
    now: datetime,
    cases: Collection[str] | None = None,
    basis: Basis = "acknowledged",
    limit: int | None = None,
    kind: Kind = "sync",
    afresh: bool = False,
) -> Generator[Progress, None, BundleWritten]:
    """Write a bundle for one recipient: everything new for her, or of the named case files.

    A manager receives all case files and offices; a worker those that she opened or that were handed over to her. To
    name a case file for a worker is to hand it over: she and this vault then share it until one of them ends that.
    Restricted records and the access audit never leave.

    With a limit there may be several files, each a bundle of its own, named with '-1', '-2' and so on. Those that were
    written stay when a later one could not be; the next call goes on after them.

    Args:
        vault: The open vault.
        store: Its store.
        recipient: An accepted card.
        path: Where the bundle shall lie.
        now: The time, with its zone.
        cases: Ids of case files; None for everything new.
        basis: What is left out: what she is known to hold ('acknowledged'), also what is on its way ('sent'), nothing.
        limit: Bytes of the largest file; None for one file of any size.
        kind: What the bundle is for.
        afresh: Begin a new set of volumes even where one was interrupted.

    Raises:
        NotPermitted, CaseRestricted, RecipientUnknown, RecipientNotAllowed, RosterTooOld, CasesMustBeNamed,
        CaseNotInVault, LimitTooSmall, TooMuchForOneBundle, DiskFull, CannotWrite: no half file is left behind, nor when
            the generator is closed.
    """
    refuse_closed(store, *(cases or ()))
    to = recipient_of(vault, store, recipient)
    # of one woman go all case files that are read as one
    cases = cases and list(dict.fromkeys(s for case in cases for s in store.joined_cases.streams_of(case)))
    named = _named(vault, store, to, cases, now)
    sending = Sending(vault, store, to, path, kind=kind, now=now)
    try:
        streams, going = _streams(vault, store, to, cases, kind, today=now.date().isoformat())
        cutter, volumes = _cutter(vault, store, to, going, basis, limit, now, afresh=afresh)
        sent = yield from sending.write(cutter, volumes, streams.hers)
    except BaseException:
        if not sending.sent.files:
            for record_id in named:
                end_hand_over(vault, store, record_id, now=now)
        raise
    return _told(sent, streams)


def check_bundle(path: Path) -> "Outline":
    """Say what can be told about a bundle without a vault: its size and for how many it is sealed.

    Raises:
        NotABundle, BundleTooLarge, MediumUnreadable.
    """
    from tac_desktop.export.bundle.reader import outline

    return outline(path)


def _told(sent: Sent, streams: Streams) -> BundleWritten:
    return BundleWritten(
        id=sent.ids[0], entries=sent.entries, case_files=len(sent.streams), attachments=len(sent.attachments),
        size=sent.size, files=tuple(sent.files), volume=sent.volume, unnamed=streams.unnamed,
    )  # fmt: skip


def _named(
    vault: "Vault", store: "Store", to: "Trusted", cases: Collection[str] | None, now: datetime
) -> tuple[str, ...]:
    """Hand over the named case files that a worker may not have yet; return the ids of the hand-overs."""
    if not cases or to.role == "manager":
        return ()
    kinds, today = store.exchange.streams(), now.date().isoformat()
    if any(kinds.get(case) not in ("case", "office") for case in cases):
        raise CaseNotInVault
    hers = Rights(vault, store).of(to.card.device_id, cases, today)
    return tuple(
        hand_over(vault, store, case, to.card, kind="cover", now=now)
        for case in dict.fromkeys(store.joined_cases.read_under(case) for case in cases)
        if kinds[case] == "case" and not hers.issuperset(store.joined_cases.streams_of(case))
    )


def _streams(
    vault: "Vault", store: "Store", to: "Trusted", cases: Collection[str] | None, kind: Kind, *, today: str
) -> tuple[Streams, Collection[str]]:
    """Return the streams that the recipient may have, and those of which entries go: for a receipt none."""
    if kind == "receipt":
        return may_have(vault, store, to, today=today), ()
    streams = streams_for(vault, store, to, cases, today=today)
    return streams, streams.hers


def _cutter(  # noqa: PLR0913 - see write_bundle
    vault: "Vault",
    store: "Store",
    to: "Trusted",
    streams: Collection[str],
    basis: Basis,
    limit: int | None,
    now: datetime,
    *,
    afresh: bool,
) -> tuple[Cutter, VolumeSet]:
    """Return what is to go, and to which set its files belong: one that was interrupted is gone on with."""
    peer, held = to.card.device_id, held_by(store.exchange, to.card.device_id, basis)
    begun = None if afresh or limit is None else interrupted(store, peer)
    if begun is None:
        set_id = new_id(int(now.timestamp() * 1000), os.urandom(10))
        return Cutter(store.exchange, load_for(vault, store, streams, held), limit), VolumeSet(set_id)
    further = {key: max(held.get(key, 0), begun.held.get(key, 0)) for key in held.keys() | begun.held.keys()}
    load = rest_of(store, load_for(vault, store, streams, further), begun.to_come)
    return Cutter(store.exchange, load, limit), VolumeSet(begun.set_id, begun.number)


__all__ = [
    "BundleImported", "BundleWritten", "Progress", "check_bundle", "import_bundle", "neutral_name", "write_bundle"
]  # fmt: skip
