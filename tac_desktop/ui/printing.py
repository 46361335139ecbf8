"""Paper: pages of a PDF put on a printer. Nothing is written to a file."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from tac_desktop.errors import PrinterRefused
from tac_desktop.ui.jobs import Steps

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from tac_desktop.actions.paper import PagePicture

PRINT_DPI = 300


def image_of(picture: "PagePicture") -> QImage:
    """Return a drawn page as an image of its own memory."""
    image = QImage(picture.pixels, picture.width, picture.height, picture.stride, QImage.Format.Format_RGB32)
    return image.copy()  # a QImage does not keep the bytes alive that it was given


class PrintDialog(QObject):
    """Asks which printer and which pages, then hands over the work for the lane."""

    accepted = Signal(object)
    """A function that makes the printing's steps."""

    def __init__(self, parent: QWidget, pdf: bytes, title: str) -> None:
        """Take the document; the title names the job in the printer's queue, so it must hold no name of a person."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        super().__init__(parent)
        self._pdf = pdf
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(title)
        self._printer.setResolution(PRINT_DPI)
        self._dialog = QPrintDialog(self._printer, parent)
        self._dialog.setMinMax(1, 100_000)
        # what is saved as a file is saved by the program, which notes it; a sheet with a secret is not saved at all
        self._dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, on=False)
        self._dialog.accepted.connect(self._accepted)

    def open(self) -> None:
        """Show the dialog."""
        QDialog.open(self._dialog)

    def _accepted(self) -> None:
        pdf, printer = self._pdf, self._printer
        self.accepted.emit(lambda: print_pages(pdf, printer))


def print_pages(pdf: bytes, printer: "QPrinter") -> Steps:
    """Print a document page by page: an action for a job, which returns the number of pages.

    Raises:
        PrinterRefused: the printer takes nothing.
    """
    from tac_desktop.actions.paper import page_count

    numbers = _wanted(printer, page_count(pdf))
    printer.setFullPage(True)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterRefused
    try:
        for done, number in enumerate(numbers):
            yield done, len(numbers)
            if done and not printer.newPage():
                raise PrinterRefused
            _put_on_paper(painter, pdf, number, printer.resolution())
        yield len(numbers), len(numbers)
        return len(numbers)
    finally:
        painter.end()


def _put_on_paper(painter: QPainter, pdf: bytes, number: int, dots_per_inch: int) -> None:
    from tac_desktop.actions.paper import drawn_pages

    drawing = drawn_pages(pdf, dots_per_inch, [number])
    try:
        while True:
            next(drawing)
    except StopIteration as drawn:
        image = image_of(drawn.value[0])
    painter.drawImage(_placed(image, painter), image)


def _wanted(printer: "QPrinter", count: int) -> range:
    first = max(1, int(printer.fromPage() or 1))
    last = min(count, int(printer.toPage() or count))
    return range(first - 1, last)


def _placed(image: QImage, painter: QPainter) -> QRectF:
    """Return the largest box of the image's shape on the paper: never cut off, never distorted."""
    sheet = QRectF(painter.viewport())
    scale = min(sheet.width() / image.width(), sheet.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    return QRectF((sheet.width() - width) / 2, (sheet.height() - height) / 2, width, height)
