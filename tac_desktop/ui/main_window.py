"""The window: the door while the vault is locked, the frame while it is open, and what follows what."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QStackedWidget, QToolTip

from tac_desktop import settings as kept
from tac_desktop.ui.alone import Alone, Undertaking, tell, words_of
from tac_desktop.ui.clipboard import Clipboard
from tac_desktop.ui.conflict_work import CONFLICTS
from tac_desktop.ui.door import Door
from tac_desktop.ui.ending import Ending
from tac_desktop.ui.focus import InputWatch
from tac_desktop.ui.frame import Frame, Place
from tac_desktop.ui.jobs import Lane
from tac_desktop.ui.kept_settings import KeptSettings
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lock import LockCauses
from tac_desktop.ui.messages import Messages
from tac_desktop.ui.returning import go_back, place_in
from tac_desktop.ui.words import failed_words

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Profile, Vault
    from tac_desktop.ui.work import Work

TITLE = "TaC Desktop"
"""The title of every window: never with a name in it, because titles show in the task bar and on shared screens."""


@dataclass(frozen=True)
class Tools:
    """What the window is handed: it makes none of this itself."""

    lane: Lane
    messages: Messages
    watch: InputWatch
    now: Callable[[], str]
    """The present moment on this computer, 'YYYY-MM-DDTHH:MM'."""
    settings_file: Path
    profile: "Profile | None" = None
    """The cost of a guess at new pass-phrases; None: the standard."""


@dataclass(frozen=True)
class Interrupted:
    """What has to be taken up again: the open vault, who opened it, and where she was."""

    vault: "Vault"
    slot: str
    place: Place
    unchecked: bool = False
    """Whether the check after a crash was under way."""


class MainWindow(QMainWindow):
    """Shows the door or the frame. A lock destroys the frame, forgets the key, and comes back to the same place."""

    look_changed = Signal(object)
    """Settings with another look: the window must be built anew (quicker than restyling every widget)."""

    def __init__(self, kit: Kit, tools: Tools, settings: kept.Settings) -> None:
        """Build the door; `begin` or `take_up` shows something."""
        super().__init__()
        self.setWindowTitle(TITLE)
        self.kit = kit
        self._tools = tools
        self._settings = KeptSettings(settings, tools.settings_file, self)
        self._work: Work | None = None
        self._slot = ""
        self._place = Place("")
        self._place_of: tuple[Path, str] | None = None
        self._closing = False
        self._unchecked: Path | None = None
        self.door = Door(
            kit, tools.lane, tools.messages, self._moment, profile=tools.profile, settings_file=tools.settings_file
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.door)
        self.setCentralWidget(self._stack)
        self._clipboard = Clipboard(self)
        self._ending = Ending(tools.lane, self._moment, self)
        self._alone = Alone(kit, tools.lane, self)
        self._causes = LockCauses(tools.watch, settings.idle_lock_minutes, self)
        self._connect()
        self.resize(self.sizeHint().boundedTo(self.screen().availableSize()))

    def _connect(self) -> None:
        self.door.opened.connect(self._opened)
        self._causes.due.connect(self.lock)
        self._ending.closed.connect(self._ask_again)
        self._settings.look_changed.connect(self.look_changed)
        self._settings.idle_changed.connect(self._causes.idle.set_minutes)
        self._alone.card_ready.connect(self.door.show_card)
        self._alone.over.connect(self._alone_over)

    def begin(self) -> None:
        """Ask which vault to open."""
        self.door.choose(self._settings.recent())

    def take_up(self, interrupted: Interrupted) -> None:
        """Go on with an open vault where another window left it."""
        self._place, self._slot = interrupted.place, interrupted.slot
        self._place_of = (interrupted.vault.folder, interrupted.slot)
        self._enter(interrupted.vault)
        if interrupted.unchecked and self._work is not None:
            self._work.crash_check.begin()

    def hand_over(self) -> Interrupted | None:
        """Give up the open vault, so that a newly built window can take it up; None if it is locked."""
        if self._work is None:
            return None
        work = self._work
        vault, unchecked = work.bench.vault, work.crash_check.under_way()
        place = self._put_away(work)
        _close(work)
        place = replace(place, bookmark=place.bookmark.unscrolled(), over_bookmark=place.over_bookmark.unscrolled())
        return Interrupted(vault, self._slot, place, unchecked)

    def _do_alone(self, undertaking: Undertaking) -> None:
        interrupted = self.hand_over()
        if interrupted is not None:
            self._alone.begin(interrupted, undertaking)

    def _alone_over(self, interrupted: Interrupted, told: object) -> None:
        if self._alone.lock_after or self._causes.idle.is_over():  # nobody is there: the pages stay away
            self._place, self._place_of = interrupted.place, (interrupted.vault.folder, interrupted.slot)
            self._ending.begin(interrupted.vault, words_of(told))
            self._ending.end()
        else:
            self.door.forget()
            self.take_up(interrupted)
            tell(self._tools.messages, told)

    @property
    def frame(self) -> Frame | None:
        """The frame, None while the vault is locked."""
        return None if self._work is None else self._work.frame

    @property
    def work(self) -> "Work | None":
        """What is being done in the open vault, None while it is locked."""
        return self._work

    def settle(self) -> None:
        """Write everything that was typed into the drafts, now; the crash hook calls this, too."""
        if self._work is not None:
            self._work.settle()

    def lock(self) -> None:
        """Write drafts, destroy the pages, stop the work, forget the key, and ask for the pass-phrase.

        What cannot be stopped, or not at once, is waited for with nothing of the vault on the screen.
        """
        work = self._work
        if work is None:
            self._alone.lock_after = True
            return
        vault = work.bench.vault
        self._ending.begin(vault)
        self._place_of = vault.folder, self._slot
        try:
            self._place = self._put_away(work)
        finally:  # whatever is wrong with the pages: the key has to go
            self._tools.messages.dismiss()
            self._clipboard.clear_if_ours()
            self.door.wait()
            self.repaint()  # now: a computer that goes to sleep would show its last picture when it wakes up
            self._unchecked = vault.folder if work.crash_check.under_way() else None
            _close(work)
            del work, vault
            self._ending.end()

    def _ask_again(self, folder: Path) -> None:
        self.door.ask_again(folder, self._slot, self._settings.recent())
        self.repaint()

    def _put_away(self, work: "Work") -> Place:
        """Destroy everything that shows the vault; return where we were."""
        self._work = None
        self._causes.stop()
        try:
            work.settle()
            return place_in(work)
        finally:
            _close_windows_over(self)
            self._stack.setCurrentWidget(self.door)
            self._stack.removeWidget(work.frame)
            work.frame.deleteLater()
            # now, not at the next turn of the loop: no text may stay in the tree that screen readers see
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _opened(self, vault: "Vault", slot_id: str, failed: int) -> None:
        if self._closing:
            vault.close()
            return
        self._slot = _own_slot(vault) or slot_id
        self._settings.remember(vault.folder)
        self._enter(vault)
        if self._work is not None and (vault.after_crash or vault.folder == self._unchecked):
            self._work.crash_check.begin()
        words = [words for words in (failed_words(failed), *self._ending.told()) if words]
        if words:
            good = not failed and self._ending.is_good_news()
            self._tools.messages.say(" ".join(words), "ok" if good else "warn")
        if self._work is not None:
            self._work.vault.tell_what_was_renewed()

    def _enter(self, vault: "Vault") -> None:
        from tac_desktop.ui.work import Work
        from tac_desktop.ui.workbench import Workbench

        tools = self._tools
        vault.backups_to = self._settings.now.backup_place(vault.folder)
        bench = Workbench(self.kit, tools.lane, tools.messages, tools.now, vault)
        bench.profile = tools.profile
        bench.salvage_wanted.connect(self.door.rescue.salvage_after_lock)
        bench.salvage_wanted.connect(self.lock, Qt.ConnectionType.QueuedConnection)
        self._work = Work(bench, self._settings.now)
        self._work.settings_chosen.connect(self._settings.choose)
        bench.alone_wanted.connect(self._do_alone)
        self._show(self._work)
        same_person = (vault.folder, self._slot) == self._place_of
        place = self._place if same_person and self._place.page else Place(self._work.first_page())
        self._causes.start()
        go_back(self._work, place, tools.watch)

    def _show(self, work: "Work") -> None:
        frame = work.frame
        frame.lock_asked.connect(self.lock)
        self._causes.idle.warned.connect(frame.warning.warn)
        self._causes.idle.calmed.connect(frame.warning.hide)
        _give_keys(work)
        self._stack.addWidget(frame)
        self._stack.setCurrentWidget(frame)

    def _moment(self) -> datetime:
        return datetime.fromisoformat(self._tools.now()).astimezone()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Write drafts, stop the work and close the vault before the window goes (Qt)."""
        self._closing = self._ending.is_last = True
        self.lock()
        self._ending.end(-1)
        if (vault := self._alone.end()) is not None:
            vault.close()
        self.door.close_made()
        super().closeEvent(event)

    def sizeHint(self) -> QSize:
        """Ask for a size that suits most screens (Qt)."""
        return QSize(self.kit.px(1180), self.kit.px(760))


def _give_keys(work: "Work") -> None:
    """Let the keys work that mean the same on every page."""
    keys = {"Ctrl+F": work.search, "Ctrl+N": work.log_contact, "Ctrl+R": work.show_awaited}
    for sequence, verb in keys.items():
        QShortcut(QKeySequence(sequence), work.frame, verb)
    undo = QShortcut(QKeySequence("Ctrl+Z"), work.frame, work.undoing.undo)

    def follow(page: str) -> None:
        undo.setEnabled(page != CONFLICTS)  # that page undoes its own decisions

    work.frame.moved.connect(follow)


def _close(work: "Work") -> None:
    """Close what the pages worked with; the vault itself stays open."""
    work.crash_check.stop()
    work.keeping.stop()
    work.bench.close()
    work.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _close_windows_over(window: QMainWindow) -> None:
    for dialog in window.findChildren(QDialog):
        dialog.close()
        dialog.deleteLater()
    QToolTip.hideText()


def _own_slot(vault: "Vault") -> str:
    """Return the slot of who has opened it: after a recovery it is another one than she chose at the door."""
    from tac_desktop.actions import vaults

    return next((slot.id for slot in vaults.people_of(vault.folder) if slot.person == vault.person.id), "")
