"""What happens behind the audit: its list is read in the lane, its rows as they come into view, and saved whole."""

from array import array
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject

from tac_desktop.errors import TacError
from tac_desktop.ui.ask_file import PAPERS, ask_save
from tac_desktop.ui.jobs import at_once
from tac_desktop.ui.part_jobs import PartJobs
from tac_desktop.ui.vault_audit import AuditPart
from tac_desktop.ui.vault_part import VaultDesk
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.audit_reading import AuditEntry, Offered, Wanted
    from tac_desktop.actions.vaults import Store

_KINDS = {"pdf": PAPERS, "xlsx": "Workbook (*.xlsx)"}


class AuditDesk(VaultDesk):
    """Reads only while the part is in view: looking at what others did is noted itself."""

    def __init__(self, bench: Workbench, part: AuditPart, jobs: PartJobs, parent: QObject) -> None:
        """Take the part."""
        super().__init__(bench, part, jobs, parent)
        self._audit = part
        part.read_with(self._page, bench.today())
        part.wanted.connect(self.read)
        part.save_wanted.connect(self._ask_where)

    def read(self) -> None:
        """Read what is wanted now, if it can be seen."""
        wanted = self._audit.filter() if self._audit.isVisible() else None
        if wanted is None:
            return
        now = self.bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            from tac_desktop.actions import audit_reading

            def both() -> "tuple[Offered, array[int]]":
                return audit_reading.offered(store), audit_reading.numbers(store, wanted, now=now)

            return at_once(both)()

        self.bench.run(self.bench.with_store(action), self._show, asked=False)

    def _show(self, found: object) -> None:
        offered, numbers = cast("tuple[Offered, array[int]]", found)
        self._audit.offer(offered)
        self._audit.show_numbers(numbers)

    def _page(self, numbers: Sequence[int]) -> "Sequence[AuditEntry | None]":
        from tac_desktop.actions import audit_reading

        try:
            return audit_reading.page(self.bench.store, numbers)
        except TacError as trouble:
            self.bench.messages.trouble(trouble)
            return [None] * len(numbers)

    def _ask_where(self, kind: str) -> None:
        wanted = self._audit.filter()
        if wanted is not None:
            name = f"audit-{self.bench.today()}.{kind}"
            ask_save(self._audit, self.tr("Save the audit"), _KINDS[kind], name, partial(self.save, wanted))

    def save(self, wanted: "Wanted", file: str) -> None:
        """Write what is shown into a workbook or a PDF, by the file's ending."""
        path, now, vault = Path(file), self.bench.moment(), self.bench.vault

        def action(store: "Store") -> Any:  # noqa: ANN401 - see read
            from tac_desktop.actions.audit_export import export_audit

            return export_audit(vault, store, path, wanted, now=now)

        self.jobs.start(action, self._saved, self.tr("Saving the audit …"))

    def _saved(self, exported: object) -> None:
        from tac_desktop.actions.audit_export import Exported

        if not isinstance(exported, Exported):
            return
        self.jobs.over()
        sealed = self.tr("sealed in your name") if exported.sealed else self.tr("without a seal")
        words = self.tr("{n} events are saved, {sealed}. The file lies outside the vault: keep it safe.")
        self.bench.messages.say(words.format(n=f"{exported.entries:,}", sealed=sealed))
        self.read()
