"""keys.json: the vault's data key, wrapped once for each pass-phrase and once for the recovery code.

The format is docs/formats/key-slots.md. A slot is AES-256-GCM under a key that Argon2id makes from the pass-phrase;
the whole file carries an HMAC under a key derived from the data key, so that an edited file is noticed after unlocking.
Removing a slot is not revocation: an old copy of keys.json with its pass-phrase still opens the database.
"""

import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any

from tac_desktop.errors import DiskFull, KeysDamaged, WrongPassphrase
from tac_desktop.storage.key_file import (
    DATA_KEY_BYTES,
    KeyFile,
    Profile,
    Slot,
    SlotKind,
    body_of,
    slot_body,
)
from tac_desktop.storage.recovery_code import read_recovery_code

STANDARD = Profile(memory_kib=256 * 1024, iterations=3)
"""About 0.8 s on a present-day PC; above RFC 9106's second choice (64 MiB, three iterations)."""
CHEAPEST = Profile(memory_kib=8, iterations=1)
"""Only for tests."""

_PERSON_KEY = b"tac/person1"


@dataclass(frozen=True)
class Owner:
    """Whose a slot is."""

    label: str
    """What the unlock screen shows; anybody can read it."""
    person: str
    """The person's id; '' for the recovery code."""


@dataclass(frozen=True)
class Opened:
    """What a secret opens."""

    data_key: bytearray = field(repr=False)
    """The vault's own, zeroed by whoever holds it when the vault is closed."""
    person_key: bytes = field(repr=False)
    """The person's own: it wraps her seal key (storage/seal_keys.py)."""


def new_key_file() -> KeyFile:
    """Return the key file of a new vault, without slots."""
    return KeyFile(vault_id=secrets.token_hex(16), generation=0, slots=())


def with_slot(
    keys: KeyFile, data_key: bytes | bytearray, owner: Owner, secret: str, profile: Profile
) -> tuple[KeyFile, bytes]:
    """Return `keys` with one slot more, for a pass-phrase or a recovery code, sealed; and the new person key."""
    slot, person_key = _new_slot(keys.vault_id, data_key, owner, secret, profile)
    keys = replace(keys, slots=(*keys.slots, slot), generation=keys.generation + 1)
    return sealed(keys, data_key), person_key


def with_new_secret(
    keys: KeyFile, data_key: bytes | bytearray, slot_id: str, secret: str, profile: Profile
) -> tuple[KeyFile, bytes]:
    """Return `keys` with a new slot of the same person in the place of one, sealed; and the new person key."""
    old = keys.slot(slot_id)
    new, person_key = _new_slot(keys.vault_id, data_key, Owner(old.label, old.person), secret, profile)
    slots = tuple(new if slot.id == slot_id else slot for slot in keys.slots)
    return sealed(replace(keys, slots=slots, generation=keys.generation + 1), data_key), person_key


def _new_slot(
    vault_id: str, data_key: bytes | bytearray, owner: Owner, secret: str, profile: Profile
) -> tuple[Slot, bytes]:
    kind: SlotKind = "passphrase" if owner.person else "recovery"
    salt, nonce = os.urandom(16), os.urandom(12)
    slot = Slot(secrets.token_hex(8), owner.label, kind, owner.person, profile, salt, nonce, b"")
    key = _derive(slot, secret)
    wrapped = _aead(key).encrypt(nonce, bytes(data_key), _bound(vault_id, slot))
    return replace(slot, wrapped=wrapped), derived_key(key, _PERSON_KEY)


def without_slot(keys: KeyFile, data_key: bytes | bytearray, slot_id: str) -> KeyFile:
    """Return `keys` without one slot, sealed. Old copies of the file still hold it: this is not revocation."""
    keys.slot(slot_id)
    rest = tuple(slot for slot in keys.slots if slot.id != slot_id)
    return sealed(replace(keys, slots=rest, generation=keys.generation + 1), data_key)


def opened(keys: KeyFile, slot_id: str, secret: str) -> Opened:
    """Return what a secret opens, after checking that the file was not altered.

    Raises:
        UnknownSlot: there is no such slot.
        WrongPassphrase: the secret does not open it.
        KeysDamaged: it opens, but the file is not as it was written; or it asks for absurd costs.
    """
    from cryptography.exceptions import InvalidTag

    slot = keys.slot(slot_id)
    derived = _derive(slot, secret)
    try:
        key = _aead(derived).decrypt(slot.nonce, slot.wrapped, _bound(keys.vault_id, slot))
    except InvalidTag:
        raise WrongPassphrase from None
    if len(key) != DATA_KEY_BYTES:
        raise KeysDamaged
    checked(keys, key)
    return Opened(bytearray(key), derived_key(derived, _PERSON_KEY))


def checked(keys: KeyFile, key: bytes | bytearray) -> KeyFile:
    """Return `keys` if it is as it was written under the data key `key`; KeysDamaged otherwise."""
    if not hmac.compare_digest(keys.mac, _mac(keys, key)):
        raise KeysDamaged
    return keys


def sealed(keys: KeyFile, key: bytes | bytearray) -> KeyFile:
    """Return `keys` with the HMAC that belongs to it."""
    return replace(keys, mac=_mac(keys, key))


def _derive(slot: Slot, secret: str) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    costs = slot.profile
    if not costs.within_limits():
        raise KeysDamaged
    argon2 = Argon2id(
        salt=slot.salt, length=32, iterations=costs.iterations, lanes=costs.lanes, memory_cost=costs.memory_kib
    )
    spelled = read_recovery_code(secret) if slot.kind == "recovery" else secret
    try:
        return argon2.derive(unicodedata.normalize("NFC", spelled).encode("utf-8", "surrogatepass"))
    except MemoryError:
        raise DiskFull("There is not enough memory to unlock the vault. Close other programs and try again.") from None


def _aead(key: bytes) -> Any:  # noqa: ANN401 - AESGCM, imported only when a vault is unlocked
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _mac(keys: KeyFile, key: bytes | bytearray) -> bytes:
    return hmac.digest(derived_key(key, b"tac/keys-mac1"), _canonical(body_of(keys)), "sha256")


def derived_key(key: bytes | bytearray, purpose: bytes) -> bytes:
    """Return the 32-byte key for one purpose that is made of another key (HKDF-SHA256, RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(bytes(key))


def _bound(vault_id: str, slot: Slot) -> bytes:
    body = slot_body(slot)
    return _canonical({"vault": vault_id} | {name: body[name] for name in ("id", "kind", "person", "kdf")})


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
