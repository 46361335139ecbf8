"""Logging a contact that concerned several women, a chaser or an answer: all of it is written, or nothing."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.answers import CHOOSE_FILE, NO_REASONS, changes_of
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import closed_cases
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answers
from tac_desktop.casework.dues.escalation import TIE
from tac_desktop.casework.journal import Change, to_journal
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record, new_id
from tac_desktop.errors import AnswersDoubted, AnswersRefused, NotAllowed, UnknownRecord

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

CONTACT: Final = forms.ALL["contact"]
PAPER: Final = forms.ALL["contact_paper"]
PAPERS: Final = "papers"
"""By this name a problem with the attached files is told."""
MOST: Final = 40
"""So many women are logged at once: all of it is one transaction, for which everybody else waits."""
TOO_MANY: Final = f"At most {MOST} women are logged at once, so nothing was saved. Take some away and log them apart."


@dataclass(frozen=True, kw_only=True)
class ContactWith:
    """The contact as it shall stand in the case file of one of the women."""

    case_file: str
    answers: Answers
    goes_back_to: str = ""
    """The id of the contact of the same case file in which something was asked; '' where nothing was."""
    is_answer: bool = False
    """Whether it brings the answer, or only asks again."""


@dataclass(frozen=True, kw_only=True)
class ContactPaper:
    """A file that a contact brought; each of the women's case files gets it."""

    file: str
    """Its SHA-256, as `actions.attaching.keep_file` gave it."""
    title: str = ""
    withheld_from: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Logged:
    """What was written."""

    contacts: tuple[str, ...]
    """The ids of the records, one for each of the women, in their order."""
    event: str = ""
    """By which they belong together; '' for a single one."""


@permitted(Deed.WRITE_CASES)
def log_contacts(
    store: "Store",
    person: Person,
    contacts: Sequence[ContactWith],
    *,
    now: datetime,
    papers: Sequence[ContactPaper] = (),
    reasons: Mapping[str, str] = NO_REASONS,
) -> Logged:
    """Save one event of the contact log in the case file of each of the women, in one transaction.

    Those of several women are tied together. A contact that asks again or answers is tied to the one in which
    something was asked, and an answer ends the waiting.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        contacts: One for each of the women.
        now: The time, with its zone.
        papers: The files that came with it.
        reasons: See `save_answers`; a reason is given for all of the women.

    Raises:
        AnswersRefused: with a sentence for each field that cannot stand for one of them, who is named where there are
            several. AnswersDoubted likewise.
        CaseRestricted: one of the case files is closed to the person.
        UnknownRecord: one of them is not here, or stands there twice, or what it goes back to is not here.
        NotAllowed: there are too many of them.
    """
    contacts = [replace(one, case_file=store.joined_cases.read_under(one.case_file)) for one in contacts]
    several = {contact.case_file for contact in contacts}
    if not contacts or len(several) != len(contacts):
        raise UnknownRecord
    if len(contacts) > MOST:
        raise NotAllowed(TOO_MANY)
    _refuse_papers(store, papers, now)
    written = _all_changes(store, person, contacts, now, reasons)
    event = new_id(int(now.timestamp() * 1000), os.urandom(10)) if len(contacts) > 1 else ""
    changes: list[Change] = []
    for contact, (made, own) in zip(contacts, written, strict=True):
        changes += own
        changes += _ties(store, contact, made, event, now)
        changes += [_paper(contact.case_file, made, paper, now) for paper in papers]
    store.save(changes, author=person.id, now=now)
    return Logged(contacts=tuple(made for made, _ in written), event=event)


@permitted(Deed.READ_CASES)
def logged_together(store: "Store", contact: Record) -> list[Record]:
    """Return the contacts of other women that were logged together with one, without case files that are closed."""
    closed = closed_cases(store)
    ties = [tie for tie in store.awaited.logged_with(contact.id) if tie.case_file not in closed]
    if contact.case_file not in {tie.case_file for tie in ties}:
        return []
    found = (store.record(tie.text("contact"), "contact", tie.case_file) for tie in ties)
    return [one for one in found if one is not None and one.case_file != contact.case_file]


def _all_changes(
    store: "Store", person: Person, contacts: Sequence[ContactWith], now: datetime, reasons: Mapping[str, str]
) -> list[tuple[str, Sequence[Change]]]:
    """Return the record and the changes for each of the women; what is refused for any of them is told together."""
    made: list[tuple[str, Sequence[Change]]] = []
    refused: dict[str, AnswersRefused] = {}
    for one in contacts:
        try:
            made.append(
                changes_of(
                    store, person, CONTACT, answers=one.answers, now=now, case_file=one.case_file, reasons=reasons
                )
            )
        except AnswersRefused as wrong:
            refused[one.case_file] = wrong
    if refused:
        raise _together(store, refused, all_of_them=len(refused) == len(contacts))
    return made


def _together(store: "Store", refused: Mapping[str, AnswersRefused], *, all_of_them: bool) -> AnswersRefused:
    """Return what was refused for some of the women as one; what holds for all of them is said once."""
    told: dict[str, list[str]] = {}
    for case_file, one in refused.items():
        for name, sentence in one.problems.items():
            alike = all_of_them and all(other.problems.get(name) == sentence for other in refused.values())
            words = sentence if alike else f"{_name(store, case_file)}: {sentence}"
            told.setdefault(name, []).append(words)
    problems = {name: " ".join(dict.fromkeys(words)) for name, words in told.items()}
    only_doubted = all(isinstance(one, AnswersDoubted) for one in refused.values())
    return (AnswersDoubted if only_doubted else AnswersRefused)(problems)


def _name(store: "Store", case_file: str) -> str:
    mother = store.record(case_file, "mother", case_file)
    return mother.text("name") if mother else ""


def _refuse_papers(store: "Store", papers: Sequence[ContactPaper], now: datetime) -> None:
    for paper in papers:
        wrong = PAPER.problems({"contact": "-", **_told(paper)}, now.date().isoformat())
        missing = "" if wrong else CHOOSE_FILE if store.attachment_size(paper.file) is None else ""
        if wrong or missing:
            raise AnswersRefused({PAPERS: missing or next(iter(wrong.values()))})


def _told(paper: ContactPaper) -> dict[str, str | tuple[str, ...]]:
    told = {"file": paper.file, "title": paper.title.strip(), "withheld_from": paper.withheld_from}
    return {name: answer for name, answer in told.items() if answer}


def _paper(case_file: str, contact: str, paper: ContactPaper, now: datetime) -> Change:
    return _change(case_file, "contact_paper", {"contact": contact, **_told(paper)}, now)


def _ties(store: "Store", contact: ContactWith, made: str, event: str, now: datetime) -> Iterator[Change]:
    answers: dict[str, str | bool] = {"contact": made}
    if event:
        answers["event"] = event
    if contact.goes_back_to:
        asked = store.record(contact.goes_back_to, CONTACT.name, contact.case_file)
        if asked is None or asked.case_file != contact.case_file:
            raise UnknownRecord
        answers["goes_back_to"] = asked.id
        if contact.is_answer:
            answers["is_answer"] = True
            yield _answered(asked, str(contact.answers.get("at", ""))[:10], now)
    if len(answers) > 1:
        yield _change(contact.case_file, TIE, answers, now)


def _answered(asked: Record, day: str, now: datetime) -> Change:
    on = max(day, asked.text("at")[:10])
    values = to_journal(CONTACT, {"answered_on": on, "followed_up": True})
    return Change(
        record_id=asked.id, form=CONTACT.name, version=CONTACT.version, stream=asked.stream, values=values,
        known_on=now.date().isoformat(),
    )  # fmt: skip


def _change(case_file: str, form: str, answers: Answers, now: datetime) -> Change:
    declared = forms.ALL[form]
    return Change(
        record_id=new_id(int(now.timestamp() * 1000), os.urandom(10)), form=form, version=declared.version,
        stream=case_file, values=to_journal(declared, answers), known_on=now.date().isoformat(),
    )  # fmt: skip
