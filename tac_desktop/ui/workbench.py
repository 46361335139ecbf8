"""What every page of an open vault works with: the stores of this thread, the lane, and the desk for messages."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from tac_desktop.errors import TacError
from tac_desktop.ui.jobs import Job, Lane, Steps
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import Messages
from tac_desktop.ui.spelt_women import SpeltWomen

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Profile, Store, Vault
    from tac_desktop.ui.means import Means


class Workbench(QObject):
    """Lives as long as the vault is open. Its stores belong to the window's thread; every job opens its own."""

    changed = Signal()
    """Something in the vault has changed: pages read again."""
    reading_paused = Signal(bool)
    """An import is under way: the window reads nothing from the vault until it is over."""
    salvage_wanted = Signal(Path)
    """The vault in this folder is damaged: it shall be locked, and what can be read of it saved."""
    alone_wanted = Signal(object)
    """An Undertaking for which nothing else may have the vault open: the pages are put away meanwhile."""
    file_wanted = Signal(str, str)
    """A file that is kept in the vault shall be shown: its SHA-256 and a title."""

    def __init__(self, kit: Kit, lane: Lane, messages: Messages, now: Callable[[], str], vault: "Vault") -> None:
        """Open the stores."""
        from tac_desktop.actions import drafts, vaults

        super().__init__()
        self.kit, self.lane, self.messages, self.now, self.vault = kit, lane, messages, now, vault
        self.person = vault.person
        self.store = vaults.store_of(vault)
        self.drafts = drafts.drafts_of(vault)
        self.spelt_women = SpeltWomen(self)
        self.profile: Profile | None = None
        """The cost of a guess at new pass-phrases; None: the standard."""
        self._open = True

    def cost(self) -> "Profile":
        """Return the cost of a guess at a pass-phrase or a code that is made here."""
        from tac_desktop.actions import vaults

        return self.profile or vaults.STANDARD

    def today(self) -> str:
        """Return today's ISO date."""
        return self.now()[:10]

    def moment(self) -> datetime:
        """Return the present moment with its zone, as actions want it."""
        return datetime.fromisoformat(self.now()).astimezone()

    def close(self) -> None:
        """Close the stores; what jobs bring from now on is for pages that are gone."""
        self._open = False
        self.drafts.close()
        self.store.close()

    def means(self) -> "Means":
        """Return what the screens of a case file need."""
        from tac_desktop.ui.means import Means

        files = AttachedFiles(self)
        return Means(self.kit, self.messages, self.now, self.vault, self.store, self.drafts, files)

    def run(
        self,
        work: Callable[[], Steps],
        then: Callable[[object], None],
        failed: Callable[[object], object] | None = None,
        *,
        asked: bool = True,
    ) -> Job:
        """Start a job in the lane; what goes wrong is told at the desk, or to `failed`.

        Nobody is told anything after the bench was closed, but what a person asked for is told after the next unlock.
        """
        job = Job(work, asked=asked)
        job.finished.connect(self._while_open(then))
        job.failed.connect(self._while_open(failed or self.messages.trouble))
        self.lane.start(job)
        return job

    def _while_open(self, told: Callable[[object], object]) -> Callable[[object], None]:
        def tell(result: object) -> None:
            if self._open and not _is_gone(told):
                told(result)

        return tell

    def viewed(self, case_file: str) -> None:
        """Have the audit note that a case file is looked at; the window does not wait for it, a lock does."""
        person, now = self.person, self.moment()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.audit import note_view

            yield 0, 1
            note_view(store, person, case_file, now=now)

        job = Job(self.with_store(action), must_end=True)
        job.failed.connect(self.messages.trouble)
        self.lane.start(job)

    def with_store(self, action: Callable[["Store"], Steps]) -> Callable[[], Steps]:
        """Make an action of one that needs a store: it gets one of the working thread, closed afterwards."""
        vault = self.vault

        def steps() -> Steps:
            from tac_desktop.actions import vaults

            store = vaults.store_of(vault)
            try:
                return (yield from action(store))
            finally:
                store.close()

        return steps

    def importing(self, job: Job) -> None:
        """Keep the window from reading while this job writes, and have everything read again afterwards."""
        self.reading_paused.emit(True)
        job.settled.connect(self._import_over)

    def _import_over(self) -> None:
        self.reading_paused.emit(False)
        self.changed.emit()


def _is_gone(told: Callable[..., object]) -> bool:
    """Say whether what would be told belongs to a page or a window that was destroyed meanwhile."""
    owner = getattr(told, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)


class AttachedFiles:
    """The place where attached files are kept: they are copied into the vault by the lane."""

    def __init__(self, bench: Workbench) -> None:
        """Take the bench."""
        self._bench = bench

    def add(self, path: Path, kept: Callable[[str], None], refused: Callable[[TacError], None]) -> None:
        """Keep a copy of a file; afterwards call `kept` with its SHA-256, or `refused`."""
        from tac_desktop.actions.attaching import keep_file

        messages = self._bench.messages

        def then(sha256: object) -> None:
            if _is_gone(kept):
                messages.say("A file was still being taken in when its form was closed: it is attached to nothing. "
                             "Open the form again and choose the file once more.", "warn")  # fmt: skip
            else:
                kept(str(sha256))

        def failed(error: object) -> None:
            if isinstance(error, TacError) and not _is_gone(refused):
                refused(error)
            else:
                messages.trouble(error)

        self._bench.run(self._bench.with_store(lambda store: keep_file(store, path)), then, failed)

    def show(self, sha256: str, title: str) -> None:
        """Have a kept file shown inside the program."""
        self._bench.file_wanted.emit(sha256, title)

    def words(self, sha256: str) -> str:
        """Return the size of a kept file as a person reads it, '' where it is not here."""
        from tac_desktop.actions.attaching import size_of

        size = size_of(self._bench.store, sha256)
        if size is None:
            return ""
        return f"A file of {size / 1024:,.0f} KB" if size < 1024 * 1024 else f"A file of {size / 1024 / 1024:,.1f} MB"
