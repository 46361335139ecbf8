"""Moves the end of what counts of a withdrawn vault, so that what was left out before can be taken in."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.cards import identity_of, judge_of
from tac_desktop.actions.members import end_at
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.service_file import as_registrar
from tac_desktop.casework.audit import Event
from tac_desktop.casework.journal import b64
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.service import Member, Place, device_id
from tac_desktop.errors import SenderWithdrawn, UnknownMember

if TYPE_CHECKING:
    from tac_desktop.export.card import Trusted
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


@permitted(Deed.KEEP_ROSTER)
def move_cut_off(vault: "Vault", store: "Store", device: bytes, *, now: datetime, bundle: Path | None = None) -> None:
    """Let more of a withdrawn vault's work count: all that is here now, and all that a bundle tells of it.

    What was left out before is then taken in with that bundle, which nobody needs to write again. A bundle that a lost
    or stolen vault signed itself is read by nobody, so it can move nothing, unless she is withdrawn as one who left.

    Args:
        vault: The open vault, which keeps the roster.
        store: Its store.
        device: The id of the withdrawn vault.
        now: The time, with its zone.
        bundle: A bundle that this vault can open, with entries of the withdrawn one.

    Raises:
        NoService, NotTheRegistrar, NotAllowed, UnknownMember, and what a bundle is refused for: nothing was changed.
    """
    file, _ = as_registrar(store, vault.person)
    members = file.roster.of(device)
    if not members or members[0].status == "active":
        raise UnknownMember
    told = () if bundle is None else _told_by(vault, store, bundle, members[0])
    end_at(vault, store, device, members[0].status, told, now)
    note_event(store, vault.person, Event.CUT_OFF_MOVED, now=now, facts={"device": b64(device)})


def _told_by(vault: "Vault", store: "Store", bundle: Path, member: Member) -> list[Place]:
    """Return how far a bundle tells the histories of a withdrawn vault, under that vault's own signatures."""
    from tac_desktop.export.bundle.reader import BundleReader

    judge, device = judge_of(vault, store), member.device_id

    def without_end(trust: bytes) -> "dict[bytes, Trusted]":
        believed = judge(trust)
        return {**believed, device: replace(believed[device], status="left", until=None)}

    with BundleReader(bundle, identity_of(vault), without_end) as reader:
        if member.status != "left" and reader.signer.card.device_id == device:
            raise SenderWithdrawn(member.since)
        theirs = {one.id for one in reader.incarnations if device_id(one.key) == device}
        for _ in reader.parts():
            pass
        return [
            Place(one.incarnation, one.stream, one.end.sseq, one.end.chain)
            for one in reader.told
            if one.incarnation in theirs
        ]
