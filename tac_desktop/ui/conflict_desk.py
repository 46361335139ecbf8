"""What happens behind the contradictions: which is looked at, what is decided, put off, and taken back."""

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.actions import conflicts
from tac_desktop.actions.undeciding import undo
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.errors import AnswersRefused, ConflictChanged, TacError
from tac_desktop.ui.conflict_rows import ConflictRows
from tac_desktop.ui.conflict_screen import ConflictScreen
from tac_desktop.ui.conflict_view import ConflictView
from tac_desktop.ui.conflict_writing import ConflictWriting
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.conflicts import Decision, Later, OpenConflict


class ConflictDesk(QObject):
    """Owns the screen. What is looked through is all of the vault, or one case file."""

    decided = Signal()
    """Something was decided, put off or taken back."""
    record_wanted = Signal(str, str, str)
    """A record shall be shown: case file, form, record."""
    left = Signal(str)
    """The person goes back: to a case file, '' where all of the vault was looked through."""

    def __init__(self, bench: Workbench) -> None:
        """Build the screen; `look_through` fills it."""
        super().__init__()
        self._bench = bench
        self.rows = ConflictRows(bench)
        self._writing = ConflictWriting(bench, self._write)
        self._told: OpenConflict | None = None
        self._decision: Decision | None = None
        self.screen = ConflictScreen(bench.kit, self.spot, self.look_through)
        self.screen.shown.connect(self._connect)
        self.screen.undone.connect(self._undo)
        self.screen.moved.connect(self._move)
        self.screen.listed.connect(self._list)
        self.screen.left.connect(self._leave)

    def spot(self) -> str:
        """Return where one is: case file, record and question, ids and names of fields only."""
        told = self._told
        return f"{self.rows.case_file}|{told.record_id if told else ''}|{told.name if told else ''}"

    def look_through(self, spot: str = "") -> None:
        """Look through the contradictions of one case file, or of all; see `spot`."""
        self.rows.begin(spot)
        self.screen.say("")
        self._show()

    def read(self) -> None:
        """Read again after something was taken in; what is being looked at stays unless it has changed."""
        before = self._told
        self.rows.read()
        found = before is not None and self.rows.find(before)
        now = self.rows.told() if found else None
        if before is not None and now is not None and now.shown == before.shown:
            return
        self._show()
        if before is not None:
            arrived = self.tr("Another answer to this question has arrived. Look at all of them again.")
            gone = self.tr("The last question was decided meanwhile by somebody else.")
            self.screen.say(arrived if now is not None else gone)

    # --- what is shown ---

    def _show(self) -> None:
        self.screen.settle()
        self.screen.show_list(postponed=self.rows.postponed)
        self._told = self.rows.told()
        if self._told is None:
            self.screen.show_none(self.rows.standing())
        else:
            view = self.screen.show_conflict(self._told, self.rows.standing())
            if self._writing.was_begun(self._told):
                self._writing.ask(view)

    def _connect(self, view: ConflictView) -> None:
        view.kept.connect(self._keep)
        view.both_kept.connect(self._keep_both)
        view.other_wanted.connect(partial(self._ask, view))
        view.postponed.connect(self._postpone)
        view.record_opened.connect(self._open_record)

    def _move(self, step: int) -> None:
        self.rows.move(step)
        self._again("")

    def _list(self, postponed: bool) -> None:
        self.rows.show(postponed=postponed)
        self._show()

    def _again(self, words: str) -> None:
        """Show what stands there now, say something above it, and begin with the question."""
        self._show()
        self.screen.say(words)
        self.screen.arrive()

    def _open_record(self) -> None:
        if self._told is not None:
            self.record_wanted.emit(self._told.case_file, self._told.form, self._told.record_id)

    def _leave(self) -> None:
        self.left.emit(self.rows.case_file)

    def _ask(self, view: ConflictView) -> None:
        self._writing.ask(view)
        if view.other is not None:
            view.other.question.take_keyboard()
            self.screen.bring_into_view(view.other)

    # --- deciding ---

    def _keep(self, cid: str) -> None:
        self._decide(keep=cid)

    def _keep_both(self) -> None:
        self._decide(both=True)

    def _write(self, answer: object) -> None:
        self._decide(answer=cast("Answer", answer))

    def _decide(self, *, keep: str = "", answer: Answer | None = None, both: bool = False) -> None:
        told, bench = self._told, self._bench
        if told is None:
            return
        try:
            decision = conflicts.decide(
                bench.store, bench.person, told, now=bench.moment(), keep=keep, answer=answer, both=both
            )
        except ConflictChanged as changed:
            self.rows.read()
            self._again(str(changed))
        except AnswersRefused as refused:
            if self.screen.view is not None and self.screen.view.other is not None:
                self.screen.view.other.refuse(next(iter(refused.problems.values())))
        except TacError as trouble:
            bench.messages.trouble(trouble)
        else:
            self._writing.forget(told)
            self._remember(decision)
            self._go_on(self.tr("It holds now: {words}").format(words=decision.words))

    def _postpone(self, until: str) -> None:
        bench = self._bench
        if self._told is not None:
            try:
                day = conflicts.postpone(bench.store, self._told, cast("Later", until), today=bench.today())
            except TacError as trouble:
                bench.messages.trouble(trouble)
            else:
                self._go_on(self.tr("Put off until {day}.").format(day=day_in_words(day)))

    def _undo(self) -> None:
        decision, bench = self._decision, self._bench
        if decision is None:
            return
        words = self.tr("The decision was taken back: all answers stand there again.")
        try:
            undo(bench.store, bench.person, decision, now=bench.moment())
        except ConflictChanged as changed:
            words = str(changed)
        except TacError as trouble:
            bench.messages.trouble(trouble)
            return
        self._remember(None)
        bench.messages.dismiss()  # it says what holds no more
        self.decided.emit()
        self.rows.show(postponed=False)
        self.rows.find(decision.conflict)
        self._again(words)

    def _remember(self, decision: "Decision | None") -> None:
        self._decision = decision
        words = self.tr("It holds now: {words}").format(words=decision.words) if decision else ""
        self.screen.offer_undo(words)

    def _go_on(self, words: str) -> None:
        self.decided.emit()
        self.rows.read()
        self._bench.messages.say(words)
        self._again("")
