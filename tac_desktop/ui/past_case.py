"""The door to a case file as it was known on an earlier day: all that is read or said is of that day, nothing written.

Where something is not kept by days it is not told, or it is said in words that it is not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from tac_desktop.actions import reading
from tac_desktop.actions.duplicates import is_joined
from tac_desktop.actions.reading import AnswerChange
from tac_desktop.casework.directory import entry_of
from tac_desktop.casework.sealing import FORM as SEAL
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.finding import StoreFinder
from tac_desktop.ui.record_list import RecordLine
from tac_desktop.ui.remarks import with_remarks

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Store
    from tac_desktop.casework.people import Person
    from tac_desktop.casework.record import Record
    from tac_desktop.ui.means import Means


class PastFinder(StoreFinder):
    """Knows the directory as it was on a day; it offers nothing, since nothing is typed."""

    def __init__(self, store: "Store", person: "Person", day: str) -> None:
        """Take the store, who is at work, and the ISO day."""
        super().__init__(store, person, lambda: day)
        self._day = day

    @cached_property
    def _entries(self) -> "Mapping[str, Record]":
        from tac_desktop.actions.directory import entries_as_known

        return entries_as_known(self._store, self._day)

    def offered(self, form: str, typed: str) -> Sequence[tuple[str, str]]:
        """Return nothing."""
        del form, typed
        return ()

    def words(self, form: str, record_id: str) -> str:
        """Return the words for a record as it was known then, '' where it was not."""
        if form == "mother":
            return super().words(form, record_id)
        found = self.record(record_id)
        return entry_of(found).in_words if found else ""

    def record(self, record_id: str) -> "Record | None":
        """Return an entry of the directory as it was known then, None where it was not."""
        return self._entries.get(record_id)


class PastCase(CaseDesk):
    """One case file as it was known on a day, as long as it is open on the screen."""

    def __init__(self, means: "Means", case_file: str, day: str) -> None:
        """Take the means, the case file's id, and the ISO day."""
        super().__init__(means, case_file, known_on=day)
        self.circumstances = replace(self.circumstances, finder=PastFinder(means.store, self.person, day))

    def drafted(self) -> frozenset[str]:
        """Return nothing: what is being typed is of today."""
        return frozenset()

    def history(self, record_id: str) -> Sequence[AnswerChange]:
        """Return the changes of a record's answers that were known then, the newest first."""
        then = self.record(self.form_of(record_id), record_id)
        if then is None:
            return ()
        return reading.history_as_known(self.means.store, self.person, then, self.known_on)

    def with_remarks(self, line: RecordLine) -> RecordLine:
        """Return the line of a record with what colleagues had said about it by then, and who had sealed it."""
        shown, said = line.record_id, self.index().comments_on(line.record_id)
        joined = is_joined(self.means.store, shown, self.known_on)
        sealed = [self.tr("Sealed by {name}").format(name=one.text("name")) for one in self.on_record(SEAL, shown)[-1:]]
        told = replace(line, details=" · ".join(part for part in (line.details, *sealed) if part))
        return with_remarks(told, said, (), self.person, is_joined=joined)

    def on_record(self, form: str, record_id: str) -> "Sequence[Record]":
        """Return the seals under a record, or the addenda to it, that were known then, the oldest first."""
        found = [one for one in self.records(form) if self._shown_as(one.text("record")) == record_id]
        return sorted(found, key=lambda one: (one.text("at"), one.id))

    def _shown_as(self, record_id: str) -> str:
        """Return the id under which a record was shown: its own, unless it was one with another one by then."""
        return record_id if self.index().place(record_id) else super()._shown_as(record_id)
