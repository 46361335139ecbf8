"""Which case files are restricted, remembered until anything is written: every look at a case asks for it."""

from collections.abc import Mapping

from tac_desktop.casework.restriction import FORM, Restriction, in_force
from tac_desktop.storage import joined_cases, reading
from tac_desktop.storage.ledger import Ledger


class RestrictedCases:
    """The restrictions in force, as far as they are known through one connection."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the connection's ledger; nothing is read yet."""
        self._ledger = ledger
        self._state = (-1, -1)
        self._known: Mapping[str, Restriction] = {}

    def known(self) -> Mapping[str, Restriction]:
        """Return the restrictions in force by case file; read anew after anything was written, here or elsewhere.

        What is read under a restricted case file is restricted by its own id, too, by which somebody may ask for it.
        """
        connection = self._ledger.connection
        version: int = connection.execute("PRAGMA data_version").fetchone()[0]
        state = (version, connection.total_changes)
        if state != self._state:
            found = in_force(reading.records(self._ledger, FORM, None, None))
            joined = joined_cases.known(self._ledger)
            self._known = found | {one: found[first] for one, first in joined.items() if first in found}
            self._state = state
        return self._known
