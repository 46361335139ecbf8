"""What happens behind the weekly meeting: the list is read in the lane, drafts are kept, decisions are saved."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.casework.answers import Answers
from tac_desktop.casework.meeting import DECISION
from tac_desktop.errors import AnswersMoved, AnswersRefused, TacError
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.form_screen import FormScreen, Submitted
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.meeting_screen import MeetingScreen
from tac_desktop.ui.open_form import begun_after
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Store
    from tac_desktop.actions.waiting_list import Waiting


class MeetingDesk(QObject):
    """Owns the page, and the form of the decision that is open."""

    saved = Signal()
    typed = Signal(str)
    """A draft was kept."""

    def __init__(self, bench: Workbench) -> None:
        """Build the page."""
        super().__init__()
        self._bench = bench
        self._case_file = ""
        self._begun: Answers = {}
        self.screen = MeetingScreen(bench.kit)
        self.screen.reading_wanted.connect(self.read)
        self.screen.chosen.connect(self.open)
        self.screen.left.connect(self.screen.show_list)
        bench.changed.connect(self.read)

    def read(self) -> None:
        """Have the list read anew."""
        prison, today = self.screen.prison(), self._bench.today()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.waiting_list import waiting_list

            yield 0, 1
            return waiting_list(store, today, prison=prison)

        self._bench.run(self._bench.with_store(action), self._was_read, asked=False)

    def _was_read(self, found: object) -> None:
        self.screen.show_waiting(cast("Sequence[Waiting]", found), self._bench.today())

    def open(self, case_file: str) -> None:
        """Open the decision about a mother; what was typed before and not saved is brought back."""
        from tac_desktop.actions.waiting_list import decided_so_far

        waiting = self.screen.waiting(case_file)
        if waiting is None:
            return
        bench = self._bench
        means = bench.means()
        around = Circumstances(bench.kit, bench.now, lambda _form: [], means.files)
        form = FormScreen(around, DECISION, back_to=self.tr("Weekly meeting"))
        form.known_since.hide()
        self._case_file, self._begun = case_file, decided_so_far(waiting)
        form.show_answers(self._begun)
        self._restore(form)
        form.typed.connect(self._keep)
        form.discarded.connect(self._discard)
        form.submitted.connect(self._save)
        self.screen.show_decision(form, waiting)

    def _restore(self, form: FormScreen) -> None:
        try:
            draft = draft_verbs.kept_draft(self._bench.drafts, self._bench.person, DECISION.name, self._draft_id())
        except TacError as trouble:
            self._bench.messages.trouble(trouble)
            return
        if draft is not None:
            self._begun = draft_verbs.begun_from(draft, self._begun)
            form.restore(draft.typed, draft.since(self._bench.today()))

    def _draft_id(self) -> str:
        return draft_verbs.new_record(self._case_file)

    def _keep(self, typed: dict[str, object]) -> None:
        bench, now = self._bench, self._bench.now()
        try:
            draft_verbs.keep_draft(
                bench.drafts, bench.person, case_file=self._case_file, form=DECISION.name, record_id=self._draft_id(),
                typed=typed | draft_verbs.beginning(DECISION, self._begun), at=now,
            )  # fmt: skip
        except TacError as trouble:
            bench.messages.trouble(trouble)
        else:
            if (form := self.screen.form()) is not None:
                form.drafted(now[11:16])
            self.typed.emit(DECISION.name)

    def _discard(self) -> None:
        self._forget()
        self.open(self._case_file)

    def _forget(self) -> None:
        try:
            draft_verbs.forget_draft(self._bench.drafts, self._bench.person, DECISION.name, self._draft_id())
        except TacError as trouble:
            self._bench.messages.trouble(trouble)

    def _save(self, submitted: Submitted) -> None:
        from tac_desktop.actions.waiting_list import decide

        bench, form = self._bench, self.screen.form()
        if form is None:
            return
        try:
            decide(
                bench.store, bench.person, self._case_file, answers=submitted.answers, now=bench.moment(),
                based_on=self._begun,
            )  # fmt: skip
        except AnswersMoved as moved:
            self._tell_moved(form, moved)
            return
        except AnswersRefused as refused:
            form.refuse(refused.problems)
            return
        except TacError as trouble:
            form.failed()
            bench.messages.trouble(trouble)
            return
        self._forget()
        self._say_saved()

    def _tell_moved(self, form: FormScreen, moved: AnswersMoved) -> None:
        """Say what the answers read by now; who has been told may save over them."""
        from tac_desktop.actions.waiting_list import referral_answers

        stands = referral_answers(self._bench.store, self._case_file)
        self._begun, told = begun_after(DECISION, self._begun, stands, moved.problems, lambda _record: "")
        form.refuse(told)

    def _say_saved(self) -> None:
        bench = self._bench
        self.screen.show_list(beyond=True)
        bench.messages.say(self.tr("The decision is saved."), undo=True)
        self.saved.emit()
        self.read()
