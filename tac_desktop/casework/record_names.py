"""What a record is called where another one names it."""

from collections.abc import Callable

from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import Named, record_in_words


def called(record: Record, find: Callable[[str], Record | None]) -> str:
    """Return the first words for a record; where they are another record's, those: an agreement is called by its child.

    Args:
        record: The record that is named.
        find: Gives the record with an id, None where it is not there.
    """

    def other(record_id: str) -> str:
        found = find(record_id)
        return _first_words(found, lambda _: "") if found else ""

    return _first_words(record, other)


def _first_words(record: Record, named: Named) -> str:
    return record_in_words(ALL[record.form], record, named).split(" · ")[0]
