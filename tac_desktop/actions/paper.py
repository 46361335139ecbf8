"""Pages of a paper, or a picture, as they are shown on the screen and printed; what is written outside is noted."""

import hashlib
from collections.abc import Generator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import about_case, note_event
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import closed_cases, refuse_closed
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed

if TYPE_CHECKING:
    from tac_desktop.export.pdf.preview import PagePicture
    from tac_desktop.storage.store import Store


@permitted(Deed.READ_CASES)
def attached_file(
    store: "Store", sha256: str, *, case_file: str, now: datetime
) -> Generator[tuple[int, int], None, bytes]:
    """Read a file that is kept in the vault, in memory alone, and note it; yield (done, total) bytes.

    Args:
        store: The store of the open vault.
        sha256: The file.
        case_file: The case file in which it is shown.
        now: The time, with its zone.

    Raises:
        CaseRestricted: the case file, or another one that names the file, is closed to the person.
        AttachmentDamaged: it is not here, or not as it was.
    """
    refuse_closed(store, case_file)
    if sha256 not in _named_in(store, case_file):  # by its hash a file could be asked for in any case file
        refuse_closed(store, *(one for one in closed_cases(store) if sha256 in _named_in(store, one)))
    size = store.attachment_size(sha256) or 0
    pieces = bytearray()
    for piece in store.attachment(sha256):
        pieces += piece
        yield len(pieces), max(size, len(pieces))
    facts: Facts = {"case_file": case_file, "sha256": sha256}
    note_event(store, store.vault.person, Event.FILE_READ, now=now, facts=facts)
    return bytes(pieces)


def _named_in(store: "Store", case_file: str) -> set[object]:
    """Return the files that the entries of a case file name."""
    streams = store.joined_cases.streams_of(case_file)
    entries = (entry for stream in streams for entry in store.entries(stream))
    answers = (answer for entry in entries for answer in (entry.values or {}).values())
    return {answer.get("blob") for answer in answers if isinstance(answer, dict)}


def is_pdf(content: bytes) -> bool:
    """Say whether a kept file is a PDF; all others are pictures."""
    return b"%PDF-" in content[:1024]


def page_count(content: bytes) -> int:
    """Return how many pages a PDF has; a picture has one."""
    from tac_desktop.export.pdf.preview import PdfPages

    if not is_pdf(content):
        return 1
    with PdfPages(content) as pages:
        return len(pages)


def drawn_pages(
    content: bytes, dots_per_inch: float, wanted: Sequence[int] | None = None
) -> Generator[tuple[int, int], None, list["PagePicture"]]:
    """Draw the pages of a PDF, or a picture; yield (done, total) pages and return the pictures.

    Args:
        content: The document.
        dots_per_inch: How fine: about 100 for a screen, 300 for a printer; a picture is as fine as it is.
        wanted: The numbers of the pages, from 0; all by default.

    Raises:
        PhotoNotReadable: it is neither a PDF nor a picture.
    """
    from tac_desktop.export.pdf.preview import PdfPages

    if not is_pdf(content):
        yield 0, 1
        return [_picture(content)]
    with PdfPages(content) as pages:
        numbers = range(len(pages)) if wanted is None else wanted
        pictures: list[PagePicture] = []
        for done, number in enumerate(numbers):
            yield done, len(numbers)
            pictures.append(pages.picture(number, dots_per_inch))
        yield len(numbers), len(numbers)
        return pictures


def _picture(content: bytes) -> "PagePicture":
    from tac_desktop.export.pdf.preview import PagePicture
    from tac_desktop.export.photo import pixels_of

    width, height, pixels = pixels_of(content)
    return PagePicture(width, height, 4 * width, pixels)


@permitted(Deed.TAKE_OUT)
def save_copy(
    store: "Store", person: Person, content: bytes, path: Path, *, now: datetime, case_file: str = ""
) -> None:
    """Write a document or a picture to a file outside the vault, and note it: both or neither.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        content: What is written.
        path: Where; a file of that name is replaced at the very end.
        now: The time, with its zone.
        case_file: The case file it is of; '' for none.

    Raises:
        CaseRestricted, DiskFull, CannotWrite: no file is left behind.
    """
    refuse_closed(store, case_file)
    _write_outside(store, person, content, path, case_file, now)


@permitted(Deed.BE_KNOWN)
def save_sheet(store: "Store", person: Person, content: bytes, path: Path, *, now: datetime) -> None:
    """Write a sheet that tells of no case, one's card for one, to a file outside the vault, and note it; see above.

    Raises:
        DiskFull, CannotWrite: no file is left behind.
    """
    _write_outside(store, person, content, path, "", now)


def _write_outside(store: "Store", person: Person, content: bytes, path: Path, case_file: str, now: datetime) -> None:
    from tac_desktop.export.whole_file import whole_file

    facts: Facts = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
    with whole_file(path) as file:
        file.write(content)
        note_event(store, person, Event.COPY_WRITTEN, now=now, facts=about_case(case_file, facts))
