"""Watches the folder in which bundles arrive: told by the system where it tells, else by a look now and then."""

import threading
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, TypeAlias

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
_Found: TypeAlias = "tuple[int, tuple[InboxFile, ...], str]"
"""The number of a look, what it found, and why it found nothing."""


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
        self._number = 0
        self._found: SimpleQueue[_Found] = SimpleQueue()
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

    def put_aside(self, paths: Collection[Path]) -> None:
        """Leave out what was just taken in and put aside, at once, and look what else is there."""
        left = tuple(file for file in self._files if file.path not in paths)
        if left != self._files:
            self._files = left
            self.waiting_changed.emit()
        self._looking = False  # a look that is under way may still have seen them
        self.look()

    def look(self) -> None:
        """Look now; `waiting_changed` follows if something is new."""
        if not self._folder:
            return
        if self._looking:
            self._again = True
            return
        self._looking, self._again = True, False
        self._number += 1
        arguments = (self._number, self._folder, self._found, self._list)
        threading.Thread(target=_look, args=arguments, name="inbox", daemon=True).start()
        self._ask.start()

    def _take(self) -> None:
        try:
            number, files, trouble = self._found.get_nowait()
        except Empty:
            return
        if number != self._number or not self._looking:  # of a former folder, or from before something was put aside
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


def _look(number: int, folder: str, found: "SimpleQueue[_Found]", waiting: Waiting) -> None:
    try:
        found.put((number, tuple(waiting(Path(folder))), ""))
    except TacError as trouble:
        found.put((number, (), str(trouble)))
    except OSError:
        found.put((number, (), "The folder cannot be read just now. It is tried again in half a minute."))
