"""Reading the audit: filters and pages, in words, as far as the person at work may see it.

Whoever may read the audit sees what everybody did; each person sees what she did herself. Case files are told by
their references to who may read cases, and not at all to an administrator.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.audit_words import Names, fact_words
from tac_desktop.actions.permitted import is_permitted, refuse_unpermitted
from tac_desktop.casework.audit import FACTS, GROUPS, HIDDEN, PROGRAM, Event, Group, group_of, seen_anew, words_of
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.audit_index import AuditFilter

if TYPE_CHECKING:
    from tac_desktop.storage.audit_index import Noted
    from tac_desktop.storage.store import Store

NOBODY = "Somebody unknown"
"""Who did what nobody did who is known: typed a wrong pass-phrase."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which events a person wants to see; empty means all."""

    person: str = ""
    """The id of who did it."""
    group: Group | None = None
    case: str = ""
    """The reference of a case file."""
    first: str = ""
    """Not before this day (ISO)."""
    last: str = ""
    """Not after this day."""


EVERYTHING: Final = Wanted()


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """One event as it is shown."""

    number: int
    """Its row in the journal: the later, the greater."""
    entry: str
    """The id of the journal's entry."""
    at: str
    """An ISO time with its zone, by the clock on the wall."""
    who: str
    event: str
    """The event's name in the journal."""
    group: str
    """The name of its group in words; '' for an event of a newer program."""
    what: str
    """What was done, in words."""
    case: str
    """The reference of the case file it is about, or words that stand for it; '' for none."""
    facts: tuple[tuple[str, str], ...]
    """What belongs to it: what it is called, and in words."""

    @property
    def details(self) -> str:
        """The facts in one line."""
        return " · ".join(f"{name}: {words}" for name, words in self.facts)


@dataclass(frozen=True, kw_only=True)
class Offered:
    """By what the audit may be filtered here."""

    sees_all: bool
    """Whether the person sees what others did."""
    people: tuple[tuple[str, str], ...]
    """Ids and names of those who did anything that she may see."""
    by_case: bool
    """Whether she may read cases, so that she may ask for one by its reference."""


def offered(store: "Store") -> Offered:
    """Return by what the person at work may filter the audit."""
    person, names = store.vault.person, Names(store)
    everybody = sees_all(store)
    authors = store.audit.authors() if everybody else [person.id]
    people = sorted(((author, NOBODY if author == PROGRAM else names.person(author)) for author in authors),
                    key=lambda pair: (pair[0] == PROGRAM, pair[1].casefold()))  # fmt: skip
    return Offered(sees_all=everybody, people=tuple(people), by_case=is_permitted(store.vault, Deed.READ_CASES))


def sees_all(store: "Store") -> bool:
    """Say whether the person at work may see what others did."""
    return is_permitted(store.vault, Deed.READ_AUDIT)


def numbers(store: "Store", wanted: Wanted = EVERYTHING, *, now: datetime | None = None) -> "array[int]":
    """Return the numbers of the events that are wanted and may be seen, the newest first.

    Args:
        store: The store of the open vault.
        wanted: The filter.
        now: The time, with its zone, where a person looks: that she looked at what others did is noted itself, once in
            ten minutes; None where nobody is told what is found.

    Raises:
        NotPermitted: a case file is asked for by who reads no cases.
        DiskFull, VaultBusy, CannotWrite: it could not be noted; then nothing is shown.
    """
    if wanted.case:
        refuse_unpermitted(store.vault, Deed.READ_CASES)
    own, everybody = store.vault.person.id, sees_all(store)
    if not everybody and wanted.person not in ("", own):
        return array("q")
    if now and everybody and wanted.person != own:
        _note_looking(store, now)
    authors = (wanted.person,) if wanted.person else () if everybody else (own,)
    return store.audit.numbers(AuditFilter(
        authors=authors, events=Event.of(wanted.group) if wanted.group else (), first=wanted.first, last=wanted.last,
        case_file=case_file_id(wanted.case) if wanted.case else "",
    ))  # fmt: skip


def page(store: "Store", wanted: Sequence[int], *, whole: bool = False) -> list[AuditEntry]:
    """Return the events with these numbers, in their order, without what the person at work may not see.

    Args:
        store: The store of the open vault.
        wanted: Numbers as `numbers` gave them; some hundred at a time.
        whole: Whether hashes and ids are told whole, for whoever compares them.
    """
    own, everybody = store.vault.person.id, sees_all(store)
    noted = [one for one in store.audit.page(wanted) if everybody or one.author == own]
    names = Names(store, whole=whole)
    cases = names.cases({one.case_file for one in noted if one.case_file})
    return [_told(one, names, cases) for one in noted]


def _told(noted: "Noted", names: Names, cases: Mapping[str, str]) -> AuditEntry:
    group = group_of(noted.event)
    known = [name for name in FACTS if name in noted.facts]
    others = sorted(noted.facts.keys() - FACTS.keys() - HIDDEN)
    facts = [(FACTS.get(name, name), fact_words(names, name, noted.facts[name])) for name in (*known, *others)]
    return AuditEntry(
        number=noted.number, entry=noted.cid, at=noted.at, event=noted.event, group=GROUPS[group] if group else "",
        who=NOBODY if noted.author == PROGRAM else names.person(noted.author), what=words_of(noted.event),
        case=cases.get(noted.case_file, ""), facts=tuple(pair for pair in facts if pair[1]),
    )  # fmt: skip


def _note_looking(store: "Store", now: datetime) -> None:
    person = store.vault.person
    if seen_anew(store.audit.last_time(person.id, Event.AUDIT_READ), now):
        note_event(store, person, Event.AUDIT_READ, now=now)
