"""The keys with which people seal: each Ed25519 seed lies in data.db, wrapped so that only its owner's log-in opens it.

The wrapping key is made of what Argon2id makes of her pass-phrase (docs/formats/key-slots.md), so it is not in the
vault, and nobody else who unlocks the vault can seal in her name. A seed may be wrapped twice, while the pass-phrase
changes: a power cut between data.db and keys.json leaves it open to the one that counts.
"""

import os
from collections.abc import Collection
from dataclasses import dataclass, field

from tac_desktop.storage.binding import Connection, transaction

_NONCE = 12
_WRAP = _NONCE + 32 + 16
"""Bytes of one wrapping: nonce, seed, tag."""


@dataclass(frozen=True)
class SealKey:
    """The seal key of the person who unlocked the vault."""

    public: bytes
    """The Ed25519 public key (32 bytes)."""
    seed: bytearray = field(repr=False)
    """The private one; zeroed when the vault is closed."""


def seal_key_of(connection: Connection, person: str, wrapping_key: bytes) -> SealKey:
    """Return a person's seal key; a new one where her log-in opens none, because she came in by the recovery code.

    A second wrapping, of a pass-phrase that was being changed, is forgotten.
    """
    with transaction(connection):
        return unlocked(connection, person, wrapping_key) or made(connection, person, wrapping_key)


def unlocked(connection: Connection, person: str, wrapping_key: bytes) -> SealKey | None:
    """Return a person's seal key, within a transaction; None if this wrapping key opens none."""
    row = connection.execute("SELECT public, wrapped FROM seal_key WHERE person = ?", (person,)).fetchone()
    if row is None:
        return None
    public, wraps = row[0], [row[1][at : at + _WRAP] for at in range(0, len(row[1]), _WRAP)]
    seed = next((seed for wrap in wraps if (seed := _unwrapped(person, wrapping_key, wrap))), None)
    if seed is None:
        return None
    if len(wraps) > 1:
        keep(connection, person, SealKey(public, seed), [wrapping_key])
    return SealKey(public, seed)


def made(connection: Connection, person: str, wrapping_key: bytes) -> SealKey:
    """Make a person's seal key, within a transaction, in place of an older one; return it."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    seed = bytearray(os.urandom(32))
    key = SealKey(Ed25519PrivateKey.from_private_bytes(bytes(seed)).public_key().public_bytes_raw(), seed)
    keep(connection, person, key, [wrapping_key])
    return key


def keep(connection: Connection, person: str, key: SealKey, wrapping_keys: Collection[bytes]) -> None:
    """Keep a seal key under these wrapping keys and no others, within a transaction."""
    wrapped = b"".join(_wrapped(person, one, bytes(key.seed)) for one in wrapping_keys)
    connection.execute(
        "INSERT OR REPLACE INTO seal_key (person, public, wrapped) VALUES (?, ?, ?)", (person, key.public, wrapped)
    )


def public_keys(connection: Connection) -> dict[str, bytes]:
    """Return by person's id the public seal keys of the people of the vault."""
    return dict(connection.execute("SELECT person, public FROM seal_key"))


def _wrapped(person: str, wrapping_key: bytes, seed: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(wrapping_key).encrypt(nonce, seed, person.encode())


def _unwrapped(person: str, wrapping_key: bytes, wrap: bytes) -> bytearray | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return bytearray(AESGCM(wrapping_key).decrypt(wrap[:_NONCE], wrap[_NONCE:], person.encode()))
    except (InvalidTag, ValueError):
        return None
