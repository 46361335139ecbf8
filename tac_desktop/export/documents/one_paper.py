"""A document that is one paper beside a bundle of the court: no index, its pages numbered as the bundle asks."""

from tac_desktop.casework.case_view import CaseView
from tac_desktop.export.document import Document, Numbering, Paper, Section
from tac_desktop.export.documents.issue import Issue


def one_paper(case: CaseView, issue: Issue, paper: Paper, *, title: str, subject: str) -> Document:
    """Return the document; the case number runs along with each page.

    Args:
        case: The case that is told of.
        issue: By whom, for whom, which version.
        paper: What is drawn.
        title: What the document is called.
        subject: What it is about, for those who find it among other files.
    """
    return Document(
        title=title, subject=subject, author=issue.prepared_by, issued_on=issue.issued_on, running=case.case_number,
        marking=issue.marking.value, with_index=False,
        numbering=issue.numbering if issue.numbering is Numbering.INCLUSION else Numbering.PAGES,
        sections=(Section("", paper.title, (paper,)),),
    )  # fmt: skip
