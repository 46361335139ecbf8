"""Reads records: as they are, as they were known on a day, and how they came to be."""

import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tac_desktop.casework.journal import JsonValue, Sem, decode_sem
from tac_desktop.casework.live import Live, LiveAnswer, LiveFields, fold, rank, text_id
from tac_desktop.casework.record import Record
from tac_desktop.storage.form_tables import TABLES, FormTable
from tac_desktop.storage.ledger import Ledger, chunks


@dataclass(frozen=True, kw_only=True)
class PastEntry:
    """One entry of a record's history."""

    cid: str
    sem: Sem
    at: str
    """When it was written, by the clock of the computer where it was (ISO, UTC)."""
    values: dict[str, JsonValue] | None
    """What was written, by journal field; None where it was erased by law."""
    incarnation: bytes
    sseq: int
    """The how-many-eth entry of its incarnation in its stream it is, from 1."""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A field with two or more live answers that differ."""

    case_file: str
    record_id: str
    form: str
    stream: str
    field: str
    """The journal field: for one element of a set 'name/element'."""
    answers: tuple[LiveAnswer, ...]
    """All live answers, the one that is shown first."""


def record(ledger: Ledger, record_id: str) -> Record | None:
    """Return the record with this id as it is now; None if there is none, or it was deleted."""
    rows = ledger.connection.execute(
        "SELECT eid, form FROM entity WHERE uuid = ? ORDER BY eid", (record_id,)
    ).fetchall()
    for eid, form in rows:
        table = TABLES.get(form)
        if table:
            sql = f"{table.select_sql} WHERE _eid = ? AND NOT _deleted"
            if row := ledger.connection.execute(sql, (eid,)).fetchone():
                return table.record(row)
    return None


def records(ledger: Ledger, form: str, case_file: str | None, known_on: str | None) -> list[Record]:
    """Return the records of a form, oldest own date first; see `Store.records`."""
    table = TABLES[form]
    if known_on is not None:
        return _as_known(ledger, table, case_file, known_on)
    where, values = _within(case_file)
    sql = f"{table.select_sql} WHERE NOT _deleted{where} ORDER BY _own_date, _id"
    return [table.record(row) for row in ledger.connection.execute(sql, values)]


def _within(case_file: str | None) -> tuple[str, tuple[str, ...]]:
    return ("", ()) if case_file is None else (" AND _case_file = ?", (case_file,))


def _as_known(ledger: Ledger, table: FormTable, case_file: str | None, day: str) -> list[Record]:
    where, values = _within(case_file)
    unchanged = f"{table.select_sql} WHERE NOT _deleted AND _known_last <= ?{where}"
    found = [table.record(row) for row in ledger.connection.execute(unchanged, (day, *values))]
    changed = f"SELECT _eid, _id, _stream FROM {table.name} WHERE _known_last > ?{where}"
    rows = ledger.connection.execute(changed, (day, *values)).fetchall()
    for some in chunks({row[0] for row in rows}):
        then = live_on(ledger, some, day)
        for eid, record_id, stream in rows:
            if then.get(eid) and not (folded := fold(then[eid])).deleted:
                found.append(table.record_of(record_id, stream, folded))
    dated = [(record.text(table.form.own_date), record.id, record) for record in found]
    return [record for own_date, _, record in sorted(dated, key=lambda row: row[:2]) if own_date[:10] <= day]


def live_on(ledger: Ledger, eids: Collection[int], day: str) -> dict[int, LiveFields]:
    """Return the answers of records that were live if only what was known on a day counts."""
    by_record: dict[int, list[tuple[Sem, Live]]] = {}
    for eid, sem, live in _entries(ledger, eids, day):
        by_record.setdefault(eid, []).append((sem, live))
    return {eid: _live(entries) for eid, entries in by_record.items()}


def _entries(ledger: Ledger, eids: Collection[int], day: str) -> Iterator[tuple[int, Sem, Live]]:
    sql = (
        "SELECT j.eid, j.sem, j.hlc, r.rid, j.cid, j.j, j.known_on, j.version, c.payload FROM journal j"
        " JOIN replica r USING (r) LEFT JOIN content c USING (j)"
        " WHERE j.eid IN (SELECT value FROM json_each(?)) AND j.known_on <= ?"
    )
    for eid, sem, hlc, rid, cid, j, known_on, version, payload in ledger.connection.execute(
        sql, (json.dumps(list(eids)), day)
    ):
        values: Any = json.loads(payload) if payload is not None else None
        yield eid, decode_sem(sem.encode()), Live(hlc, rid, text_id(cid), j, known_on, version, values)


def _live(entries: Iterable[tuple[Sem, Live]]) -> LiveFields:
    """Fold the entries of one record by definition: alive is what no known entry of the record replaces (P2)."""
    known = {live.cid: (sem, live) for sem, live in entries}
    replaced = {(cid, name) for sem, _ in known.values() for cid, names in sem.supersedes.items() for name in names}
    fields: LiveFields = {}
    for cid, (sem, live) in known.items():
        values: Any = live.value
        if values is None:
            continue  # erased
        for name, value in zip(sem.fields, values, strict=False):
            if (cid, name) not in replaced:
                fields.setdefault(name, []).append(live._replace(value=value))
    return fields


def live_by_definition(ledger: Ledger, eids: Collection[int]) -> dict[int, LiveFields]:
    """Return the live answers of records from their entries alone, without the heads: to check the heads against."""
    return live_on(ledger, eids, "9999-12-31")


def history(ledger: Ledger, record_id: str) -> list[PastEntry]:
    """Return all entries of a record, the oldest first by the clocks under which they were written."""
    sql = (
        "SELECT j.cid, j.sem, j.hlc, c.payload, r.rid, j.sseq FROM entity e JOIN journal j USING (eid)"
        " JOIN replica r USING (r) LEFT JOIN content c USING (j) WHERE e.uuid = ? ORDER BY j.hlc, r.rid"
    )
    return [_past(*row) for row in ledger.connection.execute(sql, (record_id,))]


def entries(ledger: Ledger, stream: str) -> list[PastEntry]:
    """Return all entries of a stream, the oldest first by the clocks under which they were written."""
    sql = (
        "SELECT j.cid, j.sem, j.hlc, c.payload, r.rid, j.sseq FROM journal j JOIN replica r USING (r)"
        " LEFT JOIN content c USING (j) WHERE j.s = (SELECT s FROM stream WHERE sid = ?) ORDER BY j.hlc, r.rid"
    )
    return [_past(*row) for row in ledger.connection.execute(sql, (stream,))]


def entries_of(ledger: Ledger, form: str) -> list[PastEntry]:
    """Return all entries of the records of a form, whichever stream they lie in, the oldest first by their clocks."""
    sql = (
        "SELECT j.cid, j.sem, j.hlc, c.payload, r.rid, j.sseq FROM entity e JOIN journal j USING (eid)"
        " JOIN replica r USING (r) LEFT JOIN content c USING (j) WHERE e.form = ? ORDER BY j.hlc, r.rid"
    )
    return [_past(*row) for row in ledger.connection.execute(sql, (form,))]


def _past(cid: bytes, text: str, hlc: int, payload: str | None, rid: bytes, sseq: int) -> PastEntry:
    sem = decode_sem(text.encode())
    values = None if payload is None else dict(zip(sem.fields, json.loads(payload), strict=False))
    return PastEntry(cid=text_id(cid), sem=sem, at=moment(hlc), values=values, incarnation=rid, sseq=sseq)


def moment(hlc: int) -> str:
    """Return the wall clock's part of an entry's clock (ISO, UTC, milliseconds)."""
    try:
        return datetime.fromtimestamp((hlc >> 16) / 1000, UTC).isoformat(timespec="milliseconds")
    except (ValueError, OverflowError, OSError):
        return ""  # of a clock that was far out


def conflicts(ledger: Ledger, case_file: str | None) -> list[Conflict]:
    """Return the conflicts of one case file, or of all."""
    where, values = _within(case_file)
    found: list[Conflict] = []
    for table in TABLES.values():
        sql = f"SELECT _eid, _id, _stream, _case_file FROM {table.name} WHERE _conflicts IS NOT NULL{where}"
        rows = ledger.connection.execute(sql, values).fetchall()
        live = ledger.live([row[0] for row in rows])
        for eid, record_id, stream, of_case in rows:
            for name, several in sorted(live[eid].items()):
                if len({json.dumps(one.value, sort_keys=True) for one in several}) > 1 and not name.startswith("_"):
                    found.append(Conflict(
                        case_file=of_case, record_id=record_id, form=table.form.name, stream=stream, field=name,
                        answers=_answers(ledger, several),
                    ))  # fmt: skip
    return found


def _answers(ledger: Ledger, several: list[Live]) -> tuple[LiveAnswer, ...]:
    found: list[LiveAnswer] = []
    for live in sorted(several, key=rank, reverse=True):
        text = ledger.connection.execute("SELECT sem FROM journal WHERE j = ?", (live.j,)).fetchone()[0]
        author = decode_sem(text.encode()).author
        found.append(LiveAnswer(live.cid, live.value, live.hlc, live.rid, author, live.known_on))
    return tuple(found)
