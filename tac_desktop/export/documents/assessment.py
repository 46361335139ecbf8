"""The parenting-assessment summary: one table for each domain of the Assessment Framework, then analysis in prose."""

from collections.abc import Iterator

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.case_view import CaseView, child_in_full, in_words
from tac_desktop.casework.forms.assessment import ASPECTS, DOMAINS
from tac_desktop.casework.record import Record
from tac_desktop.export.document import (
    Block,
    Column,
    Document,
    Heading,
    KeyFacts,
    Paper,
    Paragraph,
    Quotation,
    Row,
    SignatureBlock,
    Table,
)
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.documents.one_paper import one_paper
from tac_desktop.export.documents.unsettled import not_settled
from tac_desktop.export.documents.words import NONE, answered, day, prison

NOT_AN_EXPERT_REPORT = (
    "This is a summary of work by a prison-based social worker. It is not an expert report under Part 25 of the Family "
    "Procedure Rules 2010."
)
PROSE = (
    ("purpose", "Why it was written"),
    ("sources", "What it rests on"),
)
FINDINGS = (
    ("analysis", "Analysis"),
    ("conclusion", "Conclusion"),
    ("limits", "Limits of this assessment"),
)


def latest_assessment(view: CaseView) -> Record | None:
    """Return the assessment that was completed last, or the only one there is."""
    return max(view.of("assessment"), key=lambda record: record.text("completed"), default=None)


def assessment_summary(view: CaseView, assessment: Record, issue: Issue) -> Document:
    """Return the summary of one parenting assessment.

    Args:
        view: The case as it was known on a day; what is withheld from a reader is left out here.
        assessment: The record of the form 'assessment'.
        issue: By whom, for whom, which version.
    """
    case = view.shown_to(issue.readers)
    shown = case.find(assessment.id) or assessment
    paper = Paper("Parenting assessment: summary", tuple(_blocks(case, shown, issue)), rule="report")
    title = f"{paper.title} {case.case_number}".strip()
    subject = "Summary of a parenting assessment by a prison-based social worker"
    return one_paper(case, issue, paper, title=title, subject=subject)


def _blocks(case: CaseView, assessment: Record, issue: Issue) -> Iterator[Block]:
    yield Paragraph(NOT_AN_EXPERT_REPORT, "note")
    yield KeyFacts(tuple(_facts(case, assessment, issue)))
    yield from not_settled(case, {assessment.id, case.mother.id, *(child.id for child in case.of("child"))})
    yield from _prose(assessment, PROSE)
    for name, title, dimensions in DOMAINS:
        rows = tuple(_dimension(assessment, f"{name}_{key}", label) for key, label in dimensions)
        yield Heading(title)
        asked = tuple(row for row in rows if any(cell != NONE for cell in row.cells[1:]))
        if asked:
            yield _table(title, asked)
        left = [str(row.cells[0]) for row in rows if row not in asked]
        if left:
            yield Paragraph(f"Not assessed: {', '.join(left)}.", "note")
    yield from _prose(assessment, FINDINGS[:1])
    if assessment.text("mothers_view"):
        yield Heading("What she says about it")
        yield Quotation(assessment.text("mothers_view"))
    yield from _prose(assessment, FINDINGS[1:])
    yield from _added(case, assessment)
    who = assessment.text("assessed_by") or issue.prepared_by
    yield Paragraph(NOT_AN_EXPERT_REPORT)
    yield SignatureBlock("This summary is a fair account of the assessment.", who)


def _added(case: CaseView, assessment: Record) -> Iterator[Block]:
    """Yield what was added or corrected after it was sealed; where it was re-opened, it says itself what holds now."""
    about = (one for one in case.of("addendum") if one.text("record") == assessment.id)
    added = [one for one in about if one.text("kind") != "reopened"]
    if added:
        yield Heading("Added since it was sealed")
    for one in added:
        said = f"{in_words(one, 'kind')}, {one.text('name')}, {day(one.text('at')[:10])}"
        yield Paragraph(said, "note", keep_with_next=True)
        yield Paragraph(one.text("text"))


def _facts(case: CaseView, assessment: Record, issue: Issue) -> Iterator[tuple[str, str]]:
    named = chosen(assessment.answers, "children")
    children = [child for child in case.of("child") if not named or child.id in named]
    yield "Mother", case.mother.text("name")
    yield "Child" if len(children) == 1 else "Children", "\n".join(child_in_full(child) for child in children) or NONE
    yield "Prison", prison(case) or NONE
    yield "Assessed by", answered(assessment, "assessed_by")
    yield "Completed", day(assessment.text("completed"))
    yield "Prepared by", issue.prepared_by
    before = f" (replaces version {issue.version - 1} of {day(issue.replaces_issue_of)})"
    yield "Version", f"{issue.version} of {day(issue.issued_on)}{before if issue.replaces_issue_of else ''}"


def _prose(assessment: Record, parts: tuple[tuple[str, str], ...]) -> Iterator[Block]:
    for field, title in parts:
        if assessment.text(field):
            yield Heading(title)
            yield Paragraph(assessment.text(field))


def _dimension(assessment: Record, name: str, label: str) -> Row:
    return Row((label, *(answered(assessment, f"{name}_{aspect}") for aspect, _ in ASPECTS)))


def _table(title: str, rows: tuple[Row, ...]) -> Table:
    columns = (
        Column("Dimension", 0.2, strong=True),
        Column("What has been seen", 0.32),
        Column("Strengths", 0.24),
        Column("Still to work on", 0.24),
    )
    return Table(columns, rows, title, first_column_names_row=True)
