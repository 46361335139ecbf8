"""Which papers there are: how each is drawn, whose files it may enclose, and what its preparer should look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.case_view import CaseView
from tac_desktop.casework.codelists import label
from tac_desktop.casework.contact_thread import ThreadFilter, filter_in_words, whom_in_words
from tac_desktop.casework.wording import child_name, one_line
from tac_desktop.errors import NoAssessment, NoLifeStory
from tac_desktop.export.document import Document
from tac_desktop.export.documents.issue import Issue

DocumentKind: TypeAlias = Literal[
    "dossier", "assessment", "life_story", "child_contact", "thread", "attempts", "letterbox_letter", "family",
    "letter_professional", "letter_social_worker", "letter_school", "letter_copies",
]  # fmt: skip
"""A code of the list 'document_kind' for which there is a paper."""

OF_THE_LOG: Final = frozenset[DocumentKind]({"thread", "attempts"})
"""Papers of which there is one for each choice of contacts."""

Files: TypeAlias = Mapping[str, bytes]
"""Attachments by their SHA-256."""


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper."""

    draw: Callable[[CaseView, Issue, Files], Document]
    notes: Callable[[Document, CaseView, Issue], tuple[str, ...]]
    """Sentences for the preparer."""
    encloses: tuple[str, ...] = ()
    """The forms whose attachments it may show."""
    takes_office: bool = False
    """Whether it tells the prison's rules, or is written to somebody of the directory."""


def _dossier(view: CaseView, issue: Issue, files: Files) -> Document:
    from tac_desktop.export.documents.dossier import dossier

    return dossier(view, issue, files)


def _assessment(view: CaseView, issue: Issue, _: Files) -> Document:
    from tac_desktop.export.documents.assessment import assessment_summary, latest_assessment

    latest = latest_assessment(view)
    if latest is None:
        raise NoAssessment
    return assessment_summary(view, latest, issue)


def _life_story(view: CaseView, issue: Issue, files: Files) -> Document:
    from tac_desktop.export.documents.life_story import life_story, parts_for

    if not parts_for(view, issue):
        raise NoLifeStory
    return life_story(view, issue, files)


def _child_contact(view: CaseView, issue: Issue, _: Files) -> Document:
    from tac_desktop.export.documents.child_contact import child_contact

    return child_contact(view, issue)


def _thread(view: CaseView, issue: Issue, _: Files) -> Document:
    from tac_desktop.export.documents.contact_papers import correspondence

    return correspondence(view, issue)


def _attempts(view: CaseView, issue: Issue, _: Files) -> Document:
    from tac_desktop.export.documents.contact_papers import attempts

    return attempts(view, issue)


def _family(view: CaseView, issue: Issue, _: Files) -> Document:
    from tac_desktop.export.documents.family_picture import family_picture

    return family_picture(view, issue)


def _findings(document: Document, view: CaseView, issue: Issue) -> tuple[str, ...]:
    from tac_desktop.export.documents.findings import findings

    return findings(document, view, issue)


def _of_child_contact(document: Document, view: CaseView, issue: Issue) -> tuple[str, ...]:
    from tac_desktop.export.documents.child_contact import months_left_out

    return (*months_left_out(view, issue), *_findings(document, view, issue))


def _of_life_story(_: Document, view: CaseView, issue: Issue) -> tuple[str, ...]:
    from tac_desktop.export.documents.life_story import story_notes

    return story_notes(view, issue)


def _of_thread(document: Document, view: CaseView, issue: Issue) -> tuple[str, ...]:
    from tac_desktop.export.documents.contact_papers import left_out

    return (*left_out(view, issue), *_findings(document, view, issue))


def _letterbox_letter(view: CaseView, issue: Issue, _: Files) -> Document:
    from tac_desktop.export.documents.letterbox_letter import letterbox_letter

    return letterbox_letter(view, issue)


def _of_letterbox_letter(_: Document, view: CaseView, issue: Issue) -> tuple[str, ...]:
    from tac_desktop.export.documents.letterbox_letter import letter_notes

    return letter_notes(view, issue)


def _letter_to_professional(view: CaseView, issue: Issue, _: Files) -> Document:
    from tac_desktop.export.documents.letters import letter_to_professional

    return letter_to_professional(view, issue)


def _letter_to_social_worker(view: CaseView, issue: Issue, _: Files) -> Document:
    from tac_desktop.export.documents.letters import letter_to_social_worker

    return letter_to_social_worker(view, issue)


def _letter_to_school(view: CaseView, issue: Issue, _: Files) -> Document:
    from tac_desktop.export.documents.letters import letter_to_school

    return letter_to_school(view, issue)


def _letter_for_copies(view: CaseView, issue: Issue, _: Files) -> Document:
    from tac_desktop.export.documents.copies_letter import copies_letter

    return copies_letter(view, issue)


def _of_copies(_: Document, view: CaseView, issue: Issue) -> tuple[str, ...]:
    from tac_desktop.export.documents.copies_letter import copies_notes
    from tac_desktop.export.documents.letters import letter_notes

    return (*letter_notes(view, issue), *copies_notes(view, issue))


def _of_letter(_: Document, view: CaseView, issue: Issue) -> tuple[str, ...]:
    from tac_desktop.export.documents.letters import letter_notes

    return letter_notes(view, issue)


_EVIDENCE = ("course", "evidence", "photo", "paper")

PAPERS: Mapping[DocumentKind, PaperKind] = MappingProxyType({
    "dossier": PaperKind(_dossier, _findings, _EVIDENCE),
    "assessment": PaperKind(_assessment, _findings),
    "life_story": PaperKind(_life_story, _of_life_story, ("life_story",)),
    "letterbox_letter": PaperKind(_letterbox_letter, _of_letterbox_letter),
    "child_contact": PaperKind(_child_contact, _of_child_contact),
    "family": PaperKind(_family, _findings),
    "letter_copies": PaperKind(_letter_for_copies, _of_copies, takes_office=True),
    "thread": PaperKind(_thread, _of_thread),
    "attempts": PaperKind(_attempts, _of_thread),
    "letter_professional": PaperKind(_letter_to_professional, _of_letter, takes_office=True),
    "letter_social_worker": PaperKind(_letter_to_social_worker, _of_letter, takes_office=True),
    "letter_school": PaperKind(_letter_to_school, _of_letter, takes_office=True),
})  # fmt: skip
"""A further kind of paper is a further row."""


def paper_title(view: CaseView, kind: DocumentKind, about: str, wanted: ThreadFilter) -> str:
    """Return what a paper is called: its kind, and which child or which contacts it is about.

    Args:
        view: The case as it was known on a day.
        kind: Which paper.
        about: The id of the record that it is about, '' for none.
        wanted: Of a paper of the contact log, which contacts.
    """
    child = next((one for one in view.of("child") if one.id == about), None)
    named = child_name(child) if child else _which_contacts(view, wanted) if kind in OF_THE_LOG else ""
    return f"{label('document_kind', kind)}: {named}" if named else label("document_kind", kind)


def _which_contacts(view: CaseView, wanted: ThreadFilter) -> str:
    whom = whom_in_words(wanted.whom, view.of("contact")) if wanted.whom else ""
    child = next((child_name(one) for one in view.of("child") if one.id == wanted.child), "")
    return one_line(filter_in_words(wanted, whom, child), 120)
