"""The journal: entries, their hashes and chains, and which answers are alive. The format of docs/formats/journal.md.

An entry's semantic bytes and payload are hashed, stored and sent exactly as they were first written.
"""

import binascii
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, cast, get_args

from tac_desktop.casework.answers import Answer, Answers, Declined, NotKnown
from tac_desktop.casework.fields import Attachment, Choices, Links
from tac_desktop.casework.form import Form

SEM_VERSION = 1
AHEAD_MS = 24 * 60 * 60 * 1000
"""A remote clock is followed at most this far beyond one's own (BUNDLES 2.8)."""

SESSION = "session"
"""The form of an incarnation's first entry; an entry's record id is derived from this word and the incarnation."""

_TO_URL, _FROM_URL = bytes.maketrans(b"+/", b"-_"), bytes.maketrans(b"-_+/", b"+/!!")
"""The alphabet of URLs; as it is asked for several times for each row of an import, without `base64`'s own checks."""
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

JsonValue: TypeAlias = str | int | bool | dict[str, Any] | None
Operation: TypeAlias = Literal["set", "del", "merge", "unmerge", "redact", "grant", "seal", "session", "checkpoint"]
_OPERATIONS = frozenset[str](get_args(Operation))
_WORD = re.compile("[a-z]{1,20}")
"""What the word for an operation looks like, also one of a later version."""
_LAST_VERSION = 999_999


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a person wants to write down: the new values of some fields of one record."""

    record_id: str
    form: str
    version: int
    stream: str
    values: Mapping[str, JsonValue]
    """Journal fields and their new values; null takes an answer back."""
    known_on: str
    """The ISO date from which the answers held as known to the service."""
    op: Operation = "set"
    instead_of: str = ""
    """The id of the one entry whose values are replaced, while others stay alive beside them; '' for all that live."""


@dataclass(frozen=True, kw_only=True)
class Sem:
    """The meaning of an entry, without the values."""

    form: str
    record_id: str
    stream: str
    op: Operation
    fields: tuple[str, ...]
    supersedes: Mapping[str, tuple[str, ...]]
    """Ids of the changes whose answers this one replaces, each with the fields it replaces."""
    author: str
    """The id of the person who was at work, or 'program' for what the program did by itself."""
    hlc: int
    version: int
    commitment: str
    known_on: str


@dataclass(frozen=True)
class Entry:
    """One row of the journal, as stored and sent."""

    incarnation: bytes
    seq: int
    sseq: int
    sem: bytes
    salt: bytes
    payload: bytes

    @property
    def cid(self) -> bytes:
        """The change's id: the hash of its own meaning."""
        return change_id(self.sem)

    @property
    def is_erased(self) -> bool:
        """Whether what it said was erased by law: then a `redact` entry of its stream names it."""
        return not (self.salt or self.payload)


def b64(raw: bytes) -> str:
    """Return bytes as text: base64url without padding (RFC 4648, 5)."""
    return binascii.b2a_base64(raw, newline=False).translate(_TO_URL).rstrip(b"=").decode()


def unb64(text: str) -> bytes:
    """Return the bytes of base64url text without padding; ValueError if it is none."""
    padded = text.encode("ascii").translate(_FROM_URL) + b"=" * (-len(text) % 4)
    return binascii.a2b_base64(padded, strict_mode=True)


def commitment(salt: bytes, payload: bytes) -> bytes:
    """Return the hash that binds an entry to its payload without telling it."""
    return hashlib.sha256(b"tac/p1" + salt + payload).digest()


def change_id(sem: bytes) -> bytes:
    """Return the id of a change: content-addressed, so that nobody can use it for something else."""
    return hashlib.sha256(b"tac/c1" + sem).digest()


def stream_chain(before: bytes, cid: bytes, sseq: int) -> bytes:
    """Return the chain value of a stream after the entry `cid` at position `sseq`; `before` of the first is b''."""
    return hashlib.sha256(b"tac/s1" + before + cid + sseq.to_bytes(8, "big")).digest()


def device_chain(before: bytes, stream_value: bytes, seq: int) -> bytes:
    """Return the chain value of a device after its entry number `seq`."""
    return hashlib.sha256(b"tac/d1" + before + stream_value + seq.to_bytes(8, "big")).digest()


def incarnation_id(device_id: bytes, random: bytes) -> bytes:
    """Return the 16-byte id of a device from its start to its end; a restored copy so never forks a sequence."""
    return hashlib.sha256(b"tac/rid1" + device_id + random).digest()[:16]


def tick(hlc: int, wall_ms: int) -> int:
    """Return the clock of the next entry: never before the last, whatever the wall clock says."""
    return max(wall_ms << 16, hlc + 1)


def seen(hlc: int, remote: int, wall_ms: int) -> int:
    """Return the clock after an entry from elsewhere was seen; one that is far ahead is not followed."""
    return max(hlc, remote) if remote <= (wall_ms + AHEAD_MS) << 16 else hlc


def json_bytes(value: object) -> bytes:
    """Return `value` as JSON in the one way this format writes it."""
    return _ENCODER.encode(value).encode()


def is_newer(sem: Sequence[object]) -> bool:
    """Say whether a meaning that cannot be accepted is a newer program's: in a later layout, or a new operation's."""
    version, op = sem[0] if sem else None, sem[4] if len(sem) > 4 else None
    if type(version) is not int:
        return False
    unknown = isinstance(op, str) and op not in _OPERATIONS and _WORD.fullmatch(op) is not None
    return SEM_VERSION < version <= _LAST_VERSION or (version == SEM_VERSION and unknown)


def encode_sem(sem: Sem) -> bytes:
    """Return the bytes of an entry's meaning."""
    replaced = {cid: list(fields) for cid, fields in sorted(sem.supersedes.items())}
    return json_bytes([
        SEM_VERSION, sem.form, sem.record_id, sem.stream, sem.op, list(sem.fields), replaced, sem.author, sem.hlc,
        sem.version, sem.commitment, sem.known_on,
    ])  # fmt: skip


def decode_sem(raw: bytes) -> Sem:
    """Return the meaning of an entry that this program wrote or has checked already; ValueError if it is no entry."""
    row = json.loads(raw)
    if not isinstance(row, list) or row[0] != SEM_VERSION:
        message = "not an entry of a known version"
        raise ValueError(message)
    _, form, record_id, stream, op, fields, replaced, author, hlc, version, bound, known_on = cast("list[Any]", row)
    supersedes = {cid: tuple(names) for cid, names in replaced.items()}
    return Sem(
        form=form, record_id=record_id, stream=stream, op=op, fields=tuple(fields), supersedes=supersedes,
        author=author, hlc=hlc, version=version, commitment=bound, known_on=known_on,
    )  # fmt: skip


def to_journal(form: Form, answers: Answers) -> dict[str, JsonValue]:
    """Return answers as journal fields.

    A set becomes one field for each of its elements, so that two people who tick different boxes do not contradict
    each other.
    """
    fields: dict[str, JsonValue] = {}
    for name, answer in answers.items():
        question = form.by_name[name]
        match answer:
            case NotKnown(reason):
                fields[name] = {"not_known": reason}
            case Declined():
                fields[name] = {"declined": True}
            case tuple():
                fields |= {f"{name}/{element}": True for element in answer}
            case str() if isinstance(question, Attachment):
                fields[name] = {"blob": answer}
            case str() if isinstance(question, Choices | Links):
                fields[f"{name}/{answer}"] = True
            case _:
                fields[name] = answer
    return fields


def from_journal(fields: Mapping[str, JsonValue]) -> dict[str, Answer]:
    """Return the answers that these journal fields make; fields of unknown forms are read the same way.

    Fields that begin with an underscore are no answers.
    """
    answers: dict[str, Answer] = {}
    for name in sorted(fields):
        value = fields[name]
        if "/" in name:
            stem, _, element = name.partition("/")
            if value is True and name[0] != "_":
                before = answers.get(stem)
                answers[stem] = (*before, element) if isinstance(before, tuple) else (element,)
        elif value is not None and name[0] != "_" and (answer := _answer(value)) is not None:
            answers[name] = answer
    return answers


def _answer(value: JsonValue) -> Answer | None:
    if not isinstance(value, dict):
        return value
    match value:
        case {"not_known": reason}:
            return NotKnown(str(reason))
        case {"declined": True}:
            return Declined()
        case {"blob": sha256}:
            return str(sha256)
        case _:
            return None


def differences(before: Mapping[str, JsonValue], after: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return the journal fields to write so that a record with the values `before` has the values `after`."""
    gone: dict[str, JsonValue] = {
        name: False if "/" in name else None
        for name, value in before.items()
        if name not in after and value is not None and not (value is False and "/" in name)
    }
    return gone | {name: value for name, value in after.items() if before.get(name) != value}
