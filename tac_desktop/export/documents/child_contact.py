"""Contact with the children on paper: what is allowed, and month by month what was agreed and what happened."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.case_view import CaseView, child_in_full, child_initials
from tac_desktop.casework.codelists import label
from tac_desktop.casework.contact_matrix import Cell, Matrix, matrix
from tac_desktop.casework.contact_months import KindInMonth, months_of
from tac_desktop.casework.contact_states import states_of
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import counted
from tac_desktop.export.document import (
    Block,
    Column,
    Document,
    Heading,
    KeyFacts,
    Paper,
    Paragraph,
    Row,
    Table,
)
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.documents.one_paper import one_paper
from tac_desktop.export.documents.unsettled import not_settled
from tac_desktop.export.documents.words import NONE, day, month, prison

TITLE = "Contact with the children: agreed and happened"
HOW_COUNTED = (
    "‘Agreed’ counts the days on which contact falls by what was agreed. ‘Happened’ counts what is written in the "
    "contact log, and visits and letters that are recorded elsewhere in the case file and not in the log. ‘Nobody "
    "wrote down’ means that it was agreed and that the case file does not say what became of it. A month of which not "
    "all may be shown in this paper is left out."
)
HOW_DECIDED = (
    "Where several decisions speak of the same contact, the strictest is shown. ‘Nothing said’ means that no decision "
    "is recorded: it is neither allowed nor forbidden."
)
_AS_ABOVE: Final = "As above"


def child_contact(view: CaseView, issue: Issue) -> Document:
    """Return the paper about contact with all children of a case.

    Args:
        view: The case as it was known on a day; what is withheld from a reader is left out here.
        issue: By whom, for whom, which version.
    """
    case = view.shown_to(issue.readers).without(issue.left_out)
    paper = Paper(TITLE, tuple(_blocks(case, issue, view)))
    title = f"{TITLE} {case.case_number}".strip()
    return one_paper(case, issue, paper, title=title, subject="Contact between a mother in prison and her children")


def months_left_out(view: CaseView, issue: Issue) -> tuple[str, ...]:
    """Return for the preparer of how many months the paper says nothing, since not all of it may be shown."""
    case = view.shown_to(issue.readers).without(issue.left_out)
    told = {(child.id, one) for child in case.of("child") for one in _told_whole(case, view, child)}
    every = {
        (child.id, one)
        for child in view.of("child")
        for one in months_of(view.records, child.id, view.known_on)
    }  # fmt: skip
    months = len({(child, one.month) for child, one in every - told})
    words = "is left out: not all of it may be" if months == 1 else "are left out: not all of them may be"
    return (f"{counted(months, 'month')} of contact with a child {words} shown to this reader.",) if months else ()


def _blocks(case: CaseView, issue: Issue, view: CaseView) -> Iterator[Block]:
    children = case.of("child")
    yield KeyFacts((
        ("Mother", case.mother.text("name")),
        ("Children", "\n".join(map(child_in_full, children)) or "None is recorded"),
        ("Prison", prison(case) or NONE),
        ("As known on", day(case.known_on)),
        ("Prepared by", issue.prepared_by),
    ))  # fmt: skip
    shown = ("contact_permission", "contact_plan", "contact_state", "contact")
    yield from not_settled(case, {record.id for form in shown for record in case.of(form)})
    yield Heading("What is allowed")
    yield Paragraph(HOW_DECIDED, "note")
    allowed, whole = (matrix(children, one.records, case.known_on) for one in (case, view))
    for child in children:
        yield from _allowed(allowed, whole, child)
    yield Heading("Agreed and happened")
    yield Paragraph(HOW_COUNTED, "note")
    for child in children:
        yield from _months(case, view, child)


def _allowed(allowed: Matrix, whole: Matrix, child: Record) -> Iterator[Block]:
    cells = [(row.words, cell) for row in allowed.rows() for cell in row.cells if cell.child == child.id]
    said = [(words, cell) for words, cell in cells if cell.record_id and _is_so(cell, whole)]
    yield Heading(child_in_full(child), 2)
    if not said:
        yield Paragraph("No decision about contact is told here.")
        return
    held: dict[tuple[str, str], list[str]] = {}
    for words, cell in said:
        more = "\n".join(f"{heading}: {told}" for heading, told in cell.told()) or NONE
        held.setdefault((cell.lines()[0], more), []).append(words)
    rows = tuple(
        Row((words, what, _AS_ABOVE if place else more))
        for (what, more), several in held.items()
        for place, words in enumerate(several)
    )
    columns = (Column("Kind of contact", 0.36, strong=True), Column("What holds", 0.22), Column("More", 0.42))
    yield Table(columns, rows, f"What is allowed with {child_initials(child)}", first_column_names_row=True)


def _is_so(cell: Cell, whole: Matrix) -> bool:
    """Say whether it holds also beside what the reader may not see; else the paper says nothing, and nothing wrong."""
    known = (whole.cells[channel, cell.child].permission.standing for channel in cell.channels)
    return all(standing == cell.permission.standing for standing in known)


def _told_whole(case: CaseView, view: CaseView, child: Record) -> list[KindInMonth]:
    """Return what is told month by month: only what is so also beside what the reader may not see.

    Else a call that may not be shown would be counted as one that nobody wrote down.
    """
    whole = set(months_of(view.records, child.id, view.known_on))
    return [one for one in months_of(case.records, child.id, case.known_on) if one in whole]


def _months(case: CaseView, view: CaseView, child: Record) -> Iterator[Block]:
    yield Heading(child_in_full(child), 2)
    for state in states_of(case.records, child.id):
        yield Paragraph(state.words(), "lines", keep_with_next=True)
    found = _told_whole(case, view, child)
    if not found:
        yield Paragraph("No contact, agreed or recorded, is told here.")
        return
    columns = (
        Column("Month", 0.25, strong=True), Column("Kind of contact", 0.23), Column("Agreed", 0.13, right=True),
        Column("Happened", 0.16, right=True), Column("What became of the rest", 0.23),
    )  # fmt: skip
    rows = tuple(
        Row((month(one.month), label("child_contact_type", one.channel), str(one.agreed), str(one.happened),
             "\n".join(one.rest()) or NONE))
        for one in found
    )  # fmt: skip
    yield Table(columns, rows, f"Agreed and happened contact with {child_initials(child)}, the earliest month first")
