"""The day's backup: made in a lane of its own a little after the unlock, and each later day it stays open."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer, Signal

from tac_desktop.errors import TacError
from tac_desktop.ui.backup_words import made_message
from tac_desktop.ui.jobs import Job, Lane, Steps
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.backup_schedule import Made, Shelf
    from tac_desktop.actions.vaults import Store

SECONDS_AFTER_UNLOCK = 15
"""The first look at a page comes first; then nobody notices a backup."""
MINUTES_BETWEEN_LOOKS = 20


class BackupWatch(QObject):
    """Looks now and then whether the day has its backup, and makes it. What is being typed and saved does not wait."""

    told = Signal(str)
    """How far it is, in words; '' when it is over."""
    looked = Signal(object)
    """The Shelf as it is now."""

    def __init__(self, bench: Workbench, parent: QObject) -> None:
        """Take the bench; the first look comes a little later."""
        super().__init__(parent)
        self._bench = bench
        self._lane = Lane(self)
        self._failed_on = ""
        self._timer = QTimer(self, interval=SECONDS_AFTER_UNLOCK * 1000)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        self.waits_for = _nothing
        """Says whether something is under way that should be over first: the check after a crash."""

    def look(self) -> None:
        """Make the day's backup, if there is none yet."""
        if self.waits_for() or self.under_way():
            return
        self._timer.setInterval(MINUTES_BETWEEN_LOOKS * 60_000)
        vault, now, gives_up = self._bench.vault, self._bench.moment(), self._failed_on == self._bench.today()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.backup_schedule import back_up_now, shelf

            made: Made | TacError | None = None
            if shelf(vault, now=now).is_due and not gives_up:
                try:
                    made = yield from back_up_now(vault, store, "daily", now=now)
                except TacError as trouble:
                    made = trouble
            return made, shelf(vault, now=now)

        job = Job(self._bench.with_store(action))
        job.stepped.connect(self._step)
        job.finished.connect(self._finished)
        job.failed.connect(self._bench.messages.trouble)
        job.settled.connect(self._settled)
        self._lane.start(job)

    def under_way(self) -> bool:
        """Say whether a backup is being made, or looked for."""
        return bool(self._lane.jobs())

    def stop(self) -> None:
        """Stop, and wait until the vault is free of it; before the vault is closed. Half a backup is swept away."""
        self._timer.stop()
        self._lane.stop()

    def _step(self, done: int, total: int) -> None:
        self.told.emit(self.tr("Making the day’s backup: {n} %").format(n=100 * done // max(total, 1)))

    def _finished(self, result: object) -> None:
        made, shelf = cast("tuple[Made | TacError | None, Shelf]", result)
        if isinstance(made, TacError):
            self._failed_on = self._bench.today()  # told once a day; the next day it is tried again
            self._bench.messages.say(str(made), "warn")
        elif made is not None and made.instead is not None:
            self._bench.messages.say(*made_message(made.instead))
        self.looked.emit(shelf)

    def _settled(self) -> None:
        self.told.emit("")


def _nothing() -> bool:
    return False
