"""The contact log of a case file, what waits for an answer, her questions and her news, tied to their screen."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from tac_desktop.casework.dues.escalation import TIE, questions_among
from tac_desktop.casework.permissions import Deed
from tac_desktop.ui.awaited_screen import KEYS, AwaitedList
from tac_desktop.ui.contact_timeline import ContactTimeline
from tac_desktop.ui.news_pane import PROMISED, NewsPane
from tac_desktop.ui.questions_pane import FORM as QUESTION
from tac_desktop.ui.questions_pane import QuestionsPane
from tac_desktop.ui.within_case import begin

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen


class LogInCase(ContactTimeline):
    """The contact log of the case file that is open."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        super().__init__(
            desk.circumstances, desk.records("contact"), desk.named, desk.options("child"), desk.with_remarks,
            may_issue=desk.may(Deed.ISSUE_PAPERS), may_log=desk.may_write("contact"),
        )  # fmt: skip
        self.opened.connect(screen.open_record)
        self.added.connect(screen.wishes.contact_wanted)
        self.paper_wanted.connect(screen.wishes.paper_wanted)


class AwaitedInCase(QFrame):
    """What waits for an answer in the case file that is open; nothing where nothing does."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        super().__init__()
        desk, kit = screen.desk, screen.kit
        self._screen = screen
        asked = questions_among(desk.records("contact"), desk.records(TIE))
        found = sorted((one for one in asked if one.is_open), key=lambda one: one.next_on)
        may_log = desk.may_write("contact")
        self.list = AwaitedList(kit, may_log=may_log)
        self.list.show_questions([("", one) for one in found], desk.today())
        self.list.opened.connect(self._open)
        self.list.wanted.connect(screen.wishes.answer_wanted)
        heading = kit.label(f"Waiting for an answer ({len(found):,})", "h2", wrap=True)
        hint = kit.label(KEYS, "hint", wrap=True)
        self.setLayout(kit.column(heading, hint, self.list, gap=8))
        hint.setVisible(may_log)
        if not found:
            self.hide()

    def _open(self, _case_file: str, contact: str) -> None:
        self._screen.open_record("contact", contact)


class QuestionsInCase(QuestionsPane):
    """Her questions in the case file that is open."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        super().__init__(
            screen.kit, desk.records(QUESTION), desk.named, desk.today(), may_write=desk.may_write(QUESTION)
        )
        self.opened.connect(screen.open_record)
        self.added.connect(screen.open_new)


class NewsInCase(NewsPane):
    """The news that she was promised in the case file that is open."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        super().__init__(screen.kit, desk.all_records(), desk.named, desk.today(), may_write=desk.may_write(PROMISED))
        self.opened.connect(screen.open_record)
        self.added.connect(screen.open_new)
        self.begun.connect(partial(begin, screen))
