"""A person asks for what is kept about her: it is gathered, looked at, decided about, and written as a pack."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.codelists import label
from tac_desktop.casework.fields import Attachment
from tac_desktop.casework.journal import Change, JsonValue, from_journal
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.casework.subject_access import Decision, Item, Kept, items, places_of, shown, undecided
from tac_desktop.casework.wording import answer_in_words, child_name, record_in_words
from tac_desktop.errors import AccessUndecided, AnswersRefused, UnknownRecord

if TYPE_CHECKING:
    from tac_desktop.export.documents.access_pack import Cover
    from tac_desktop.storage.reading import PastEntry
    from tac_desktop.storage.store import Store

_DECISION = forms.ALL["access_decision"]
_PAPER, _DATA = "what-is-kept.pdf", "what-is-kept.json"


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What is kept about the person of a request, and what was decided about it."""

    request: Record
    subject: Record
    items: tuple[Item, ...]
    decisions: Mapping[str, Record]
    """By the decision's id."""

    @property
    def waiting(self) -> tuple[Item, ...]:
        """What has to be decided before the pack can be written."""
        return undecided(self.items, self.request.id, self.decisions)

    def with_decisions(self, made: Mapping[str, Record]) -> "Gathered":
        """Return the same with more decisions."""
        return replace(self, decisions={**self.decisions, **made})


@permitted(Deed.ANSWER_SUBJECT_ACCESS)
def open_requests(store: "Store", case_file: str) -> list[Record]:
    """Return the requests of a case file that wait for an answer, the oldest first; CaseRestricted if it is closed."""
    refuse_closed(store, case_file)
    return [one for one in store.records("access_request", case_file) if not one.text("answered_on")]


@permitted(Deed.ANSWER_SUBJECT_ACCESS)
def gather(store: "Store", request_id: str) -> Gathered:
    """Return everything that is kept about the person of a request; nothing is written.

    What was replaced and what was taken out stands in it too, since it is kept.

    Args:
        store: The store of the open vault.
        request_id: The record of the request.

    Raises:
        UnknownRecord: there is no such request, or it does not say whom it is about.
        CaseRestricted: the case file is closed to the person at work.
    """
    request = store.record(request_id)
    if request is None or request.form != "access_request":
        raise UnknownRecord
    refuse_closed(store, request.case_file)
    histories = _histories(store, request.case_file)
    records = {record_id: _record(request.case_file, entries) for record_id, entries in histories.items()}
    wanted = request.text("child") if request.text("about") == "child" else request.case_file
    subject = records.get(wanted)
    if subject is None:
        raise UnknownRecord
    kept = [one for record in _in_order(records) for one in _kept(record, histories[record.id], records)]
    # where two have decided otherwise, nobody has: it waits until one of them decides again
    decided = [one for one in store.records("access_decision", request.case_file) if not one.conflicts]
    return Gathered(
        request=request, subject=subject, items=items(kept, subject), decisions={one.id: one for one in decided}
    )


@permitted(Deed.ANSWER_SUBJECT_ACCESS)
def decide(  # noqa: PLR0913 - what a decision consists of
    store: "Store",
    person: Person,
    request: Record,
    items: Sequence[Item],
    decision: Decision,
    *,
    now: datetime,
    blanked: Sequence[str] = (),
    reason: str = "",
) -> dict[str, Record]:
    """Decide about answers, all of them alike; return the decisions by id. Earlier ones about the same words go.

    Args:
        store: The store of the open vault.
        person: Who decides.
        request: The request.
        items: The answers.
        decision: What is done with them.
        now: The time, with its zone.
        blanked: The words that are blanked out.
        reason: Why something is left out; a code of the list 'access_reason'.

    Raises:
        AnswersRefused: a reason is missing, or the words to be blanked out do not stand in the answer.
        CaseRestricted, DiskFull, CannotWrite: nothing was changed.
    """
    refuse_closed(store, request.case_file)
    for item in items:
        _refuse(item, decision, blanked, reason)
    said: dict[str, JsonValue] = {
        "request": request.id, "decision": decision, "blanked": "\n".join(blanked) or None, "reason": reason or None,
    }  # fmt: skip
    changes = [
        Change(
            record_id=item.decision_id(request.id), form=_DECISION.name, version=_DECISION.version,
            stream=request.case_file, known_on=now.date().isoformat(),
            values=said | {"record": item.kept.record.id, "question": item.kept.question},
        )
        for item in items
    ]  # fmt: skip
    store.save(changes, author=person.id, now=now)
    made = (store.record(change.record_id) for change in changes)
    return {one.id: one for one in made if one is not None}


@permitted(Deed.ANSWER_SUBJECT_ACCESS)
def write_pack(
    store: "Store", person: Person, request_id: str, folder: Path, *, now: datetime
) -> Generator[tuple[int, int], None, Gathered]:
    """Write the pack into a new folder: paper, data and files; all of it or nothing. Yields (done, total).

    Closing the generator leaves nothing behind.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        request_id: The record of the request.
        folder: The folder to be made; nothing may have its name.
        now: The time, with its zone.

    Raises:
        AccessUndecided: something has not been decided about.
        UnknownRecord, CaseRestricted, FolderNotEmpty, DiskFull, CannotWrite: nothing was written.
        CharactersNotPrintable, DocumentNotDrawable, AttachmentDamaged: see errors.py.
    """
    from tac_desktop.export.access_pack_json import access_pack_json
    from tac_desktop.export.documents.access_pack import access_pack
    from tac_desktop.export.pdf import draw
    from tac_desktop.export.whole_file import whole_folder

    gathered = gather(store, request_id)
    if waiting := gathered.waiting:
        raise AccessUndecided(len(waiting))
    told = shown(gathered.items, request_id, gathered.decisions)
    files = _files(
        store, [one.item.kept.file for one in told if one.item.kept.file and one.words == one.item.kept.words]
    )
    cover = _cover(gathered, person, tuple(files), now)
    pdf = yield from draw(access_pack(cover, told))
    with whole_folder(folder) as part:
        for name, content in {_PAPER: pdf.content, _DATA: access_pack_json(cover, told), **files}.items():
            (part / name).write_bytes(content)
        facts: Facts = {"case_file": gathered.request.case_file, "pages": len(pdf.labels)}
        note_event(store, person, Event.SUBJECT_PACK_WRITTEN, now=now, facts=facts)
    return gathered


def _refuse(item: Item, decision: Decision, blanked: Sequence[str], reason: str) -> None:
    problems: dict[str, str] = {}
    if decision != "disclose" and not reason:
        problems["reason"] = "Say why something is left out: it is told to the person who asks."
    if decision == "blank":
        if not blanked or not all(places_of(item.kept.words, part) for part in blanked):
            problems["blanked"] = "Choose words that stand in this answer."
        if item.kept.file:
            problems["decision"] = "Words cannot be blanked out of a file. Show it or leave it out."
    if problems:
        raise AnswersRefused(problems)


def _histories(store: "Store", case_file: str) -> dict[str, list["PastEntry"]]:
    """Return the entries of every record that speaks of a case, also of those that were taken out, by record."""
    found: dict[str, list[PastEntry]] = {}
    for stream in store.joined_cases.streams_of(case_file):
        for entry in store.entries(stream):
            if entry.sem.form in forms.ALL:
                found.setdefault(entry.sem.record_id, []).append(entry)
    for form in forms.ALL.values():
        if form.keeping != "case":
            here = (*store.records(form.name, case_file), *store.records(form.name, case_file, removed=True))
            found |= {record.id: store.history(record.id) for record in here}
    return found


def _record(case_file: str, entries: Sequence["PastEntry"]) -> Record:
    known: dict[str, JsonValue] = {}
    for entry in entries:
        known |= entry.values or {}
    last = entries[-1].sem
    return Record(
        id=last.record_id, form=last.form, version=last.version, case_file=case_file, stream=last.stream,
        answers=from_journal(known),
    )  # fmt: skip


def _in_order(records: Mapping[str, Record]) -> list[Record]:
    places = {name: place for place, name in enumerate(forms.ALL)}

    def place(record: Record) -> tuple[int, str, str]:
        return places[record.form], record.text(forms.ALL[record.form].own_date) or "9999", record.id

    return sorted(records.values(), key=place)


def _kept(record: Record, entries: Sequence["PastEntry"], records: Mapping[str, Record]) -> Iterator[Kept]:
    """Yield the answers of a record in the order of its form, each before what it replaced."""

    def named(record_id: str) -> str:
        other = records.get(record_id)
        return record_in_words(forms.ALL[other.form], other, lambda _: "") if other else ""

    past = list(_replaced(entries))
    gone = _taken_out_on(entries)
    for question in forms.ALL[record.form].fields:
        now = [(record.answers[question.name], gone)] if question.name in record.answers else []
        before = [(answer, day) for name, answer, day in reversed(past) if name == question.name]
        for answer, day in dict.fromkeys((*now, *before)):
            yield Kept(
                record=record, question=question.name, words=answer_in_words(question, answer, named),
                file=str(answer) if isinstance(question, Attachment) and isinstance(answer, str) else "",
                replaced_on=day,
            )  # fmt: skip


def _replaced(entries: Sequence["PastEntry"]) -> Iterator[tuple[str, Answer, str]]:
    """Yield each answer that another one took the place of, with the ISO day."""
    known: dict[str, JsonValue] = {}
    for entry in entries:
        before = from_journal(known)
        known |= entry.values or {}
        after = from_journal(known)
        yield from ((name, answer, entry.at[:10]) for name, answer in before.items() if after.get(name) != answer)


def _taken_out_on(entries: Sequence["PastEntry"]) -> str:
    """Return the ISO day on which a record was taken out, '' if it was not, or was brought back."""
    day = ""
    for entry in entries:
        if entry.values and "_del" in entry.values:
            day = entry.at[:10] if entry.values["_del"] else ""
    return day


def _files(store: "Store", names: Sequence[str]) -> dict[str, bytes]:
    """Return the files that go with the pack, under names that say nothing of them."""
    contents = [b"".join(store.attachment(name)) for name in dict.fromkeys(names)]
    return {f"file-{number:02}{_ending(content)}": content for number, content in enumerate(contents, 1)}


def _ending(content: bytes) -> str:
    for start, ending in ((b"%PDF", ".pdf"), (b"\xff\xd8", ".jpg"), (b"\x89PNG", ".png")):
        if content.startswith(start):
            return ending
    return ".bin"


def _cover(gathered: Gathered, person: Person, files: tuple[str, ...], now: datetime) -> "Cover":
    from tac_desktop.export.documents.access_pack import Cover

    subject, request = gathered.subject, gathered.request
    prison = person.prison
    return Cover(
        subject=child_name(subject) if subject.form == "child" else subject.text("name"),
        asked_by=request.text("asked_by"), received=request.text("received"), made_on=now.date().isoformat(),
        made_by=person.name, files=files,
        vault=f"The case file as {person.name} holds it" + (f", {label('prison', prison)}" if prison else ""),
    )  # fmt: skip
