"""One letter of a mother to her child, as it goes out: her words and nothing else, no name of a service or a prison."""

from tac_desktop.casework.case_view import CaseView
from tac_desktop.casework.letter_check import KINDS, found_in
from tac_desktop.casework.letterbox import CHECK, is_checked
from tac_desktop.casework.record import Record
from tac_desktop.errors import NoLetter
from tac_desktop.export.document import Document, Numbering, Paper, Paragraph, Section
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.documents.words import day

TITLE = "A letter for you"


def letterbox_letter(view: CaseView, issue: Issue) -> Document:
    """Return the letter, word for word.

    Args:
        view: The case as it was known on a day.
        issue: Its `about` is the id of the letter's record.

    Raises:
        NoLetter: no words of it were written down.
    """
    letter = _letter(view, issue)
    words = letter.text("draft").strip() if letter else ""
    if letter is None or not words:
        raise NoLetter
    written = letter.text("drafted_on") or issue.issued_on
    blocks = (Paragraph(day(written), "right"), Paragraph(words))
    return Document(
        title=TITLE,
        issued_on=issue.issued_on,
        numbering=Numbering.PAGES,
        with_index=False,
        sections=(Section("", TITLE, (Paper(TITLE, blocks),)),),
    )


def letter_notes(view: CaseView, issue: Issue) -> tuple[str, ...]:
    """Return what the preparer should look at, unless somebody has read these very words and let them stand."""
    letter = _letter(view, issue)
    if letter is None or is_checked(letter, view.of(CHECK)):
        return ()
    agreement = view.find(letter.text("agreement"))
    places = found_in(letter.text("draft"), view.records, agreement)
    look = "Look at it with ‘Check it’ before it goes out."
    told = (f"{KINDS[one.kind]} stands in line {one.line}. {look}" for one in places)
    return ("Nobody has read these words for names and places yet.", *dict.fromkeys(told))


def _letter(view: CaseView, issue: Issue) -> Record | None:
    return view.find(issue.about)
