"""A document or a picture on the screen: its pages as they will be on paper, drawn in the lane."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel

from tac_desktop.ui.beside_record import BesideRecord
from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.jobs import Job, Lane
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.page import Page
from tac_desktop.ui.printing import image_of

if TYPE_CHECKING:
    from tac_desktop.actions.paper import PagePicture

_PREVIEW_DPI = 110
_FITTED_AT_ONCE = 3
"""So many pages are there when the first is seen; a dossier may have hundreds, which follow."""
_ZOOMS = (50, 75, 100, 125, 150, 200)


class PrintScreen(Page):
    """The pages below one another, with buttons to print, to save, to go back, and to look closer."""

    print_wanted = Signal()
    save_wanted = Signal()
    left = Signal()

    def __init__(
        self, kit: Kit, lane: Lane, content: bytes, title: str, notes: Sequence[str] = (), *, may_save: bool = True
    ) -> None:
        """Take a PDF or a picture, notes for its preparer, and whether a copy may be saved; drawing begins at once."""
        from tac_desktop.actions.paper import is_pdf

        super().__init__(kit, title)
        self.content = content
        self.is_paper = is_pdf(content)
        self.title = title
        self.beside: BesideRecord | None = None
        self._lane = lane
        self._images: list[QImage] = []
        self._labels: list[QLabel] = []
        self._fitting = InTurns(self)
        self._zoom = _ZOOMS.index(100)
        self._back = kit.button(self.tr("Back"), "arrow-left")
        self._closer = kit.button("", "zoom-in", kind="icon", name=self.tr("Larger"))
        self._farther = kit.button("", "zoom-out", kind="icon", name=self.tr("Smaller"))
        self._save = kit.button(self.tr("Save as PDF") if self.is_paper else self.tr("Save a copy"), "save")
        self._print = kit.button(self.tr("Print"), "printer", kind="primary")
        self._progress = kit.progress(self.tr("Pages drawn"))
        for button in (self._back, self._farther, self._closer, self._save, self._print):
            self.add_action(button)
        self._save.setVisible(may_save)
        self._sheets = kit.column(gap=16)
        self._lay_out(notes)
        self._connect()
        self._draw()

    def put_above(self, beside: BesideRecord) -> None:
        """Show above the pages what stands beside the record of the document."""
        self.beside = beside
        self.body.insertWidget(0, beside)

    def settle(self) -> None:
        """Keep what was typed about the document, now."""
        if self.beside is not None:
            self.beside.settle()

    def _lay_out(self, notes: Sequence[str]) -> None:
        for note in notes:
            row = self.kit.row(self.kit.picture("info", "info"), self.kit.label(note, wrap=True), gap=12)
            row.setStretch(1, 1)
            self.add(row)
        for part in (self._progress, self._sheets, None):
            self.add(part)

    def _connect(self) -> None:
        self._back.clicked.connect(self.left)
        self._save.clicked.connect(self.save_wanted)
        self._print.clicked.connect(self.print_wanted)
        self._closer.clicked.connect(self._zoom_in)
        self._farther.clicked.connect(self._zoom_out)

    def _draw(self) -> None:
        self._print.setEnabled(False)
        self.set_subtitle(self.tr("Drawing the pages …"))
        from tac_desktop.actions.paper import drawn_pages

        content = self.content
        self._job = Job(lambda: drawn_pages(content, _PREVIEW_DPI), asked=False)
        self._job.stepped.connect(self._step)
        self._job.finished.connect(self._drawn)
        self._job.failed.connect(self._failed)
        self._lane.start(self._job)

    def _step(self, done: int, total: int) -> None:
        self._progress.setMaximum(max(1, total))
        self._progress.setValue(done)

    def _drawn(self, pictures: object) -> None:
        self._images = [image_of(picture) for picture in cast("list[PagePicture]", pictures)]
        count = len(self._images)
        pages = self.tr("1 page") if count == 1 else self.tr("{n} pages").format(n=count)
        self.set_subtitle(pages if self.is_paper else self.tr("A picture"))
        self._progress.hide()
        self._print.setEnabled(True)
        for number, _image in enumerate(self._images, 1):
            label = QLabel()
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            page = self.tr("Page {n} of {count}").format(n=number, count=count)
            label.setAccessibleName(page if self.is_paper else self.title)
            self._labels.append(label)
            self._sheets.addWidget(label)
        self._fit()
        if self.isVisible():
            self.arrive()

    def _failed(self, _error: object) -> None:
        self._progress.hide()
        self.set_subtitle(
            self.tr("The pages could not be drawn for the screen. The document itself is whole: save it.")
        )

    def _fit(self) -> None:
        room = self.width() - 2 * self.kit.margin(self.width()) - self.kit.px(16)
        self._fitting.build(self._fitted(room), _FITTED_AT_ONCE)

    def _fitted(self, room: int) -> Iterator[None]:
        for label, image in zip(self._labels, self._images, strict=True):
            natural = self.kit.px(image.width() * 96 / _PREVIEW_DPI)
            width = max(50, min(room, natural) * _ZOOMS[self._zoom] // 100)
            shown = image.scaledToWidth(min(width, room), Qt.TransformationMode.SmoothTransformation)
            label.setPixmap(QPixmap.fromImage(shown))
            yield

    def _zoom_in(self) -> None:
        self._zoom = min(self._zoom + 1, len(_ZOOMS) - 1)
        self._fit()

    def _zoom_out(self) -> None:
        self._zoom = max(self._zoom - 1, 0)
        self._fit()

    def arrive(self) -> None:
        """Put the keyboard on what was said and not read yet, else on printing."""
        if self.beside is not None and self.beside.news():
            self.beside.take_keyboard()
        else:
            (self._print if self._print.isEnabled() else self._back).setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the pages follow the width (Qt)."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """Ask for a page's width (Qt)."""
        return QSize(self.kit.px(900), self.kit.px(700))
