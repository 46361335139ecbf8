"""What waits for an answer in all case files, found by indexes: the contact log itself is far too long to go through.

Those indexes hold the contacts alone in which something was asked, and the ties of what was logged with several women.
"""

import json
from typing import Final

from tac_desktop.casework.dues.escalation import TIE
from tac_desktop.casework.record import Record
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.ledger import Ledger

WAITS: Final = "waiting_for IS NOT NULL AND answered_on IS NULL AND coalesce(followed_up, 0) = 0"
"""What `dues.escalation.is_open` says of a contact, as a condition."""
_ASKED: Final = "waiting_for IS NOT NULL"


def prepare(connection: Connection) -> None:
    """Make the indexes, after the tables of contacts and ties were made."""
    for name, columns, condition in (
        ("contact_waits", "form_contact (_case_file)", WAITS),
        ("contact_asked", "form_contact (_own_date)", _ASKED),
        ("contact_event", f"form_{TIE} (event)", "event IS NOT NULL"),
    ):
        connection.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns} WHERE {condition}")


def going_back(of_case_files: str) -> str:
    """Return the condition on contacts that ask again or bring an answer, of the case files in the JSON of `?`."""
    return (
        f"{of_case_files} AND _eid IN (SELECT eid FROM entity JOIN form_{TIE} t ON t.contact = entity.uuid"
        " WHERE t._case_file IN (SELECT value FROM json_each(?)) AND NOT t._deleted)"
    )


class Awaited:
    """The contacts in which something was asked, with those that go back to them, and what ties them."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger of an open store."""
        self._ledger = ledger

    def open_now(self) -> tuple[list[Record], list[Record]]:
        """Return all contacts that wait for an answer, with those that ask again, and the ties, of all case files."""
        return self._with_those_that_go_back(WAITS, ())

    def asked_since(self, day: str) -> tuple[list[Record], list[Record]]:
        """Return the same of everything that was asked from a day (ISO) on, answered or not."""
        return self._with_those_that_go_back(f"{_ASKED} AND _own_date >= ?", (day,))

    def logged_with(self, contact: str) -> list[Record]:
        """Return the ties of all contacts that were logged together with one, its own among them."""
        sql = (
            f"WHERE event IN (SELECT event FROM form_{TIE} WHERE contact = ? AND event IS NOT NULL AND NOT _deleted)"
            " AND NOT _deleted ORDER BY _case_file"
        )
        return self._records(TIE, sql, (contact,))

    def _with_those_that_go_back(self, condition: str, values: tuple[str, ...]) -> tuple[list[Record], list[Record]]:
        with self._ledger.reading():
            asked = self._records("contact", f"WHERE {condition} AND NOT _deleted ORDER BY _own_date", values)
            ids = json.dumps([record.id for record in asked])
            ties = self._records(
                TIE, "WHERE goes_back_to IN (SELECT value FROM json_each(?)) AND NOT _deleted ORDER BY _id", (ids,)
            )
            later = json.dumps([tie.text("contact") for tie in ties])
            again = self._records(
                "contact",
                "WHERE NOT _deleted"
                " AND _eid IN (SELECT eid FROM entity WHERE uuid IN (SELECT value FROM json_each(?)))",
                (later,),
            )
        known = {record.id: record for record in (*asked, *again)}
        return list(known.values()), ties

    def _records(self, form: str, rest: str, values: tuple[str, ...]) -> list[Record]:
        table = TABLES[form]
        return [table.record(row) for row in self._ledger.connection.execute(f"{table.select_sql} {rest}", values)]
