"""Receipts: a sender learns that her bundle was taken in, by a bundle back, or by a code that is read out to her."""

from collections.abc import Mapping
from datetime import datetime
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.cards import identity_of, whom_we_trust
from tac_desktop.actions.exchange import BundleWritten, write_bundle
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework.audit import Event
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.service import successor
from tac_desktop.errors import ReceiptWrong

if TYPE_CHECKING:
    from tac_desktop.export.card import Card, Trusted
    from tac_desktop.storage.exchange import BundleNote
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


@permitted(Deed.EXCHANGE)
def write_receipt(vault: "Vault", store: "Store", recipient: "Card", path: Path, *, now: datetime) -> BundleWritten:
    """Write a small bundle that holds nothing but what was taken in from the recipient.

    Raises:
        NotAllowed, RecipientUnknown, RecipientNotAllowed, DiskFull, CannotWrite: no file is left behind.
    """
    return run_to_end(write_bundle(vault, store, recipient, path, now=now, kind="receipt"))


@permitted(Deed.EXCHANGE)
def type_receipt(vault: "Vault", store: "Store", bundle_id: str, code: str, *, now: datetime) -> "BundleNote":
    """Note that a bundle arrived, by the code that its receiver read out; return the bundle.

    Args:
        vault: The open vault.
        store: Its store.
        bundle_id: The bundle; '' finds the one to which the code belongs.
        code: As the person typed it.
        now: The time, with its zone.

    Raises:
        ReceiptWrong: the code belongs to no bundle that was sent and is not acknowledged yet. Nothing was changed.
    """
    from tac_desktop.export.receipt_code import receipt_code, same_receipt

    identity, receivers = identity_of(vault), _recipients(whom_we_trust(vault, store))
    own = [identity.with_opening_key(key) for key in identity.opening_keys.values()]
    for note in store.exchange.notes("out"):
        if note.acknowledged or bundle_id not in ("", note.id):
            continue
        pairs = product(own, receivers.get(note.peer, ()))
        if any(same_receipt(code, receipt_code(one, receiver, note.sha256)) for one, receiver in pairs):
            store.exchange.note_acknowledged(note.peer, note.id)
            note_event(store, vault.person, Event.RECEIPT_TYPED, now=now, facts={"bundle": note.id})
            return note
    raise ReceiptWrong


def _recipients(trusted: "Mapping[bytes, Trusted]") -> dict[bytes, set[str]]:
    """Return for each other vault the age recipients of its keys, present and before."""
    from tac_desktop.export.card import followers

    found: dict[bytes, set[str]] = {}
    for device, one in trusted.items():
        found.setdefault(successor(device, followers(trusted)), set()).add(one.card.recipient)
    return found
