"""Which of several live answers is shown, when they contradict each other, and the record that they make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, cast

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.journal import JsonValue, b64, from_journal, json_bytes

DELETED = "_del"
"""The journal field of a deletion: {"reason": text, "seen": [ids of the live entries that the person saw]}.

Null says that the record stays.
"""


class Live(NamedTuple):
    """A value of one field that no known entry replaces. Of several the greatest is shown (BUNDLES 2.4)."""

    hlc: int
    rid: bytes
    cid: str
    j: int
    known_on: str
    version: int
    value: JsonValue


@dataclass(frozen=True)
class LiveAnswer:
    """A value of one field that no known entry replaces."""

    cid: str
    value: JsonValue
    hlc: int
    incarnation: bytes
    author: str
    known_on: str


LiveFields = dict[str, list[Live]]
"""The live values of one record, by journal field."""


@dataclass(frozen=True)
class Folded:
    """A record as its live values make it."""

    values: Mapping[str, JsonValue]
    """The shown value of each journal field."""
    answers: Mapping[str, Answer]
    conflicts: tuple[str, ...]
    """The questions with live values that differ, in alphabetical order."""
    deleted: bool
    known_on: str
    version: int


def rank(live: Live) -> tuple[int, bytes, str]:
    """Return what decides which of several live values is shown."""
    return live[:3]


def fold(fields: LiveFields, *others: LiveFields) -> Folded:
    """Return the record that live values make, in whatever order they came.

    Args:
        fields: of a record.
        others: of the records that are the same; all their values stand side by side.
    """
    deleted, contested = _deletion(fields) if DELETED in fields else (False, False)
    if others:
        fields, deleted, contested = _together([fields, *others])
    values: dict[str, JsonValue] = {}
    known_on, version, contradicting = "", 0, False
    for name, live in fields.items():
        shown = live[0] if len(live) == 1 else max(live, key=rank)
        values[name] = shown.value
        if name[0] != "_":
            known_on, version = max(known_on, shown.known_on), max(version, shown.version)
            contradicting = contradicting or len(live) > 1
    conflicts = _conflicts(fields, contested=contested) if (contradicting or contested) and not deleted else ()
    answers = from_journal(values)
    return Folded(
        values=values, answers=answers, conflicts=conflicts, deleted=deleted, known_on=known_on, version=version
    )


def union(members: Iterable[LiveFields]) -> LiveFields:
    """Return the live values of records that are the same, side by side."""
    fields: LiveFields = {}
    for member in members:
        for name, live in member.items():
            fields[name] = [*fields.get(name, ()), *live]
    return fields


def contradictions(members: Iterable[LiveFields]) -> dict[str, list[Live]]:
    """Return the journal fields whose live values contradict each other, with these values, the one shown first.

    A deletion stands among them if something is alive that whoever deleted had not seen.

    Args:
        members: the live values of a record, and of those that are the same.
    """
    fields, deleted, contested = _together(list(members))
    found = {} if deleted else {name: fields[name] for name in _contradicting(fields)}
    if contested:
        found[DELETED] = fields[DELETED]
    return {name: sorted(live, key=rank, reverse=True) for name, live in sorted(found.items())}


def is_deleted(fields: LiveFields) -> bool:
    """Say whether a record with these live values is deleted, by itself."""
    return _deletion(fields)[0]


def differ(live: Iterable[Live]) -> bool:
    """Say whether live values of one field contradict each other; equal ones do not."""
    return len({json_bytes(answer.value) for answer in live}) > 1


def _contradicting(fields: LiveFields) -> list[str]:
    return [name for name, live in fields.items() if len(live) > 1 and not name.startswith("_") and differ(live)]


def _conflicts(fields: LiveFields, *, contested: bool) -> tuple[str, ...]:
    stems = {name.partition("/")[0] for name in _contradicting(fields)}
    return tuple(sorted(stems | {DELETED} if contested else stems))


def _deletion(fields: LiveFields) -> tuple[bool, bool]:
    """Say whether a record is deleted, and whether that is contested: editing beats deleting (BUNDLES 2.6).

    It is deleted if those who deleted it had, between them, seen every live answer, and nobody says that it stays.
    """
    if DELETED not in fields:
        return False, False
    told = fields[DELETED]
    wanted = [_seen(live.value) for live in told if isinstance(live.value, dict)]
    seen = {live.cid for live in told}.union(*wanted)
    alive = (live for name, several in fields.items() if not name.startswith("_") for live in several)
    stays = len(wanted) < len(told) or any(live.cid not in seen for live in alive)
    return bool(wanted) and not stays, bool(wanted) and stays


def _seen(deletion: Mapping[str, object]) -> list[str]:
    seen = deletion.get("seen")
    return cast("list[str]", seen) if isinstance(seen, list) else []


def _together(members: list[LiveFields]) -> tuple[LiveFields, bool, bool]:
    """Return the values of records that are the same, whether all are deleted, and whether a deletion is contested.

    A record that was deleted before it was found to be the same as another adds nothing.
    """
    alive = [member for member in members if not _deletion(member)[0]]
    return union(alive or members), not alive, any(_deletion(member)[1] for member in alive)


def text_id(cid: bytes) -> str:
    """Return a change's id as it stands in `supersedes`."""
    return b64(cid)
