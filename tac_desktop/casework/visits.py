"""Visits that were asked for: which wait for an answer, which are agreed, how the others ended, and what it cost."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from tac_desktop.casework.answers import chosen
from tac_desktop.casework.record import Record

FORM: Final = "visit_request"
WAITING: Final = frozenset({"", "asked"})
NOT_HELD: Final = frozenset({"refused", "failed", "cancelled"})
"""Codes of 'visit_state' with which there was no visit, and will be none."""


@dataclass(frozen=True)
class VisitsSoFar:
    """How visits that were asked for ended, and why some did not take place."""

    asked: int
    happened: int
    not_held: int
    waiting: int
    agreed: int
    reasons: tuple[tuple[str, int], ...]
    """Codes of 'visit_reason' with how often each was named, the most frequent first."""
    cost: Decimal
    """Of the journeys to the visits that took place, in pounds."""


def waiting(visits: Iterable[Record]) -> list[Record]:
    """Return the visits that nobody has answered yet, the one that was asked for first at the top."""
    return sorted((one for one in visits if one.text("state") in WAITING), key=_asked)


def coming(visits: Iterable[Record]) -> list[Record]:
    """Return the visits that are agreed and of which nobody has said how they went, the earliest first."""
    return sorted((one for one in visits if one.text("state") == "agreed"), key=lambda one: one.text("for_day"))


def over(visits: Iterable[Record]) -> list[Record]:
    """Return the visits that took place or will not any more, the newest first."""
    ended = (one for one in visits if one.text("state") in NOT_HELD | {"happened"})
    return sorted(ended, key=lambda one: (one.text("for_day") or one.text("asked_on"), one.id), reverse=True)


def so_far(visits: Sequence[Record]) -> VisitsSoFar:
    """Return how the visits of a case file ended."""
    states = Counter(one.text("state") for one in visits)
    reasons = Counter(code for one in visits for code in chosen(one.answers, "reasons"))
    costs = (one.text("transport_cost") for one in visits if one.text("state") == "happened")
    return VisitsSoFar(
        asked=len(visits),
        happened=states["happened"],
        not_held=sum(states[state] for state in NOT_HELD),
        waiting=sum(states[state] for state in WAITING),
        agreed=states["agreed"],
        reasons=tuple(sorted(reasons.items(), key=lambda one: (-one[1], one[0]))),
        cost=sum((Decimal(cost) for cost in costs if cost), Decimal("0.00")),
    )


def _asked(visit: Record) -> tuple[str, str]:
    return visit.text("asked_on") or "9999", visit.id
