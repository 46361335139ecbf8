"""What is done in an open vault: which page follows which, and what has to be read again after a change."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tac_desktop.casework.codelists import label
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.meeting import DECISION
from tac_desktop.casework.permissions import Deed, may
from tac_desktop.settings import Settings
from tac_desktop.ui.after_crash import CrashCheck
from tac_desktop.ui.awaited_words import AWAITED
from tac_desktop.ui.awaited_work import AwaitedWork
from tac_desktop.ui.case_work import CaseWork
from tac_desktop.ui.caseload_work import BESIDE, CASELOAD, CaseloadWork
from tac_desktop.ui.conflict_work import CONFLICTS, ConflictWork
from tac_desktop.ui.exchange_work import ExchangeWork
from tac_desktop.ui.frame import Frame, Place
from tac_desktop.ui.keeping_work import KeepingWork
from tac_desktop.ui.office_work import OFFICE, OfficeWork
from tac_desktop.ui.page import Page
from tac_desktop.ui.places import READS_CASES, entries
from tac_desktop.ui.surveys_work import SURVEYS, SurveysWork
from tac_desktop.ui.today_work import TODAY, TodayWork
from tac_desktop.ui.undo_work import UndoWork
from tac_desktop.ui.vault_work import VAULT, VaultWork
from tac_desktop.ui.waiting_words import MEETING
from tac_desktop.ui.workbench import Workbench
from tac_desktop.ui.worklists_work import LISTS, WorklistsWork

_WITHOUT_ENTRY = (CONFLICTS, *BESIDE)
"""Pages without an entry in the sidebar, for whoever works with case files."""


class Work(QObject):
    """Owns the frame, and makes each page when it is first wanted."""

    settings_chosen = Signal(object)

    def __init__(self, bench: Workbench, settings: Settings) -> None:
        """Build the frame; no page yet."""
        super().__init__()
        self.bench = bench
        self._settings = settings
        self._stale: set[str] = set()
        self._desks: list[QObject] = []
        person = bench.person
        place = label("prison", person.prison) if person.prison else self.tr("All prisons")
        made = self._makers()
        self.frame = Frame(bench.kit, bench.messages, entries(person.role), made, person=person.name, place=place)
        self.cases = CaseWork(bench, self.frame, self)
        self.caseload = CaseloadWork(bench, self.frame, self.cases, self)
        self.exchange = ExchangeWork(bench, self.frame, settings.inbox_folder, self)
        self.vault = VaultWork(bench, self.frame, self)
        self.conflicts = ConflictWork(bench, self.frame, self.cases, self)
        self.today = TodayWork(bench, self.frame, self.cases, self)
        self.office = OfficeWork(bench, self.frame, self.cases, self)
        self.surveys = SurveysWork(bench, self.frame, self.cases, self)
        self.awaited = AwaitedWork(bench, self.frame, self.cases, self)
        self.worklists = WorklistsWork(bench, self.frame, self.cases, self)
        made |= self._makers_of_parts()  # they need the frame, which holds `made`
        self.crash_check = CrashCheck(bench, self)
        self.undoing = UndoWork(bench, self.frame, self.cases.days.is_past, self)
        self._connect()
        self.keeping = KeepingWork(bench, self.frame, self.crash_check, self.today, self.vault, self)

    def _makers_of_parts(self) -> dict[str, Callable[[], Page]]:
        return self.caseload.makers() | {
            AWAITED: self.awaited.make,
            LISTS: self.worklists.make,
            TODAY: self.today.make,
            CONFLICTS: self.conflicts.make,
            "exchange": self.exchange.make,
            VAULT: self.vault.make,
            OFFICE: self.office.make,
            SURVEYS: self.surveys.make,
        }

    def _connect(self) -> None:
        self.exchange.inbox_chosen.connect(self._choose_inbox)
        for part in (self.cases, self.caseload, self.office, self.surveys):
            part.saved.connect(self._saved)
        self.conflicts.decided.connect(self._decided)
        self.today.draft_opened.connect(self._open_draft)
        self.today.conflicts_wanted.connect(self.conflicts.decide)
        self.today.office_wanted.connect(self.office.open)
        self.frame.moved.connect(self._moved)
        self.crash_check.told.connect(self.frame.sidebar.show_status)
        self.undoing.undone.connect(self.bench.changed)
        self.vault.backup_place_chosen.connect(self._choose_backup_place)
        self.bench.changed.connect(self.changed)
        self.bench.reading_paused.connect(self._pause_reading)

    def _makers(self) -> dict[str, Callable[[], Page]]:
        """Return what builds the page of each name, when it is first visited."""
        return {
            "reports": self._make_reports,
            "tracker": self._make_tracker,
            "settings": self._make_settings,
        }

    def first_page(self) -> str:
        """Return the page with which a day begins."""
        return TODAY if may(self.bench.person.role, Deed.READ_CASES) else VAULT

    def go(self, place: Place) -> None:
        """Go to a place; to the first page where it exists no more."""
        if self.cases.go(place):
            return
        beside = place.page in _WITHOUT_ENTRY and self.first_page() == TODAY
        may_go = place.page in self.frame.sidebar.names() or beside
        name = place.page if may_go else self.first_page()
        self.frame.go(name, place.spot if name == place.page else "")

    def settle(self) -> None:
        """Have everything that was typed written into the drafts, now: on pages and in windows over them."""
        self.frame.settle()
        self.cases.settle()

    def search(self) -> None:
        """Go to the caseload's search box."""
        if CASELOAD in self.frame.sidebar.names():
            self.caseload.search()

    def log_contact(self) -> None:
        """Log a contact: with the mother whose case file is in front, or with one that is still to be named."""
        if CASELOAD in self.frame.sidebar.names():
            self.cases.log_contact(self.cases.in_front())

    def show_awaited(self) -> None:
        """Go to the answers that are owed."""
        if AWAITED in self.frame.sidebar.names():
            self.frame.go(AWAITED)

    def changed(self) -> None:
        """Have every page read again what it shows: at once if it is in front, else when it is next visited."""
        places = (TODAY, CASELOAD, AWAITED, LISTS, SURVEYS, "exchange", VAULT, CONFLICTS, OFFICE)
        self._stale = {*places, *self.cases.pages()}
        self._moved(self.frame.current())

    def _moved(self, name: str) -> None:
        self.frame.sidebar.show_current(CASELOAD if name in (*BESIDE, *self.cases.pages()) else name)
        if name in self._stale:
            self._stale.discard(name)
            self._read(name)

    def _saved(self) -> None:
        self._stale |= {TODAY, CASELOAD, "exchange", AWAITED, LISTS}
        if self.frame.current() in (TODAY, AWAITED, LISTS):  # a window over it has answered what it shows
            self._moved(self.frame.current())

    def _decided(self) -> None:
        self._saved()
        self._stale |= {SURVEYS, *self.cases.pages()}

    def _read(self, name: str) -> None:
        readers = {
            CASELOAD: self.caseload.read, TODAY: self.today.read, SURVEYS: self.surveys.read,
            AWAITED: self.awaited.read, LISTS: self.worklists.read, OFFICE: self.office.read,
            "exchange": self.exchange.read, VAULT: self.vault.read, CONFLICTS: self.conflicts.read,
        }  # fmt: skip
        if name in readers:
            readers[name]()
        elif name in self.cases.pages():
            self.cases.read(name)

    def _pause_reading(self, paused: bool) -> None:
        self.frame.sidebar.set_enabled(READS_CASES, enabled=not paused)

    def _open_draft(self, case_file: str, form: str, record: str) -> None:
        """Open a form in which something was typed and not saved; also one that stands in no case file."""
        if form == DECISION.name:
            self.frame.go(MEETING, case_file)
        elif form in ALL and ALL[form].keeping == "office":
            self.office.open(form, record)
        elif form in ALL and ALL[form].about == "office":
            self.surveys.open(form, record)
        else:
            self.cases.open_draft(case_file, form, record)

    def _make_reports(self) -> Page:
        from tac_desktop.ui.reports_desk import ReportsDesk

        desk = ReportsDesk(self.bench)
        self._desks.append(desk)
        return desk.screen

    def _make_tracker(self) -> Page:
        from tac_desktop.ui.tracker_desk import TrackerDesk

        desk = TrackerDesk(self.bench)
        self._desks.append(desk)
        return desk.screen

    def _make_settings(self) -> Page:
        from tac_desktop.ui.settings_screen import SettingsScreen

        page = SettingsScreen(self.bench.kit, self._settings)
        page.chosen.connect(self._choose_settings)
        return page

    def _choose_backup_place(self, place: Path | None) -> None:
        self._choose_settings(self._settings.with_backup_place(self.bench.vault.folder, place))

    def _choose_inbox(self, folder: str) -> None:
        self._choose_settings(replace(self._settings, inbox_folder=folder))

    def _choose_settings(self, settings: Settings) -> None:
        from tac_desktop.ui.settings_screen import SettingsScreen

        self._settings = settings
        page = self.frame.page("settings")
        if isinstance(page, SettingsScreen):
            page.hold(settings)
        self.settings_chosen.emit(settings)
