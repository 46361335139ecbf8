"""The door from the screens to the records that stand in no case file: the office's, and what only a manager keeps."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer, Answers
from tac_desktop.casework.directory import DirectoryEntry
from tac_desktop.casework.form import Form
from tac_desktop.casework.office import PRISON
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import record_in_words
from tac_desktop.errors import TacError
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.record_list import RecordLine

if TYPE_CHECKING:
    from tac_desktop.actions.removing import Removed

_NOW: Final = ("at", "received")
"""Questions of the office's forms that are mostly answered with the present moment."""


class OfficeDesk(CaseDesk):
    """The door to the records that stand in no case file."""

    def records(self, form: str) -> Sequence[Record]:
        """Return the records of a form as they were read last."""
        from tac_desktop.actions import reading

        if form not in self._records:
            self._records[form] = reading.office_records(self.means.store, self.person, form)
            self._index = None
        return self._records[form]

    def record(self, form: str, record_id: str) -> Record | None:
        """Return one record, None if it is not there; of thousands only this one is read."""
        from tac_desktop.actions import reading

        if not record_id:
            return None
        try:
            return reading.record_of(self.means.store, self.person, record_id, form=form)
        except TacError:
            return None

    def forget(self, form: str) -> None:
        """Have the records of a form read again when they are next wanted."""
        self._records.pop(form, None)
        self._index = None

    def all_lines(self, form: str) -> list[RecordLine]:
        """Return all records of a form that an office keeps as a list shows them: the latest first."""
        found = self.records(form)
        return [self.office_line(record) for record in (found[::-1] if forms.ALL[form].own_date else found)]

    def office_line(self, record: Record) -> RecordLine:
        """Return a record that an office keeps as a list shows it."""
        words = record_in_words(forms.ALL[record.form], record, self.named).split(" · ")
        badge = "Two answers differ" if record.conflicts else ""
        return RecordLine(record.id, words[0], " · ".join(words[1:]), badge, "warn")

    def seemingly_one(self, record_id: str) -> list[DirectoryEntry]:
        """Return the other entries that may be the same person or place as one of the directory."""
        from tac_desktop.actions import directory

        return directory.seemingly_one(self.means.store, record_id)

    def removed(self) -> "list[Removed]":
        """Return what was taken out of what the offices keep, the latest first."""
        from tac_desktop.actions.removing import removed_from_office

        return removed_from_office(self.means.store, self.person)

    def bring_back(self, form: str, record_id: str) -> bool:
        """Bring a record back that was removed; say whether it was done."""
        from tac_desktop.actions.removing import bring_back

        gone = next((one.record for one in self.removed() if one.record.id == record_id), None)
        if gone is None:
            return False
        now = self.means.moment()
        try:
            bring_back(self.means.store, self.person, record_id, form=form, case_file=gone.case_file, now=now)
        except TacError as trouble:
            self.means.messages.trouble(trouble)
            return False
        self.forget(form)
        self.saved.emit("", form, record_id)
        self.means.messages.say(self.tr("It is back, with everything that it said."), undo=True)
        return True

    def named(self, record_id: str) -> str:
        """Return the first words for a record that an office keeps, or the name of a case file's mother."""
        return super().named(record_id) or self.circumstances.finder.words("mother", record_id).split(" · ")[0]

    def first_answers(self, form: Form) -> Answers:
        """Return what a new record of an office is begun with: the person's own prison, and the present moment."""
        if form.keeping != "office":
            return {}
        first: dict[str, Answer] = {PRISON: self.person.prison} if self.person.prison else {}
        return first | {name: self.means.now() for name in _NOW if name in form.by_name}
