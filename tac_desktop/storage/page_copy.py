"""Copies a database while it stays in use: page by page, so that nobody who saves waits for longer than a moment.

One statement that copies all (VACUUM INTO) would keep every save waiting to its end: a second for 100 MB, and longer
than a save may wait for a gigabyte.
"""

from collections.abc import Callable
from pathlib import Path

from tac_desktop.errors import VaultDamaged
from tac_desktop.storage.binding import Connection, Error, refuse_misread, troubles
from tac_desktop.storage.long_statements import Watch

_PAGES = 256
"""So many are copied before whoever saves may go on: one megabyte."""
_MOST_BEGINNINGS = 12
"""A save makes the copy begin anew, which keeps nobody waiting; after so many it is made in one go, which does."""
_BUSY_SECONDS = 0.02

Open = Callable[[], Connection]


class _TooRestless(Exception):
    """Whoever writes does so more often than a copy takes."""


def copy_pages(source: Open, path: Path, target: Open, watch: Watch) -> None:
    """Copy a database into a new file, durable only after it was flushed.

    Args:
        source: Opens the database.
        path: The new file.
        target: Makes it, and opens it.
        watch: Told of the progress, in pages; where it is stopped, half a file stays for the caller to sweep away.

    Raises:
        VaultDamaged: a page that is in use cannot be read. One that is not in use is left out of the copy.
        DiskFull, CannotWrite, VaultBusy, Stopped.
    """
    try:
        with troubles(), watch.over(source()) as connection:
            _copy(connection, target, watch)
            refuse_misread(connection)
    except (VaultDamaged, _TooRestless, Error):  # what `backup` raises does not tell its kind: the statement does
        path.unlink(missing_ok=True)
        with troubles(), watch.over(source()) as connection:
            connection.execute("VACUUM INTO ?", (str(path),))
            refuse_misread(connection)


def _copy(connection: Connection, target: Open, watch: Watch) -> None:
    with watch.over(target()) as copy:
        copy.execute("PRAGMA journal_mode=OFF")  # half a copy is no copy; the caller flushes a whole one
        copy.execute("PRAGMA synchronous=OFF")
        connection.backup(copy, pages=_PAGES, progress=_Progress(watch), sleep=_BUSY_SECONDS)


class _Progress:
    """Tells how many pages are copied, and gives up where writers leave the copy no peace."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._left = 0
        self._beginnings = 0
        self._steps = 0

    def __call__(self, _status: int, left: int, total: int) -> None:
        if left > self._left:
            self._beginnings, self._steps = self._beginnings + 1, 0
        self._left, self._steps = left, self._steps + 1
        self._watch.tell(total - left, max(total, 1))
        if self._beginnings > _MOST_BEGINNINGS or self._steps > 3 * total // _PAGES + 50:
            raise _TooRestless
