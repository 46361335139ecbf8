"""A statement of the reports as a declaration: a figure that stands in a sentence, not in a table."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NotRequired, TypeAlias, TypedDict, TypeVar

from tac_desktop.casework.evaluation.arithmetic import percentage, percentage_to_one_decimal
from tac_desktop.casework.evaluation.case import Case
from tac_desktop.casework.evaluation.evidence import Evidence, Questionnaire
from tac_desktop.casework.evaluation.profile import Holds, everyone

Unit = TypeVar("Unit")

Value: TypeAlias = str | Mapping[str, int | None] | None


@dataclass(frozen=True)
class Figure:
    """What a statement says: a count, of how many, what share in per cent, or a value of another kind."""

    n: int | None = None
    base: int | None = None
    pct: float | None = None
    value: Value = None
    not_known: int | None = None
    """How many of those asked about nobody knows."""


class CountedStatement(TypedDict):
    """A statement as it is handed on (COMMANDS: `report evaluation --json`)."""

    id: str
    label: str
    n: int | None
    pct: float | None
    base: int | None
    value: Value
    not_known: int | None
    contested: NotRequired[bool]
    """There, and true, where another of several live answers would change it."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One figure of a report's text."""

    id: str
    label: str
    figure: Callable[[Evidence], Figure]
    prison: str = ""
    """The prison of which it speaks, '' where it speaks of all."""
    whole_service: bool = False
    """Never counted for one prison alone."""
    needs: Collection[str] = ()
    """Forms without which it would tell zeros that are not true."""

    def count(self, evidence: Evidence) -> CountedStatement:
        """Count the statement."""
        figure = self.figure(evidence)
        return {
            "id": self.id, "label": self.label, "n": figure.n, "pct": figure.pct, "base": figure.base,
            "value": figure.value, "not_known": figure.not_known,
        }  # fmt: skip


def share(counted: Iterable[Unit], of: Sequence[Unit], holds: Callable[[Unit], bool]) -> Figure:
    """Return how many of `counted` it holds for, and what share of `of` they are."""
    n = sum(map(holds, counted))
    return Figure(n, len(of), percentage(n, len(of)))


def cases_of(evidence: Evidence, prison: str = "") -> Sequence[Case]:
    """Return the cases of a prison, or all."""
    return [case for case in evidence.cases if prison in ("", case.prison)]


def mothers(
    name: str, text: str, holds: Holds = everyone, *, prison: str = "", among: Holds = everyone,
    unknown: Holds | None = None,
) -> Statement:  # fmt: skip
    """Declare what share of the mothers it holds for.

    Args:
        name: The statement's id.
        text: What it says, for people.
        holds: What is counted.
        prison: The prison whose mothers are asked about, '' for all.
        among: Which mothers are the base.
        unknown: Of which of them nobody knows whether it holds.
    """

    def figure(evidence: Evidence) -> Figure:
        asked = cases_of(evidence, prison)
        base = [case for case in asked if among(case)]
        n = sum(map(holds, base))
        return Figure(n, len(base), percentage(n, len(base)), None, sum(map(unknown, asked)) if unknown else None)

    return Statement(id=name, label=text, figure=figure, prison=prison)


def number_of_mothers(name: str, text: str, holds: Holds = everyone, *, prison: str = "") -> Statement:
    """Declare a number of mothers without a base."""
    return number(name, text, lambda evidence: sum(map(holds, cases_of(evidence, prison))), prison=prison)


def number(
    name: str, text: str, count: Callable[[Evidence], int], *, prison: str = "", whole_service: bool = False,
    needs: Collection[str] = (),
) -> Statement:  # fmt: skip
    """Declare a number without a base."""
    return Statement(
        id=name, label=text, figure=lambda evidence: Figure(count(evidence)), prison=prison,
        whole_service=whole_service, needs=needs,
    )  # fmt: skip


def valued(
    name: str, text: str, value: Callable[[Evidence], Value], *, whole_service: bool = False,
    needs: Collection[str] = (),
) -> Statement:  # fmt: skip
    """Declare a value of another kind: several numbers by key, or a rating by wave."""
    return Statement(
        id=name, label=text, figure=lambda evidence: Figure(value=value(evidence)), whole_service=whole_service,
        needs=needs,
    )  # fmt: skip


def to_one_decimal(figure: Figure) -> Figure:
    """Return a figure with its percentage to one decimal."""
    return Figure(figure.n, figure.base, percentage_to_one_decimal(figure.n or 0, figure.base or 0))


def completed(evidence: Evidence, wave: str) -> Sequence[Questionnaire]:
    """Return the completed questionnaires of a wave."""
    return [q for q in evidence.questionnaires if q.wave == wave and q.complete]


def questionnaires(
    name: str, text: str, wave: str, holds: Callable[[Questionnaire], bool], needs: Collection[str]
) -> Statement:
    """Declare a share of the completed questionnaires of a wave."""

    def figure(evidence: Evidence) -> Figure:
        base = completed(evidence, wave)
        return share(base, base, holds)

    return Statement(id=name, label=text, figure=figure, needs=needs)
