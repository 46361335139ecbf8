"""What happens behind the lists over all case files: read in the lane, and where their rows lead."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from tac_desktop.ui.case_sections import section_of
from tac_desktop.ui.case_work import CaseWork
from tac_desktop.ui.focus import holds_keyboard
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.jobs import Job, Steps, at_once
from tac_desktop.ui.page import Page
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tac_desktop.actions.vaults import Store
    from tac_desktop.actions.worklists import OpenQuestion, Until
    from tac_desktop.casework.caseload import DueRow
    from tac_desktop.casework.completeness import Recorded
    from tac_desktop.ui.worklists_screen import WorklistsScreen

LISTS = "lists"
"""The name of the page."""


class WorklistsWork(QObject):
    """Makes the page, and has it read anew."""

    def __init__(self, bench: Workbench, frame: Frame, cases: CaseWork, parent: QObject) -> None:
        """Take the bench, the frame, and what opens case files."""
        super().__init__(parent)
        self._bench, self._frame, self._cases = bench, frame, cases
        self._looking: Job | None = None
        """The job that looks through all answers."""

    def make(self) -> Page:
        """Return the page; what it shows comes when it is read."""
        from tac_desktop.ui.worklists_screen import WorklistsScreen

        page = WorklistsScreen(self._bench.kit, self._bench.today(), self._due_page)
        page.due_wanted.connect(self._read_due)
        page.completeness_wanted.connect(self._read_completeness)
        page.question_wanted.connect(self._read_question)
        page.record_opened.connect(self._open)
        page.form_begun.connect(self._begin)
        page.read()
        return page

    def read(self) -> None:
        """Have the page read anew what it shows."""
        if (page := self._page()) is not None:
            page.read()

    def _page(self) -> "WorklistsScreen | None":
        from tac_desktop.ui.worklists_screen import WorklistsScreen

        page = self._frame.page(LISTS)
        return page if isinstance(page, WorklistsScreen) else None

    def _due_page(self, numbers: "Sequence[int]") -> "Sequence[DueRow | None]":
        from tac_desktop.actions.worklists import due_page

        return due_page(self._bench.store, numbers)

    def _read_due(self, until: str, task: str, prison: str) -> None:
        today = self._bench.today()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.worklists import due_numbers

            far = cast("Until", until)
            return at_once(lambda: due_numbers(store, today=today, until=far, task=task, prison=prison))()

        self._bench.run(self._bench.with_store(action), self._show_due, asked=False)

    def _show_due(self, found: object) -> None:
        if (page := self._page()) is not None:
            page.show_due(*cast("tuple[Sequence[int], Mapping[str, int]]", found))

    def _read_completeness(self) -> None:
        def action(store: "Store") -> Steps:
            from tac_desktop.actions.worklists import completeness

            return completeness(store)

        if self._looking in self._bench.lane.jobs():
            self._looking.cancel()  # what it would find is looked for anew
        self._looking = job = self._bench.run(self._bench.with_store(action), self._show_completeness, self._failed)
        if (page := self._page()) is not None:
            page.progress.follow(job, self.tr("Looking through the answers of all case files …"))

    def _show_completeness(self, found: object) -> None:
        if (page := self._page()) is not None:
            held = holds_keyboard(page.progress)
            page.progress.hide()
            page.show_completeness(cast("Sequence[Recorded]", found))
            if held:  # what had the keyboard is gone
                page.arrive()

    def _failed(self, error: object) -> None:
        if (page := self._page()) is not None:
            page.progress.failed()
        self._bench.messages.trouble(error)

    def _read_question(self, recorded: "Recorded") -> None:
        def action(store: "Store") -> Steps:
            from tac_desktop.actions.worklists import open_questions

            return at_once(lambda: open_questions(store, recorded.form, recorded.field, recorded.prison))()

        self._bench.run(self._bench.with_store(action), self._show_question)

    def _show_question(self, found: object) -> None:
        if (page := self._page()) is not None:
            page.show_open(cast("Sequence[OpenQuestion]", found))

    def _open(self, case_file: str, form: str, record: str, question: str) -> None:
        if record:
            self._cases.open_case(case_file, f"{section_of(form).name}|{record}|{question}")
        else:
            self._cases.open_case(case_file, section_of(form).name if form else "")

    def _begin(self, case_file: str, form: str) -> None:
        self._cases.open_case(case_file, f"{section_of(form).name}|+{form}")
