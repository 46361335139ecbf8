"""Pages of a finished document as pictures, for the screen and the printer."""

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tac_desktop.export.pdf.preview import PagePicture


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    from tac_desktop.export.pdf.preview import PdfPages

    with PdfPages(pdf) as pages:
        return len(pages)


def drawn_pages(
    pdf: bytes, dots_per_inch: float, wanted: Sequence[int] | None = None
) -> Generator[tuple[int, int], None, list["PagePicture"]]:
    """Draw the pages of a PDF; yield (done, total) pages and return the pictures.

    Args:
        pdf: The document.
        dots_per_inch: How fine: about 100 for a screen, 300 for a printer.
        wanted: The numbers of the pages, from 0; all by default.
    """
    from tac_desktop.export.pdf.preview import PdfPages

    with PdfPages(pdf) as pages:
        numbers = range(len(pages)) if wanted is None else wanted
        pictures: list[PagePicture] = []
        for done, number in enumerate(numbers):
            yield done, len(numbers)
            pictures.append(pages.picture(number, dots_per_inch))
        yield len(numbers), len(numbers)
        return pictures


def save_pdf(pdf: bytes, path: "Path") -> None:
    """Write a document to a file, whole or not at all.

    Raises:
        DiskFull, CannotWrite: no file is left behind.
    """
    from tac_desktop.export.whole_file import whole_file

    with whole_file(path) as file:
        file.write(pdf)
