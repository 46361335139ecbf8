"""A move that is being typed: it is saved as placements that end and begin, and leads back to the picture."""

from datetime import datetime
from typing import Final

from tac_desktop.actions.moving import record_move
from tac_desktop.casework.forms.moving import MOVE
from tac_desktop.casework.wording import counted
from tac_desktop.ui.form_screen import Submitted
from tac_desktop.ui.open_form import OpenForm

HOME: Final = "placement"


class OpenMove(OpenForm):
    """The form of a move."""

    NAME: Final = MOVE.name

    def _write(self, submitted: Submitted, now: datetime) -> str:
        begun = record_move(
            self._means.store, self._desk.person, self._desk.case_file, answers=submitted.answers, now=now,
            known_on=submitted.known_on, reasons=self._doubts.reasons(),
        )  # fmt: skip
        words = self.tr("The move of {who} is recorded.").format(who=counted(len(begun), "child", "children"))
        self._means.messages.say(words, undo=True)
        return begun[0]

    def _was_saved(self, record_id: str) -> None:
        self._desk.forget(HOME)
        self._desk.saved.emit(self._desk.case_file, HOME, record_id)
        self.screen.closed.emit()
