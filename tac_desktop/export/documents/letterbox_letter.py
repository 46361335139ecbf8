"""One letter of a mother to her child, as it goes out: her words and nothing else, no name of a service or a prison."""

from collections.abc import Iterator

from tac_desktop.casework.case_view import CaseView, in_words
from tac_desktop.casework.letter_check import KINDS, found_in
from tac_desktop.casework.letterbox import CHECK, is_checked
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import begun_small
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
    """Return what the preparer should look at: that it is held back, and words that nobody has read and let stand."""
    letter = _letter(view, issue)
    return tuple(_notes(view, letter)) if letter is not None else ()


def _notes(view: CaseView, letter: Record) -> Iterator[str]:
    if letter.text("held_because"):
        yield f"It is held back: {begun_small(in_words(letter, 'held_because'))}."
    if is_checked(letter, view.of(CHECK)):
        return
    yield "Nobody has read these words for names and places yet."
    places = found_in(letter.text("draft"), view.records, view.find(letter.text("agreement")))
    look = "Look at it with ‘Check it’ before it goes out."
    yield from dict.fromkeys(f"{KINDS[one.kind]} stands in line {one.line}. {look}" for one in places)


def _letter(view: CaseView, issue: Issue) -> Record | None:
    return view.find(issue.about)
