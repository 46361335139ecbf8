"""Who belongs to a service: cards become members, members are withdrawn, and up to where a withdrawn one counts."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.renewed import held_of, in_her_place
from tac_desktop.actions.service_file import as_registrar, issue, roster_seed_of, the_file
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.journal import b64
from tac_desktop.casework.people import CardRole
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.service import (
    DEFAULT_MAY,
    RIGHTS,
    Member,
    Place,
    Right,
    Status,
    withdrawn,
)
from tac_desktop.errors import CardsAreEnrolled, CardWithdrawn, OwnWithdrawal, UnknownMember

if TYPE_CHECKING:
    from tac_desktop.export.card import Card
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


def member_of(card: "Card", *, role: CardRole, since: str, sites: Sequence[str] = ()) -> Member:
    """Return an active member as her card says, in a role, for these prisons (none: the one on the card)."""
    usual = (card.prison,) if card.prison else ()
    return Member(
        name=card.name, role=role, sites=tuple(sites) or usual, signing_key=card.signing_key, recipient=card.recipient,
        person=card.person, seal_key=card.seal_key, may=DEFAULT_MAY[role], since=since,
    )  # fmt: skip


@permitted(Deed.TRUST)
def enrol(
    vault: "Vault",
    store: "Store",
    card: "Card",
    *,
    now: datetime,
    role: CardRole,
    sites: Sequence[str] = (),
) -> None:
    """Make the owner of a card whose code was typed a member, with the next version of the roster.

    Raises:
        CardsAreEnrolled: another vault keeps the roster.
        CardWithdrawn: the card's vault was reported lost or stolen.
        NotAllowed: the person is neither a manager nor an administrator.
    """
    if roster_seed_of(store, the_file(store)) is None:
        raise CardsAreEnrolled
    file, seed = as_registrar(store, vault.person)
    if any(one.status in ("lost", "compromised") for one in file.roster.of(card.device_id)):
        raise CardWithdrawn
    new = member_of(card, role=role, since=now.date().isoformat(), sites=sites)
    issue(store, file, seed, in_her_place(file.roster.members, new, card.replaces, partial(held_of, store)), now)


@permitted(Deed.LOOK_AFTER_VAULT)
def move_member(vault: "Vault", store: "Store", before: bytes, card: "Card", now: datetime) -> None:
    """Name the new keys of a vault with the next version of the roster; what its people are and may stays.

    Args:
        vault: The open vault, which keeps the roster.
        store: Its store.
        before: The id of the vault in the roster.
        card: The card of one of its people with the new keys, signed by the old one.
        now: The time, with its zone.

    Raises:
        CardsAreEnrolled: another vault keeps the roster.
        NotAllowed, RosterMayBeBehind: it is not to be changed here.
        UnknownMember: she is no active member there.
    """
    if roster_seed_of(store, the_file(store)) is None:
        raise CardsAreEnrolled
    file, seed = as_registrar(store, vault.person)
    hers = [one for one in file.roster.of(before) if one.person == card.person and one.status == "active"]
    if not hers:
        raise UnknownMember
    new = replace(hers[0], signing_key=card.signing_key, recipient=card.recipient, since=now.date().isoformat())
    issue(store, file, seed, in_her_place(file.roster.members, new, card.replaces, partial(held_of, store)), now)


@permitted(Deed.KEEP_ROSTER)
def change_rights(vault: "Vault", store: "Store", device: bytes, may: Collection[Right], *, now: datetime) -> None:
    """Let the active members at one vault sign these things and no others, from the next version of the roster on.

    It holds for everything that is taken in afterwards, whenever it was written.

    Raises:
        NoService, NotTheRegistrar, NotAllowed, UnknownMember: nothing was changed.
    """
    file, seed = as_registrar(store, vault.person)
    if not any(one.status == "active" for one in file.roster.of(device)):
        raise UnknownMember
    rights = tuple(right for right in RIGHTS if right in may)
    members = [replace(one, may=rights) if one.device_id == device else one for one in file.roster.members]
    issue(store, file, seed, members, now)
    facts: Facts = {"device": b64(device), "may": " ".join(rights)}
    note_event(store, vault.person, Event.RIGHTS_CHANGED, now=now, facts=facts)


@permitted(Deed.KEEP_ROSTER)
def withdraw(vault: "Vault", store: "Store", device: bytes, status: Status, *, now: datetime) -> None:
    """Withdraw the members at one vault: what it signed counts as far as it is here now, and no further.

    By places in its histories, not by time: a thief can set a clock. From now on nothing is sealed for it.

    Args:
        vault: The open vault, which keeps the roster.
        store: Its store.
        device: The id of the vault that is withdrawn.
        status: left, lost or compromised.
        now: The time, with its zone.

    Raises:
        NoService, NotTheRegistrar, NotAllowed, UnknownMember, OwnWithdrawal: nothing was changed.
    """
    if device == vault.device_id:
        raise OwnWithdrawal
    end_at(vault, store, device, status, (), now)
    before = {one.device_id: one.replaces for one in the_file(store).roster.members}
    while (device_before := before.get(device)) and device_before in before:  # it told more of itself under former keys
        device = device_before
        end_at(vault, store, device, "left", (), now)
    note_event(store, vault.person, Event.MEMBER_WITHDRAWN, now=now, facts={"device": b64(device), "status": status})


@permitted(Deed.KEEP_ROSTER)
def end_at(vault: "Vault", store: "Store", device: bytes, status: Status, told: Iterable[Place], now: datetime) -> None:
    """Withdraw a vault with the next version of the roster: it counts as far as it is here now, or as is told.

    Raises:
        NoService, NotTheRegistrar, NotAllowed, UnknownMember.
    """
    file, seed = as_registrar(store, vault.person)
    members = file.roster.of(device)
    if not members:
        raise UnknownMember
    ends = {(place.incarnation, place.stream): place for place in members[0].until or ()}
    for place in (*held_of(store, device), *told):
        before = ends.get((place.incarnation, place.stream))
        if before is None or before.sseq < place.sseq:
            ends[place.incarnation, place.stream] = place
    today = now.date().isoformat()
    issue(store, file, seed, withdrawn(file.roster.members, device, status, ends.values(), today), now)
