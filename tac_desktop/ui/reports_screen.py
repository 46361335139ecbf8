"""The evaluation tables as known on a day, to look at and to save as a workbook or a PDF."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLabel, QTableView, QVBoxLayout

from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.evaluation.contested import MARK, contested_in_words
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.ui import tokens
from tac_desktop.ui.day_entry import DayEntry
from tac_desktop.ui.kit import Kit, restyle
from tac_desktop.ui.page import Page
from tac_desktop.ui.progress_panel import ProgressPanel
from tac_desktop.ui.words import counted, prisons

if TYPE_CHECKING:
    from tac_desktop.casework.evaluation.report import EvaluationReport
    from tac_desktop.casework.evaluation.table import CountedTable

_NO_PARENT = QModelIndex()


class CountedRows(QAbstractTableModel):
    """One counted table: a label, then for each column the count and its percentage."""

    def __init__(self, kit: Kit, parent: QObject) -> None:
        """Begin without a table."""
        super().__init__(parent)
        self._table: CountedTable | None = None
        self._figures: QFont = kit.theme.font(figures=True)

    def show(self, table: "CountedTable") -> None:
        """Show another table."""
        self.beginResetModel()
        self._table = table
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Say how many rows there are (Qt)."""
        return 0 if parent.isValid() or self._table is None else len(self._table["rows"])

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        """Say how many columns there are, the labels' one among them (Qt)."""
        return 0 if parent.isValid() or self._table is None else len(self._table["columns"]) + 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's word for it
        """Return the words of a cell, or how they stand in it (Qt)."""
        if self._table is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = self._table["rows"][index.row()]
            if index.column() == 0:
                return row["label"]
            cell = row["cells"][self._table["columns"][index.column() - 1]["key"]]
            words = f"{cell['n']:,}" if cell["pct"] is None else f"{cell['n']:,} ({cell['pct']} %)"
            spoken = role == Qt.ItemDataRole.AccessibleTextRole
            return _marked(words, cell.get("contested", False), spoken=spoken)
        if role == Qt.ItemDataRole.FontRole and index.column():
            return self._figures
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's word for it
        """Return a heading, with the number of units where the table has one (Qt)."""
        if self._table is None or orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole and section:
            column = self._table["columns"][section - 1]
            base = "" if column["base"] is None else f"\nn = {column['base']:,}"
            return _marked(f"{column['label']}{base}", column.get("contested", False))
        if role == Qt.ItemDataRole.DisplayRole:
            return self._table["unit"].capitalize()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
        return None


class ReportsScreen(Page):
    """A day, a prison, a table out of the list; what is shown is what is saved."""

    wanted = Signal(str, str)
    """The ISO day as known on which to count, and the prison's code, '' for all."""
    save_wanted = Signal(str)
    """'xlsx' or 'pdf'."""

    def __init__(self, kit: Kit, today: str) -> None:
        """Take today's ISO date, which is proposed."""
        super().__init__(kit, "")
        self.set_title(self.tr("Reports"))
        self.set_subtitle(self.tr("The tables of the evaluation, counted from this vault as it was known on a day."))
        self._report: EvaluationReport | None = None
        self._day = DayEntry(kit, self.tr("As known on"), today)
        self._prison = kit.combo(self.tr("Prison"), [("", self.tr("All prisons")), *prisons()])
        self._count = kit.button(self.tr("Count"), "chart-column", kind="primary")
        self.progress = ProgressPanel(kit)
        self._pick = kit.combo(self.tr("Table"))
        self._title = kit.label("", "h3", wrap=True)
        self._rule = kit.label("", "caption", wrap=True)
        self._rows = CountedRows(kit, self)
        self._view = _table_view(kit, self._rows)
        self._saves = [
            kit.button(self.tr("Save as workbook"), "save"),
            kit.button(self.tr("Save as PDF"), "file-text"),
        ]
        self._lay_out()
        self.progress.told.connect(self.bring_into_view)
        self._count.clicked.connect(self._count_clicked)
        self._pick.currentIndexChanged.connect(self._picked)
        self._day.changed.connect(self._day_changed)
        for button, kind in zip(self._saves, ("xlsx", "pdf"), strict=True):
            button.setProperty("kind_of_file", kind)
            button.clicked.connect(self._save_clicked)
            self.add_action(button)
            button.setEnabled(False)

    def _lay_out(self) -> None:
        kit = self.kit
        asked, column = kit.card(20, 12)
        prison = kit.field(self.tr("Prison"), self._prison)
        row = kit.flow(self._day, prison, gap=24, top=True)
        column.addLayout(row)
        column.addLayout(kit.flow(self._count))
        self.add(asked)
        self.add(self.progress)
        self._contested = kit.label("", wrap=True)
        self._contested_note = _warning(kit, self._contested)
        self.add(self._contested_note)
        self._shown: QFrame
        inside: QVBoxLayout
        self._shown, inside = kit.card(20, 10)
        inside.addLayout(kit.field(self.tr("Table"), self._pick))
        inside.addWidget(self._title)
        inside.addWidget(self._rule)
        inside.addWidget(self._view)
        self._shown.hide()
        self.add(self._shown)
        self.add(None)

    def show_report(self, report: "EvaluationReport") -> None:
        """Show what was counted, beginning with the first table."""
        self._report = report
        self.progress.hide()
        prison = report["prison"] and code_list("prison").label_of(report["prison"])
        tables = counted(len(report["tables"]), self.tr("1 table"), self.tr("{n} tables"))
        words = self.tr("{tables}, as known on {day}, {prison}.")
        day = day_in_words(report["as_of"])
        self.set_subtitle(words.format(tables=tables, day=day, prison=prison or self.tr("all prisons")))
        told = contested_in_words(report["contradictions"])
        self._contested.setText(told)
        self._contested_note.setVisible(bool(told))
        self._pick.clear()
        for table in report["tables"]:
            self._pick.addItem(f"{table['id']}  {table['title']}", table["id"])
        self._shown.setVisible(bool(report["tables"]))
        for button in self._saves:
            button.setEnabled(bool(report["tables"]))
        self._pick.setFocus()
        self.bring_into_view(self._title)

    def report(self) -> "EvaluationReport | None":
        """Return what is shown."""
        return self._report

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing be asked while it is being counted."""
        self._count.setEnabled(not busy)

    def arrive(self) -> None:
        """Begin with the day, or with the tables where they are counted."""
        (self._pick if self._report else self._day.box).setFocus()

    def place(self) -> str:
        """Return day, prison and table."""
        return "|".join((self._day.day(), str(self._prison.currentData()), str(self._pick.currentData() or "")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the table be as high as its rows (Qt)."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._view.resizeRowsToContents()
        header = self._view.horizontalHeader().height()
        rows = sum(self._view.rowHeight(row) for row in range(self._rows.rowCount()))
        self._view.setFixedHeight(header + rows + self.kit.px(16))

    def _picked(self, place: int) -> None:
        if self._report is not None and place >= 0:
            table = self._report["tables"][place]
            self._rows.show(table)
            self._title.setText(table["title"])
            self._rule.setText(_rule_of(table, self.tr("Several answers were possible.")))
            self._view.setAccessibleName(f"{table['id']} {table['title']}")
            self._fit()

    def _day_changed(self, day: str) -> None:
        self._count.setEnabled(bool(day))

    def _count_clicked(self) -> None:
        if self._day.day():
            self.wanted.emit(self._day.day(), str(self._prison.currentData()))

    def _save_clicked(self) -> None:
        self.save_wanted.emit(str(self.sender().property("kind_of_file")))


def _warning(kit: Kit, words: QLabel) -> QFrame:
    row = kit.row(kit.picture("triangle-alert", "warn"), words)
    row.setStretch(1, 1)
    note = kit.frame("message", row, (14, 8, 14, 8), 12)
    restyle(note, tone="warn")
    note.hide()
    return note


def _marked(words: str, contested: bool, *, spoken: bool = False) -> str:
    if not contested:
        return words
    return f"{words}, rests on an open contradiction" if spoken else f"{words} {MARK}"


def _rule_of(table: "CountedTable", several: str) -> str:
    parts: Sequence[str] = (table["base_rule"], several if table["multiple_response"] else "")
    return " ".join(part for part in parts if part)


def _table_view(kit: Kit, rows: CountedRows) -> QTableView:
    view = QTableView()
    view.setModel(rows)
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.verticalHeader().hide()
    view.verticalHeader().setMinimumSectionSize(kit.px(tokens.ROW_HEIGHT - 8))
    view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    view.horizontalHeader().setMinimumSectionSize(kit.px(90))
    view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view
