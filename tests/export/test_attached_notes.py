"""Attached PDFs that can be placed and are yet not right."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tac_desktop.export.attached_notes import AttachedNotes, look_through
from tests.export.pictures import a_camera_photo, a_pdf


def changed(change) -> bytes:
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(a_pdf())) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def a_scan() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawImage(ImageReader(io.BytesIO(a_camera_photo(200, 200, 1))), 0, 0, 400, 400)
    canvas.showPage()
    canvas.drawString(100, 100, "Typed")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def blacked_out_in_name_only(pdf: Pdf) -> None:
    pdf.pages[0].Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Redact, Rect=[0, 0, 100, 100])])


def with_a_hidden_layer(pdf: Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Draft"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


@pytest.mark.parametrize(("content", "notes", "word"), [
    (a_pdf(2), AttachedNotes(0, 0, hidden_layers=False), ""),
    (a_scan(), AttachedNotes(1, 0, hidden_layers=False), "searched"),
    (changed(blacked_out_in_name_only), AttachedNotes(0, 1, hidden_layers=False), "never taken out"),
    (changed(with_a_hidden_layer), AttachedNotes(0, 0, hidden_layers=True), "hidden parts"),
])  # fmt: skip
def test_what_is_not_right_is_told_by_its_place(content: bytes, notes: AttachedNotes, word: str):
    assert look_through(content) == notes
    told = look_through(content).sentences("section H, document 1")
    assert len(told) == bool(word)
    assert all(word in sentence and "section H, document 1" in sentence for sentence in told)


def test_a_pdf_locked_for_its_owner_can_be_looked_through():
    out = io.BytesIO()
    with Pdf.open(io.BytesIO(a_pdf())) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="ochre", user="", R=6))
    assert look_through(out.getvalue()) == AttachedNotes(0, 0, hidden_layers=False)
