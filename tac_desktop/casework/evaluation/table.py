"""A table of the reports as a declaration: what is counted, under which columns and rows, and of what a percentage is.

A cell is the sum, over the units that stand in its row, of how often each stands under its column.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Any, Generic, Literal, NotRequired, TypeAlias, TypedDict, TypeVar

from tac_desktop.casework.evaluation.arithmetic import percentage
from tac_desktop.casework.evaluation.evidence import Evidence

Unit = TypeVar("Unit")

Share: TypeAlias = Literal["", "column", "row", "all"]
"""Of what a percentage is: none is printed; the units of the column; those of the row; all units of the table."""


@dataclass(frozen=True)
class Heading(Generic[Unit]):
    """A row or a column, and how often a unit stands under it (mostly: whether)."""

    key: str
    label: str
    count: Callable[[Unit], int]


Headings: TypeAlias = Callable[[Evidence, Sequence[Unit]], Sequence[Heading[Unit]]]
"""Makes the headings that the evidence asks for: further prisons, codes and quarters follow the published ones."""


class Cell(TypedDict):
    """A count, and its percentage where the table prints one."""

    n: int
    pct: int | None
    contested: NotRequired[bool]
    """There, and true, where another of several live answers would change it."""


class Column(TypedDict):
    """A column with the number of units in it, None where no percentage or mention rests on it."""

    key: str
    label: str
    base: int | None
    contested: NotRequired[bool]
    """Whether the base would be another one; see `Cell`."""


class Row(TypedDict):
    """A row with its cells by column."""

    key: str
    label: str
    cells: dict[str, Cell]


class CountedTable(TypedDict):
    """A table as it is handed on (COMMANDS: `report evaluation --json`)."""

    id: str
    report: int
    """Which report printed it; 0 for one that was added since."""
    title: str
    unit: str
    base_rule: str
    multiple_response: bool
    columns: list[Column]
    rows: list[Row]


@dataclass(frozen=True, kw_only=True)
class Table(Generic[Unit]):
    """One table of a report."""

    id: str
    """'R2.T7' as the report numbers it; 'A.T1' for one that no report printed."""
    title: str
    """May hold {n}, the number of units."""
    unit: str
    """What is counted, in a word for people: mothers, staff."""
    base_rule: str
    """What the columns' bases or the percentages rest on, for people."""
    units: Callable[[Evidence], Sequence[Unit]]
    columns: Headings[Unit]
    rows: Headings[Unit]
    share: Share = ""
    shared: Collection[str] = ()
    """The columns that print the percentage; empty if all do."""
    based: bool = True
    """Whether the columns are populations, whose size is printed."""
    multiple_response: bool = False
    whole_service: bool = False
    """Never counted for one prison alone."""
    needs: Collection[str] = ()
    """Forms without which it would print zeros that are not true."""

    def count(self, evidence: Evidence) -> CountedTable:
        """Count the table."""
        units = self.units(evidence)
        columns = [_Counted(heading, units) for heading in self.columns(evidence, units)]
        rows = [_Counted(heading, units) for heading in self.rows(evidence, units)]
        return {
            "id": self.id,
            "report": int(self.id[1]) if self.id[1].isdecimal() else 0,
            "title": self.title.format(n=len(units)),
            "unit": self.unit,
            "base_rule": self.base_rule,
            "multiple_response": self.multiple_response,
            "columns": [{"key": c.key, "label": c.label, "base": c.total if self.based else None} for c in columns],
            "rows": [
                {"key": row.key, "label": row.label, "cells": {c.key: self._cell(row, c) for c in columns}}
                for row in rows
            ],
        }

    def _cell(self, row: "_Counted", column: "_Counted") -> Cell:
        n = sum(map(mul, row.counts, column.counts))
        bases = {"column": column.total, "row": row.total, "all": len(row.counts), "": 0}
        printed = not self.shared or column.key in self.shared
        return {"n": n, "pct": percentage(n, bases[self.share]) if printed else None}


class _Counted:
    """A heading, and how often each unit stands under it."""

    def __init__(self, heading: Heading[Any], units: Sequence[Any]) -> None:
        self.key, self.label = heading.key, heading.label
        self.counts = [heading.count(unit) for unit in units]
        self.total = sum(self.counts)
