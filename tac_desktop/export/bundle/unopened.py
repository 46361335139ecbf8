"""A bundle that is not opened: what its file tells to whoever has it."""

from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tac_desktop.errors import BundleTooLarge, MediumUnreadable
from tac_desktop.export.bundle.age_container import HEADER_LIMIT, recipients_in
from tac_desktop.export.bundle.writer import MAX_TOTAL

MAX_FILE = MAX_TOTAL + (64 << 20)


@dataclass(frozen=True)
class Outline:
    """What can be told about a bundle without opening it."""

    size: int
    """Bytes of the file."""
    recipients: int
    """For how many it is sealed, the sender and an escrow among them."""


def outline(path: Path) -> Outline:
    """Say whether a file has the form of a bundle, which needs no vault; what is inside stays sealed.

    Raises:
        NotABundle, BundleTooLarge, MediumUnreadable: It has not, or cannot be read.
    """
    with bundle_file(path) as file:
        try:
            return Outline(size_of(file), recipients_in(file.read(HEADER_LIMIT)))
        except OSError as trouble:
            raise MediumUnreadable from trouble


def bundle_file(path: Path) -> BinaryIO:
    """Return the file, opened; MediumUnreadable if it cannot be."""
    try:
        return path.open("rb")
    except OSError as trouble:
        raise MediumUnreadable from trouble


def size_of(file: BinaryIO) -> int:
    """Return the size of a bundle's file in bytes, which is then read from its beginning.

    Raises:
        MediumUnreadable, BundleTooLarge.
    """
    try:
        size = file.seek(0, 2)
        file.seek(0)
    except OSError as trouble:
        raise MediumUnreadable from trouble
    if size > MAX_FILE:
        raise BundleTooLarge
    return size
