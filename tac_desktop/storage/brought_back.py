"""That a vault was brought back from a backup: of when that is, and who has been told of it."""

import json

from tac_desktop.storage.binding import Connection
from tac_desktop.storage.bundle_notes import mark_for_exchange
from tac_desktop.storage.ledger import Ledger
from tac_desktop.storage.people import put_meta

_MADE = "copy_made"
"""The note by which a backup tells when it was made."""
_TOLD = "copy_told"
"""The note in a vault that was brought back and opened since: the ids of those who know it, as a JSON array."""


def mark_as_copy(connection: Connection, at: str) -> None:
    """Let a copy know, within a transaction, what it is: brought back, it may hold less than others believe.

    Args:
        connection: to the copy.
        at: when it was made (ISO), '' where nobody says.
    """
    mark_for_exchange(connection)
    put_meta(connection, _MADE, at)
    connection.execute("DELETE FROM meta WHERE name = ?", (_TOLD,))


class BroughtBack:
    """Reads and writes what a vault knows of its having been brought back, over a store's connection."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the store's ledger."""
        self._ledger = ledger

    def made(self) -> str | None:
        """Return when the backup was made from which the vault came (ISO, '' if unknown); None if it came from none."""
        return self._note(_MADE)

    def was_opened(self) -> bool:
        """Say whether the vault was opened since it was brought back."""
        return self._note(_TOLD) is not None

    def told(self) -> tuple[str, ...]:
        """Return the ids of the people who have been told."""
        return tuple(json.loads(self._note(_TOLD) or "[]"))

    def note_told(self, *person_ids: str) -> None:
        """Note that the vault is open, and that these people have been told."""
        with self._ledger.writing() as connection:
            told = dict.fromkeys((*self.told(), *person_ids))
            put_meta(connection, _TOLD, json.dumps(list(told)))

    def _note(self, name: str) -> str | None:
        with self._ledger.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])
