"""Paper: pages of a PDF drawn on a printer, and the sheet with a recovery code. Nothing is written to a file."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMarginsF, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QImage, QPageLayout, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from tac_desktop.errors import PrinterRefused
from tac_desktop.ui.jobs import Steps

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

POINTS_PER_INCH = 72
_PRINT_DPI = 300


class Paper:
    """An open PDF, in memory. Used by one thread at a time; close it when done."""

    def __init__(self, pdf: bytes) -> None:
        """Open the document."""
        import pypdfium2

        self._document = pypdfium2.PdfDocument(pdf)

    def __len__(self) -> int:
        return len(self._document)

    def size(self, page: int) -> tuple[float, float]:
        """Return width and height of a page (from 0) in points."""
        return self._document.get_page_size(page)

    def image(self, page: int, dots_per_point: float) -> QImage:
        """Draw a page (from 0)."""
        sheet = self._document[page]
        try:
            bitmap = sheet.render(scale=dots_per_point, rev_byteorder=True, prefer_bgrx=True)
            image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888)
            return image.copy()  # QImage does not keep the bytes it was given alive
        finally:
            sheet.close()

    def close(self) -> None:
        """Give the document's memory back."""
        self._document.close()


def drawn_pages(pdf: bytes, dots_per_point: float) -> Steps:
    """Draw all pages: an action for a job, which returns the images in their order."""
    paper = Paper(pdf)
    try:
        images: list[QImage] = []
        for page in range(len(paper)):
            yield page, len(paper)
            images.append(paper.image(page, dots_per_point))
        yield len(paper), len(paper)
        return images
    finally:
        paper.close()


class PrintDialog(QObject):
    """Asks which printer and which pages, then hands over what to do in the lane."""

    accepted = Signal(object)
    """A function that makes the printing's steps."""

    def __init__(self, parent: QWidget, pdf: bytes, title: str) -> None:
        """Take the document; the title names the job in the printer's queue, so it must hold no name of a person."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        super().__init__(parent)
        self._pdf = pdf
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(title)
        self._printer.setResolution(_PRINT_DPI)
        self._dialog = QPrintDialog(self._printer, parent)
        self._dialog.setMinMax(1, 100_000)
        self._dialog.accepted.connect(self._accepted)

    def open(self) -> None:
        """Show the dialog."""
        QDialog.open(self._dialog)

    def _accepted(self) -> None:
        pdf, printer = self._pdf, self._printer
        self.accepted.emit(lambda: print_pages(pdf, printer))


def print_pages(pdf: bytes, printer: "QPrinter") -> Steps:
    """Print a document page by page: an action for a job.

    Raises PrinterRefused where the printer takes nothing.
    """
    paper = Paper(pdf)
    painter = QPainter()
    try:
        pages = _wanted(printer, len(paper))
        printer.setFullPage(True)
        if not painter.begin(printer):
            raise PrinterRefused
        for done, page in enumerate(pages):
            yield done, len(pages)
            if done and not printer.newPage():
                raise PrinterRefused
            image = paper.image(page, printer.resolution() / POINTS_PER_INCH)
            painter.drawImage(_placed(image, painter), image)
        yield len(pages), len(pages)
        return len(pages)
    finally:
        if painter.isActive():
            painter.end()
        paper.close()


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


def print_recovery_code(parent: QWidget, code: str) -> None:
    """Ask for a printer and print the sheet with a recovery code."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("TaC Desktop")
    printer.setPageMargins(QMarginsF(20, 25, 20, 25), QPageLayout.Unit.Millimeter)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: draw_recovery_code(printer, code, parent.font()))
    QDialog.open(dialog)


def draw_recovery_code(printer: "QPrinter", code: str, font: QFont) -> None:
    """Draw the sheet with a recovery code."""
    painter = QPainter(printer)
    font = QFont(font)
    font.setPointSize(11)
    painter.setFont(font)
    line = painter.fontMetrics().height()
    box = painter.viewport()
    words = QCoreApplication.translate(
        "RecoverySheet",
        "Recovery code of a vault of TaC Desktop\n\nThis code opens the vault if the pass-phrase is lost. Whoever has "
        "it and the computer can read everything. Keep it locked away, apart from the computer.",
    )
    painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), words)
    font.setPointSize(20)
    painter.setFont(font)
    groups = code.split("-")
    text = "\n".join("-".join(groups[start : start + 4]) for start in range(0, len(groups), 4))
    painter.drawText(box.adjusted(0, 8 * line, 0, 0), int(Qt.AlignmentFlag.AlignLeft), text)
    painter.end()
