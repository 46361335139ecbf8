"""The sections about contact with the children: what is allowed, and what was agreed and happened, with their lists."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from tac_desktop.actions.allowed_contact import stand_by
from tac_desktop.casework.permissions import Deed
from tac_desktop.errors import TacError
from tac_desktop.ui.agreed_pane import AgreedPane
from tac_desktop.ui.allowed_pane import DECISION, AllowedPane
from tac_desktop.ui.case_header import birth_order
from tac_desktop.ui.within_case import begin, go_to
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen

SECTION = "allowed"


class AllowedInCase(AllowedPane):
    """Allowed contact in the case file that is open: tied to its screen."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        children = sorted(desk.records("child"), key=birth_order)
        super().__init__(screen.kit, children, desk.all_records(), desk.today(), may_write=desk.may_write(DECISION))
        self._screen = screen
        self.record_opened.connect(screen.open_record)
        self.section_opened.connect(partial(go_to, screen))
        self.begun.connect(partial(begin, screen))
        self.still_right.connect(self._stand_by)

    def _stand_by(self, children: Sequence[str]) -> None:
        screen, means = self._screen, self._screen.desk.means
        try:
            count = stand_by(means.store, screen.desk.person, screen.desk.case_file, children, now=means.moment())
        except TacError as trouble:
            means.messages.trouble(trouble)
            return
        one, many = self.tr("1 decision was looked at and is"), self.tr("{n} decisions were looked at and are")
        means.messages.say(self.tr("Noted: {what} still right.").format(what=counted(count, one, many)))
        screen.desk.saved.emit(screen.desk.case_file, DECISION, "")
        go_to(screen, SECTION)


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
        self.section_opened.connect(partial(go_to, screen))
        self.document_wanted.connect(screen.wishes.document_wanted)
        self.begun.connect(partial(begin, screen))
