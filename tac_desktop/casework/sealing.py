"""What a person puts her seal under: the very entries that make a finished record. Format: docs/formats/seal.md."""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from tac_desktop.casework.journal import Sem, json_bytes

TYPE, VERSION = "tac-seal", 1
SEALABLE = ("issued_document", "baseline", "tracker_return", "assessment")
"""Forms whose records are finished one day: documents that were issued, the trackers, the assessment."""
FORM = "seal"
FIELDS = frozenset({"record", "name", "at", "text", "signature"})
"""The journal fields of a seal's one entry."""

_MOST_ENTRIES = 20_000
_CID = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


class NotASeal(ValueError):
    """A text that is not what a seal is put under, or stands in an entry that says something else."""


@dataclass(frozen=True, kw_only=True)
class Sealed:
    """What is sealed, by whom and when."""

    record: str
    """The record's id."""
    form: str
    stream: str
    entries: tuple[str, ...]
    """The ids of all entries of the record that she saw, in alphabetical order; each binds its answers."""
    person: str
    """Her id."""
    name: str
    role: str
    at: str
    """When, by the clock on her wall, with its zone: '2026-03-12T09:30:00+00:00'."""


def seal_text(sealed: Sealed) -> str:
    """Return the text that is signed: there is one way to write it."""
    return json_bytes({"type": TYPE, "v": VERSION, **asdict(sealed)}).decode()


def read_seal_text(text: str) -> Sealed:
    """Return what a signed text says.

    Raises:
        NotASeal: it is not exactly what `seal_text` writes.
    """
    try:
        said: Any = json.loads(text)
    except (ValueError, RecursionError) as refused:
        raise NotASeal from refused
    if not isinstance(said, dict):
        raise NotASeal
    words = cast("dict[str, Any]", said)
    names = ("record", "form", "stream", "person", "name", "role", "at")
    entries = words.get("entries")
    if not isinstance(entries, list) or any(not isinstance(words.get(name), str) for name in names):
        raise NotASeal
    sealed = Sealed(entries=tuple(cast("list[str]", entries)), **{name: words[name] for name in names})
    if not _is_sound(sealed) or seal_text(sealed) != text:
        raise NotASeal
    return sealed


def sealed_by(sem: Sem, values: Mapping[str, object]) -> Sealed:
    """Return what the entry of a seal says that was sealed; the signature is not looked at.

    Raises:
        NotASeal: the entry and the signed text say different things, or it is no seal's first and only entry.
    """
    if sem.form != FORM or sem.op != "seal" or sem.supersedes or set(values) ^ FIELDS:
        raise NotASeal
    text = values["text"]
    sealed = read_seal_text(text if isinstance(text, str) else "")
    told = (values["record"], values["name"], values["at"], sem.stream, sem.author)
    if told != (sealed.record, sealed.name, sealed.at[:16], sealed.stream, sealed.person):
        raise NotASeal
    return sealed


def changed_since(sealed: Sealed, present: Collection[str]) -> int:
    """Return how many entries the record has by now that were not sealed; `present` are the ids of all it has."""
    return len(set(present) - set(sealed.entries))


def not_here(sealed: Sealed, present: Collection[str]) -> int:
    """Return how many of the sealed entries are not in this vault."""
    return len(set(sealed.entries) - set(present))


def _is_sound(sealed: Sealed) -> bool:
    entries = sealed.entries
    if not 0 < len(entries) <= _MOST_ENTRIES or sealed.form not in SEALABLE:
        return False
    if any(not isinstance(cid, str) or not _CID.fullmatch(cid) for cid in entries):  # pyright: ignore[reportUnnecessaryIsInstance] - of a stranger
        return False
    try:
        moment = datetime.fromisoformat(sealed.at)
    except ValueError:
        return False
    return list(entries) == sorted(set(entries)) and moment.isoformat(timespec="seconds") == sealed.at
