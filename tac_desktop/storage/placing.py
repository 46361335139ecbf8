"""Puts entries from elsewhere into the journal, each at its place in the history that it belongs to (BUNDLES 2.4)."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from tac_desktop.casework.journal import Entry, JsonValue, change_id, stream_chain
from tac_desktop.errors import MissingEntries, TwoHistories
from tac_desktop.storage import attachments
from tac_desktop.storage.ledger import Ledger
from tac_desktop.storage.losses import losses_of
from tac_desktop.storage.untrusted_rows import UntrustedSem, checked


class New(NamedTuple):
    """An entry that is not here yet, with the numbers of its incarnation and its stream."""

    entry: Entry
    sem: UntrustedSem
    values: list[JsonValue]
    r: int
    s: int
    cid: bytes


class Places:
    """The ends of the histories as an import moves them, within its transaction."""

    def __init__(self, ledger: Ledger, wall_ms: int) -> None:
        """Take the ledger, in a transaction, and the time (Unix milliseconds)."""
        self._ledger = ledger
        self._wall_ms = wall_ms
        self._ends: dict[tuple[int, int], tuple[int, bytes]] = {}
        self._beyond: dict[tuple[int, int], dict[int, bytes]] = {}
        self.known = 0
        """How many entries were here already."""

    def placed(self, batch: list[Entry]) -> list[New]:
        """Check each entry's position and return those that are new, in their order.

        Raises:
            MissingEntries, TwoHistories, DamagedEntries, NewerEntries: see `Intake.apply`.
        """
        new: list[New] = []
        taken: dict[tuple[int, int, int], bytes] = {}
        again: dict[tuple[int, int], int] = {}
        for entry in batch:
            (sem, values), cid = checked(entry), change_id(entry.sem)
            r, s = self._ledger.replica(entry.incarnation), self._ledger.stream(sem.stream, sem.form)
            sseq, chain = self._end(r, s)
            if entry.sseq <= sseq:
                if (taken.get((r, s, entry.sseq)) or self._cid_at(r, s, entry.sseq)) != cid:
                    raise TwoHistories
                self.known += 1
                continue
            if entry.sseq != sseq + 1:
                raise MissingEntries
            self._ends[r, s] = (entry.sseq, stream_chain(chain, cid, entry.sseq))
            taken[r, s, entry.sseq] = cid
            if self._lies_beyond(r, s, entry.sseq, cid):
                again[r, s] = sem.hlc
                self.known += 1
            else:
                new.append(New(entry, sem, values, r, s, cid))
        self._keep_ends(again)
        return new

    def _lies_beyond(self, r: int, s: int, sseq: int, cid: bytes) -> bool:
        """Say whether an entry lies behind a gap that its history has since the vault was salvaged; see `losses`."""
        rows = self._beyond.get((r, s))
        if rows is None:
            sql = "SELECT sseq, cid FROM journal WHERE r = ? AND s = ? AND sseq >= ?"
            rows = self._beyond[r, s] = dict(self._ledger.connection.execute(sql, (r, s, sseq)))
        if rows.get(sseq, cid) != cid:
            raise TwoHistories
        return sseq in rows

    def _end(self, r: int, s: int) -> tuple[int, bytes]:
        end = self._ends.get((r, s))
        if end is None:
            row = self._ledger.connection.execute("SELECT sseq, chain FROM sv WHERE r = ? AND s = ?", (r, s)).fetchone()
            end = self._ends[r, s] = row or (0, b"")
        return end

    def _cid_at(self, r: int, s: int, sseq: int) -> bytes | None:
        row = self._ledger.connection.execute(
            "SELECT cid FROM journal WHERE r = ? AND s = ? AND sseq = ?", (r, s, sseq)
        ).fetchone()
        return row[0] if row else None

    def entities(self, new: list[New]) -> tuple[list[int], int]:
        """Return the record's number of each entry, making those that are not here, and the first new number."""
        connection = self._ledger.connection
        ids = json.dumps(sorted({n.sem.record_id for n in new}))
        rows = connection.execute(
            "SELECT uuid, s, form, eid FROM entity WHERE uuid IN (SELECT value FROM json_each(?))", (ids,)
        )
        known = {(uuid, s, form): eid for uuid, s, form, eid in rows}
        following = (connection.execute("SELECT max(eid) FROM entity").fetchone()[0] or 0) + 1
        made: list[tuple[int, str, int, str]] = []
        for n in new:
            key = (n.sem.record_id, n.s, n.sem.form)
            if key not in known:
                known[key] = following + len(made)
                made.append((known[key], *key))
        connection.executemany("INSERT INTO entity (eid, uuid, s, form) VALUES (?, ?, ?, ?)", made)
        return [known[n.sem.record_id, n.s, n.sem.form] for n in new], following

    def store(self, new: list[New], numbers: list[int]) -> int:
        """Add the rows to the journal; return the number of the first."""
        connection = self._ledger.connection
        j = (connection.execute("SELECT max(j) FROM journal").fetchone()[0] or 0) + 1
        connection.executemany(
            "INSERT INTO journal VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            [
                (j + at, n.r, n.s, n.entry.sseq, n.entry.seq, n.cid, numbers[at], n.sem.hlc, n.sem.known_on,
                 n.sem.version, n.entry.sem.decode())
                for at, n in enumerate(new)
            ],
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO content VALUES (?, ?, ?)",
            [(j + at, n.entry.salt, n.entry.payload.decode()) for at, n in enumerate(new) if not n.entry.is_erased],
        )
        clocks: dict[tuple[int, int], int] = {}
        for n in new:
            self._ledger.see(n.sem.hlc, self._wall_ms)
            clocks[n.r, n.s] = max(n.sem.hlc, clocks.get((n.r, n.s), 0))
        self._keep_ends(clocks)
        return j

    def close_gaps(self) -> None:
        """Let histories whose gap was filled go on over what lay behind it, as far as nothing more is missing."""
        clocks: dict[tuple[int, int], int] = {}
        for (r, s), rows in self._beyond.items():
            sseq, chain = self._end(r, s)
            while (cid := rows.get(sseq + 1)) and not self._wants_attachment(r, s, sseq + 1):
                sseq, chain = sseq + 1, stream_chain(chain, cid, sseq + 1)
                self._ends[r, s], clocks[r, s] = (sseq, chain), 0
        self._keep_ends(clocks)

    def _wants_attachment(self, r: int, s: int, sseq: int) -> bool:
        """Say whether an entry names an attachment that was lost and is not whole yet: it comes with the entry."""
        connection = self._ledger.connection
        sql = "SELECT payload FROM journal JOIN content USING (j) WHERE (r, s, sseq) = (?, ?, ?)"
        row = connection.execute(sql, (r, s, sseq)).fetchone()
        named = set(attachments.named_in(row[0])) if row else set[str]()
        wanted = named.intersection(losses_of(connection).attachments)
        return any(attachments.size_of(connection, sha256) is None for sha256 in wanted)

    def _keep_ends(self, clocks: Mapping[tuple[int, int], int]) -> None:
        """Write where these histories end now, each with the clock of the latest of what came."""
        self._ledger.connection.executemany(
            "INSERT INTO sv VALUES (?, ?, ?, ?, ?) ON CONFLICT (r, s) DO UPDATE"
            " SET sseq = excluded.sseq, chain = excluded.chain, hlc = max(hlc, excluded.hlc)",
            [(*key, *self._ends[key], hlc) for key, hlc in sorted(clocks.items())],
        )
