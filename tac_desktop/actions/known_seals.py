"""Whose seal keys a vault has known: what somebody sealed with a key still holds after she was given another one."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tac_desktop.casework.journal import b64, json_bytes, unb64

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

_DOCUMENT = "seal-key/"


@dataclass(frozen=True)
class Signer:
    """Somebody whose seal key is known here."""

    person: str
    """Her id."""
    name: str


def as_documents(signers: Iterable[tuple[bytes, Signer]]) -> dict[str, bytes]:
    """Return seal keys as documents that the vault keeps beside cards and roster, by name.

    Args:
        signers: Public keys (32 bytes) that an accepted card, a roster or the vault itself names, each with its owner.
    """
    return {f"{_DOCUMENT}{b64(key)}": json_bytes([one.person, one.name]) for key, one in signers}


def ever_known(store: "Store") -> dict[bytes, Signer]:
    """Return by seal key everybody whose seal key was ever known to the vault."""
    kept = store.trust_documents.named(_DOCUMENT)
    return {unb64(name.removeprefix(_DOCUMENT)): Signer(*json.loads(content)) for name, content in kept.items()}
