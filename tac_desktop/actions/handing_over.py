"""Handing over a case file to another vault, for good or as a cover, and where each hand-over stands."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.restriction import closed_cases, refuse_closed
from tac_desktop.actions.rights import Rights, may_hand_over, recipient_of
from tac_desktop.actions.service_file import refuse_old_roster
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.codelists import label
from tac_desktop.casework.dues import FORMS, dues
from tac_desktop.casework.dues.due import LABELS
from tac_desktop.casework.handing_over import Grant, State
from tac_desktop.casework.journal import Change, JsonValue, b64, to_journal
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import derived_id, new_id
from tac_desktop.casework.same_woman import streams_of
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.errors import AnswersRefused, CaseNotInVault, NotAllowed, UnknownRecord

if TYPE_CHECKING:
    from tac_desktop.export.card import Card
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

Kind: TypeAlias = Literal["transfer", "cover"]
_FORM = forms.ALL["handover"]


@dataclass(frozen=True, kw_only=True)
class HandOver:
    """One hand-over that counts, and where it stands as far as this vault knows."""

    record_id: str
    case_file: str
    name: str
    """To whom."""
    given_by: str
    """From whom."""
    kind: Kind
    """A cover without an end is a case file that two share."""
    from_day: str
    until: str
    reason: str
    open_tasks: tuple[str, ...]
    state: State
    device: bytes
    """The id of the vault that received it."""
    received: bool
    """Whether that is this vault."""


@permitted(Deed.HAND_OVER)
def hand_over(  # noqa: PLR0913 - what a hand-over consists of
    vault: "Vault",
    store: "Store",
    case_file: str,
    to: "Card",
    *,
    kind: Kind,
    reason: str = "",
    until: str = "",
    now: datetime,
) -> str:
    """Write down that another vault may have a case file from now on, with what is still to be done; return its id.

    The next bundle for that vault then carries the whole case file.

    Args:
        vault: The open vault.
        store: Its store.
        case_file: Its id.
        to: The card of who receives it.
        kind: For good, or as a cover.
        reason: Why, in one's own words.
        until: The last ISO day of a cover; '' for one without an end.
        now: The time, with its zone.

    Raises:
        NotAllowed, CaseRestricted, RosterTooOld, RecipientUnknown, RecipientNotAllowed, CaseNotInVault.
        AnswersRefused: with a sentence for what cannot stand, the day of the end for one.
    """
    if not may_hand_over(vault, store):
        raise NotAllowed
    refuse_closed(store, case_file)
    refuse_old_roster(store, now)
    trusted, today = recipient_of(vault, store, to), now.date().isoformat()
    if store.exchange.streams().get(case_file) != "case" or store.record(case_file) is None:
        raise CaseNotInVault
    answers: dict[str, Answer] = {
        "device": b64(trusted.card.device_id), "name": trusted.card.name, "given_by": vault.person.name, "kind": kind,
        "from_day": today, "until": until, "reason": reason,
        "open_tasks": "\n".join(open_tasks(store, case_file, today)),
    }  # fmt: skip
    _refuse(answers, today)
    record_id = _granted(store, vault.person, store.joined_cases.streams_of(case_file), answers, now)
    facts: Facts = {"case_file": case_file, "device": b64(trusted.card.device_id), "kind": kind}
    note_event(store, vault.person, Event.CASE_HANDED_OVER, now=now, facts=facts)
    return record_id


def _granted(
    store: "Store", person: Person, streams: Sequence[str], answers: Mapping[str, Answer], now: datetime
) -> str:
    """Write down a hand-over, in each stream of a case file whose woman has several; return its id."""
    record_id = new_id(int(now.timestamp() * 1000), os.urandom(10))
    values = to_journal(_FORM, {name: answer for name, answer in answers.items() if answer})
    store.save([
        Change(
            record_id=_in_stream(record_id, stream) if place else record_id, form=_FORM.name, version=_FORM.version,
            stream=stream, values=values, known_on=now.date().isoformat(), op="grant",
        )
        for place, stream in enumerate(streams)
    ], author=person.id, now=now)  # fmt: skip
    return record_id


def _in_stream(record_id: str, stream: str) -> str:
    """Return the id of the same hand-over in another stream of the case file."""
    return derived_id(_FORM.name, record_id, stream)


@permitted(Deed.HAND_OVER)
def end_hand_over(vault: "Vault", store: "Store", record_id: str, *, now: datetime) -> None:
    """Write down that a hand-over is over: what is written from now on does not travel to that vault any more.

    Raises:
        UnknownRecord: there is no such hand-over.
        CaseRestricted: the case file is closed to the person.
        NotAllowed: this vault neither gave nor received it, nor opened the case file, nor is it a manager's.
    """
    rights, today = Rights(vault, store), now.date().isoformat()
    known = {grant.record_id: (one, grant) for one in rights.handed_over() for grant in rights.valid(one)}
    if record_id not in known:
        raise UnknownRecord
    case_file, grant = known[record_id]
    refuse_closed(store, case_file)
    if not rights.may_end(grant, case_file):
        raise NotAllowed
    others = {one: _in_stream(record_id, one) for one in store.joined_cases.streams_of(case_file) if one != case_file}
    written = {case_file: record_id} | {stream: made for stream, made in others.items() if made in known}
    store.save([
        Change(
            record_id=made, form=_FORM.name, version=_FORM.version, stream=stream, values={"ended": today},
            known_on=today,
        )
        for stream, made in written.items()
    ], author=vault.person.id, now=now)  # fmt: skip
    note_event(store, vault.person, Event.HANDOVER_ENDED, now=now, facts={"case_file": case_file})


@permitted(Deed.READ_CASES)
def handovers(vault: "Vault", store: "Store", case_file: str | None = None, *, today: str = "") -> list[HandOver]:
    """Return the hand-overs that count, of one case file or of all, the oldest first.

    Args:
        vault: The open vault.
        store: Its store.
        case_file: The id of one case file; None for all.
        today: The ISO date on which covers that have come to their end are told as ended; '' tells only those that a
            person ended.
    """
    rights, joined = Rights(vault, store), store.joined_cases.known()
    wanted = rights.handed_over() if case_file is None else set(streams_of(case_file, joined))
    grants = {one: rights.valid(one) for one in wanted - closed_cases(store)}
    ids = {grant.record_id for several in grants.values() for grant in several}
    again = {_in_stream(made, stream) for made in ids for stream in joined}
    found = [
        _told(rights.written(grant), grant, rights.state(one, grant, today), joined.get(one, one), vault.device_id)
        for one, several in grants.items()
        for grant in several
        if grant.record_id not in again
    ]
    return sorted(found, key=lambda one: (one.from_day, one.record_id))


@permitted(Deed.READ_CASES)
def open_tasks(store: "Store", case_file: str, today: str) -> list[str]:
    """Return in words what is still to be done for a case file: what is due, and which hearings lie ahead."""
    refuse_closed(store, case_file)
    records = {form: store.records(form, case_file) for form in FORMS}
    tasks = [(due.by, f"{LABELS[due.task]}, due {day_in_words(due.by)}") for due in dues(records)]
    for hearing in store.records("hearing", case_file):
        day = hearing.text("at")[:10]
        if day >= today:
            kind = label("hearing_type", hearing.text("hearing_type")) if hearing.text("hearing_type") else "Hearing"
            tasks.append((day, f"{kind} on {day_in_words(day)}"))
    return [words for _, words in sorted(tasks)]


def _refuse(answers: Mapping[str, Answer], today: str) -> None:
    problems = _FORM.problems(answers, today)
    if answers["until"] and "until" not in problems:
        if answers["kind"] == "transfer":
            problems["until"] = "A transfer has no end. Choose a cover, or leave the day out."
        elif str(answers["until"]) < today:
            problems["until"] = "The cover would end before it begins. Choose today or a later day."
    if problems:
        raise AnswersRefused(problems)


def _told(values: Mapping[str, JsonValue], grant: Grant, state: State, case_file: str, us: bytes) -> HandOver:
    """Return a hand-over as it was given: what others wrote over it does not count."""
    texts = {name: value for name, value in values.items() if isinstance(value, str)}
    return HandOver(
        record_id=grant.record_id, case_file=case_file, name=texts.get("name", ""),
        given_by=texts.get("given_by", ""), kind="transfer" if texts.get("kind") == "transfer" else "cover",
        from_day=texts.get("from_day", ""), until=grant.until, reason=texts.get("reason", ""),
        open_tasks=tuple(line for line in texts.get("open_tasks", "").split("\n") if line),
        state=state, device=grant.to, received=grant.to == us,
    )  # fmt: skip
