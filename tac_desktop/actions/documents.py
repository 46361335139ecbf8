"""Writing a paper: drawn from the case as known on a day, frozen with its hash when issued, noted in the audit."""

import hashlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.audit import about_case, note_event
from tac_desktop.actions.drawings import OF_THE_LOG, PAPERS, DocumentKind, Files, paper_title
from tac_desktop.actions.known_case import case_as_known
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.case_view import CaseView
from tac_desktop.casework.codelists import label
from tac_desktop.casework.contact_thread import EVERYTHING, ThreadFilter
from tac_desktop.casework.disclosure import COURT_AND_PARTIES
from tac_desktop.casework.fields import Attachment, Reader
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.errors import FutureDay, UnknownRecord
from tac_desktop.export.document import Numbering
from tac_desktop.export.documents.issue import Issue, Marking

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store


@dataclass(frozen=True, kw_only=True)
class DocumentChoices:
    """What a person chooses for a paper; what is left empty is filled in from the vault.

    Attributes:
        known_on: The ISO date as of which the case is told; '' for today.
        hearing: The id of the hearing it is for; '' for the next one.
        prepared_by: Name and title; '' for the person at work.
        prepared_for: For whom; '' for the court, the mother and her legal representative.
        left_out: The ids of records that are not to be in it.
        about: The id of the record that it is about, where there is a paper for each: a child's life story.
        on_day: The ISO date of which it tells, where a paper shows one day: the picture of the family.
        readers: Who will read it; None for the court and the parties.
        thread: Which contacts a thread or a list of attempts is made of.
    """

    known_on: str = ""
    hearing: str = ""
    prepared_by: str = ""
    prepared_for: str = ""
    marking: Marking = Marking.CHILDREN
    numbering: Numbering = Numbering.SECTIONS
    dividers: bool = False
    full_contact_log: bool = False
    left_out: frozenset[str] = field(default_factory=frozenset[str])
    about: str = ""
    on_day: str = ""
    readers: frozenset[Reader] | None = None
    thread: ThreadFilter = EVERYTHING


@dataclass(frozen=True, kw_only=True)
class DrawnDocument:
    """A paper that is drawn and not yet issued.

    Attributes:
        kind: Which paper.
        title: What it is called.
        content: The PDF.
        sha256: Of the PDF, in hexadecimal.
        pages: How many it has.
        version: The number it will have when it is issued.
        known_on: The ISO date as of which the case is told.
        prepared_by: As printed.
        notes: Sentences for the preparer: names that should perhaps not stand in it, papers longer than courts like.
        about: The id of the record that it is about, '' for the whole case.
    """

    kind: DocumentKind
    title: str
    content: bytes
    sha256: str
    pages: int
    version: int
    known_on: str
    prepared_by: str
    notes: tuple[str, ...]
    about: str = ""


@permitted(Deed.ISSUE_PAPERS)
def draw_document(
    store: "Store",
    person: Person,
    case_file: str,
    kind: DocumentKind,
    *,
    now: datetime,
    choices: DocumentChoices = DocumentChoices(),
) -> Generator[tuple[int, int], None, DrawnDocument]:
    """Draw a paper for looking at; the audit notes it, nothing else is written. Yields (done, total).

    Args:
        store: The store of the open vault.
        person: Who is at work.
        case_file: The case file.
        kind: Which paper.
        now: The time, with its zone; its day is the day of issue.
        choices: What the person has chosen.

    Raises:
        NotPermitted: the person's role draws no papers.
        CaseRestricted: the case file is closed to her.
        UnknownCase: there is no such case file, or it was not known yet on that day.
        FutureDay: it is to be told as known on a day that is still to come.
        NoAssessment, NoLifeStory: there is nothing of that kind to be drawn.
        UnknownRecord: what it shall be about is not in the case file.
        CharactersNotPrintable, DocumentNotDrawable, PhotoNotReadable, AttachmentDamaged, AttachedPdf...: see errors.py.
    """
    from tac_desktop.export.court_rules import length_notes
    from tac_desktop.export.pdf import draw

    paper, today = PAPERS[kind], now.date().isoformat()
    view = _view(store, case_file, choices, today, takes_office=paper.takes_office)
    title = paper_title(view, kind, choices.about, choices.thread)
    issue = _issue(view, person, _last_issued(store, case_file, kind, title, choices.about), today, choices)
    document = paper.draw(view, issue, _files(store, view, paper.encloses))
    pdf = yield from draw(document)
    facts: Facts = {"case_file": case_file, "kind": kind, "pages": len(pdf.labels), "as_of": view.known_on}
    note_event(store, person, Event.DOCUMENT_DRAWN, now=now, facts=facts)
    return DrawnDocument(
        kind=kind, title=title, content=pdf.content, pages=len(pdf.labels),
        sha256=hashlib.sha256(pdf.content).hexdigest(), version=issue.version, known_on=view.known_on,
        prepared_by=issue.prepared_by, notes=(*paper.notes(document, view, issue), *length_notes(pdf)),
        about=choices.about,
    )  # fmt: skip


@permitted(Deed.ISSUE_PAPERS)
def issue_document(store: "Store", person: Person, case_file: str, drawn: DrawnDocument, *, now: datetime) -> str:
    """Freeze a drawn paper as issued: the file itself, its hash and its version; return the record's id.

    All of it, with what the audit notes, or nothing.

    Raises:
        CaseRestricted, DiskFull, CannotWrite, VaultDamaged: it was not issued.
    """
    with store.exchange.at_once():
        return _issued(store, person, case_file, drawn, now)


def _issued(store: "Store", person: Person, case_file: str, drawn: DrawnDocument, now: datetime) -> str:
    made = save_answers(
        store, person, forms.ALL["issued_document"], now=now, case_file=case_file,
        answers={
            "document_kind": drawn.kind,
            "title": f"{drawn.title}, version {drawn.version}",
            "document_version": drawn.version,
            "issued_on": now.date().isoformat(),
            "known_on": drawn.known_on,
            "prepared_by": drawn.prepared_by,
            "pages": drawn.pages,
            "sha256": drawn.sha256,
            "file": store.attach([drawn.content]),
        } | ({"about": drawn.about} if drawn.about else {}),
    )  # fmt: skip
    facts: Facts = {
        "case_file": case_file, "kind": drawn.kind, "version": drawn.version, "document": made, "pages": drawn.pages,
        "sha256": drawn.sha256,
    }  # fmt: skip
    note_event(store, person, Event.DOCUMENT_ISSUED, now=now, facts=facts)
    return made


@permitted(Deed.ISSUE_PAPERS)
def write_document(
    store: "Store",
    person: Person,
    case_file: str,
    kind: DocumentKind,
    path: Path,
    *,
    now: datetime,
    choices: DocumentChoices = DocumentChoices(),
) -> Generator[tuple[int, int], None, DrawnDocument]:
    """Draw a paper, issue it and write it to a file, whole or not at all; yields (done, total).

    Closing the generator leaves no file and issues nothing. Arguments and errors are those of `draw_document`, and:

    Args:
        path: Where the PDF goes; a file of that name is replaced at the very end.

    Raises:
        DiskFull, CannotWrite: no file is left behind.
    """
    from tac_desktop.export.whole_file import whole_file

    drawn = yield from draw_document(store, person, case_file, kind, now=now, choices=choices)
    with whole_file(path) as file:
        file.write(drawn.content)
        issue_document(store, person, case_file, drawn, now=now)
    return drawn


@permitted(Deed.TAKE_OUT)
def note_printing(
    store: "Store", person: Person, *, sha256: str, pages: int, now: datetime, case_file: str = ""
) -> None:
    """Note that pages of a paper are sent to a printer, durably.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        sha256: Of the paper, in hexadecimal.
        pages: How many it has.
        now: The time, with its zone.
        case_file: The case file it is of; '' for none.

    Raises:
        CaseRestricted, DiskFull, CannotWrite, VaultDamaged: it was not noted, so it should not be printed.
    """
    refuse_closed(store, case_file)
    facts: Facts = {"sha256": sha256, "pages": pages}
    note_event(store, person, Event.DOCUMENT_PRINTED, now=now, facts=about_case(case_file, facts))


def _view(store: "Store", case_file: str, choices: DocumentChoices, today: str, *, takes_office: bool) -> CaseView:
    if choices.known_on > today:
        raise FutureDay
    day, office = choices.known_on or today, choices.about if takes_office else None
    view = case_as_known(store, case_file, day, office_about=office)
    if choices.about and view.find(choices.about) is None:
        raise UnknownRecord
    return view


def _last_issued(store: "Store", case_file: str, kind: DocumentKind, title: str, about: str) -> Record | None:
    """Return the newest version of a paper, whatever the day as of which it told the case."""
    issued = [
        r
        for r in store.records("issued_document", case_file)
        if r.text("document_kind") == kind
        and r.text("about") == about
        and (kind not in OF_THE_LOG or r.text("title").rpartition(", version ")[0] == title)
    ]
    return max(issued, key=_version, default=None)


def _issue(view: CaseView, person: Person, last: Record | None, today: str, choices: DocumentChoices) -> Issue:
    ahead = [hearing.id for hearing in view.of("hearing") if hearing.text("at")[:10] > view.known_on]
    return Issue(
        issued_on=today,
        prepared_by=choices.prepared_by or _title(view, person),
        prepared_for=choices.prepared_for or Issue.prepared_for,
        version=_version(last) + 1 if last else 1,
        replaces_issue_of=last.text("issued_on") if last else "",
        hearing=choices.hearing or next(iter(ahead), ""),
        marking=choices.marking,
        numbering=choices.numbering,
        dividers=choices.dividers,
        full_contact_log=choices.full_contact_log,
        left_out=choices.left_out,
        about=choices.about,
        on_day=choices.on_day,
        readers=COURT_AND_PARTIES if choices.readers is None else choices.readers,
        thread=choices.thread,
    )


def _version(issued: Record) -> int:
    number = issued.answers.get("document_version")
    return number if isinstance(number, int) else 0


def _title(view: CaseView, person: Person) -> str:
    prison = person.prison or view.mother.text("prison")
    at = f", {label('prison', prison)}" if prison else ""
    return f"{person.name}, {'manager' if person.role == 'manager' else 'prison-based social worker'}{at}"


def _files(store: "Store", view: CaseView, of: Sequence[str]) -> Files:
    """Return the attachments that a paper may enclose; issued papers and letters of the log are never among them."""
    names = {
        record.text(question.name)
        for form in of
        for question in forms.ALL[form].fields
        if isinstance(question, Attachment)
        for record in view.of(form)
        if record.text(question.name)
    }
    return {name: b"".join(store.attachment(name)) for name in sorted(names)}


__all__ = [
    "DocumentChoices", "DocumentKind", "DrawnDocument", "Marking", "Numbering", "case_as_known", "draw_document",
    "issue_document", "note_printing", "write_document",
]  # fmt: skip
