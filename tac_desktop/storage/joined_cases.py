"""Which case files are read under another one, since both are of one woman: kept beside the projection."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from tac_desktop.casework import same_woman
from tac_desktop.casework.record import Record
from tac_desktop.casework.same_woman import FORM, in_force
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.form_tables import TABLES, FormTable
from tac_desktop.storage.ledger import Ledger

DECIDING = frozenset({FORM, "mother"})
"""The forms a change of which may change what is read under what."""


def is_spoken_of(ledger: Ledger) -> bool:
    """Say whether it was ever said of two case files that they are of one woman: mostly not."""
    sql = f"SELECT EXISTS (SELECT 1 FROM {TABLES[FORM].name}) OR EXISTS (SELECT 1 FROM joined_case)"
    return bool(ledger.connection.execute(sql).fetchone()[0])


def any_joined(connection: Connection) -> bool:
    """Say whether any case file is read under another one."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM joined_case)").fetchone()[0])


def known(ledger: Ledger) -> dict[str, str]:
    """Return for each case file that is read under another one that other one."""
    return dict(ledger.connection.execute("SELECT stream, case_file FROM joined_case"))


def read_under(ledger: Ledger, case_file: str) -> str:
    """Return the case file under which one is read: mostly itself."""
    row = ledger.connection.execute("SELECT case_file FROM joined_case WHERE stream = ?", (case_file,)).fetchone()
    return row[0] if row else case_file


def reckoned(ledger: Ledger, said: Iterable[Record]) -> dict[str, str]:
    """Return what `known` must return by records of the form `same_woman`."""
    edges = [(one.case_file, one.first) for one in in_force(said)]
    return same_woman.read_under(edges, _here(ledger, {one for edge in edges for one in edge})) if edges else {}


def _here(ledger: Ledger, case_files: Collection[str]) -> set[str]:
    """Return those of these case files whose mother is known here."""
    sql = (
        "SELECT sid FROM stream CROSS JOIN entity ON entity.s = stream.s AND uuid = sid AND form = 'mother'"
        f" CROSS JOIN {TABLES['mother'].name} ON _eid = eid"
        " WHERE NOT _deleted AND sid IN (SELECT value FROM json_each(?))"
    )
    return {one for (one,) in ledger.connection.execute(sql, (json.dumps(sorted(case_files)),))}


def renew(ledger: Ledger) -> set[str]:
    """Note anew what is read under what; return the case files that are read under another one than before."""
    before, now = known(ledger), reckoned(ledger, said(ledger))
    changed = {one for one in before.keys() | now.keys() if before.get(one) != now.get(one)}
    if changed:
        ledger.connection.execute("DELETE FROM joined_case")
        ledger.connection.executemany("INSERT INTO joined_case VALUES (?, ?)", sorted(now.items()))
    return changed


def said(ledger: Ledger) -> list[Record]:
    """Return all that was said of two case files, also what was taken back."""
    table = TABLES[FORM]
    return [table.record(row) for row in ledger.connection.execute(f"{table.select_sql} WHERE NOT _deleted")]


def records_in(ledger: Ledger, case_files: Collection[str]) -> set[int]:
    """Return the records that lie in the streams of these case files, and those kept elsewhere about their mothers."""
    asked = json.dumps(sorted(case_files))
    sql = "SELECT eid FROM entity JOIN stream USING (s) WHERE sid IN (SELECT value FROM json_each(?))"
    found = {eid for (eid,) in ledger.connection.execute(sql, (asked,))}
    for table in TABLES.values():
        for field in table.mothers:
            where = f'"{field}" IN (SELECT value FROM json_each(?))'
            rows = ledger.connection.execute(f"SELECT _eid FROM {table.name} WHERE {where}", (asked,))
            found.update(eid for (eid,) in rows)
    return found


def with_case_file(table: FormTable, record: Record, joined: Mapping[str, str]) -> Record:
    """Return a record in the case file under which it is read if these are joined."""
    own = table.case_file(record.stream, record.answers)
    return replace(record, case_file=joined.get(own, own))


class JoinedCases:
    """What is read under what, over a store's connection; see `Store`."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the store's ledger."""
        self._ledger = ledger

    def known(self) -> Mapping[str, str]:
        """Return for each case file that is read under another one that other one."""
        with self._ledger.reading():
            return known(self._ledger)

    def read_under(self, case_file: str) -> str:
        """Return the case file under which one is read: mostly itself."""
        with self._ledger.reading():
            return read_under(self._ledger, case_file)

    def streams_of(self, case_file: str) -> tuple[str, ...]:
        """Return the streams of a case file: its own first, then those of the ones that are read under it."""
        return same_woman.streams_of(case_file, self.known())

    def beside(self, case_file: str) -> list[Record]:
        """Return the records that do not count in a case file, since the first one of the same form does."""
        with self._ledger.reading():
            first = read_under(self._ledger, case_file)
            once = [table for table in TABLES.values() if table.form.keeping == "case" and not table.form.repeated]
            where = " WHERE NOT _deleted AND _case_file = ?"
            found = {table.form.name: self._rows(table, where, (first,)) for table in once}
        return [one for form, records in found.items() for one in same_woman.beside(form, records)]

    def apart(self, form: str) -> list[Record]:
        """Return all records of a form as if no case files were joined, the oldest own date first."""
        table = TABLES[form]
        with self._ledger.reading():
            found = self._rows(table, " WHERE NOT _deleted ORDER BY _own_date, _id", ())
        return [with_case_file(table, one, {}) for one in found]

    def _rows(self, table: FormTable, where: str, values: tuple[str, ...]) -> list[Record]:
        return [table.record(row) for row in self._ledger.connection.execute(f"{table.select_sql}{where}", values)]
