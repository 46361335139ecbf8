"""Draws the sheets that are filled in by hand; they hold nothing of any case, so everybody may print them."""

from collections.abc import Generator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.casework.codelists import label

if TYPE_CHECKING:
    from tac_desktop.export.documents.blank_sheets import Kind

KINDS: "tuple[Kind, ...]" = ("triage", "message", "induction")


def titles() -> "dict[Kind, str]":
    """Return what each sheet is called, in the order in which they are offered."""
    from tac_desktop.export.documents.blank_sheets import TITLES

    return {kind: TITLES[kind] for kind in KINDS}


def draw_sheet(
    kind: "Kind", *, prison: str = "", worker: str = "", now: datetime
) -> Generator[tuple[int, int], None, bytes]:
    """Draw a sheet; yield (done, total) and return the PDF.

    Args:
        kind: Which.
        prison: The prison's code, '' for a line to write it on.
        worker: The name of the social worker, '' likewise.
        now: The time, with its zone.
    """
    from tac_desktop.export.documents.blank_sheets import blank_sheet
    from tac_desktop.export.pdf import draw

    named = label("prison", prison) if prison else ""
    document = blank_sheet(kind, prison=named, worker=worker, printed_on=now.date().isoformat())
    return (yield from draw(document)).content


def write_sheet(drawn: bytes, file: Path) -> Generator[tuple[int, int], None, None]:
    """Write a sheet that was drawn to a file, whole or not at all; yield (done, total).

    Raises:
        DiskFull, CannotWrite.
    """
    from tac_desktop.export.whole_file import whole_file

    yield 0, 1
    with whole_file(file) as opened:
        opened.write(drawn)
