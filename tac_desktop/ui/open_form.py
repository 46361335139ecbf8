"""A form that is open: its screen together with what keeps, checks and saves the answers."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.actions import reading, undoing
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework.answers import Answers
from tac_desktop.casework.form import Form
from tac_desktop.casework.wording import answer_in_words
from tac_desktop.errors import AnswersDoubted, AnswersMoved, AnswersRefused, TacError
from tac_desktop.ui.doubt_card import DoubtCard
from tac_desktop.ui.drafting import DraftClock
from tac_desktop.ui.filling import Filling
from tac_desktop.ui.form_screen import FormScreen, Submitted

if TYPE_CHECKING:
    from tac_desktop.ui.case_desk import CaseDesk

REASONS = ":reasons"
"""Where a draft keeps why unlikely answers hold; no field begins with a colon."""


class OpenForm(QObject):
    """A form that is open: brings its screen together with the actions."""

    saved = Signal(str)
    """The id of the record that was saved."""

    def __init__(self, desk: "CaseDesk", form: Form, record_id: str, *, back_to: str) -> None:
        """Build the screen and show in it what is saved, or what the draft kept."""
        super().__init__()
        self._desk, self._means = desk, desk.means
        self.form = form
        self.record_id = record_id
        self.before_saving: Callable[[Answers], bool] | None = None
        """Says whether the answers may be saved now; who says no submits the form again when they may be."""
        self.screen = FormScreen(desk.circumstances, form, back_to=back_to, has_history=bool(record_id))
        self.setParent(self.screen)
        self._doubts = DoubtCard(desk.kit)
        self._clock = DraftClock(self)
        self._begin_anew()
        self.filling = Filling(self.screen.body, desk.circumstances.finder)
        self._restore()
        self.screen.typed.connect(self._keep)
        self.screen.discarded.connect(self._discard)
        self.screen.submitted.connect(self._save)
        self.screen.undo_asked.connect(self._undo)
        self._doubts.confirmed.connect(self.screen.submit)
        self._doubts.typed.connect(self._clock.touch)
        self._clock.due.connect(self._keep_reasons)
        if not desk.may_write(form.name):
            self._let_nothing_change()

    def _let_nothing_change(self) -> None:
        self.screen.set_open(is_open=False)
        if self._desk.known_on:  # the page says why
            return
        why = self.tr("You can read this. Your role does not include changing it.")
        self.screen.put_beside(self._desk.kit.label(why, "hint", wrap=True))

    def draft_id(self) -> str:
        """Return the record id under which the draft is kept."""
        return self.record_id or draft_verbs.new_record(self._desk.case_file)

    def _bring_from_other_files(self) -> None:
        """Take over what was typed into a case file that is read as one with this one since then."""
        if self.record_id:
            return
        drafts, person, form = self._means.drafts, self._desk.person, self.form.name
        for other in self._desk.other_files():
            kept = draft_verbs.kept_draft(drafts, person, form, draft_verbs.new_record(other))
            if kept is not None and not self.is_drafted():
                draft_verbs.keep_draft(
                    drafts, person, case_file=self._desk.case_file, form=form, record_id=self.draft_id(),
                    typed=kept.typed, at=kept.at,
                )  # fmt: skip
                draft_verbs.forget_draft(drafts, person, form, draft_verbs.new_record(other))

    def is_drafted(self) -> bool:
        """Say whether something was typed that is not saved."""
        draft = draft_verbs.kept_draft(self._means.drafts, self._desk.person, self.form.name, self.draft_id())
        return draft is not None

    def _answers(self) -> Answers:
        if not self.record_id:
            return {}
        if self._desk.known_on:
            then = self._desk.record(self.form.name, self.record_id)
            return then.answers if then else {}
        store, person, case_file = self._means.store, self._desk.person, self._desk.case_file
        return reading.record_of(store, person, self.record_id, form=self.form.name, case_file=case_file).answers

    def _restore(self) -> None:
        if self._desk.known_on:
            return
        try:
            self._bring_from_other_files()
            draft = draft_verbs.kept_draft(self._means.drafts, self._desk.person, self.form.name, self.draft_id())
        except TacError as error:
            self._means.messages.trouble(error)
            return
        if draft is not None:
            self._begun = draft_verbs.begun_from(draft, self._begun)
            self._doubts.remember(draft.typed.get(REASONS))
            self.screen.restore(draft.typed, draft.since(self._desk.today()))

    def _keep_reasons(self) -> None:
        self._keep(self.screen.draft())

    def _keep(self, typed: dict[str, object]) -> None:
        now = self._means.now()
        if reasons := self._doubts.to_keep():
            typed = typed | {REASONS: reasons}
        try:
            draft_verbs.keep_draft(
                self._means.drafts, self._desk.person, case_file=self._desk.case_file, form=self.form.name,
                record_id=self.draft_id(), typed=typed | draft_verbs.beginning(self.form, self._begun), at=now,
            )  # fmt: skip
        except TacError as error:
            self._means.messages.trouble(error)
        else:
            self.screen.drafted(now[11:16])
            self._desk.typed.emit(self.form.name)

    def _discard(self) -> None:
        self._forget_draft()
        self._begin_anew()
        self.screen.take_keyboard()

    def _close_doubts(self) -> None:
        """Ask nothing any more, and keep no reason that was typed a moment ago: it is saved, or dropped."""
        self._clock.stop()
        self._doubts.close_questions()

    def _begin_anew(self) -> None:
        self._close_doubts()
        self._begun = self._answers()
        self.screen.show_answers(self._begun or self._desk.first_answers(self.form))

    def forget(self) -> None:
        """Throw away what was typed and not saved: the record is gone."""
        self._forget_draft()

    def read_again(self) -> None:
        """Show the answers as they stand now, unless something was typed that is not saved."""
        if not self.is_drafted() and (stands := self._answers()) != self._begun:
            self._begun = stands
            self.screen.show_answers(stands)

    def _forget_draft(self) -> None:
        try:
            draft_verbs.forget_draft(self._means.drafts, self._desk.person, self.form.name, self.draft_id())
        except TacError as error:
            self._means.messages.trouble(error)

    def _save(self, submitted: Submitted) -> None:
        if self.before_saving is not None and not self.before_saving(submitted.answers):
            self.screen.failed()
            return
        now = self._means.moment()
        try:
            record_id = self._write(submitted, now)
        except AnswersDoubted as doubted:
            self._doubts.ask_above(self.screen, doubted.problems)
            return
        except AnswersMoved as moved:
            self.screen.refuse(self._told(moved))
            return
        except AnswersRefused as refused:
            self.screen.refuse(refused.problems)
            return
        except TacError as error:
            self.screen.failed()
            self._means.messages.trouble(error)
            return
        self._close_doubts()
        self._forget_draft()
        self._was_saved(record_id)

    def _write(self, submitted: Submitted, now: datetime) -> str:
        """Write the answers and return the id of the record; what `save_answers` raises is told on the screen."""
        return save_answers(
            self._means.store, self._desk.person, self.form, answers=submitted.answers, now=now,
            case_file=self._desk.case_file, record_id=self.record_id, known_on=submitted.known_on,
            based_on=self._begun, reasons=self._doubts.reasons(),
        )  # fmt: skip

    def _was_saved(self, record_id: str) -> None:
        """Show what stands now, and tell who listens."""
        self.record_id = record_id
        if self.form.name == "mother":
            self._desk.case_file = record_id
        self._desk.forget(self.form.name)
        self._begun = self._answers()
        self.screen.show_saved(self._begun, self._means.now()[11:16], undo=self._can_be_undone())
        self.saved.emit(record_id)
        self._desk.saved.emit(self._desk.case_file, self.form.name, record_id)

    def _can_be_undone(self) -> bool:
        last = undoing.last_save(self._means.store, self._desk.person)
        return any(one.record_id == self.record_id for one in last)

    def _undo(self) -> None:
        """Have this save undone, as long as it is the last one: the button stays when something else is saved."""
        if self._can_be_undone():
            self._means.messages.undo_wanted.emit()
        else:
            words = self.tr("Something else was saved since, so nothing was undone. Change the answers here instead.")
            self._means.messages.say(words, "warn")

    def _told(self, moved: AnswersMoved) -> dict[str, str]:
        """Return what the answers read by now; who has been told may save over them."""
        named = self._desk.named
        self._begun, told = begun_after(self.form, self._begun, self._answers(), moved.problems, named)
        return told


def begun_after(
    form: Form, begun: Answers, stands: Answers, moved: Mapping[str, str], named: Callable[[str], str]
) -> tuple[Answers, dict[str, str]]:
    """Return from which answers a person goes on who was told that some moved, and what each of them reads by now.

    Args:
        form: The form.
        begun: The answers from which she began.
        stands: The answers as they stand.
        moved: A sentence for each question that was answered anew meanwhile.
        named: Gives the words for a record to which an answer links.
    """
    kept = {name: answer for name, answer in begun.items() if name not in moved}
    told: dict[str, str] = {}
    for name, words in moved.items():
        reads = answer_in_words(form.by_name[name], stands.get(name), named)
        told[name] = f"{words} It now reads: {reads or 'nothing'}"
    return kept | {name: stands[name] for name in moved if name in stands}, told
