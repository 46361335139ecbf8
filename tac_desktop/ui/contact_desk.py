"""What happens behind the quick log: finds mothers, keeps the draft, saves the contact."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.casework import forms
from tac_desktop.errors import AnswersRefused, TacError
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.quick_log import LoggedContact, QuickLog
from tac_desktop.ui.workbench import Workbench

FORM = "contact"
_MOST_OFFERED = 8


class ContactDesk(QObject):
    """One window for one contact; its draft belongs to no case file before it is saved."""

    saved = Signal(str)
    """The case file in which the contact now stands."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        """Take the bench and the window over which it opens."""
        super().__init__(parent)
        self._bench = bench
        self._means = bench.means()
        self._draft_id = draft_verbs.new_record("")
        circumstances = CaseDesk(self._means, "").circumstances
        self.window = QuickLog(circumstances, self.find, self._children_of, parent)
        self.window.submitted.connect(self._save)
        self.window.typed.connect(self._keep)
        self.window.discarded.connect(self._discard)

    def open(self, case_file: str = "") -> None:
        """Open the window, with what was typed before and not saved, or for one mother."""
        kept = draft_verbs.kept_draft(self._bench.drafts, self._bench.person, FORM, self._draft_id)
        if kept is not None:
            self.window.restore(kept.typed, kept.at[11:16])
        if case_file and (kept is None or not self.window.who.case_file()):
            self.window.choose(case_file, self._words(case_file))
        self.window.open()
        self.window.take_keyboard()

    def find(self, typed: str) -> Sequence[tuple[str, str]]:
        """Return the case files that fit what was typed, as (id, words)."""
        from tac_desktop.actions import caseload

        bench = self._bench
        found = caseload.numbers(bench.store, bench.person, bench.today(), "all", order="name", typed=typed)
        rows = caseload.page(bench.store, found[:_MOST_OFFERED])
        return [(row.case_file, _in_words(row.name, row.reference, row.prison_number)) for row in rows]

    def _words(self, case_file: str) -> str:
        mother = self._bench.store.record(case_file)
        return _in_words(*(mother.text(name) for name in ("name", "reference", "prison_number"))) if mother else ""

    def _children_of(self, case_file: str) -> Sequence[tuple[str, str]]:
        return CaseDesk(self._means, case_file).options("child")

    def _keep(self, typed: Mapping[str, object]) -> None:
        now = self._bench.now()
        try:
            draft_verbs.keep_draft(
                self._bench.drafts,
                self._bench.person,
                case_file="",
                form=FORM,
                record_id=self._draft_id,
                typed=typed,
                at=now,
            )
        except TacError as trouble:
            self._bench.messages.trouble(trouble)
        else:
            self.window.drafted(now[11:16])

    def _discard(self) -> None:
        self._forget()
        self.window.close()

    def _forget(self) -> None:
        self.window.forget()
        try:
            draft_verbs.forget_draft(self._bench.drafts, self._bench.person, FORM, self._draft_id)
        except TacError as trouble:
            self._bench.messages.trouble(trouble)

    def _save(self, contact: LoggedContact) -> None:
        from tac_desktop.actions.answers import save_answers

        bench = self._bench
        try:
            save_answers(
                bench.store,
                bench.person,
                forms.ALL[FORM],
                answers=contact.answers,
                now=bench.moment(),
                case_file=contact.case_file,
            )
        except AnswersRefused as refused:
            self.window.refuse(refused.problems)
        except TacError as trouble:
            self.window.failed()
            bench.messages.trouble(trouble)
        else:
            self._forget()
            self.window.accept()
            bench.messages.say(self.tr("The contact is in the log."))
            self.saved.emit(contact.case_file)


def _in_words(name: str, reference: str, prison_number: str) -> str:
    return ", ".join(part for part in (name, reference, prison_number) if part)
