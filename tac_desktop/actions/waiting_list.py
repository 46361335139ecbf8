"""The waiting list and the weekly meeting: who waits and why, and what is decided about each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.answers import changes_of
from tac_desktop.actions.case_workers import changes_for
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import closed_cases, refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer, Answers, text_of
from tac_desktop.casework.journal import Change
from tac_desktop.casework.meeting import DECISION, REFERRAL_QUESTIONS, SAID, WORKER
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.casework.waiting import NEEDED, Wait, newest_referral, wait_of
from tac_desktop.errors import AnswersRefused
from tac_desktop.storage.caseload_table import CaseloadFilter

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

NO_REFERRAL = "No referral is recorded yet. Open her case file and write down the referral first."
NOTHING_SAID = "Say what was decided, or write a minute."


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A mother who waits."""

    case_file: str
    reference: str
    name: str
    prison: str
    wait: Wait
    worker: str
    """Who is to work with her, '' where nobody is named."""
    referral: Record | None
    """The referral that is to be decided."""


@permitted(Deed.READ_CASES)
def waiting_list(store: "Store", today: str, *, prison: str = "") -> list[Waiting]:
    """Return who waits: the nearest day of what cannot wait before the others, then who has waited longest.

    Only the case files of those who wait are read. What is closed to the person at work is left out.

    Args:
        store: Where to look.
        today: Today's ISO date.
        prison: The code of a prison, '' for all.
    """
    wanted = CaseloadFilter(statuses=("triage",), prisons=(prison,) if prison else ())
    closed = closed_cases(store)
    rows = [row for row in store.caseload_page(store.caseload_ids(wanted)) if row.case_file not in closed]
    case_files = [row.case_file for row in rows]
    records = _records(store, case_files)
    workers = store.across.workers(today, case_files)
    found: list[Waiting] = []
    for row in rows:
        own = records[row.case_file]
        wait = wait_of(own, today)
        referral = next((one for one in own.get("referral", ()) if one.id == wait.referral), None)
        found.append(Waiting(
            case_file=row.case_file, reference=row.reference, name=row.name, prison=row.prison, wait=wait,
            worker=workers.get(row.case_file, ""), referral=referral,
        ))  # fmt: skip
    return sorted(found, key=lambda one: (*one.wait.order, one.name))


def _records(store: "Store", case_files: Sequence[str]) -> Mapping[str, dict[str, list[Record]]]:
    found: dict[str, dict[str, list[Record]]] = {case_file: {} for case_file in case_files}
    for form in NEEDED:
        for record in store.across.records(form, case_files):
            found[record.case_file].setdefault(form, []).append(record)
    return found


@permitted(Deed.WRITE_CASES)
def decide(
    store: "Store", person: Person, case_file: str, *, answers: Answers, now: datetime, based_on: Answers | None = None
) -> None:
    """Write down what the weekly meeting decided about a mother: all of it, or nothing.

    The referral keeps the decision, and the minute and who works with her become records of their own. The day of a
    decision is today where none is said.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        case_file: Whose.
        answers: To the questions of `casework.meeting.DECISION`.
        now: The time, with its zone.
        based_on: The answers from which the person began; None for those that stand now.

    Raises:
        AnswersRefused, AnswersMoved, AnswersDoubted, CaseRestricted, UnknownRecord: as `save_answers` does.
    """
    refuse_closed(store, case_file)
    today = now.date().isoformat()
    problems = DECISION.problems(answers, today)
    if problems:
        raise AnswersRefused(problems)
    changes = [
        *_decision(store, person, case_file, answers, based_on, now),
        *_minute(store, person, case_file, text_of(answers, SAID), now),
        *_worker(store, person, case_file, text_of(answers, WORKER), now),
    ]
    if not changes:
        raise AnswersRefused({"pathway": NOTHING_SAID})
    store.save(changes, author=person.id, now=now)


def decided_so_far(waiting: Waiting) -> Answers:
    """Return the answers with which the decision about a mother begins: those that stand."""
    return _of_decision(waiting.referral) | ({WORKER: waiting.worker} if waiting.worker else {})


def _of_decision(referral: Record | None) -> dict[str, Answer]:
    answers = referral.answers.items() if referral else ()
    return {name: answer for name, answer in answers if name in REFERRAL_QUESTIONS}


@permitted(Deed.READ_CASES)
def referral_answers(store: "Store", case_file: str) -> Answers:
    """Return how the questions of a decision are answered by now in the referral that is to be decided."""
    refuse_closed(store, case_file)
    return _of_decision(newest_referral({"referral": store.records("referral", case_file)}))


def _decision(
    store: "Store", person: Person, case_file: str, answers: Answers, based_on: Answers | None, now: datetime
) -> Sequence[Change]:
    given = {name: answer for name, answer in answers.items() if name in REFERRAL_QUESTIONS}
    referral = newest_referral({"referral": store.records("referral", case_file)})
    if referral is None:
        if given:
            raise AnswersRefused({"pathway": NO_REFERRAL})
        return ()
    if given.get("pathway") and not given.get("decided_on"):
        given["decided_on"] = now.date().isoformat()
    rest = {name: answer for name, answer in referral.answers.items() if name not in REFERRAL_QUESTIONS}
    begun = None if based_on is None else rest | {n: a for n, a in based_on.items() if n in REFERRAL_QUESTIONS}
    return changes_of(
        store, person, forms.ALL["referral"], answers=rest | given, now=now, case_file=case_file,
        record_id=referral.id, based_on=begun,
    )[1]  # fmt: skip


def _minute(store: "Store", person: Person, case_file: str, said: str, now: datetime) -> Sequence[Change]:
    if not said.strip():
        return ()
    answers = {"date": now.date().isoformat(), "said": said}
    form = forms.ALL["meeting_minute"]
    return changes_of(store, person, form, answers=answers, now=now, case_file=case_file)[1]


def _worker(store: "Store", person: Person, case_file: str, name: str, now: datetime) -> Sequence[Change]:
    return changes_for(store, person, case_file, name, now) if name.strip() else ()
