"""Blank forms: the sheets that are filled in by hand, to look at and to print."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from tac_desktop.ui.frame import Frame
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.page import Page
from tac_desktop.ui.print_screen import PrintScreen
from tac_desktop.ui.sheet_paper import SheetPaper
from tac_desktop.ui.waiting_words import SHEETS
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.blank_sheets import Kind

PAPER = "blank sheet"
"""The name in the frame of the page that shows one."""


class SheetsScreen(Page):
    """One card for each sheet: what it is for, and the button that shows it."""

    wanted = Signal(str)
    """The kind of the sheet that shall be shown."""
    closed = Signal()
    """Back to the caseload."""

    def __init__(self, kit: Kit) -> None:
        """Build the cards."""
        super().__init__(kit, "")
        self.set_title(self.tr("Blank forms"))
        self.set_subtitle(self.tr("To be filled in by hand. They hold nothing of any case."))
        self._back = kit.button(self.tr("Caseload"), "arrow-left", name=self.tr("Back to the caseload"))
        self._back.clicked.connect(self.closed)
        self.add_action(self._back)
        told = (
            ("triage", self.tr("Triage form in easy words"),
             self.tr("She writes what she needs herself, with help, or somebody writes for her.")),
            ("message", self.tr("Message to Pact, folded shut"),
             self.tr("For whoever does not want to say on an app form what it is about. Print it on both sides.")),
            ("induction", self.tr("Sheet for new arrivals"),
             self.tr("For the induction: who you are, what you help with, and how she asks for you.")),
        )  # fmt: skip
        for kind, title, words in told:
            self._add_card(kind, title, words)
        self.add(None)

    def _add_card(self, kind: str, title: str, words: str) -> None:
        kit = self.kit
        card, column = kit.card(18, 8)
        show = kit.button(
            self.tr("Look at it and print"), "printer", name=f"{title}: {self.tr('look at it and print')}"
        )
        show.setProperty("sheet", kind)
        show.clicked.connect(self._clicked)
        column.addWidget(kit.label(title, "h3", wrap=True))
        column.addWidget(kit.label(words, "hint", wrap=True))
        column.addLayout(kit.flow(show))
        self.add(card)

    def arrive(self) -> None:
        """Put the keyboard on the way back."""
        self._back.setFocus()

    def _clicked(self) -> None:
        self.wanted.emit(str(self.sender().property("sheet")))


class SheetsDesk(QObject):
    """What happens behind the page: a sheet is drawn in the lane, shown, and printed."""

    def __init__(self, bench: Workbench, frame: Frame) -> None:
        """Build the page."""
        super().__init__()
        self._bench, self._frame = bench, frame
        self.screen = SheetsScreen(bench.kit)
        self.screen.wanted.connect(self.show)
        self._paper = SheetPaper(bench.kit, bench.lane, bench.messages, self.screen, may_save=True)
        self._paper.ready.connect(self._show_paper)
        self._paper.left.connect(self._leave_paper)

    def show(self, kind: str) -> None:
        """Have a sheet drawn and shown."""
        from tac_desktop.actions.blank_sheets import draw_sheet, titles

        bench, sheet = self._bench, cast("Kind", kind)
        prison, worker, now = bench.person.prison, bench.person.name, bench.moment()
        self._paper.draw(lambda: draw_sheet(sheet, prison=prison, worker=worker, now=now), titles()[sheet])

    def save(self, file: str) -> None:
        """Save the sheet that is shown."""
        from tac_desktop.actions.blank_sheets import write_sheet

        page = self._frame.page(PAPER)
        if isinstance(page, PrintScreen):
            content = page.content
            self._bench.run(lambda: write_sheet(content, Path(file)), self._saved)

    def _saved(self, _nothing: object) -> None:
        self._bench.messages.say(self.tr("The form is saved."))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self.screen, self.tr("Save the form"), "", "PDF (*.pdf)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def _show_paper(self, page: PrintScreen) -> None:
        page.save_wanted.connect(self._ask_where)
        self._frame.put(PAPER, page)
        self._frame.show_page(PAPER)

    def _leave_paper(self) -> None:
        self._frame.drop(PAPER)
        self._frame.go(SHEETS)
