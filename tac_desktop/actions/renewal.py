"""Renewing the keys of a vault, every other year or after a change of staff: the old key signs the new one's card.

Others only confirm such a card, where they believe the old key: no code is typed. What the vault is and may, and what
others know of it, goes over to the new keys.
"""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.cards import accept, card_in, identity_of, own_code, own_trusted, whom_we_trust
from tac_desktop.actions.members import move_member
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.service_file import as_registrar, held_file, roster_seed_of
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.journal import b64
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.service import device_id
from tac_desktop.errors import NotARenewal

if TYPE_CHECKING:
    from tac_desktop.export.card import Card, Trusted
    from tac_desktop.export.identity import Identity
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


@permitted(Deed.LOOK_AFTER_VAULT)
def renew_own_keys(vault: "Vault", store: "Store", *, now: datetime) -> str:
    """Give this vault new keys, all of it or nothing; return the code of the new card, which is to be handed out.

    What it wrote so far stays its own, signed with the old key for the last time. What others still seal for the old
    one can be opened. Where this vault keeps the roster, its next version names the new keys.

    Args:
        vault: The open vault.
        store: Its store.
        now: The time, with its zone.

    Raises:
        NoSealKey: the person came in by the recovery code.
        NotAllowed, RosterMayBeBehind: where the roster is kept, it could not be changed. Nothing was changed.
    """
    before, keeps_roster = identity_of(vault), _keeps_roster(vault, store)
    vault.seal_seed()
    renewed = before.renewed()
    with store.exchange.renewing(
        vault, identity=renewed.to_bytes(), device_id=renewed.device_id, former=before.signing_key
    ):
        _sign_everything(store, before)
        if keeps_roster:
            move_member(vault, store, before.device_id, own_trusted(vault).card, now)
        facts: Facts = {"before": b64(before.device_id), "device": b64(renewed.device_id)}
        note_event(store, vault.person, Event.KEYS_RENEWED, now=now, facts=facts)
    return own_code(vault)


@permitted(Deed.LOOK_AFTER_VAULT)
def renewal_in(vault: "Vault", store: "Store", path: Path) -> "tuple[Trusted, Card]":
    """Return who is believed here and whose vault has new keys by a card, and the card; both are to be shown.

    Raises:
        NotARenewal: the card follows nobody who is believed here; it can be accepted by its code.
        NotACard, MadeByNewerProgram, MediumUnreadable.
    """
    card, trusted = card_in(path)[0], whom_we_trust(vault, store)
    if card.device_id not in trusted:
        for device in map(device_id, reversed(card.replaces)):
            known = trusted.get(device)
            if known and known.status == "active" and device != vault.device_id and _is_hers(known, card):
                return known, card
    raise NotARenewal


@permitted(Deed.TRUST)
def confirm_renewal(vault: "Vault", store: "Store", path: Path, *, now: datetime) -> "Card":
    """Believe the new keys of a vault in the place of its old ones, which have signed them; return the card.

    Raises:
        NotARenewal: the card follows nobody who is believed here, or tells of another person or seal key.
        CardsAreEnrolled, NotAllowed, RosterMayBeBehind: not here.
        NotACard, MadeByNewerProgram, MediumUnreadable: nothing was changed.
    """
    known, card = renewal_in(vault, store, path)
    before = known.card.device_id
    if held_file(store) is None:
        accept(vault, store, card, card_in(path)[1], known.role, now)
    else:
        move_member(vault, store, before, card, now)
    facts: Facts = {"before": b64(before), "device": b64(card.device_id)}
    note_event(store, vault.person, Event.RENEWAL_CONFIRMED, now=now, facts=facts)
    return card


def _is_hers(known: "Trusted", card: "Card") -> bool:
    """Say whether a card tells of nobody new: the old key vouches for the vault, not for who sits at it."""
    return (card.person, card.seal_key) in {(one.person, one.seal_key) for one in (known.card, *known.colleagues)}


def _keeps_roster(vault: "Vault", store: "Store") -> bool:
    """Say whether this vault keeps the roster, and is in it; what `as_registrar` raises if it cannot be changed."""
    file = held_file(store)
    if file is None or roster_seed_of(store, file) is None:
        return False
    as_registrar(store, vault.person)
    return any(one.status == "active" for one in file.roster.of(vault.device_id))


def _sign_everything(store: "Store", keys: "Identity") -> None:
    """Sign with the keys that go what was written under them, as far as it is not: whose it is, and where it ends."""
    from tac_desktop.export import sshsig
    from tac_desktop.export.bundle.vouching import head_text, origin_text

    exchange = store.exchange
    own = {rid: one for rid, one in exchange.origins().items() if one.own and one.key == keys.signing_key}
    exchange.sign_origins({
        rid: keys.sign(origin_text(b64(rid), b64(one.parent)), sshsig.ORIGIN)
        for rid, one in own.items()
        if not one.signature
    })  # fmt: skip
    exchange.sign_heads([
        (one.incarnation, one.stream, one.sseq, keys.sign(
            head_text(b64(one.incarnation), one.stream, one.sseq, b64(one.chain)), sshsig.HEAD
        ))
        for one in exchange.reaches()
        if one.incarnation in own and not one.signature
    ])  # fmt: skip
