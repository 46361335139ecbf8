"""Another answer that is being written to a contradicted question: begun, kept as a draft, brought back."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.errors import TacError
from tac_desktop.ui.conflict_view import ConflictView
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.conflicts import OpenConflict

_DRAFT = "conflict"
"""Under which name the drafts keep it: no form has it."""


class ConflictWriting:
    """Puts the field's own editor on the screen and keeps what is typed in it."""

    def __init__(self, bench: Workbench, written: Callable[[object], None]) -> None:
        """Take the bench, and what gets the answer."""
        self._bench = bench
        self._written = written

    def was_begun(self, told: "OpenConflict") -> bool:
        """Say whether a draft of another answer is kept."""
        return draft_verbs.kept_draft(self._bench.drafts, self._bench.person, _DRAFT, _id_of(told)) is not None

    def ask(self, view: ConflictView) -> None:
        """Show the editor with the answer that is shown until a decision, or with what was typed before."""
        from tac_desktop.ui.case_desk import CaseDesk

        told, bench = view.conflict, self._bench
        around = CaseDesk(bench.means(), told.case_file).circumstances
        record = bench.store.record(told.record_id)
        other = view.ask(around, record.answers.get(told.name) if record else None)
        if other is None:
            return
        draft = draft_verbs.kept_draft(bench.drafts, bench.person, _DRAFT, _id_of(told))
        if draft is not None:
            other.restore(draft.typed)
        other.typed.connect(partial(self._keep, told))
        other.written.connect(self._written)
        other.left.connect(partial(self.forget, told))

    def forget(self, told: "OpenConflict") -> None:
        """Throw the draft away."""
        draft_verbs.forget_draft(self._bench.drafts, self._bench.person, _DRAFT, _id_of(told))

    def _keep(self, told: "OpenConflict", typed: object) -> None:
        bench = self._bench
        try:
            draft_verbs.keep_draft(
                bench.drafts, bench.person, case_file=told.case_file, form=_DRAFT, record_id=_id_of(told),
                typed=cast("Mapping[str, object]", typed), at=bench.now(),
            )  # fmt: skip
        except TacError as trouble:
            bench.messages.trouble(trouble)


def _id_of(told: "OpenConflict") -> str:
    return f"{told.record_id}|{told.field}"
