"""The sections about contact with the children: what is allowed, and what was agreed and happened, with their lists."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.allowed_contact import stand_by
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.permissions import Deed
from tac_desktop.errors import TacError
from tac_desktop.ui.agreed_pane import AgreedPane
from tac_desktop.ui.allowed_pane import DECISION, AllowedPane
from tac_desktop.ui.case_header import birth_order

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen


def begin_record(screen: "CaseScreen", form: str, answers: Mapping[str, Answer]) -> None:
    """Open a new record with some answers already in it; what was typed before and not saved comes first."""
    screen.open_record(form, "")
    opened = screen.open_form()
    if opened is not None and not opened.is_drafted():
        opened.screen.body.show_answers(answers)
        unanswered = (one for one in opened.screen.body.asked() if one.field.name not in answers)
        opened.screen.take_keyboard(next(unanswered).field.name)


class AllowedInCase(AllowedPane):
    """Allowed contact in the case file that is open: tied to its screen."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        children = sorted(desk.records("child"), key=birth_order)
        super().__init__(
            screen.kit, children, desk.all_records(), desk.today(), may_write=desk.may_write(DECISION)
        )
        self._screen = screen
        self.record_opened.connect(screen.open_record)
        self.section_opened.connect(screen.show_section)
        self.begun.connect(self._open_begun)
        self.still_right.connect(self._stand_by)

    def _open_begun(self, form: str, answers: Mapping[str, Answer]) -> None:
        begin_record(self._screen, form, answers)

    def _stand_by(self, children: Sequence[str]) -> None:
        screen, means = self._screen, self._screen.desk.means
        try:
            now = datetime.fromisoformat(means.now()).astimezone()
            count = stand_by(means.store, screen.desk.person, screen.desk.case_file, children, now=now)
        except TacError as trouble:
            means.messages.trouble(trouble)
            return
        means.messages.say(self.tr("Noted: {n} decisions were looked at and are still right.").format(n=count))
        screen.desk.saved.emit(screen.desk.case_file, DECISION, "")
        screen.refresh()


class AgreedInCase(AgreedPane):
    """Agreed and happened in the case file that is open: tied to its screen."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        children = sorted(desk.records("child"), key=birth_order)
        super().__init__(
            screen.kit, children, desk.all_records(), desk.today(), may_write=desk.may_write("contact_plan"),
            may_issue=desk.may(Deed.ISSUE_PAPERS),
        )  # fmt: skip
        self._screen = screen
        self.section_opened.connect(screen.show_section)
        self.document_wanted.connect(screen.wishes.document_wanted)
        self.begun.connect(self._open_begun)

    def _open_begun(self, form: str, answers: Mapping[str, Answer]) -> None:
        begin_record(self._screen, form, answers)
