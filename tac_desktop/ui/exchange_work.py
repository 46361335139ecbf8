"""Sending and receiving in an open vault: the inbox is watched from the start, the page made when it is wanted."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tac_desktop.casework.permissions import Deed, may
from tac_desktop.ui.exchange_inbox import InboxWatch
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.page import Page
from tac_desktop.ui.words import counted
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.inbox import InboxFile
    from tac_desktop.ui.exchange_desk import ExchangeDesk

CARD = "card"
"""The page with one's own card on paper, which no entry of the sidebar leads to."""


class ExchangeWork(QObject):
    """Tells in the sidebar how many bundles wait, whatever page is in front."""

    inbox_chosen = Signal(str)
    """The folder that is to be watched from now on, '' for none; it has to be kept in the settings."""

    def __init__(self, bench: Workbench, frame: Frame, folder: str, parent: QObject) -> None:
        """Watch the folder; no page yet."""
        super().__init__(parent)
        self._bench, self._frame = bench, frame
        self.desk: ExchangeDesk | None = None
        self.inbox = InboxWatch(_waiting, self)
        self.inbox.waiting_changed.connect(self._count)
        self.inbox_chosen.connect(self.inbox.watch)
        if may(bench.person.role, Deed.EXCHANGE):
            self.inbox.watch(folder)

    def make(self) -> Page:
        """Make the page."""
        from tac_desktop.ui.exchange_desk import ExchangeDesk

        self.desk = desk = ExchangeDesk(self._bench, self.inbox, self)
        desk.receiving.inbox_chosen.connect(self.inbox_chosen)
        desk.cards.ready.connect(self._show_card)
        desk.cards.left.connect(self._leave_card)
        desk.cards.renewal.lock_wanted.connect(self._frame.lock_asked)
        return desk.screen

    def read(self) -> None:
        """Have the page read again what it shows, if it has been made."""
        if self.desk is not None:
            self.desk.read()

    def _show_card(self, page: Page) -> None:
        self._frame.put(CARD, page)
        self._frame.show_page(CARD)

    def _leave_card(self) -> None:
        self._frame.drop(CARD)
        self._frame.go("exchange")

    def _count(self) -> None:
        count = len(self.inbox.files())
        waiting = counted(count, self.tr("1 bundle waits"), self.tr("{n} bundles wait"))
        self._frame.sidebar.show_count("exchange", count, waiting)


def _waiting(folder: Path) -> "Sequence[InboxFile]":
    from tac_desktop.actions.inbox import waiting

    return waiting(folder)
