"""Files of the case as parts of a paper: PDFs page by page, pictures as photos."""

from tac_desktop.export.document import AttachedPdf, Paper, Photo
from tac_desktop.export.documents.words import day
from tac_desktop.export.photo import fit_for_paper


def attached_paper(untrusted_content: bytes, title: str, anchor: str, own_date: str) -> Paper:
    """Return an attached file as a paper of its own; a picture gets the title as its caption.

    Args:
        untrusted_content: The file's bytes.
        title: What it is called in the index.
        anchor: By which the record that it belongs to leads there.
        own_date: Its ISO date, '' if none is known.

    Raises:
        PhotoNotReadable: It is neither a PDF nor a picture.
    """
    printed_date = day(own_date) if own_date else ""
    if b"%PDF-" in untrusted_content[:1024]:
        return Paper(title, (AttachedPdf(untrusted_content, title),), anchor, printed_date, headed=False)
    photo = fit_for_paper(untrusted_content)
    return Paper(title, (Photo(photo.jpeg, photo.width, photo.height, title, title),), anchor, printed_date)
