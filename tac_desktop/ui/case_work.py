"""The case files of an open vault: opened one at a time, with the documents that are drawn from them."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tac_desktop.errors import TacError, UnknownRecord
from tac_desktop.ui.case_papers import DOCUMENT, CasePapers
from tac_desktop.ui.case_sections import SINCE, section_of
from tac_desktop.ui.contact_work import ContactWork
from tac_desktop.ui.earlier_days import EarlierDays
from tac_desktop.ui.frame import Frame, Place
from tac_desktop.ui.page import Page
from tac_desktop.ui.soon import soon
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.ui.case_screen import CaseScreen
    from tac_desktop.ui.case_windows import CaseWindows

CASE, NEW_CASE = "case", "new case"


class CaseWork(QObject):
    """Opens case files in the frame, and decides what follows: a document, a contact, the way back."""

    saved = Signal()
    """Something was saved into a case file."""
    drafts_changed = Signal()
    """There is a draft more or less than before, perhaps."""
    conflicts_wanted = Signal(str)
    """Contradictions shall be decided; see `CaseWishes.conflicts_wanted`."""

    def __init__(self, bench: Workbench, frame: Frame, parent: QObject) -> None:
        """Take the bench and the frame."""
        super().__init__(parent)
        self._bench = bench
        self._frame = frame
        self.windows: CaseWindows | None = None
        """What stands behind the windows over the case file that is open."""
        self.papers = CasePapers(bench, frame, self)
        self.papers.saved.connect(self.saved)
        self.papers.left.connect(self._back_to_case)
        self.contacts = ContactWork(bench, frame, self)
        self.contacts.logged.connect(self._logged)
        self.contacts.closed.connect(self.drafts_changed)
        self.days = EarlierDays(bench, frame, self.open_case, self)
        bench.file_wanted.connect(self._open_attached)

    def pages(self) -> set[str]:
        """Return the names of the frame's pages that belong to a case file."""
        return {name for name in self._frame.names() if name.startswith((CASE, NEW_CASE, DOCUMENT))}

    def go(self, place: Place) -> bool:
        """Go back to a place in a case file; False if the place is none."""
        kind, _, case_file = place.page.partition(" ")
        if place.page == NEW_CASE:
            self.new_case()
        elif kind in (CASE, DOCUMENT) and case_file:
            spot, _, day = place.spot.partition(SINCE) if kind == CASE else ("", "", "")
            self.open_case(case_file, spot, day)
        else:
            return False
        return True

    def open_case(self, case_file: str, place: str = "", known_on: str = "") -> None:
        """Open a case file, in place of the one that was open; as it was known on an ISO day, '' for now."""
        from tac_desktop.actions.same_woman import case_files_of
        from tac_desktop.ui.case_desk import CaseDesk
        from tac_desktop.ui.case_screen import CaseScreen
        from tac_desktop.ui.past_case import PastCase

        means = self._bench.means()
        try:
            if not known_on:
                case_file, *_ = case_files_of(self._bench.store, case_file)  # of one woman there may be several
            desk = PastCase(means, case_file, known_on) if known_on else CaseDesk(means, case_file)
            page = CaseScreen(desk)
        except TacError as trouble:
            self._not_opened(trouble, known_on)
            return
        desk.saved.connect(self._saved)
        desk.typed.connect(self.drafted)
        page.closed.connect(self._leave)
        page.wishes.contact_wanted.connect(partial(self.log_contact, case_file))
        page.wishes.answer_wanted.connect(self.contacts.log_for)
        page.wishes.conflicts_wanted.connect(self.conflicts_wanted)
        page.wishes.day_wanted.connect(partial(self.days.show, case_file))
        self.papers.serve(page, case_file)
        desk.setParent(page)
        self._open_windows(page)
        self._show_only(f"{CASE} {case_file}", page)
        self._bench.viewed(case_file)
        if place:
            page.return_to(place)
        page.arrive()

    def _not_opened(self, trouble: TacError, known_on: str) -> None:
        if known_on and isinstance(trouble, UnknownRecord):
            self.days.say_nothing_was_known(known_on)
        else:
            self._bench.messages.trouble(trouble)
            self._leave()

    def _open_windows(self, page: "CaseScreen") -> None:
        """Make what stands behind the windows over a case file."""
        from tac_desktop.ui.case_windows import CaseWindows

        self.windows = CaseWindows(self._bench, page)
        self.windows.changed.connect(self._handed_over)
        self.windows.cards_wanted.connect(partial(self._frame.go, "exchange"))
        self.windows.opened.connect(self._joined_or_parted)

    def _joined_or_parted(self, case_file: str) -> None:
        self.saved.emit()
        soon(self, partial(self.open_case, case_file, "mother"))  # the page that asks is replaced

    def _handed_over(self) -> None:
        self.saved.emit()
        self.read(self._frame.current())

    def open_record(self, case_file: str, form: str, record: str) -> None:
        """Open a case file at one of its records."""
        self.open_case(case_file, f"{section_of(form).name}|{record}")

    def open_draft(self, case_file: str, form: str, record: str) -> None:
        """Open a form in which something was typed and not saved."""
        from tac_desktop.ui.case_screen import CaseScreen

        if not case_file:
            if form == "contact":
                self.log_contact(draft=record)
            else:
                self.new_case()
            return
        self.open_case(case_file)
        page = self._frame.page(self._frame.current())  # of one woman another of her case files may be in front
        if isinstance(page, CaseScreen):
            page.open_draft(form, record)

    def new_case(self) -> None:
        """Begin a new case file with the mother's own form."""
        from tac_desktop.ui.case_desk import CaseDesk
        from tac_desktop.ui.new_case_screen import NewCaseScreen

        desk = CaseDesk(self._bench.means(), "")
        page = NewCaseScreen(desk, self._bench)
        page.known_opened.connect(self.open_case)
        page.closed.connect(self._leave)
        desk.saved.connect(self._made)
        desk.typed.connect(self.drafted)
        desk.setParent(page)
        self.windows = None
        self._show_only(NEW_CASE, page)
        page.arrive()

    def settle(self) -> None:
        """Have the windows over the pages write what was typed into the drafts: a contact, a hand-over."""
        self.contacts.settle()
        if self.windows is not None:
            self.windows.settle()

    def read(self, name: str) -> None:
        """Have a page of a case file read again what it shows."""
        from tac_desktop.ui.case_screen import CaseScreen

        page = self._frame.page(name)
        if isinstance(page, CaseScreen):
            try:
                page.refresh()
                if self.windows is not None:
                    self.windows.handing_over.read()
            except TacError as trouble:
                self._bench.messages.trouble(trouble)
                self._leave()

    def in_front(self) -> str:
        """Return the case file that is in front, '' if none is."""
        kind, _, case_file = self._frame.current().partition(" ")
        return case_file if kind == CASE else ""

    def log_contact(self, case_file: str = "", draft: str = "") -> None:
        """Log a contact with a mother, or with one that is still to be named; `draft` names the draft to go on with."""
        self.days.today_first(case_file, partial(self.contacts.log, case_file, draft))

    def _logged(self) -> None:
        self.saved.emit()
        self.read(self._frame.current())

    def _saved(self, _case_file: str, _form: str, _record: str) -> None:
        self.saved.emit()

    def drafted(self, _form: str) -> None:
        """Say in the sidebar that something was typed and is kept."""
        time = self._bench.now()[11:16]
        self._frame.sidebar.show_draft(self.tr("Drafts kept, {time}").format(time=time))
        self.drafts_changed.emit()

    def _made(self, case_file: str, _form: str, _record: str) -> None:
        self.saved.emit()
        self.open_case(case_file, "referral|+referral")
        self._bench.messages.say(self.tr("The case file is made. Write down the referral next."))

    def _leave(self) -> None:
        self._frame.go("caseload")

    def _show_only(self, name: str, page: Page) -> None:
        for other in self.pages():
            self._frame.drop(other)
        self._frame.put(name, page)
        self._frame.show_page(name)

    def _open_attached(self, sha256: str, title: str) -> None:
        if case_file := self.in_front():
            self.papers.open_attached(case_file, sha256, title)

    def _back_to_case(self, case_file: str) -> None:
        if f"{CASE} {case_file}" in self._frame.names():
            self._frame.show_page(f"{CASE} {case_file}")
            self.read(f"{CASE} {case_file}")
        else:
            self.open_case(case_file)
