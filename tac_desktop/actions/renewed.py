"""What follows for others when the keys of a vault were renewed: who it was before, and up to where that counts."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tac_desktop.casework.journal import b64, json_bytes, unb64
from tac_desktop.casework.service import Member, Place, device_id, successor, with_member, withdrawn

if TYPE_CHECKING:
    from tac_desktop.export.card import Trusted
    from tac_desktop.storage.store import Store


def in_her_place(
    members: Sequence[Member], new: Member, keys: Iterable[bytes], held: Callable[[bytes], Iterable[Place]]
) -> tuple[Member, ...]:
    """Return the members of a service with one more, and her vault as it was known before as one that left.

    Other people at the same vault come with it. A vault that was lost or stolen, or whose place somebody else has
    taken already, has no successor.

    Args:
        members: Those so far.
        new: The one more.
        keys: The signing keys of her vault before, the oldest first, each of which has signed the next one.
        held: Says how far the histories of a vault are held here.
    """
    before: bytes | None = None
    line = {device_id(key) for key in keys} | {new.device_id}
    colleagues: list[Member] = []
    for key in keys:
        device = device_id(key)
        known = [one for one in members if one.device_id == device]
        taken = any(one.replaces == device and one.device_id not in line for one in members)
        if taken or any(one.status in ("lost", "compromised") for one in known):
            before = None
            continue
        active = [one for one in known if one.status == "active"]
        if active:
            colleagues = [one for one in active if one.person != new.person]
            members = withdrawn(members, device, "left", held(device), new.since)
        elif not known:
            members = [*members, replace(new, signing_key=key, status="left", until=(), replaces=before)]
        before = device
    for one in colleagues:
        moved = replace(one, signing_key=new.signing_key, recipient=new.recipient, since=new.since, replaces=before)
        members = with_member(members, moved)
    return with_member(members, replace(new, replaces=before))


def with_former(accepted: "Sequence[Trusted]", until: Callable[[bytes], tuple[Place, ...]]) -> "list[Trusted]":
    """Return the accepted cards, and for each vault whose keys were renewed as whom it was known before, as left.

    Args:
        accepted: The cards that were accepted here, the oldest acceptance first.
        until: Says up to where a vault counts that is known under another key now.
    """
    found = {one.card.device_id: one for one in accepted}
    followed: dict[bytes, bytes] = {}
    for one in accepted:
        before: bytes | None = None
        line = [*map(device_id, one.card.replaces), one.card.device_id]
        for key, device, following in zip(one.card.replaces, line, line[1:], strict=False):
            if followed.setdefault(device, following) not in line:
                before = None
                continue
            card = found[device].card if device in found else replace(one.card, signing_key=key, replaces=())
            found[device] = replace(
                found.get(device, one), card=card, status="left", until=until(device), replaces=before, colleagues=()
            )
            before = device
        found[one.card.device_id] = replace(found[one.card.device_id], replaces=before)
    return list(found.values())


def follow_renewals(store: "Store", trusted: "Mapping[bytes, Trusted]") -> None:
    """Go on with each vault whose keys were renewed where one stood with it before."""
    from tac_desktop.export.card import followers

    following = followers(trusted)
    with store.exchange.at_once():
        for device in following:
            store.exchange.follow(device, successor(device, following))


def held_of(store: "Store", device: bytes) -> Iterator[Place]:
    """Yield how far the histories of another vault are held here, or one's own under former keys."""
    theirs = {rid for rid, one in store.exchange.origins().items() if one.key and device_id(one.key) == device}
    kinds = store.exchange.streams()
    for reach in store.exchange.reaches():
        if reach.incarnation in theirs and kinds[reach.stream] in ("case", "office"):
            yield Place(reach.incarnation, reach.stream, reach.sseq, reach.chain)


def end_of(store: "Store", device: bytes) -> bytes:
    """Return up to where a vault counts that is known under another key now, as a document to keep beside its card."""
    places = held_of(store, device)
    return json_bytes([[b64(one.incarnation), one.stream, one.sseq, b64(one.chain)] for one in places])


def end_in(document: bytes | None) -> tuple[Place, ...]:
    """Return the places in the document of `end_of`; none if there is none."""
    told = json.loads(document) if document else ()
    return tuple(Place(unb64(rid), stream, sseq, unb64(chain)) for rid, stream, sseq, chain in told)
