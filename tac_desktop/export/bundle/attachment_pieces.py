"""Attachments as they travel: in pieces of 8 MiB, each named by its hash, so that they fit into several bundles."""

import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tac_desktop.errors import AttachmentDamaged
from tac_desktop.export.bundle.manifest import PIECE, Blob, piece_count


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """An attachment that travels along, or some of its pieces."""

    sha256: str
    """Of the whole, hexadecimal."""
    size: int
    """Bytes of the whole."""
    chunks: Callable[[int], Iterable[bytes]]
    """Gives the bytes of a piece by its number from 0; each piece but the last has `PIECE` bytes."""
    pieces: tuple[str, ...] = ()
    """The SHA-256 of each piece, as `piece_hashes` found them; empty if nobody has looked yet."""
    here: tuple[int, ...] | None = None
    """The numbers of the pieces that travel in this bundle; None for all of them."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the pieces that travel in this bundle."""
        return tuple(range(piece_count(self.size))) if self.here is None else self.here

    @property
    def bytes_here(self) -> int:
        """How many bytes of it travel in this bundle."""
        return sum(map(self.piece_size, self.numbers))

    def piece_size(self, number: int) -> int:
        """Return the bytes of a piece, by its number from 0."""
        return min(PIECE, self.size - number * PIECE)


def piece_hashes(attachment: Attachment) -> tuple[str, ...]:
    """Return the SHA-256 of each piece, after reading the whole attachment; of a small one without reading it.

    Raises:
        AttachmentDamaged: Its bytes are not those of its name.
    """
    if attachment.pieces or attachment.size <= PIECE:
        return attachment.pieces or (attachment.sha256,)
    pieces, whole, size = list[str](), hashlib.sha256(), 0
    with ThreadPoolExecutor(1) as beside:  # two hashes of the same bytes, each on a core of its own
        for number in range(piece_count(attachment.size)):
            content = b"".join(attachment.chunks(number))
            told = beside.submit(whole.update, content)
            pieces.append(hashlib.sha256(content).hexdigest())
            size += len(content)
            told.result()
    if whole.hexdigest() != attachment.sha256 or size != attachment.size:
        raise AttachmentDamaged
    return tuple(pieces)


def told(attachment: Attachment) -> Blob:
    """Return how the manifest tells of an attachment; see `piece_hashes` for what may be wrong with it."""
    return Blob(attachment.sha256, attachment.size, list(piece_hashes(attachment)))


def pieces_here(attachments: Iterable[tuple[Attachment, Blob]]) -> dict[str, tuple[Attachment, int]]:
    """Return the pieces to write, by their hash: the same bytes travel once. Each with one place where they lie."""
    found: dict[str, tuple[Attachment, int]] = {}
    for attachment, blob in attachments:
        for number in attachment.numbers:
            found.setdefault(blob.pieces[number], (attachment, number))
    return found
