"""Section A of the court dossier: the case on one page, the people, the chronology."""

from collections.abc import Iterator

from tac_desktop.casework.case_view import CaseView, child_in_full, child_initials, in_words
from tac_desktop.casework.chronology import Event, chronology
from tac_desktop.casework.codelists import label
from tac_desktop.casework.contact_summary import contact_summary
from tac_desktop.casework.custody_history import in_order, whereabouts
from tac_desktop.casework.dues.tracker import last_episode
from tac_desktop.casework.wording import counted, listed
from tac_desktop.export.document import (
    Bullets,
    Cell,
    Column,
    Heading,
    KeyFacts,
    PageOf,
    Paper,
    Paragraph,
    Row,
    Table,
)
from tac_desktop.export.documents.dossier_contact import month_anchor
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.documents.words import NONE, answered, day, moment, prison, short_day

SUMMARY = "case summary"
NAMED_COURSES = 5
WHAT_IT_IS = (
    "This dossier was put together by a social worker in the prison, from the prison’s side. It is not the court "
    "bundle and not an expert report under Part 25 of the Family Procedure Rules 2010."
)


def preliminary(view: CaseView, issue: Issue) -> tuple[Paper, ...]:
    """Return the case summary, the persons and the chronology."""
    return (
        Paper("Case summary", tuple(_summary(view, issue)), SUMMARY, date=day(issue.issued_on), rule="case_summary"),
        Paper("Persons", (_persons(view),), date=day(issue.issued_on)),
        Paper("Chronology", _chronology(view), date=day(issue.issued_on), rule="chronology"),
    )


def _summary(view: CaseView, issue: Issue) -> Iterator[Paragraph | KeyFacts | Heading | Bullets]:
    for_hearing = view.find(issue.hearing)
    named = in_words(for_hearing, "hearing_type") or "the hearing" if for_hearing else ""
    hearing = f", for: {named} on {moment(for_hearing.text('at'))}" if for_hearing else ""
    yield Paragraph(f"Prepared on {day(issue.issued_on)}{hearing}. As known on {day(view.known_on)}.", "note")
    yield KeyFacts(tuple(_facts(view, issue)))
    yield Heading("The work so far")
    yield Bullets(tuple(_work(view)))
    yield Heading("About this dossier")
    yield Paragraph(WHAT_IT_IS)


def _facts(view: CaseView, issue: Issue) -> Iterator[tuple[str, Cell]]:
    mother = view.mother
    born = f", born {day(mother.text('date_of_birth'))}" if mother.text("date_of_birth") else ""
    yield "Mother", f"{mother.text('name')}{born}"
    number = f", prison number {mother.text('prison_number')}" if mother.text("prison_number") else ""
    yield "Prison", f"{prison(view)}{number}"
    yield "Legal status", _status(view)
    yield "Children", "\n".join(child_in_full(child) for child in view.of("child")) or NONE
    for proceedings in view.of("proceedings")[-1:]:
        court = ", ".join(p for p in (proceedings.text("court"), proceedings.text("case_number")) if p)
        yield "Proceedings", "\n".join(p for p in (court, in_words(proceedings, "status")) if p) or NONE
        if proceedings.text("solicitor"):
            yield "Her solicitor", proceedings.text("solicitor")
    ahead = [h for h in view.of("hearing") if h.text("at")[:10] > view.known_on]
    if ahead and ahead[0].id != issue.hearing:
        yield "Next hearing", f"{in_words(ahead[0], 'hearing_type') or 'Hearing'}, {moment(ahead[0].text('at'))}"


def _status(view: CaseView) -> str:
    """Tell how she is held on the day of the view; an entry of a move or a day outside says nothing of her sentence."""
    custody = in_order(view.of("custody"))
    if not custody:
        return NONE
    now = whereabouts(custody, view.known_on)
    months = [given for record in custody if isinstance(given := record.answers.get("sentence_months"), int)]
    parts = [label("legal_status", now.legal_status) if now.legal_status else answered(custody[-1], "legal_status")]
    parts += [f"{months[-1]} months"] if months else []
    parts += [f"expected release {day(now.expected_release)}"] if now.expected_release else []
    return ", ".join(parts)


def _work(view: CaseView) -> Iterator[str]:
    contacts = contact_summary(view.of("contact"))
    for referral in view.of("referral")[:1]:
        source = in_words(referral, "source")
        yield f"She was referred on {day(referral.text('date'))}{f': {source}' if source else ''}."
    episode = last_episode(view.records)
    if episode:
        yield f"The prison-based social worker has worked with her since {day(episode.text('opened'))}."
    if contacts.contacts or contacts.attempts:
        since = f"from {day(contacts.first)} to {day(contacts.last)}"
        tried = f" and {counted(len(contacts.attempts), 'attempt')} without an answer" if contacts.attempts else ""
        yield f"{counted(contacts.contacts, 'contact')}{tried} are recorded {since}."
    completed = [course for course in view.of("course") if course.text("completed")]
    if completed:
        titles = listed([f"“{course.text('title')}”" for course in completed])
        named = f": {titles}" if len(completed) <= NAMED_COURSES else ""
        yield f"She has completed {counted(len(completed), 'course')}{named}."
    seen = len(view.of("evidence"))
    if seen:
        yield f"{counted(seen, 'observation')} of change by others {'are' if seen > 1 else 'is'} recorded."


def _persons(view: CaseView) -> Table:
    rows = [Row((view.mother.text("name"), "Mother", _one_line(prison(view), view.mother.text("prison_number"))))]
    for child in view.of("child"):
        born = f"born {day(child.text('date_of_birth'))}" if child.text("date_of_birth") else ""
        about = _one_line(born, in_words(child, "local_authority"))
        rows.append(Row((child_initials(child), "Child", about)))
    for worker in view.of("childrens_social_worker"):
        until = f"until {day(worker.text('to_date'))}" if worker.text("to_date") else ""
        about = _one_line(in_words(worker, "local_authority"), in_words(worker, "team"), until)
        whom = view.children(worker)
        rows.append(Row((answered(worker, "name"), f"Social worker{f' of {whom}' if whom else ''}", about), worker.id))
    for proceedings in view.of("proceedings"):
        rows += [
            Row((proceedings.text(field), role, _one_line(proceedings.text("court"), proceedings.text("case_number"))))
            for field, role in (("solicitor", "Mother’s solicitor"), ("guardian", "Children’s guardian"))
            if proceedings.text(field)
        ]
    columns = (Column("Name", 0.3, strong=True), Column("Who", 0.3), Column("About", 0.4))
    return Table(columns, tuple(dict.fromkeys(rows)), "The people in this case", first_column_names_row=True)


def _one_line(*parts: str) -> str:
    return ", ".join(part for part in parts if part and part != NONE) or NONE


def _anchor(event: Event) -> str:
    """Return where an event is set out; the notes of a contact are not printed, but its month is."""
    if event.form == "contact":
        return month_anchor(event.day[:7])
    return SUMMARY if event.form in {"custody", "referral", "baseline", "episode"} else event.record_id


def _chronology(view: CaseView) -> tuple[Paragraph, Table] | tuple[Paragraph]:
    events = chronology(view)
    if not events:
        return (Paragraph("No dated event is recorded."),)
    rows = tuple(
        Row((str(number), short_day(event.day), event.what, event.source, PageOf(_anchor(event))))
        for number, event in enumerate(events, 1)
    )
    columns = (
        Column("No.", 0.08),
        Column("Date", 0.185, strong=True),
        Column("Event", 0.435),
        Column("Source", 0.19),
        Column("Page", 0.11),
    )
    note = (
        "Each row is taken from one record of the case file. The last column leads to the page "
        "where it is set out; a dash means that the record itself is not printed here."
    )
    return Paragraph(note, "note"), Table(columns, rows, "What happened, the earliest first")
