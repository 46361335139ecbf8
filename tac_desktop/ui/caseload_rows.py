"""Gives the caseload's screen its rows."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.caseload import CaseloadOrder, Shown
    from tac_desktop.casework.caseload import CaseloadRow


class CaseloadRows:
    """Gives the caseload's screen its rows from the window's own store."""

    def __init__(self, bench: Workbench) -> None:
        """Take the bench."""
        self._bench = bench

    def numbers(
        self, shown: "Shown", order: "CaseloadOrder", typed: str, *, from_end: bool, worker: str | None
    ) -> Sequence[int]:
        """Return the numbers of the rows that are wanted; see `actions.caseload.numbers`."""
        from tac_desktop.actions import caseload

        bench = self._bench
        return caseload.numbers(
            bench.store, bench.person, bench.today(), shown, order=order, typed=typed, from_end=from_end,
            worker=worker,
        )  # fmt: skip

    def spelt_alike(self, typed: str) -> Sequence[int]:
        """Return the numbers of the rows of women whose names are spelt like the typed words, whatever the filter."""
        return self._bench.spelt_women.like(typed)

    def page(self, numbers: Sequence[int]) -> Sequence["CaseloadRow"]:
        """Return the rows with these numbers."""
        from tac_desktop.actions import caseload

        return caseload.page(self._bench.store, numbers, self._bench.today())

    def workers(self) -> Sequence[str]:
        """Return the names of everybody who works with a mother."""
        from tac_desktop.actions import caseload

        return caseload.workers(self._bench.store, self._bench.today())
