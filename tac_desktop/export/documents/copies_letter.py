"""The letter that asks for copies: of a report, of minutes, of what concerns a mother's children (needs H8)."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.case_view import CaseView, child_in_full
from tac_desktop.casework.forms.responsibility import OF_HER
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import listed
from tac_desktop.errors import LetterNotForHer
from tac_desktop.export.document import Block, Document, Heading, Paragraph
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.documents.letter_parts import foot, head, how_to_reach, letter_of, responsibility_of, whom
from tac_desktop.export.documents.words import day

ASKED_OF_HER: Final = (
    "There is no letter for this: it was asked of her, and she asks nobody for copies. Nothing was changed."
)
OF_NO_CHILD: Final = (
    "This letter cannot be written: no child of hers is linked to the request, or it is recorded that the child was "
    "adopted. Look at the request and at ‘Orders, responsibility’; nothing was changed."
)


def copies_letter(view: CaseView, issue: Issue) -> Document:
    """Return the letter that asks for copies.

    Args:
        view: The case as it was known on a day, with the prison's rules.
        issue: Its `about` is the id of the request.

    Raises:
        LetterNotForHer: something was asked of her, or every child whom it is about was adopted.
    """
    case = view.shown_to(issue.readers)
    request = case.find(issue.about)
    children = _hers(case, request) if request else []
    if request is not None and request.text("kind") in OF_HER:
        raise LetterNotForHer(ASKED_OF_HER)
    if request is None or not children:
        raise LetterNotForHer(OF_NO_CHILD)
    name, named = case.mother.text("name"), listed([child_in_full(child) for child in children])
    says = [responsibility_of(case, child).in_a_letter(child_in_full(child)) for child in children]
    blocks: list[Block] = [*head(view, issue)]
    blocks.append(Paragraph(f"I write for {whom(case)}, the mother of {named}. She asks you to send copies of:"))
    blocks.append(Paragraph(request.text("what")))
    if request.text("due"):
        blocks.append(Paragraph(f"Please let us have them by {day(request.text('due'))}."))
    blocks.append(Heading("Why she may ask", level=2))
    said = [Paragraph(f"{name} {words}.") for words in says if words]
    blocks += said or [Paragraph(f"{name} is a parent of {named}.")]
    blocks.append(Paragraph(
        ("Being in prison takes nothing of it away (Children Act 1989, sections 2 and 3)." if said else
         "Being in prison does not change that.")
        + " What is sent to her by post may be opened in the prison: please send it to us, and we go through it with"
        " her."
    ))  # fmt: skip
    blocks.append(Paragraph(
        "If something may not be sent, please tell us what, and by which decision or order, so that we can explain it."
    ))  # fmt: skip
    blocks += how_to_reach(view, name, meeting=False)
    return letter_of(f"{name}: please send copies", [*blocks, *foot(view, issue)], issue, title_in_file="Letter")


def copies_notes(view: CaseView, issue: Issue) -> tuple[str, ...]:
    """Return what the preparer should look at before the letter goes out."""
    return tuple(_notes(view, view.find(issue.about)))


def _notes(view: CaseView, request: Record | None) -> Iterator[str]:
    if request is None:
        return
    if not request.text("asked"):
        yield "The letter names nobody: say in the request of whom it is asked."
    if request.text("answered_on"):
        yield f"This was answered on {day(request.text('answered_on'))}."
    linked = chosen(request.answers, "children")
    if len(_hers(view, request)) < len(linked):
        yield "A child who was adopted is left out of the letter."
    if any(not responsibility_of(view, child).in_a_letter("x") for child in _hers(view, request)):
        yield "Whether she has parental responsibility is not recorded for each child, so the letter does not say it."


def _hers(case: CaseView, request: Record) -> list[Record]:
    linked = chosen(request.answers, "children")
    found = [child for child in case.of("child") if child.id in linked]
    return [child for child in found if not responsibility_of(case, child).is_lost]
