"""Lists over all case files: what is due, task by task, and which questions are answered in which prison and which not.

Due days are kept in a table, because they follow from whole case files; the questions are read from the projection.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tac_desktop.casework.caseload import DueRow
from tac_desktop.casework.completeness import ONLY_OF, Recorded
from tac_desktop.casework.dues.due import Due
from tac_desktop.storage import expected_forms, joined_cases
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.ledger import Ledger

_ROWS = "due_list d JOIN caseload c USING (eid)"
_OF_CASES = "eid IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, kw_only=True)
class DueFilter:
    """Which due days are wanted; empty means all."""

    tasks: tuple[str, ...] = ()
    prison: str = ""
    by: str = ""
    """Only those due by this day (ISO)."""
    without: tuple[str, ...] = ()
    """None of these case files."""


@dataclass(frozen=True)
class OpenAnswer:
    """A record in which a question is not answered, or a case file without a record of a form."""

    case_file: str
    record_id: str
    """'' where there is none."""
    not_known: bool
    """Whether it was asked, and nobody knows."""


def keep(connection: Connection, dues: Mapping[int, Sequence[Due]], gone: Iterable[str]) -> None:
    """Write what is due for case files, by the numbers of their caseload rows; what was due for others goes.

    Args:
        connection: In a transaction.
        dues: Of each case file everything that is due.
        gone: Case files that have no row any more; while their rows still stand.
    """
    asked = json.dumps(sorted(gone))
    gone_eids = "SELECT eid FROM caseload WHERE case_file IN (SELECT value FROM json_each(?))"
    connection.execute(f"DELETE FROM due_list WHERE eid IN ({gone_eids})", (asked,))
    connection.execute(f"DELETE FROM due_list WHERE {_OF_CASES}", (json.dumps(list(dues)),))
    connection.executemany(
        "INSERT INTO due_list (eid, by_day, task, form, record_id) VALUES (?, ?, ?, ?, ?)",
        [(eid, due.by, due.task, due.form, due.record_id) for eid, several in dues.items() for due in several],
    )


def kept(connection: Connection, eids: Iterable[int]) -> dict[int, list[Due]]:
    """Return what is kept as due, by the numbers of caseload rows, the earliest first."""
    found: dict[int, list[Due]] = {eid: [] for eid in eids}
    sql = f"SELECT eid, by_day, task, form, record_id FROM due_list WHERE {_OF_CASES}"
    for eid, *cells in connection.execute(sql, (json.dumps(list(found)),)):
        found[eid].append(Due(*cells))
    return {eid: sorted(several) for eid, several in found.items()}


class Worklists:
    """What is to be done and to be asked, over all case files."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger of an open store."""
        self._ledger = ledger

    def due(self, wanted: DueFilter) -> "array[int]":
        """Return the numbers of what is due, the earliest first; fetch the rows a page at a time."""
        where, values = _conditions(wanted)
        sql = f"SELECT d.number FROM {_ROWS}{where} ORDER BY d.by_day, c.name, d.number"
        with self._ledger.reading() as connection:
            return array("q", (number for (number,) in connection.execute(sql, values)))

    def due_page(self, numbers: Iterable[int]) -> list[DueRow | None]:
        """Return the rows with these numbers, in their order; None for what is done meanwhile, so that none moves up.

        A table asks for rows by where they stand: one that moved up would lead to somebody else's case file.
        """
        wanted = list(numbers)
        sql = (
            "SELECT d.number, c.case_file, c.name, c.reference, c.prison, d.by_day, d.task, d.form, d.record_id"
            f" FROM {_ROWS} WHERE d.number IN (SELECT value FROM json_each(?))"
        )
        names = ("case_file", "name", "reference", "prison", "by", "task", "form", "record_id")
        with self._ledger.reading() as connection:
            rows = connection.execute(sql, (json.dumps(wanted),))
            found = {number: DueRow(**dict(zip(names, cells, strict=True))) for number, *cells in rows}
        return [found.get(number) for number in wanted]

    def counts(self, wanted: DueFilter) -> dict[str, int]:
        """Return how many of each task are due."""
        where, values = _conditions(wanted)
        with self._ledger.reading() as connection:
            return dict(connection.execute(f"SELECT d.task, count(*) FROM {_ROWS}{where} GROUP BY d.task", values))

    def forms_in(self, case_file: str, forms: Iterable[str]) -> list[str]:
        """Return those of some forms of which a case file has, or ever had, a record.

        What stands in a file that was ever joined with it counts: on the days of which they were one it was read here.
        """
        with self._ledger.reading() as connection:
            files = json.dumps(sorted(joined_cases.ever_with(self._ledger, case_file)))
            ever = "SELECT EXISTS (SELECT 1 FROM {} WHERE _case_file IN (SELECT value FROM json_each(?)))"
            tables = {form: ever.format(TABLES[form].name) for form in forms}
            return [form for form, sql in tables.items() if connection.execute(sql, (files,)).fetchone()[0]]

    def contacts_between(self, case_file: str, since: str, until: str) -> tuple[int, int]:
        """Return how many contacts and how many attempts there were after a day, up to and with another (ISO)."""
        sql = (
            "SELECT count(*), coalesce(sum(kind = 'contact_attempt' OR coalesce(reached, 1) = 0), 0) FROM form_contact"
            " WHERE _case_file = ? AND NOT _deleted AND _own_date >= ? AND _own_date < ?"
        )
        with self._ledger.reading() as connection:
            first = joined_cases.read_under(self._ledger, case_file)
            every, attempts = connection.execute(sql, (first, f"{since}U", f"{until}U")).fetchone()
        return every - attempts, attempts

    def recorded(self, form: str, fields: Sequence[str], without: Iterable[str]) -> list[Recorded]:
        """Return how often each of some questions of one form is answered, by prison.

        Args:
            form: The form's name.
            fields: Its questions.
            without: None of these case files.
        """
        known = ", ".join(f'count(f."{field}"), {_states_of(field)}' for field in fields)
        sql = (
            f"SELECT c.prison, count(*), {known} FROM {TABLES[form].name} f JOIN caseload c ON c.case_file ="
            f" f._case_file WHERE NOT f._deleted{_expected_of(form)}"
            " AND c.case_file NOT IN (SELECT value FROM json_each(?))"
            " GROUP BY c.prison ORDER BY c.prison"
        )
        with self._ledger.reading() as connection:
            rows = connection.execute(sql, (json.dumps(list(without)),)).fetchall()
        return [one for row in rows for one in _recorded(form, fields, row)]

    def forms_recorded(self, without: Iterable[str]) -> list[Recorded]:
        """Return how many case files have the forms that are expected of them, by prison; none of those `without`."""
        with self._ledger.reading() as connection:
            return expected_forms.recorded(connection, without)

    def without_form(self, form: str, prison: str, without: Iterable[str]) -> Iterator[OpenAnswer]:
        """Yield the case files of one prison that are expected to have a form and have no record of it, by name."""
        with self._ledger.reading() as connection:
            found = list(expected_forms.missing_in(connection, form, prison, without))
        for case_file in found:
            yield OpenAnswer(case_file, "", not_known=False)

    def without_answer(self, form: str, field: str, prison: str, without: Iterable[str]) -> Iterator[OpenAnswer]:
        """Yield the records of one prison in which a question is not known or not answered, by the mother's name."""
        sql = (
            f"SELECT f._case_file, f._id, f._states FROM {TABLES[form].name} f JOIN caseload c ON c.case_file ="
            f' f._case_file WHERE NOT f._deleted{_expected_of(form)} AND f."{field}" IS NULL AND c.prison = ?'
            " AND c.case_file NOT IN (SELECT value FROM json_each(?)) ORDER BY c.name, f._id"
        )
        with self._ledger.reading() as connection:
            rows = connection.execute(sql, (prison, json.dumps(list(without)))).fetchall()
        for case_file, record_id, states in rows:
            yield OpenAnswer(case_file, record_id, field in (json.loads(states) if states else {}))


def _expected_of(form: str) -> str:
    """Return the condition that leaves out records that are not expected to be whole, or beside which another counts.

    Which one counts of a form that a case file has once: see `casework.same_woman.what_counts`.
    """
    if not TABLES[form].form.repeated:
        other = f"SELECT 1 FROM {TABLES[form].name} o WHERE o._case_file = f._case_file AND NOT o._deleted"
        first = "(o._stream <> o._case_file, o._stream) < (f._stream <> f._case_file, f._stream)"
        return f" AND NOT EXISTS ({other} AND {first})"
    if form not in ONLY_OF:
        return ""
    field, codes = ONLY_OF[form]
    listed = ", ".join(f"'{code}'" for code in codes)
    return f' AND (f."{field}" IS NULL OR f."{field}" IN ({listed}))'


def _states_of(field: str) -> str:
    """Return the sum of the records in which a question was asked, and has no value."""
    return f"coalesce(sum(json_type(f._states, '$.{field}') IS NOT NULL), 0)"


def _recorded(form: str, fields: Sequence[str], row: Sequence[Any]) -> Iterator[Recorded]:
    prison, records, *counted = row
    for place, field in enumerate(fields):
        answered, not_known = counted[2 * place : 2 * place + 2]
        yield Recorded(prison=prison, form=form, field=field, records=records, answered=answered, not_known=not_known)


def _conditions(wanted: DueFilter) -> tuple[str, list[str]]:
    conditions, values = list[str](), list[str]()
    if wanted.tasks:
        conditions.append("d.task IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(wanted.tasks))
    if wanted.prison:
        conditions.append("c.prison = ?")
        values.append(wanted.prison)
    if wanted.by:
        conditions.append("d.by_day <= ?")
        values.append(wanted.by)
    if wanted.without:
        conditions.append("c.case_file NOT IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(wanted.without))
    return (f" WHERE {' AND '.join(conditions)}" if conditions else ""), values
