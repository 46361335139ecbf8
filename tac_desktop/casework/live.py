"""Which of several live answers is shown, when they contradict each other, and the record that they make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, cast

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.journal import JsonValue, b64, from_journal, json_bytes

DELETED = "_del"
"""The journal field of a deletion: {"reason": text, "seen": [ids of the live entries that the person saw]}."""


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


def fold(fields: LiveFields) -> Folded:
    """Return the record that live values make, in whatever order they came."""
    shown = {name: live[0] if len(live) == 1 else max(live, key=rank) for name, live in fields.items() if live}
    values = {name: live.value for name, live in shown.items()}
    told = [live for name, live in shown.items() if not name.startswith("_")]
    return Folded(
        values=values,
        answers=from_journal({name: value for name, value in values.items() if not name.startswith("_")}),
        conflicts=_conflicts(fields),
        deleted=_is_deleted(fields, shown.get(DELETED)),
        known_on=max((live.known_on for live in told), default=""),
        version=max((live.version for live in told), default=0),
    )


def differ(live: Iterable[Live]) -> bool:
    """Say whether live values of one field contradict each other; equal ones do not."""
    return len({json_bytes(answer.value) for answer in live}) > 1


def _conflicts(fields: LiveFields) -> tuple[str, ...]:
    stems = {
        name.partition("/")[0]
        for name, live in fields.items()
        if len(live) > 1 and not name.startswith("_") and differ(live)
    }
    return tuple(sorted(stems))


def _is_deleted(fields: LiveFields, deletion: Live | None) -> bool:
    """Say whether whoever deleted the record had seen every live entry: editing beats deleting (BUNDLES 2.6)."""
    if deletion is None or not isinstance(deletion.value, dict):
        return False
    known = {deletion.cid, *cast("list[str]", deletion.value.get("seen", []))}
    return all(live.cid in known for several in fields.values() for live in several)


def text_id(cid: bytes) -> str:
    """Return a change's id as it stands in `supersedes`."""
    return b64(cid)
