"""Saves what a person wrote into a form: checked, permitted, then appended to the journal."""

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.addenda import refuse_sealed
from tac_desktop.actions.case_checks import SavedWith, refuse_beside, with_reasons, wrong_beside
from tac_desktop.actions.changed import changed_values
from tac_desktop.actions.permitted import permitted, refuse_unwritable
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer, Answers, text_of
from tac_desktop.casework.checks import order_problems
from tac_desktop.casework.fields import Attachment, Link, Links, is_day, problem
from tac_desktop.casework.form import Form
from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.live import DELETED
from tac_desktop.casework.office import (
    NOT_A_RESTRICTED_ONE,
    case_files_named,
    kept_in,
    links_to_office,
    office_problems,
)
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record, case_file_id, new_id
from tac_desktop.casework.workbook_matching import first_record_id
from tac_desktop.errors import AnswersRefused, FutureDay, ReferenceTaken, UnknownRecord

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

REFERENCE_STAYS: Final = "The case reference stays as it is: by it the same woman is known in every vault."
CHOOSE_HERE: Final = "Choose one of this case file."
CHOOSE_IN_DIRECTORY: Final = "Choose one of the directory, or leave this empty."
NO_REASONS: Final[Mapping[str, str]] = MappingProxyType({})
NOTHING_ALONGSIDE: Final[Mapping[str, Answers]] = MappingProxyType({})
CHOOSE_FILE: Final = "The file is not in the vault. Choose it again."


@permitted(Deed.WRITE_CASES)
def save_answers(  # noqa: PLR0913 - what a saved form consists of
    store: "Store",
    person: Person,
    form: Form,
    *,
    answers: Answers,
    now: datetime,
    case_file: str = "",
    record_id: str = "",
    known_on: str = "",
    based_on: Answers | None = None,
    reasons: Mapping[str, str] = NO_REASONS,
) -> str:
    """Save one form as it shall stand and return the id of its record.

    Answers that are absent are taken back, but for questions that are not asked beside these answers: those stay.
    What stands already is not written again. What the person left as it was on her screen is not written either, so
    that what arrived from somebody else meanwhile stays.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        form: The form, in its newest version.
        answers: All answers of the form.
        now: The time, with its zone.
        case_file: The case file; '' for a new mother, whose case file follows from her reference.
        record_id: The record to change; '' for a new one. Of a form that is not repeated the one record is changed.
        known_on: The ISO date from which the answers held as known to the service; '' for today.
        based_on: The answers from which the person began; None for those that stand now.
        reasons: Why an answer holds that is unlikely beside the other records, by field; kept as comments on it.

    Raises:
        AnswersRefused: with a sentence for each field that cannot stand.
        AnswersDoubted: with one for each field that is unlikely and has no reason yet.
        AnswersMoved: a question that the person answered was answered otherwise meanwhile.
        NotPermitted: the person's role does not include this form.
        CaseRestricted: the case file is closed to her.
        ReferenceTaken: a new mother has the case reference of another.
        UnknownRecord: there is no such record or case file.
        FutureDay: `known_on` lies in the future.
        SealedAlready: the record was sealed, and not re-opened since.
    """
    made, changes = changes_of(
        store, person, form, answers=answers, now=now, case_file=case_file, record_id=record_id, known_on=known_on,
        based_on=based_on, reasons=reasons,
    )  # fmt: skip
    if changes:
        store.save(changes, author=person.id, now=now)
    return made


def changes_of(  # noqa: PLR0913 - see save_answers
    store: "Store",
    person: Person,
    form: Form,
    *,
    answers: Answers,
    now: datetime,
    case_file: str = "",
    record_id: str = "",
    known_on: str = "",
    based_on: Answers | None = None,
    reasons: Mapping[str, str] = NO_REASONS,
    alongside: Mapping[str, Answers] = NOTHING_ALONGSIDE,
) -> tuple[str, Sequence[Change]]:
    """Return the id of the record that one form makes, and what has to be written, if anything.

    Nothing is written: a verb that saves several forms asks for the changes of each, and writes all of them or none.
    Arguments and errors are those of `save_answers`; `alongside` tells how other records shall stand that are saved in
    the same moment, by their ids.
    """
    today = now.date().isoformat()
    refuse_unwritable(person, form)
    day = _known_on(known_on, today)
    case_file = store.joined_cases.read_under(case_file)
    before = _record_before(store, form, case_file, record_id, answers)
    taken_out = None if before else _taken_out(store, form, case_file)
    case_file = _case_file(store, form, case_file, answers)
    refuse_closed(store, before.case_file if before else case_file, *case_files_named(form, answers).values())
    _refuse_problems(store, form, answers, before, case_file, today)
    doubts = refuse_beside(store, form.name, answers, before, case_file, today, SavedWith(reasons, alongside))
    values = _values(store, form, answers, before, taken_out, based_on)
    stands = before or taken_out
    made, stream = (stands.id, stands.stream) if stands else _place(store, form, case_file, answers, now)
    change = Change(record_id=made, form=form.name, version=form.version, stream=stream, values=values, known_on=day)
    return made, with_reasons(change, doubts, reasons, person, now) if values else ()


def refuse_answer(store: "Store", record: Record, name: str, answer: Answer, today: str) -> None:
    """Raise AnswersRefused if another answer to one question of a record cannot stand beside its other answers.

    Args:
        store: The store of the open vault.
        record: The record as it stands.
        name: The question.
        answer: The other answer.
        today: Today's ISO date.
    """
    form = forms.ALL[record.form]
    wrong = problem(form.by_name[name], answer, today)
    if not wrong and (form.name, name) == ("mother", "reference") and case_file_id(str(answer)) != record.id:
        wrong = REFERENCE_STAYS
    if not wrong and name in _broken_links(store, form, {name: answer}, record.case_file):
        wrong = _choose(form, name)
    if not wrong and name in _missing_files(store, form, {name: answer}):
        wrong = CHOOSE_FILE
    disordered = order_problems(form.name, {**record.answers, name: answer})
    if not wrong and disordered != order_problems(form.name, record.answers):
        wrong = next(iter(disordered.values()), "")
    if wrong := wrong or wrong_beside(store, record, {**record.answers, name: answer}, today):
        raise AnswersRefused({name: wrong})


def _known_on(known_on: str, today: str) -> str:
    """Return the ISO day from which answers are known, today where none is said; what cannot be one is refused."""
    day = known_on or today
    if not is_day(day):
        raise AnswersRefused({"known_on": "That is not a date. Write day, month and year, for example 27 3 2019."})
    if day > today:
        raise FutureDay
    return day


def _record_before(store: "Store", form: Form, case_file: str, record_id: str, answers: Answers) -> Record | None:
    if record_id:
        found = store.record(record_id, form.name, case_file)
        if found is None or (case_file and found.case_file != case_file):
            raise UnknownRecord
        return found
    if form.name == "mother":
        mother = case_file_id(text_of(answers, "reference"))
        if store.record(mother, form.name, mother):
            raise ReferenceTaken
        return None
    within = kept_in(form, answers) if form.keeping == "office" else case_file
    return next(iter(store.records(form.name, within)), None) if not form.repeated else None


def _taken_out(store: "Store", form: Form, case_file: str) -> Record | None:
    """Return the record of a form that a case file has once, where it lies in the recycle bin: its id is the same."""
    if form.repeated or not case_file or form.name == "mother":
        return None
    return next(iter(store.records(form.name, case_file, removed=True)), None)


def _case_file(store: "Store", form: Form, case_file: str, answers: Answers) -> str:
    if form.name == "mother":
        return case_file or case_file_id(text_of(answers, "reference"))
    if form.keeping == "case" and store.record(case_file, "mother", case_file) is None:
        raise UnknownRecord
    return case_file


def _stream(store: "Store", form: Form, case_file: str, answers: Answers) -> str:
    match form.keeping:
        case "case":
            return case_file
        case "office":
            return kept_in(form, answers)
        case "restricted":
            return store.restricted_stream


def _place(store: "Store", form: Form, case_file: str, answers: Answers, now: datetime) -> tuple[str, str]:
    """Return the id of a new record and the stream in which it lies."""
    stream = _stream(store, form, case_file, answers)
    return _new_record_id(form, stream if form.keeping == "office" else case_file, now), stream


def _values(
    store: "Store", form: Form, answers: Answers, before: Record | None, taken_out: Record | None,
    based_on: Answers | None,
) -> dict[str, JsonValue]:  # fmt: skip
    """Return what is written; a record that was taken out comes back, as it is written now."""
    if taken_out:
        return changed_values(form, answers, taken_out, None) | {DELETED: None}
    values = changed_values(form, answers, before, based_on)
    if before and values:
        refuse_sealed(store, before)
    return values


def _refuse_problems(
    store: "Store", form: Form, answers: Answers, before: Record | None, case_file: str, today: str
) -> None:
    problems = _problems(store, form, answers, before, case_file, today)
    if problems:
        raise AnswersRefused(problems)


def _problems(
    store: "Store", form: Form, answers: Answers, before: Record | None, case_file: str, today: str
) -> dict[str, str]:
    stands: Answers = before.answers if before else {}  # it may point to what is still on its way from a colleague
    found = form.problems(answers, today, stands)
    if found:
        return found
    if form.name == "mother" and before and text_of(answers, "reference") != before.text("reference"):
        return {"reference": REFERENCE_STAYS}
    given = {name: answer for name, answer in answers.items() if stands.get(name) != answer}
    broken = {name: _choose(form, name) for name in _broken_links(store, form, given, case_file)}
    missing = dict.fromkeys(_missing_files(store, form, given), CHOOSE_FILE)
    closed = [name for name, case in case_files_named(form, given).items() if case in store.restrictions()]
    kept = office_problems(form, answers, before) | dict.fromkeys(closed, NOT_A_RESTRICTED_ONE)
    return broken | missing | kept | order_problems(form.name, answers, stands)


def _broken_links(store: "Store", form: Form, answers: Answers, case_file: str) -> Iterator[str]:
    """Yield the questions that are answered with a record of another case file, of another form, or with none."""
    for field in form.fields:
        if isinstance(field, Link | Links):
            answer = answers.get(field.name)
            ids = answer if isinstance(answer, tuple) else (answer,) if isinstance(answer, str) and answer else ()
            for record_id in ids:
                linked = store.record(record_id, field.to, case_file)
                elsewhere = not links_to_office(field) and case_file and linked and linked.case_file != case_file
                if not linked or elsewhere:
                    yield field.name
                    break


def _choose(form: Form, name: str) -> str:
    return CHOOSE_IN_DIRECTORY if links_to_office(form.by_name[name]) else CHOOSE_HERE


def _missing_files(store: "Store", form: Form, answers: Answers) -> Iterator[str]:
    for field in form.fields:
        sha256 = text_of(answers, field.name) if isinstance(field, Attachment) else ""
        if sha256 and store.attachment_size(sha256) is None:
            yield field.name


def _new_record_id(form: Form, case_file: str, now: datetime) -> str:
    if form.name == "mother":
        return case_file
    if not form.repeated:
        return first_record_id(case_file, form.name)
    return new_id(int(now.timestamp() * 1000), os.urandom(10))
