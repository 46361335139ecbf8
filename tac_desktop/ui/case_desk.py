"""The door from the screens of one case file to the actions: reads records, keeps drafts, saves answers."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.actions import reading
from tac_desktop.actions.comments import Comment, from_records, shown_as
from tac_desktop.actions.duplicates import is_joined
from tac_desktop.actions.reading import AnswerChange
from tac_desktop.casework import forms
from tac_desktop.casework.alerts import has_ended
from tac_desktop.casework.answers import Answers
from tac_desktop.casework.directory import ENTRIES
from tac_desktop.casework.form import Form
from tac_desktop.casework.letterbox import LETTER
from tac_desktop.casework.permissions import Deed, may, may_read, may_write
from tac_desktop.casework.record import Record
from tac_desktop.casework.same_woman import FORM as SAME_WOMAN
from tac_desktop.casework.wording import record_in_words
from tac_desktop.ui.case_header import birth_order
from tac_desktop.ui.case_index import CaseIndex
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.finding import StoreFinder
from tac_desktop.ui.means import Means
from tac_desktop.ui.open_form import OpenForm
from tac_desktop.ui.open_move import OpenMove
from tac_desktop.ui.record_list import LinesOf, RecordLine
from tac_desktop.ui.remarks import with_remarks

if TYPE_CHECKING:
    from tac_desktop.actions.seals import Seal


class CaseDesk(QObject):
    """One case file, as long as it is open on the screen. An empty case file is the one of a new mother."""

    saved = Signal(str, str, str)
    """Something was saved: the case file, the form, the record's id."""
    typed = Signal(str)
    """A draft of this form was kept or thrown away."""

    def __init__(self, means: Means, case_file: str, *, known_on: str = "") -> None:
        """Take the means, the case file's id, and the ISO day as on which it is known; '' for now."""
        super().__init__()
        self.means, self.kit, self.person = means, means.kit, means.vault.person
        self.case_file, self.known_on = case_file, known_on
        finder = StoreFinder(means.store, self.person, self.today)
        self.circumstances = Circumstances(means.kit, self._now, self.options, means.files, finder)
        self._records: dict[str, list[Record]] = {}
        self._latest = 0
        self._index: CaseIndex | None = None
        self._begun: dict[str, Answers] = {}
        self._beside: dict[str, list[Record]] = {}

    def _now(self) -> str:
        return f"{self.known_on}T12:00" if self.known_on else self.means.now()

    def today(self) -> str:
        """Return today's ISO date, or the day as on which the case file is shown."""
        return self.known_on or self.means.now()[:10]

    def may_read(self, form: str) -> bool:
        """Say whether the person at work may see a form."""
        return may_read(self.person.role, forms.TYPED[form])

    def may(self, deed: Deed) -> bool:
        """Say whether the role of the person at work includes something; of an earlier day she only reads."""
        return may(self.person.role, deed) and (not self.known_on or deed is Deed.READ_CASES)

    def may_write(self, form: str) -> bool:
        """Say whether the person at work may change records of a form."""
        return may_write(self.person.role, forms.TYPED[form]) and not self.known_on

    def read(self) -> Mapping[str, Sequence[Record]]:
        """Read what was written into the case file since, and return its records by form, the oldest first.

        Raises:
            UnknownRecord: there is no such case file.
        """
        case = self.means.store, self.person, self.case_file, self._records, self._latest
        self._records, self._latest = reading.case_records_again(*case, known_on=self.known_on)
        self._index, self._beside = None, {}
        return self._records

    def index(self) -> CaseIndex:
        """Return what stands where among the records as they were read last."""
        if self._index is None:
            seals = partial(self.records, "seal")
            self._index = CaseIndex(self.all_records(), self._shown_as, self.all_comments, seals)
        return self._index

    def records(self, form: str) -> Sequence[Record]:
        """Return the records of a form as they were read last."""
        if form not in self._records and self.case_file and form in forms.ALL:
            of_form = form, self.case_file, self.known_on
            self._records[form] = reading.records_of(self.means.store, self.person, *of_form)
            self._index = None
        return self._records.get(form, [])

    def all_records(self) -> Mapping[str, Sequence[Record]]:
        """Return all records by form as they were read last."""
        return self.read() if self.case_file and not self._latest else self._records

    def record(self, form: str, record_id: str) -> Record | None:
        """Return one record, None if it is not there."""
        return next((record for record in self.records(form) if record.id == record_id), None)

    def options(self, form: str) -> list[tuple[str, str]]:
        """Return the records of a form with the words that tell them apart, for a question that links to them."""
        if not self.may_read(form):
            return []
        return [(record.id, record_in_words(forms.ALL[form], record, self.named)) for record in self._ordered(form)]

    def _ordered(self, form: str) -> list[Record]:
        """Return the newest first, children by their birth, letters by their month, alerts that have ended last."""
        found = list(self.records(form))
        if form == LETTER:
            found.sort(key=lambda one: one.text("month"))
        if form == "child":
            return sorted(found, key=birth_order)
        return sorted(found[::-1] if forms.ALL[form].own_date else found, key=lambda one: has_ended(one, self.today()))

    def lines(self, form: str) -> Sequence[RecordLine]:
        """Return the records of a form as a list shows them: the newest first, children by their birth."""
        return LinesOf(self._ordered(form), lambda record: self.with_remarks(self._line(forms.ALL[form], record)))

    def with_remarks(self, line: RecordLine) -> RecordLine:
        """Return the line of a record with what colleagues have said about it, and who has sealed it."""
        index, shown = self.index(), line.record_id
        joined, seals = is_joined(self.means.store, shown), self._seals(shown) if index.is_sealed(shown) else ()
        return with_remarks(line, index.comments_on(shown), seals, self.person, is_joined=joined)

    def _shown_as(self, record_id: str) -> str:
        """Return the id under which a record is shown."""
        return shown_as(self.means.store, record_id)

    def beside(self, form: str) -> Sequence[Record]:
        """Return the records of a form beside which another one counts: of case files that are read as one with it."""
        if form not in self._beside:
            from tac_desktop.actions import same_woman

            is_said = bool(self.records(SAME_WOMAN)) and not self.known_on
            found = same_woman.beside(self.means.store, self.case_file) if is_said else []
            self._beside = {name: [one for one in found if one.form == name] for name in forms.ALL}
        return self._beside[form]

    def all_comments(self) -> list[Comment]:
        """Return what was said about anything in the case file, the oldest first."""
        return from_records(self.records("comment"), self.records("comment_read"))

    def form_of(self, record_id: str) -> str:
        """Return the form of a record of this case file, '' where it is not here."""
        found = self.index().place(record_id)
        return found[0] if found else ""

    def comments_on_entry(self, entry: str) -> list[Comment]:
        """Return what was said about one entry of a record's history, the oldest first."""
        said = [one for one in self.records("comment") if one.text("entry") == entry]
        return from_records(said, self.records("comment_read"))

    def _seals(self, record_id: str) -> "Sequence[Seal]":
        from tac_desktop.actions.seals import seals_on

        return seals_on(self.means.vault, self.means.store, record_id)

    def _line(self, form: Form, record: Record) -> RecordLine:
        words = record_in_words(form, record, self.named).split(" · ")
        badge, tone = ("Ended", "neutral") if has_ended(record, self.today()) else ("", "warn")
        if record.conflicts:
            badge, tone = "Two answers differ", "warn"
        return RecordLine(record.id, words[0], " · ".join(words[1:]), badge, tone)

    def named(self, record_id: str) -> str:
        """Return the first words for a record of this case file, or of the directory, '' where it is not here.

        Where they are another record's, those are told: a letterbox agreement is called by its child.
        """
        return self._first_words(record_id, lambda other: self._first_words(other, lambda _: ""))

    def _first_words(self, record_id: str, named: Callable[[str], str]) -> str:
        if found := self.index().place(record_id):
            form, record = found
            return record_in_words(forms.ALL[form], record, named).split(" · ")[0]
        return self._named_elsewhere(record_id)

    def _named_elsewhere(self, record_id: str) -> str:
        finder = self.circumstances.finder
        return next((words for form in ENTRIES if (words := finder.words(form, record_id))), "").split(" · ")[0]

    def first_answers(self, form: Form) -> Answers:
        """Return what a new record of a form is begun with: what `begin_with` said, once."""
        return self._begun.pop(form.name, {})

    def begin_with(self, form: str, answers: Answers) -> None:
        """Have the next new record of a form begin with these answers."""
        self._begun[form] = answers

    def drafted(self) -> frozenset[str]:
        """Return the names of the forms in which something was typed and not saved."""
        means, files = self.means, (self.case_file, *self.other_files())
        return frozenset[str]().union(*(draft_verbs.forms_with_drafts(means.drafts, self.person, f) for f in files))

    def other_files(self) -> Sequence[str]:
        """Return the ids of the other case files that are read as one with this one: mostly none."""
        from tac_desktop.actions.same_woman import case_files_of

        return case_files_of(self.means.store, self.case_file)[1:] if self.case_file else ()

    def history(self, record_id: str) -> Sequence[AnswerChange]:
        """Return every change of a record's answers, the newest first."""
        within = {"form": self.form_of(record_id), "case_file": self.case_file}
        found = reading.history_of(self.means.store, self.person, record_id, **within)
        return [change for change in found if change.known_on <= self.known_on] if self.known_on else found

    def people(self) -> Mapping[str, str]:
        """Return by their ids the names of the people of this vault, and of those whose cards it trusts."""
        from tac_desktop.actions.seals import signers_here

        known = {one.person: one.name for one in signers_here(self.means.vault, self.means.store).values() if one.name}
        return known | dict(reading.names_of_people(self.means.vault.people()))

    def open_form(self, form: Form, record_id: str = "", *, back_to: str = "") -> OpenForm:
        """Open a form of a record, or of a new one; what was typed before and not saved is brought back."""
        kind = OpenMove if form.name == OpenMove.NAME else OpenForm
        return kind(self, form, record_id, back_to=back_to)

    def forget(self, form: str) -> None:
        """Have the records of a form be what stands now, for something was written into them."""
        if form in self._records:
            self.read()

    def forget_all(self) -> None:
        """Have everything read anew when it is next wanted: also what is told nowhere, as that words were erased."""
        self._records, self._latest, self._index = {}, 0, None
