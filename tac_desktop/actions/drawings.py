"""Which papers there are: how each is drawn, whose files it may enclose, and what its preparer should look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

from tac_desktop.casework.case_view import CaseView
from tac_desktop.errors import NoAssessment, NoLifeStory
from tac_desktop.export.document import Document
from tac_desktop.export.documents.issue import Issue

DocumentKind: TypeAlias = Literal["dossier", "assessment", "life_story", "child_contact"]
"""A code of the list 'document_kind' for which there is a paper."""

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


def _findings(document: Document, view: CaseView, issue: Issue) -> tuple[str, ...]:
    from tac_desktop.export.documents.findings import findings

    return findings(document, view, issue)


def _of_life_story(_: Document, view: CaseView, issue: Issue) -> tuple[str, ...]:
    from tac_desktop.export.documents.life_story import story_notes

    return story_notes(view, issue)


_EVIDENCE = ("course", "evidence", "photo", "paper")

PAPERS: Mapping[DocumentKind, PaperKind] = MappingProxyType({
    "dossier": PaperKind(_dossier, _findings, _EVIDENCE),
    "assessment": PaperKind(_assessment, _findings),
    "life_story": PaperKind(_life_story, _of_life_story, ("life_story",)),
    "child_contact": PaperKind(_child_contact, _findings),
})  # fmt: skip
"""A further kind of paper is a further row."""
