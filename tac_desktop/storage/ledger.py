"""The journal's tables as numbers: what stands under which number, and the live values of records."""

import gc
import json
from array import array
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from tac_desktop.casework import forms
from tac_desktop.casework.journal import AHEAD_MS, seen
from tac_desktop.casework.live import Live, LiveFields, text_id
from tac_desktop.storage.binding import Connection, sound_reading, transaction

_CHUNK = 2000

_HEADS = "SELECT eid, fid, pos, j FROM head WHERE eid IN (SELECT value FROM json_each(?))"
_ENTRIES = (
    "SELECT j.j, j.hlc, (SELECT min(rid) FROM journal same JOIN replica USING (r) WHERE same.eid = j.eid"
    " AND same.cid = j.cid), j.cid, j.known_on, j.version, c.payload FROM journal j"
    " LEFT JOIN content c USING (j) WHERE j.j IN (SELECT value FROM json_each(?))"
)
"""A change that lies at several places counts as of the smallest incarnation, so that all vaults rank it alike."""


def stream_kind(form: str) -> str:
    """Return the kind of the stream in which records of a form lie: a case file, an office, a manager's, a terminal."""
    if form in forms.ALL:
        return forms.ALL[form].keeping
    return "terminal" if form in ("session", "audit") else "case"


class Ledger:
    """One connection with the numbers of streams, replicas and fields, which never change once given."""

    def __init__(self, connection: Connection) -> None:
        """Take a connection; it belongs to the calling thread."""
        self.connection = connection
        self.hlc = 0
        """The clock of the last entry that was written or seen."""
        self._streams: dict[str, int] = {}
        self._replicas: dict[bytes, int] = {}
        self._fields: dict[str, int] = {}
        self._names: dict[int, str] = {}
        self._version = -1
        self._followed = False
        self.generation = 0
        """Another number when what was remembered of the journal's ends may be outdated."""

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """One transaction for writing; what was learned in a failed one is forgotten.

        Within another one it is a part of it, kept or lost with it.
        """
        if self.connection.in_transaction:
            yield self.connection
            return
        try:
            with transaction(self.connection) as connection:
                self._notice_others()
                yield connection
        except BaseException:
            self.forget()
            raise

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """Read from one state of the database; what was read is sound when the block ends."""
        with sound_reading(self.connection) as connection:
            yield connection

    def forget(self) -> None:
        """Forget the numbers: a rollback may have taken some back."""
        self._streams.clear()
        self._replicas.clear()
        self._fields.clear()
        self._names.clear()
        self._version = -1
        self.generation += 1

    def _notice_others(self) -> None:
        version = self.connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self._version = version
            self.generation += 1
            self._followed = False

    def follow(self, wall_ms: int) -> None:
        """Follow the clocks of all entries that are here, one's own in any case; before the first is written."""
        if not self._followed:
            found = self.connection.execute(
                "SELECT max(hlc) FROM sv JOIN replica USING (r) WHERE own OR hlc <= ?", ((wall_ms + AHEAD_MS) << 16,)
            ).fetchone()[0]
            self.hlc = max(self.hlc, found or 0)
            self._followed = True

    def see(self, hlc: int, wall_ms: int) -> None:
        """Follow the clock of an entry from elsewhere (BUNDLES 2.8)."""
        self.hlc = seen(self.hlc, hlc, wall_ms)

    def stream(self, stream_id: str, form: str) -> int:
        """Return the number of a stream; a new one is of the kind in which the form is kept."""
        number = self._streams.get(stream_id)
        if number is None:
            sql = "INSERT OR IGNORE INTO stream (sid, kind) VALUES (?, ?)"
            self.connection.execute(sql, (stream_id, stream_kind(form)))
            number = self._number("SELECT s FROM stream WHERE sid = ?", stream_id)
            self._streams[stream_id] = number
        return number

    def replica(self, rid: bytes) -> int:
        """Return the number of an incarnation."""
        number = self._replicas.get(rid)
        if number is None:
            self.connection.execute("INSERT OR IGNORE INTO replica (rid) VALUES (?)", (rid,))
            number = self._replicas[rid] = self._number("SELECT r FROM replica WHERE rid = ?", rid)
        return number

    def field(self, name: str) -> int:
        """Return the number of a journal field."""
        number = self._fields.get(name)
        if number is None:
            self.connection.execute("INSERT OR IGNORE INTO field (name) VALUES (?)", (name,))
            number = self._fields[name] = self._number("SELECT fid FROM field WHERE name = ?", name)
            self._names[number] = name
        return number

    def field_name(self, number: int) -> str:
        """Return the journal field with this number."""
        name = self._names.get(number)
        if name is None:
            name = self._names[number] = self.connection.execute(
                "SELECT name FROM field WHERE fid = ?", (number,)
            ).fetchone()[0]
        return name

    def known_entity(self, record_id: str, s: int, form: str) -> int:
        """Return the number of a record; 0 if it is not here.

        A record is known by its stream and form, too: an entry in another stream can never touch it.
        """
        row = self.connection.execute(
            "SELECT eid FROM entity WHERE uuid = ? AND s = ? AND form = ?", (record_id, s, form)
        ).fetchone()
        return row[0] if row else 0

    def entity(self, record_id: str, s: int, form: str) -> int:
        """Return the number of a record, which is made if it is not here."""
        known = self.known_entity(record_id, s, form)
        if known:
            return known
        made = self.connection.execute("INSERT INTO entity (uuid, s, form) VALUES (?, ?, ?)", (record_id, s, form))
        return made.lastrowid or 0

    def stream_id(self, number: int) -> str:
        """Return the id of the stream with this number."""
        return self.connection.execute("SELECT sid FROM stream WHERE s = ?", (number,)).fetchone()[0]

    def record_id(self, eid: int) -> str:
        """Return the id of the record with this number."""
        return self.connection.execute("SELECT uuid FROM entity WHERE eid = ?", (eid,)).fetchone()[0]

    def place(self, eid: int) -> tuple[str, str]:
        """Return id and stream of the record with this number."""
        return self.connection.execute(
            "SELECT uuid, sid FROM entity JOIN stream USING (s) WHERE eid = ?", (eid,)
        ).fetchone()

    def replace_heads(self, gone: list[tuple[int, int, int]], come: list[tuple[int, int, int, int]]) -> None:
        """Take away heads (record, field, row) and add others (the same with the place of the value in the row)."""
        if gone:
            self.connection.executemany("DELETE FROM head WHERE eid = ? AND fid = ? AND j = ?", gone)
        self.connection.executemany("INSERT INTO head VALUES (?, ?, ?, ?)", come)

    def _number(self, sql: str, key: str | bytes) -> int:
        return self.connection.execute(sql, (key,)).fetchone()[0]

    def live(self, eids: Collection[int]) -> dict[int, LiveFields]:
        """Return the live values of records, from the heads."""
        found: dict[int, LiveFields] = {eid: {} for eid in eids}
        for some in chunks(eids):
            heads = self.connection.execute(_HEADS, (json.dumps(some),)).fetchall()
            entries = self.entries({j for _, _, _, j in heads})
            for eid, fid, pos, j in heads:
                if j not in entries:
                    continue  # the entry was taken away behind the program: `check` finds it
                hlc, rid, cid, known_on, version, values = entries[j]
                value = values[pos] if pos < len(values) else None
                live = Live(hlc, rid, cid, j, known_on, version, value)
                found[eid].setdefault(self.field_name(fid), []).append(live)
        return found

    def entries(self, numbers: Collection[int]) -> dict[int, tuple[int, bytes, str, str, int, list[Any]]]:
        """Return clock, incarnation, id, known_on, version and values of journal rows, by their numbers."""
        found: dict[int, tuple[int, bytes, str, str, int, list[Any]]] = {}
        for some in chunks(numbers):
            for j, hlc, rid, cid, known_on, version, payload in self.connection.execute(_ENTRIES, (json.dumps(some),)):
                values: list[Any] = json.loads(payload) if payload else []
                found[j] = (hlc, rid, text_id(cid), known_on, version, values)
        return found


def chunks(numbers: Iterable[int], size: int = _CHUNK) -> Iterator[list[int]]:
    """Yield numbers in lists that one statement can take."""
    ordered = sorted(numbers)
    for start in range(0, len(ordered), size):
        yield ordered[start : start + size]


def in_one_row(connection: Connection, sql: str, values: Sequence[str | int]) -> "array[int]":
    """Return the numbers `eid` that a question finds, in its order.

    They come as one row: with a row for each, thousands of times the threads would hand the interpreter to and fro.
    """
    row = connection.execute(f"SELECT json_group_array(eid) FROM ({sql})", values).fetchone()
    return array("q", json.loads(row[0]))


@contextmanager
def quick_imports(ledger: Ledger) -> Generator[None]:
    """Give an import or rebuild a large page cache, and spare it the garbage collector, which finds nothing in rows."""
    collecting = gc.isenabled()
    before = ledger.connection.execute("PRAGMA cache_size").fetchone()[0]
    ledger.connection.execute("PRAGMA cache_size=-65536")
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
        ledger.connection.execute(f"PRAGMA cache_size={int(before)}")
