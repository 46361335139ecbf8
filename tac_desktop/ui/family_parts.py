"""The family in the case file that is open: who lives where, the way to a move, and the children's voices."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QFrame

from tac_desktop.casework.family import is_born
from tac_desktop.casework.forms.moving import MOVE
from tac_desktop.casework.forms.responsibility import OF_HER
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.wording import one_line
from tac_desktop.ui.case_header import birth_order
from tac_desktop.ui.family_pane import FamilyPane
from tac_desktop.ui.voice_pane import VoicePane
from tac_desktop.ui.within_case import begin, go_to

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
        self.section_opened.connect(partial(go_to, screen))
        self.document_wanted.connect(screen.wishes.document_wanted)
        self.begun.connect(partial(begin, screen))
        self.move_wanted.connect(self._begin_move)

    def _begin_move(self, children: object) -> None:
        begin(self._screen, MOVE.name, {"children": tuple(cast("Sequence[str]", children))})


class VoicesInCase(VoicePane):
    """The children's voices in the case file that is open."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        children = sorted((one for one in desk.records("child") if is_born(one, desk.today())), key=birth_order)
        super().__init__(screen.kit, children, desk.all_records(), may_write=desk.may_write("child_view"))
        self.begun.connect(partial(begin, screen))


class CopiesLetters(QFrame):
    """For each request that nobody answered yet, the letter that asks for copies."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        super().__init__()
        kit, desk = screen.kit, screen.desk
        flow = kit.flow(gap=8)
        for request in desk.records("information_request") if desk.may(Deed.ISSUE_PAPERS) else ():
            if request.text("kind") in OF_HER or request.text("answered_on"):
                continue
            what = one_line(request.text("what"), 60)
            letter = kit.button(self.tr("Letter: please send {what}").format(what=what), "printer")
            letter.clicked.connect(partial(screen.wishes.document_wanted.emit, f"letter_copies {request.id}"))
            flow.addWidget(letter)
        self.setLayout(flow)
        self.setVisible(flow.count() > 0)
