"""What is due over all case files, task by task; and which answers are not known or missing, prison by prison."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget

from tac_desktop.casework.completeness import most_gaps_first
from tac_desktop.casework.dues.due import LABELS
from tac_desktop.ui.chips import Chips
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.page import Page
from tac_desktop.ui.progress_panel import ProgressPanel
from tac_desktop.ui.rows import LazyRows
from tac_desktop.ui.table import Table
from tac_desktop.ui.words import counted, prisons, task_words
from tac_desktop.ui.worklists_columns import complete_columns, due_columns, open_columns, without_words

if TYPE_CHECKING:
    from tac_desktop.actions.worklists import OpenQuestion
    from tac_desktop.casework.caseload import DueRow
    from tac_desktop.casework.completeness import Recorded

DUE, COMPLETE, OPEN = "due", "complete", "open"
"""The views: what is due, how complete the records are, and the records without one answer."""


class WorklistsScreen(Page):
    """One table at a time; what it shows is read by its desk."""

    due_wanted = Signal(str, str, str)
    """How far ahead, task and prison ('' for all). Answer with `show_due`."""
    completeness_wanted = Signal()
    """Answer with `show_completeness`."""
    question_wanted = Signal(object)
    """The records without one answer: a Recorded. Answer with `show_open`."""
    record_opened = Signal(str, str, str, str)
    """Case file, form, record and question; the form is '' where the case file itself is meant."""
    form_begun = Signal(str, str)
    """A form that a case file lacks shall be begun: the case file and the form."""

    def __init__(self, kit: Kit, today: str, due_page: "Callable[[Sequence[int]], Sequence[DueRow | None]]") -> None:
        """Take today's ISO date, and what reads the rows of what is due."""
        super().__init__(kit, "", whole=True)
        self.set_title(self.tr("What is due"))
        self._recorded: Sequence[Recorded] = ()
        self._open: Sequence[OpenQuestion] = ()
        self._question: Recorded | None = None
        self._rows = {
            DUE: LazyRows(due_columns(today), due_page, self),
            COMPLETE: LazyRows(complete_columns(), self._recorded_page, self),
            OPEN: LazyRows(open_columns(), self._open_page, self),
        }
        names = {DUE: self.tr("What is due"), COMPLETE: self.tr("How complete"), OPEN: self.tr("Without an answer")}
        self.tables = {name: Table(kit, rows, names[name]) for name, rows in self._rows.items()}
        self._views = QStackedWidget()
        self._empty = kit.label("", wrap=True)
        self.progress = ProgressPanel(kit)
        self.until = kit.combo(self.tr("How far ahead"), list(_untils().items()))
        self.task = kit.combo(self.tr("Which task"), [("", self.tr("All tasks"))])
        self.prison = kit.combo(self.tr("Which prison"), [("", self.tr("All prisons")), *prisons(other=True)])
        self.gaps = kit.check(self.tr("Only where something is missing"))
        self.back = kit.button(self.tr("Back to all questions"), "arrow-left", kind="link")
        self.chips = Chips(kit, [(DUE, self.tr("Due")), (COMPLETE, self.tr("Not known, missing"))], self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        kit = self.kit
        self.add(kit.flow(*self.chips.widgets(), self.until, self.task, self.prison, self.gaps, self.back))
        self.add(self.progress)
        self.add(self._empty)
        for table in self.tables.values():
            card, column = kit.card(1, 0)
            column.addWidget(table)
            self._views.addWidget(card)
        self.add(self._views)
        self.body.setStretch(self.body.count() - 1, 1)
        self._empty.hide()
        self._show_view(DUE)

    def _connect(self) -> None:
        self.chips.chosen.connect(self._chosen)
        for combo in (self.until, self.task):
            combo.activated.connect(self.read)
        self.prison.activated.connect(self._filtered)
        self.gaps.toggled.connect(self._filtered)
        self.back.clicked.connect(self._back)
        self.tables[DUE].opened.connect(self._due_opened)
        self.tables[COMPLETE].opened.connect(self._question_opened)
        self.tables[OPEN].opened.connect(self._open_opened)

    def view(self) -> str:
        """Return which view is shown."""
        return list(self.tables)[self._views.currentIndex()]

    def read(self) -> None:
        """Ask for what is shown to be read anew."""
        match self.view():
            case "due":
                self.due_wanted.emit(_chosen(self.until), _chosen(self.task), _chosen(self.prison))
            case "open" if self._question is not None:
                self.question_wanted.emit(self._question)
            case _:
                self.completeness_wanted.emit()

    def show_due(self, numbers: Sequence[int], counts: Mapping[str, int]) -> None:
        """Show what is due, and how many there are of each task."""
        chosen = _chosen(self.task)
        self.task.clear()
        everything = self.tr("All tasks ({n})").format(n=f"{sum(counts.values()):,}")
        self.task.addItem(everything, "")
        for task, words in LABELS.items():
            if counts.get(task) or task == chosen:
                self.task.addItem(f"{words} ({counts.get(task, 0):,})", task)
        self.task.setCurrentIndex(max(0, self.task.findData(chosen)))
        self._show_rows(DUE, numbers)
        if self.view() == DUE:  # somebody may have turned to another view meanwhile
            self.set_subtitle(counted(len(numbers), self.tr("1 thing is due"), self.tr("{n} things are due")))
            empty = self.tr("Nothing is due in this list. Look further ahead, or choose another task or prison.")
            self._say_empty(empty)

    def show_completeness(self, recorded: "Sequence[Recorded]") -> None:
        """Show how often each expected question is answered."""
        self._recorded = recorded
        for prison in dict.fromkeys(one.prison for one in recorded):
            if self.prison.findData(prison) < 0:  # one that the service has named itself
                self.prison.addItem(prison, prison)
        if self.view() == COMPLETE:
            self._filtered()

    def show_open(self, found: "Sequence[OpenQuestion]") -> None:
        """Show the records without an answer to the question that was chosen."""
        question, comes = self._question, self.view() == COMPLETE
        if question is None or self.view() == DUE:
            return
        self._open = found
        self._show_view(OPEN)
        self._show_rows(OPEN, range(len(found)))
        self.set_subtitle(without_words(question, len(found)))
        self._say_empty(self.tr("Every record has an answer by now."))
        if comes:
            self.tables[OPEN].setFocus()

    def arrive(self) -> None:
        """Begin in the table."""
        self.tables[self.view()].setFocus()

    def place(self) -> str:
        """Return the view, its filter and the prison: codes only."""
        return "|".join((self.view(), _chosen(self.until), _chosen(self.task), _chosen(self.prison)))

    def return_to(self, place: str) -> None:
        """Go back to a view; to the one before it where that shows one question."""
        view, until, task, prison = ([*place.split("|"), "", "", ""])[:4]
        if prison and self.prison.findData(prison) < 0:  # one that the service has named itself
            self.prison.addItem(prison, prison)
        for combo, code in ((self.until, until), (self.prison, prison)):
            combo.setCurrentIndex(max(0, combo.findData(code)))
        if task and self.task.findData(task) < 0:
            self.task.addItem(task_words(task), task)
        self.task.setCurrentIndex(max(0, self.task.findData(task)))
        wanted = DUE if view == DUE else COMPLETE
        self.chips.show_chosen(wanted)
        self._show_view(wanted)
        self.read()

    def _chosen(self, name: str) -> None:
        self._show_view(name)
        self.read()

    def _show_view(self, name: str) -> None:
        self._views.setCurrentIndex(list(self.tables).index(name))
        for part, shown in ((self.until, DUE), (self.task, DUE), (self.gaps, COMPLETE), (self.back, OPEN)):
            part.setVisible(name == shown)
        self.prison.setVisible(name != OPEN)

    def _filtered(self) -> None:
        if self.view() != COMPLETE:
            self.read()
            return
        shown = most_gaps_first(self._recorded, _chosen(self.prison), only_gaps=self.gaps.isChecked())
        self._show_rows(COMPLETE, shown)
        words = self.tr("What the case tracker asks for, by prison: whole forms, then questions; the most gaps first.")
        self.set_subtitle(words)
        self._say_empty(self.tr("Nothing is missing here."))

    def _show_rows(self, view: str, numbers: Sequence[int]) -> None:
        """Show rows anew, and stay on the one that was chosen, or where it stood."""
        table, rows = self.tables[view], self._rows[view]
        place, chosen = max(0, table.currentIndex().row()), table.selected_id()
        rows.show(numbers)
        if len(numbers):
            same = rows.row_of(chosen) if chosen is not None and view == DUE else -1
            table.selectRow(same if same >= 0 else min(place, len(numbers) - 1))

    def _say_empty(self, words: str) -> None:
        is_empty = self._rows[self.view()].rowCount() == 0
        self._empty.setText(words)
        self._empty.setVisible(is_empty)

    def _recorded_page(self, numbers: Sequence[int]) -> "Sequence[Recorded]":
        return [self._recorded[number] for number in numbers]

    def _open_page(self, numbers: Sequence[int]) -> "Sequence[OpenQuestion]":
        return [self._open[number] for number in numbers]

    def _back(self) -> None:
        self._show_view(COMPLETE)
        self._filtered()
        self.tables[COMPLETE].setFocus()

    def _due_opened(self, number: int) -> None:
        row = cast("DueRow | None", _row(self._rows[DUE], number))
        if row is not None:
            self.record_opened.emit(row.case_file, row.form, row.record_id, "")

    def _question_opened(self, number: int) -> None:
        self._question = self._recorded[number]
        self.question_wanted.emit(self._question)

    def _open_opened(self, number: int) -> None:
        if self._question is not None:
            one, form = self._open[number], self._question.form
            if one.record_id:
                self.record_opened.emit(one.case_file, form, one.record_id, self._question.field)
            else:
                self.form_begun.emit(one.case_file, form)


def _row(rows: LazyRows[Any], number: int) -> object:
    return rows.row(rows.row_of(number))


def _chosen(combo: QComboBox) -> str:
    return str(combo.currentData() or "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("WorklistsScreen", text)


def _untils() -> dict[str, str]:
    return {
        "overdue": _tr("Overdue"), "week": _tr("Until next week"), "month": _tr("Until next month"),
        "all": _tr("Everything"),
    }  # fmt: skip
