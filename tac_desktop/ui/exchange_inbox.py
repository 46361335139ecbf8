"""Watches the folder in which bundles arrive: told by the system where it tells, else by a look now and then."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from tac_desktop.errors import TacError

if TYPE_CHECKING:
    from tac_desktop.actions.inbox import InboxFile

MILLISECONDS_BETWEEN_LOOKS = 30_000
"""A network share tells nobody that a file has come: so it is looked into."""
MILLISECONDS_TO_SETTLE = 700
"""A file that is being copied changes many times: one look when it is quiet again."""
_MILLISECONDS_TO_ASK = 50

Waiting = Callable[[Path], "Sequence[InboxFile]"]


class InboxWatch(QObject):
    """Looks into one folder and tells when what waits there has changed.

    Each look has a thread of its own that nobody waits for: a share that does not answer stops neither the window nor
    a lock.
    """

    waiting_changed = Signal()
    """Other files wait than at the last look, or the folder can be read again, or no more."""

    def __init__(self, waiting: Waiting, parent: QObject | None = None) -> None:
        """Take what lists the bundles of a folder; nothing is watched yet."""
        super().__init__(parent)
        self._list = waiting
        self._folder = ""
        self._files: tuple[InboxFile, ...] = ()
        self._trouble = ""
        self._looking = False
        self._again = False
        self._found: SimpleQueue[tuple[str, tuple[InboxFile, ...], str]] = SimpleQueue()
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._changed)
        self._poll = QTimer(self, interval=MILLISECONDS_BETWEEN_LOOKS)
        self._poll.timeout.connect(self.look)
        self._settle = QTimer(self, singleShot=True, interval=MILLISECONDS_TO_SETTLE)
        self._settle.timeout.connect(self.look)
        self._ask = QTimer(self, interval=_MILLISECONDS_TO_ASK)
        self._ask.timeout.connect(self._take)

    def watch(self, folder: str) -> None:
        """Watch another folder; '' watches none."""
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        self._folder, self._files, self._trouble = folder, (), ""
        self._looking = self._again = False  # a look into the former folder may take as long as it likes
        self.waiting_changed.emit()
        if folder:
            self._poll.start()
            self.look()
        else:
            self._poll.stop()

    def folder(self) -> str:
        """Return the folder that is watched, '' for none."""
        return self._folder

    def files(self) -> "tuple[InboxFile, ...]":
        """Return what waits there, as far as is known."""
        return self._files

    def trouble(self) -> str:
        """Return why the folder could not be read, '' if it could."""
        return self._trouble

    def look(self) -> None:
        """Look now; `waiting_changed` follows if something is new."""
        if not self._folder:
            return
        if self._looking:
            self._again = True
            return
        self._looking, self._again = True, False
        folder, found, listing = self._folder, self._found, self._list
        threading.Thread(target=_look, args=(folder, found, listing), name="inbox", daemon=True).start()
        self._ask.start()

    def _take(self) -> None:
        try:
            folder, files, trouble = self._found.get_nowait()
        except Empty:
            return
        if folder != self._folder or not self._looking:
            return
        self._ask.stop()
        self._looking = False
        self._note(files, trouble)
        if self._again:
            self.look()

    def _note(self, files: "tuple[InboxFile, ...]", trouble: str) -> None:
        if not trouble and not self._watcher.directories():
            self._watcher.addPath(self._folder)  # only a folder that has answered: this call waits for it
            self._again = True  # what came between the look and this was seen by neither
        if (files, trouble) != (self._files, self._trouble):
            self._files, self._trouble = files, trouble
            self.waiting_changed.emit()

    def _changed(self) -> None:
        self._settle.start()


def _look(folder: str, found: "SimpleQueue[tuple[str, tuple[InboxFile, ...], str]]", waiting: Waiting) -> None:
    try:
        found.put((folder, tuple(waiting(Path(folder))), ""))
    except TacError as trouble:
        found.put((folder, (), str(trouble)))
    except OSError:
        found.put((folder, (), "The folder cannot be read just now. It is tried again in half a minute."))
