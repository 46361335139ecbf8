"""Two case files turn out to be of one woman: both are looked at side by side, read as one, and parted again."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import refuse_closed
from tac_desktop.casework import forms
from tac_desktop.casework.audit import Event
from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import Record
from tac_desktop.casework.same_woman import FORM, Joined, in_force, record_id
from tac_desktop.casework.wording import child_name
from tac_desktop.errors import AnswersRefused, NotTheSame, UnknownCase

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store

_FORM: Final = forms.ALL[FORM]
_ONE_ALREADY: Final = "These two are one case file already. Nothing was changed."
_APART_ALREADY: Final = "These two are not read as one any more. Nothing was changed."


@dataclass(frozen=True, kw_only=True)
class Woman:
    """What tells in one look whose case file it is. Dates are ISO, '' where there is none."""

    case_file: str
    reference: str
    name: str
    also: tuple[str, ...]
    """What else she is called or was."""
    prison_number: str
    born: str
    prison: str
    """A code, or a label of one's own."""
    children: tuple[str, ...]
    """Each with the date of birth."""
    episodes: tuple[tuple[str, str], ...]
    """Opened and closed, the oldest first."""
    contacts: int
    begun: str
    """The day of the first referral, else that on which the case file was opened here."""


@permitted(Deed.READ_CASES)
def woman_of(store: "Store", case_file: str) -> Woman:
    """Return whose case file it is, in one look.

    Raises:
        UnknownCase: there is no such case file.
        CaseRestricted: it is closed to the person.
    """
    refuse_closed(store, case_file)
    mother = _mother(store, case_file)
    referrals = [one.text("date") for one in store.records("referral", case_file) if one.text("date")]
    return Woman(
        case_file=mother.case_file, reference=mother.text("reference"), name=mother.text("name"),
        also=tuple(one for one in (mother.text("known_as"), mother.text("aliases")) if one),
        prison_number=mother.text("prison_number"), born=mother.text("date_of_birth"), prison=mother.text("prison"),
        children=tuple(child_name(child) for child in store.records("child", case_file)),
        episodes=tuple((one.text("opened"), one.text("closed")) for one in store.records("episode", case_file)),
        contacts=len(store.records("contact", case_file)),
        begun=min(referrals, default="") or store.history(mother.id, "mother", mother.id)[0].at[:10],
    )  # fmt: skip


@permitted(Deed.JOIN_CASES)
def join_cases(
    store: "Store", person: Person, case_file: str, other: str, *, first: str, reason: str, now: datetime
) -> str:
    """Say that two case files are of one woman; return the one under which both are read from now on.

    Nothing is moved: each keeps its reference and all that was ever written in it. Of what a case file has once the
    first one's counts, and the other's stands beside it.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        case_file: The one.
        other: The other.
        first: Which of the two counts.
        reason: By what one knows that it is the same woman.
        now: The time, with its zone.

    Raises:
        NotTheSame: they are one already.
        UnknownCase: one of them is not here.
        CaseRestricted: one of them is closed to the person.
        AnswersRefused: the reason is missing.
    """
    refuse_closed(store, case_file, other)
    one, two = (_mother(store, each).case_file for each in (case_file, other))
    if one == two:
        raise NotTheSame(_ONE_ALREADY)
    counted = store.joined_cases.read_under(first)
    if counted not in (one, two):
        raise UnknownCase
    second = two if counted == one else one
    today, mother = now.date().isoformat(), _mother(store, counted)
    answers = {
        "first": counted, "reference": mother.text("reference"), "reason": reason.strip(), "name": person.name,
        "since": today,
    }  # fmt: skip
    if problems := _FORM.problems(answers, today):
        raise AnswersRefused(problems)
    again: dict[str, JsonValue] = {"until": None, "why_not": None, "taken_back_by": None}
    _write(store, person, second, counted, {**answers, **again}, now)
    note_event(store, person, Event.CASES_JOINED, now=now, facts={"case_file": second})
    return counted


@permitted(Deed.JOIN_CASES)
def part_cases(store: "Store", person: Person, record: str, *, reason: str, now: datetime) -> str:
    """Take back that two case files are of one woman; return the one that stands alone again.

    Everything is as before. What was written meanwhile stays in the case file into whose stream it went.

    Args:
        store: The store of the open vault.
        person: Who is at work.
        record: The record in which it was said; see `joined_in`.
        reason: Why.
        now: The time, with its zone.

    Raises:
        NotTheSame: they are not read as one any more.
        CaseRestricted: they are closed to the person.
        AnswersRefused: the reason is missing.
    """
    found = next((one for one in in_force(store.records(FORM)) if one.record_id == record), None)
    if found is None:
        raise NotTheSame(_APART_ALREADY)
    refuse_closed(store, found.case_file, found.first)
    if not reason.strip():
        raise AnswersRefused({"why_not": "Say why it is not the same woman, so that nobody joins them again."})
    today = now.date().isoformat()
    values: dict[str, JsonValue] = {"until": today, "why_not": reason.strip(), "taken_back_by": person.name}
    pair = {found.case_file, found.first}
    both_ways = [one for one in in_force(store.records(FORM)) if {one.case_file, one.first} == pair]
    for one in both_ways:  # two people may have said it, each of the other case file
        _write(store, person, one.case_file, one.first, values, now)
    note_event(store, person, Event.CASES_PARTED, now=now, facts={"case_file": found.case_file})
    return found.case_file


@permitted(Deed.READ_CASES)
def joined_in(store: "Store", case_file: str) -> list[Joined]:
    """Return what was said, and not taken back, of the case files that are read as one with this one.

    It holds here if the first is known here, too.

    Raises:
        CaseRestricted: the case file is closed to the person.
    """
    refuse_closed(store, case_file)
    return in_force(store.records(FORM, case_file))


@permitted(Deed.READ_CASES)
def case_files_of(store: "Store", case_file: str) -> tuple[str, ...]:
    """Return the ids of the case files that are read as one with this one, first the one under which they are read."""
    return store.joined_cases.streams_of(case_file)


@permitted(Deed.READ_CASES)
def beside(store: "Store", case_file: str) -> list[Record]:
    """Return the records of a case file beside which another one counts: what the others that are joined say of her.

    Raises:
        CaseRestricted: the case file is closed to the person.
    """
    refuse_closed(store, case_file)
    return store.joined_cases.beside(case_file)


def _mother(store: "Store", case_file: str) -> Record:
    """Return the mother's record that counts in a case file."""
    found = next(iter(store.records("mother", case_file)), None)
    if found is None:
        raise UnknownCase
    return found


def _write(
    store: "Store", person: Person, second: str, first: str, values: dict[str, JsonValue], now: datetime
) -> None:
    change = Change(
        record_id=record_id(second, first), form=FORM, version=_FORM.version, stream=second, values=values,
        known_on=now.date().isoformat(),
    )  # fmt: skip
    store.save([change], author=person.id, now=now)
