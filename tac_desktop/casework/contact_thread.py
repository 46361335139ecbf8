"""The contact log seen from one side: what went between the service and one counterpart, about one child, in a time.

A mother values a thread as evidence, and the attempts count as much as the answers (needs C1, C3).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.codelists import label
from tac_desktop.casework.contact_summary import is_attempt
from tac_desktop.casework.dues.escalation import is_open
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words

_NAME, _ROLE = "name:", "role:"
_SEARCHED: Final = ("summary", "who", "waiting_for")


@dataclass(frozen=True, kw_only=True)
class ThreadFilter:
    """Which contacts are wanted; what is empty means all."""

    whom: str = ""
    """A counterpart, as `counterparts` names it."""
    child: str = ""
    """The id of the child's record."""
    kind: str = ""
    """A code of 'contact_log_type'."""
    attempts: bool = False
    """Only those that reached nobody."""
    waiting: bool = False
    """Only those that wait for an answer."""
    unrecorded: bool = False
    """Only those of which nobody has said that they are in the prison's own system."""
    words: str = ""
    """Words that all stand in the note, the name or what is waited for."""
    first: str = ""
    """Not before this ISO date."""
    last: str = ""
    """Not after this ISO date."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is chosen."""
        return self == EVERYTHING


EVERYTHING: Final = ThreadFilter()


def thread(contacts: Iterable[Record], wanted: ThreadFilter) -> list[Record]:
    """Return the contacts that are wanted, the earliest first."""
    words = wanted.words.casefold().split()
    found = [contact for contact in contacts if _fits(contact, wanted) and _holds(contact, words)]
    return sorted(found, key=lambda contact: (contact.text("at"), contact.id))


def counterparts(contacts: Iterable[Record]) -> list[tuple[str, str]]:
    """Return with whom there were contacts, as (name for the filter, words): names first, then professions.

    A name that was written in capitals or with other spaces is the same name; the spelling that came last is shown.
    """
    names: dict[str, str] = {}
    roles: dict[str, str] = {}
    for contact in sorted(contacts, key=lambda one: one.text("at")):
        if contact.text("who").strip():
            names[_NAME + _known_by(contact.text("who"))] = " ".join(contact.text("who").split())
        roles |= {_ROLE + code: label("contact_with", code) for code in chosen(contact.answers, "with_whom")}
    return [*sorted(names.items(), key=_words), *sorted(roles.items(), key=_words)]


def whom_in_words(whom: str, contacts: Iterable[Record]) -> str:
    """Return the words for a counterpart, '' for everybody."""
    return dict(counterparts(contacts)).get(whom, whom.partition(":")[2])


def filter_in_words(wanted: ThreadFilter, whom: str, child: str) -> str:
    """Return what was chosen as one reads it: 'with Slate Ledger, about M.A., from 1 March 2026'; '' for all.

    Args:
        wanted: What was chosen.
        whom: The words for the counterpart.
        child: What the child is called.
    """
    parts = (
        f"with {whom}" if whom else "",
        f"about {child}" if child else "",
        label("contact_log_type", wanted.kind) if wanted.kind else "",
        "attempts only" if wanted.attempts else "",
        "waiting for an answer" if wanted.waiting else "",
        "not yet in NOMIS/DPS" if wanted.unrecorded else "",
        f"with the words ‘{wanted.words}’" if wanted.words else "",
        f"from {day_in_words(wanted.first)}" if wanted.first else "",
        f"until {day_in_words(wanted.last)}" if wanted.last else "",
    )
    return ", ".join(part for part in parts if part)


def _fits(contact: Record, wanted: ThreadFilter) -> bool:
    day = contact.text("at")[:10]
    return (
        (not wanted.whom or wanted.whom in _whom(contact))
        and (not wanted.child or wanted.child in chosen(contact.answers, "children"))
        and (not wanted.kind or contact.text("kind") == wanted.kind)
        and (not wanted.attempts or is_attempt(contact))
        and (not wanted.waiting or is_open(contact))
        and (not wanted.unrecorded or contact.answers.get("in_prison_record") is not True)
        and (not wanted.first or wanted.first <= day)
        and (not wanted.last or day <= wanted.last)
    )


def _whom(contact: Record) -> Sequence[str]:
    return (_NAME + _known_by(contact.text("who")), *(_ROLE + code for code in chosen(contact.answers, "with_whom")))


def _holds(contact: Record, words: Sequence[str]) -> bool:
    if not words:
        return True
    text = "\n".join(contact.text(name) for name in _SEARCHED).casefold()
    return all(word in text for word in words)


def _known_by(name: str) -> str:
    return " ".join(name.casefold().split())


def _words(entry: tuple[str, str]) -> str:
    return entry[1].casefold()
