"""Taking a file into the vault, so that an answer can name it."""

from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tac_desktop.actions.permitted import permitted
from tac_desktop.casework.permissions import Deed
from tac_desktop.errors import MediumUnreadable

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

_PIECE = 256 * 1024
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp"})


@permitted(Deed.WRITE_CASES)
def keep_file(store: "Store", path: Path) -> Generator[tuple[int, int], None, str]:
    """Keep a copy of a file, encrypted; yield (done, total) and return its SHA-256, which an answer names.

    A picture is kept upright, small and without what the camera wrote into it: place, time, owner.

    Raises:
        PhotoNotReadable: the picture is damaged or of another kind than its name says.
        MediumUnreadable: the file could not be read.
        DiskFull, VaultBusy, CannotWrite: nothing was kept.
    """
    yield 0, 1
    try:
        with path.open("rb") as file:
            sha256 = store.attach(_picture(file) if path.suffix.lower() in PICTURES else _pieces(file))
    except OSError:
        raise MediumUnreadable from None
    yield 1, 1
    return sha256


def _picture(file: BinaryIO) -> Iterator[bytes]:
    from tac_desktop.export.photo import prepare_photo

    yield prepare_photo(file.read()).jpeg


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece


@permitted(Deed.READ_CASES)
def size_of(store: "Store", sha256: str) -> int | None:
    """Return the size in bytes of a kept file, None if it is not in this vault."""
    return store.attachment_size(sha256)
