"""What happens behind the contradictions: which is looked at, what is decided, put off, and taken back."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.actions import conflicts
from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.actions.undeciding import undo
from tac_desktop.casework.answers import Answer
from tac_desktop.errors import AnswersRefused, ConflictChanged, TacError
from tac_desktop.ui.conflict_screen import ConflictScreen, Standing
from tac_desktop.ui.conflict_view import ConflictView
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.conflicts import Decision, Later, OpenConflict, Waiting

_DRAFT = "conflict"
"""Under which name the drafts keep another answer that is being written: no form has it."""


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
        self._case_file: str | None = None
        self._postponed = False
        self._all: list[Waiting] = []
        self._rows: list[Waiting] = []
        self._place = 0
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
        return f"{self._case_file or ''}|{told.record_id if told else ''}|{told.name if told else ''}"

    def look_through(self, spot: str = "") -> None:
        """Look through the contradictions of one case file, or of all; begin with a record's and a question's."""
        case_file, record, question = ([*spot.split("|"), "", ""])[:3]
        self._case_file = case_file or None
        self._postponed = False
        self._read_rows()
        if self._all and not self._rows:
            self._postponed = True
            self._read_rows()
        wanted = [
            place
            for place, row in enumerate(self._rows)
            if row.record_id == record and question in ("", row.field.partition("/")[0])
        ]
        self._place = wanted[0] if wanted else 0
        self.screen.say("")
        self._show()

    def read(self) -> None:
        """Read again after something was taken in; what is being looked at stays unless it has changed."""
        before = self._told
        self._read_rows()
        if before is None:
            self._show()
            return
        place = next((at for at, row in enumerate(self._rows) if _same(row, before)), None)
        now = None if place is None else self._read(self._rows[place])
        if now is not None and place is not None and now.shown == before.shown:
            self._place = place
            return
        self._place = place if place is not None else self._place
        self._show()
        told = self.tr("Another answer to this question has arrived. Look at all of them again.")
        self.screen.say(told if now else self.tr("The last question was decided meanwhile by somebody else."))

    # --- what is shown ---

    def _read_rows(self) -> None:
        bench = self._bench
        self._all = conflicts.listed(bench.store, bench.person, self._case_file)
        today = bench.today()
        self._rows = [row for row in self._all if row.is_open(today) is not self._postponed]

    def _read(self, row: "Waiting") -> "OpenConflict | None":
        return conflicts.open_conflict(self._bench.vault, self._bench.store, row, now=self._bench.moment())

    def _show(self) -> None:
        self.screen.settle()
        self._place = max(0, min(self._place, len(self._rows) - 1))
        self.screen.show_list(postponed=self._postponed)
        self._told = self._read(self._rows[self._place]) if self._rows else None
        if self._told is None:
            self.screen.show_none(self._standing())
        else:
            view = self.screen.show_conflict(self._told, self._standing())
            if draft_verbs.kept_draft(self._bench.drafts, self._bench.person, _DRAFT, _draft_of(self._told)):
                self._ask(view)

    def _standing(self) -> Standing:
        today = self._bench.today()
        waiting = sum(row.is_open(today) for row in self._all)
        return Standing(self._place, len(self._rows), waiting, len(self._all) - waiting)

    def _connect(self, view: ConflictView) -> None:
        view.kept.connect(self._keep)
        view.both_kept.connect(self._keep_both)
        view.other_wanted.connect(partial(self._ask_now, view))
        view.postponed.connect(self._postpone)
        view.record_opened.connect(self._open_record)

    def _move(self, step: int) -> None:
        self._place += step
        self.screen.say("")
        self._show()
        self.screen.arrive()

    def _list(self, postponed: bool) -> None:
        self._postponed, self._place = postponed, 0
        self._read_rows()
        self._show()

    def _open_record(self) -> None:
        if self._told is not None:
            self.record_wanted.emit(self._told.case_file, self._told.form, self._told.record_id)

    def _leave(self) -> None:
        self.left.emit(self._case_file or "")

    # --- deciding ---

    def _keep(self, cid: str) -> None:
        self._decide(keep=cid)

    def _keep_both(self) -> None:
        self._decide(both=True)

    def _decide(self, *, keep: str = "", answer: Answer | None = None, both: bool = False) -> None:
        told, bench = self._told, self._bench
        if told is None:
            return
        try:
            decision = conflicts.decide(
                bench.store, bench.person, told, now=bench.moment(), keep=keep, answer=answer, both=both
            )
        except ConflictChanged as changed:
            self._again(str(changed))
        except AnswersRefused as refused:
            if self.screen.view is not None and self.screen.view.other is not None:
                self.screen.view.other.refuse(next(iter(refused.problems.values())))
        except TacError as trouble:
            bench.messages.trouble(trouble)
        else:
            self._forget_draft(told)
            self._remember(decision)
            self._go_on(self.tr("It holds now: {words}").format(words=decision.words))

    def _postpone(self, until: str) -> None:
        if self._told is not None:
            bench = self._bench
            try:
                day = conflicts.postpone(bench.store, self._told, cast("Later", until), today=bench.today())
            except TacError as trouble:
                bench.messages.trouble(trouble)
                return
            self._go_on(self.tr("Put off until {day}.").format(day=day))

    def _undo(self) -> None:
        decision, bench = self._decision, self._bench
        if decision is None:
            return
        try:
            undo(bench.store, bench.person, decision, now=bench.moment())
        except ConflictChanged as changed:
            self._again(str(changed))
        except TacError as trouble:
            bench.messages.trouble(trouble)
            return
        self._remember(None)
        self.decided.emit()
        self._postponed = False
        self._read_rows()
        self._place = next((at for at, row in enumerate(self._rows) if _same(row, decision.conflict)), self._place)
        self._show()
        self.screen.say(self.tr("The decision was taken back: all answers stand there again."))
        self.screen.arrive()

    def _remember(self, decision: "Decision | None") -> None:
        self._decision = decision
        words = self.tr("It holds now: {words}").format(words=decision.words) if decision else ""
        self.screen.offer_undo(words)

    def _go_on(self, words: str) -> None:
        self.decided.emit()
        self._read_rows()
        self._show()
        self.screen.say("")
        self._bench.messages.say(words)
        self.screen.arrive()

    def _again(self, words: str) -> None:
        self._read_rows()
        self._show()
        self.screen.say(words)
        self.screen.arrive()

    # --- another answer ---

    def _ask_now(self, view: ConflictView) -> None:
        self._ask(view)
        if view.other is not None:
            view.other.question.take_keyboard()
            self.screen.bring_into_view(view.other)

    def _ask(self, view: ConflictView) -> None:
        from tac_desktop.ui.case_desk import CaseDesk

        told, bench = view.conflict, self._bench
        around = CaseDesk(bench.means(), told.case_file).circumstances
        record = bench.store.record(told.record_id)
        other = view.ask(around, record.answers.get(told.name) if record else None)
        if other is None:
            return
        draft = draft_verbs.kept_draft(bench.drafts, bench.person, _DRAFT, _draft_of(told))
        if draft is not None:
            other.restore(draft.typed)
        other.typed.connect(partial(self._keep_draft, told))
        other.written.connect(self._write)
        other.left.connect(partial(self._forget_draft, told))

    def _write(self, answer: object) -> None:
        self._decide(answer=cast("Answer", answer))

    def _keep_draft(self, told: "OpenConflict", typed: object) -> None:
        bench = self._bench
        try:
            draft_verbs.keep_draft(
                bench.drafts, bench.person, case_file=told.case_file, form=_DRAFT, record_id=_draft_of(told),
                typed=cast("Mapping[str, object]", typed), at=bench.now(),
            )  # fmt: skip
        except TacError as trouble:
            bench.messages.trouble(trouble)

    def _forget_draft(self, told: "OpenConflict") -> None:
        draft_verbs.forget_draft(self._bench.drafts, self._bench.person, _DRAFT, _draft_of(told))


def _draft_of(told: "OpenConflict") -> str:
    return f"{told.record_id}|{told.field}"


def _same(row: "Waiting", told: "OpenConflict") -> bool:
    return (row.record_id, row.field) == (told.record_id, told.field)
