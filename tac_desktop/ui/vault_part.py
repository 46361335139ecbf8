"""What every part of the place 'Vault' is: a `Part` to look at, and a desk behind it that reads and does.

A part lies in `ui/vault_<part>.py`, its desk in `ui/vault_<part>_desk.py`; `vault_screen.py` names it, `vault_work.py`
makes its desk.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from tac_desktop.errors import TacError
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.part import Part
from tac_desktop.ui.part_jobs import PartJobs
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Store


class Asking(Protocol):
    """A window that asks for something, waits while it is tried, and says why it was not taken."""

    def accept(self) -> None:
        """Close, because it was done."""
        ...

    def refuse(self, text: str) -> None:
        """Say why it was not done."""
        ...


class VaultDesk(QObject):
    """Owns one part. It reads in the lane (`bench.run`, `bench.with_store`); what takes long goes through `jobs`."""

    changed = Signal()
    """The vault is another one now: every part reads again."""
    paper_ready = Signal(object)
    """A page (a `PrintScreen`) that takes the place of everything until `paper_left`."""
    paper_left = Signal()

    def __init__(self, bench: Workbench, part: Part, jobs: PartJobs, parent: QObject) -> None:
        """Take the part; nothing is read yet."""
        super().__init__(parent)
        self.bench, self.part, self.jobs = bench, part, jobs

    def read(self) -> None:
        """Read again what the part shows; called before it is first seen, and after every change of the vault."""

    def do(
        self,
        call: Callable[["Store"], object],
        then: Callable[[object], None],
        failed: Callable[[object], None] | None = None,
    ) -> None:
        """Have something short done in the lane, with a store of its thread."""

        def steps(store: "Store") -> Steps:
            yield 0, 0
            return call(store)

        self.bench.run(self.bench.with_store(steps), then, failed)

    def do_for(self, window: Asking, call: Callable[["Store"], object], words: str) -> None:
        """Do what a window asked for: it closes and `words` tell of it, or it says what went wrong."""

        def done(_result: object) -> None:
            if isValid(window):
                window.accept()
            self.say(words)

        def failed(error: object) -> None:
            if not isinstance(error, TacError):
                self.bench.messages.trouble(error)
            if isValid(window):
                window.refuse(str(error) if isinstance(error, TacError) else "")

        self.do(call, done, failed)

    def say(self, words: str) -> None:
        """Tell what was done, and have every part read again."""
        self.bench.messages.say(words, "ok")
        self.changed.emit()
