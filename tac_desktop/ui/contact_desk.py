"""What happens behind the quick log: finds mothers, says what must be known, keeps the draft, saves the contact."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.casework.answers import Answer
from tac_desktop.errors import AnswersDoubted, AnswersRefused, TacError
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.log_aim import Aim
from tac_desktop.ui.log_notices import Notices
from tac_desktop.ui.quick_log import LoggedContact, QuickLog
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.casework.dues.escalation import Question

FORM = "contact"
_MOST_OFFERED = 8


class ContactDesk(QObject):
    """One window for one contact; its draft belongs to no case file before it is saved."""

    saved = Signal()
    """The contact stands in the log of everybody whom it is about."""

    def __init__(self, bench: Workbench, parent: QWidget, draft_id: str = "") -> None:
        """Take the bench, the window over which it opens, and the draft that it goes on with ('': the usual one)."""
        super().__init__(parent)
        self._bench = bench
        self._means = bench.means()
        self._draft_id = draft_id or draft_verbs.new_record("")
        self._came_from = ""
        """The case file from which it was opened, '' for none."""
        circumstances = CaseDesk(self._means, "").circumstances
        self.window = QuickLog(circumstances, self, self._draft_id, parent)
        bench.spelt_women.were_read.connect(self.window.who.offer_again)
        self.window.submitted.connect(self._save)
        self.window.typed.connect(self._keep)
        self.window.discarded.connect(self._discard)

    @staticmethod
    def draft_of(question: "Question", *, is_answer: bool) -> str:
        """Return the name of the draft of a chaser, or of the answer, to what was asked in a contact."""
        return draft_verbs.new_record(f"{'answer' if is_answer else 'again'}:{question.contact.id}")

    def open(self, case_file: str = "") -> None:
        """Open the window, with what was typed before and not saved, or for one mother."""
        self._came_from = case_file
        is_drafted = self._restore()
        if case_file and (not is_drafted or not self.window.women.women()):
            self.window.choose(case_file, self._words(case_file))
        self._show()

    def open_for(self, question: "Question", *, is_answer: bool, level: str = "") -> None:
        """Open the window to ask again, or to log the answer.

        Args:
            question: What was asked.
            is_answer: Whether the answer is logged.
            level: Who is asked this time, a code of 'escalation_step'; '' for who was asked last.
        """
        from tac_desktop.ui.awaited_words import asked_words, begun

        asked = question.contact
        if not self._restore():
            words = asked_words(question, self._bench.today(), is_answer=is_answer)
            aim = Aim({asked.case_file: asked.id}, is_answer, words)
            women = {asked.case_file: self._words(asked.case_file)}
            self.window.take_aim(aim, women, begun(question, is_answer=is_answer, level=level))
        self._show()

    # --- what the window asks ---

    def find(self, typed: str) -> Sequence[tuple[str, str]]:
        """Return the case files that fit what was typed, as (id, words)."""
        from tac_desktop.actions import caseload

        bench = self._bench
        found = caseload.numbers(bench.store, bench.person, bench.today(), "all", order="name", typed=typed)
        found = found or bench.spelt_women.like(typed)
        rows = caseload.page(bench.store, found[:_MOST_OFFERED])
        return [(row.case_file, _in_words(row.name, row.reference, row.prison_number)) for row in rows]

    def children_of(self, case_file: str) -> Sequence[tuple[str, str]]:
        """Return the children of a case file as (id, words)."""
        try:
            return CaseDesk(self._means, case_file).options("child")
        except TacError:
            return ()  # it was closed to her since; saving says so

    def notices(self, women: Mapping[str, str], answers: Mapping[str, Answer]) -> tuple[Notices, bool]:
        """Return what must be known before this is done or written, and whether contact with a child is forbidden."""
        from tac_desktop.ui.log_warnings import LogWarnings

        told, forbidden = LogWarnings(self._bench.store, self._bench.person, self._bench.today()).of(women, answers)
        if women and self._came_from and self._came_from not in women:
            told = replace(told, warnings=(self._not_about_her(women), *told.warnings))
        return told, forbidden

    def _not_about_her(self, women: Mapping[str, str]) -> str:
        """Say that it is about others than her in whose case file one was: a draft may be older than that."""
        about = "; ".join(words.partition(",")[0] for words in women.values())
        words = self.tr("This is about {about}, and not about {her}, from whose case file you came.")
        return words.format(about=about, her=self._words(self._came_from).partition(",")[0])

    def person_name(self) -> str:
        """Return the name of who is at work."""
        return self._bench.person.name

    def _words(self, case_file: str) -> str:
        mother = self._bench.store.record(case_file)
        return _in_words(*(mother.text(name) for name in ("name", "reference", "prison_number"))) if mother else ""

    # --- the draft, and saving ---

    def _restore(self) -> bool:
        try:
            kept = draft_verbs.kept_draft(self._bench.drafts, self._bench.person, FORM, self._draft_id)
        except TacError as trouble:
            self._bench.messages.trouble(trouble)
            return False
        if kept is not None:
            self.window.restore(kept.typed, kept.since(self._bench.today()))
        return kept is not None

    def _show(self) -> None:
        self.window.open()
        self.window.take_keyboard()

    def _keep(self, typed: Mapping[str, object]) -> None:
        now = self._bench.now()
        try:
            draft_verbs.keep_draft(
                self._bench.drafts, self._bench.person, case_file="", form=FORM, record_id=self._draft_id,
                typed=typed, at=now,
            )  # fmt: skip
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

    def _save(self, logged: LoggedContact) -> None:
        from tac_desktop.actions.contact_log import log_contacts

        bench = self._bench
        try:
            log_contacts(
                bench.store, bench.person, logged.contacts, now=bench.moment(), papers=logged.papers,
                reasons=logged.reasons,
            )  # fmt: skip
        except AnswersDoubted as doubted:
            self.window.doubt(doubted.problems)
        except AnswersRefused as refused:
            self.window.refuse(refused.problems)
        except TacError as trouble:
            self.window.failed()
            bench.messages.trouble(trouble)
        else:
            self._forget()
            self.window.accept()
            count = len(logged.contacts)
            bench.messages.say(
                self.tr("The contact is in the log.") if count == 1
                else self.tr("The contact is in the log of each of the {n} women.").format(n=count),
                undo=True,
            )  # fmt: skip
            self.saved.emit()


def _in_words(name: str, reference: str, prison_number: str) -> str:
    return ", ".join(part for part in (name, reference, prison_number) if part)
