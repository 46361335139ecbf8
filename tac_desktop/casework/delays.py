"""How late word reaches the service: days from prison to referral, first meeting and first contact with a child."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tac_desktop.casework.custody_history import OUTSIDE, in_order
from tac_desktop.casework.days import days_between
from tac_desktop.casework.evaluation.arithmetic import middle_of
from tac_desktop.casework.record import Record, RecordsByForm

Point: TypeAlias = Literal["sentenced", "received", "referred", "met", "child"]
POINTS: Final[Mapping[Point, str]] = {
    "sentenced": "Sentenced",
    "received": "Received into prison",
    "referred": "Referred",
    "met": "First meeting",
    "child": "First contact with a child",
}
SPANS: Final[tuple[tuple[Point, Point], ...]] = (
    ("sentenced", "referred"), ("received", "referred"), ("referred", "met"), ("met", "child"), ("received", "child"),
)  # fmt: skip
"""Between which points the days are counted (needs A16)."""
_NO_NEW_SENTENCE: Final = frozenset({"recalled"})
"""Who is recalled comes back for a sentence of long ago: its day says nothing of how late word of her came."""
_INTO_PRISON: Final = frozenset({"remanded", "sentenced", "recalled", "rearrested"})
"""Codes of 'custody_event': the first of them is the day on which she came to prison, where nobody wrote another."""


@dataclass(frozen=True)
class Delay:
    """The days between two points, of the mothers of whom both are known and stand in this order."""

    prison: str
    first: Point
    then: Point
    mothers: int
    middle: int
    """The median, to a whole day, halves up."""
    longest: int


def points_of(records: RecordsByForm, first_contact: str) -> dict[Point, str]:
    """Return the ISO days of the points that are known of one mother: each the first of its kind in this custody.

    Args:
        records: Her custody, referrals and baseline.
        first_contact: The day of the first contact with a child that is logged, '' for none.
    """
    referred = _first(one.text("date") for one in records.get("referral", ()))
    custody = _since_she_was_outside(in_order(records.get("custody", ())), referred)
    sentenced = [one.text("sentenced_on") for one in custody if one.text("event") not in _NO_NEW_SENTENCE]
    sentenced += [one.text("from_date") for one in custody if one.text("event") == "sentenced"]
    received = [one.text("received_on") for one in custody]
    received += [one.text("from_date") for one in custody if one.text("event") in _INTO_PRISON]
    found: dict[Point, str] = {
        "sentenced": _first(sentenced),
        "received": _first(received),
        "referred": referred,
        "met": _first(one.text("first_meeting") for one in records.get("baseline", ())),
        "child": first_contact,
    }
    return {point: day for point, day in found.items() if day}


def _since_she_was_outside(custody: Iterable[Record], referred: str) -> list[Record]:
    """Return the custody in which she was referred: a stay that had ended by then is not what word was late about."""
    known = list(custody)
    days = [one.text("from_date") for one in known if one.text("event") in OUTSIDE]
    last = max((day for day in days if day <= referred), default="")
    return [one for one in known if not one.text("from_date") or one.text("from_date") >= last]


def delays(points: Iterable[tuple[str, Mapping[Point, str]]]) -> list[Delay]:
    """Return the delays by prison, in the order of `SPANS`; of a span that nobody has nothing is told.

    Args:
        points: For each mother the code of her prison and the points that are known of her.
    """
    counted: dict[str, dict[tuple[Point, Point], list[int]]] = {}
    for prison, known in points:
        for span, days in _spans(known):
            counted.setdefault(prison, {}).setdefault(span, []).append(days)
    return [
        Delay(prison, *span, len(days), middle_of(days), max(days))
        for prison, spans in sorted(counted.items())
        for span in SPANS
        if (days := spans.get(span))
    ]


def _spans(known: Mapping[Point, str]) -> Iterator[tuple[tuple[Point, Point], int]]:
    for first, then in SPANS:
        if first in known and then in known and known[first] <= known[then]:
            yield (first, then), days_between(known[first], known[then])


def _first(days: Iterable[str]) -> str:
    return min((day for day in days if day), default="")
