"""Questions about many case files at once: their records of one form, who works with them, when contact began."""

import json
from collections.abc import Collection, Mapping
from typing import Final

from tac_desktop.casework.fields import Links
from tac_desktop.casework.record import Record
from tac_desktop.casework.same_woman import what_counts
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.joined_cases import any_joined, read_under
from tac_desktop.storage.ledger import Ledger

_IN: Final = "_case_file IN (SELECT value FROM json_each(?))"
WORKS: Final = (
    "NOT _deleted AND name IS NOT NULL AND ? || '!' BETWEEN coalesce(from_date, '') AND coalesce(to_date, '9999')"
)
"""That who is named works with the mother on a day (ISO), as a condition: from her first day, and no more on the last,
on which another one takes over. Between a day and the next lies the day with a mark behind it."""
_WITH_A_CHILD: Final = (
    "NOT _deleted AND _own_date IS NOT NULL AND coalesce(reached, 1) AND coalesce(happened, 1)"
    """ AND (coalesce(child_contact, 'none') <> 'none' OR instr(coalesce(with_whom, ''), '"child"'))"""
)
"""What makes an entry of the contact log one of contact with a child that took place, as a condition."""


def prepare(connection: Connection) -> None:
    """Make the indexes over contact with children and over the days of hearings, after their tables were made."""
    for name, on in (
        ("contact_with_child", f"form_contact (_case_file, _own_date) WHERE {_WITH_A_CHILD}"),
        ("hearing_day", "form_hearing (_own_date) WHERE NOT _deleted"),
    ):
        connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {on}")


class AcrossCases:
    """Reads what concerns several case files, each question in one statement."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the vault's ledger."""
        self._ledger = ledger

    def records(self, form: str, case_files: Collection[str]) -> list[Record]:
        """Return the records of a form that count in these case files, the oldest own date first."""
        table = TABLES[form]
        sql = f"{table.select_sql} WHERE {_IN} AND NOT _deleted ORDER BY _own_date, _id"
        with self._ledger.reading() as connection:
            found = [table.record(row) for row in connection.execute(sql, (json.dumps(sorted(case_files)),))]
            return what_counts(form, found, table.form.own_date) if any_joined(connection) else found

    def count(self, form: str, case_file: str) -> int:
        """Return how many records of a form are read in a case file."""
        sql = f"SELECT count(*) FROM {TABLES[form].name} WHERE _case_file = ? AND NOT _deleted"
        with self._ledger.reading() as connection:
            return connection.execute(sql, (read_under(self._ledger, case_file),)).fetchone()[0]

    def contact_with_children(self, case_files: Collection[str]) -> list[Record]:
        """Return the entries of the contact log that tell of contact between a child and the mother."""
        table = TABLES["contact"]
        sql = f"{table.select_sql} WHERE {_IN} AND NOT _deleted AND child_contact IS NOT NULL"
        with self._ledger.reading() as connection:
            return [table.record(row) for row in connection.execute(sql, (json.dumps(sorted(case_files)),))]

    def workers(self, today: str, case_files: Collection[str]) -> Mapping[str, str]:
        """Return the names of who works with these case files on a day, by case file; of several all, by name."""
        sql = f"SELECT _case_file, name FROM form_case_worker WHERE {WORKS} AND {_IN} ORDER BY name COLLATE NOCASE"
        found: dict[str, list[str]] = {}
        with self._ledger.reading() as connection:
            for case_file, name in connection.execute(sql, (today, json.dumps(sorted(case_files)))):
                found.setdefault(case_file, []).append(name)
        return {case_file: ", ".join(dict.fromkeys(names)) for case_file, names in found.items()}

    def all_workers(self, today: str) -> Mapping[str, frozenset[str]]:
        """Return the case files of everybody who works with any on a day, by name, in the order of the names."""
        sql = f"SELECT name, _case_file FROM form_case_worker WHERE {WORKS} ORDER BY name COLLATE NOCASE"
        spelled: dict[str, str] = {}
        found: dict[str, set[str]] = {}
        with self._ledger.reading() as connection:
            for name, case_file in connection.execute(sql, (today,)):
                found.setdefault(spelled.setdefault(name.strip().casefold(), name.strip()), set()).add(case_file)
        return {name: frozenset(case_files) for name, case_files in found.items()}

    def first_contacts_with_children(self) -> Mapping[str, str]:
        """Return by case file the ISO day of the first contact with a child that is logged and took place."""
        first = "SELECT _case_file, min(substr(_own_date, 1, 10)) FROM form_contact"
        with self._ledger.reading() as connection:
            rows = connection.execute(f"{first} WHERE {_WITH_A_CHILD} GROUP BY _case_file")
            return {case_file: day for case_file, day in rows if day}

    def naming(self, form: str, question: str, record_id: str) -> list[Record]:
        """Return the records of a form whose answer to a question names a record, the oldest own date first."""
        table = TABLES[form]
        several = isinstance(table.form.by_name[question], Links)
        named = f'EXISTS (SELECT 1 FROM json_each("{question}") WHERE value = ?)' if several else f'"{question}" = ?'
        sql = f"{table.select_sql} WHERE {named} AND NOT _deleted ORDER BY _own_date, _id"
        with self._ledger.reading() as connection:
            return [table.record(row) for row in connection.execute(sql, (record_id,))]

    def hearings_between(self, first: str, last: str) -> list[Record]:
        """Return the hearings from one day to another (ISO, both included), the earliest first."""
        table = TABLES["hearing"]
        sql = (
            f"{table.select_sql} WHERE NOT _deleted AND _own_date >= ? AND _own_date < ? || 'U' ORDER BY _own_date, _id"
        )
        with self._ledger.reading() as connection:
            return [table.record(row) for row in connection.execute(sql, (first, last))]
