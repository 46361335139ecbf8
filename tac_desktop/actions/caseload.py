"""Reading the caseload: which case files, in which order; and what today asks for."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.awaited import Awaited, awaited
from tac_desktop.actions.comments import Comment, unread
from tac_desktop.actions.conflicts import Waiting, listed
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.reading import office_records
from tac_desktop.actions.restriction import closed_cases
from tac_desktop.actions.waiting_list import Waiting as WhoWaits
from tac_desktop.actions.waiting_list import waiting_list
from tac_desktop.casework import forms
from tac_desktop.casework.audit import Event
from tac_desktop.casework.caseload import CaseloadRow, without_contents
from tac_desktop.casework.days import add_days
from tac_desktop.casework.mailbox import FORM as MESSAGE
from tac_desktop.casework.mailbox import unanswered
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed, may_read
from tac_desktop.casework.record import Record
from tac_desktop.storage.caseload_table import CaseloadFilter, CaseloadOrder
from tac_desktop.storage.drafts import Draft, Drafts
from tac_desktop.storage.store import Store

if TYPE_CHECKING:
    from tac_desktop.actions.handing_over import HandOver
    from tac_desktop.storage.vault import Vault

Shown: TypeAlias = Literal["open", "overdue", "week", "waiting", "closed", "all"]
"""Which case files are wanted."""

_OPEN = ("triage", "open", "reopened")
MOST_FOUND = 300
"""A search looks no further than so many records: whoever sees that many types one more letter."""
HEARING_DAYS = 14
HANDED_OVER_DAYS, COVER_DAYS = 14, 7
"""So long a received case file is news; so long before its end a cover is told."""


@permitted(Deed.READ_CASES)
def numbers(  # noqa: PLR0913 - what a list can be asked for
    store: Store, person: Person, today: str, shown: Shown, *, order: CaseloadOrder = "due", typed: str = "",
    from_end: bool = False, worker: str | None = None,
) -> "array[int]":  # fmt: skip
    """Return the numbers of the caseload's rows that are wanted, in order.

    Those of case files that are closed to the person come last, and only where everything is wanted: to be found by a
    name, a status or a day would tell what she may not know.

    Args:
        store: Where to look.
        person: Whose eyes: what a role may not read is not searched.
        today: Today's ISO date.
        shown: Which case files.
        order: By which column.
        typed: Words that the case files must hold, in names (beginnings) or notes (whole words).
        from_end: Whether the last comes first.
        worker: Only those with whom somebody of this name works, '' for those with whom nobody is named to work.
    """
    wanted, closed = replace(_filter(shown, today), worker=worker, worked_on=today), _closed_rows(store)
    if typed.strip():
        found = _found(store, person, typed)
        if not found:
            return array("q")
        wanted = replace(wanted, case_files=found)
    rows = _without(closed, store.caseload_ids(wanted, order))
    if worker is None and not typed.strip() and shown == "all":
        rows += closed
    return rows[::-1] if from_end else rows


def _closed_rows(store: Store) -> "array[int]":
    """Return the numbers of the rows of case files that are closed to the person, by reference."""
    closed = closed_cases(store)
    return store.caseload_ids(CaseloadFilter(case_files=tuple(closed)), "reference") if closed else array("q")


def _without(closed: "array[int]", rows: "array[int]") -> "array[int]":
    hidden = frozenset(closed)
    return array("q", (row for row in rows if row not in hidden)) if hidden else rows


def _found(store: Store, person: Person, typed: str) -> tuple[str, ...]:
    readable = [name for name, form in forms.ALL.items() if may_read(person.role, form)]
    hits = store.search(typed, MOST_FOUND, readable)
    return tuple(dict.fromkeys(hit.record.case_file for hit in hits if hit.record.case_file))


@permitted(Deed.READ_CASES)
def workers(store: Store, today: str) -> list[str]:
    """Return the names of everybody who works with a mother today, in their order."""
    return list(store.across.all_workers(today))


@permitted(Deed.READ_CASES)
def page(store: Store, rows: Sequence[int], today: str = "") -> list[CaseloadRow]:
    """Return the caseload's rows with these numbers, in their order; of what is closed only that it is.

    Args:
        store: Where to look.
        rows: The numbers.
        today: The ISO day for which it is said who works with each; '' for none.
    """
    closed, found = closed_cases(store), store.caseload_page(rows)
    asked = [row.case_file for row in found] if today else []
    known = store.across.workers(today, asked)
    named = (replace(row, worker=known.get(row.case_file, "")) for row in found)
    return [without_contents(row) if row.case_file in closed else row for row in named]


@permitted(Deed.READ_CASES)
def row_of(store: Store, case_file: str) -> CaseloadRow | None:
    """Return the caseload's row of one case file, None where it is not here; of what is closed only that it is."""
    rows = page(store, store.caseload_ids(CaseloadFilter(case_files=(case_file,))))
    return rows[0] if rows else None


def _filter(shown: Shown, today: str) -> CaseloadFilter:
    match shown:
        case "open":
            return CaseloadFilter(statuses=_OPEN)
        case "overdue":
            return CaseloadFilter(due_by=add_days(today, -1))
        case "week":
            return CaseloadFilter(due_by=add_days(today, 6))
        case "waiting":
            return CaseloadFilter(statuses=("triage",))
        case "closed":
            return CaseloadFilter(statuses=("closed", "not_taken_on"))
        case "all":
            return CaseloadFilter()


@dataclass(frozen=True)
class Listed:
    """The first of several rows, and how many there are in all."""

    rows: Sequence[CaseloadRow]
    count: int


@dataclass(frozen=True)
class Hearing:
    """A hearing that lies ahead."""

    case_file: str
    name: str
    at: str
    record: Record


@dataclass(frozen=True)
class Today:
    """What today asks for."""

    overdue: Listed
    this_week: Listed
    waiting: "Sequence[WhoWaits]"
    """The first of those who wait to be taken on, in the order of urgency."""
    waiting_count: int
    hearings: Sequence[Hearing]
    drafts: Sequence[tuple[Draft, str]]
    """Each with the name of the mother, '' where the draft is of no case file."""
    conflicts: Sequence[tuple[Waiting, str]]
    """The contradictions that wait for a decision, each with the name of the mother."""
    postponed: int
    """How many more are put off beyond today."""
    comments: Sequence[tuple[Comment, str, str]] = ()
    """Those that the person has not read, each with the name of the mother and the form of the record."""
    handovers: "Sequence[tuple[HandOver, str]]" = ()
    """Those that ask for something, each with the name of the mother."""
    awaited: Sequence[Awaited] = ()
    """The answers that are owed."""
    messages: Sequence[Record] = ()
    """Those that came in and nobody has answered, the longest ago first."""
    is_begun: bool = True
    """Whether there is any case file."""


@permitted(Deed.READ_CASES)
def today(
    store: Store, drafts: Drafts, person: Person, day: str, most: int = 6, *, vault: "Vault | None" = None
) -> Today:
    """Return what is overdue, due within seven days, waiting, before a court within 14 days, unfinished, in conflict.

    Args:
        store: Where to look.
        drafts: The vault's drafts.
        person: Whose drafts.
        day: Today's ISO date.
        most: So many rows of each list.
        vault: The open vault; without it nothing is said of hand-overs.
    """
    closed, hidden = closed_cases(store), _closed_rows(store)
    late = _without(hidden, store.caseload_ids(CaseloadFilter(due_by=add_days(day, -1))))
    soon = _without(hidden, store.caseload_ids(CaseloadFilter(due_by=add_days(day, 6))))[len(late) :]  # both by due day
    waiting = waiting_list(store, day)
    names, contested = _Names(store), listed(store, person)
    open_now = [one for one in contested if one.is_open(day)]
    return Today(
        overdue=Listed(store.caseload_page(late[:most]), len(late)),
        this_week=Listed(store.caseload_page(soon[:most]), len(soon)),
        waiting=waiting[:most],
        waiting_count=len(waiting),
        hearings=[one for one in _hearings(store, names, day) if one.case_file not in closed],
        drafts=[(one, names.of(one.case_file)) for one in drafts.all_of(person.id) if one.case_file not in closed],
        conflicts=[(conflict, names.of(conflict.case_file)) for conflict in open_now],
        postponed=len(contested) - len(open_now),
        comments=[(one, names.of(one.case_file), _form_of(store, one.record_id)) for one in unread(store, person)],
        handovers=[(one, names.of(one.case_file)) for one in _handovers(vault, store, day)],
        awaited=awaited(store),
        messages=unanswered(office_records(store, person, MESSAGE)),
        is_begun=bool(store.caseload_ids(CaseloadFilter())),
    )


def _handovers(vault: "Vault | None", store: Store, day: str) -> "list[HandOver]":
    """Return the hand-overs that ask for something: to be sent, to be looked at, or ended soon."""
    from tac_desktop.actions.handing_over import handovers

    if vault is None or not store.records("handover"):
        return []
    lately, soon = add_days(day, -HANDED_OVER_DAYS), add_days(day, COVER_DAYS)
    return [
        one
        for one in handovers(vault, store, today=day)
        if one.state != "ended"
        and (one.state == "offered" or (one.received and one.from_day >= lately) or "" < one.until <= soon)
    ]


def _form_of(store: Store, record_id: str) -> str:
    record = store.record(record_id)
    return record.form if record else ""


def _hearings(store: Store, names: "_Names", day: str) -> list[Hearing]:
    ahead = store.across.hearings_between(day, add_days(day, HEARING_DAYS))
    return [Hearing(record.case_file, names.of(record.case_file), record.text("at"), record) for record in ahead]


class _Names:
    """The mothers' names, each read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {"": ""}

    def of(self, case_file: str) -> str:
        if case_file not in self._known:
            mother = self._store.record(case_file)
            self._known[case_file] = mother.text("name") if mother else ""
        return self._known[case_file]


@permitted(Deed.READ_CASES)
def all_cases(store: Store, person: Person, *, now: datetime) -> list[CaseloadRow]:
    """Return every case file of the vault, by case reference, and note that they were listed.

    Raises:
        NotPermitted: the person's role reads no cases.
    """
    rows = page(store, numbers(store, person, now.date().isoformat(), "all"))
    note_event(store, person, Event.CASES_LISTED, now=now, facts={"case_files": len(rows)})
    return sorted(rows, key=lambda row: row.reference)
