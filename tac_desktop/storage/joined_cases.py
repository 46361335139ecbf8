"""Which case files are read under another one, since both are of one woman: kept beside the projection."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tac_desktop.casework import same_woman
from tac_desktop.casework.journal import decode_sem
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


def ever_with(ledger: Ledger, case_file: str) -> set[str]:
    """Return a case file with all of which it was ever said that two are of one woman, where it was said of this."""
    said_of = ledger.connection.execute(f'SELECT _stream, "first" FROM {TABLES[FORM].name}').fetchall()
    spoken = {one for pair in said_of for one in pair if one}
    return spoken if case_file in spoken else {case_file}


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
    """Note anew what is read under what; return the case files that this concerns: none if all is as before."""
    before, now = known(ledger), reckoned(ledger, said(ledger))
    moved = {one for one in before.keys() | now.keys() if before.get(one) != now.get(one)}
    if moved:
        ledger.connection.execute("DELETE FROM joined_case")
        ledger.connection.executemany("INSERT INTO joined_case VALUES (?, ?)", sorted(now.items()))
    return {under for one in moved for under in (one, before.get(one, one), now.get(one, one))}


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


@dataclass(frozen=True, kw_only=True)
class KnownBy:
    """By what the woman of a case file is known: now, before, and in each case file that is read as one with it."""

    case_file: str
    names: frozenset[str]
    """Of each kind: her name, what she likes to be called, other names (several in one text), and what stood before."""
    numbers: frozenset[str]
    births: frozenset[str]
    """ISO dates."""


_NAMES, _NUMBERS, _BIRTHS = ("name", "known_as", "aliases"), ("prison_number",), ("date_of_birth",)
_ASKED = (*_NAMES, *_NUMBERS, *_BIRTHS)


def known_by(ledger: Ledger) -> list[KnownBy]:
    """Return by what each woman is known, in the order of their case files' ids."""
    table = TABLES["mother"].name
    found: dict[str, dict[str, set[str]]] = {}
    numbers: dict[int, str] = {}
    sql = f"SELECT _eid, _case_file, {', '.join(_ASKED)} FROM {table} WHERE NOT _deleted ORDER BY _case_file"
    for eid, case_file, *cells in ledger.connection.execute(sql):
        numbers[eid] = case_file
        hers = found.setdefault(case_file, {name: set() for name in _ASKED})
        for name, cell in zip(_ASKED, cells, strict=True):
            if cell:
                hers[name].add(cell)
    for eid, name, value in _written_before(ledger):
        if eid in numbers:
            found[numbers[eid]][name].add(value)
    return [
        KnownBy(
            case_file=case_file, names=frozenset[str]().union(*(hers[name] for name in _NAMES)),
            numbers=frozenset(hers[_NUMBERS[0]]), births=frozenset(hers[_BIRTHS[0]]),
        )
        for case_file, hers in found.items()
    ]  # fmt: skip


def _written_before(ledger: Ledger) -> Iterator[tuple[int, str, str]]:
    """Yield record, question and answer of each entry of a mother's record that was written more than once."""
    several = (
        "SELECT eid FROM entity CROSS JOIN journal USING (eid) WHERE form = 'mother' GROUP BY eid HAVING count(*) > 1"
    )
    sql = f"SELECT journal.eid, sem, payload FROM ({several}) CROSS JOIN journal USING (eid) JOIN content USING (j)"
    for eid, sem, payload in ledger.connection.execute(sql):
        for name, value in zip(decode_sem(sem.encode()).fields, json.loads(payload), strict=False):
            if name in _ASKED and isinstance(value, str) and value:
                yield eid, name, value


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

    def known_by(self) -> list[KnownBy]:
        """Return by what each woman is known, also before, in the order of their case files' ids."""
        with self._ledger.reading():
            return known_by(self._ledger)

    def apart(self, form: str) -> list[Record]:
        """Return all records of a form as if no case files were joined, the oldest own date first."""
        table = TABLES[form]
        with self._ledger.reading():
            found = self._rows(table, " WHERE NOT _deleted ORDER BY _own_date, _id", ())
        return [with_case_file(table, one, {}) for one in found]

    def _rows(self, table: FormTable, where: str, values: tuple[str, ...]) -> list[Record]:
        return [table.record(row) for row in self._ledger.connection.execute(f"{table.select_sql}{where}", values)]
