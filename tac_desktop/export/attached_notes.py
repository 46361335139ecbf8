"""What a person should know of a PDF of others before it is filed: it can be placed, and yet not be right."""

import io
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf

from tac_desktop.export.pdf.preview import PdfPages


@dataclass(frozen=True)
class AttachedNotes:
    """How many pages are pictures of text, bear black bars that hide nothing, and whether parts were switched off."""

    without_text: int
    unapplied_redactions: int
    hidden_layers: bool

    def sentences(self, where: str) -> tuple[str, ...]:
        """Return a sentence for each trouble; `where` names the attachment by its place."""
        told: list[str] = []
        if self.unapplied_redactions:
            told.append(
                f"The attached PDF in {where} has passages that are marked for blacking out and were never taken out: "
                "the words are still there. Ask for a copy in which that was finished."
            )
        if self.hidden_layers:
            told.append(
                f"The attached PDF in {where} has hidden parts that are printed here. Look at every page of it."
            )
        if self.without_text:
            told.append(
                f"{self.without_text} of the pages of the attached PDF in {where} are pictures of text and cannot be "
                "searched. Courts ask for searchable scans: scan them again with text recognition."
            )
        return tuple(told)


def look_through(content: bytes) -> AttachedNotes:
    """Return what should be known of a PDF that `pdf.attached.open_attached` accepts."""
    with Pdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
        marked = sum(_marked_for_redaction(page.obj) for page in pdf.pages)
        hidden = _has_hidden_layers(pdf)
    with PdfPages(content) as pages:
        without_text = sum(not pages.text(page).strip() for page in range(len(pages)))
    return AttachedNotes(without_text, marked, hidden)


def _has_hidden_layers(pdf: Pdf) -> bool:
    layers = pdf.Root.get(Name.OCProperties)
    shown = layers.get(Name.D) if isinstance(layers, Dictionary) else None
    switched_off = shown.get(Name.OFF) if isinstance(shown, Dictionary) else None
    return isinstance(switched_off, Array) and len(switched_off) > 0


def _marked_for_redaction(page: Object) -> bool:
    return any(note.get(Name.Subtype) == Name.Redact for note in page.get(Name.Annots, []))
