"""Files that people attach: photos as a camera writes them, PDFs as offices send them."""

import io

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas


def a_camera_photo(width: int = 1200, height: int = 900, orientation: int = 6) -> bytes:
    """Return a JPEG with a red left half, turned by its Exif, with place, camera and comment."""
    picture = Image.new("RGB", (width, height), "white")
    picture.paste((200, 20, 20), (0, 0, width // 2, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Puce Camera"
    exif.get_ifd(0x8825)[2] = (51.0, 36.0, 0.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"taken at home", quality=90)
    return out.getvalue()


def a_pdf(pages: int = 1, size: tuple[float, float] = A4) -> bytes:
    """Return a PDF whose pages have the words 'UPRIGHT 1', 'UPRIGHT 2' ... and a black square at their top left."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for page in range(1, pages + 1):
        canvas.setFont("Helvetica-Bold", 30)
        canvas.drawString(100, size[1] / 2, f"UPRIGHT {page}")
        canvas.rect(0, size[1] - 100, 100, 100, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
