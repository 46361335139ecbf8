"""Lists over all case files: what is due by task, which answers are not known or missing, and how complete a prison is.

Case files that are closed to the person are in none of them and in no number.
"""

from array import array
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import closed_cases
from tac_desktop.casework.caseload import DueRow
from tac_desktop.casework.completeness import EXPECTED, Recorded
from tac_desktop.casework.days import add_days
from tac_desktop.casework.permissions import Deed
from tac_desktop.storage.caseload_table import CaseloadFilter
from tac_desktop.storage.worklists import DueFilter

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

Until: TypeAlias = Literal["overdue", "week", "month", "all"]
"""How far ahead is looked."""
MOST_SHOWN: Final = 2000
"""So many records without an answer are shown; who has more of them begins there."""
_DAYS: Final = {"overdue": -1, "week": 6, "month": 30}


@dataclass(frozen=True, kw_only=True)
class OpenQuestion:
    """A record in which a question is not answered, or a form of which there is none, and whose it is."""

    case_file: str
    name: str
    reference: str
    record_id: str
    """'' where there is no record of the form."""
    not_known: bool
    """Whether it was asked, and nobody knows or wished to say; else nothing is said at all."""


@permitted(Deed.READ_CASES)
def due_numbers(
    store: "Store", *, today: str, until: Until = "all", task: str = "", prison: str = ""
) -> "tuple[array[int], dict[str, int]]":
    """Return the numbers of what is due, the earliest first, and how many there are of each task.

    The counts are of all tasks, whichever is wanted, so that a person sees where there is something.

    Args:
        store: The store of the open vault.
        today: Today's ISO date.
        until: How far ahead is looked.
        task: Of this task only, '' for all.
        prison: Of this prison only, '' for all.
    """
    by = add_days(today, _DAYS[until]) if until in _DAYS else ""
    without = tuple(sorted(closed_cases(store)))
    wanted = DueFilter(tasks=(task,) if task else (), prison=prison, by=by, without=without)
    counted = DueFilter(prison=prison, by=by, without=without)
    return store.worklists.due(wanted), store.worklists.counts(counted)


@permitted(Deed.READ_CASES)
def due_page(store: "Store", numbers: Sequence[int]) -> list[DueRow | None]:
    """Return rows of what is due, in the order of their numbers; None for what is done, or closed to her, meanwhile."""
    closed = closed_cases(store)
    found = store.worklists.due_page(numbers)
    return [None if row is None or row.case_file in closed else row for row in found]


@permitted(Deed.READ_CASES)
def completeness(store: "Store") -> Generator[tuple[int, int], None, list[Recorded]]:
    """Return how many case files have each expected form, and how often each expected question is answered, by prison.

    Yields (done, total) forms on the way.
    """
    closed = closed_cases(store)
    found = store.worklists.forms_recorded(closed)
    for done, (form, fields) in enumerate(EXPECTED.items()):
        yield done, len(EXPECTED)
        found += store.worklists.recorded(form, fields, closed)
    return found


@permitted(Deed.READ_CASES)
def open_questions(store: "Store", form: str, field: str, prison: str) -> list[OpenQuestion]:
    """Return the records of a prison in which a question is not known or not answered; see `MOST_SHOWN`.

    For a form as a whole (no question) the case files that are expected to have one, and have none.
    """
    lists, closed = store.worklists, closed_cases(store)
    without = lists.without_answer(form, field, prison, closed) if field else lists.without_form(form, prison, closed)
    found = list(islice(without, MOST_SHOWN))
    wanted = CaseloadFilter(case_files=tuple({one.case_file for one in found}))
    rows = {row.case_file: row for row in store.caseload_page(store.caseload_ids(wanted))} if found else {}
    return [
        OpenQuestion(
            case_file=one.case_file, name=rows[one.case_file].name, reference=rows[one.case_file].reference,
            record_id=one.record_id, not_known=one.not_known,
        )
        for one in found
        if one.case_file in rows
    ]  # fmt: skip
