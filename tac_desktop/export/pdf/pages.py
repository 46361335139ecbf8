"""Filling pages with pieces: what stays together, where a page ends."""

from dataclasses import dataclass, field

from tac_desktop.errors import DocumentNotDrawable
from tac_desktop.export.pdf.pieces import PdfPagePiece, Piece
from tac_desktop.export.pdf.style import A4_LONG, A4_SHORT, BOTTOM, TOP

CLOSE = 0.01
"""Points: sums of heights are not exact to the last digit."""


@dataclass
class Page:
    """One page and what stands on it: each piece with the distance of its top from the top of the page."""

    left: float
    running: str
    landscape: bool = False
    prefix: str = ""
    """What its printed number begins with: the section's letter."""
    label: str = ""
    """Its printed number."""
    is_title: bool = False
    starts: list[str] = field(default_factory=list[str])
    """The anchors that stand for the top of this page."""
    placed: list[tuple[Piece, float]] = field(default_factory=list[tuple[Piece, float]])

    @property
    def width(self) -> float:
        """The width of the page in points."""
        return A4_LONG if self.landscape else A4_SHORT

    @property
    def height(self) -> float:
        """The height of the page in points."""
        return A4_SHORT if self.landscape else A4_LONG


class PageFiller:
    """Fills pages one after the other with the pieces of ONE paper."""

    def __init__(self, left: float, running: str, prefix: str) -> None:
        """Take what all of the paper's pages have in common."""
        self._left = left
        self._running = running
        self._prefix = prefix
        self._at = TOP
        self._after = 0.0
        self._waiting: list[Piece] = []
        self.pages: list[Page] = []

    @property
    def _room(self) -> float:
        return self.pages[-1].height - BOTTOM - self._at if self.pages else 0.0

    @property
    def _is_fresh(self) -> bool:
        return bool(self.pages) and not self.pages[-1].placed

    def break_page(self) -> None:
        """Let what follows begin on a new page."""
        self.flush()
        if not self._is_fresh:
            self._new_page()

    def add(self, piece: Piece) -> None:
        """Place a piece; one that is to be kept with the next waits for it."""
        self._waiting.append(piece)
        if not piece.keep:
            self.flush()

    def flush(self) -> None:
        """Place what still waits: nothing follows it."""
        if not self.pages:
            self._new_page()
        while self._waiting:
            self._waiting = self._place(self._waiting)

    def _place(self, chain: list[Piece]) -> list[Piece]:
        """Place what can be placed of pieces that belong together; return what has to follow."""
        if isinstance(chain[0], PdfPagePiece):
            self._place_whole_page(chain[0])
            return chain[1:]
        if self._height_of(chain) <= self._room + CLOSE:
            self._put_all(chain)
            return []
        return self._place_partly(chain)

    def _place_partly(self, chain: list[Piece]) -> list[Piece]:
        above = chain[:-1]
        parts = chain[-1].split(self._room - self._height_of(above) - self._gap_below(above, chain[-1]))
        if parts:
            self._put_all([*above, parts[0]])
            return [parts[1]]
        first = self._split_first(chain[0]) if above else None
        if first:
            self._put_all([first[0]])
            return [first[1], *chain[1:]]
        if not self._is_fresh:
            self._new_page()
            return chain
        if not above:
            raise DocumentNotDrawable
        self._put_all(chain[:1])
        return chain[1:]

    def _split_first(self, piece: Piece) -> tuple[Piece, Piece] | None:
        """Split a piece that cannot stand with what follows it; its end goes along even where all of it has room."""
        return piece.split(min(self._room - self._gap(piece), piece.height - 1))

    def _place_whole_page(self, piece: PdfPagePiece) -> None:
        if self._is_fresh:
            self.pages.pop()
        self._new_page(landscape=piece.landscape)
        self._put(piece)
        self._at = self.pages[-1].height

    def _new_page(self, *, landscape: bool = False) -> None:
        self.pages.append(Page(self._left, self._running, landscape, self._prefix))
        self._at, self._after = TOP, 0.0

    def _gap(self, piece: Piece) -> float:
        return 0.0 if self._is_fresh else max(self._after, piece.before)

    def _gap_below(self, above: list[Piece], piece: Piece) -> float:
        return max(above[-1].after, piece.before) if above else self._gap(piece)

    def _height_of(self, chain: list[Piece]) -> float:
        total = 0.0
        for number, piece in enumerate(chain):
            total += self._gap_below(chain[:number], piece) + piece.height
        return total

    def _put_all(self, pieces: list[Piece]) -> None:
        for piece in pieces:
            self._put(piece)

    def _put(self, piece: Piece) -> None:
        self._at += self._gap(piece)
        self.pages[-1].placed.append((piece, self._at))
        self._at += piece.height
        self._after = piece.after
