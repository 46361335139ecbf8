"""What happens behind retention: classes and holds are said, a case file is disposed of while nothing else is open."""

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QCoreApplication, QObject

from tac_desktop.errors import AnswersRefused
from tac_desktop.ui.alone import Undertaking
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.part_jobs import PartJobs
from tac_desktop.ui.retention_dialogs import DisposeOfCase, SayHowLong
from tac_desktop.ui.sheet_paper import SheetPaper
from tac_desktop.ui.vault_part import VaultDesk
from tac_desktop.ui.vault_retention import RetentionPart
from tac_desktop.ui.words import counted
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tac_desktop.actions.disposal import Outcome
    from tac_desktop.actions.disposal_plan import Plan
    from tac_desktop.actions.retention import KeptCase
    from tac_desktop.actions.vaults import Store, Vault
    from tac_desktop.casework.record import Record


class RetentionDesk(VaultDesk):
    """Owns the part."""

    def __init__(self, bench: Workbench, part: RetentionPart, jobs: PartJobs, parent: QObject) -> None:
        """Take the part; `read` fills it."""
        super().__init__(bench, part, jobs, parent)
        self._part = part
        self._paper = SheetPaper(bench.kit, bench.lane, bench.messages, self)
        self._paper.ready.connect(self.paper_ready)
        self._paper.left.connect(self.paper_left)
        self._paper.printed.connect(self._note_printed)
        self._shown = ""
        part.class_wanted.connect(self._ask_class)
        part.disposal_wanted.connect(self.plan)
        part.finish_wanted.connect(self.finish)
        part.certificate_wanted.connect(self._show_certificate)

    def read(self) -> None:
        """Read again how long what is kept; in the lane, for it goes through all case files."""
        today = self.bench.today()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.disposal import disposals
            from tac_desktop.actions.disposal_plan import came_after
            from tac_desktop.actions.retention import retention_list

            yield 0, 0
            unfinished = store.disposal.wants_sweeping
            return retention_list(store, today=today), disposals(store), came_after(store), unfinished

        self.bench.run(self.bench.with_store(action), self._was_read)

    def _was_read(self, found: object) -> None:
        cases, gone, rest, unfinished = cast("tuple[Sequence[KeptCase], Sequence[Record], Sequence[str], bool]", found)
        self._part.show_kept(cases, gone, rest, unfinished=unfinished)

    # --- how long ---

    def _ask_class(self, case: "KeptCase | None") -> None:
        from tac_desktop.casework.retention import classes

        if case is None:
            return
        dialog = SayHowLong(self.bench.kit, case, list(classes().values()), self._part.window())

        def wanted(code: str, hold: bool, reason: str) -> None:
            self._say(dialog, case.case_file, code, reason, hold=hold)

        dialog.wanted.connect(wanted)
        dialog.open()

    def _say(self, dialog: SayHowLong, case_file: str, code: str, reason: str, *, hold: bool) -> None:
        bench, now = self.bench, self.bench.moment()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.retention import set_retention

            yield 0, 0
            set_retention(store, bench.person, case_file, retention_class=code, legal_hold=hold, reason=reason, now=now)

        def said(_result: object) -> None:
            dialog.accept()
            self.changed.emit()

        def failed(error: object) -> None:
            refused = isinstance(error, AnswersRefused)
            dialog.refuse(" ".join(error.problems.values()) if refused else str(error))

        bench.run(bench.with_store(action), said, failed)

    # --- disposing ---

    def plan(self, case_file: str) -> None:
        """Find out what disposing of a case file would do, then ask."""
        now = self.bench.moment()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.disposal_plan import plan_disposal

            yield 0, 0
            return plan_disposal(store.vault, store, case_file, now=now)

        if case_file:
            self.bench.run(self.bench.with_store(action), self._ask_whether)

    def _ask_whether(self, found: object) -> None:
        plan = cast("Plan", found)
        dialog = DisposeOfCase(self.bench.kit, plan, self._part.window())

        def wanted(typed: str, basis: str, early: bool, backups: bool) -> None:
            dialog.accept()
            self.dispose(plan.case_file, typed, basis, early=early, backups=backups)

        dialog.wanted.connect(wanted)
        dialog.open()

    def dispose(self, case_file: str, typed: str, basis: str, *, early: bool, backups: bool) -> None:
        """Dispose of a case file: everything that shows the vault is put away meanwhile, also a page of hers."""
        now = self.bench.moment()

        def steps(vault: "Vault") -> Steps:
            from tac_desktop.actions import vaults
            from tac_desktop.actions.backup_schedule import back_up_now, remove_backup
            from tac_desktop.actions.disposal import dispose

            store = vaults.store_of(vault)
            try:
                outcome = yield from dispose(vault, store, case_file, typed=typed, basis=basis, now=now, early=early)
                if backups:
                    yield from back_up_now(vault, store, "disposal", now=now)
                    for backup in outcome.backups:
                        remove_backup(vault, store, backup, now=now)
                return outcome, backups
            finally:
                store.close()

        words = self.tr("Every entry is erased, then the files are written anew. Stopping is possible at first only.")
        self.bench.alone_wanted.emit(Undertaking(self.tr("The case file is disposed of"), words, steps, _told))

    def finish(self) -> None:
        """Do what is left of a disposal that was interrupted."""

        def steps(vault: "Vault") -> Steps:
            from tac_desktop.actions import vaults
            from tac_desktop.actions.disposal import finish_disposals

            store = vaults.store_of(vault)
            try:
                yield 0, 0
                return finish_disposals(vault, store)
            finally:
                store.close()

        words = self.tr("The files are written anew, so that nothing of what was erased stays in them.")
        self.bench.alone_wanted.emit(Undertaking(self.tr("Finishing a disposal"), words, steps, _finished))

    def _show_certificate(self, record: "Record | None") -> None:
        if record is None:
            return
        self._shown = sha256 = record.text("certificate")

        def action(store: "Store") -> Steps:
            yield 0, 0
            return b"".join(store.attachment(sha256))

        title = self.tr("Certificate of disposal, {reference}").format(reference=record.text("reference"))
        self._paper.draw(self.bench.with_store(action), title)

    def _note_printed(self, pages: int) -> None:
        """Have the audit note that a certificate was printed."""
        person, now, sha256 = self.bench.person, self.bench.moment(), self._shown

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.documents import note_printing

            yield 0, 0
            note_printing(store, person, sha256=sha256, pages=pages, now=now)

        self.bench.run(self.bench.with_store(action), lambda _result: None)


def _told(result: object) -> tuple[str, str]:
    outcome, removed = cast("tuple[Outcome, bool]", result)
    words = [_tr("The case file is disposed of. Its certificate is kept with the vault.")]
    if outcome.backups and not removed:
        backups = counted(len(outcome.backups), _tr("1 backup"), _tr("{n} backups"))
        text = _tr("{backups} from before may still hold it: make a fresh one, and remove those.")
        words.append(text.format(backups=backups[:1].upper() + backups[1:]))
    if not outcome.is_swept:
        words.append(_tr("The files could not be written anew yet: finish it under Vault, Retention."))
    return " ".join(words), "ok" if outcome.is_swept and (removed or not outcome.backups) else "warn"


def _finished(_result: object) -> tuple[str, str]:
    return _tr("Nothing of what was erased is left in the files."), "ok"


def _tr(text: str) -> str:
    return QCoreApplication.translate("RetentionDesk", text)
