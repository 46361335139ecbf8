"""The frame round an open vault: sidebar, messages, and the current page; pages are built on their first visit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from tac_desktop.ui import tokens
from tac_desktop.ui.bookmark import NOWHERE, Bookmark, bookmark_of
from tac_desktop.ui.kit import Kit, restyle
from tac_desktop.ui.messages import MessageBar, Messages, announce
from tac_desktop.ui.page import Page
from tac_desktop.ui.sidebar import Entry, Sidebar


@dataclass(frozen=True)
class Place:
    """Where somebody is: a page, and a spot on it in the page's own words. Never a name, never an answer."""

    page: str
    spot: str = ""
    bookmark: Bookmark = NOWHERE
    """Where on the page, to the cursor."""
    over: str = ""
    """Which window is open over the page, '' for none."""
    over_bookmark: Bookmark = NOWHERE
    """Where in that window."""


class IdleWarning(QFrame):
    """Says in words that the vault will be locked in a moment, and that any key prevents it."""

    def __init__(self, kit: Kit) -> None:
        """Build it hidden."""
        super().__init__()
        self.setProperty("role", "message")
        self._text = kit.label("", wrap=True)
        row = kit.row(kit.picture("lock", "warn", 20), self._text, gap=12)
        row.setContentsMargins(kit.px(16), kit.px(10), kit.px(16), kit.px(10))
        row.setStretch(1, 1)
        self.setLayout(row)
        restyle(self, tone="warn")
        self.hide()

    def warn(self, seconds: int) -> None:
        """Say how many seconds are left; spoken at the beginning and for the last ten."""
        text = self.tr("TaC locks itself in {n} seconds. Press any key to go on working.").format(n=seconds)
        self._text.setText(text)
        self.setAccessibleName(text)
        if not self.isVisible() or seconds == 10:
            announce(self, text, urgent=True)
        self.show()


class Frame(QWidget):
    """What one sees while a vault is open. It is destroyed by a lock: nothing of it stays behind."""

    lock_asked = Signal()
    moved = Signal(str)
    """The name of the page that is shown now."""

    def __init__(
        self,
        kit: Kit,
        messages: Messages,
        entries: Sequence[Entry],
        makers: Mapping[str, Callable[[], Page]],
        *,
        person: str,
        place: str,
    ) -> None:
        """Take the sidebar's entries, and what builds the page of each name."""
        super().__init__()
        self._kit = kit
        self._makers = makers
        self._pages: dict[str, Page] = {}
        self.sidebar = Sidebar(kit, entries, person=person, place=place)
        self.warning = IdleWarning(kit)
        self.bar = MessageBar(kit, messages)
        self._stack = QStackedWidget()
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.warning, self.bar, self._stack):
            column.addWidget(widget)
        column.setStretch(2, 1)
        row = kit.row(self.sidebar, column, gap=0)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.sidebar.chosen.connect(self.go)
        self.sidebar.lock_asked.connect(self.lock_asked)

    def go(self, name: str, spot: str = "") -> Page:
        """Show a page, building it on the first visit; with a spot, that spot on it."""
        page = self._pages.get(name)
        if page is None:
            page = self._makers[name]()
            self.put(name, page)
        self.show_page(name)
        if spot:
            page.return_to(spot)
        page.arrive()
        return page

    def put(self, name: str, page: Page) -> None:
        """Take in a page under a name, in place of the one that had it."""
        self.drop(name)
        self._pages[name] = page
        self._stack.addWidget(page)

    def show_page(self, name: str) -> None:
        """Bring a page to the front."""
        if name != self.current():
            self.bar.leave_page()
        self._stack.setCurrentWidget(self._pages[name])
        self.sidebar.show_current(name)
        self.moved.emit(name)

    def drop(self, name: str) -> None:
        """Destroy a page; what was typed on it goes into the drafts first."""
        page = self._pages.pop(name, None)
        if page is not None:
            page.settle()
            self._stack.removeWidget(page)
            page.deleteLater()

    def names(self) -> list[str]:
        """Return the names of the pages that have been built."""
        return list(self._pages)

    def page(self, name: str) -> Page | None:
        """Return a page if it has been built."""
        return self._pages.get(name)

    def current(self) -> str:
        """Return the name of the page in front, '' if there is none."""
        shown = self._stack.currentWidget()
        return next((name for name, page in self._pages.items() if page is shown), "")

    def place(self) -> Place:
        """Return where one is, to come back to it after a lock."""
        name = self.current()
        return Place(name, self._pages[name].place(), bookmark_of(self._pages[name])) if name else Place("")

    def settle(self) -> None:
        """Have every page write what was typed into the drafts."""
        for page in self._pages.values():
            page.settle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make the sidebar narrow where the window is (Qt)."""
        self.sidebar.set_narrow(narrow=event.size().width() < self._kit.px(tokens.NARROW_BELOW))
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        """Ask for no room: what does not fit scrolls (Qt)."""
        return QSize(0, 0)
