"""Finds what stands in no list of a form: entries of the directory, and the case files of the vault."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tac_desktop.casework.directory import ENTRIES, entry_of
from tac_desktop.casework.wording import NOT_KNOWN

if TYPE_CHECKING:
    from collections.abc import Callable

    from tac_desktop.actions.vaults import Store
    from tac_desktop.casework.caseload import CaseloadRow
    from tac_desktop.casework.people import Person
    from tac_desktop.casework.record import Record

MOST_OFFERED = 12


class StoreFinder:
    """Finds by the window's own store, as one types."""

    def __init__(self, store: "Store", person: "Person", today: "Callable[[], str]") -> None:
        """Take the store, who is at work, and what tells today's ISO date."""
        self._store, self._person, self._today = store, person, today

    def finds(self, form: str) -> bool:
        """Say whether records of a form are looked up by what is typed."""
        return form in (*ENTRIES, "mother")

    def offered(self, form: str, typed: str) -> Sequence[tuple[str, str]]:
        """Return the first records of a form that fit what was typed, as (id, words)."""
        from tac_desktop.actions import caseload, directory

        if form != "mother":
            return [(one.record_id, one.in_words) for one in directory.offered(self._store, form, typed)]
        found = caseload.numbers(self._store, self._person, self._today(), "all", order="name", typed=typed)
        return [(row.case_file, _case_in_words(row)) for row in caseload.page(self._store, found[:MOST_OFFERED])]

    def words(self, form: str, record_id: str) -> str:
        """Return the words for a record, '' where it is not here or is closed to the person."""
        from tac_desktop.actions import caseload, directory

        if form != "mother":
            found = directory.entry(self._store, record_id)
            return entry_of(found).in_words if found else ""
        row = caseload.row_of(self._store, record_id)
        return _case_in_words(row) if row else ""

    def record(self, record_id: str) -> "Record | None":
        """Return an entry of the directory, None where it is not here."""
        from tac_desktop.actions import directory

        return directory.entry(self._store, record_id)


def _case_in_words(row: "CaseloadRow") -> str:
    return " · ".join(part for part in (row.name or NOT_KNOWN, row.reference) if part)
