"""The work in numbers: cases by worker, mothers taken on by prison and year, days that pass, and the exceptions."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import closed_cases
from tac_desktop.casework.capacity import TakenOn, taken_on, year_of
from tac_desktop.casework.caseload import CaseloadRow
from tac_desktop.casework.delays import Delay, delays, points_of
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.casework.workload import SIGNS_FROM, Case, Load, is_exception, loads
from tac_desktop.storage.caseload_table import CaseloadFilter

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

_AT_WORK = ("open", "reopened")
_DATED = ("custody", "referral", "baseline")
YEARS_SHOWN = 3


@dataclass(frozen=True)
class MadeException:
    """A mother who was taken on though no social worker was allocated to her children."""

    case_file: str
    name: str
    prison: str
    referral: Record


@dataclass(frozen=True, kw_only=True)
class Workload:
    """The work as it stands today."""

    loads: Sequence[Load]
    years: Sequence[str]
    """The first ISO days of the years of `taken_on`, the latest first."""
    taken_on: Sequence[TakenOn]
    delays: Sequence[Delay]
    exceptions: Sequence[MadeException]
    """Those whose case files are open to the person at work."""


@permitted(Deed.READ_CASES)
def workload(store: "Store", today: str) -> Generator[tuple[int, int], None, Workload]:
    """Count the work; yield (done, total) steps. A restricted case file counts as any other, and is named nowhere.

    Args:
        store: Where to look.
        today: Today's ISO date.
    """
    yield 0, 4
    rows = {row.case_file: row for row in store.caseload_page(store.caseload_ids(CaseloadFilter()))}
    cases = _cases(store, rows, today)
    yield 1, 4
    records = {form: store.records(form) for form in _DATED}
    yield 2, 4
    days = _delays(store, rows, records)
    yield 3, 4
    years = _years(today)
    return Workload(
        loads=loads(cases, today),
        years=years,
        taken_on=taken_on(store.records("episode"), {row.case_file: row.prison for row in rows.values()}, years),
        delays=days,
        exceptions=_exceptions(rows, records["referral"], closed_cases(store)),
    )


def _cases(store: "Store", rows: Mapping[str, CaseloadRow], today: str) -> list[Case]:
    at_work = {case_file for case_file, row in rows.items() if row.status in _AT_WORK}
    waiting = {case_file for case_file, row in rows.items() if row.status == "triage"}
    records: dict[str, dict[str, list[Record]]] = {}
    for form in sorted(SIGNS_FROM):
        for record in store.across.records(form, at_work):
            records.setdefault(record.case_file, {}).setdefault(form, []).append(record)
    workers: dict[str, list[str]] = {}
    for name, case_files in store.across.all_workers(today).items():
        for case_file in case_files:
            workers.setdefault(case_file, []).append(name)
    return [
        Case(workers.get(case_file, ()), case_file in waiting, records.get(case_file, {}))
        for case_file in sorted(at_work | waiting)
    ]


def _delays(
    store: "Store", rows: Mapping[str, CaseloadRow], records: Mapping[str, Sequence[Record]]
) -> Sequence[Delay]:
    by_case: dict[str, dict[str, list[Record]]] = {}
    for form, several in records.items():
        for record in several:
            by_case.setdefault(record.case_file, {}).setdefault(form, []).append(record)
    first = store.across.first_contacts_with_children()
    return delays(
        (row.prison, points_of(by_case.get(case_file, {}), first.get(case_file, ""))) for case_file, row in rows.items()
    )


def _exceptions(
    rows: Mapping[str, CaseloadRow], referrals: Sequence[Record], closed: frozenset[str]
) -> list[MadeException]:
    found = [one for one in referrals if is_exception(one) and one.case_file in rows and one.case_file not in closed]
    return [
        MadeException(one.case_file, rows[one.case_file].name, rows[one.case_file].prison, one)
        for one in sorted(found, key=lambda one: (one.text("date"), one.id), reverse=True)
    ]


def _years(today: str) -> list[str]:
    latest = year_of(today)
    return [f"{int(latest[:4]) - back:04}{latest[4:]}" for back in range(YEARS_SHOWN)]
