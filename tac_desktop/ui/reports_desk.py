"""What happens behind the reports: counting in the lane, and saving what is shown."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from tac_desktop.ui.jobs import at_once
from tac_desktop.ui.reports_screen import ReportsScreen
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Store
    from tac_desktop.casework.evaluation.report import EvaluationReport

_KINDS = {"xlsx": "Workbook (*.xlsx)", "pdf": "PDF (*.pdf)"}


class ReportsDesk(QObject):
    """Owns the screen, counts when it is wanted, and saves the report that is on the screen."""

    def __init__(self, bench: Workbench) -> None:
        """Build the screen."""
        super().__init__()
        self._bench = bench
        self.screen = ReportsScreen(bench.kit, bench.today())
        self.screen.wanted.connect(self.count)
        self.screen.save_wanted.connect(self._ask_where)

    def count(self, as_of: str, prison: str) -> None:
        """Count all tables as known on a day."""
        bench = self._bench
        person, now = bench.person, bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            from tac_desktop.actions.evaluation import evaluation_report

            return at_once(lambda: evaluation_report(store, person, as_of, prison, now=now))()

        job = bench.run(bench.with_store(action), self._counted, self._failed)
        job.settled.connect(self._settled)
        self.screen.set_busy(busy=True)
        self.screen.progress.follow(job, self.tr("Counting …"))

    def _counted(self, report: object) -> None:
        self.screen.show_report(cast("EvaluationReport", report))

    def _failed(self, error: object) -> None:
        self.screen.progress.failed()
        self._bench.messages.trouble(error)

    def _settled(self) -> None:
        self.screen.set_busy(busy=False)

    def _ask_where(self, kind: str) -> None:
        dialog = QFileDialog(self.screen, self.tr("Save the report"), "", _KINDS[kind])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def save(self, file: str) -> None:
        """Write the report that is shown to a workbook or a PDF, by the file's ending."""
        report, path = self.screen.report(), Path(file)
        if report is None:
            return
        now = self._bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - see count
            from tac_desktop.actions.report_file import save_report

            return save_report(store, report, path, now=now)

        self._bench.run(self._bench.with_store(action), self._saved)

    def _saved(self, _nothing: object) -> None:
        self._bench.messages.say(self.tr("The report is saved. It holds numbers and no names."))
