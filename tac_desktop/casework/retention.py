"""How long a case file is kept: its class, the day from which it may be disposed of, and what stands in the way."""

import tomllib
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.caseload import status
from tac_desktop.casework.record import Record, RecordsByForm
from tac_desktop.paths import resources

FORM: Final = "retention"
CLASS, HOLD = "retention_class", "legal_hold"

Beginning: TypeAlias = Literal["youngest_child", "end_of_work"]
State: TypeAlias = Literal["contradicting", "held", "without_class", "open", "birth_unknown", "kept", "due"]
STATES: Mapping[State, str] = MappingProxyType({
    "contradicting": "Two managers say different things about how long it is kept",
    "held": "Under legal hold",
    "without_class": "No class yet",
    "open": "Still being worked on",
    "birth_unknown": "The birth of a child is not known, or two answers differ",
    "kept": "To be kept",
    "due": "Due",
})  # fmt: skip
"""Where a case file stands, in words; of several the first holds."""
_ON_THE_WAY: Final = frozenset({"triage", "open", "reopened"})
_WORK: Final = (
    ("episode", "closed"), ("closure", "date"), ("referral", "date"), ("letterbox_letter", "sent_on"),
    ("letterbox_letter", "received_on"), ("letterbox_letter", "shown_on"),
)  # fmt: skip
"""Which answers tell until when there was work, beside the contacts."""
READ: Final = (FORM, "child", "episode", "closure", "referral", "letterbox_letter")
"""The forms of which the records are wanted."""


@dataclass(frozen=True, kw_only=True)
class RetentionClass:
    """A class of case files that are kept for equally long."""

    code: str
    words: str
    years: int
    counted_from: Beginning
    source: str
    """Where the years come from."""
    confirmed: str
    """The ISO day on which the data controller confirmed it; '' while that is still to come."""


@dataclass(frozen=True, kw_only=True)
class Retention:
    """How long one case file is kept."""

    state: State
    due: str
    """The ISO day from which it may be disposed of; '' where it cannot be told."""
    retention_class: RetentionClass | None
    legal_hold: bool
    reason: str
    """Of the hold or of the class, as the manager wrote it."""


@cache
def classes() -> Mapping[str, RetentionClass]:
    """Return the classes by their codes, the longest first, read once from the program's own resource file."""
    told = tomllib.loads((resources() / "retention.toml").read_text("utf-8"))["classes"]
    found = [RetentionClass(code=code, **entry) for code, entry in told.items()]
    return MappingProxyType({one.code: one for one in sorted(found, key=lambda one: -one.years)})


def due_day(beginning: Beginning, years: int, births: Sequence[str], ended: str) -> str:
    """Return the ISO day from which a case file may be disposed of.

    Args:
        beginning: From what the years are counted.
        years: How many.
        births: The ISO dates on which her children were born; of a year or month alone its last day counts.
        ended: The ISO date on which the work ended: it is never due before.
    """
    begin = max(map(_last_day, births)) if beginning == "youngest_child" and births else _last_day(ended)
    return max(_years_after(begin, years), _last_day(ended))


def retention_of(records: RecordsByForm, last_contact: str, today: str) -> Retention:
    """Return how long a case file is kept.

    Args:
        records: Its records, of the forms in `READ`.
        last_contact: The ISO date of the last contact, '' if there was none.
        today: Today's ISO date.
    """
    told = records.get(FORM, ())  # several where case files of one woman are read as one: the stricter holds
    named = [classes()[one.text(CLASS)] for one in told if one.text(CLASS) in classes()]
    chosen = max(named, key=lambda one: one.years, default=None)
    holds = [one for one in told if one.answers.get(HOLD) is not False and HOLD in one.answers]
    held = bool(holds)
    due = _due(chosen, records, last_contact)
    if any({CLASS, HOLD} & set(one.conflicts) for one in told):
        state: State = "contradicting"
    elif held:
        state = "held"
    elif chosen is None:
        state = "without_class"
    elif status(records) in _ON_THE_WAY:
        state = "open"
    elif not due:
        state = "birth_unknown"
    else:
        state = "due" if due <= today else "kept"
    reason = next((one.text("reason") for one in (*holds, *told)), "")
    return Retention(state=state, due=due, retention_class=chosen, legal_hold=held, reason=reason)


def _due(chosen: RetentionClass | None, records: RecordsByForm, last_contact: str) -> str:
    """Return from when it is due, '' where there is no class, or a birth is not known or contested."""
    ended = max([last_contact, *_ends(records)])
    if chosen is None or not ended or status(records) in _ON_THE_WAY:
        return ""
    children = records.get("child", ())
    if chosen.counted_from == "youngest_child" and any(map(_has_no_settled_birth, children)):
        return ""
    return due_day(chosen.counted_from, chosen.years, [one.text("date_of_birth") for one in children], ended)


def _has_no_settled_birth(child: Record) -> bool:
    return not child.text("date_of_birth") or bool({"date_of_birth", "unborn"} & set(child.conflicts))


def _ends(records: RecordsByForm) -> Iterable[str]:
    for form, field in _WORK:
        yield from (day for record in records.get(form, ()) if (day := record.text(field)[:10]))


def _last_day(day: str) -> str:
    """Return the last day of a date of which the month or the day may be missing."""
    year, month, *_ = (*map(int, day.split("-")), 0, 0)
    if len(day) > len("2026-01"):
        return day
    return date(year, month or 12, monthrange(year, month or 12)[1]).isoformat()


def _years_after(day: str, years: int) -> str:
    """Return the same day years later; 1 March where there is no 29 February."""
    then = date.fromisoformat(day)
    try:
        return then.replace(year=then.year + years).isoformat()
    except ValueError:
        return date(then.year + years, 3, 1).isoformat()
