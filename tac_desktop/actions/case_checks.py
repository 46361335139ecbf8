"""Asks the rules across the records of a case file before a form is saved, and keeps the reasons that are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.comments import comment_change
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answers
from tac_desktop.casework.case_rules import Doubt
from tac_desktop.casework.checks_of_case import case_doubts, case_problems, needed
from tac_desktop.casework.fields import problem
from tac_desktop.casework.journal import Change
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import Record
from tac_desktop.errors import AnswersDoubted, AnswersImpossible

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

_REASON: Final = forms.ALL["comment"].by_name["text"]


@dataclass(frozen=True)
class SavedWith:
    """What is said beside the answers that are saved."""

    reasons: Mapping[str, str]
    """Why an unlikely answer holds, by field."""
    alongside: Mapping[str, Answers]
    """How other records shall stand that are saved in the same moment, by their ids."""


def refuse_beside(
    store: "Store", form: str, answers: Answers, before: Record | None, case_file: str, today: str, said: SavedWith
) -> list[Doubt]:
    """Refuse what cannot stand beside the other records; return what is doubted, and has a reason.

    What stood so already is not told again: it came from a workbook or a colleague, and whoever adds a telephone
    number must not be kept from it.

    Args:
        store: The store of the open vault.
        form: The form that is saved.
        answers: All answers of the record as it shall be.
        before: The record as it stands; None for a new one.
        case_file: Its case file.
        today: Today's ISO date.
        said: The reasons, and what else is saved.

    Raises:
        AnswersImpossible: with a sentence for each field that cannot stand.
        AnswersDoubted: with one for each field that is unlikely and has no reason.
    """
    own = before.id if before else ""
    beside = {
        other: [
            replace(record, answers=said.alongside.get(record.id, record.answers))
            for record in store.records(other, case_file)
            if record.id != own
        ]
        for other in needed(form)
    }
    stands: Answers = before.answers if before else {}
    stood = case_problems(form, stands, beside, today, own) if before else {}
    told = case_problems(form, answers, beside, today, own)
    if new := {
        field: words for field, words in told.items()
        if stood.get(field) != words or stands.get(field) != answers.get(field)
    }:  # fmt: skip
        raise AnswersImpossible(new)
    asked = {doubt.key for doubt in case_doubts(form, before.answers, beside, today, own)} if before else set[str]()
    doubts = [doubt for doubt in case_doubts(form, answers, beside, today, own) if doubt.key not in asked]
    _refuse_without_reason(doubts, said.reasons)
    return doubts


def wrong_beside(store: "Store", record: Record, answers: Answers, today: str) -> str:
    """Return what of other answers to a record cannot be beside the other records, '' for nothing.

    What is merely unlikely was asked of who wrote it, not of who decides between two answers.
    """
    try:
        refuse_beside(store, record.form, answers, record, record.case_file, today, SavedWith({}, {}))
    except AnswersDoubted:
        return ""
    except AnswersImpossible as refused:
        return " ".join(refused.problems.values())
    return ""


def with_reasons(
    change: Change, doubts: Sequence[Doubt], reasons: Mapping[str, str], person: Person, now: datetime
) -> list[Change]:
    """Return a change with the reasons for what is doubted in it: comments, which colleagues see and can answer."""
    told = (f"{doubt.sentence}\n\n{reasons[doubt.field].strip()}" for doubt in doubts)
    return [change, *(comment_change(person, change.record_id, change.stream, text, now) for text in told)]


def _refuse_without_reason(doubts: Sequence[Doubt], reasons: Mapping[str, str]) -> None:
    told: dict[str, str] = {}
    for doubt in doubts:
        reason = reasons.get(doubt.field, "").strip()
        wrong = problem(_REASON, reason, "") if reason else doubt.sentence
        if wrong:
            told[doubt.field] = " ".join(dict.fromkeys(filter(None, (told.get(doubt.field), wrong))))
    if told:
        raise AnswersDoubted(told)
