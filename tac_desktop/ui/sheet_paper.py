"""A sheet of the vault on its way to a printer: drawn in the lane, shown as it will be on paper, never in a file."""

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.jobs import Job, Lane, Steps
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import Messages
from tac_desktop.ui.print_screen import PrintScreen
from tac_desktop.ui.printing import PrintDialog

QUEUE_NAME = "TaC Desktop"
"""What the printer's queue shows: never what is on the sheet."""


class SheetPaper(QObject):
    """Draws one sheet at a time, and hands out the page that shows it."""

    ready = Signal(object)
    """A PrintScreen, to be shown until `left`."""
    left = Signal()
    printed = Signal(int)
    """It was handed to the printer: so many pages of it."""

    def __init__(self, kit: Kit, lane: Lane, messages: Messages, parent: QObject, *, may_save: bool = False) -> None:
        """Take the lane and the desk for messages, and whether a copy may be saved: never of what holds a secret."""
        super().__init__(parent)
        self._may_save = may_save
        self._kit, self._lane, self._messages = kit, lane, messages
        self._page: PrintScreen | None = None
        self._title = ""

    def draw(self, drawing: Callable[[], Steps], title: str = "") -> None:
        """Have a sheet drawn by an action that returns a PDF; `ready` follows. Without a title: a recovery sheet."""
        self._title = title or self.tr("Recovery sheet")
        job = Job(drawing)
        job.finished.connect(self._drawn)
        job.failed.connect(self._messages.trouble)
        self._lane.start(job)

    def _drawn(self, paper: object) -> None:
        page = PrintScreen(self._kit, self._lane, cast("bytes", paper), self._title, may_save=self._may_save)
        page.left.connect(self._leave)
        page.print_wanted.connect(self._print)
        self._page = page
        self.ready.emit(page)

    def _print(self) -> None:
        if self._page is not None:
            dialog = PrintDialog(self._page, self._page.content, QUEUE_NAME)
            dialog.accepted.connect(self._print_now)
            dialog.open()

    def _print_now(self, work: object) -> None:
        job = Job(cast("Callable[[], Steps]", work))
        job.finished.connect(self._printed)
        job.failed.connect(self._messages.trouble)
        self._lane.start(job)

    def _printed(self, pages: object) -> None:
        self.printed.emit(cast("int", pages))
        self._messages.say(self.tr("The sheet was handed to the printer. Fetch it before you go on."))
        self._leave()

    def _leave(self) -> None:
        """Keep nothing of the sheet, which may hold a secret: the door is there as long as the program."""
        self._page = None
        self.left.emit()
