"""Decisions about contact that have to be reviewed, or looked at because something changed on which they rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.days import add_days
from tac_desktop.casework.dues.due import Due, Source
from tac_desktop.casework.fields import is_day
from tac_desktop.casework.record import Record, RecordsByForm

_FORM: Final = "contact_permission"
LOOK_DAYS: Final = 7
"""How long somebody has to look at what is allowed, after a change."""
CHANGES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "order": ("made_on", "ended_on"), "placement": ("from_date", "to_date"), "plan_status": ("from_date", "to_date"),
    "parental_responsibility": ("since",), "custody": ("from_date", "until"),
})  # fmt: skip
"""On what a decision rests, and the days on which that changes; a record counts from the day it was known as well."""


def to_look_at(records: RecordsByForm) -> Iterator[tuple[str, str, Record]]:
    """Yield each child, the first day of a change that nobody has looked at, and a decision that it may touch.

    A decision that was only asked for allows nothing yet: there is nothing of it to look at.
    Days are all that is kept: a change is asked about if it came on a later day than the decision was last looked at.
    """
    decisions = [one for one in records.get(_FORM, ()) if one.text("status") != "asked"]
    for child in sorted({child for one in decisions for child in chosen(one.answers, "children")}):
        own = [one for one in decisions if child in chosen(one.answers, "children")]
        if found := min(_unseen(own, sorted(_days_of_change(records, child))), default=None):
            day, _, decision = found
            yield child, day, decision


def _unseen(decisions: Iterable[Record], days: Sequence[str]) -> Iterator[tuple[str, str, Record]]:
    for one in decisions:
        seen, until = seen_on(one), one.text("until") or "9999"
        if day := next((day for day in days if seen < day <= until), ""):
            yield day, one.id, one


def seen_on(decision: Record) -> str:
    """Return the ISO day on which somebody last stood by a decision, '' where that is not known."""
    return max(decision.text("looked_at"), decision.text("since"), decision.known_on)


def _days_of_change(records: RecordsByForm, child: str) -> Iterator[str]:
    for form, names in CHANGES.items():
        for record in records.get(form, ()):
            about = (record.text("child"),) if record.text("child") else chosen(record.answers, "children")
            if not about or child in about:  # custody, and an order that names no child, touch all of them
                yield from (day for day in (record.known_on, *map(record.text, names)) if is_day(day))


def _find(records: RecordsByForm) -> Iterator[Due]:
    for decision in records.get(_FORM, ()):
        review, until = decision.text("review_by"), decision.text("until") or "9999"
        if review and review <= until and decision.text("looked_at") < review:
            yield Due(review, "contact_review", _FORM, decision.id)
    asked = dict[str, str]()
    for _, day, decision in to_look_at(records):  # a decision about several children is looked at once
        asked[decision.id] = min(day, asked.get(decision.id, day))
    for decision, day in asked.items():
        yield Due(add_days(day, LOOK_DAYS), "look_at_contact", _FORM, decision)


SOURCE: Final = Source(frozenset({_FORM, *CHANGES}), _find)
