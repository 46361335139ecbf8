"""Cards: what this vault shows of itself, and whose cards it has accepted."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tac_desktop.actions.audit import note_event
from tac_desktop.casework.journal import b64
from tac_desktop.casework.people import Role
from tac_desktop.errors import MediumUnreadable, OwnCard
from tac_desktop.storage.exchange import TrustedCard

if TYPE_CHECKING:
    from tac_desktop.export.card import Card, Trusted
    from tac_desktop.export.identity import Identity
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


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


def own_card(vault: "Vault", *, now: datetime) -> bytes:
    """Return the card of the person at work as a file; NoSealKey if nobody came in by a pass-phrase."""
    from tac_desktop.export.card import write_card

    person = vault.person
    return write_card(
        identity_of(vault), vault.seal_seed(), name=person.name, role=person.role, prison=person.prison,
        person=person.id, made=now.date().isoformat(),
    )  # fmt: skip


def own_code(vault: "Vault") -> str:
    """Return the code by which others recognise the card of the person at work."""
    return _own(vault).card.code


def read_card_file(path: Path) -> "Card":
    """Return the card in a file; that it is genuine is known only when its code was typed.

    Raises:
        NotACard, MadeByNewerProgram, MediumUnreadable.
    """
    from tac_desktop.export.card import read_card

    return read_card(_card_bytes(path))


def trust_card(
    vault: "Vault", store: "Store", path: Path, code: str, *, now: datetime, role: Role | None = None
) -> "Card":
    """Accept another vault's card after its code was typed; return it.

    Args:
        vault: The open vault.
        store: Its store.
        path: The card's file.
        code: As the person typed it, who had it by another way than the card.
        now: The time, with its zone.
        role: The role in which it is accepted; None for the one on the card.

    Raises:
        CardCodeMistyped, CardCodeWrong, OwnCard, NotACard, MadeByNewerProgram, MediumUnreadable: it is not accepted.
    """
    from tac_desktop.export.card import check_code, read_card

    content = _card_bytes(path)
    card = read_card(content)
    check_code(card, code)
    if card.device_id == vault.device_id:
        raise OwnCard
    store.exchange.trust(TrustedCard(
        device_id=card.device_id, card=content, role=role or card.role, accepted_by=vault.person.id,
        accepted_at=now.isoformat(timespec="milliseconds"),
    ))  # fmt: skip
    note_event(
        store, vault.person, "card_accepted", now=now, facts={"device": b64(card.device_id), "role": role or card.role}
    )
    return card


def trusted_cards(store: "Store") -> "list[Trusted]":
    """Return the cards that were accepted in this vault, in the order of acceptance."""
    from tac_desktop.export.card import Trusted, read_card

    return [Trusted(read_card(one.card), cast("Role", one.role)) for one in store.exchange.trusted()]


def whom_we_trust(vault: "Vault", store: "Store") -> "dict[bytes, Trusted]":
    """Return by device id whom a vault believes: the cards that were accepted in it, and itself."""
    return {one.card.device_id: one for one in (*trusted_cards(store), _own(vault))}


def identity_of(vault: "Vault") -> "Identity":
    """Return a vault's own keys."""
    from tac_desktop.export.identity import Identity

    return Identity.from_bytes(vault.identity())


def _own(vault: "Vault") -> "Trusted":
    from tac_desktop.export.card import Card, Trusted

    person, identity = vault.person, identity_of(vault)
    card = Card(
        name=person.name, role=person.role, prison=person.prison, signing_key=identity.signing_key,
        recipient=identity.recipient, person=person.id, seal_key=vault.seal_key,
    )  # fmt: skip
    return Trusted(card, person.role, sites=(person.prison,) if person.prison else ())


def _card_bytes(path: Path) -> bytes:
    from tac_desktop.export.card import MAX_BYTES

    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as trouble:
        raise MediumUnreadable from trouble
