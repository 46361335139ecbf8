"""What happens behind a document or an attached file: read or drawn in the lane, looked at, printed, saved."""

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from tac_desktop.casework.fields import is_day
from tac_desktop.casework.record import Record
from tac_desktop.ui.beside_record import BesideRecord
from tac_desktop.ui.jobs import Steps, at_once
from tac_desktop.ui.leaving import LeavesTheVault
from tac_desktop.ui.print_screen import PrintScreen
from tac_desktop.ui.printing import PrintDialog
from tac_desktop.ui.record_desk import RecordDesk
from tac_desktop.ui.seal_question import SealQuestion
from tac_desktop.ui.words import counted
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.documents import DocumentChoices, DocumentKind, DrawnDocument
    from tac_desktop.actions.vaults import Store
    from tac_desktop.ui.thread_dialog import ThreadOrder

PDF, PICTURE = "PDF (*.pdf)", "Picture (*.jpg)"
QUEUE_NAME = "TaC Desktop"
"""What the printer's queue shows: never whose document it is."""


class DocumentDesk(QObject):
    """One document of one case file. A drawn one becomes an issued one, with a number, when it leaves the screen."""

    ready = Signal(object)
    """The Page that shows it."""
    left = Signal()
    issued = Signal()
    """It is now among the issued documents of its case file, or something was said about it there."""

    def __init__(self, bench: Workbench, case_file: str) -> None:
        """Take the case file."""
        super().__init__()
        self._bench = bench
        self._case_file = case_file
        self._drawn: DrawnDocument | None = None
        self._title = ""
        self._screen: PrintScreen | None = None
        self._record: Record | None = None
        self._after_issue: list[Callable[[], object]] = []
        """What is done as soon as it is issued; it is issued once, however often that is asked for meanwhile."""

    def draw(self, wanted: str) -> None:
        """Draw a document: its kind, and after a space the id of the record or the ISO day that it is about, if any."""
        from tac_desktop.actions.documents import DocumentChoices

        kind, _, about = wanted.partition(" ")
        self._draw(kind, DocumentChoices(on_day=about) if is_day(about) else DocumentChoices(about=about))

    def draw_log(self, order: "ThreadOrder") -> None:
        """Draw a paper of the contact log, for the reader that was chosen."""
        from tac_desktop.actions.documents import DocumentChoices

        choices = DocumentChoices(prepared_for=order.prepared_for, readers=order.readers, thread=order.wanted)
        self._draw(order.kind, choices)

    def _draw(self, kind: str, choices: "DocumentChoices") -> None:
        bench, case_file = self._bench, self._case_file
        person, now = bench.person, bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            from tac_desktop.actions.documents import draw_document

            return draw_document(store, person, case_file, cast("DocumentKind", kind), now=now, choices=choices)

        bench.messages.say(self.tr("The document is being drawn. It opens when it is ready."), "info")
        bench.run(bench.with_store(action), self._was_drawn)

    def open_issued(self, record_id: str) -> None:
        """Show a document as it was issued."""
        record = self._bench.store.record(record_id)
        if record is not None and record.text("file"):
            self._record = record
            self.open_attached(record.text("file"), record.text("title"))

    def open_attached(self, sha256: str, title: str) -> None:
        """Show a file that is kept in the vault: it is read into memory, and nowhere else."""
        case_file, now = self._case_file, self._bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - see draw
            from tac_desktop.actions.paper import attached_file

            return attached_file(store, sha256, case_file=case_file, now=now)

        self._title = title
        self._bench.run(self._bench.with_store(action), self._was_read)

    def _was_read(self, content: object) -> None:
        self._show(cast("bytes", content), self._title, ())

    def _was_drawn(self, result: object) -> None:
        drawn = cast("DrawnDocument", result)
        self._drawn = drawn
        self._bench.messages.dismiss()
        self._show(drawn.content, drawn.title, drawn.notes)

    def _show(self, content: bytes, title: str, notes: tuple[str, ...]) -> None:
        screen = PrintScreen(self._bench.kit, self._bench.lane, content, title, notes)
        screen.left.connect(self.left)
        screen.print_wanted.connect(self._print)
        screen.save_wanted.connect(self._ask_whether)
        self._screen = screen
        screen.destroyed.connect(self._let_go)
        if self._record is not None:
            self._show_beside(screen, self._record)
        self.ready.emit(screen)

    def _show_beside(self, screen: PrintScreen, record: Record) -> None:
        """Show above an issued document who has sealed it, and what colleagues have said about it."""
        desk = RecordDesk(self._bench.means(), self._case_file, record.form, record.id)
        desk.changed.connect(self.issued)
        beside = BesideRecord(desk)
        beside.seal_wanted.connect(self._ask_to_seal)
        screen.put_above(beside)

    def _ask_to_seal(self) -> None:
        if self._screen is not None and self._screen.beside is not None:
            question = SealQuestion(self._bench.kit, self._title, self._bench.person.name, self._screen)
            question.accepted.connect(self._screen.beside.seal)
            question.open()

    # --- leaving the screen: issued first ---

    def _issue(self, then: Callable[[], object]) -> None:
        drawn = self._drawn
        if drawn is None:
            then()
            return
        self._after_issue.append(then)
        if len(self._after_issue) > 1:
            return
        bench, case_file = self._bench, self._case_file
        person, now = bench.person, bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - see draw
            from tac_desktop.actions.documents import issue_document

            return at_once(lambda: issue_document(store, person, case_file, drawn, now=now))()

        bench.run(bench.with_store(action), self._was_issued, self._was_not_issued)

    def _was_issued(self, _record: object) -> None:
        self._drawn, then = None, self._after_issue
        self._after_issue = []
        self.issued.emit()
        for do in then:
            do()

    def _was_not_issued(self, error: object) -> None:
        self._after_issue = []
        self._bench.messages.trouble(error)

    def _let_go(self) -> None:
        """Keep nothing of the document in memory once its page is gone; what is under way has what it needs."""
        self._screen = self._drawn = self._record = None

    def _print(self) -> None:
        if self._screen is not None:
            dialog = PrintDialog(self._screen, self._screen.content, QUEUE_NAME)
            dialog.accepted.connect(self._print_on)
            dialog.open()

    def _print_on(self, work: object) -> None:
        if self._screen is not None:
            self._issue(partial(self._print_now, self._screen.content, cast("Callable[[], Steps]", work)))

    def _print_now(self, content: bytes, printing: "Callable[[], Steps]") -> None:
        bench = self._bench
        person, now, case_file = bench.person, bench.moment(), self._case_file

        def action(store: "Store") -> Any:  # noqa: ANN401 - see draw
            from tac_desktop.actions.documents import note_printing
            from tac_desktop.actions.paper import page_count

            sha256 = hashlib.sha256(content).hexdigest()
            note_printing(store, person, sha256=sha256, pages=page_count(content), now=now, case_file=case_file)
            return (yield from printing())

        bench.run(bench.with_store(action), self._printed)

    def _printed(self, pages: object) -> None:
        one, many = self.tr("1 page was handed to the printer."), self.tr("{n} pages were handed to the printer.")
        self._bench.messages.say(counted(cast("int", pages), one, many))

    def _ask_whether(self) -> None:
        if self._screen is not None:
            what = self.tr("A copy of this document will lie in a folder of this computer, or on a stick.")
            dialog = LeavesTheVault(self._bench.kit, what, self._screen)
            dialog.accepted.connect(self._ask_where)
            dialog.open()

    def _ask_where(self) -> None:
        if self._screen is None:
            return
        paper = self._screen.is_paper
        dialog = QFileDialog(self._screen, self.tr("Save the document"), "", PDF if paper else PICTURE)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf" if paper else "jpg")
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def save(self, file: str) -> None:
        """Issue the document, if it was not yet, and write it to a file; the vault notes that."""
        if self._screen is not None:
            self._issue(partial(self._save_now, self._screen.content, Path(file)))

    def _save_now(self, content: bytes, path: Path) -> None:
        bench = self._bench
        person, now, case_file = bench.person, bench.moment(), self._case_file

        def action(store: "Store") -> Any:  # noqa: ANN401 - see draw
            from tac_desktop.actions.paper import save_copy

            return at_once(lambda: save_copy(store, person, content, path, now=now, case_file=case_file))()

        bench.run(bench.with_store(action), self._saved)

    def _saved(self, _nothing: object) -> None:
        words = self.tr(
            "The document is saved. The file is not encrypted: keep it where only the right people can read it."
        )
        self._bench.messages.say(words, "warn")
