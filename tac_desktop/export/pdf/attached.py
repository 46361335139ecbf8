"""PDFs of others that go into a paper: checked before anything is drawn, so that nothing is missing in silence."""

import io
from dataclasses import dataclass

import pikepdf
from pikepdf import Name, Object, Page, Pdf

from tac_desktop.errors import AttachedPdfDamaged, AttachedPdfLocked, AttachedPdfNotPdf, AttachedPdfTooLarge

MOST_BYTES = 200 * 1024 * 1024
MOST_PAGES = 5_000
LONGEST_SIDE = 5_000
"""Points: about 1.76 m."""


@dataclass(frozen=True)
class AttachedPage:
    """How one page of an attached PDF is seen: its size in points after its own rotation."""

    width: float
    height: float

    @property
    def is_landscape(self) -> bool:
        """Whether it is wider than high."""
        return self.width > self.height


@dataclass(frozen=True)
class OpenedPdf:
    """An attached PDF that can be placed: its pages as forms, its fields filled in and flat."""

    pdf: Pdf
    pages: tuple[AttachedPage, ...]


def open_attached(untrusted_content: bytes, where: str) -> OpenedPdf:
    """Open an attached PDF for placing.

    Args:
        untrusted_content: The file's bytes.
        where: Which attachment it is, in words that name no person: 'section G, document 2'.

    Raises:
        AttachedPdfNotPdf: It is empty or no PDF.
        AttachedPdfLocked: It asks for a pass-phrase.
        AttachedPdfTooLarge: It is beyond the limits above.
        AttachedPdfDamaged: It can be read only with repairs, so that something may be missing.
    """
    if len(untrusted_content) > MOST_BYTES:
        raise AttachedPdfTooLarge(where)
    if b"%PDF-" not in untrusted_content[:1024]:
        raise AttachedPdfNotPdf(where)
    try:
        pdf = Pdf.open(io.BytesIO(untrusted_content), suppress_warnings=True)
        pages = _pages(pdf, where)
        _flatten(pdf)
    except pikepdf.PasswordError as error:
        raise AttachedPdfLocked(where) from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise AttachedPdfDamaged(where) from error
    if pdf.get_warnings():  # pyright: ignore[reportUnknownMemberType]
        raise AttachedPdfDamaged(where)
    return OpenedPdf(pdf, pages)


def _pages(pdf: Pdf, where: str) -> tuple[AttachedPage, ...]:
    if not 0 < len(pdf.pages) <= MOST_PAGES:
        raise AttachedPdfTooLarge(where) if len(pdf.pages) else AttachedPdfDamaged(where)
    pages = tuple(_seen(page) for page in pdf.pages)
    if any(max(page.width, page.height) > LONGEST_SIDE or min(page.width, page.height) < 1 for page in pages):
        raise AttachedPdfTooLarge(where)
    for page in pdf.pages:
        _read_through(page)
    return pages


def _seen(page: Page) -> AttachedPage:
    left, bottom, right, top = (float(edge) for edge in page.cropbox)
    unit = float(page.obj.get(Name.UserUnit, 1))
    width, height = abs(right - left) * unit, abs(top - bottom) * unit
    turned = int(page.rotation) % 180 == 90
    return AttachedPage(height, width) if turned else AttachedPage(width, height)


def _read_through(page: Page) -> None:
    """Read the whole content, so that a cut or broken stream is found now and not by the judge."""
    contents = page.obj.get(Name.Contents)
    for stream in contents if isinstance(contents, pikepdf.Array) else [contents]:
        if isinstance(stream, pikepdf.Stream):
            stream.read_bytes()


def _flatten(pdf: Pdf) -> None:
    """Make filled fields and comments part of the page; links, scripts and forms stay behind."""
    form = pdf.Root.get(Name.AcroForm)
    if isinstance(form, pikepdf.Dictionary) and any(_lacks_appearance(page) for page in pdf.pages):
        form.NeedAppearances = True
    pdf.generate_appearance_streams()
    pdf.flatten_annotations("all")
    for page in pdf.pages:
        box = page.cropbox
        page.trimbox = box  # what a viewer shows is the crop box; a form is cut at the trim box


def _lacks_appearance(page: Page) -> bool:
    """Say whether a filled field has only its value: viewers draw it themselves, and so must we."""
    fields = page.obj.get(Name.Annots, [])
    return any(field.get(Name.Subtype) == Name.Widget and Name.AP not in field for field in fields)


def as_form(target: Pdf, opened: OpenedPdf, page: int) -> Object:
    """Return a page of an attached PDF as a form of the target: upright, without links and scripts."""
    form: Object = target.copy_foreign(opened.pdf.pages[page].as_form_xobject())
    for key in (Name.StructParents, Name.StructParent, Name.PieceInfo, Name.Metadata):
        if key in form:
            del form[key]
    return form
