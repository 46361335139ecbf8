"""The work in numbers: who has how many cases and how complex, how many were taken on, how late word comes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFrame, QWidget

from tac_desktop.casework.capacity import capacity
from tac_desktop.casework.codelists import label
from tac_desktop.casework.delays import POINTS
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import counted, one_line
from tac_desktop.casework.workload import SIGNS
from tac_desktop.ui.beside_caseload import BesideCaseload
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.record_list import LineButton, RecordLine
from tac_desktop.ui.workbench import Workbench
from tac_desktop.ui.wrapped_table import WrappedTable

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Store
    from tac_desktop.actions.workload import Workload
    from tac_desktop.ui.jobs import Steps

_MOST = 40
_FIRST, _OTHERS = (2, 150), (1, 110)
"""Share of the width and least width of the first column, and of each other one."""


class WorkloadScreen(BesideCaseload):
    """Four cards: cases by worker, mothers taken on, days that pass, exceptions."""

    referral_opened = Signal(str, str, str)
    """The case file, 'referral', and the id of one in it."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit, gap=16)
        self.set_title(self.tr("Workload"))

    def show_workload(self, found: "Workload", today: str) -> None:
        """Show what was counted."""
        self.set_subtitle(self.tr("As it stands on {day}.").format(day=day_in_words(today)))
        self.refill(lambda: self._fill(found))

    def _fill(self, found: "Workload") -> None:
        for card in (self._loads(found), self._taken_on(found), self._delays(found), self._exceptions(found)):
            self.rows.addWidget(card)
            card.show()  # what a layout takes up is else shown only when the event loop comes round

    def arrive(self) -> None:
        """Have everything counted anew, and put the keyboard on the way back."""
        self.set_subtitle(self.tr("Counting …"))
        super().arrive()

    def _loads(self, found: "Workload") -> QWidget:
        headings = (self.tr("Worker"), self.tr("Open"), self.tr("Waiting"), self.tr("Children"), *SIGNS.values())
        rows = [
            (load.worker or self.tr("Nobody is named"), load.open, load.waiting, load.children,
             *(load.signs[sign] for sign in SIGNS))
            for load in found.loads
        ]  # fmt: skip
        hint = self.tr("Open cases by who works with them, and how many of them show what makes a case complex.")
        return self._table(self.tr("Cases by worker"), hint, headings, rows)

    def _taken_on(self, found: "Workload") -> QWidget:
        meant = capacity()
        headings = (self.tr("Prison"), *(self._year(year) for year in found.years))
        prisons = dict.fromkeys(one.prison for one in found.taken_on)
        number = {(one.prison, one.year): one.mothers for one in found.taken_on}
        of = self.tr("{n} of {all}")
        rows = [
            (label("prison", prison) if prison else self.tr("No prison"),
             *(of.format(n=number[prison, year], all=meant.mothers_a_year) for year in found.years))
            for prison in prisons
        ]  # fmt: skip
        return self._table(self.tr("Mothers taken on, by prison and year"), meant.source, headings, rows)

    def _year(self, begins: str) -> str:
        year = int(begins[:4])
        return f"{year}" if begins.endswith("01-01") else f"{year}/{(year + 1) % 100:02}"

    def _delays(self, found: "Workload") -> QWidget:
        headings = (self.tr("Prison"), self.tr("From"), self.tr("To"), self.tr("Mothers"),
                    self.tr("Days in the middle"), self.tr("Longest"))  # fmt: skip
        rows = [
            (label("prison", one.prison) if one.prison else self.tr("No prison"), POINTS[one.first], POINTS[one.then],
             one.mothers, one.middle, one.longest)
            for one in found.delays
        ]  # fmt: skip
        hint = self.tr("Of the mothers of whom both days are recorded. Half of them waited no longer than the middle.")
        return self._table(self.tr("How long it took"), hint, headings, rows)

    def _exceptions(self, found: "Workload") -> QWidget:
        kit = self.kit
        card, column = kit.card(18, 8)
        column.addWidget(kit.label(self.tr("Exceptions from the access criterion"), "h3", wrap=True))
        words = self.tr("Taken on though no social worker was allocated to the children: {n}.")
        column.addWidget(kit.label(words.format(n=counted(len(found.exceptions), "mother")), "hint", wrap=True))
        for one in found.exceptions[:_MOST]:
            why = one_line(one.referral.text("exception_reason"), 200) or self.tr("no reason is written down")
            told = f"{day_in_words(one.referral.text('date'))} · {label('prison', one.prison)}\n{why}"
            line = LineButton(kit, RecordLine(one.case_file, one.name, told))
            line.setProperty("referral", one.referral.id)
            line.clicked.connect(self._open)
            column.addWidget(line)
        return card

    def _table(self, title: str, hint: str, headings: Sequence[str], rows: Sequence[Sequence[str | int]]) -> QFrame:
        kit = self.kit
        card, column = kit.card(18, 8)
        column.addWidget(kit.label(title, "h3", wrap=True))
        column.addWidget(kit.label(hint, "hint", wrap=True))
        words = [[f"{cell:,}" if isinstance(cell, int) else cell for cell in row] for row in rows]
        columns = [(heading, *(_FIRST if not place else _OTHERS)) for place, heading in enumerate(headings)]
        if words:
            column.addWidget(WrappedTable(kit, title, columns, words))
        if not rows:
            column.addWidget(kit.label(self.tr("Nothing of this is recorded yet."), "hint", wrap=True))
        card.setAccessibleName(title)
        return card

    def _open(self) -> None:
        line = self.sender()
        if isinstance(line, LineButton):
            self.referral_opened.emit(line.record_id, "referral", str(line.property("referral")))


class WorkloadDesk(QObject):
    """What happens behind the page: everything is counted in the lane."""

    def __init__(self, bench: Workbench) -> None:
        """Build the page."""
        super().__init__()
        self._bench = bench
        self.screen = WorkloadScreen(bench.kit)
        self.screen.reading_wanted.connect(self._read)

    def _read(self) -> None:
        today = self._bench.today()

        def action(store: "Store") -> "Steps":
            from tac_desktop.actions.workload import workload

            return workload(store, today)

        self._bench.run(self._bench.with_store(action), self._was_read, asked=False)

    def _was_read(self, found: object) -> None:
        self.screen.show_workload(cast("Workload", found), self._bench.today())
