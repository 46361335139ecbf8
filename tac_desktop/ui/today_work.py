"""Today in an open vault: read in the lane, and where its lines lead."""

from PySide6.QtCore import QObject, Signal

from tac_desktop.casework.forms import ALL
from tac_desktop.casework.mailbox import FORM as MESSAGE
from tac_desktop.ui.awaited_words import AWAITED
from tac_desktop.ui.case_work import CaseWork
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.hand_over_words import HANDOVERS
from tac_desktop.ui.jobs import at_once
from tac_desktop.ui.page import Page
from tac_desktop.ui.today_groups import MESSAGES
from tac_desktop.ui.waiting_words import MEETING
from tac_desktop.ui.workbench import Workbench

TODAY = "today"


class TodayWork(QObject):
    """Makes the page, and has it read anew."""

    draft_opened = Signal(str, str, str)
    """Case file, form, record."""
    conflicts_wanted = Signal(str)
    """Contradictions shall be decided; see `TodayScreen`."""
    backups_wanted = Signal()
    office_wanted = Signal(str, str)
    """A record that an office keeps shall be opened: its form and its id."""

    def __init__(self, bench: Workbench, frame: Frame, cases: CaseWork, parent: QObject) -> None:
        """Take the bench, the frame, and what opens case files."""
        super().__init__(parent)
        self._bench, self._frame, self._cases = bench, frame, cases
        self._warning = ""
        self._other_drafts = False
        cases.drafts_changed.connect(self._drafted)
        frame.moved.connect(self._moved)

    def make(self) -> Page:
        """Return the page; what it shows comes when it is read."""
        from tac_desktop.ui.today_screen import TodayScreen

        page = TodayScreen(self._bench.kit, self._bench.today())
        page.list_wanted.connect(self._show_list)
        page.case_opened.connect(self._cases.open_case)
        page.draft_opened.connect(self.draft_opened)
        page.record_opened.connect(self._open_record)
        page.contact_wanted.connect(self._cases.log_contact)
        page.conflicts_wanted.connect(self.conflicts_wanted)
        page.backups_wanted.connect(self.backups_wanted)
        page.show_warning(self._warning)
        self.read()
        return page

    def read(self) -> None:
        """Read anew what today asks for."""
        from tac_desktop.actions import caseload, vaults

        vault, day = self._bench.vault, self._bench.today()

        def read() -> object:
            with vaults.reading(vault) as (store, drafts):
                return caseload.today(store, drafts, vault.person, day, vault=vault)

        self._bench.run(at_once(read), self._show, asked=False)

    def _drafted(self) -> None:
        self._other_drafts = True
        self._moved(self._frame.current())  # Today is in front when a window over it was closed

    def _moved(self, page: str) -> None:
        if page == TODAY and self._other_drafts:
            self._other_drafts = False
            self.read()

    def warn(self, words: str) -> None:
        """Have Today warn that there is no recent backup, '' for no more."""
        from tac_desktop.ui.today_screen import TodayScreen

        page = self._frame.page(TODAY)
        is_new, self._warning = words != self._warning, words
        if is_new and isinstance(page, TodayScreen):
            page.show_warning(words)

    def _show(self, found: object) -> None:
        from tac_desktop.actions.caseload import Today
        from tac_desktop.ui.today_groups import groups_of, summary_of
        from tac_desktop.ui.today_screen import TodayScreen

        page = self._frame.page(TODAY)
        if isinstance(page, TodayScreen) and isinstance(found, Today):
            page.show_groups(groups_of(found, self._bench.today()), summary_of(found))

    def _open_record(self, case_file: str, form: str, record: str) -> None:
        if form == MESSAGE:  # in the list one key logs it, or says that it was answered
            self._frame.go("office", f"{MESSAGES}|{record}")
        elif ALL[form].keeping == "office":
            self.office_wanted.emit(form, record)
        else:
            self._cases.open_record(case_file, form, record)

    def _show_list(self, shown: str) -> None:
        if shown in (HANDOVERS, MEETING, AWAITED):
            self._frame.go(shown)
        elif shown == MESSAGES:
            self._frame.go("office", shown)
        else:
            self._frame.go("caseload", shown)
