"""keys.json: the vault's data key, wrapped once for each pass-phrase and once for the recovery code.

The format is docs/formats/key-slots.md. A slot is AES-256-GCM under a key that Argon2id makes from the pass-phrase;
the whole file carries an HMAC under a key derived from the data key, so that an edited file is noticed after unlocking.
Removing a slot is not revocation: an old copy of keys.json with its pass-phrase still opens the database.
"""

import base64
import binascii
import hmac
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, cast

from tac_desktop.errors import CannotWrite, DiskFull, KeysDamaged, NewerVault, UnknownSlot, WrongPassphrase
from tac_desktop.storage.durable import write_durably
from tac_desktop.storage.recovery_code import read_recovery_code

FORMAT = "tac-keys-1"
DATA_KEY_BYTES = 32
_LARGEST_FILE = 1 << 20
_MOST_SLOTS = 100
_MOST_WORK_KIB = 4 << 20  # memory x iterations: about five seconds; a hostile file could otherwise ask for hours

SlotKind = Literal["passphrase", "recovery"]


@dataclass(frozen=True)
class Profile:
    """How costly one guess of a pass-phrase is (Argon2id, RFC 9106).

    One lane, because lanes are computed one after another here and would only help an attacker (STORAGE 5.3).
    """

    memory_kib: int
    iterations: int
    lanes: int = 1

    def within_limits(self) -> bool:
        """Say whether deriving a key with these costs is possible and bearable."""
        return (
            1 <= self.lanes <= 16
            and 1 <= self.iterations <= 20
            and 8 * self.lanes <= self.memory_kib <= 1 << 20
            and self.memory_kib * self.iterations <= _MOST_WORK_KIB
        )


STANDARD = Profile(memory_kib=256 * 1024, iterations=3)
"""About 0.8 s on a present-day PC; above RFC 9106's second choice (64 MiB, three iterations)."""
CHEAPEST = Profile(memory_kib=8, iterations=1)
"""Only for tests."""


@dataclass(frozen=True)
class Slot:
    """One way to unlock. Everything in it can be read by anyone who has the folder."""

    id: str
    label: str
    kind: SlotKind
    person: str
    """The id of the person whose pass-phrase opens it, '' for the recovery code."""
    profile: Profile
    salt: bytes
    nonce: bytes
    wrapped: bytes


@dataclass(frozen=True)
class Owner:
    """Whose a slot is."""

    label: str
    """What the unlock screen shows; anybody can read it."""
    person: str
    """The person's id; '' for the recovery code."""


@dataclass(frozen=True)
class KeyFile:
    """The slots of one vault, as they stand in keys.json."""

    vault_id: str
    generation: int
    slots: tuple[Slot, ...]
    mac: bytes = b""

    def slot(self, slot_id: str) -> Slot:
        """Return the slot with this id; UnknownSlot if there is none."""
        for slot in self.slots:
            if slot.id == slot_id:
                return slot
        raise UnknownSlot


def new_key_file() -> KeyFile:
    """Return the key file of a new vault, without slots."""
    return KeyFile(vault_id=secrets.token_hex(16), generation=0, slots=())


def with_slot(keys: KeyFile, data_key: bytes | bytearray, owner: Owner, secret: str, profile: Profile) -> KeyFile:
    """Return `keys` with one slot more, for a pass-phrase or a recovery code, sealed."""
    slot = _new_slot(keys.vault_id, data_key, owner, secret, profile)
    return sealed(replace(keys, slots=(*keys.slots, slot), generation=keys.generation + 1), data_key)


def with_new_secret(keys: KeyFile, data_key: bytes | bytearray, slot_id: str, secret: str, profile: Profile) -> KeyFile:
    """Return `keys` with a new slot of the same person in the place of one, sealed."""
    old = keys.slot(slot_id)
    new = _new_slot(keys.vault_id, data_key, Owner(old.label, old.person), secret, profile)
    slots = tuple(new if slot.id == slot_id else slot for slot in keys.slots)
    return sealed(replace(keys, slots=slots, generation=keys.generation + 1), data_key)


def _new_slot(vault_id: str, data_key: bytes | bytearray, owner: Owner, secret: str, profile: Profile) -> Slot:
    kind: SlotKind = "passphrase" if owner.person else "recovery"
    salt, nonce = os.urandom(16), os.urandom(12)
    slot = Slot(secrets.token_hex(8), owner.label, kind, owner.person, profile, salt, nonce, b"")
    wrapped = _aead(_derive(slot, secret)).encrypt(nonce, bytes(data_key), _bound(vault_id, slot))
    return replace(slot, wrapped=wrapped)


def without_slot(keys: KeyFile, data_key: bytes | bytearray, slot_id: str) -> KeyFile:
    """Return `keys` without one slot, sealed. Old copies of the file still hold it: this is not revocation."""
    keys.slot(slot_id)
    rest = tuple(slot for slot in keys.slots if slot.id != slot_id)
    return sealed(replace(keys, slots=rest, generation=keys.generation + 1), data_key)


def data_key(keys: KeyFile, slot_id: str, secret: str) -> bytearray:
    """Return the data key that a slot holds, after checking that the file was not altered.

    Raises:
        UnknownSlot: there is no such slot.
        WrongPassphrase: the secret does not open it.
        KeysDamaged: it opens, but the file is not as it was written; or it asks for absurd costs.
    """
    from cryptography.exceptions import InvalidTag

    slot = keys.slot(slot_id)
    try:
        key = _aead(_derive(slot, secret)).decrypt(slot.nonce, slot.wrapped, _bound(keys.vault_id, slot))
    except InvalidTag:
        raise WrongPassphrase from None
    if len(key) != DATA_KEY_BYTES:
        raise KeysDamaged
    checked(keys, key)
    return bytearray(key)


def checked(keys: KeyFile, key: bytes | bytearray) -> KeyFile:
    """Return `keys` if it is as it was written under the data key `key`; KeysDamaged otherwise."""
    if not hmac.compare_digest(keys.mac, _mac(keys, key)):
        raise KeysDamaged
    return keys


def sealed(keys: KeyFile, key: bytes | bytearray) -> KeyFile:
    """Return `keys` with the HMAC that belongs to it."""
    return replace(keys, mac=_mac(keys, key))


def to_json(keys: KeyFile) -> bytes:
    """Return keys.json as bytes."""
    body = _body(keys)
    body["mac"] = _text(keys.mac)
    return (json.dumps(body, indent=1, sort_keys=True) + "\n").encode()


def from_json(untrusted: bytes) -> KeyFile:
    """Return the key file that these bytes are; KeysDamaged if they are none, NewerVault if of a later format."""
    try:
        body = cast("dict[str, Any]", json.loads(untrusted))
        found = body["format"]
        if found != FORMAT and str(found).startswith("tac-keys-"):
            raise NewerVault
        slots = tuple(_slot(slot) for slot in body["slots"])
        keys = KeyFile(str(body["vault"]), int(body["generation"]), slots, _bytes(body["mac"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise KeysDamaged from None
    if found != FORMAT or not 0 < len(slots) <= _MOST_SLOTS or len({slot.id for slot in slots}) != len(slots):
        raise KeysDamaged
    return keys


def read_keys(path: Path) -> KeyFile:
    """Read keys.json; KeysDamaged if it is missing or no key file, CannotWrite if the medium refuses."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise KeysDamaged
        return from_json(path.read_bytes())
    except FileNotFoundError:
        raise KeysDamaged from None
    except OSError:
        raise CannotWrite from None


def write_keys(path: Path, keys: KeyFile) -> None:
    """Replace keys.json durably, the one before staying beside it as keys.json.bak.

    Raises:
        DiskFull, CannotWrite: nothing was changed.
    """
    if path.exists():
        write_durably(path.with_name(path.name + ".bak"), path.read_bytes())
    write_durably(path, to_json(keys))


def _body(keys: KeyFile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "vault": keys.vault_id,
        "generation": keys.generation,
        "slots": [_slot_body(slot) for slot in keys.slots],
    }


def _slot_body(slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.id,
        "label": slot.label,
        "kind": slot.kind,
        "person": slot.person,
        "kdf": _kdf_body(slot.profile),
        "salt": _text(slot.salt),
        "nonce": _text(slot.nonce),
        "wrapped": _text(slot.wrapped),
    }


def _kdf_body(profile: Profile) -> dict[str, Any]:
    return {
        "name": "argon2id",
        "memory_kib": profile.memory_kib,
        "iterations": profile.iterations,
        "lanes": profile.lanes,
    }


def _slot(body: dict[str, Any]) -> Slot:
    kdf = body["kdf"]
    costs = [kdf["memory_kib"], kdf["iterations"], kdf["lanes"]]
    if kdf["name"] != "argon2id" or any(type(cost) is not int for cost in costs):
        raise KeysDamaged
    profile = Profile(*costs)
    if not profile.within_limits() or body["kind"] not in ("passphrase", "recovery"):
        raise KeysDamaged
    salt, nonce, wrapped = _bytes(body["salt"]), _bytes(body["nonce"]), _bytes(body["wrapped"])
    if (len(salt), len(nonce), len(wrapped)) != (16, 12, DATA_KEY_BYTES + 16):
        raise KeysDamaged
    return Slot(str(body["id"]), str(body["label"]), body["kind"], str(body["person"]), profile, salt, nonce, wrapped)


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
    return hmac.digest(derived_key(key, b"tac/keys-mac1"), _canonical(_body(keys)), "sha256")


def derived_key(key: bytes | bytearray, purpose: bytes) -> bytes:
    """Return the 32-byte key for one purpose that belongs to a data key (HKDF-SHA256, RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(bytes(key))


def _bound(vault_id: str, slot: Slot) -> bytes:
    body = _slot_body(slot)
    return _canonical({"vault": vault_id} | {name: body[name] for name in ("id", "kind", "person", "kdf")})


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: object) -> bytes:
    if not isinstance(text, str):
        raise KeysDamaged
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise KeysDamaged from None
