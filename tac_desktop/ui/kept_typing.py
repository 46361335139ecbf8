"""What is typed into a window over a case file and not sent off: kept as a draft, under the one window's form."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.errors import TacError
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.drafts import KeptDraft


class KeptTyping:
    """The draft of one window of one case file."""

    def __init__(self, bench: Workbench, case_file: str, form: str) -> None:
        """Take the case file, and the form that the window writes."""
        self._bench, self._case_file, self._form = bench, case_file, form
        self._record_id = draft_verbs.new_record(case_file)

    def found(self) -> "KeptDraft | None":
        """Return what was typed before, None if nothing was; raises TacError where the drafts cannot be read."""
        return draft_verbs.kept_draft(self._bench.drafts, self._bench.person, self._form, self._record_id)

    def keep(self, typed: Mapping[str, object]) -> None:
        """Keep what stands in the window now."""
        bench = self._bench
        try:
            draft_verbs.keep_draft(
                bench.drafts, bench.person, case_file=self._case_file, form=self._form, record_id=self._record_id,
                typed=typed, at=bench.now(),
            )  # fmt: skip
        except TacError as trouble:
            bench.messages.trouble(trouble)

    def forget(self) -> None:
        """Forget it: it was sent off, or the person does not want it."""
        try:
            draft_verbs.forget_draft(self._bench.drafts, self._bench.person, self._form, self._record_id)
        except TacError as trouble:
            self._bench.messages.trouble(trouble)
