"""Work for which nothing else may have the vault open: its pages are put away, and come back when it is over."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.errors import TacError
from tac_desktop.ui.door_card import DoorCard
from tac_desktop.ui.jobs import Job, Lane, Steps
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import Messages

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Vault
    from tac_desktop.ui.main_window import Interrupted


@dataclass(frozen=True)
class Undertaking:
    """What shall be done, and how it is told."""

    title: str
    words: str
    """What is being done."""
    steps: "Callable[[Vault], Steps]"
    """Makes the steps; it opens and closes its own store."""
    told: Callable[[object], tuple[str, str]]
    """Makes of the result what is told afterwards, and its tone."""


def words_of(told: object) -> str:
    """Return what came of an undertaking in words, '' for an error of ours, which says nothing to anybody."""
    if isinstance(told, tuple):
        return cast("tuple[str, str]", told)[0]
    return str(told) if isinstance(told, TacError) else ""


def tell(messages: Messages, told: object) -> None:
    """Show what came of an undertaking."""
    if isinstance(told, tuple):
        messages.say(*cast("tuple[str, str]", told))
    else:
        messages.trouble(told)


class AloneCard(DoorCard):
    """Says what is being done and how far it is; nothing of the vault is on the screen meanwhile."""

    stop_wanted = Signal()

    def __init__(self, kit: Kit, title: str, words: str) -> None:
        """Take what stands on it."""
        super().__init__(kit, "key-round", title, words)
        self._bar = kit.progress(self.tr("Progress"))
        self._bar.setRange(0, 0)
        self._stop = kit.button(self.tr("Stop"), "x")
        self.column.addWidget(self._bar)
        self.column.addLayout(kit.flow(self._stop))
        self._stop.clicked.connect(self._clicked)

    def step(self, done: int, total: int) -> None:
        """Show how far it is."""
        if total > 0:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(done * 1000 / total))

    def arrive(self) -> None:
        """Begin with the way to stop."""
        self._stop.setFocus()

    def _clicked(self) -> None:
        self._stop.setEnabled(False)
        self.say(self.tr("Stopping …"))
        self.stop_wanted.emit()


class Alone(QObject):
    """Does one undertaking at a time."""

    card_ready = Signal(object)
    """A card that the door shall show."""
    over = Signal(object, object)
    """The Interrupted to be taken up again, and what is to be told: (words, tone), or the exception that ended it."""

    def __init__(self, kit: Kit, lane: Lane, parent: QObject) -> None:
        """Take the lane."""
        super().__init__(parent)
        self._kit, self._lane = kit, lane
        self._interrupted: Interrupted | None = None
        self._told: object = None
        self.lock_after = False
        """Whether a lock was wanted meanwhile: then the pages must not come back by themselves."""

    def begin(self, interrupted: "Interrupted", undertaking: Undertaking) -> None:
        """Do something with a vault whose pages and stores are closed."""
        self._interrupted, vault = interrupted, interrupted.vault
        self.lock_after = False
        self._told = self.tr("Stopped. Nothing was changed."), "info"
        card = AloneCard(self._kit, undertaking.title, undertaking.words)
        job = Job(lambda: undertaking.steps(vault))
        job.stepped.connect(card.step)
        card.stop_wanted.connect(job.cancel)

        def finished(result: object) -> None:
            self._told = undertaking.told(result)

        job.finished.connect(finished)
        job.failed.connect(self._failed)
        job.settled.connect(self._settled)
        self.card_ready.emit(card)
        self._lane.start(job)

    def end(self) -> "Vault | None":
        """Stop, wait, and return the vault, which has to be closed then; None where nothing is under way."""
        interrupted, self._interrupted = self._interrupted, None
        if interrupted is None:
            return None
        self._lane.stop()
        return interrupted.vault

    def _failed(self, error: object) -> None:
        self._told = error

    def _settled(self) -> None:
        interrupted, self._interrupted = self._interrupted, None
        if interrupted is not None:
            self.over.emit(interrupted, self._told)
