"""The caseload: all case files of the vault in a table of any length, with filters and search as one types."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from tac_desktop.casework.caseload import CaseloadRow
from tac_desktop.ui.caseload_columns import columns, filters
from tac_desktop.ui.caseload_ways import EVERYBODY, CaseloadWays, offer_workers
from tac_desktop.ui.chips import Chips
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.page import Page
from tac_desktop.ui.rows import LazyRows
from tac_desktop.ui.search_box import SearchBox
from tac_desktop.ui.table import Table
from tac_desktop.ui.words import counted

if TYPE_CHECKING:
    from tac_desktop.actions.caseload import CaseloadOrder, Shown

MILLISECONDS_BEFORE_SEARCH = 120
SEARCH, SEARCH_LOW = 250, 170
"""How wide the search box is, and where the window is low."""
LOW = 460
"""Below this height the filters are one list instead of a row of chips."""


class CaseloadReader(Protocol):
    """What the screen reads; `actions.caseload` gives it."""

    def numbers(
        self, shown: "Shown", order: "CaseloadOrder", typed: str, *, from_end: bool, worker: str | None
    ) -> Sequence[int]:
        """Return the numbers of the rows that are wanted, in order; of one worker only, where one is named."""
        ...

    def spelt_alike(self, typed: str) -> Sequence[int]:
        """Return the numbers of the rows of women whose names are spelt like the typed words, whatever the filter."""
        ...

    def page(self, numbers: Sequence[int]) -> Sequence[CaseloadRow]:
        """Return the rows with these numbers."""
        ...

    def workers(self) -> Sequence[str]:
        """Return the names of everybody who works with a mother."""
        ...


class CaseloadScreen(Page):
    """A table, chips that filter it, a box that searches it, and a sentence that says what is shown."""

    case_opened = Signal(str)
    """The id of the case file."""
    new_case_wanted = Signal()
    page_wanted = Signal(str)
    """The name of the page of the frame that shall be shown: hand-overs, the weekly meeting, the workload."""

    def __init__(self, kit: Kit, reader: CaseloadReader, today: str, *, may_write: bool = True) -> None:
        """Take what reads the rows, and today's ISO date, by which things are due."""
        super().__init__(kit, "", whole=True)
        self.set_title(self.tr("Caseload"))
        self._reader = reader
        self._order: CaseloadOrder = "due"
        self._from_end = False
        self._filters = filters()
        self._rows = LazyRows(columns(today), reader.page, self)
        self.table = Table(kit, self._rows, self.tr("Caseload"))
        self.search = SearchBox(kit, self.tr("Search cases"), self.tr("Names, notes"))
        self.search.setToolTip(self.tr("Search (Ctrl+F)"))
        self.search.setFixedWidth(kit.px(SEARCH))
        self.chips = Chips(kit, list(self._filters.items()), self, question=self.tr("Which cases"))
        self._ways = CaseloadWays(kit)
        self._worker = kit.combo(self.tr("Who works with her"), [(EVERYBODY, self.tr("Everybody’s"))])
        self._timer = QTimer(self, singleShot=True, interval=MILLISECONDS_BEFORE_SEARCH)
        self._empty_words = kit.label("", wrap=True)
        self._everywhere = kit.button(self.tr("Search in everything"))
        self._views = QStackedWidget()
        self._lay_out(may_write=may_write)
        self._connect()
        self.read()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._timer.start)
        self.search.returnPressed.connect(self._open_found)
        self.search.list_wanted.connect(self.table.setFocus)
        self._timer.timeout.connect(self.read)
        self.table.opened.connect(self._opened)
        self.table.order_asked.connect(self._order_asked)
        self._everywhere.clicked.connect(self._show_everything)
        self.chips.chosen.connect(self.read)
        self._worker.activated.connect(self.read)

    def _lay_out(self, *, may_write: bool) -> None:
        kit = self.kit
        self._ways.wanted.connect(self.page_wanted)
        self.add_action(self._ways)
        if may_write:
            new = kit.button(self.tr("New referral"), "plus", kind="primary")
            new.clicked.connect(self.new_case_wanted)
            self.add_action(new)
        self.add(kit.flow(self.search, *self.chips.widgets(), self._worker))
        card, column = kit.card(1, 0)
        column.addWidget(self.table)
        self._views.addWidget(card)
        self._views.addWidget(self._empty())
        self.add(self._views)
        self.body.setStretch(self.body.count() - 1, 1)

    def _empty(self) -> QWidget:
        card, column = self.kit.card(28, 14)
        column.addStretch(1)
        column.addLayout(self.kit.row(self.kit.picture("inbox", "text_2", 28), self._empty_words, gap=12))
        column.addLayout(self.kit.flow(self._everywhere))
        column.addStretch(3)
        self._empty_words.setMinimumWidth(self.kit.px(120))
        return card

    def shown(self) -> "Shown":
        """Return the name of the filter in force."""
        return cast("Shown", self.chips.name())

    def read(self) -> None:
        """Read what is wanted now, and say in words what is shown."""
        typed = self.search.text().strip()
        offer_workers(self._worker, self._reader.workers())
        worker = str(self._worker.currentData())
        numbers = self._reader.numbers(
            self.shown(), self._order, typed, from_end=self._from_end, worker=None if worker == EVERYBODY else worker
        )
        spelt_alike = bool(typed) and not len(numbers) and not self._is_any_here(typed)
        if spelt_alike:
            numbers = self._reader.spelt_alike(typed)
        self._rows.show(numbers)
        self.table.show_order(self._order, from_end=self._from_end)
        if len(numbers):
            self.table.selectRow(0)
        else:
            self._say_why(typed, self._filters[self.shown()].lower())
        self._views.setCurrentIndex(0 if len(numbers) else 1)
        self._say_what(typed, len(numbers), spelt_alike=spelt_alike and len(numbers) > 0)

    def _say_what(self, typed: str, many: int, *, spelt_alike: bool) -> None:
        count = counted(many, self.tr("1 case"), self.tr("{n} cases"))
        if spelt_alike:
            words = self.tr("Nothing matches “{typed}”. {count} with a name that is spelt alike, open or closed")
            self.set_subtitle(words.format(typed=typed, count=count))
            return
        matching = self.tr(", matching “{typed}”").format(typed=typed) if typed else ""
        theirs = "" if self._worker.currentData() == EVERYBODY else f" · {self._worker.currentText()}"
        self.set_subtitle(f"{count}, {self._filters[self.shown()].lower()}{matching}{theirs}")

    def read_again(self) -> None:
        """Read after a change what was wanted; who was chosen stays chosen, or who stands in her place now."""
        chosen, row = self.table.selected_id(), self.table.currentIndex().row()
        self.read()
        self.table.stay_at(chosen, row)

    def _say_why(self, typed: str, label: str) -> None:
        everything = self.shown() == "all" or not self._is_any_here(typed)
        if typed and everything:
            words = self.tr("Nothing in this vault matches “{typed}”. Check the spelling, or search for fewer words.")
        elif typed:
            words = self.tr("Nothing matches “{typed}” among the cases shown ({label}). The filter may hide it.")
        elif everything:
            words = self.tr("There is no case in this vault yet. Begin with a new referral, or receive a bundle.")
        else:
            words = self.tr("No case is in this list ({label}) just now. Another filter shows the others.")
        self._empty_words.setText(words.format(typed=typed, label=label))
        self._everywhere.setVisible(not everything)
        self._everywhere.setText(self.tr("Search in everything") if typed else self.tr("Show everything"))

    def _is_any_here(self, typed: str) -> bool:
        return len(self._reader.numbers("all", self._order, typed, from_end=False, worker=None)) > 0

    def arrive(self) -> None:
        """Begin in the table, or in the search where there is nothing to walk through."""
        (self.table if self._rows.rowCount() else self.search).setFocus()

    def place(self) -> str:
        """Return filter and row; not the words of the search, which may be a name."""
        chosen = self.table.selected_id()
        return f"{self.shown()} {-1 if chosen is None else chosen}"

    def return_to(self, place: str) -> None:
        """Go back to a filter and a row, or show a filter."""
        name, _, number = place.partition(" ")
        self.chips.choose(name)
        row = self._rows.row_of(int(number)) if number else -1
        if row >= 0:
            self.table.selectRow(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold chips and ways into one list each where the window is low: the table needs the height (Qt)."""
        low = event.size().height() < self.kit.px(LOW)
        self.chips.fold(folded=low)
        self._ways.fold(folded=low)
        self.search.setFixedWidth(self.kit.px(SEARCH_LOW if low else SEARCH))
        super().resizeEvent(event)

    def _show_everything(self) -> None:
        self.return_to("all")

    def _order_asked(self, order: str, from_end: bool) -> None:
        self._order, self._from_end = cast("CaseloadOrder", order), from_end
        self.read()

    def _open_found(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self.read()
        chosen = self.table.selected_id()
        if self.search.text().strip() and chosen is not None:
            self._opened(chosen)

    def _opened(self, number: int) -> None:
        row = self._rows.row(self._rows.row_of(number))
        if row is not None:
            self.case_opened.emit(row.case_file)
