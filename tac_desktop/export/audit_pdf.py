"""The audit as a paper, through the same engine as everything else."""

from tac_desktop.casework.typed_dates import moment_in_words
from tac_desktop.export.audit_report import AuditReport, AuditRow, about
from tac_desktop.export.document import (
    Block,
    Column,
    Document,
    Heading,
    KeyFacts,
    Look,
    Numbering,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    Section,
    Table,
)

_COLUMNS = (
    Column("When", 0.16), Column("Who", 0.17), Column("What", 0.27), Column("Case file", 0.13), Column("Details", 0.27),
)  # fmt: skip


def audit_document(report: AuditReport, signature: str) -> Document:
    """Return the report as a document.

    Args:
        report: What is exported.
        signature: The seal of who exports; '' for none.
    """
    title = "Audit of a vault"
    blocks: list[Block] = [
        Paragraph("What was done with the vault, as its journal tells it. Names of mothers are in no entry."),
        KeyFacts(tuple(about(report))),
        Heading("Events, the oldest first"),
    ]
    if report.rows:
        blocks.append(Table(_COLUMNS, tuple(map(_row, report.rows)), "The events of the audit"))
    else:
        blocks.append(Paragraph("Nothing that was noted fits what was asked for."))
    blocks += [PageBreak(), Heading("Seal"), *_seal(report, signature)]
    return Document(
        title=title,
        subject="What was done with a vault of TaC Desktop",
        issued_on=report.at[:10],
        running=f"Exported by {report.name}, {moment_in_words(report.at[:16])}",
        marking="CONFIDENTIAL",
        numbering=Numbering.PAGES,
        look=Look.REPORT,
        with_index=False,
        sections=(Section("", title, (Paper(title, tuple(blocks)),)),),
    )


def _row(row: AuditRow) -> Row:
    return Row((moment_in_words(row.at[:16]), row.who, row.what, row.case, row.details))


def _seal(report: AuditReport, signature: str) -> list[Block]:
    if not signature:
        return [Paragraph("Not sealed: whoever exported it came in without a pass-phrase of her own.", "warning")]
    words = (
        f"{report.name} has sealed the text below with her own key. The signature is of the kind that ‘ssh-keygen -Y"
        " verify’ checks, in the namespace tac-audit-export-v1; docs/formats/audit.md says how."
    )
    return [
        Paragraph(words), Paragraph(report.text, "lines"), Paragraph(signature, "note"),
    ]  # fmt: skip
