"""The folder of a vault that is being made: empty at first, and empty or gone again if nothing came of it."""

import shutil
from pathlib import Path

from tac_desktop.errors import FolderNotEmpty
from tac_desktop.storage.durable import flush_folder, trouble_of
from tac_desktop.storage.folder import BACKUPS, DATA, DRAFTS, KEYS, KEYS_COPY
from tac_desktop.storage.folder_lock import LOCK_FILE


def make_folder(folder: Path) -> bool:
    """Make a folder, or take an empty one; return whether it was made.

    Raises:
        FolderNotEmpty: something lies in it, or it is no folder.
        DiskFull, CannotWrite.
    """
    try:
        if folder.exists():
            if not folder.is_dir() or any(folder.iterdir()):
                raise FolderNotEmpty
            return False
        folder.mkdir(parents=True)
        flush_folder(folder.parent)
    except OSError as error:
        raise trouble_of(error) from None
    return True


def sweep(folder: Path, *, remove_folder: bool) -> None:
    """Remove the files of a vault that nothing came of; nobody has it open."""
    for name in (KEYS, KEYS_COPY, DATA, DATA + "-journal", DRAFTS, DRAFTS + "-journal", LOCK_FILE):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / BACKUPS, ignore_errors=True)
    if remove_folder:
        shutil.rmtree(folder, ignore_errors=True)
