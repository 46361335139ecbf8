"""Writes what a person saved: one entry for each changed record, all in the caller's transaction."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import tac_desktop
from tac_desktop.casework.audit import FORM as AUDIT
from tac_desktop.casework.journal import (
    SESSION,
    Change,
    Entry,
    JsonValue,
    Sem,
    b64,
    change_id,
    commitment,
    encode_sem,
    incarnation_id,
    json_bytes,
    stream_chain,
    tick,
)
from tac_desktop.casework.live import LiveFields
from tac_desktop.casework.record import derived_id
from tac_desktop.casework.streams import terminal_stream
from tac_desktop.errors import FutureDay
from tac_desktop.storage import audit_index
from tac_desktop.storage.being_saved import Records, Shown
from tac_desktop.storage.chains import end_of_device
from tac_desktop.storage.erasing import erase, forget_words, named_by, note
from tac_desktop.storage.joined_cases import DECIDING
from tac_desktop.storage.ledger import Ledger
from tac_desktop.storage.projection import follow_the_woman, project
from tac_desktop.storage.vault import Vault

_INSERT = "INSERT INTO journal (r, s, sseq, seq, cid, eid, hlc, known_on, version, sem) VALUES (?,?,?,?,?,?,?,?,?,?)"
_NOT_PASSED_ON = (
    "SELECT s, cid, eid, j.hlc, known_on, version, sem, salt, payload FROM journal j JOIN content USING (j)"
    " JOIN replica USING (r) JOIN origin USING (r) JOIN stream USING (s) LEFT JOIN sv USING (r, s)"
    " WHERE kind IN ('case', 'office') AND key = x'' AND (NOT own OR j.sseq > coalesce(sv.sseq, 0))"
    " AND NOT EXISTS (SELECT 1 FROM journal k JOIN replica q USING (r) JOIN sv v USING (r, s)"
    " WHERE (k.eid, k.cid) = (j.eid, j.cid) AND q.own AND k.sseq <= v.sseq) ORDER BY j.j"
)
_LARGEST_PART = 900 << 10
_MOST_IN_PART = 500
_BEHIND_MS = 10 * 60 * 1000
"""A wall clock that is further behind the newest entry than this is wrong, or that entry's was."""


@dataclass
class _Position:
    """Where this incarnation stands."""

    r: int
    rid: bytes
    seq: int
    generation: int
    """For which state of the journal this holds."""
    ends: dict[int, tuple[int, bytes]]
    """Number of entries and chain value, by stream."""


class Appender:
    """Writes the entries of one vault under its present incarnation, which the first entry makes (BUNDLES 2.9)."""

    def __init__(self, ledger: Ledger, vault: Vault, home_id: bytes) -> None:
        """Take the ledger to write to, whose entries they will be, and the id after which its streams are named."""
        self._ledger = ledger
        self._vault = vault
        self._incarnation = vault.incarnation
        self._known: _Position | None = None
        self.terminal_stream = terminal_stream(home_id)
        """The stream of this vault's sessions and access audit."""

    def append(
        self, changes: Sequence[Change], *, author: str, now: datetime, shown: Shown | None = None
    ) -> list[Entry]:
        """Write the changes; an answer that stands already is not written again, and nothing new makes no entry.

        Raises:
            FutureDay: a change's `known_on` lies after the day of `now`.
            ConflictChanged: other answers are live than those that were shown.
        """
        self.refuse_future(changes, now)
        ledger, wall_ms = self._ledger, int(now.timestamp() * 1000)
        ledger.follow(wall_ms)
        records = Records(ledger)
        records.refuse_others_than(shown or {}, changes)
        position: _Position | None = None
        entries: list[Entry] = []
        for change, eid, fields, values in records.wanted(changes):
            position = position or self._position(author, now)
            for part in parts(values):
                entry, j = self._write(position, change, eid, part, fields, author=author, wall_ms=wall_ms)
                records.apply(eid, change, part, entry, j, ledger.hlc)
                entries.append(entry)
                if change.op == "redact":
                    s, named = ledger.stream(change.stream, change.form), named_by(part)
                    note(ledger, s, named, j)
                    records.read_again(erase(ledger, s, named))
        if position:
            project(ledger, records.touched())
            if any(change.form in DECIDING or change.op == "redact" for change in changes):
                follow_the_woman(ledger)
        if any(change.op == "redact" for change in changes):
            forget_words(ledger)
        return entries

    def file_again(self, *, author: str, now: datetime) -> int:
        """File own entries once more, verbatim, where their own place keeps them from being passed on; say how many.

        Those behind a gap of a salvaged vault, and those written under keys that it lost. The same entry at two places
        counts once.
        """
        ledger, wall_ms = self._ledger, int(now.timestamp() * 1000)
        ledger.follow(wall_ms)
        rows = ledger.connection.execute(_NOT_PASSED_ON).fetchall()
        position = self._position(author, now) if rows else None
        for s, cid, eid, hlc, known_on, version, sem, salt, payload in rows:
            if position:
                position.seq += 1
                place = (position.r, s, self._extend(position, s, cid), position.seq)
                row = (*place, cid, eid, hlc, known_on, version, sem)
                j = ledger.connection.execute(_INSERT, row).lastrowid
                ledger.connection.execute("INSERT INTO content VALUES (?, ?, ?)", (j, salt, payload))
        return len(rows)

    @staticmethod
    def refuse_future(changes: Iterable[Change], now: datetime) -> None:
        """Raise FutureDay if a change is known from a day after today."""
        today = now.date().isoformat()
        if any(change.known_on > today for change in changes):
            raise FutureDay

    def _position(self, author: str, now: datetime) -> _Position:
        known, rid = self._known, self._incarnation.rid
        behind = int(now.timestamp() * 1000) + _BEHIND_MS < self._ledger.hlc >> 16
        as_before = behind == self._incarnation.behind
        if as_before and known and known.rid == rid and known.generation == self._ledger.generation:
            return known
        if as_before and rid is not None:
            row = self._ledger.connection.execute("SELECT r FROM replica WHERE rid = ?", (rid,)).fetchone()
            if row:  # else the transaction that began it was rolled back
                seq = self._ledger.connection.execute("SELECT sum(sseq) FROM sv WHERE r = ?", row).fetchone()[0]
                self._known = _Position(row[0], rid, seq, self._ledger.generation, {})
                return self._known
        self._known = self._begin(author, now, behind=behind)
        return self._known

    def _begin(self, author: str, now: datetime, *, behind: bool) -> _Position:
        parent = self._ledger.connection.execute(
            "SELECT r, rid FROM replica WHERE own ORDER BY r DESC LIMIT 1"
        ).fetchone()
        before = (parent[1], *end_of_device(self._ledger.connection, parent[0])) if parent else (b"", 0, b"")
        nonce = os.urandom(16)
        rid = incarnation_id(self._vault.device_id, nonce)
        position = _Position(self._own_replica(rid, nonce, before[0]), rid, 0, self._ledger.generation, {})
        newest = self._ledger.hlc
        values: dict[str, JsonValue] = {
            "device": b64(self._vault.device_id),
            "parent": b64(before[0]),
            "parent_seq": before[1],
            "parent_chain": b64(before[2]),
            "wall": now.isoformat(timespec="milliseconds"),
            "newest_clock_ms": newest >> 16,
            "clock_uncertain": behind,
            "program": tac_desktop.__version__,
            "person": author,
        }
        change = Change(
            record_id=derived_id(SESSION, b64(rid)), form=SESSION, version=1,
            stream=self.terminal_stream, values=values, known_on=now.date().isoformat(), op="session",
        )  # fmt: skip
        eid = self._ledger.entity(change.record_id, self._ledger.stream(change.stream, change.form), change.form)
        self._write(position, change, eid, values, {}, author=author, wall_ms=int(now.timestamp() * 1000))
        self._incarnation.rid, self._incarnation.behind = rid, behind
        return position

    def _own_replica(self, rid: bytes, nonce: bytes, parent: bytes) -> int:
        r = self._ledger.replica(rid)
        row = (r, nonce, parent)
        self._ledger.connection.execute("INSERT INTO origin (r, nonce, key, parent) VALUES (?1, ?2, x'', ?3)", row)
        self._ledger.connection.execute("UPDATE replica SET own = 1 WHERE r = ?", (r,))
        return r

    def _write(
        self,
        position: _Position,
        change: Change,
        eid: int,
        values: Mapping[str, JsonValue],
        fields: LiveFields,
        *,
        author: str,
        wall_ms: int,
    ) -> tuple[Entry, int]:
        ledger = self._ledger
        ledger.hlc = tick(ledger.hlc, wall_ms)
        salt, payload = os.urandom(16), json_bytes(list(values.values()))
        sem = _sem(change, values, fields, author, ledger.hlc, b64(commitment(salt, payload)))
        s = ledger.stream(change.stream, change.form)
        cid = change_id(sem)
        position.seq += 1
        sseq = self._extend(position, s, cid)
        place = (position.r, s, sseq, position.seq)
        row = (*place, cid, eid, ledger.hlc, change.known_on, change.version, sem.decode())
        j = ledger.connection.execute(_INSERT, row).lastrowid or 0
        ledger.connection.execute("INSERT INTO content VALUES (?, ?, ?)", (j, salt, payload.decode()))
        if change.form == AUDIT:
            audit_index.add(ledger, j, eid, author, values)
        ledger.replace_heads(
            [(eid, ledger.field(name), live.j) for name in values for live in fields.get(name, ())],
            [(eid, ledger.field(name), j, place) for place, name in enumerate(values)],
        )
        return Entry(position.rid, position.seq, sseq, sem, salt, payload), j

    def _extend(self, position: _Position, s: int, cid: bytes) -> int:
        connection, hlc = self._ledger.connection, self._ledger.hlc
        end = position.ends.get(s)
        if end is None:
            row = connection.execute("SELECT sseq, chain FROM sv WHERE r = ? AND s = ?", (position.r, s)).fetchone()
            end = row or (0, b"")
        sseq = end[0] + 1
        chain = stream_chain(end[1], cid, sseq)
        position.ends[s] = (sseq, chain)
        if end[0]:
            sql = "UPDATE sv SET sseq = ?3, chain = ?4, hlc = ?5 WHERE r = ?1 AND s = ?2"
        else:
            sql = "INSERT INTO sv VALUES (?1, ?2, ?3, ?4, ?5)"
        connection.execute(sql, (position.r, s, sseq, chain, hlc))
        return sseq


def parts(values: Mapping[str, JsonValue]) -> Iterator[Mapping[str, JsonValue]]:
    """Yield the values of one save in parts that a row of a bundle can hold: mostly one."""
    size, part = 0, dict[str, JsonValue]()
    for name, value in values.items():
        weight = len(name) + (6 * len(value) if isinstance(value, str) else 100)  # at worst six bytes a character
        if part and (size + weight > _LARGEST_PART or len(part) == _MOST_IN_PART):
            yield part
            size, part = 0, {}
        size += weight
        part[name] = value
    if part:
        yield part


def _sem(
    change: Change, values: Mapping[str, JsonValue], fields: LiveFields, author: str, hlc: int, bound: str
) -> bytes:
    return encode_sem(Sem(
        form=change.form, record_id=change.record_id, stream=change.stream, op=change.op, fields=tuple(values),
        supersedes=_replaced(fields, values), author=author, hlc=hlc, version=change.version, commitment=bound,
        known_on=change.known_on,
    ))  # fmt: skip


def _replaced(fields: LiveFields, names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    replaced: dict[str, list[str]] = {}
    for name in names:
        for live in fields.get(name, ()):
            replaced.setdefault(live.cid, []).append(name)
    return {cid: tuple(several) for cid, several in replaced.items()}
