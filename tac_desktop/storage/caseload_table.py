"""The caseload as a table, so that a list of thousands needs no reckoning: one row for each mother."""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from tac_desktop.casework.caseload import MATTERS, CaseloadRow, caseload_row
from tac_desktop.casework.dues import by_form, dues
from tac_desktop.casework.dues.due import Due, RecordsByForm
from tac_desktop.casework.record import Record
from tac_desktop.casework.same_woman import what_counts
from tac_desktop.storage import across_cases, awaited, joined_cases, worklists
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.form_tables import TABLES, FormTable, Row
from tac_desktop.storage.ledger import in_one_row

_Reckoned: TypeAlias = tuple[tuple[str | int | None, ...], list[Due]]
"""The cells of a row, and everything that is due for the case file."""
CaseloadOrder: TypeAlias = Literal["due", "name", "reference", "last_contact"]

_ORDERS: Mapping[CaseloadOrder, str] = MappingProxyType(
    {
        "due": "next_due NULLS LAST, name, eid",
        "name": "name, reference, eid",
        "reference": "reference, eid",
        "last_contact": "last_contact DESC, name, eid",
    }
)
_COLUMNS = (
    "case_file, reference, name, prison_number, prison, status, children, coalesce(next_due, ''), next_task,"
    " last_contact"
)
_CHUNK = 500
_WORKED_WITH = f"(SELECT _case_file FROM form_case_worker WHERE {across_cases.WORKS}"
_WITH_WORKER = f"case_file IN {_WORKED_WITH} AND lower(trim(name)) = lower(?))"
_WITHOUT_WORKER = f"case_file NOT IN {_WORKED_WITH})"
_LATEST_CONTACTS = (
    "_eid IN (SELECT (SELECT c._eid FROM form_contact c WHERE c._case_file = value AND NOT c._deleted"
    " ORDER BY c._own_date DESC LIMIT 1) FROM json_each(?))"
)


def prepare(connection: Connection) -> None:
    """Make the indexes over the contacts that are looked for in all case files, after their tables were made."""
    connection.execute(
        "CREATE INDEX IF NOT EXISTS contact_to_follow_up ON form_contact (_case_file) WHERE follow_up_by IS NOT NULL"
    )
    awaited.prepare(connection)
    across_cases.prepare(connection)


@dataclass(frozen=True, kw_only=True)
class CaseloadFilter:
    """Which case files are wanted; empty means all."""

    prisons: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    due_by: str = ""
    """Only those with something due by this day (ISO)."""
    case_files: tuple[str, ...] = ()
    """Only these: what a search has found."""
    worker: str | None = None
    """Only those with whom somebody of this name works, '' for those with whom nobody is named to work."""
    worked_on: str = ""
    """The ISO day of which `worker` is asked."""


def refresh(connection: Connection, case_files: Iterable[str]) -> None:
    """Reckon the rows of these case files anew; one without a mother's record has none."""
    wanted = sorted(case_files)
    for start in range(0, len(wanted), _CHUNK):
        _refresh(connection, wanted[start : start + _CHUNK])


def refresh_all(connection: Connection) -> Iterator[int]:
    """Reckon the rows of all case files anew; yield how many are done."""
    known = [case_file for (case_file,) in connection.execute("SELECT case_file FROM caseload")]
    mothers = [record_id for (record_id,) in connection.execute("SELECT _id FROM form_mother WHERE _id = _stream")]
    wanted = sorted({*known, *mothers})
    for start in range(0, len(wanted), _CHUNK):
        _refresh(connection, wanted[start : start + _CHUNK])
        yield min(len(wanted), start + _CHUNK)


def _refresh(connection: Connection, case_files: list[str]) -> None:
    reckoned = _reckoned(connection, case_files)
    gone = sorted(set(case_files) - {row[1] for row, _ in reckoned})
    worklists.keep(connection, {int(str(row[0])): due for row, due in reckoned}, gone)
    connection.execute("DELETE FROM caseload WHERE case_file IN (SELECT value FROM json_each(?))", (json.dumps(gone),))
    rows = [row for row, _ in reckoned]
    connection.executemany("INSERT OR REPLACE INTO caseload VALUES (?,?,?,?,?,?,?,?,?,?,?)", rows)


def _reckoned(connection: Connection, case_files: list[str]) -> list[_Reckoned]:
    asked = json.dumps(case_files)
    mothers = _mother_rows(connection, asked)
    if not mothers:
        return []
    records = _records(connection, asked)
    count = _that_count if joined_cases.any_joined(connection) else _as_they_are
    made: list[_Reckoned] = []
    for eid, case_file in mothers:
        of_case = count(by_form(records.get(case_file, [])))
        due = dues(of_case)
        r = caseload_row(case_file, of_case, due)
        cells = (eid, r.case_file, r.reference, r.name, r.prison_number, r.prison, r.status, r.children,
                 r.next_due or None, r.next_task, r.last_contact)  # fmt: skip
        made.append((cells, due))
    return made


def wrong_rows(connection: Connection) -> list[str]:
    """Return the case files of which the caseload shows something else than their records make."""
    rows = {row[1]: row for row in connection.execute("SELECT * FROM caseload")}
    kept = worklists.kept(connection, [row[0] for row in rows.values()])
    mothers = [case_file for (case_file,) in connection.execute("SELECT _id FROM form_mother WHERE _id = _stream")]
    wanted = sorted(rows.keys() | set(mothers))
    made: dict[str, _Reckoned] = {}
    for start in range(0, len(wanted), _CHUNK):
        made |= {str(row[1]): (row, due) for row, due in _reckoned(connection, wanted[start : start + _CHUNK])}
    shown = {case_file: (row, kept[row[0]]) for case_file, row in rows.items()}
    return [case_file for case_file in wanted if shown.get(case_file) != made.get(case_file)]


def _mother_rows(connection: Connection, asked: str) -> list[tuple[int, str]]:
    return connection.execute(
        "SELECT _eid, _id FROM form_mother WHERE _id = _stream AND _case_file = _stream AND NOT _deleted"
        " AND _case_file IN (SELECT value FROM json_each(?))",
        (asked,),
    ).fetchall()


def _records(connection: Connection, asked: str) -> dict[str, list[Record]]:
    whole = "_case_file IN (SELECT value FROM json_each(?)) AND NOT _deleted"
    questions = [(name, whole) for name in sorted(MATTERS)]
    # of the contacts, of which a case may have hundreds, only the latest, those to follow up and what waits matter
    selected = ("follow_up_by IS NOT NULL", awaited.WAITS)
    questions += [("contact", f"{whole} AND {condition}") for condition in selected]
    questions += [("contact", awaited.going_back(whole)), ("contact", _LATEST_CONTACTS)]
    found: dict[str, dict[str, Record]] = {}
    for name, condition in questions:
        table = TABLES[name]
        given = (asked,) * condition.count("?")
        for row in connection.execute(f"{table.select_sql} WHERE {condition} ORDER BY _own_date, _id", given):
            found.setdefault(row[2], {})[row[1]] = table.record(row)
    return {case_file: list(records.values()) for case_file, records in found.items()}


def _that_count(records: RecordsByForm) -> RecordsByForm:
    return {form: what_counts(form, several, TABLES[form].form.own_date) for form, several in records.items()}


def _as_they_are(records: RecordsByForm) -> RecordsByForm:
    return records


def day_of_mere_contact(table: FormTable, row: Row) -> str | None:
    """Return the day of a new contact that can change nothing but the day of the last contact; None for all else."""
    asks = any(row.answers.get(name) for name in ("follow_up_by", "waiting_for", "asked_level"))
    if table.form.name != "contact" or row.deleted or asks:
        return None
    at = row.answers.get("at")
    return at[:10] if isinstance(at, str) else ""


def note_contacts(connection: Connection, contacts: Iterable[tuple[str, str]]) -> None:
    """Note new contacts, each of a case file on a day, that ask for nothing further."""
    latest: dict[str, str] = {}
    for case_file, day in contacts:
        latest[case_file] = max(day, latest.get(case_file, ""))
    connection.executemany(
        "UPDATE caseload SET last_contact = ?2 WHERE case_file = ?1 AND last_contact < ?2", list(latest.items())
    )


def ids(connection: Connection, wanted: CaseloadFilter, order: CaseloadOrder) -> "array[int]":
    """Return the numbers of the rows that are wanted, in order: eight bytes each, so a list of thousands is small."""
    conditions, values = list[str](), list[str]()
    if wanted.prisons:
        conditions.append("prison IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(wanted.prisons))
    if wanted.statuses:
        conditions.append("status IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(wanted.statuses))
    if wanted.due_by:
        conditions.append("next_due <= ?")
        values.append(wanted.due_by)
    if wanted.case_files:
        conditions.append("case_file IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(wanted.case_files))
    if wanted.worker is not None:
        conditions.append(_WITH_WORKER if wanted.worker.strip() else _WITHOUT_WORKER)
        values += [wanted.worked_on, wanted.worker.strip()] if wanted.worker.strip() else [wanted.worked_on]
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    return in_one_row(connection, f"SELECT eid FROM caseload{where} ORDER BY {_ORDERS[order]}", values)


def page(connection: Connection, numbers: Iterable[int]) -> list[CaseloadRow]:
    """Return the rows with these numbers, in the order of the numbers; one that is gone meanwhile is left out."""
    wanted = list(numbers)
    sql = f"SELECT eid, {_COLUMNS} FROM caseload WHERE eid IN (SELECT value FROM json_each(?))"
    found = {eid: _row(cells) for eid, *cells in connection.execute(sql, (json.dumps(wanted),))}
    return [found[number] for number in wanted if number in found]


def _row(cells: list[str | int]) -> CaseloadRow:
    names = ("case_file", "reference", "name", "prison_number", "prison", "status", "children", "next_due",
             "next_task", "last_contact")  # fmt: skip
    return CaseloadRow(**dict(zip(names, cells, strict=True)))  # pyright: ignore[reportArgumentType]
