"""Her way through custody: where she is on a day, and since when, from one record for each thing that happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.codelists import label
from tac_desktop.casework.days import has_ended
from tac_desktop.casework.record import Record, RecordsByForm
from tac_desktop.casework.typed_dates import day_in_words

OUTSIDE: Final = frozenset({"bailed", "released", "released_unexpectedly", "deported", "died"})
"""Codes of 'custody_event' after which she is in no prison."""
_OF_A_DAY: Final = frozenset({"died", "deported"})
"""What happened on a day and does not go on: 'Died on 3 March 2026'."""
_NEW_STAY: Final = frozenset({"remanded", "recalled", "rearrested"})
"""After these an expected release from before holds no more."""
_STATUS: Final[Mapping[str, str]] = MappingProxyType(
    {"remanded": "remand", "sentenced": "sentenced", "recalled": "recall"}
)
"""The legal status that an event says where nobody wrote one."""
_MOVES: Final = frozenset({"transferred_out", "transferred_in"})
_OTHER_PRISON: Final = "OTHER"


@dataclass(frozen=True, kw_only=True)
class Whereabouts:
    """Where she is on a day. Dates are ISO, '' where nobody wrote one; codes of the lists where not said otherwise."""

    inside: bool = True
    prison: str = ""
    legal_status: str = ""
    event: str = ""
    """What happened last, '' for her status at referral."""
    since: str = ""
    status_since: str = ""
    """Since when her legal status is what it is: a transfer changes the prison and not the status."""
    until: str = ""
    """The last day of a stay that ended without anybody having written what followed, or of a temporary release."""
    expected_release: str = ""
    licence_until: str = ""
    """'' also where the licence is over."""

    @property
    def in_words(self) -> str:
        """Return her status in a few words: 'Sentenced, since 3 March 2026', 'Released, on licence until …'."""
        what_happened = event_in_words(self.event) if self.event in OUTSIDE or self.event == "rotl" else ""
        status = label("legal_status", self.legal_status) if self.legal_status else event_in_words(self.event)
        parts = [what_happened or status]
        since = self.since if what_happened else self.status_since
        if since:
            parts.append(f"{'on' if self.event in _OF_A_DAY else 'since'} {day_in_words(since)}")
        if self.until:
            parts.append(f"until {day_in_words(self.until)}")
        if self.licence_until and not self.inside:
            parts.append(f"on licence until {day_in_words(self.licence_until)}")
        return ", ".join(part for part in parts if part)


def has_died(records: RecordsByForm) -> bool:
    """Say whether it is recorded that she died: in her custody, or as why her case was closed."""
    custody = any(one.text("event") == "died" for one in records.get("custody", ()))
    return custody or any(one.text("closed_because") == "died" for one in records.get("episode", ()))


def event_in_words(event: str) -> str:
    """Return what happened without what the list explains in brackets: 'Recalled'; '' for nothing."""
    return label("custody_event", event).partition(" (")[0] if event else ""


def in_order(custody: Iterable[Record]) -> list[Record]:
    """Return the records of her custody, the earliest first; her status at referral, which has no day, comes before."""
    return sorted(custody, key=lambda record: (record.text("from_date"), record.id))


def whereabouts(custody: Iterable[Record], day: str, prison: str = "") -> Whereabouts:
    """Return where she is on a day, as far as it was written down.

    Args:
        custody: The records of her custody.
        day: ISO date.
        prison: The code of the prison in which her case was opened, where no record names another.
    """
    found = Whereabouts(prison=prison)
    for record in in_order(custody):
        if record.text("from_date") <= day:
            found = _after(found, record, day)
    return found


def _after(before: Whereabouts, record: Record, day: str) -> Whereabouts:
    event, until, licence = record.text("event"), record.text("until"), record.text("licence_until")
    licence = "" if has_ended(licence, day) else licence
    if event == "rotl":
        if has_ended(until, day):
            return before
        since = record.text("from_date")
        return replace(before, event=event, inside=False, since=since, until=until, licence_until=licence)
    outside = event in OUTSIDE
    kept = "" if outside or event in _NEW_STAY else before.expected_release
    status = record.text("legal_status") or _STATUS.get(event, "" if outside else before.legal_status)
    moved_only = event in _MOVES and status == before.legal_status and before.inside
    return Whereabouts(
        inside=not outside,
        prison="" if outside else _prison(before, record, event),
        legal_status=status,
        event=event,
        since=record.text("from_date"),
        status_since=before.status_since if moved_only else record.text("from_date"),
        until=until if has_ended(until, day) else "",
        expected_release=record.text("expected_release") or kept,
        licence_until=licence if outside else "",
    )


def _prison(before: Whereabouts, record: Record, event: str) -> str:
    return record.text("prison") or (_OTHER_PRISON if event == "transferred_out" else before.prison)
