"""Takes in entries from elsewhere: in any order, any number of times, all or nothing (BUNDLES 2.4).

The caller has checked who signed them; here their hashes and positions are checked, and what they make is written.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from tac_desktop.casework.journal import Entry, b64
from tac_desktop.casework.live import Live, LiveFields
from tac_desktop.errors import MissingEntries
from tac_desktop.storage import acknowledgements, attachments, histories, sameness
from tac_desktop.storage.bundle_notes import BundleNote, End
from tac_desktop.storage.erasing import (
    erase,
    erased_among,
    files_of_erased,
    forget_words,
    named_by,
    note,
    remove_unnamed,
)
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.heads import Added, Place, add_heads
from tac_desktop.storage.histories import Origin
from tac_desktop.storage.ledger import Ledger, chunks
from tac_desktop.storage.placing import New, Places
from tac_desktop.storage.projection import Touched, follow_the_woman, from_heads, project

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


def _smallest_incarnations(entries: Iterable[tuple[New, int]]) -> dict[tuple[int, bytes], bytes]:
    """Return of each change, by its record's number and its id, the smallest incarnation in whose history it lies."""
    found: dict[tuple[int, bytes], bytes] = {}
    for n, eid in entries:
        rid = n.entry.incarnation
        found[eid, n.cid] = min(found.get((eid, n.cid), rid), rid)
    return found


class Intake:
    """One import, inside one transaction; nothing of it is durable before `importing` ends well."""

    def __init__(self, ledger: Ledger, wall_ms: int) -> None:
        """Take the ledger, in a transaction, and the time (Unix milliseconds)."""
        self._ledger = ledger
        self._places = Places(ledger, wall_ms)
        self._begun = (ledger.connection.execute("SELECT max(eid) FROM entity").fetchone()[0] or 0) + 1
        """The number of the first record that this import begins: later numbers are those of records begun by it."""
        self._written = 0
        self._touched: set[int] = set()
        self._bare: set[tuple[int, bytes]] = set()
        self._told: set[str] = set()
        self._come_again: set[str] = set()
        self._erased = False
        self._counts: Counts | None = None

    def apply(self, entries: Iterable[Entry]) -> None:
        """Add entries to the journal; those of one incarnation and stream come in their order, known ones may repeat.

        Raises:
            MissingEntries: one before it has not arrived (or, when the import ends, the one that says why it came
                erased).
            TwoHistories: its place is taken by another entry.
            DamagedEntries, NewerEntries: it is not an entry that a journal of ours may hold.
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

    def expect(self, sha256: str, size: int, pieces: Sequence[str]) -> None:
        """Note of which pieces an attachment is made, before any of them is taken in; they may come in any order.

        Raises:
            AttachmentDamaged: so many pieces cannot make a file of this size, or it is here and is another.
        """
        attachments.expect(self._ledger.connection, sha256, size, pieces)
        self._told.add(sha256)

    def take_piece(self, sha256: str, chunks: Iterable[bytes]) -> list[str]:
        """Keep a piece of attachments that were told of, in this bundle or before; return which are whole by it.

        Raises:
            AttachmentDamaged: its bytes, or those of an attachment told in this import that it makes whole, are not
                those of the name.
        """
        return attachments.take_piece(self._ledger.connection, sha256, chunks, self._told)

    def note_received(
        self, bundle: BundleNote, ends: Iterable[End], arrived: Iterable[str], held: Iterable[End] | None
    ) -> None:
        """Note the bundle that this import is, and what it tells of its sender; see `acknowledgements`."""
        acknowledgements.note_received(self._ledger, bundle, ends, arrived, held)

    def finish(self) -> Iterator[tuple[int, int]]:
        """Write the records, search words and caseload rows of all that was touched; yield (done, total) records.

        Raises:
            MissingEntries: an entry came without what it said, and what says that it was erased has not arrived.
        """
        if self._bare - erased_among(self._ledger, self._bare):
            raise MissingEntries
        self._places.close_gaps()
        done, total = self._written, self._written + len(self._touched)
        for some in chunks(self._touched, _PROJECTED_AT_ONCE):
            project(self._ledger, from_heads(self._ledger, some, ()))
            done += len(some)
            yield done, total
        follow_the_woman(self._ledger)
        if self._erased:
            forget_words(self._ledger)
        remove_unnamed(self._ledger, self._come_again)  # by now all that may name them is here
        self._counts = self._counted()

    @property
    def counts(self) -> Counts:
        """What was brought, after `finish`."""
        if self._counts is None:
            for _ in self.finish():
                pass
        return self._counts or Counts(new=0, changed=0, conflicting=0, known=0)

    def _apply(self, batch: list[Entry]) -> None:
        new = self._places.placed(batch)
        self._come_again |= files_of_erased(self._ledger, batch)
        if not new:
            return
        numbers, following = self._places.entities(new)
        j = self._places.store(new, numbers)
        live = add_heads(
            self._ledger,
            [Added(j + at, n.cid, numbers[at], n.sem.fields, dict(n.sem.supersedes)) for at, n in enumerate(new)],
        )
        self._touched.update(eid for eid in numbers if eid < following)
        begun = [(at, eid) for at, eid in enumerate(numbers) if eid >= following]
        self._write(new, begun, j, {place: pos for place, pos in live.items() if place[0] >= following})
        self._erase(new, numbers, j)

    def _write(self, new: list[New], begun: list[tuple[int, int]], first: int, live: Mapping[Place, int]) -> None:
        """Write the records that these entries began: all that is known of them is here, so nothing has to be read."""
        made: dict[int, Touched] = {}
        for at, eid in begun:
            sem, before = new[at].sem, made.get(eid)
            last = max(sem.known_on, before.known_last) if before else sem.known_on
            fields: LiveFields = before.fields if before else {}
            made[eid] = Touched(
                eid, sem.record_id, sem.stream, sem.form, fields, fresh=True, known_last=last, whole=True
            )
        names = {fid: self._ledger.field_name(fid) for fid in {fid for _, fid, _ in live}}
        told: dict[int, tuple[int, bytes, str, int, str, int]] = {}
        incarnations = _smallest_incarnations([(new[at], eid) for at, eid in begun])
        for (eid, fid, j), pos in live.items():
            n = new[j - first]
            if n.values:  # else it came erased
                if j not in told:
                    rid = incarnations[eid, n.cid]
                    told[j] = n.sem.hlc, rid, b64(n.cid), j, n.sem.known_on, n.sem.version
                made[eid].fields.setdefault(names[fid], []).append(Live(*told[j], n.values[pos]))
        for some in chunks(made, _PROJECTED_AT_ONCE):
            project(self._ledger, [made[eid] for eid in some])
        self._written += len(made)

    def _erase(self, new: list[New], numbers: list[int], first: int) -> None:
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

    def _counted(self) -> Counts:
        """Count the records of known forms that were brought, those that are shown as one as one.

        Nothing is kept for each record that was begun: there may be a million of them.
        """
        others = sameness.shown_for(self._ledger, self._is_brought)
        new = self._count_known("eid >= ?", self._begun)
        changed = sum(eid < self._begun for eid in others)
        for some in chunks(eid for eid in self._touched if eid < self._begun):
            changed += self._count_known("eid IN (SELECT value FROM json_each(?))", json.dumps(some))
        return Counts(new=new, changed=changed, conflicting=self._conflicting(others), known=self._places.known)

    def _is_brought(self, eid: int) -> bool:
        return eid >= self._begun or eid in self._touched

    def _count_known(self, which: str, value: int | str) -> int:
        """Count the records of known forms among these, without those that are shown under another one's id."""
        sql = (
            f"SELECT count(*) FROM entity WHERE {which} AND form IN (SELECT value FROM json_each(?))"
            " AND eid NOT IN (SELECT eid FROM joined)"
        )
        return self._ledger.connection.execute(sql, (value, json.dumps(list(TABLES)))).fetchone()[0]

    def _conflicting(self, others: Collection[int]) -> int:
        found = 0
        for table in TABLES.values():
            rows = self._ledger.connection.execute(f"SELECT _eid FROM {table.name} WHERE _conflicts IS NOT NULL")
            found += sum(self._is_brought(eid) or eid in others for (eid,) in rows)
        return found
