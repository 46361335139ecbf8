"""What was written since an entry of the journal, so that a full case file need not be read whole after each save."""

import json
from bisect import insort
from collections.abc import Collection, Mapping

from tac_desktop.casework.record import Record
from tac_desktop.casework.same_woman import FORM as SAME_WOMAN
from tac_desktop.storage import joined_cases, reading, sameness
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.ledger import Ledger


class ReadAgain:
    """Reads only what was written since; the rest stays as it was read."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the store's ledger."""
        self._ledger = ledger

    def written(self, entry: int) -> tuple[int, Mapping[str, Collection[int]] | None]:
        """Return the number of the journal's latest entry, and by form the records that were written after another one.

        None in place of those where everything is to be read: where records were ever said to be one, what is written
        in one of them changes others, and so it does where case files are read under another one from now on, or no
        more.

        Args:
            entry: The number of that other entry, 0 where nothing was read yet.
        """
        sql = "SELECT DISTINCT form, eid FROM journal CROSS JOIN entity USING (eid) WHERE j > ?"
        found: dict[str, list[int]] = {}
        with self._ledger.reading() as connection:
            latest = connection.execute("SELECT coalesce(max(j), 0) FROM journal").fetchone()[0]
            for form, eid in connection.execute(sql, (entry,)) if entry else ():
                found.setdefault(form, []).append(eid)
            anew = SAME_WOMAN in found or ("mother" in found and joined_cases.is_spoken_of(self._ledger))
            return latest, None if not entry or anew or sameness.is_spoken_of(self._ledger) else found

    def records(self, form: str, case_file: str, before: list[Record], written: Collection[int]) -> list[Record]:
        """Return the records of a form in a case file as `Store.records` does, from those that it returned before.

        Args:
            form: The form.
            case_file: The case file.
            before: What was returned before; it stays as it is.
            written: The numbers of the form's records that were written since, in whatever case file; as `written` says
                that they may be read alone.
        """
        if not written:
            return before
        table, asked = TABLES[form], json.dumps(sorted(written))
        theirs = "SELECT uuid, sid FROM entity JOIN stream USING (s) WHERE eid IN (SELECT value FROM json_each(?))"
        now = f"{table.select_sql} WHERE _eid IN (SELECT value FROM json_each(?)) AND NOT _deleted AND _case_file = ?"
        with self._ledger.reading() as connection:
            if joined_cases.any_joined(connection):  # of a form of which a case file has one, another one may count now
                return reading.records(self._ledger, form, case_file, None)
            gone = set(connection.execute(theirs, (asked,)))
            found = [one for one in before if (one.id, one.stream) not in gone]
            for row in connection.execute(now, (asked, case_file)):
                insort(found, table.record(row), key=table.place)
        return found
