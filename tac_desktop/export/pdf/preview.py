"""Pages of a PDF as pictures, for the screen and the printer; everything stays in memory."""

from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import pypdfium2  # pyright: ignore[reportMissingTypeStubs]

POINTS_PER_INCH = 72


@dataclass(frozen=True)
class PagePicture:
    """A drawn page: rows of `stride` bytes, four bytes a pixel (blue, green, red, unused), white where nothing is."""

    width: int
    height: int
    stride: int
    pixels: bytes


class PdfPages:
    """The pages of a PDF that was drawn here. Use it in one thread, and close it: the pages hold a child's life."""

    def __init__(self, content: bytes) -> None:
        """Open a PDF from its bytes."""
        self._pdf: Any = pypdfium2.PdfDocument(content)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._pdf)

    def close(self) -> None:
        """Let go of the pages."""
        self._pdf.close()

    def label(self, page: int) -> str:
        """Return the printed number of a page, which is counted from 0: 'C12'."""
        return str(self._pdf.get_page_label(page)) or str(page + 1)

    def page_of_label(self, label: str) -> int | None:
        """Return the page whose printed number this is, whatever its case; None if there is none."""
        wanted = label.strip().casefold()
        return next((page for page in range(len(self)) if self.label(page).casefold() == wanted), None)

    def size(self, page: int) -> tuple[float, float]:
        """Return the width and height of a page in points (1/72 inch)."""
        width, height = self._pdf.get_page_size(page)
        return float(width), float(height)

    def picture(self, page: int, dots_per_inch: float) -> PagePicture:
        """Return a page drawn with so many dots to the inch: 96 for a screen, 300 for a printer."""
        drawn: Any = self._pdf[page]
        try:
            bitmap: Any = drawn.render(scale=dots_per_inch / POINTS_PER_INCH, prefer_bgrx=True, maybe_alpha=False)
            try:
                return PagePicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            finally:
                bitmap.close()
        finally:
            drawn.close()

    def text(self, page: int) -> str:
        """Return the text of a page, for searching; '' where a page is only a picture of text."""
        drawn: Any = self._pdf[page]
        try:
            return str(drawn.get_textpage().get_text_bounded())
        finally:
            drawn.close()
