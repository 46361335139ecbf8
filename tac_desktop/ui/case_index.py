"""What stands where among the records that were read of a case file, and what is due: looked through once."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from tac_desktop.actions.comments import Comment
from tac_desktop.casework.dues import dues
from tac_desktop.casework.dues.due import Due
from tac_desktop.casework.record import Record


class CaseIndex:
    """The records by their ids, and what was said about each. It holds until something else is read."""

    def __init__(
        self,
        records: Mapping[str, Sequence[Record]],
        shown_as: Callable[[str], str],
        comments: Callable[[], Sequence[Comment]],
        seals: Callable[[], Sequence[Record]],
    ) -> None:
        """Take the records by form, under which id a record is shown, and what reads the comments and the seals."""
        self._records, self._shown_as, self._comments, self._seals = records, shown_as, comments, seals

    def place(self, record_id: str) -> tuple[str, Record] | None:
        """Return form and record of an id, None where it is not here."""
        return self._places.get(record_id)

    def comments_on(self, record_id: str) -> Sequence[Comment]:
        """Return the comments on what is shown under an id, the oldest first."""
        return self._about.get(record_id, ())

    def is_sealed(self, record_id: str) -> bool:
        """Say whether anybody sealed what is shown under an id."""
        return record_id in self._sealed

    @cached_property
    def dues(self) -> Sequence[Due]:
        """What is due for the case file, the earliest first."""
        return dues(self._records)

    @cached_property
    def _places(self) -> Mapping[str, tuple[str, Record]]:
        found: dict[str, tuple[str, Record]] = {}
        for form, records in self._records.items():
            for record in records:
                found.setdefault(record.id, (form, record))
        return found

    @cached_property
    def _about(self) -> Mapping[str, Sequence[Comment]]:
        found: dict[str, list[Comment]] = {}
        for one in self._comments():
            found.setdefault(self._shown_as(one.record_id), []).append(one)
        return found

    @cached_property
    def _sealed(self) -> frozenset[str]:
        return frozenset(self._shown_as(seal.text("record")) for seal in self._seals())
