"""Restricted case files: the one gate through which every action goes that reads or writes a case.

Whoever may not open a case file sees in lists that there is one with this reference, so that nobody enters the mother
twice; no name, no search hit, no record, no paper. An attempt is noted in the audit.
"""

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.permitted import permitted
from tac_desktop.casework import forms
from tac_desktop.casework.audit import Event
from tac_desktop.casework.journal import JsonValue
from tac_desktop.casework.kept_once import kept_once
from tac_desktop.casework.permissions import Deed, may
from tac_desktop.casework.restriction import FORM, Restriction
from tac_desktop.errors import AnswersRefused, CaseRestricted, TacError, UnknownCase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tac_desktop.casework.people import Person, Role
    from tac_desktop.casework.record import Record
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

_FORM = forms.ALL[FORM]


def closed_cases(store: "Store") -> frozenset[str]:
    """Return the case files that the person at work may not open, because they are restricted."""
    person, restrictions = store.vault.person, store.restrictions()
    if not restrictions or may(person.role, Deed.RESTRICT_CASES):
        return frozenset()
    return frozenset(case for case, one in restrictions.items() if person.id not in one.people)


def may_open(store: "Store", case_file: str) -> bool:
    """Say whether the person at work may open a case file, as far as a restriction goes."""
    return case_file not in closed_cases(store)


def refuse_closed(store: "Store", *case_files: str) -> None:
    """Raise CaseRestricted if the person at work may not open one of these case files, and note that she tried."""
    closed = closed_cases(store)
    for case_file in case_files:
        if case_file in closed:
            with suppress(TacError):  # she is refused whether it can be noted or not
                now = datetime.now().astimezone()
                note_event(store, store.vault.person, Event.RESTRICTED_TRIED, now=now, facts={"case_file": case_file})
            raise CaseRestricted


def without_closed(store: "Store", records: "Iterable[Record]") -> "list[Record]":
    """Return records of an earlier day without what stands in a case file that is closed to the person at work.

    The two may have been read as one case file on that day, and have been parted since.
    """
    found, closed = list(records), closed_cases(store)
    written_in = {one.stream for one in found if forms.ALL[one.form].keeping == "case"} if closed else set[str]()
    shut = {stream for stream in written_in if store.joined_cases.read_under(stream) in closed}
    return [one for one in found if one.stream not in shut]


@permitted(Deed.READ_CASES)
def restriction_of(store: "Store", case_file: str) -> Restriction | None:
    """Return the restriction of a case file; None if there is none. CaseRestricted to whom it is closed."""
    refuse_closed(store, case_file)
    return store.restrictions().get(case_file)


@permitted(Deed.RESTRICT_CASES)
def who_can_be_named(vault: "Vault", store: "Store") -> list[tuple[str, str]]:
    """Return ids and names of those who do the work with mothers and are no managers: of this vault, and by card."""
    from tac_desktop.actions.cards import whom_we_trust

    known: dict[str, tuple[str, Role]] = {
        card.person: (card.name, one.role)
        for one in whom_we_trust(vault, store).values()
        for card in (one.card, *one.colleagues)
        if one.status == "active"
    }
    people = vault.people()
    known |= {person.id: (person.name, person.role) for person in people}
    left = {person.id for person in people if person.left}
    named = [
        (person, name)
        for person, (name, role) in known.items()
        if person not in left and may(role, Deed.READ_CASES) and not may(role, Deed.RESTRICT_CASES)
    ]
    return sorted(named, key=lambda one: one[1].casefold())


@permitted(Deed.RESTRICT_CASES)
def restrict(
    store: "Store", person: "Person", case_file: str, *, people: "Collection[str]", reason: str, now: datetime
) -> None:
    """Restrict a case file, or change who may open one that is restricted; managers always may.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        case_file: The case file.
        people: The ids of those who may open it.
        reason: Why, in one's own words.
        now: The time, with its zone.

    Raises:
        UnknownCase: there is no such case file.
        AnswersRefused: the reason is missing, or something cannot be kept.
    """
    today, before = now.date().isoformat(), store.restrictions().get(case_file)
    answers = {
        "reason": reason.strip(), "people": " ".join(sorted(people)), "since": before.since if before else today
    }  # fmt: skip
    problems = _FORM.problems(answers, today)
    if problems:
        raise AnswersRefused(problems)
    values = {name: answer or None for name, answer in answers.items()}
    _write(store, person, case_file, {**values, "until": None}, now)
    note_event(store, person, Event.CASE_RESTRICTED, now=now, facts={"case_file": case_file})


@permitted(Deed.RESTRICT_CASES)
def lift(store: "Store", person: "Person", case_file: str, *, now: datetime) -> None:
    """End the restriction of a case file; one that is not restricted stays as it is.

    Raises:
        UnknownCase: there is no such case file.
    """
    if case_file in store.restrictions():
        _write(store, person, case_file, {"until": now.date().isoformat()}, now)
        note_event(store, person, Event.CASE_UNRESTRICTED, now=now, facts={"case_file": case_file})


def _write(store: "Store", person: "Person", case_file: str, values: "dict[str, JsonValue]", now: datetime) -> None:
    mother = store.record(case_file)
    if mother is None or mother.form != "mother":
        raise UnknownCase
    changes = kept_once(store.joined_cases.streams_of(case_file), _FORM, values, now.date().isoformat())
    store.save(changes, author=person.id, now=now)
