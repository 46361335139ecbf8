"""Which values are live after entries were added to the journal: the rule of BUNDLES 2.4, for many rows at once."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tac_desktop.casework.journal import decode_sem, unb64
from tac_desktop.storage.ledger import Ledger

Place = tuple[int, int, int]
"""Record, field, journal row."""
Waiting = tuple[int, int, bytes]
"""Record, field, and the id of an entry that has not arrived but is replaced already."""


class Added(NamedTuple):
    """A row of the journal whose values are to become live."""

    j: int
    cid: bytes
    eid: int
    fields: Sequence[str]
    supersedes: dict[str, Sequence[str]]


def added(j: int, cid: bytes, eid: int, sem: str) -> Added:
    """Return a stored row of the journal as one whose values are to become live."""
    meaning = decode_sem(sem.encode())
    return Added(j, cid, eid, meaning.fields, dict(meaning.supersedes))


def add_heads(ledger: Ledger, rows: Sequence[Added]) -> dict[Place, int]:
    """Make the values of journal rows live and take away what they replace.

    The rows are the newest of the journal, in the order of their numbers; their targets may be older, among them, or
    not have arrived. An entry replaces values of its own record only.

    Returns:
        The places that became live, each with the value's place in its row.
    """
    named = {target: unb64(target) for row in rows for target in row.supersedes}
    asked = {(row.eid, row.cid) for row in rows}
    asked |= {(row.eid, named[target]) for row in rows for target in row.supersedes}
    first = _first_rows(ledger, asked)
    batch = _Batch(ledger, rows[-1].j, _waiting(ledger, {row.eid for row in rows}))
    for row in rows:
        if first[row.eid, row.cid] == row.j:  # else the same change came from another position before
            for target, names in row.supersedes.items():
                batch.replace(row.eid, named[target], first.get((row.eid, named[target])), names)
            batch.write(row)
    batch.store()
    return batch.heads


class _Batch:
    def __init__(self, ledger: Ledger, last: int, waiting: set[Waiting]) -> None:
        self._ledger = ledger
        self._last = last
        self._waiting = waiting
        self._arrived: list[Waiting] = []
        self._waits: set[Waiting] = set()
        self.heads: dict[Place, int] = {}
        self._gone: set[Place] = set()

    def replace(self, eid: int, cid: bytes, j: int | None, names: Iterable[str]) -> None:
        for name in names:
            fid = self._ledger.field(name)
            if j is None or j > self._last:
                self._waits.add((eid, fid, cid))
            else:
                self.heads.pop((eid, fid, j), None)
                self._gone.add((eid, fid, j))

    def write(self, row: Added) -> None:
        for pos, name in enumerate(row.fields):
            fid = self._ledger.field(name)
            waiting = (row.eid, fid, row.cid)
            if waiting in self._waiting:
                self._arrived.append(waiting)
            elif (row.eid, fid, row.j) not in self._gone:
                self.heads[row.eid, fid, row.j] = pos

    def store(self) -> None:
        connection = self._ledger.connection
        connection.executemany("DELETE FROM head WHERE eid = ? AND fid = ? AND j = ?", sorted(self._gone))
        connection.executemany(
            "INSERT INTO head VALUES (?, ?, ?, ?)", [(*place, pos) for place, pos in sorted(self.heads.items())]
        )
        connection.executemany("DELETE FROM pending WHERE eid = ? AND fid = ? AND cid = ?", self._arrived)
        connection.executemany("INSERT OR IGNORE INTO pending VALUES (?, ?, ?)", sorted(self._waits))


def _first_rows(ledger: Ledger, asked: set[tuple[int, bytes]]) -> dict[tuple[int, bytes], int]:
    """Return the first journal row of each of these changes (record, id) that is here."""
    pairs = json.dumps([(eid, cid.hex()) for eid, cid in sorted(asked)])
    rows = ledger.connection.execute(
        "SELECT eid, cid, min(j) FROM json_each(?) p CROSS JOIN journal"
        " ON eid = p.value ->> 0 AND cid = unhex(p.value ->> 1) GROUP BY eid, cid",
        (pairs,),
    )
    return {(eid, cid): j for eid, cid, j in rows}


def _waiting(ledger: Ledger, eids: set[int]) -> set[Waiting]:
    if not ledger.connection.execute("SELECT EXISTS (SELECT 1 FROM pending)").fetchone()[0]:
        return set()
    rows = ledger.connection.execute(
        "SELECT eid, fid, cid FROM pending WHERE eid IN (SELECT value FROM json_each(?))", (json.dumps(sorted(eids)),)
    )
    return set(rows)
