"""The slots of keys.json: who can open a vault, and what a secret opens.

The format is docs/formats/key-slots.md. Each slot has a key pair; its private key lies there under a key that Argon2id
makes from the pass-phrase, and the vault's data key is sealed to the public one. The whole file carries an HMAC under
the data key, so that an edited file is noticed after unlocking. Taking a slot away is not revocation by itself: an old
copy of keys.json still gives the old data key (storage/rekeying.py makes a new one).
"""

import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any

from tac_desktop.errors import DiskFull, KeysDamaged, WrongPassphrase
from tac_desktop.storage.key_file import KeyFile, Profile, Slot, SlotKind, body_of, slot_body
from tac_desktop.storage.key_seals import KEY_BYTES, derived_key, new_private, public_of, seal, unsealed
from tac_desktop.storage.recovery_code import read_recovery_code

STANDARD = Profile(memory_kib=256 * 1024, iterations=3)
"""About 0.8 s on a present-day PC; above RFC 9106's second choice (64 MiB, three iterations)."""
CHEAPEST = Profile(memory_kib=8, iterations=1)
"""Only for tests."""
ORGANISATION_LABEL = "Organisation’s key"

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

    keys: KeyFile
    """The file, which was not altered."""
    slot: Slot
    data_key: bytearray = field(repr=False)
    """The vault's own, zeroed by whoever holds it when the vault is closed."""
    next_key: bytearray = field(repr=False)
    """The one that it gets while it is being re-keyed; else empty."""
    wrapping_key: bytes = field(repr=False, default=b"")
    """What Argon2id made of the secret; b'' for the organisation's key."""

    @property
    def person_key(self) -> bytes:
        """The person's own: it wraps her seal key (storage/seal_keys.py)."""
        return derived_key(self.wrapping_key, _PERSON_KEY)


def new_key_file() -> KeyFile:
    """Return the key file of a new vault, without slots."""
    return KeyFile(vault_id=secrets.token_hex(16), generation=0, slots=())


def with_slot(
    keys: KeyFile, data_key: bytes | bytearray, owner: Owner, secret: str, profile: Profile
) -> tuple[KeyFile, bytes]:
    """Return `keys` with one slot more, for a pass-phrase or a recovery code, sealed; and the new person key."""
    slot, person_key = _new_slot(keys, data_key, owner, secret, profile)
    return changed(keys, data_key, (*keys.slots, slot)), person_key


def with_new_secret(
    keys: KeyFile, data_key: bytes | bytearray, slot_id: str, secret: str, profile: Profile
) -> tuple[KeyFile, bytes]:
    """Return `keys` with a new slot of the same person in the place of one, sealed; and the new person key."""
    old = keys.slot(slot_id)
    new, person_key = _new_slot(keys, data_key, Owner(old.label, old.person), secret, profile)
    return changed(keys, data_key, tuple(new if slot.id == slot_id else slot for slot in keys.slots)), person_key


def with_organisation(keys: KeyFile, data_key: bytes | bytearray, public: bytes) -> KeyFile:
    """Return `keys` with the slot of an organisation's X25519 key in the place of the one it had, sealed."""
    bare = Slot(secrets.token_hex(8), ORGANISATION_LABEL, "organisation", public=public)
    slot = replace(bare, sealed=seal(public, b"", data_key, _bound_seal(keys.vault_id, bare, keys.number)))
    others = tuple(slot for slot in keys.slots if slot.kind != "organisation")
    return changed(keys, data_key, (*others, slot))


def without_slots(keys: KeyFile, data_key: bytes | bytearray, slot_ids: tuple[str, ...]) -> KeyFile:
    """Return `keys` without some slots, sealed. Old copies of the file still hold them: this is not revocation."""
    for slot_id in slot_ids:
        keys.slot(slot_id)
    return changed(keys, data_key, tuple(slot for slot in keys.slots if slot.id not in slot_ids))


def with_new_pair(opened: Opened, data_key: bytes | bytearray) -> KeyFile | None:
    """Return the file with a new key pair in the slot that was opened, sealed; None where none is due.

    It is due in a slot of version 1, and where the vault was re-keyed since the slot was opened last.
    """
    keys, slot = opened.keys, opened.slot
    if slot.kind == "organisation" or (slot.public and slot.known == keys.number):
        return None
    new = _with_pair(keys, slot, data_key, opened.wrapping_key)
    return changed(keys, data_key, tuple(new if one.id == slot.id else one for one in keys.slots))


def changed(keys: KeyFile, data_key: bytes | bytearray, slots: tuple[Slot, ...]) -> KeyFile:
    """Return the next generation of `keys`, with these slots, sealed; always of the present version."""
    return sealed(replace(keys, slots=slots, generation=keys.generation + 1, version=2), data_key)


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
        found = _aead(derived).decrypt(slot.nonce, slot.wrapped, _bound(keys.vault_id, slot))
    except InvalidTag:
        raise WrongPassphrase from None
    if not slot.public:
        return _checked(Opened(keys, slot, bytearray(found), bytearray(), derived))
    return _opened_by_pair(keys, slot, found[:KEY_BYTES], found[KEY_BYTES:], derived)


def opened_by_organisation(keys: KeyFile, private: bytes) -> Opened:
    """Return what an organisation's X25519 private key opens; WrongPassphrase if no slot is its, else as `opened`."""
    public = public_of(private)
    slot = next((slot for slot in keys.slots if slot.kind == "organisation" and slot.public == public), None)
    if slot is None:
        raise WrongPassphrase
    return _opened_by_pair(keys, slot, private, b"", b"")


def sealed_to(keys: KeyFile, slot: Slot, link: bytes, data_key: bytes | bytearray, number: int) -> bytes:
    """Return the data key of this number sealed to the owner of a slot, who knows the vault by a link."""
    return seal(slot.public, link, data_key, _bound_seal(keys.vault_id, slot, number))


def link_of(data_key: bytes | bytearray) -> bytes:
    """Return what those who unlocked a vault under this data key know, and nobody else."""
    return derived_key(data_key, b"tac/keys-link2")


def checked(keys: KeyFile, key: bytes | bytearray) -> KeyFile:
    """Return `keys` if it is as it was written under the data key `key`; KeysDamaged otherwise."""
    if not hmac.compare_digest(keys.mac, mac_of(keys, key)):
        raise KeysDamaged
    return keys


def sealed(keys: KeyFile, key: bytes | bytearray) -> KeyFile:
    """Return `keys` with the HMAC that belongs to it."""
    return replace(keys, mac=mac_of(keys, key))


def mac_of(keys: KeyFile, key: bytes | bytearray) -> bytes:
    """Return the HMAC of a key file under a data key."""
    return hmac.digest(derived_key(key, b"tac/keys-mac1"), _canonical(body_of(keys)), "sha256")


def _opened_by_pair(keys: KeyFile, slot: Slot, private: bytes, link: bytes, derived: bytes) -> Opened:
    present, coming = (
        bytearray(unsealed(private, link, one, _bound_seal(keys.vault_id, slot, keys.number + later)) if one else b"")
        for later, one in enumerate((slot.sealed, slot.next))
    )
    return _checked(Opened(keys, slot, present, coming, derived))


def _checked(opened: Opened) -> Opened:
    keys = checked(opened.keys, opened.data_key)
    if opened.next_key and not hmac.compare_digest(keys.next_mac, mac_of(keys, opened.next_key)):
        raise KeysDamaged
    return opened


def _new_slot(
    keys: KeyFile, data_key: bytes | bytearray, owner: Owner, secret: str, profile: Profile
) -> tuple[Slot, bytes]:
    kind: SlotKind = "passphrase" if owner.person else "recovery"
    bare = Slot(secrets.token_hex(8), owner.label, kind, owner.person, profile, os.urandom(16))
    derived = _derive(bare, secret)
    return _with_pair(keys, bare, data_key, derived), derived_key(derived, _PERSON_KEY)


def _with_pair(keys: KeyFile, slot: Slot, data_key: bytes | bytearray, derived: bytes) -> Slot:
    private, link, nonce = new_private(), link_of(data_key), os.urandom(12)
    slot = replace(slot, public=public_of(private), known=keys.number, nonce=nonce, next=b"")
    wrapped = _aead(derived).encrypt(nonce, private + link, _bound(keys.vault_id, slot))
    return replace(slot, wrapped=wrapped, sealed=sealed_to(keys, slot, link, data_key, keys.number))


def _derive(slot: Slot, secret: str) -> bytes:
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    costs = slot.profile
    if costs is None:
        raise WrongPassphrase  # nobody types in the organisation's key
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


def _bound(vault_id: str, slot: Slot) -> bytes:
    """Return what the wrapping of a slot's secret part is bound to."""
    body = slot_body(slot)
    names = ("id", "kind", "person", "kdf", *(("public", "known") if slot.public else ()))
    return _canonical({"vault": vault_id} | {name: body[name] for name in names})


def _bound_seal(vault_id: str, slot: Slot, number: int) -> bytes:
    """Return what the seal of a data key is bound to."""
    return _canonical({"vault": vault_id, "slot": slot.id, "data_key": number})


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
