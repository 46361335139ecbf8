"""What must hold between the records of her custody: one prison at a time, and nothing after she died."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.case_rules import CaseRule, Doubt, Found, Impossible, Wanted
from tac_desktop.casework.codelists import label
from tac_desktop.casework.custody_history import OUTSIDE
from tac_desktop.casework.days import Period, is_before, overlap
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words


def _one_prison_at_a_time(custody: Wanted) -> Iterator[Found]:
    own = _stay(custody.text("received_on") or custody.text("from_date"), custody.text("until"))
    if not custody.text("prison") or own is None:
        return
    for other in custody.records.get("custody", ()):
        theirs = _stay(other.text("received_on") or other.text("from_date"), other.text("until"))
        if theirs is None or other.text("prison") in ("", custody.text("prison")) or not overlap(own, theirs):
            continue
        told = (
            f"From {day_in_words(theirs[0])} until {day_in_words(theirs[1])} she was in "
            f"{label('prison', other.text('prison'))}: she cannot have been in two prisons."
        )
        yield Impossible("from_date" if is_before(theirs[0], own[0]) else "until", told)


def _stay(first: str, last: str) -> Period | None:
    """Return a stay of which both ends are known: an open one ends where the next begins."""
    return (first, last) if first and last else None


def _released_after_it_began(custody: Wanted) -> Iterator[Found]:
    """Refuse a release expected before the day from which it holds; who was released later than expected is fine."""
    inside = custody.text("event") not in OUTSIDE
    if inside and is_before(custody.text("expected_release"), custody.text("from_date")):
        yield Impossible("expected_release", "Her release cannot be expected before the day on which this began.")


def _nothing_after_death(custody: Wanted) -> Iterator[Found]:
    day = custody.text("from_date")
    for other in custody.records.get("custody", ()):
        theirs = other.text("from_date")
        if other.text("event") == "died" and is_before(theirs, day):
            yield Impossible("from_date", f"It is recorded that she died on {day_in_words(theirs)}.")
        elif custody.text("event") == "died" and is_before(day, theirs):
            told = f"Her custody has a later entry, of {day_in_words(theirs)}: one of the two days cannot be right."
            yield Impossible("from_date", told)
        elif other.text("event") == "deported" and is_before(theirs, day):
            told = f"It is recorded that she was removed from the country on {day_in_words(theirs)}. Did she come back?"
            yield Doubt("from_date", told, "custody_after_removal", (other.id,))


def _prison_is_left(custody: Wanted) -> Iterator[Found]:
    """Ask where somebody is received who is in prison already, by the last record before.

    Who was arrested again on licence is often remanded first and recalled days later, from prison to prison.
    """
    if custody.text("event") not in ("recalled", "rearrested"):
        return
    last = _before(custody)
    if last is None or (custody.text("event"), last.text("event")) in _FOLLOWS:
        return
    if last.text("event") in _INSIDE:
        told = (
            f"The entry before, of {day_in_words(last.text('from_date'))}, has her in prison: "
            "her release in between is not recorded."
        )
        yield Doubt("event", told, "recall_without_release", (last.id,))


def _before(custody: Wanted) -> Record | None:
    earlier = [
        one for one in custody.records.get("custody", ()) if is_before(one.text("from_date"), custody.text("from_date"))
    ]
    return max(earlier, key=lambda one: one.text("from_date"), default=None)


_INSIDE: Final = frozenset({"remanded", "sentenced", "recalled", "rearrested", "transferred_in"})
_FOLLOWS: Final = frozenset({("recalled", "remanded"), ("recalled", "rearrested")})
"""What follows without a release in between: the later event and the one before."""
_NEEDS: Final = frozenset({"custody"})
RULES: Final[tuple[CaseRule, ...]] = (
    CaseRule("custody", frozenset(), _released_after_it_began),
    CaseRule("custody", _NEEDS, _one_prison_at_a_time),
    CaseRule("custody", _NEEDS, _nothing_after_death),
    CaseRule("custody", _NEEDS, _prison_is_left),
)
