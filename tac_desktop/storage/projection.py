"""Writes what the live values of records make: their rows, what can be found of them, and the caseload."""

import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from tac_desktop.casework.live import LiveFields, fold
from tac_desktop.storage import caseload_table, search_index
from tac_desktop.storage.form_tables import TABLES, FormTable, Row
from tac_desktop.storage.ledger import Ledger, chunks


class Touched(NamedTuple):
    """A record whose live values changed."""

    eid: int
    record_id: str
    stream: str
    form: str
    fields: LiveFields
    fresh: bool
    """Whether it is new: then it has no row yet."""
    known_last: str
    """The latest known_on of its new entries."""


class _Before(NamedTuple):
    searched: int | None
    known_last: str
    case_file: str


_NEW = _Before(None, "", "")


def project(ledger: Ledger, touched: Collection[Touched]) -> None:
    """Write the rows, search words and caseload rows of records whose live values changed. Within a transaction."""
    case_files: set[str] = set()
    contacts: list[tuple[str, str]] = []
    for form, records in _by_form(touched).items():
        table = TABLES.get(form)
        if table is None:
            continue  # of a newer program: kept in the journal, shown after the update
        before = _rows_before(ledger, table, [record.eid for record in records if not record.fresh])
        rows = [_write_words_and_row(ledger, table, record, before.get(record.eid, _NEW)) for record in records]
        written = list(zip(records, rows, strict=True))
        _write(ledger, table.insert_sql, [row.cells for record, row in written if record.fresh])
        _write(ledger, table.replace_sql, [row.cells for record, row in written if not record.fresh])
        case_files.update(row.case_file for row in before.values())
        for record, row in written:
            day = caseload_table.day_of_mere_contact(table, row) if record.fresh else None
            if day is None:
                case_files.add(row.case_file)
            else:
                contacts.append((row.case_file, day))
    caseload_table.refresh(ledger.connection, case_files)
    caseload_table.note_contacts(ledger.connection, contacts)


def project_all(ledger: Ledger, eids: Iterable[int]) -> None:
    """Write the rows of records from their heads, as if all of them were new."""
    for some in chunks(eids, 500):
        project(ledger, from_heads(ledger, some))


def from_heads(ledger: Ledger, eids: Collection[int], fresh: Collection[int] | None = None) -> list[Touched]:
    """Return records as their heads and entries in the database make them; without `fresh` all count as new."""
    live = ledger.live(eids)
    known = dict(ledger.connection.execute(
        "SELECT eid, max(known_on) FROM journal WHERE eid IN (SELECT value FROM json_each(?)) GROUP BY eid",
        (json.dumps(list(eids)),),
    ))  # fmt: skip
    rows = ledger.connection.execute(
        "SELECT eid, uuid, sid, form FROM entity JOIN stream USING (s) WHERE eid IN (SELECT value FROM json_each(?))",
        (json.dumps(list(eids)),),
    ).fetchall()
    return [
        Touched(eid, uuid, sid, form, live[eid], fresh is None or eid in fresh, known.get(eid, ""))
        for eid, uuid, sid, form in rows
    ]


def _by_form(touched: Iterable[Touched]) -> Mapping[str, list[Touched]]:
    grouped: dict[str, list[Touched]] = {}
    for record in touched:
        grouped.setdefault(record.form, []).append(record)
    return grouped


def _rows_before(ledger: Ledger, table: FormTable, eids: list[int]) -> dict[int, _Before]:
    sql = (
        f"SELECT _eid, _searched, _known_last, _case_file FROM {table.name}"
        " WHERE _eid IN (SELECT value FROM json_each(?))"
    )
    found: dict[int, _Before] = {}
    for some in chunks(eids):
        for eid, *row in ledger.connection.execute(sql, (json.dumps(some),)):
            found[eid] = _Before(*row)
    return found


def _write(ledger: Ledger, sql: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        ledger.connection.executemany(sql, rows)


def _write_words_and_row(ledger: Ledger, table: FormTable, record: Touched, before: _Before) -> Row:
    known_last = max(record.known_last, before.known_last)
    row = table.row(record.eid, record.record_id, record.stream, fold(record.fields), known_last)
    search_index.replace(ledger.connection, before.searched, row.searched, row.words)
    return row
