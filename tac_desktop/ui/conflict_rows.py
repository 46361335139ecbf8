"""The contradictions that are looked through: which of them, in which order, and at which one we are."""

from typing import TYPE_CHECKING

from tac_desktop.actions import conflicts
from tac_desktop.ui.conflict_screen import Standing
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.conflicts import OpenConflict, Waiting


class ConflictRows:
    """Those of one case file or of the whole vault; the open ones, or those that were put off."""

    def __init__(self, bench: Workbench) -> None:
        """Begin with none."""
        self._bench = bench
        self._all: list[Waiting] = []
        self._rows: list[Waiting] = []
        self._place = 0
        self.case_file = ""
        """'' for all case files."""
        self.postponed = False
        """Whether those that were put off are looked through."""

    def begin(self, spot: str) -> None:
        """Look through one case file, or all; begin with a record's and a question's ('case file|record|question')."""
        self.case_file, record, question = ([*spot.split("|"), "", ""])[:3]
        self.show(postponed=False)
        if self._all and not self._rows:
            self.show(postponed=True)
        self._place = next(
            (
                place
                for place, row in enumerate(self._rows)
                if row.record_id == record and question in ("", row.field.partition("/")[0])
            ),
            0,
        )

    def show(self, *, postponed: bool) -> None:
        """Look through the open ones or those that were put off, from the first on."""
        self.postponed, self._place = postponed, 0
        self.read()

    def read(self) -> None:
        """Read again which there are; the place stays as far as it can."""
        bench = self._bench
        self._all = conflicts.listed(bench.store, bench.person, self.case_file or None)
        today = bench.today()
        self._rows = [row for row in self._all if row.is_open(today) is not self.postponed]
        self.move(0)

    def move(self, step: int) -> None:
        """Go forward or back."""
        self._place = max(0, min(self._place + step, len(self._rows) - 1))

    def find(self, told: "OpenConflict") -> bool:
        """Go to a contradiction; False if it is not among them any more."""
        wanted = (told.record_id, told.field)
        place = next((at for at, row in enumerate(self._rows) if (row.record_id, row.field) == wanted), None)
        self._place = self._place if place is None else place
        return place is not None

    def told(self) -> "OpenConflict | None":
        """Return the contradiction at which we are as it stands now, None if there is none.

        One of which nothing can be told any more, because its words were erased by law, is passed over.
        """
        bench = self._bench
        for place in range(self._place, len(self._rows)):
            found = conflicts.open_conflict(bench.vault, bench.store, self._rows[place], now=bench.moment())
            if found is not None:
                bench.viewed(found.case_file)
                self._place = place
                return found
        return None

    def standing(self) -> Standing:
        """Return at which of how many we are."""
        today = self._bench.today()
        waiting = sum(row.is_open(today) for row in self._all)
        return Standing(self._place, len(self._rows), waiting, len(self._all) - waiting)
