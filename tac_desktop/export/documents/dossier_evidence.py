"""Sections C and D of the court dossier: statements of staff, the work done, evidence of change."""

import re
from collections.abc import Iterator, Mapping

from tac_desktop.casework.case_view import CaseView, in_words, initials
from tac_desktop.casework.record import Record
from tac_desktop.export.document import (
    Block,
    Column,
    Heading,
    NumberedParagraph,
    PageOf,
    Paper,
    Paragraph,
    Row,
    SignatureBlock,
    Table,
)
from tac_desktop.export.documents.attachments import attached_paper
from tac_desktop.export.documents.words import NONE, day, short_day

CONTEMPT = (
    "I understand that proceedings for contempt of court may be brought against anyone who makes, or causes to be "
    "made, a false statement in a document verified by a statement of truth without an honest belief in its truth."
)
TRUTH = "I believe that the facts stated in this witness statement are true."
"""The statement of truth of Practice Direction 22A (resources/court_rules.toml says what of it was checked)."""


def statements(view: CaseView) -> tuple[Paper, ...]:
    """Return each statement that its maker has agreed to show to the court, in her or his own words."""
    agreed = [s for s in view.of("staff_statement") if s.answers.get("agreed") is True and s.text("statement")]
    return tuple(_statement(view, statement) for statement in agreed)


def _statement(view: CaseView, statement: Record) -> Paper:
    name, role = statement.text("staff_name"), statement.text("staff_role")
    proceedings = view.of("proceedings")[-1:]
    heading = "\n".join(
        line
        for case in proceedings
        for line in (f"In the {case.text('court')}" if case.text("court") else "", case.text("case_number"))
        if line
    )
    number = [s.id for s in view.of("staff_statement") if s.text("staff_name") == name].index(statement.id) + 1
    blocks: list[Block] = [
        Paragraph(
            f"Filed on behalf of the mother\n{_maker(name)}\nStatement no. {number}\n{day(statement.text('date'))}",
            "right",
        ),
    ]
    if heading:
        blocks.append(Paragraph(heading, "lines"))
    said = [part for part in re.split(r"\n\s*\n", statement.text("statement").strip()) if part.strip()]
    blocks += [NumberedParagraph(number, part) for number, part in enumerate(said, 1)]
    blocks.append(SignatureBlock(f"{CONTEMPT}\n{TRUTH}", name, role, "Statement of truth"))
    title = f"Statement of {name}" + (f", {role}" if role else "")
    return Paper(
        title, tuple(blocks), statement.id, day(statement.text("date")), statement=True, rule="witness_statement"
    )


def _maker(name: str) -> str:
    """Return the initials and the surname of a statement's maker, as the practice direction wants them."""
    *given, surname = name.split() or [""]
    return f"{initials(' '.join(given))} {surname}".strip()


def work_and_change(view: CaseView, files: Mapping[str, bytes]) -> tuple[Paper, ...]:
    """Return the courses, what others have seen, and each certificate or paper that goes with them."""
    papers: list[Paper] = []
    done: list[Block] = []
    if view.of("course"):
        done += [Heading("Courses, workbooks and groups"), _courses(view)]
    if view.of("evidence"):
        done += [Heading("What others have seen"), _evidence(view)]
    if done:
        papers.append(Paper("Courses and evidence of change", tuple(done)))
    for record, field, title in _enclosed(view):
        if record.text(field) in files:
            own_date = record.text("completed") or record.text("date")
            papers.append(attached_paper(files[record.text(field)], title, _enclosure(record), own_date))
    return tuple(papers)


def _enclosed(view: CaseView) -> Iterator[tuple[Record, str, str]]:
    for course in view.of("course"):
        if course.text("certificate"):
            yield course, "certificate", f"Certificate: {course.text('title') or in_words(course, 'course')}"
    for evidence in view.of("evidence"):
        if evidence.text("paper"):
            yield evidence, "paper", evidence.text("title")


def _enclosure(record: Record) -> str:
    return f"{record.id} enclosed"


def _courses(view: CaseView) -> Table:
    columns = (
        Column("Completed", 0.19, strong=True),
        Column("Course and provider", 0.28),
        Column("What she took from it", 0.365),
        Column("Certificate", 0.165),
    )
    return Table(columns, tuple(_course(course) for course in view.of("course")), "Courses, the earliest first")


def _course(course: Record) -> Row:
    completed = course.text("completed")
    begun = f"Begun {short_day(course.text('started'))}" if course.text("started") else NONE
    sessions = course.answers.get("sessions")
    attended = f"{sessions} sessions" if isinstance(sessions, int) else ""
    title = course.text("title") or in_words(course, "course")
    what = "\n".join(part for part in (title, course.text("provider"), attended) if part)
    cells = (
        short_day(completed) if completed else begun,
        what,
        course.text("learned") or NONE,
        PageOf(_enclosure(course)),
    )
    return Row(cells, course.id)


def _evidence(view: CaseView) -> Table:
    rows = tuple(
        Row(
            (
                short_day(evidence.text("date")),
                "\n".join(part for part in (evidence.text("title"), evidence.text("account")) if part),
                evidence.text("seen_by") or NONE,
                PageOf(_enclosure(evidence)),
            ),
            evidence.id,
        )
        for evidence in view.of("evidence")
    )
    columns = (
        Column("Date", 0.19, strong=True),
        Column("What was seen", 0.46),
        Column("By whom", 0.23),
        Column("Paper", 0.12),
    )
    return Table(columns, rows, "What others have seen, the earliest first")
