"""keys.json as a file: what it holds, how it is written and read. The format is docs/formats/key-slots.md."""

import base64
import binascii
import json
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from tac_desktop.errors import CannotWrite, KeysDamaged, NewerVault, UnknownSlot
from tac_desktop.storage.durable import write_durably
from tac_desktop.storage.folder import KEYS_COPY
from tac_desktop.storage.key_seals import SEAL_BYTES

FORMATS = ("tac-keys-1", "tac-keys-2")
"""By version. Files of the first are read for ever; those of the second are written."""
DATA_KEY_BYTES = 32
_LARGEST_FILE = 1 << 20
_MOST_SLOTS = 100
_LONGEST_WORD = 200
_LARGEST_NUMBER = 1 << 53
_MOST_WORK_KIB = 4 << 20  # memory x iterations: about five seconds; a hostile file could otherwise ask for hours

SlotKind = Literal["passphrase", "recovery", "organisation"]


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
    person: str = ""
    """The id of the person whose pass-phrase opens it, '' for the recovery code and the organisation's key."""
    profile: Profile | None = None
    """None where there is nothing to guess: for the organisation's key."""
    salt: bytes = b""
    nonce: bytes = b""
    wrapped: bytes = b""
    """Under the key made of the secret: the private key and the link; in a slot of version 1 the data key itself."""
    public: bytes = b""
    """Her X25519 public key; b'' in a slot of version 1, which cannot be given a new data key by others."""
    known: int = 0
    """The number of the data key of which she holds the link; 0 where there is none."""
    sealed: bytes = b""
    """The data key, sealed to `public`."""
    next: bytes = b""
    """The next data key, sealed likewise, while a vault is being re-keyed; else b''."""

    @property
    def has_key_pair(self) -> bool:
        """Whether the vault can be re-keyed without her: not before she has unlocked it once with this program."""
        return bool(self.public)


@dataclass(frozen=True)
class KeyFile:
    """The slots of one vault, as they stand in keys.json."""

    vault_id: str
    generation: int
    slots: tuple[Slot, ...]
    mac: bytes = b""
    next_mac: bytes = b""
    """The seal of the file under the next data key, while a vault is being re-keyed; else b''."""
    number: int = 1
    """How many data keys the vault has had, with the present one."""
    version: int = 2

    def slot(self, slot_id: str) -> Slot:
        """Return the slot with this id; UnknownSlot if there is none."""
        for slot in self.slots:
            if slot.id == slot_id:
                return slot
        raise UnknownSlot


def to_json(keys: KeyFile) -> bytes:
    """Return keys.json as bytes."""
    body = body_of(keys) | {"mac": _text(keys.mac)}
    if keys.next_mac:
        body["next_mac"] = _text(keys.next_mac)
    return (json.dumps(body, indent=1, sort_keys=True) + "\n").encode()


def from_json(untrusted: bytes) -> KeyFile:
    """Return the key file that these bytes are; KeysDamaged if they are none, NewerVault if of a later format."""
    try:
        body = cast("dict[str, Any]", json.loads(untrusted))
        found = body["format"]
        if found not in FORMATS and isinstance(found, str) and found.startswith("tac-keys-"):
            raise NewerVault
        keys = _file(body, FORMATS.index(found) + 1)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise KeysDamaged from None
    _refuse_contradictions(keys)
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
    """Replace keys.json and the copy beside it durably. The copy first: what an old secret opens stays in neither.

    Raises:
        DiskFull, CannotWrite: keys.json was not changed.
    """
    content = to_json(keys)
    write_durably(path.with_name(KEYS_COPY), content)
    write_durably(path, content)


def body_of(keys: KeyFile) -> dict[str, Any]:
    """Return what the seal of a key file covers."""
    return {
        "format": FORMATS[keys.version - 1],
        "vault": keys.vault_id,
        "generation": keys.generation,
        "slots": [slot_body(slot) for slot in keys.slots],
    } | ({"data_key": keys.number} if keys.version > 1 else {})


def slot_body(slot: Slot) -> dict[str, Any]:
    """Return a slot as it stands in the file."""
    body: dict[str, Any] = {"id": slot.id, "label": slot.label, "kind": slot.kind, "person": slot.person}
    if slot.profile:
        body["kdf"] = _kdf_body(slot.profile)
        body |= {"salt": _text(slot.salt), "nonce": _text(slot.nonce), "wrapped": _text(slot.wrapped)}
    if slot.public:
        body |= {"public": _text(slot.public), "known": slot.known, "sealed": _text(slot.sealed)}
    if slot.next:
        body["next"] = _text(slot.next)
    return body


def _kdf_body(profile: Profile) -> dict[str, Any]:
    return {
        "name": "argon2id",
        "memory_kib": profile.memory_kib,
        "iterations": profile.iterations,
        "lanes": profile.lanes,
    }


def _file(body: Mapping[str, Any], version: int) -> KeyFile:
    several = body["slots"]
    if not isinstance(several, list) or len(cast("list[Any]", several)) > _MOST_SLOTS:
        raise KeysDamaged
    return KeyFile(
        vault_id=_word(body["vault"]),
        generation=_number(body["generation"]),
        slots=tuple(_slot(slot, version) for slot in cast("list[dict[str, Any]]", several)),
        mac=_bytes(body["mac"], 32),
        next_mac=_bytes(body["next_mac"], 32) if version > 1 and "next_mac" in body else b"",
        number=_number(body["data_key"], 1) if version > 1 else 1,
        version=version,
    )


def _slot(body: Mapping[str, Any], version: int) -> Slot:
    kind = body["kind"]
    has_pair = version > 1 and "public" in body
    if kind not in (("passphrase", "recovery", "organisation") if has_pair else ("passphrase", "recovery")):
        raise KeysDamaged
    secret = kind != "organisation"
    return Slot(
        id=_word(body["id"]),
        label=_word(body["label"]),
        kind=kind,
        person=_word(body["person"]),
        profile=_profile(body["kdf"]) if secret else None,
        salt=_bytes(body["salt"], 16) if secret else b"",
        nonce=_bytes(body["nonce"], 12) if secret else b"",
        wrapped=_bytes(body["wrapped"], (64 if has_pair else DATA_KEY_BYTES) + 16) if secret else b"",
        public=_bytes(body["public"], 32) if has_pair else b"",
        known=_number(body["known"], 1 if secret else 0) if has_pair else 0,
        sealed=_bytes(body["sealed"], SEAL_BYTES) if has_pair else b"",
        next=_bytes(body["next"], SEAL_BYTES) if has_pair and "next" in body else b"",
    )


def _profile(kdf: Mapping[str, Any]) -> Profile:
    profile = Profile(*(_number(kdf[cost]) for cost in ("memory_kib", "iterations", "lanes")))
    if kdf["name"] != "argon2id" or not profile.within_limits():
        raise KeysDamaged
    return profile


def _refuse_contradictions(keys: KeyFile) -> None:
    slots = keys.slots
    if len({slot.id for slot in slots}) != len(slots) or any(slot.known > keys.number for slot in slots):
        raise KeysDamaged
    if any((slot.kind == "passphrase") != bool(slot.person) for slot in slots):
        raise KeysDamaged
    if any(bool(slot.next) != bool(keys.next_mac) for slot in slots):
        raise KeysDamaged  # while a vault is being re-keyed, all slots get the next key, or none
    if not any(slot.person for slot in slots):
        raise KeysDamaged  # a vault always has a person


def _word(text: object) -> str:
    if not isinstance(text, str) or len(text) > _LONGEST_WORD or not text.isprintable():
        raise KeysDamaged
    return text


def _number(value: object, least: int = 0) -> int:
    if type(value) is not int or not least <= value < _LARGEST_NUMBER:
        raise KeysDamaged
    return value


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _bytes(text: object, length: int) -> bytes:
    if not isinstance(text, str):
        raise KeysDamaged
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise KeysDamaged from None
    if len(raw) != length:
        raise KeysDamaged
    return raw
