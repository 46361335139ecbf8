"""Who lives where in the case file that is open: the picture tied to its screen, and the way to record a move."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, cast

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.forms.moving import MOVE
from tac_desktop.casework.permissions import Deed
from tac_desktop.ui.child_contact_parts import begin_record
from tac_desktop.ui.family_pane import FamilyPane

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen


class FamilyInCase(FamilyPane):
    """The picture of the family in the case file that is open."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        super().__init__(
            desk.circumstances, desk.all_records(), may_write=desk.may_write, may_issue=desk.may(Deed.ISSUE_PAPERS)
        )
        self._screen = screen
        self.record_opened.connect(screen.open_record)
        self.section_opened.connect(screen.show_section)
        self.document_wanted.connect(screen.document_wanted)
        self.begun.connect(self._begin)
        self.move_wanted.connect(self._begin_move)

    def _begin(self, form: str, answers: Mapping[str, Answer]) -> None:
        begin_record(self._screen, form, answers)

    def _begin_move(self, children: object) -> None:
        begin_record(self._screen, MOVE.name, {"children": tuple(cast("Sequence[str]", children))})
