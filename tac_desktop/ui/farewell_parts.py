"""The sections about visits and about adoption, final contact and life story, tied to the screen that shows them."""

from typing import TYPE_CHECKING

from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.visits import FORM as VISIT
from tac_desktop.ui.farewell_pane import PAPER, FarewellPane
from tac_desktop.ui.visits_pane import VisitsPane

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen


class VisitsInCase(VisitsPane):
    """Visits and coaching of the case file that is open."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        super().__init__(screen.kit, desk.all_records(), desk.named, desk.today(), may_write=desk.may_write(VISIT))
        self.opened.connect(screen.open_record)
        self.added.connect(screen.open_new)


class FarewellInCase(FarewellPane):
    """Adoption, final contact and life story of the case file that is open."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        super().__init__(screen.kit, desk.all_records(), desk.today(), may_issue=desk.may(Deed.ISSUE_PAPERS))
        self._screen = screen
        self.opened.connect(screen.open_record)
        self.paper_wanted.connect(self._draw)

    def _draw(self, child: str) -> None:
        self._screen.wishes.document_wanted.emit(f"{PAPER} {child}")
