"""What happens behind the checks: the vault is checked in the lane, and what can be mended is mended."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from tac_desktop.errors import VaultDamaged
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.part_jobs import PartJobs
from tac_desktop.ui.vault_checks import ChecksPart
from tac_desktop.ui.vault_part import VaultDesk
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.checking import LastCheck
    from tac_desktop.actions.keeping import Finding
    from tac_desktop.actions.vaults import Store


class ChecksDesk(VaultDesk):
    """Owns the part."""

    def __init__(self, bench: Workbench, part: ChecksPart, jobs: PartJobs, parent: QObject) -> None:
        """Take the part; `read` fills it."""
        super().__init__(bench, part, jobs, parent)
        self._part = part
        part.check_wanted.connect(self.check)
        part.anew_wanted.connect(self.make_anew)
        part.salvage_wanted.connect(self._salvage)

    def read(self) -> None:
        """Read again when the vault was last checked."""

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.checking import last_check

            yield 0, 0
            return last_check(store)

        self.bench.run(self.bench.with_store(action), self._was_read)

    def _was_read(self, last: object) -> None:
        self._part.show_last(cast("LastCheck | None", last))

    def check(self) -> None:
        """Check the vault through and through."""
        now = self.bench.moment()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.checking import check_and_note

            return check_and_note(store.vault, store, now=now)

        words = self.tr("Checking the vault. You can go on working.")
        stopped = self.tr("The check was stopped. Nothing was changed.")
        self.jobs.start(action, self._was_checked, words, stopped=stopped, failed=self._failed)

    def _was_checked(self, findings: object) -> None:
        self.jobs.over()
        self._part.show_findings(cast("Sequence[Finding]", findings))
        self.read()

    def make_anew(self) -> None:
        """Make what is made from the journal anew, then check again."""
        now = self.bench.moment()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.checking import make_anew

            return make_anew(store.vault, store, now=now)

        words = self.tr("Making records and caseload anew from the journal.")
        self.jobs.start(action, self._was_made_anew, words, writes=True)

    def _was_made_anew(self, _result: object) -> None:
        self.check()

    def _salvage(self) -> None:
        self.bench.salvage_wanted.emit(self.bench.vault.folder)

    def _failed(self, error: object) -> None:
        if isinstance(error, VaultDamaged):  # such that reading could not even begin
            self._part.show_unreadable(str(error))
        else:
            self.bench.messages.trouble(error)
