"""Cards: what this vault shows of itself, and whose cards it has accepted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.known_seals import Signer, as_documents
from tac_desktop.actions.members import enrol
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.renewed import end_in, end_of, follow_renewals, with_former
from tac_desktop.actions.service_file import Judge, believed, held_file
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.journal import b64
from tac_desktop.casework.people import CardRole, on_card
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.service import device_id
from tac_desktop.errors import MediumUnreadable, OwnCard
from tac_desktop.storage.exchange import TrustedCard

if TYPE_CHECKING:
    from tac_desktop.export.card import Card, Trusted
    from tac_desktop.export.identity import Identity
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

_END = "former/"
"""How the documents are called that say up to where a vault counts whose keys were renewed."""
_CARD = "card/"
"""How the documents are called in which each accepted card is kept, also that of another person at the same vault."""


@permitted(Deed.BE_KNOWN)
def hand_out_card(vault: "Vault", path: Path, *, now: datetime) -> str:
    """Write the card of the person at work to a file and return the code by which others recognise it.

    Raises:
        NoSealKey, DiskFull, CannotWrite: no file is left behind.
    """
    from tac_desktop.export.card import read_card
    from tac_desktop.export.whole_file import whole_file

    card = own_card(vault, now=now)
    with whole_file(path) as file:
        file.write(card)
    return read_card(card).code


@permitted(Deed.BE_KNOWN)
def own_card(vault: "Vault", *, now: datetime) -> bytes:
    """Return the card of the person at work as a file; NoSealKey if nobody came in by a pass-phrase."""
    from tac_desktop.export.card import write_card

    person = vault.person
    return write_card(
        identity_of(vault), vault.seal_seed(), name=person.name, role=on_card(person.role), prison=person.prison,
        person=person.id, made=now.date().isoformat(),
    )  # fmt: skip


@permitted(Deed.BE_KNOWN)
def own_code(vault: "Vault") -> str:
    """Return the code by which others recognise the card of the person at work."""
    return own_trusted(vault).card.code


def read_card_file(path: Path) -> "Card":
    """Return the card in a file; that it is genuine is known only when its code was typed.

    Raises:
        NotACard, MadeByNewerProgram, MediumUnreadable.
    """
    return card_in(path)[0]


def card_in(path: Path) -> "tuple[Card, bytes]":
    """Return the card in a file, and the file; see `read_card_file`."""
    from tac_desktop.export.card import read_card

    content = _card_bytes(path)
    return read_card(content), content


@permitted(Deed.TRUST)
def trust_card(
    vault: "Vault",
    store: "Store",
    path: Path,
    code: str,
    *,
    now: datetime,
    role: CardRole | None = None,
    sites: Sequence[str] = (),
) -> "Card":
    """Accept a card after its code was typed; return it. Where the roster is kept, its owner becomes a member.

    Args:
        vault: The open vault.
        store: Its store.
        path: The card's file.
        code: As the person typed it, who had it by another way than the card.
        now: The time, with its zone.
        role: The role in which it is accepted; None for the one on the card.
        sites: In a service, the prisons that she works for; none for the one on the card.

    Raises:
        CardCodeMistyped, CardCodeWrong, OwnCard, NotACard, MadeByNewerProgram, MediumUnreadable: it is not accepted.
        CardsAreEnrolled, CardWithdrawn, NotAllowed: it is not accepted in this service, or not here.
    """
    from tac_desktop.export.card import check_code

    card, content = card_in(path)
    check_code(card, code)
    accepted = role or card.role
    if held_file(store):
        enrol(vault, store, card, now=now, role=accepted, sites=sites)
    else:
        accept(vault, store, card, content, accepted, now)
    facts: Facts = {"device": b64(card.device_id), "role": accepted}
    note_event(store, vault.person, Event.CARD_ACCEPTED, now=now, facts=facts)
    return card


@permitted(Deed.TRUST)
def accept(vault: "Vault", store: "Store", card: "Card", content: bytes, role: CardRole, now: datetime) -> None:
    """Keep a card that a person has accepted, in a vault by itself."""
    if card.device_id in own_ids(vault):
        raise OwnCard
    signer = (card.seal_key, Signer(card.person, card.name))
    ends = {f"{_END}{b64(device)}": end_of(store, device) for device in map(device_id, card.replaces)}
    with store.exchange.at_once():
        store.trust_documents.keep({_document(card): content, **as_documents([signer]), **ends})
        store.exchange.trust(TrustedCard(
            device_id=card.device_id, card=content, role=role, accepted_by=vault.person.id,
            accepted_at=now.isoformat(timespec="milliseconds"),
        ))  # fmt: skip
        follow_renewals(store, whom_we_trust(vault, store))


def trusted_cards(store: "Store") -> "list[Trusted]":
    """Return whom one may write for: the active members of the service, or else the cards that were accepted here."""
    file = held_file(store)
    if file is None:
        return [one for one in accepted_cards(store) if one.status == "active"]
    return [one for device, one in believed(file).items() if device != store.device_id and one.status == "active"]


def accepted_cards(store: "Store") -> "list[Trusted]":
    """Return the cards that were accepted in this vault, the oldest acceptance first; a service supersedes them."""
    from tac_desktop.export.card import Trusted, read_card

    others: dict[bytes, list[Card]] = {}
    for content in store.trust_documents.named(_CARD).values():
        card = read_card(content)
        others.setdefault(card.device_id, []).append(card)
    found = [
        Trusted(
            card := read_card(one.card), cast("CardRole", one.role), sites=(card.prison,) if card.prison else (),
            colleagues=tuple(other for other in others.get(card.device_id, ()) if other.person != card.person),
        )
        for one in store.exchange.trusted()
    ]  # fmt: skip
    return with_former(found, lambda device: end_in(store.trust_documents.read(f"{_END}{b64(device)}")))


def whom_we_trust(vault: "Vault", store: "Store") -> "dict[bytes, Trusted]":
    """Return by device id whom a vault believes, itself included.

    A vault by itself believes the cards whose codes a person typed; one that belongs to a service the members that
    the roster names, the withdrawn ones up to the end of their histories, and nobody else.
    """
    file, own = held_file(store), own_trusted(vault)
    others = {one.card.device_id: one for one in accepted_cards(store)} if file is None else believed(file)
    return {**_own_before(vault), vault.device_id: own, **others}


def judge_of(vault: "Vault", store: "Store") -> Judge:
    """Return who says, of what travels in a bundle, whom the vault believes."""
    return Judge(store, own_trusted(vault), whom_we_trust(vault, store))


def identity_of(vault: "Vault") -> "Identity":
    """Return a vault's own keys."""
    from tac_desktop.export.identity import Identity

    return Identity.from_bytes(vault.identity())


def own_trusted(vault: "Vault") -> "Trusted":
    """Return the vault itself as one that it believes, with the person at work."""
    from tac_desktop.export.card import Card, Trusted

    person, identity = vault.person, identity_of(vault)
    card = Card(
        name=person.name, role=on_card(person.role), prison=person.prison, signing_key=identity.signing_key,
        recipient=identity.recipient, person=person.id, seal_key=vault.seal_key,
        replaces=tuple(one.signing_key for one in identity.former),
    )  # fmt: skip
    before = identity.former[-1].device_id if identity.former else None
    return Trusted(card, card.role, sites=(person.prison,) if person.prison else (), replaces=before)


def own_ids(vault: "Vault") -> tuple[bytes, ...]:
    """Return the ids under which the vault is or was known, the oldest first."""
    identity = identity_of(vault)
    return (*(one.device_id for one in identity.former), identity.device_id)


def _own_before(vault: "Vault") -> "dict[bytes, Trusted]":
    """Return the vault as it was known before its keys were renewed: what it wrote then counts as far as it is here."""
    own, ids = own_trusted(vault), own_ids(vault)
    keys = [one.signing_key for one in identity_of(vault).former]
    return {
        device: replace(own, card=replace(own.card, signing_key=key), status="left", replaces=before)
        for device, key, before in zip(ids, keys, (None, *ids), strict=False)
    }


def _document(card: "Card") -> str:
    return f"{_CARD}{b64(card.device_id)}/{card.person}"


def _card_bytes(path: Path) -> bytes:
    from tac_desktop.export.card import MAX_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as trouble:
        raise MediumUnreadable from trouble
