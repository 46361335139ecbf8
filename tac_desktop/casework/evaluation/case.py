"""One case as the evaluation sees it: one woman in one prison's service, and what was known of her on a day."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.evaluation import arithmetic
from tac_desktop.casework.evaluation.children import Child, child_on
from tac_desktop.casework.record import Record


@dataclass(frozen=True)
class Episode:
    """A stretch of work with her; `closed` is '' where it was open on the day."""

    opened: str
    closed: str
    because: str


@dataclass(frozen=True)
class Case:
    """A mother and her records by form; `as_of` is the ISO date on which all of it was known."""

    mother: Record
    records: Mapping[str, Sequence[Record]]
    as_of: str

    def of(self, form: str) -> Sequence[Record]:
        """Return her records of a form."""
        return self.records.get(form, ())

    @property
    def prison(self) -> str:
        """The prison whose social worker opened the case: a code, or the label of a prison that the list lacks."""
        return self.mother.text("prison")

    @property
    def consents(self) -> bool:
        """Whether she had consented to the evaluation by the day."""
        given = self.mother.answers.get("evaluation_consent") is True
        return given and self.mother.text("evaluation_consent_date") <= self.as_of

    @cached_property
    def baseline_received(self) -> str:
        """The day on which her baseline tracker was received, '' where it was not yet, or nobody knows when."""
        returns = (r for r in self.of("tracker_return") if r.text("tracker_form") == "baseline")
        return min((r.text("received") for r in returns if r.text("received")), default="")

    @property
    def cohort(self) -> str:
        """'R1' or 'Y2', '' after the two years."""
        return arithmetic.cohort(self.baseline_received)

    @cached_property
    def referrals(self) -> Sequence[Record]:
        """Her referrals, the first one first."""
        return sorted(self.of("referral"), key=lambda r: (r.text("date"), r.text("referral_type") != "initial", r.id))

    @cached_property
    def referred(self) -> str:
        """The day of her first referral, '' where none is recorded."""
        return next((r.text("date") for r in self.referrals), "")

    @property
    def first_meeting(self) -> str:
        """The day of the first meeting or professional contact, '' where there was none by the day."""
        return self._by_the_day(self.baseline.text("first_meeting")) if self.baseline else ""

    @cached_property
    def baseline(self) -> Record | None:
        """What the baseline tracker said."""
        return min(self.of("baseline"), key=lambda r: r.id, default=None)

    @cached_property
    def custody(self) -> Record | None:
        """Her custody at referral: the record without a day, else the last by then with a status, else the first."""
        known = sorted(self.of("custody"), key=lambda r: (r.text("from_date"), r.id))
        by_then = [r for r in known if r.text("legal_status") and r.text("from_date") <= self.referred]
        undated = [r for r in known if not r.text("from_date")]
        return next(iter((*undated, *reversed(by_then), *known)), None)

    @cached_property
    def children(self) -> Sequence[Child]:
        """Her children under 18 on the day of her referral, unborn ones included."""
        placements = self.of("placement")
        found = (child_on(child, placements, self.referred) for child in self.of("child"))
        return tuple(child for child in found if child)

    @cached_property
    def episodes(self) -> Sequence[Episode]:
        """Her episodes in the order of their opening; what closed after the day was still open on it."""
        told = [Episode(r.text("opened"), self._by_the_day(r.text("closed")), r.text("opened_because"))
                for r in self.of("episode")]  # fmt: skip
        return sorted(told, key=lambda e: (e.opened, e.because != "initial", e.closed or "9999"))

    def _by_the_day(self, day: str) -> str:
        return day if day <= self.as_of else ""


Answered: TypeAlias = Callable[[Case], Answer | None]
"""Reads one answer of a case."""


def of_mother(field: str) -> Answered:
    """Return what reads an answer of the mother's own record."""
    return lambda case: case.mother.answers.get(field)


def of_custody(field: str) -> Answered:
    """Return what reads an answer of her custody at referral."""
    return lambda case: case.custody.answers.get(field) if case.custody else None


def of_baseline(field: str) -> Answered:
    """Return what reads an answer of the baseline tracker."""
    return lambda case: case.baseline.answers.get(field) if case.baseline else None
