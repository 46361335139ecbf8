"""Looking after an open vault unasked: the day's backup, the warning while there is none, and what a restore means."""

from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from tac_desktop.ui.after_crash import CrashCheck
from tac_desktop.ui.backup_watch import BackupWatch
from tac_desktop.ui.backup_words import stale_words
from tac_desktop.ui.brought_back_dialog import BroughtBack
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.soon import soon
from tac_desktop.ui.today_work import TodayWork
from tac_desktop.ui.vault_work import VAULT, VaultWork
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.backup_schedule import Shelf
    from tac_desktop.actions.vaults import Store


class KeepingWork(QObject):
    """Lives as long as the vault is open; `stop` before it is closed."""

    def __init__(
        self,
        bench: Workbench,
        frame: Frame,
        crash_check: CrashCheck,
        today: TodayWork,
        vault: VaultWork,
        parent: QObject,
    ) -> None:
        """Take what runs first after a crash, for which the day's backup waits, and the places that tell of backups."""
        super().__init__(parent)
        self._bench, self._frame, self._today, self._vault = bench, frame, today, vault
        today.backups_wanted.connect(partial(frame.go, VAULT, "backups"))
        self.backups = BackupWatch(bench, self)
        self.backups.waits_for = crash_check.under_way
        self.backups.told.connect(frame.sidebar.show_status)
        self.backups.looked.connect(self._looked)
        soon(self, self._look_whether_brought_back)  # the frame has its place in the window by then

    def stop(self) -> None:
        """Stop, and wait until the vault is free of it."""
        self.backups.stop()

    def _looked(self, shelf: object) -> None:
        self._today.warn(stale_words() if cast("Shelf", shelf).is_stale else "")
        self._vault.read()

    def _look_whether_brought_back(self) -> None:
        from tac_desktop.actions.brought_back import brought_back_from, has_read

        store = self._bench.store
        made = brought_back_from(store)
        if made is not None and not has_read(store):
            dialog = BroughtBack(self._bench.kit, made, self._frame)
            dialog.accepted.connect(self._has_read)
            dialog.open()

    def _has_read(self) -> None:

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.brought_back import note_read

            yield 0, 0
            note_read(store)

        self._bench.run(self._bench.with_store(action), _ignore)


def _ignore(_result: object) -> None:
    pass
