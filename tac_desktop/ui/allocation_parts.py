"""The sections 'Social workers' and 'Schools' of a case file, tied to its screen: what their buttons do."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from tac_desktop.casework.allocation import FORM
from tac_desktop.casework.directory import PROFESSIONAL
from tac_desktop.casework.permissions import Deed
from tac_desktop.errors import AnswersRefused, TacError
from tac_desktop.ui.allocation_pane import AllocationPane
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.looked_up_editors import LookedUpLine
from tac_desktop.ui.within_case import begin, go_to

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen
    from tac_desktop.ui.editor import Finder

SECTION = "social_workers"


class AllocationInCase(AllocationPane):
    """Who it is now, in the case file that is open."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        desk = screen.desk
        super().__init__(
            desk.kit, desk.all_records(), desk.today(), may_write=desk.may_write(FORM),
            may_issue=desk.may(Deed.ISSUE_PAPERS),
        )  # fmt: skip
        self._screen = screen
        self.opened.connect(screen.open_record)
        self.begun.connect(partial(begin, screen))
        self.told.connect(self._tell)
        self.letter_wanted.connect(self._write)

    def _write(self, record_id: str) -> None:
        self._screen.wishes.document_wanted.emit(f"letter_social_worker {record_id}")

    def _tell(self, record_id: str) -> None:
        from tac_desktop.actions.allocation import note_told

        screen, desk = self._screen, self._screen.desk
        try:
            note_told(desk.means.store, desk.person, desk.case_file, record_id, now=desk.means.moment())
        except AnswersRefused as refused:
            desk.means.messages.say(next(iter(refused.problems.values())), "warn")
            screen.open_record(FORM, record_id, next(iter(refused.problems)))
        except TacError as trouble:
            desk.means.messages.trouble(trouble)
        else:
            desk.saved.emit(desk.case_file, FORM, record_id)
            go_to(screen, SECTION)
            desk.means.messages.say(self.tr("Noted: she was told today who it is."), undo=True)


class FirstLetter(QFrame):
    """A first letter to a professional: somebody of the directory is chosen, and it is drawn."""

    wanted = Signal(str)
    """The id of the entry; '' for a letter that names nobody."""

    def __init__(self, kit: Kit, finder: "Finder") -> None:
        """Take what finds the entries."""
        super().__init__()
        self.line = LookedUpLine(kit, finder, PROFESSIONAL, self.tr("To whom: a professional of the directory"))
        self.draw = kit.button(self.tr("Draw the letter"), "printer")
        words = self.tr("How to find and reach her in prison: named worker, booking, post and calls, and nothing more.")
        card, inside = kit.card(18, 8)
        inside.addWidget(kit.label(self.tr("First letter to a professional"), "h3", wrap=True))
        inside.addWidget(kit.label(words, "hint", wrap=True))
        inside.addLayout(kit.flow(self.line, self.draw))
        self.setLayout(kit.narrow(kit.column(card, gap=0)))
        self._finder = finder
        self.draw.clicked.connect(self._draw)

    def _draw(self) -> None:
        chosen = self.line.code()
        self.wanted.emit(chosen if self._finder.words(PROFESSIONAL, chosen) else "")


class FirstLetterInCase(FirstLetter):
    """The first letter, in the case file that is open."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        super().__init__(screen.kit, screen.desk.circumstances.finder)
        self._screen = screen
        self.wanted.connect(self._write)

    def _write(self, entry: str) -> None:
        self._screen.wishes.document_wanted.emit(f"letter_professional {entry}".strip())


class SchoolLetters(QFrame):
    """For each request to a school the letter on parental responsibility and reports."""

    def __init__(self, screen: "CaseScreen") -> None:
        """Take the screen of the case file."""
        super().__init__()
        kit, desk = screen.kit, screen.desk
        self._screen = screen
        column = kit.column(gap=8)
        requests = [one for one in desk.records("school_request") if "done" not in one.answers]
        words = self.tr(
            "Ask a school for reports, a parents’ evening, or contact there on a birthday. For each request the letter"
            " says who she is, that a parent in prison stays a parent, and how the school reaches us."
        )
        column.addWidget(kit.label(words, "hint", wrap=True))
        for request in requests if desk.may(Deed.ISSUE_PAPERS) else ():
            named = desk.named(request.text("child")) or self.tr("a child")
            school = request.text("school") or self.tr("the school")
            words = self.tr("Letter to {school} about {child}").format(school=school, child=named)
            letter = kit.button(words, "printer")
            letter.setProperty("request", request.id)
            letter.clicked.connect(self._write)
            column.addLayout(kit.flow(letter))
        self.setLayout(kit.narrow(column))

    def _write(self) -> None:
        self._screen.wishes.document_wanted.emit(f"letter_school {self.sender().property('request')}")
