"""keys.json as a file: what it holds, how it is written and read. The format is docs/formats/key-slots.md."""

import base64
import binascii
import json
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from tac_desktop.errors import CannotWrite, KeysDamaged, NewerVault, UnknownSlot
from tac_desktop.storage.durable import write_durably

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


def to_json(keys: KeyFile) -> bytes:
    """Return keys.json as bytes."""
    body = body_of(keys)
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
    if found != FORMAT or len(slots) > _MOST_SLOTS or len({slot.id for slot in slots}) != len(slots):
        raise KeysDamaged
    if not any(slot.kind == "passphrase" and slot.person for slot in slots):
        raise KeysDamaged  # a vault always has a person
    return keys


def read_keys(path: Path) -> KeyFile:
    """Read keys.json; KeysDamaged if it is missing or no key file, CannotWrite if the medium refuses."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST_FILE:
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


def body_of(keys: KeyFile) -> dict[str, Any]:
    """Return what the seal of a key file covers."""
    return {
        "format": FORMAT,
        "vault": keys.vault_id,
        "generation": keys.generation,
        "slots": [slot_body(slot) for slot in keys.slots],
    }


def slot_body(slot: Slot) -> dict[str, Any]:
    """Return a slot as it stands in the file."""
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


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: object) -> bytes:
    if not isinstance(text, str):
        raise KeysDamaged
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise KeysDamaged from None
