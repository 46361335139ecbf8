"""The journal of a damaged database: which entries are whole, by their own hashes, and where some are missing.

An entry is whole if it is the one that its id was made of and its answers are those that it was written with, or if an
entry that is whole says that they were erased. Half an entry is none: a colleague's bundle can bring it back whole.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from tac_desktop.casework.journal import Sem, b64, change_id, commitment, decode_sem, stream_chain
from tac_desktop.storage.attachments import named_in
from tac_desktop.storage.b_trees import Row
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.erasing import named_by
from tac_desktop.storage.ledger import stream_kind
from tac_desktop.storage.losses import runs
from tac_desktop.storage.readable_rows import ReadableRows

History: TypeAlias = tuple[int, int]
"""The numbers of an incarnation and a stream."""
Record: TypeAlias = tuple[str, str, str]
"""Id, stream and form."""
_OFTEN = 500


class _Place(NamedTuple):
    r: int
    s: int
    sseq: int


@dataclass
class _Found:
    """What is known of a row of the journal that is sound in itself."""

    place: _Place
    cid: bytes
    commitment: str
    is_redacting: bool
    is_whole: bool = False


@dataclass(frozen=True, kw_only=True)
class LostPlaces:
    """Positions of a history at which nothing whole lies."""

    history: History
    first: int
    last: int
    records: frozenset[Record]
    """The records that the lost entries were about, as far as that can be told."""


@dataclass
class SalvagedJournal:
    """The whole entries of a damaged database."""

    rows: ReadableRows
    incarnations: dict[int, bytes] = field(default_factory=dict[int, bytes])
    streams: dict[int, str] = field(default_factory=dict[int, str])
    kinds: dict[int, str] = field(default_factory=dict[int, str])
    """Of which kind each stream is; its records tell, where it is lost."""
    lost: list[LostPlaces] = field(default_factory=list[LostPlaces])
    _found: dict[int, _Found] = field(default_factory=dict[int, _Found])
    _naming: dict[int, set[str]] = field(default_factory=dict[int, set[str]])
    """Which attachments an entry names."""
    _records: dict[int, Record] = field(default_factory=dict[int, Record])
    """The records of rows that are not whole."""
    _places: dict[History, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    """By history and position the row of the whole entry."""

    def look_through(self) -> Iterator[None]:
        """Find the whole entries, and the positions at which there should be others; yield now and then."""
        self._number_histories()
        for number, row in enumerate(self.rows.rows("journal"), start=1):
            self._look_at(row)
            if number % _OFTEN == 0:
                yield
        self._look_at_content()
        self._allow_erased()
        for j, found in self._found.items():
            if found.is_whole:
                self._places[found.place.r, found.place.s][found.place.sseq] = j
        self._find_lost()

    @property
    def kept(self) -> int:
        """How many entries are whole."""
        return sum(len(places) for places in self._places.values())

    @property
    def attachments(self) -> set[str]:
        """The SHA-256 of the attachments that whole entries name."""
        return {name for j, names in self._naming.items() if self._found[j].is_whole for name in names}

    def write(self, connection: Connection) -> Iterator[tuple[int, int]]:
        """Write the whole entries into a new vault's database, within a transaction, each at its place.

        Yields (done, total) entries.
        """
        entities = dict[tuple[str, int, str], int]()
        for number, row in enumerate(self.rows.rows("journal"), start=1):
            if number % _OFTEN == 0:
                yield number, len(self._found)
            found = self._found.get(_int(row[0]))
            if found is None or self._places[found.place.r, found.place.s].get(found.place.sseq) != row[0]:
                continue
            sem = decode_sem(str(row[10]).encode())
            key = (sem.record_id, found.place.s, sem.form)
            if key not in entities:
                made = connection.execute("INSERT INTO entity (uuid, s, form) VALUES (?, ?, ?)", key)
                entities[key] = made.lastrowid or 0
            connection.execute(
                "INSERT INTO journal VALUES (?,?,?,?,?,?,?,?,?,?,?)", (*row[:6], entities[key], *row[7:])
            )
            if sem.op == "redact":
                named = [(found.place.s, cid, row[0]) for cid in named_by(sem.fields)]
                connection.executemany("INSERT OR IGNORE INTO redacted VALUES (?, ?, ?)", named)
        self._write_content(connection)

    def write_ends(self, connection: Connection, without: Collection[str]) -> tuple[tuple[bytes, str], ...]:
        """Write where each history ends, within a transaction; return those that are held back for an attachment.

        Args:
            connection: to the new vault's database.
            without: lost attachments: an entry that names one counts as not held yet, so that others send it again.
        """
        naming = {j for j, names in self._naming.items() if not names.isdisjoint(without)}
        held_back: list[tuple[bytes, str]] = []
        for (r, s), places in sorted(self._places.items()):
            chain, sseq = b"", 0
            while (j := places.get(sseq + 1)) and j not in naming:
                sseq += 1
                chain = stream_chain(chain, self._found[j].cid, sseq)
            if places.get(sseq + 1):
                held_back.append((self.incarnations[r], self.streams[s]))
            if sseq:
                hlc = connection.execute("SELECT max(hlc) FROM journal WHERE (r, s) = (?, ?)", (r, s)).fetchone()[0]
                connection.execute("INSERT INTO sv VALUES (?, ?, ?, ?, ?)", (r, s, sseq, chain, hlc))
        return tuple(held_back)

    def _number_histories(self) -> None:
        for row in (*self.rows.rows("replica"), *_turned(self.rows.rows("sqlite_autoindex_replica_1"))):
            self.incarnations.setdefault(_int(row[0]), row[1] if isinstance(row[1], bytes) else b"")
        for row in (*self.rows.rows("stream"), *_turned(self.rows.rows("sqlite_autoindex_stream_1"))):
            self.streams.setdefault(_int(row[0]), str(row[1]))

        self.kinds.update({_int(row[0]): str(row[2]) for row in self.rows.rows("stream")})

    def _look_at(self, row: Row) -> None:
        j, r, s, sseq, _, cid, _, hlc, known_on, version, text = row
        sem = _sem_of(str(text).encode(), cid)
        if (
            sem is None
            or (sem.hlc, sem.known_on, sem.version) != (hlc, known_on, version)
            or r not in self.incarnations
        ):
            return
        if self.streams.setdefault(_int(s), sem.stream) == sem.stream and isinstance(cid, bytes):
            place = _Place(_int(r), _int(s), _int(sseq))
            self._found[_int(j)] = _Found(place, cid, sem.commitment, sem.op == "redact")
            self._records[_int(j)] = sem.record_id, sem.stream, sem.form
            self.kinds.setdefault(_int(s), stream_kind(sem.form))

    def _look_at_content(self) -> None:
        for row in self.rows.rows("content"):
            found, (j, salt, payload) = self._found.get(_int(row[0])), row
            if found and _is_said(found.commitment, salt, payload):
                found.is_whole = True
                self._records.pop(_int(j), None)
                if names := set(named_in(str(payload))):
                    self._naming[_int(j)] = names

    def _allow_erased(self) -> None:
        """Take entries without answers for whole where a whole entry erases them; and answers that are erased away."""
        redacting = {j: found for j, found in self._found.items() if found.is_redacting and found.is_whole}
        erased: set[tuple[int, bytes]] = set()
        for row in self.rows.rows("journal") if redacting else ():
            if _int(row[0]) in redacting:
                fields = decode_sem(str(row[10]).encode()).fields
                erased |= {(_int(row[2]), cid) for cid in named_by(fields)}
        for j, found in self._found.items():
            if (found.place.s, found.cid) in erased:
                found.is_whole, found.commitment = True, ""
                self._naming.pop(j, None)

    def _find_lost(self) -> None:
        ends = self._ends()
        rows = {(_int(r), _int(s), _int(sseq)): _int(j) for r, s, sseq, j in self.rows.rows("journal_position")}
        rows |= {found.place: j for j, found in self._found.items() if not found.is_whole}
        told = self._records_of(set(rows.values()))
        for (r, s), end in sorted(ends.items()):
            here = self._places[r, s]
            for first, last in runs([place for place in range(1, end + 1) if place not in here]):
                numbers = (rows.get((r, s, place), 0) for place in range(first, last + 1))
                records = frozenset(told[j] for j in numbers if j in told)
                self.lost.append(LostPlaces(history=(r, s), first=first, last=last, records=records))

    def _ends(self) -> dict[History, int]:
        """Return how far each history once went, as far as anything tells."""
        ends: dict[History, int] = defaultdict(int)
        tables = ("sv", "signed_head", "journal_position")
        told = [tuple(map(_int, row[:3])) for table in tables for row in self.rows.rows(table)]
        for r, s, sseq in (*told, *(found.place for found in self._found.values())):
            if r in self.incarnations:
                ends[r, s] = max(ends[r, s], sseq)
        return ends

    def _records_of(self, wanted: set[int]) -> dict[int, Record]:
        """Return which records rows of the journal are about: told by the rows, else by an index and the records."""
        told = {j: record for j, record in self._records.items() if j in wanted}
        numbers = {_int(j): _int(eid) for eid, _, j in self.rows.rows("journal_entity") if _int(j) in wanted}
        records: dict[int, Record] = {}
        for eid, uuid, s, form in self.rows.rows("entity"):
            records[_int(eid)] = str(uuid), self.streams.get(_int(s), ""), str(form)
        for j, eid in numbers.items():
            if j not in told and eid in records:
                told[j] = records[eid]
        return told

    def _write_content(self, connection: Connection) -> None:
        for j, salt, payload in self.rows.rows("content"):
            found = self._found.get(_int(j))
            if found is None or not found.is_whole or not _is_said(found.commitment, salt, payload):
                continue
            if self._places[found.place.r, found.place.s].get(found.place.sseq) == j:
                connection.execute("INSERT OR IGNORE INTO content VALUES (?, ?, ?)", (j, salt, payload))


def _sem_of(raw: bytes, cid: object) -> Sem | None:
    if change_id(raw) != cid:
        return None
    try:
        return decode_sem(raw)
    except (ValueError, TypeError, LookupError):
        return None


def _is_said(told: str, salt: object, payload: object) -> bool:
    if not isinstance(salt, bytes) or not isinstance(payload, str):
        return False
    return b64(commitment(salt, payload.encode())) == told


def _turned(rows: Iterator[Row]) -> Iterator[Row]:
    return (row[::-1] for row in rows)


def _int(value: object) -> int:
    return value if isinstance(value, int) else 0
