"""What reportlab cannot do: attached pages, photos, links, page labels, outline, tags, properties, encryption."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree, Object, OutlineItem, Page, Pdf, Rectangle, String

from tac_desktop.export.document import Document
from tac_desktop.export.pdf.assemble import Assembled
from tac_desktop.export.pdf.attached import as_form
from tac_desktop.export.pdf.sheet import Drawn, LinkTo, PdfPageContent, PhotoContent, Placement
from tac_desktop.export.pdf.tags import write_structure
from tac_desktop.export.pdf.text import clean

PRINTED_FLAG = 4
"""Annotation flag 'Print' (ISO 32000-1, 12.5.3)."""


def finish(drawn_pdf: bytes, document: Document, assembled: Assembled, drawn: Drawn, passphrase: str = "") -> bytes:
    """Return the finished PDF.

    Args:
        drawn_pdf: The pages as drawn.
        document: What it is called and when it was issued.
        assembled: The pages' labels, the outline and the structure.
        drawn: The links and the boxes to be filled.
        passphrase: Without it nobody opens the file (AES-256); '' writes it open.
    """
    with Pdf.open(io.BytesIO(drawn_pdf)) as pdf:
        for number, placements in drawn.placements.items():
            _place(pdf, pdf.pages[number], placements, assembled)
        links = {number: _links(pdf, number, found, assembled) for number, found in drawn.links.items()}
        write_structure(pdf, assembled.root, links)
        _write_labels(pdf, assembled.labels)
        _write_outline(pdf, assembled)
        _write_properties(pdf, document)
        return _saved(pdf, passphrase)


def _saved(pdf: Pdf, passphrase: str) -> bytes:
    out = io.BytesIO()
    modern = pikepdf.ObjectStreamMode.generate
    if passphrase:
        pdf.save(out, object_stream_mode=modern, encryption=pikepdf.Encryption(owner=passphrase, user=passphrase, R=6))
    else:
        pdf.save(out, object_stream_mode=modern, deterministic_id=True)
    return out.getvalue()


def _place(pdf: Pdf, page: Page, placements: list[Placement], assembled: Assembled) -> None:
    height = float(page.mediabox[3])
    for placement in placements:
        box = placement.box
        area = Rectangle(box.left, height - box.top - box.height, box.left + box.width, height - box.top)
        name = Name(f"/Placed{placement.mark}")
        match placement.content:
            case PhotoContent() as photo:
                name = page.add_resource(_image(pdf, photo), Name.XObject, name)
                drawing = (
                    f"q {box.width:.3f} 0 0 {box.height:.3f} {area.llx:.3f} {area.lly:.3f} cm {name} Do Q".encode()
                )
            case PdfPageContent(attachment, number):
                form = as_form(pdf, assembled.attached[attachment], number)
                name = page.add_resource(form, Name.XObject, name)
                drawing = page.calc_form_xobject_placement(
                    form, name, area, invert_transformations=False, allow_shrink=True, allow_expand=False
                )
        page.contents_add(b"/Figure <</MCID %d>> BDC\n%s\nEMC" % (placement.mark, drawing))


def _image(pdf: Pdf, photo: PhotoContent) -> Object:
    return pdf.make_stream(  # pyright: ignore[reportUnknownMemberType]
        photo.jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=photo.width,
        Height=photo.height,
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def _links(pdf: Pdf, number: int, found: list[LinkTo], assembled: Assembled) -> list[Object]:
    page = pdf.pages[number]
    height = float(page.mediabox[3])
    annotations: list[Object] = [pdf.make_indirect(_link(pdf, link, height, assembled)) for link in found]
    page.obj.Annots = Array(annotations)
    return annotations


def _link(pdf: Pdf, link: LinkTo, height: float, assembled: Assembled) -> Dictionary:
    box = link.box
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=[box.left, height - box.top - box.height, box.left + box.width, height - box.top],
        Border=[0, 0, 0],
        F=PRINTED_FLAG,
        Contents=String(clean(link.says)),
        Dest=_destination(pdf, link.anchor, assembled),
    )


def _destination(pdf: Pdf, anchor: str, assembled: Assembled) -> Array:
    index, top = assembled.places[anchor]
    page = pdf.pages[index]
    return Array([page.obj, Name.XYZ, 0, round(float(page.mediabox[3]) - max(0.0, top - 20), 2), 0])


def _write_labels(pdf: Pdf, labels: list[str]) -> None:
    """Give each page the number that is printed on it, so that 'go to C12' works in a viewer (ISO 32000-1, 12.4.2)."""
    tree = NumberTree.new(pdf)
    before = ("", 0)
    for index, label in enumerate(labels):
        prefix = label.rstrip("0123456789")
        number = int(label[len(prefix) :] or 0)
        if (prefix, number) != (before[0], before[1] + 1) or index == 0:
            tree[index] = Dictionary(S=Name.D, P=prefix, St=number) if number else Dictionary(P=prefix)
        before = (prefix, number)
    pdf.Root.PageLabels = tree.obj


def _write_outline(pdf: Pdf, assembled: Assembled) -> None:
    with pdf.open_outline() as outline:
        above: list[OutlineItem] = []
        for bookmark in assembled.bookmarks:
            index, _ = assembled.places[bookmark.anchor]
            page = pdf.pages[index]
            title = f"{assembled.labels[index]}  {bookmark.title}"
            item = OutlineItem(title, index, "XYZ", left=0, top=float(page.mediabox[3]), zoom=0)
            above = above[: bookmark.level]
            (above[-1].children if above else outline.root).append(item)
            above.append(item)
    pdf.Root.PageMode = Name.UseOutlines


def _write_properties(pdf: Pdf, document: Document) -> None:
    """Write title, author, language and date into properties and XMP; the date is the day of issue, no clock's."""
    stamp = document.issued_on.replace("-", "")
    pdf.docinfo[Name.CreationDate] = f"D:{stamp}000000Z"
    pdf.docinfo[Name.ModDate] = f"D:{stamp}000000Z"
    for key in (Name.Keywords, Name.Trapped):
        if key in pdf.docinfo:
            del pdf.docinfo[key]
    pdf.docinfo[Name.Producer] = "TaC Desktop"
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        xmp.load_from_docinfo(pdf.docinfo)  # pyright: ignore[reportUnknownMemberType]
        xmp["dc:language"] = {document.language}
    pdf.Root.Lang = String(document.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
