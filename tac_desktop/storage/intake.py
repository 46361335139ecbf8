"""Takes in entries from elsewhere: in any order, any number of times, all or nothing (BUNDLES 2.4).

The caller has checked who signed them; here their hashes and positions are checked, and what they make is written.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tac_desktop.casework.journal import Entry, change_id, stream_chain
from tac_desktop.errors import AttachmentDamaged, DamagedEntries, MissingEntries, TwoHistories
from tac_desktop.storage import acknowledgements, attachments, histories, sameness
from tac_desktop.storage.bundle_notes import BundleNote, End
from tac_desktop.storage.erasing import erase, erased_among, forget_words, named_by, note
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.heads import Added, add_heads
from tac_desktop.storage.histories import Origin
from tac_desktop.storage.ledger import Ledger, chunks
from tac_desktop.storage.projection import from_heads, project
from tac_desktop.storage.untrusted_rows import UntrustedSem, checked_sem

_BATCH = 4000
_PROJECTED_AT_ONCE = 1000


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What an import brings."""

    new: int
    """Records that were not here."""
    changed: int
    """Records that were here and got new entries."""
    conflicting: int
    """Of both, those with answers that contradict each other now."""
    known: int
    """Entries that were here already."""


@dataclass(frozen=True)
class _New:
    entry: Entry
    sem: UntrustedSem
    r: int
    s: int
    cid: bytes


class Intake:
    """One import, inside one transaction; nothing of it is durable before `importing` ends well."""

    def __init__(self, ledger: Ledger, wall_ms: int) -> None:
        """Take the ledger, in a transaction, and the time (Unix milliseconds)."""
        self._ledger = ledger
        self._wall_ms = wall_ms
        self._known = 0
        self._fresh: set[int] = set()
        self._touched: set[int] = set()
        self._ends: dict[tuple[int, int], tuple[int, bytes]] = {}
        self._bare: set[tuple[int, bytes]] = set()
        self._erased = False
        self._counts: Counts | None = None

    def apply(self, entries: Iterable[Entry]) -> None:
        """Add entries to the journal; those of one incarnation and stream come in their order, known ones may repeat.

        Raises:
            MissingEntries: one before it has not arrived.
            TwoHistories: its place is taken by another entry.
            DamagedEntries, NewerEntries: it is not an entry that a journal of ours may hold.

        One that came erased must be named by a `redact` entry of its stream when the import ends.
        """
        arriving = iter(entries)
        while batch := list(islice(arriving, _BATCH)):
            self._apply(batch)

    def introduce(self, origins: Iterable[Origin]) -> None:
        """Keep whose incarnations are, before their entries are applied; TwoHistories if one is somebody else's."""
        acknowledgements.introduce(self._ledger, origins)

    def keep_signatures(self, ends: Iterable[tuple[bytes, str, int, bytes]]) -> None:
        """Keep the signatures (incarnation, stream, number of entries, signature) under which histories came."""
        histories.keep_signatures(self._ledger, ends)

    def attach(self, sha256: str, chunks: Iterable[bytes]) -> None:
        """Keep an attachment; AttachmentDamaged if its bytes are not those that it is named after."""
        if attachments.put(self._ledger.connection, chunks)[0] != sha256:
            raise AttachmentDamaged

    def expect(self, sha256: str, size: int, pieces: Sequence[str]) -> None:
        """Note of which pieces an attachment is made, before any of them is taken in; they may come in any order.

        Raises:
            AttachmentDamaged: so many pieces cannot make a file of this size, or other ones were told before.
        """
        attachments.expect(self._ledger.connection, sha256, size, pieces)

    def take_piece(self, sha256: str, chunks: Iterable[bytes]) -> list[str]:
        """Keep a piece of attachments that were told of, in this bundle or before; return which are whole by it.

        Raises:
            AttachmentDamaged: its bytes, or those of an attachment that it makes whole, are not those of the name.
        """
        return attachments.take_piece(self._ledger.connection, sha256, chunks)

    def note_received(
        self, bundle: BundleNote, ends: Iterable[End], arrived: Iterable[str], held: Iterable[End] | None
    ) -> None:
        """Note the bundle that this import is, and what it tells of its sender; see `acknowledgements`."""
        acknowledgements.note_received(self._ledger, bundle, ends, arrived, held)

    def finish(self) -> Iterator[tuple[int, int]]:
        """Write the records, search words and caseload rows of all that was touched; yield (done, total) records.

        Raises:
            DamagedEntries: an entry came without what it said, and nothing says that it was erased.
        """
        if self._bare - erased_among(self._ledger, self._bare):
            raise DamagedEntries
        done = 0
        for some in chunks(self._touched, _PROJECTED_AT_ONCE):
            records = from_heads(self._ledger, some, self._fresh)
            project(self._ledger, records)
            done += len(some)
            yield done, len(self._touched)
        if self._erased:
            forget_words(self._ledger)
        shown = self._shown(self._touched)
        fresh = len(shown.keys() & self._fresh)
        conflicting = self._conflicting(shown)
        self._counts = Counts(new=fresh, changed=len(shown) - fresh, conflicting=conflicting, known=self._known)

    @property
    def counts(self) -> Counts:
        """What was brought, after `finish`."""
        if self._counts is None:
            for _ in self.finish():
                pass
        return self._counts or Counts(new=0, changed=0, conflicting=0, known=0)

    def _apply(self, batch: list[Entry]) -> None:
        new = self._placed(batch)
        if not new:
            return
        numbers = self._entities(new)
        j = self._store(new, numbers)
        add_heads(
            self._ledger,
            [Added(j + at, n.cid, numbers[at], n.sem.fields, dict(n.sem.supersedes)) for at, n in enumerate(new)],
        )
        self._touched.update(numbers)
        self._erase(new, numbers, j)

    def _erase(self, new: list[_New], numbers: list[int], first: int) -> None:
        """Erase what new entries want erased, and of the new ones what was to be erased when it comes."""
        connection, asked = self._ledger.connection, dict[int, set[bytes]]()
        for at, n in enumerate(new):
            if n.sem.op == "redact":
                named = named_by(n.sem.fields)
                note(self._ledger, n.s, named, first + at)
                asked.setdefault(n.s, set()).update(named)
            if n.entry.is_erased:
                self._bare.add((n.s, n.cid))
                connection.execute("DELETE FROM head WHERE j = ? AND eid = ?", (first + at, numbers[at]))
        for s, cid in erased_among(self._ledger, {(n.s, n.cid) for n in new}):
            asked.setdefault(s, set()).add(cid)
        for s, several in asked.items():
            self._touched |= erase(self._ledger, s, several)
            self._erased = True

    def _placed(self, batch: list[Entry]) -> list[_New]:
        """Check each entry's position and return those that are new, in their order."""
        new: list[_New] = []
        taken: dict[tuple[int, int, int], bytes] = {}
        for entry in batch:
            sem, cid = checked_sem(entry), change_id(entry.sem)
            r, s = self._ledger.replica(entry.incarnation), self._ledger.stream(sem.stream, sem.form)
            sseq, chain = self._end(r, s)
            if entry.sseq <= sseq:
                if (taken.get((r, s, entry.sseq)) or self._cid_at(r, s, entry.sseq)) != cid:
                    raise TwoHistories
                self._known += 1
                continue
            if entry.sseq != sseq + 1:
                raise MissingEntries
            self._ends[r, s] = (entry.sseq, stream_chain(chain, cid, entry.sseq))
            taken[r, s, entry.sseq] = cid
            new.append(_New(entry, sem, r, s, cid))
        return new

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

    def _entities(self, new: list[_New]) -> list[int]:
        """Return the record's number of each entry, making those that are not here."""
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
        self._fresh.update(row[0] for row in made)
        return [known[n.sem.record_id, n.s, n.sem.form] for n in new]

    def _store(self, new: list[_New], numbers: list[int]) -> int:
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
        self._keep_ends(new)
        return j

    def _keep_ends(self, new: list[_New]) -> None:
        clocks: dict[tuple[int, int], int] = {}
        for n in new:
            self._ledger.see(n.sem.hlc, self._wall_ms)
            clocks[n.r, n.s] = max(n.sem.hlc, clocks.get((n.r, n.s), 0))
        self._ledger.connection.executemany(
            "INSERT INTO sv VALUES (?, ?, ?, ?, ?) ON CONFLICT (r, s) DO UPDATE"
            " SET sseq = excluded.sseq, chain = excluded.chain, hlc = max(hlc, excluded.hlc)",
            [(*key, *self._ends[key], hlc) for key, hlc in sorted(clocks.items())],
        )

    def _shown(self, eids: Iterable[int]) -> dict[int, str]:
        """Return the records of known forms among these, as they are shown, each with its form."""
        found: dict[int, str] = {}
        for some in chunks(eids):
            rows = self._ledger.connection.execute(
                "SELECT eid, form FROM entity WHERE eid IN (SELECT value FROM json_each(?))", (json.dumps(some),)
            )
            found.update((eid, form) for eid, form in rows if form in TABLES)
        if sameness.any_joined(self._ledger):
            return {sameness.shown_under(self._ledger, eid): form for eid, form in found.items()}
        return found

    def _conflicting(self, shown: Mapping[int, str]) -> int:
        found = 0
        for form in set(shown.values()):
            rows = self._ledger.connection.execute(f"SELECT _eid FROM {TABLES[form].name} WHERE _conflicts IS NOT NULL")
            found += sum(eid in shown for (eid,) in rows)
        return found
