"""What a set of entries comes to, straight from the definitions of the journal: none of the program's rules is used.

Alive is what no entry of the same record names; of several the one with the greatest clock, incarnation and id is
shown; a deletion holds if those who deleted had seen all that is alive; records that are said to be the same are
one; one of which nothing is alive is not shown. A change at several places is one, of the smallest incarnation.
"""

import base64
import hashlib
import itertools
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

Place = tuple[str, str]
"""Stream and record id."""


class Row(NamedTuple):
    """One row of a journal, as it is stored and sent."""

    rid: bytes
    seq: int
    sseq: int
    sem: bytes
    salt: bytes
    payload: bytes


@lru_cache(maxsize=100_000)
def meaning(sem: bytes) -> tuple[str, list[Any]]:
    """Return the id and the parts of an entry's meaning."""
    digest = hashlib.sha256(b"tac/c1" + sem).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), json.loads(sem)


class Alive(NamedTuple):
    """A live value; the greatest of a field is shown."""

    hlc: int
    rid: bytes
    cid: str
    value: Any


@dataclass(frozen=True)
class World:
    """What a set of entries comes to, for the records of one form."""

    alive: Mapping[Place, Mapping[str, list[Alive]]]
    """Live values by record and field, the shown one first."""
    shown: Mapping[Place, tuple[Mapping[str, Any], tuple[str, ...]]]
    """The records that are not deleted: answers and contradictions."""
    under: Mapping[Place, str]
    """Under which id each record is shown."""
    erased: frozenset[tuple[str, str]]
    """Streams and ids of the entries that are to say nothing any more."""


def world(rows: Iterable[Row], form: str) -> World:
    """Return what these entries come to."""
    told = {row.sem: (row, *meaning(row.sem)) for row in sorted(rows, key=lambda row: row.rid, reverse=True)}
    erased = frozenset(
        (sem[3], name[4:]) for _, _, sem in told.values() if sem[4] == "redact" for name in sem[5] if name[:4] == "cid/"
    )
    alive = _alive([one for one in told.values() if one[2][1] == form], erased)
    under = _under(alive)
    shown = {
        (stream, one): record
        for (stream, one) in sorted({(place[0], one) for place, one in under.items()})
        if (record := _shown([alive[place] for place, of in under.items() if (place[0], of) == (stream, one)]))
    }
    return World(alive, shown, under, erased)


def _alive(
    told: list[tuple[Row, str, list[Any]]], erased: frozenset[tuple[str, str]]
) -> dict[Place, dict[str, list[Alive]]]:
    replaced = {(sem[3], sem[2], cid, name) for _, _, sem in told for cid, names in sem[6].items() for name in names}
    found: dict[Place, dict[str, list[Alive]]] = {}
    for row, cid, sem in told:
        fields = found.setdefault((sem[3], sem[2]), {})
        if (sem[3], cid) in erased:
            continue
        for name, value in zip(sem[5], json.loads(row.payload), strict=True):
            if (sem[3], sem[2], cid, name) not in replaced:
                fields.setdefault(name, []).append(Alive(sem[8], row.rid, cid, value))
    for fields in found.values():
        for several in fields.values():
            several.sort(key=lambda one: one[:3], reverse=True)
    return found


def _under(alive: Mapping[Place, Mapping[str, list[Alive]]]) -> dict[Place, str]:
    near: dict[Place, set[str]] = {place: {place[1]} for place in alive}
    for (stream, record), fields in alive.items():
        for name, several in fields.items():
            if name.startswith("_same/") and several[0].value is True:
                near[stream, record].add(name[6:])
    grown = True
    while grown:
        grown = False
        for (one, ids), (other, others) in itertools.combinations(near.items(), 2):
            if one[0] == other[0] and ids & others and ids != others:
                near[one] = near[other] = ids | others
                grown = True
                break
    return {(s, r): s if (s, s) in alive and s in ids else min(i for i in ids if (s, i) in alive)
            for (s, r), ids in near.items()}  # fmt: skip


def _shown(members: list[Mapping[str, list[Alive]]]) -> tuple[dict[str, Any], tuple[str, ...]] | None:
    judged = [(member, *_deletion(member)) for member in members]
    living = [member for member, deleted, _ in judged if not deleted]
    if not living or not any(members):
        return None
    union: dict[str, list[Alive]] = {}
    for member in living:
        for name, several in member.items():
            if not name.startswith("_"):
                union.setdefault(name, []).extend(several)
    answers = {name: max(several, key=lambda one: one[:3]).value for name, several in union.items()}
    differing = {name for name, several in union.items() if len({json.dumps(one.value) for one in several}) > 1}
    contested = {"_del"} if any(contested for _, _, contested in judged) else set()
    return {name: value for name, value in answers.items() if value is not None}, tuple(sorted(differing | contested))


def _deletion(fields: Mapping[str, list[Alive]]) -> tuple[bool, bool]:
    said = fields.get("_del", [])
    wanting = [one.value["seen"] for one in said if one.value is not None]
    if not wanting:
        return False, False
    seen = {cid for several in wanting for cid in several} | {one.cid for one in said}
    unseen = any(one.cid not in seen for name, several in fields.items() if name[0] != "_" for one in several)
    stays = unseen or len(wanting) < len(said)
    return not stays, stays
