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


def add_heads(ledger: Ledger, rows: Sequence[Added]) -> None:
    """Make the values of journal rows live and take away what they replace.

    The rows are the newest of the journal, in the order of their numbers; their targets may be older, among them, or
    not have arrived. An entry replaces values of its own record only.
    """
    named = {target: unb64(target) for row in rows for target in row.supersedes}
    first = _first_rows(ledger, {row.cid for row in rows} | set(named.values()))
    batch = _Batch(ledger, rows[-1].j, _waiting(ledger, {row.eid for row in rows}))
    for row in rows:
        if first[row.cid][0] == row.j:  # else the same change came from another position before
            for target, names in row.supersedes.items():
                batch.replace(row.eid, named[target], first.get(named[target]), names)
            batch.write(row)
    batch.store()


class _Batch:
    def __init__(self, ledger: Ledger, last: int, waiting: set[Waiting]) -> None:
        self._ledger = ledger
        self._last = last
        self._waiting = waiting
        self._arrived: list[Waiting] = []
        self._waits: set[Waiting] = set()
        self._heads: dict[Place, int] = {}
        self._gone: set[Place] = set()

    def replace(self, eid: int, cid: bytes, where: tuple[int, int] | None, names: Iterable[str]) -> None:
        for name in names:
            fid = self._ledger.field(name)
            if where is None or where[0] > self._last:
                self._waits.add((eid, fid, cid))
            elif where[1] == eid:
                place = (eid, fid, where[0])
                self._heads.pop(place, None)
                self._gone.add(place)

    def write(self, row: Added) -> None:
        for pos, name in enumerate(row.fields):
            fid = self._ledger.field(name)
            waiting = (row.eid, fid, row.cid)
            if waiting in self._waiting:
                self._arrived.append(waiting)
            elif (row.eid, fid, row.j) not in self._gone:
                self._heads[row.eid, fid, row.j] = pos

    def store(self) -> None:
        connection = self._ledger.connection
        connection.executemany("DELETE FROM head WHERE eid = ? AND fid = ? AND j = ?", sorted(self._gone))
        connection.executemany(
            "INSERT INTO head VALUES (?, ?, ?, ?)", [(*place, pos) for place, pos in sorted(self._heads.items())]
        )
        connection.executemany("DELETE FROM pending WHERE eid = ? AND fid = ? AND cid = ?", self._arrived)
        connection.executemany("INSERT OR IGNORE INTO pending VALUES (?, ?, ?)", sorted(self._waits))


def _first_rows(ledger: Ledger, cids: set[bytes]) -> dict[bytes, tuple[int, int]]:
    """Return the first journal row with each id, and its record."""
    found: dict[bytes, tuple[int, int]] = {}
    asked = json.dumps([cid.hex() for cid in sorted(cids)])
    rows = ledger.connection.execute(
        "SELECT cid, j, eid FROM journal WHERE cid IN (SELECT unhex(value) FROM json_each(?)) ORDER BY j DESC", (asked,)
    )
    for cid, j, eid in rows:
        found[cid] = (j, eid)
    return found


def _waiting(ledger: Ledger, eids: set[int]) -> set[Waiting]:
    if not ledger.connection.execute("SELECT EXISTS (SELECT 1 FROM pending)").fetchone()[0]:
        return set()
    rows = ledger.connection.execute(
        "SELECT eid, fid, cid FROM pending WHERE eid IN (SELECT value FROM json_each(?))", (json.dumps(sorted(eids)),)
    )
    return set(rows)
