"""The audit as a workbook: what it is about, the events, and the seal with the text that is sealed."""

from tac_desktop.export.audit_report import HEADINGS, AuditReport, about
from tac_desktop.export.spreadsheet import Spreadsheet

EVENTS, SEAL = "Events", "Seal"


def audit_workbook(report: AuditReport, signature: str) -> bytes:
    """Return the report as the bytes of an .xlsx file.

    Args:
        report: What is exported.
        signature: The seal of who exports; '' for none.
    """
    book = Spreadsheet()
    book.add_sheet("About", ("Audit of a vault of TaC Desktop", ""), about(report))
    book.add_sheet(EVENTS, HEADINGS, [row.cells for row in report.rows])
    # cells hold at most 32,767 characters; both are far below
    book.add_sheet(SEAL, ("What is sealed", "Seal"), [(report.text, signature or "Not sealed")])
    return book.to_bytes()
