"""Who owes an answer to whom, over all case files: for how long, who is turned to next, and how quickly they answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import closed_cases
from tac_desktop.casework.days import add_days
from tac_desktop.casework.dues.escalation import Question, Speed, questions_among, speeds
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.storage.caseload_table import CaseloadFilter

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

LOOKED_BACK: Final = 365
"""So many days of asking are told of how quickly somebody answers."""


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """An answer that somebody owes."""

    case_file: str
    name: str
    """The mother's."""
    reference: str
    question: Question


@permitted(Deed.READ_CASES)
def awaited(store: "Store") -> list[Awaited]:
    """Return all answers that are owed, what is to be seen to first first, without case files that are closed."""
    found = [question for question in _questions(store, store.awaited.open_now()) if question.is_open]
    named = _names(store, found)
    told = [
        Awaited(case_file=case_file, name=named[case_file][0], reference=named[case_file][1], question=question)
        for question in found
        if (case_file := question.contact.case_file) in named
    ]
    return sorted(told, key=lambda one: (one.question.next_on, one.question.since, one.question.contact.id))


@permitted(Deed.READ_CASES)
def how_quickly(store: "Store", today: str) -> list[Speed]:
    """Return how quickly each kind of counterpart answered what was asked within a year; see `LOOKED_BACK`."""
    asked = store.awaited.asked_since(add_days(today, -LOOKED_BACK))
    return speeds(_questions(store, asked), today)


def _questions(store: "Store", found: tuple[Sequence[Record], Sequence[Record]]) -> list[Question]:
    closed = closed_cases(store)
    contacts, ties = ([record for record in several if record.case_file not in closed] for several in found)
    return questions_among(contacts, ties)


def _names(store: "Store", found: Iterable[Question]) -> dict[str, tuple[str, str]]:
    wanted = CaseloadFilter(case_files=tuple({question.contact.case_file for question in found}))
    rows = store.caseload_page(store.caseload_ids(wanted)) if wanted.case_files else []
    return {row.case_file: (row.name, row.reference) for row in rows}
