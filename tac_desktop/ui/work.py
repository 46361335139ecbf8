"""What is done in an open vault: which page follows which, and what has to be read again after a change."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tac_desktop.casework.codelists import label
from tac_desktop.settings import Settings
from tac_desktop.ui.frame import Frame, Place
from tac_desktop.ui.jobs import Job, Lane, Steps, at_once
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import Messages
from tac_desktop.ui.page import Page
from tac_desktop.ui.sidebar import Entry

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Vault
    from tac_desktop.casework.caseload import CaseloadRow

READS_NO_CASES = ("settings", "exchange")
"""What an administrator sees: she looks after the vault and reads no case."""


class Work(QObject):
    """Owns the frame and the store of the window's thread, and makes each page when it is first wanted."""

    settings_chosen = Signal(object)

    def __init__(
        self,
        kit: Kit,
        lane: Lane,
        messages: Messages,
        now: Callable[[], str],
        vault: "Vault",
        settings: Settings,
    ) -> None:
        """Open the store and build the frame; no page yet."""
        from tac_desktop.actions import vaults

        super().__init__()
        self.vault = vault
        self._kit, self._lane, self._messages, self._now = kit, lane, messages, now
        self._settings = settings
        self.store = vaults.store_of(vault)
        self._stale: set[str] = set()
        person = vault.person
        makers: dict[str, Callable[[], Page]] = {
            "today": self._make_today,
            "caseload": self._make_caseload,
            "settings": self._make_settings,
        }
        place = label("prison", person.prison) if person.prison else self.tr("Both prisons")
        self.frame = Frame(kit, messages, self._entries(), makers, person=person.name, place=place)
        self.frame.moved.connect(self._moved)

    def _entries(self) -> Sequence[Entry]:
        entries = (
            Entry("today", "house", self.tr("Today")),
            Entry("caseload", "folder-open", self.tr("Caseload")),
            Entry("settings", "settings", self.tr("Settings")),
        )
        if self.vault.person.role == "admin":
            return tuple(entry for entry in entries if entry.name in READS_NO_CASES)
        return entries

    def first_page(self) -> str:
        """Return the page with which a day begins."""
        return "settings" if self.vault.person.role == "admin" else "today"

    def go(self, place: Place) -> None:
        """Go to a place; to the first page where it exists no more."""
        name = place.page if place.page in self.frame.sidebar.names() else self.first_page()
        self.frame.go(name, place.spot if name == place.page else "")

    def search(self) -> None:
        """Go to the caseload's search box."""
        from tac_desktop.ui.caseload_screen import CaseloadScreen

        if "caseload" in self.frame.sidebar.names():
            page = self.frame.go("caseload")
            if isinstance(page, CaseloadScreen):
                page.search.setFocus()
                page.search.selectAll()

    def close(self) -> None:
        """Close the store; the frame is gone by then."""
        self.store.close()

    def changed(self) -> None:
        """Have every page read again what it shows: at once if it is in front, else when it is next visited."""
        self._stale = {"today", "caseload"}
        self._moved(self.frame.current())

    def _moved(self, name: str) -> None:
        if name in self._stale:
            self._stale.discard(name)
            self._read(name)

    def _read(self, name: str) -> None:
        from tac_desktop.ui.caseload_screen import CaseloadScreen

        page = self.frame.page(name)
        if isinstance(page, CaseloadScreen):
            page.read()
        elif name == "today":
            self._read_today()

    # --- today ---

    def _make_today(self) -> Page:
        from tac_desktop.ui.today_screen import TodayScreen

        page = TodayScreen(self._kit, self._now()[:10])
        page.list_wanted.connect(self._show_list)
        self._read_today()
        return page

    def _read_today(self) -> None:
        from tac_desktop.actions import caseload, vaults

        vault, day = self.vault, self._now()[:10]

        def read() -> object:
            with vaults.reading(vault) as (store, drafts):
                return caseload.today(store, drafts, vault.person, day)

        self.run(at_once(read), self._today_read)

    def _today_read(self, found: object) -> None:
        from tac_desktop.actions.caseload import Today
        from tac_desktop.ui.today_screen import TodayScreen, groups_of, summary_of

        page = self.frame.page("today")
        if isinstance(page, TodayScreen) and isinstance(found, Today):
            page.show_groups(groups_of(found, self._now()[:10]), summary_of(found))
            if self.frame.current() == "today":
                page.arrive()

    def _show_list(self, shown: str) -> None:
        self.frame.go("caseload", shown)

    # --- caseload ---

    def _make_caseload(self) -> Page:
        from tac_desktop.ui.caseload_screen import CaseloadScreen

        return CaseloadScreen(self._kit, _Caseload(self), self._now()[:10])

    def rows(self, shown: str, order: str, typed: str, *, from_end: bool) -> Sequence[int]:
        """Return the numbers of the caseload's rows; see `actions.caseload.numbers`."""
        from tac_desktop.actions import caseload

        return caseload.numbers(
            self.store,
            self.vault.person,
            self._now()[:10],
            shown,  # pyright: ignore[reportArgumentType] - the screen's chips are the filter's names
            order=order,  # pyright: ignore[reportArgumentType] - the table's columns are the orders' names
            typed=typed,
            from_end=from_end,
        )

    # --- settings ---

    def _make_settings(self) -> Page:
        from tac_desktop.ui.settings_screen import SettingsScreen

        page = SettingsScreen(self._kit, self._settings)
        page.chosen.connect(self.settings_chosen)
        return page

    # --- long work ---

    def run(self, work: Callable[[], Steps], then: Callable[[object], None]) -> Job:
        """Start a job in the lane; what goes wrong is told at the desk."""
        job = Job(work)
        job.finished.connect(then)
        job.failed.connect(self._messages.trouble)
        self._lane.start(job)
        return job


class _Caseload:
    """Gives the caseload's screen its rows from the window's own store."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def numbers(self, shown: str, order: str, typed: str, *, from_end: bool) -> Sequence[int]:
        """Return the numbers of the rows that are wanted."""
        return self._work.rows(shown, order, typed, from_end=from_end)

    def page(self, numbers: Sequence[int]) -> Sequence["CaseloadRow"]:
        """Return the rows with these numbers."""
        from tac_desktop.actions import caseload

        return caseload.page(self._work.store, numbers)
