"""Answers that contradict each other and are not decided: a paper names them, so that nobody takes them for settled."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.case_view import CaseView, Contradiction, child_initials
from tac_desktop.casework.chronology import TOLD
from tac_desktop.casework.fields import Attachment, Field, Narrative, ShortText
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import answer_in_words, counted
from tac_desktop.export.document import Block, Column, Heading, Paper, Paragraph, Row, Table
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.documents.words import NONE, short_day

TITLE = "Answers that are not settled"
_NOTE = (
    "To these questions different answers were recorded by people who did not know of each other’s, and nobody has "
    "decided yet which of them holds. This paper is drawn from the answers in the third column."
)
_PRINTED = TOLD | {"mother", "triage", "staff_statement", "photo", "paper"}
"""The forms of which a dossier shows anything: of all others it does not even tell that they are there."""


def unsettled(case: CaseView, issue: Issue) -> tuple[Paper, ...]:
    """Return the page of a dossier that names what is not settled, none where all is.

    Args:
        case: What the readers may see.
        issue: Whether the notes of contact are in it: else they are no part of this page either.
    """
    printed = _PRINTED if issue.full_contact_log else _PRINTED - {"contact"}
    told = {c.record_id for c in case.contradictions if c.form in printed}
    blocks = tuple(_blocks(case, told))
    return (Paper(TITLE, blocks),) if blocks else ()


def not_settled(case: CaseView, records: AbstractSet[str]) -> Iterator[Block]:
    """Yield what a paper without a page of its own for it says of these records, nothing where all is settled."""
    blocks = tuple(_blocks(case, records))
    if blocks:
        yield Heading(TITLE)
        yield from blocks


def sentences(case: CaseView) -> tuple[str, ...]:
    """Return what the preparer should know before a paper goes out: how much is not settled, and where."""
    if not case.contradictions:
        return ()
    where = dict.fromkeys(f"‘{_question(one)}’ ({ALL[one.form].title})" for one in case.contradictions)
    number = counted(len(case.contradictions), "question of this case file has", "questions of this case file have")
    return (f"{number} answers that contradict each other: {'; '.join(where)}. Decide them before it goes out.",)


def _blocks(case: CaseView, records: AbstractSet[str]) -> Iterator[Block]:
    rows = [
        Row((_about(case, record), _question(one), *_answers(case, record, one)))
        for one in case.contradictions
        if one.record_id in records and (record := case.find(one.record_id))
    ]
    if rows:
        yield Paragraph(_NOTE, "note", keep_with_next=True)
        columns = (Column("Record", 0.25, strong=True), Column("Question", 0.25), Column("Printed here", 0.25),
                   Column("Also recorded", 0.25))  # fmt: skip
        yield Table(columns, tuple(rows), "Questions with answers that contradict each other")


def _about(case: CaseView, record: Record) -> str:
    """Return which record it is, with a child by its initials as everywhere in a paper."""
    form = ALL[record.form]
    if record.form in ("mother", "child"):
        return record.text("name") if record.form == "mother" else f"Child {child_initials(record)}"
    linked = case.children(record, "child") or case.children(record)
    day = short_day(record.text(form.own_date)[:10]) if form.own_date and record.text(form.own_date) else ""
    return ", ".join(part for part in (form.title, linked, day) if part)


def _question(one: Contradiction) -> str:
    return ALL[one.form].by_name[one.field].label if one.field else "Whether this record stays"


def _answers(case: CaseView, record: Record, one: Contradiction) -> tuple[str, str]:
    if not one.field:
        return "The record", "It was deleted, and changed by somebody who did not know of it"
    field = ALL[record.form].by_name[one.field]
    if isinstance(field, Narrative | Attachment) or (isinstance(field, ShortText) and field.is_name):
        kind = "file" if isinstance(field, Attachment) else "text"
        return f"One {kind}", f"{counted(len(one.others), f'other {kind}')}"
    return _words(case, field, record.answers.get(one.field)), "; ".join(_words(case, field, a) for a in one.others)


def _words(case: CaseView, field: Field, answer: Answer | None) -> str:
    def named(record_id: str) -> str:
        linked = case.find(record_id)
        return "" if linked is None else _about(case, linked)

    return answer_in_words(field, answer, named) or NONE
