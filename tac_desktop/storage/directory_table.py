"""The directory as a table: the numbers of thousands of entries by name, and the entries that come into view."""

import json
from array import array
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from tac_desktop.casework.directory import AGENCY, PROFESSIONAL, DirectoryEntry, Word, entry_of
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.ledger import Ledger, in_one_row

_INDEXES: Final = {
    PROFESSIONAL: "name COLLATE NOCASE, role, team, local_authority, to_date, phone",
    AGENCY: "name COLLATE NOCASE, kind, local_authority, closed_on, phone",
}
_LISTS: Final = {
    PROFESSIONAL: {"role": "professional_role", "team": "sw_team_type", "local_authority": "local_authority"},
    AGENCY: {"kind": "agency_kind", "local_authority": "local_authority"},
}
"""The code lists of the columns by whose words an entry is found."""
_LEFT: Final = {PROFESSIONAL: "to_date", AGENCY: "closed_on"}


def prepare(connection: Connection) -> None:
    """Make the indexes by which entries are listed and found, after their tables were made."""
    for form, columns in _INDEXES.items():
        connection.execute(f"CREATE INDEX IF NOT EXISTS directory_{form} ON form_{form} ({columns}) WHERE NOT _deleted")


class DirectoryTable:
    """Reads the directory over a store's connection; see `Store`."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the store's ledger."""
        self._ledger = ledger

    def numbers(
        self, forms: Collection[str], words: Sequence[Word] = (), *, left: bool = True, most: int = -1
    ) -> "array[int]":
        """Return the numbers of the entries that are wanted, by name.

        Args:
            forms: Professionals, agencies, or both.
            words: What has to stand in each.
            left: Whether those are wanted, too, that are not there any more.
            most: At most so many; all where it is negative.
        """
        with self._ledger.reading() as connection:
            questions, values = list[str](), list[str | int]()
            for form in sorted(forms):
                condition, several = _condition(form, words, left=left)
                questions.append(f"SELECT _eid AS eid, name FROM form_{form} WHERE NOT _deleted{condition}")
                values += several
            sql = f"{' UNION ALL '.join(questions)} ORDER BY name COLLATE NOCASE LIMIT ?"
            return in_one_row(connection, sql, [*values, most])

    def known_as(self, forms: Collection[str]) -> list[tuple[int, str, str, str]]:
        """Return number, form, name and e-mail address of the entries of these forms that have not left."""
        with self._ledger.reading() as connection:
            found: list[tuple[int, str, str, str]] = []
            for form in sorted(forms):
                sql = (
                    "SELECT json_group_array(json_array(_eid, coalesce(name, ''), coalesce(email, '')))"
                    f" FROM form_{form} WHERE NOT _deleted AND {_LEFT[form]} IS NULL"
                )
                rows = json.loads(connection.execute(sql).fetchone()[0])
                found += [(number, form, name, email) for number, name, email in rows]
            return found

    def page(self, numbers: Iterable[int]) -> list[DirectoryEntry]:
        """Return the entries with these numbers, in their order; one that is gone meanwhile is left out."""
        wanted, found = list(numbers), dict[int, DirectoryEntry]()
        asked = json.dumps(wanted)
        with self._ledger.reading() as connection:
            for form in _INDEXES:
                table = TABLES[form]
                sql = f"{table.select_sql} WHERE NOT _deleted AND _eid IN (SELECT value FROM json_each(?))"
                for row in connection.execute(sql, (asked,)):
                    found[row[0]] = entry_of(table.record(row), row[0])
        return [found[number] for number in wanted if number in found]


def _condition(form: str, words: Sequence[Word], *, left: bool) -> tuple[str, list[str | int]]:
    condition, values = "" if left else f" AND {_LEFT[form]} IS NULL", list[str | int]()
    for word in words:
        either = ["_eid IN (SELECT rowid & 4294967295 FROM name_index WHERE words MATCH ?)"]
        values.append(f'"{word.text}"*')
        for column, name in _LISTS[form].items():
            if codes := [code.partition("/")[2] for code in word.codes if code.startswith(f"{name}/")]:
                either.append(f"{column} IN (SELECT value FROM json_each(?))")
                values.append(json.dumps(codes))
        if word.digits:
            either.append("replace(phone, ' ', '') LIKE ?")
            values.append(f"%{word.digits}%")
        condition += f" AND ({' OR '.join(either)})"
    return condition, values
