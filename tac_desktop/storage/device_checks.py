"""Checks the history of this vault as a whole: each session follows the one before, and what people sealed of it holds.

Every session of the program says where the vault's history ended when it began, and whoever unlocks or locks the vault
signs that end. So an entry that was removed, altered, put in or moved shows although its own stream looks whole.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from tac_desktop.casework.audit import Event
from tac_desktop.casework.journal import SESSION, JsonValue, b64, decode_sem, device_chain, stream_chain
from tac_desktop.storage.audit_index import told
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.findings import Finding
from tac_desktop.storage.losses import losses_of

EndCheck: TypeAlias = Callable[[str, str, str], bool]
"""Says whether a signature is that of a person under an end: the person's id, the end, the signature (base64url)."""

_NO_BEGINNING = "A session of this vault has no beginning: entries were lost or altered."
_NO_FOLLOWER = "A session of this vault does not follow the one before it: sessions were lost, altered or put in."
_OTHER_PAST = (
    "The history of this vault is not the one that was there when this entry was written: entries before it were"
    " removed, altered, put in or moved."
)
_PUT_IN = "An entry of this vault was put in after its session had ended."
_NOT_HERS = "The seal under the history of this vault is not that of the person whose name it bears."
_SESSIONS = (
    "SELECT j.j, rid, own, j.sem, payload FROM entity e CROSS JOIN journal j USING (eid) JOIN replica USING (r)"
    " JOIN content USING (j) WHERE e.form = ? ORDER BY j.j"
)
_SEALED = (
    "SELECT j, sem, payload FROM audit_event JOIN journal USING (j) JOIN content USING (j)"
    " WHERE event IN (SELECT value FROM json_each(?)) ORDER BY j"
)
_WITH_END = json.dumps([Event.UNLOCKED, Event.LOCKED, Event.AUDIT_EXPORTED])


@dataclass(frozen=True)
class _Claim:
    """What an entry says of the history before it."""

    j: int
    end: tuple[str, int, str]
    """Incarnation, number of entries, value of the device's chain."""


def check_devices(connection: Connection, verify: EndCheck | None) -> Iterator[tuple[Finding, ...]]:
    """Yield what is wrong with the history of this vault, a session at a time.

    Args:
        connection: Within one moment of the database.
        verify: Says whether a seal is that of its person; without it seals are not checked.
    """
    own = {b64(rid): r for r, rid in connection.execute("SELECT r, rid FROM replica WHERE own ORDER BY r")}
    claims = list[_Claim]()
    broken = {b64(gap.incarnation) for gap in losses_of(connection).gaps}  # a salvaged vault knows: it is told already
    yield tuple(_sessions(connection, own, claims, broken))
    if verify:
        yield tuple(_seals(connection, verify, claims))
    wanted: dict[str, list[_Claim]] = {}
    for claim in claims:
        wanted.setdefault(claim.end[0], []).append(claim)
    for rid, several in wanted.items():
        if rid not in broken:
            yield tuple(_held_against(connection, own.get(rid, 0), several))


def _sessions(
    connection: Connection, own: Mapping[str, int], claims: list[_Claim], broken: set[str]
) -> Iterator[Finding]:
    begun: dict[str, tuple[int, dict[str, JsonValue]]] = {}
    for j, rid, is_own, text, payload in connection.execute(_SESSIONS, (SESSION,)):
        if is_own:
            begun.setdefault(b64(rid), (j, told(decode_sem(text.encode()), payload)))
    before = ""
    for number, rid in enumerate(own, start=1):
        if rid not in begun and rid in broken:
            pass
        elif rid not in begun:
            yield Finding("chains", f"session {number}", _NO_BEGINNING)
        elif begun[rid][1].get("parent") != before:
            yield Finding("chains", f"session {number}", _NO_FOLLOWER)
        elif before and before not in broken:
            j, values = begun[rid]
            claim = _claim(j, [before, values.get("parent_seq"), values.get("parent_chain")])
            claims.append(claim)
            yield from _put_in_later(connection, own[before], claim.end[1])
        before = rid


def _put_in_later(connection: Connection, r: int, end: int) -> Iterator[Finding]:
    """Yield what stands in the vault's own stream after a session had ended; others can give back case files only."""
    sql = "SELECT j FROM journal JOIN stream USING (s) WHERE r = ? AND seq > ? AND kind = 'terminal' ORDER BY j"
    for (j,) in connection.execute(sql, (r, end)):
        yield Finding("chains", f"entry {j}", _PUT_IN)


def _seals(connection: Connection, verify: EndCheck, claims: list[_Claim]) -> Iterator[Finding]:
    for j, text, payload in connection.execute(_SEALED, (_WITH_END,)):
        if '"end"' not in text:  # of before there were such seals, or without a seal key
            continue
        sem = decode_sem(text.encode())
        values = told(sem, payload)
        end, signature = str(values.get("end")), values.get("signature")
        claims.append(_claim(j, end.split()))
        if signature is not None and not verify(sem.author, end, str(signature)):
            yield Finding("signatures", f"entry {j}", _NOT_HERS)


def _claim(j: int, words: "list[Any]") -> _Claim:
    rid, seq, chain = words if len(words) == 3 else ("", 0, "")
    return _Claim(j, (str(rid), int(seq) if str(seq).isdecimal() else 0, str(chain)))


def _held_against(connection: Connection, r: int, claims: list[_Claim]) -> Iterator[Finding]:
    wanted = {claim.end[1] for claim in claims}
    there = _chain_at(connection, r, wanted)
    for claim in sorted(claims, key=lambda one: one.j):
        if there.get(claim.end[1]) != claim.end[2]:
            yield Finding("chains", f"entry {claim.j}", _OTHER_PAST)


def _chain_at(connection: Connection, r: int, wanted: set[int]) -> dict[int, str]:
    """Return the values of a device's chain after these of an incarnation's entries, as far as it goes without gap."""
    streams: dict[int, bytes] = {}
    device, found, last = b"", dict[int, str](), max(wanted)
    rows = connection.execute("SELECT s, sseq, seq, cid FROM journal WHERE r = ? AND seq <= ? ORDER BY seq", (r, last))
    for place, (s, sseq, seq, cid) in enumerate(rows, start=1):
        if seq != place:
            break
        streams[s] = stream_chain(streams.get(s, b""), cid, sseq)
        device = device_chain(device, streams[s], seq)
        if seq in wanted:
            found[seq] = b64(device)
    return found
