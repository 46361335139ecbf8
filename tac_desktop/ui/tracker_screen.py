"""The case tracker: a workbook is looked into, then taken in; and one is written from what the vault holds."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tac_desktop.ui.kit import Kit, clear
from tac_desktop.ui.messages import announce
from tac_desktop.ui.page import Page
from tac_desktop.ui.progress_panel import ProgressPanel
from tac_desktop.ui.tracker_words import Remark, by_form, numbers, remarks, shortened
from tac_desktop.ui.words import counted, prisons
from tac_desktop.ui.wrong_cells import SHOWN, WrongCells

if TYPE_CHECKING:
    from tac_desktop.actions.workbook import ImportReport


class TrackerScreen(Page):
    """Two cards, and between them what was found in a workbook. Nothing is changed before the person says so."""

    look_wanted = Signal(str)
    """A workbook is to be chosen and looked into: the prison's code, '' for all."""
    import_wanted = Signal()
    """What was looked into is to be taken in."""
    export_wanted = Signal()
    """A workbook is to be written."""

    def __init__(self, kit: Kit) -> None:
        """Build the cards; nothing has been looked into."""
        super().__init__(kit, "")
        self.set_title(self.tr("Case tracker"))
        self.set_subtitle(self.tr("The workbook with one sheet for mothers, one for children, and so on (.xlsx)."))
        self.prison = kit.combo(self.tr("Which mothers"), [("", self.tr("All in the workbook")), *prisons()])
        self.prison.setMaximumWidth(kit.px(420))
        self.progress = ProgressPanel(kit)
        self.choose = kit.button(self.tr("Choose a workbook"), "download", kind="primary")
        self.take_in = kit.button(self.tr("Take in"), kind="primary")
        self.put_aside = kit.button(self.tr("Put it aside"))
        self.write = kit.button(self.tr("Write a workbook"), "upload")
        self.consenting = kit.check(self.tr("For the evaluation: only women who have consented to take part"))
        self._words = kit.label("", wrap=True)
        self._numbers = kit.flow(gap=28, row_gap=12)
        self._by_form = kit.label("", "hint", wrap=True)
        self._remarks = kit.column(gap=14)
        self.wrong = WrongCells(kit)
        self._found, self._found_title = self._finding()
        for part in (self.progress, self._found, self._taking_in(), self._writing()):
            self.add(part)
        self.add(None)
        self._connect()

    def _connect(self) -> None:
        self.progress.told.connect(self.bring_into_view)
        self.choose.clicked.connect(self._choose_clicked)
        self.take_in.clicked.connect(self.import_wanted)
        self.put_aside.clicked.connect(self.forget)
        self.write.clicked.connect(self.export_wanted)

    def _titled(self, title: str, words: str) -> tuple[QFrame, QVBoxLayout]:
        card, column = self.kit.card(20, 12)
        column.addWidget(self.kit.label(title, "h2", wrap=True))
        column.addWidget(self.kit.label(words, "hint", wrap=True))
        return card, column

    def _taking_in(self) -> QFrame:
        words = self.tr("The workbook is looked into first, and you see what it would bring. A workbook with a wrong "
                        "cell is not taken in at all.")  # fmt: skip
        card, column = self._titled(self.tr("Take in"), words)
        column.addLayout(self.kit.field(self.tr("Which mothers"), self.prison))
        column.addLayout(self.kit.flow(self.choose))
        return card

    def _writing(self) -> QFrame:
        words = self.tr("Everything that this vault holds of the case tracker, with names. The file lies outside the "
                        "vault and is not encrypted.")  # fmt: skip
        card, column = self._titled(self.tr("Write"), words)
        column.addLayout(self.kit.flow(self.consenting))
        column.addLayout(self.kit.flow(self.write))
        return card

    def _finding(self) -> tuple[QFrame, QWidget]:
        card, column = self.kit.card(20, 12)
        title = self.kit.label(self.tr("This workbook"), "h2")
        column.addWidget(title)
        column.addWidget(self._words)
        column.addLayout(self._numbers)
        column.addWidget(self._by_form)
        column.addLayout(self.kit.flow(self.take_in, self.put_aside))
        column.addWidget(self.wrong)
        column.addLayout(self._remarks)
        card.hide()
        return card, title

    def show_found(self, report: "ImportReport") -> None:
        """Show what a workbook would bring, or what is wrong with it, or what it brought."""
        self.progress.hide()
        changes = bool(report.new or report.changed)
        words = self._sentence(report, changes=changes)
        self._words.setText(words)
        self._show_numbers(report)
        self._by_form.setText(by_form(report))
        self._by_form.setVisible(changes)
        self.wrong.show_cells(report.wrong)
        self.wrong.setVisible(bool(report.wrong))
        self.take_in.setVisible(changes and not report.imported)
        self.put_aside.setText(self.tr("Put it aside") if self.take_in.isVisibleTo(self._found) else self.tr("Close"))
        clear(self._remarks)
        for remark in remarks(report):
            self._remarks.addLayout(self._remark(remark))
        self._found.show()
        self.bring_into_view(self._found_title)
        (self.take_in if self.take_in.isVisibleTo(self._found) else self.put_aside).setFocus()
        announce(self._found, words)

    def _sentence(self, report: "ImportReport", *, changes: bool) -> str:
        rows = counted(report.rows, self.tr("1 row was read."), self.tr("{n} rows were read."))
        if report.wrong:
            cells = counted(len(report.wrong), self.tr("1 cell is wrong"), self.tr("{n} cells are wrong"))
            first = self.tr(" The first {n} are listed.").format(n=SHOWN) if len(report.wrong) > SHOWN else ""
            mend = self.tr("{cells}, so nothing can be taken in. Mend the workbook and choose it again.{first}")
            return f"{rows} {mend.format(cells=cells, first=first)}"
        if report.imported:
            return self.tr("The workbook is taken in. {rows}").format(rows=rows)
        if changes:
            return self.tr("{rows} Nothing has been changed yet.").format(rows=rows)
        return self.tr("{rows} All of it is known already: nothing would change.").format(rows=rows)

    def _show_numbers(self, report: "ImportReport") -> None:
        clear(self._numbers)
        for number, label in [] if report.wrong else numbers(report):
            inside = self.kit.column(self.kit.label(f"{number:,}", "number"), self.kit.label(label, "hint"), gap=0)
            widget = QWidget()
            widget.setLayout(inside)
            widget.setAccessibleName(f"{label}: {number:,}")
            self._numbers.addWidget(widget)

    def _remark(self, remark: Remark) -> QVBoxLayout:
        kit = self.kit
        column = kit.column(kit.label(remark.heading, "h3"), kit.label(remark.meaning, "hint", wrap=True), gap=4)
        if remark.lines:
            column.addWidget(kit.label(shortened(remark.lines), wrap=True))
        return column

    def forget(self) -> None:
        """Put the workbook aside: nothing more is changed."""
        self._found.hide()
        self.choose.setFocus()
        self.bring_into_view(self.choose)

    def set_busy(self, *, busy: bool) -> None:
        """Let nothing else begin while something is under way."""
        for button in (self.choose, self.take_in, self.put_aside, self.write):
            button.setEnabled(not busy)

    def arrive(self) -> None:
        """Begin with the choice of a workbook."""
        (self.take_in if self.take_in.isVisible() else self.choose).setFocus()

    def _choose_clicked(self) -> None:
        self.look_wanted.emit(str(self.prison.currentData()))
