"""What happens behind the case tracker: files are asked for, a workbook is looked into, taken in, or written."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.leaving import LeavesTheVault
from tac_desktop.ui.tracker_screen import TrackerScreen
from tac_desktop.ui.words import counted
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Store
    from tac_desktop.actions.workbook import ImportReport

_WORKBOOKS = "Workbook (*.xlsx)"


class TrackerDesk(QObject):
    """Owns the screen and decides what follows each of its wishes."""

    def __init__(self, bench: Workbench) -> None:
        """Build the screen."""
        super().__init__()
        self._bench = bench
        self._file = Path()
        self._prison = ""
        self.screen = TrackerScreen(bench.kit)
        self.screen.look_wanted.connect(self._ask_which)
        self.screen.import_wanted.connect(self.take_in)
        self.screen.export_wanted.connect(self._ask_whether)

    # --- taking in ---

    def _ask_which(self, prison: str) -> None:
        self._prison = prison
        dialog = QFileDialog(self.screen, self.tr("Choose a workbook"), "", _WORKBOOKS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.look_into)
        dialog.open()

    def look_into(self, file: str) -> None:
        """Read a workbook and show what it would bring; nothing is changed."""
        self._file = Path(file)
        self.screen.forget()
        self._start(self._reading(dry_run=True), self._found, self.tr("Looking into the workbook …"))

    def take_in(self) -> None:
        """Take in the workbook that was looked into: all of it, or nothing."""
        self.screen.forget()
        words = self.tr("Taking the workbook in: all of it, or nothing …")
        self._start(self._reading(dry_run=False), self._found, words, writes=True)

    def _reading(self, *, dry_run: bool) -> Callable[["Store"], Steps]:
        vault, now, file, prison = self._bench.vault, self._bench.moment(), self._file, self._prison

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.workbook import import_workbook

            yield 0, 0
            report = import_workbook(vault, store, file, now=now, prison=prison, dry_run=dry_run)
            if dry_run:
                yield 1, 1  # here a stop is still heard; what was written cannot be stopped any more
            return report

        return action

    def _found(self, report: object) -> None:
        self.screen.show_found(cast("ImportReport", report))

    # --- writing ---

    def _ask_whether(self) -> None:
        what = self.tr("A workbook holds names, prison numbers and what was recorded of every mother in this vault.")
        if self.screen.consenting.isChecked():
            what = self.tr("It holds names, prison numbers and what was recorded of the mothers who have consented.")
        dialog = LeavesTheVault(self._bench.kit, what, self.screen)
        dialog.accepted.connect(self._ask_where)
        dialog.open()

    def _ask_where(self) -> None:
        dialog = QFileDialog(self.screen, self.tr("Write a workbook"), "", _WORKBOOKS)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(f"case-tracker-{self._bench.today()}.xlsx")
        dialog.fileSelected.connect(self.write)
        dialog.open()

    def write(self, file: str) -> None:
        """Write all that the vault holds of the case tracker."""
        vault, now, path = self._bench.vault, self._bench.moment(), Path(file)
        only = self.screen.consenting.isChecked()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.workbook import export_workbook

            yield 0, 0
            return export_workbook(vault, store, path, now=now, for_evaluation=only)

        self._start(action, self._written, self.tr("Writing the workbook …"), can_stop=False)

    def _written(self, mothers: object) -> None:
        count = counted(cast("int", mothers), self.tr("1 mother"), self.tr("{n} mothers"))
        words = self.tr("The workbook is written, with {count}. It lies outside the vault and is not encrypted: keep "
                        "it where only the right people can read it.").format(count=count)  # fmt: skip
        self.screen.progress.hide()
        self._bench.messages.say(words, "warn")

    # --- the lane ---

    def _start(
        self,
        action: Callable[["Store"], Steps],
        then: Callable[[object], None],
        words: str,
        *,
        writes: bool = False,
        can_stop: bool = True,
    ) -> None:
        bench = self._bench
        job = bench.run(bench.with_store(action), then, self._failed)
        job.settled.connect(self._settled)
        self.screen.set_busy(busy=True)
        self.screen.progress.follow(job, words, can_stop=can_stop and not writes)
        if writes:
            bench.importing(job)

    def _failed(self, error: object) -> None:
        self.screen.progress.failed()
        self._bench.messages.trouble(error)

    def _settled(self) -> None:
        self.screen.set_busy(busy=False)
