"""The audit as a table, so that a log of hundreds of thousands is filtered and paged at once: one row for each event.

Made of the journal like the records, and as replaceable; the entries themselves are what counts.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, TypeAlias

from tac_desktop.casework.audit import FORM, Event
from tac_desktop.casework.journal import JsonValue, Sem, b64, decode_sem
from tac_desktop.casework.live import text_id
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.chains import end_of_device
from tac_desktop.storage.findings import Finding
from tac_desktop.storage.ledger import Ledger
from tac_desktop.storage.reading import moment

FINGERPRINT = "1"
"""Another one where the table below becomes another one: then it is made anew from the journal."""

_TABLES = (
    "DROP TABLE IF EXISTS audit_event",
    """CREATE TABLE audit_event (
  j INTEGER PRIMARY KEY, eid INTEGER NOT NULL, day TEXT NOT NULL, author TEXT NOT NULL, event TEXT NOT NULL,
  case_file TEXT NOT NULL
) STRICT""",
    "CREATE INDEX audit_event_author ON audit_event (author)",
    "CREATE INDEX audit_event_event ON audit_event (event)",
    "CREATE INDEX audit_event_case ON audit_event (case_file, author) WHERE case_file <> ''",
    "CREATE INDEX audit_event_note ON audit_event (eid)",
)
_COLUMNS = "j, eid, day, author, event, case_file"
_INSERT = f"INSERT INTO audit_event ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?)"
_BATCH = 2000
_WRONG = "The list of the audit shows something else than the entry. Rebuilding mends this."
# through the journal as it lies: by way of the records it would jump to and fro, and sort what it found
_ENTRIES = (
    "SELECT j, journal.eid, hlc, sem, payload FROM journal CROSS JOIN entity USING (eid) CROSS JOIN content USING (j)"
    " WHERE journal.s IN (SELECT s FROM stream WHERE kind = 'terminal') AND form = ? ORDER BY j"
)
_PAGE = (
    "SELECT j, cid, hlc, sem, payload, event, case_file FROM audit_event JOIN journal USING (j)"
    " LEFT JOIN content USING (j) WHERE j IN (SELECT value FROM json_each(?))"
)
_AUTHORS = (  # one step for each of them, however many events there are
    "WITH RECURSIVE one (author) AS (SELECT min(author) FROM audit_event UNION ALL"
    " SELECT (SELECT min(author) FROM audit_event WHERE author > one.author) FROM one WHERE author IS NOT NULL)"
    " SELECT author FROM one"
)
_Row: TypeAlias = tuple[int, int, str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class AuditFilter:
    """Which events are wanted; empty means all."""

    authors: tuple[str, ...] = ()
    """Ids of the people who did it; 'program' for what nobody did who is known."""
    events: tuple[Event, ...] = ()
    case_file: str = ""
    first: str = ""
    """Not before this day (ISO), by the clock on the person's wall."""
    last: str = ""
    """Not after this day."""


@dataclass(frozen=True, kw_only=True)
class Noted:
    """One entry of the audit."""

    number: int
    """Its row in the journal: it comes in the order of writing."""
    cid: str
    at: str
    """When it happened: an ISO time with its zone, by the clock on the wall."""
    author: str
    event: str
    case_file: str
    """The id of the case file it is about; '' for none."""
    facts: Mapping[str, JsonValue]


def make(ledger: Ledger) -> None:
    """Make the table anew from the journal, within a transaction."""
    for statement in _TABLES:
        ledger.connection.execute(statement)
    ledger.connection.executemany(_INSERT, _rows(ledger.connection))


def add(ledger: Ledger, j: int, eid: int, author: str, values: Mapping[str, JsonValue]) -> None:
    """Add an event that was just written, within the transaction of its entry."""
    before = {}
    if "event" not in values:  # it follows another one of its record, and says only what is new
        sql = "SELECT event, case_file FROM audit_event WHERE eid = ? ORDER BY j DESC LIMIT 1"
        row = ledger.connection.execute(sql, (eid,)).fetchone() or ("", "")
        before = {"event": row[0], "case_file": row[1]}
    ledger.connection.execute(_INSERT, _row(j, eid, ledger.hlc, author, before | dict(values)))


def _rows(connection: Connection) -> Iterator[_Row]:
    """Yield what the journal makes, the oldest first."""
    last: dict[int, dict[str, JsonValue]] = {}
    for j, eid, hlc, text, payload in connection.execute(_ENTRIES, (FORM,)):
        sem = decode_sem(text.encode())
        values = last.get(eid, {}) | told(sem, payload)
        last[eid] = {name: values[name] for name in ("event", "case_file") if name in values}
        yield _row(j, eid, hlc, sem.author, values)


def told(sem: Sem, payload: str | None) -> dict[str, JsonValue]:
    """Return what an entry says, by field; nothing where it was erased, or altered into no answers at all."""
    try:
        return dict(zip(sem.fields, json.loads(payload or "[]"), strict=False))
    except ValueError:
        return {}


def _row(j: int, eid: int, hlc: int, author: str, values: Mapping[str, JsonValue]) -> _Row:
    day = str(values.get("at") or moment(hlc))[:10]
    return j, eid, day, author, str(values.get("event") or ""), str(values.get("case_file") or "")


def check_rows(connection: Connection) -> Iterator[tuple[int, int, tuple[Finding, ...]]]:
    """Hold the table against the journal; yield (done, total, findings).

    The first event that it shows otherwise is told, for all of it is made anew together.
    """
    total = connection.execute("SELECT count(*) FROM audit_event").fetchone()[0]
    kept = connection.execute(f"SELECT {_COLUMNS} FROM audit_event ORDER BY j")
    for done, (made, row) in enumerate(zip_longest(_rows(connection), kept), start=1):
        if made != row:
            yield done, total, (Finding("records", f"entry {(made or row)[0]}", _WRONG),)
            return
        if done % _BATCH == 0:
            yield done, total, ()


class AuditIndex:
    """Reads the audit, over a store's connection; see `Store.audit`."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the store's ledger."""
        self._ledger = ledger

    def numbers(self, wanted: AuditFilter) -> "array[int]":
        """Return the numbers of the events that are wanted, the newest first: eight bytes each."""
        where, values = _where(wanted)
        with self._ledger.reading() as connection:
            found = connection.execute(f"SELECT j FROM audit_event{where} ORDER BY j DESC", values)
            return array("q", (j for (j,) in found))

    def page(self, wanted: Iterable[int]) -> list[Noted]:
        """Return the events with these numbers, in the order of the numbers."""
        numbers = list(wanted)
        with self._ledger.reading() as connection:
            rows: Any = connection.execute(_PAGE, (json.dumps(numbers),))
            found = {row[0]: _noted(*row) for row in rows}
        return [found[number] for number in numbers if number in found]

    def last_time(self, author: str, event: Event, case_file: str = "") -> str:
        """Return when a person last did this (ISO time with its zone), '' if never.

        Args:
            author: The person's id.
            event: What she did.
            case_file: With this case file; '' for what is about none.
        """
        with_case = " AND case_file <> ''" if case_file else ""  # by the index of case files, or of events
        sql = (
            f"SELECT j FROM audit_event WHERE case_file = ?{with_case} AND author = ? AND event = ?"
            " ORDER BY j DESC LIMIT 1"
        )
        with self._ledger.reading() as connection:
            row = connection.execute(sql, (case_file, author, event.value)).fetchone()
        return self.page(row)[0].at if row else ""

    def authors(self) -> list[str]:
        """Return the ids of all who did anything, in the order of the ids."""
        with self._ledger.reading() as connection:
            return [author for (author,) in connection.execute(_AUTHORS) if author]

    def end(self) -> str:
        """Return where the history of this vault ends: incarnation, number of entries, chain; '' before the first."""
        with self._ledger.reading() as connection:
            row = connection.execute("SELECT r, rid FROM replica WHERE own ORDER BY r DESC LIMIT 1").fetchone()
            seq, chain = end_of_device(connection, row[0]) if row else (0, b"")
        return f"{b64(row[1])} {seq} {b64(chain)}" if seq else ""


def _where(wanted: AuditFilter) -> tuple[str, list[str]]:
    parts = {
        "author IN (SELECT value FROM json_each(?))": json.dumps(wanted.authors) if wanted.authors else "",
        "event IN (SELECT value FROM json_each(?))": json.dumps(wanted.events) if wanted.events else "",
        "case_file = ? AND case_file <> ''": wanted.case_file,
        "day >= ?": wanted.first,
        "day <= ?": wanted.last,
    }
    asked = {sql: value for sql, value in parts.items() if value}
    return (f" WHERE {' AND '.join(asked)}" if asked else ""), list(asked.values())


def _noted(j: int, cid: bytes, hlc: int, text: str, payload: str | None, event: str, case_file: str) -> Noted:
    sem = decode_sem(text.encode())
    values = told(sem, payload)
    at = str(values.get("at") or moment(hlc))
    facts = {name: value for name, value in values.items() if name not in ("event", "at", "case_file")}
    return Noted(number=j, cid=text_id(cid), at=at, author=sem.author, event=event, case_file=case_file, facts=facts)
