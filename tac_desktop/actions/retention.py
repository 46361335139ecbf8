"""How long case files are kept: a manager says it of each, and sees which are due. Nothing goes by itself."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.permitted import permitted
from tac_desktop.casework import forms
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.journal import to_journal
from tac_desktop.casework.kept_once import kept_once
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.retention import FORM, READ, Retention, classes, retention_of
from tac_desktop.errors import AnswersRefused, UnknownCase

if TYPE_CHECKING:
    from tac_desktop.casework.answers import Answer
    from tac_desktop.casework.people import Person
    from tac_desktop.casework.record import Record
    from tac_desktop.storage.store import Store

_FORM = forms.ALL[FORM]
_RANK = ("due", "contradicting", "without_class", "birth_unknown", "held", "kept", "open")


@dataclass(frozen=True, kw_only=True)
class KeptCase:
    """A case file in the list of what is kept."""

    case_file: str
    reference: str
    name: str
    retention: Retention


@permitted(Deed.DISPOSE)
def set_retention(
    store: "Store",
    person: "Person",
    case_file: str,
    *,
    retention_class: str,
    legal_hold: bool,
    reason: str = "",
    now: datetime,
) -> None:
    """Say how long a case file is kept, and whether a legal hold keeps it from being disposed of.

    Where two managers have said different things, this decides it.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        case_file: The case file.
        retention_class: A code of `casework.retention.classes`; '' where it has none yet.
        legal_hold: Whether nothing of it may go.
        reason: Why, in one's own words.
        now: The time, with its zone.

    Raises:
        UnknownCase: there is no such case file.
        AnswersRefused: there is no such class, or a hold has no reason.
    """
    if store.record(case_file, "mother", case_file) is None:
        raise UnknownCase
    if retention_class and retention_class not in classes():
        raise AnswersRefused({"retention_class": "There is no such class. Choose one of the list."})
    if legal_hold and not reason.strip():
        raise AnswersRefused({"reason": "Say why there is a legal hold, so that others know when it may end."})
    answers: dict[str, Answer] = {
        "retention_class": retention_class, "legal_hold": legal_hold, "reason": reason.strip(),
        "decided_by": person.name,
    }  # fmt: skip
    values = {name: answer if answer != "" else None for name, answer in to_journal(_FORM, answers).items()}
    changes = kept_once(store.joined_cases.streams_of(case_file), _FORM, values, now.date().isoformat())
    store.save(changes, author=person.id, now=now)
    facts: Facts = {"case_file": case_file, "kind": "legal_hold" if legal_hold else retention_class}
    note_event(store, person, Event.RETENTION_SET, now=now, facts=facts)


@permitted(Deed.DISPOSE)
def retention_list(store: "Store", *, today: str) -> list[KeptCase]:
    """Return all case files with how long they are kept: those that are due or unsettled first, then by their day.

    Args:
        store: The store of the open vault.
        today: Today's ISO date.
    """
    by_case: dict[str, dict[str, list[Record]]] = {}
    for form in READ:
        for record in store.records(form):
            by_case.setdefault(record.case_file, {}).setdefault(form, []).append(record)
    found = [
        KeptCase(
            case_file=row.case_file, reference=row.reference, name=row.name,
            retention=retention_of(by_case.get(row.case_file, {}), row.last_contact, today),
        )
        for row in store.caseload_page(store.caseload_ids())
    ]  # fmt: skip
    return sorted(found, key=lambda one: (_RANK.index(one.retention.state), one.retention.due, one.reference))


@permitted(Deed.DISPOSE)
def retention_now(store: "Store", case_file: str, *, today: str) -> Retention:
    """Return how long one case file is kept, on a day (ISO)."""
    contacts = [record.text("at")[:10] for record in store.records("contact", case_file)]
    records = {form: store.records(form, case_file) for form in READ}
    return retention_of(records, max(contacts, default=""), today)
