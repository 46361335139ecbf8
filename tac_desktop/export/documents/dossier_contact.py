"""Section E of the court dossier: contact in numbers, each attempt, and the log itself where the court directs it."""

from collections.abc import Iterator

from tac_desktop.casework.case_view import CaseView, in_words
from tac_desktop.casework.codelists import label
from tac_desktop.casework.contact_summary import ContactSummary, contact_summary
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import counted
from tac_desktop.export.document import Block, Column, Heading, Paper, Paragraph, Row, Table
from tac_desktop.export.documents.words import NONE, day, moment, month

NOTES_LEFT_OUT = (
    "The notes of each contact are kept in the case file and are not part of this dossier. They can be printed if the "
    "court directs."
)


def month_anchor(month: str) -> str:
    """Return the anchor of a month's row in the summary ('2026-03')."""
    return f"contact in {month}"


def contact(view: CaseView, *, with_log: bool) -> tuple[Paper, ...]:
    """Return the summary with the attempts, and the whole log if the court has directed it."""
    contacts = view.of("contact")
    if not contacts:
        return ()
    summary = contact_summary(contacts)
    papers = (Paper("Contact: summary and attempts", tuple(_summary(view, summary, with_log=with_log))),)
    if with_log:
        log = _log(contacts)
        papers += (Paper("Contact log", (Paragraph("Filed by direction of the court.", "note"), log)),)
    return papers


def _summary(view: CaseView, summary: ContactSummary, *, with_log: bool) -> Iterator[Block]:
    yield Paragraph(
        f"{counted(summary.contacts, 'contact')} and {counted(len(summary.attempts), 'attempt')} without an answer "
        f"are recorded from {day(summary.first)} to {day(summary.last)}."
    )
    if not with_log:
        yield Paragraph(NOTES_LEFT_OUT, "note")
    yield Heading("By month and kind")
    yield _by_month(summary)
    yield Heading("All contacts by kind")
    kinds = tuple(Row((label("contact_log_type", kind), str(number))) for kind, number in summary.kinds)
    by_kind = (Column("Kind", 0.8), Column("Contacts", 0.2, right=True))
    yield Table(by_kind, kinds, "Contacts of each kind", first_column_names_row=True)
    if summary.attempts:
        yield Heading("Attempts without an answer")
        attempts = tuple(_attempt(view, attempt) for attempt in summary.attempts)
        columns = (
            Column("When", 0.3, strong=True),
            Column("How", 0.3),
            Column("To reach", 0.26),
            Column("About", 0.14),
        )
        yield Table(columns, attempts, "Each attempt, the earliest first")


def _by_month(summary: ContactSummary) -> Table:
    columns = (
        Column("Month", 0.265, strong=True),
        Column("Contacts", 0.15, right=True),
        Column("Kinds", 0.43),
        Column("Attempts", 0.155, right=True),
    )
    rows = [
        Row(
            (month(each.month), str(each.contacts), _kinds(each.kinds), str(each.attempts)),
            month_anchor(each.month),
        )
        for each in summary.months
    ]
    rows.append(Row(("All", str(summary.contacts), "", str(len(summary.attempts))), strong=True))
    return Table(columns, tuple(rows), "Contacts and attempts in each month", first_column_names_row=True)


def _kinds(kinds: tuple[tuple[str, int], ...]) -> str:
    return "; ".join(f"{label('contact_log_type', kind)}: {number}" for kind, number in kinds) or NONE


def _attempt(view: CaseView, attempt: Record) -> Row:
    cells = (
        moment(attempt.text("at")),
        in_words(attempt, "kind"),
        in_words(attempt, "with_whom") or NONE,
        view.children(attempt) or NONE,
    )
    return Row(cells, attempt.id)


def _log(contacts: tuple[Record, ...]) -> Table:
    columns = (
        Column("When", 0.2, strong=True),
        Column("How and with whom", 0.3),
        Column("What was said and done", 0.5),
    )
    rows = tuple(
        Row(
            (
                moment(entry.text("at")),
                "\n".join(p for p in (in_words(entry, "kind"), in_words(entry, "with_whom"), entry.text("who")) if p),
                entry.text("summary") or NONE,
            ),
            f"{entry.id} in full",
        )
        for entry in contacts
    )
    return Table(columns, rows, "Every contact and attempt, the earliest first")
