"""The court dossier: the mother's supporting material for a hearing. Not the court bundle, which others prepare."""

from collections.abc import Iterator, Mapping

from tac_desktop.casework.case_view import CaseView, child_in_full, in_words
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.export.document import Block, Document, Paper, Photo, Quotation, Section, TitlePage
from tac_desktop.export.documents.attachments import attached_paper
from tac_desktop.export.documents.dossier_contact import contact
from tac_desktop.export.documents.dossier_evidence import statements, work_and_change
from tac_desktop.export.documents.dossier_family import family_and_court
from tac_desktop.export.documents.dossier_preliminary import preliminary
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.documents.unsettled import unsettled
from tac_desktop.export.documents.words import NONE, day, moment
from tac_desktop.export.photo import fit_for_paper

WARNING = (
    "This dossier contains confidential information about a child. These are private family proceedings: do not copy "
    "it, or show or describe it to anyone else, unless the law or the court allows it."
)


NEVER_ENCLOSED = frozenset(
    {"triage_form", "consent_form", "case_tracker", "court_dossier", "solicitor_letter", "voucher", "factsheet"}
)
"""Kinds of paper that are no evidence: the service's own forms, the evaluation's, and legal advice, which is hers."""


def dossier(view: CaseView, issue: Issue, files: Mapping[str, bytes]) -> Document:
    """Return the court dossier of a case.

    Args:
        view: The case as it was known on a day; what is withheld from a reader is left out here.
        issue: By whom, for whom, which version.
        files: The contents of the attachments by their SHA-256; what is not among them is not enclosed.

    Raises:
        PhotoNotReadable: A picture of the case file is damaged.
    """
    case = view.without(issue.left_out).shown_to(issue.readers)
    number = case.case_number
    return Document(
        title=f"Court dossier {number}".strip(),
        subject="Evidence of work done in custody, for family proceedings",
        author=issue.prepared_by,
        issued_on=issue.issued_on,
        running=number,
        marking=issue.marking.value,
        numbering=issue.numbering,
        dividers=issue.dividers,
        title_page=_title_page(case, issue, number),
        sections=(
            Section("A", "Preliminary documents", (*preliminary(case, issue), *unsettled(case, issue))),
            Section("B", "The children, orders and hearings", family_and_court(case)),
            Section("C", "Statements", statements(case)),
            Section("D", "Work done and evidence of change", work_and_change(case, files)),
            Section("E", "Contact", contact(case, with_log=issue.full_contact_log)),
            Section("F", "Her own words", _own_words(case)),
            Section("G", "Photographs", _photographs(case, files)),
            Section("H", "Papers", _papers(case, files)),
        ),
    )


def _title_page(case: CaseView, issue: Issue, number: str) -> TitlePage:
    court = next((p.text("court") for p in reversed(case.of("proceedings")) if p.text("court")), "")
    above = [f"In the {court}" if court else "", f"Case number {number}" if number else ""]
    return TitlePage(
        above=tuple(line for line in above if line),
        title="Court dossier",
        subtitle="Evidence of work done in custody",
        facts=tuple(_title_facts(case, issue)),
        warning=WARNING,
    )


def _title_facts(case: CaseView, issue: Issue) -> Iterator[tuple[str, str]]:
    children = [child_in_full(child) for child in case.of("child")]
    yield "Child" if len(children) == 1 else "Children", "\n".join(children) or NONE
    yield "Mother", case.mother.text("name")
    hearing = case.find(issue.hearing)
    if hearing:
        yield "Hearing", f"{in_words(hearing, 'hearing_type') or 'Hearing'}, {moment(hearing.text('at'))}"
    yield "Prepared by", issue.prepared_by
    yield "Date prepared", day(issue.issued_on)
    yield "As known on", day(case.known_on)
    yield "Prepared for", issue.prepared_for
    before = f" (replaces version {issue.version - 1} of {day(issue.replaces_issue_of)})"
    yield "Version", f"{issue.version} of {day(issue.issued_on)}{before if issue.replaces_issue_of else ''}"


def _own_words(case: CaseView) -> tuple[Paper, ...]:
    blocks = tuple(_quotations(case))
    return (Paper("Her own words", blocks),) if blocks else ()


def _quotations(case: CaseView) -> Iterator[Block]:
    for triage in case.of("triage"):
        how = in_words(triage, "written_by")
        said = ", ".join(part for part in (how, day_in_words(triage.text("date"))) if part)
        for field, what in (("own_words", "What she needs"), ("hopes", "What she hopes for")):
            if triage.text(field):
                yield Quotation(triage.text(field), f"{what}{f' ({said})' if said else ''}")
    for assessment in case.of("assessment"):
        if assessment.text("mothers_view"):
            when = day(assessment.text("completed"))
            yield Quotation(assessment.text("mothers_view"), f"On the parenting assessment of {when}")


def _photographs(case: CaseView, files: Mapping[str, bytes]) -> tuple[Paper, ...]:
    photos: list[Photo] = []
    for record in case.of("photo"):
        if record.text("image") in files:
            photo = fit_for_paper(files[record.text("image")])
            facts = [
                day_in_words(record.text("date")),
                f"taken by {record.text('taken_by')}" if record.text("taken_by") else "",
                f"shown with the agreement of {record.text('consent')}" if record.text("consent") else "",
            ]
            caption = f"{record.text('caption')}\n{', '.join(fact for fact in facts if fact)}".strip()
            photos.append(Photo(photo.jpeg, photo.width, photo.height, record.text("caption"), caption, record.id))
    return (Paper("Photographs", tuple(photos)),) if photos else ()


def _papers(case: CaseView, files: Mapping[str, bytes]) -> tuple[Paper, ...]:
    return tuple(
        attached_paper(files[paper.text("file")], paper.text("title"), paper.id, paper.text("date"))
        for paper in case.of("paper")
        if paper.text("file") in files and paper.text("document_type") not in NEVER_ENCLOSED
    )
