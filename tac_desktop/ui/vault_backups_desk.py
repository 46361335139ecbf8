"""What happens behind the backups: made, tried out and removed in the lane; where they go is kept in the settings."""

from collections.abc import Generator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.ask_file import ask_folder
from tac_desktop.ui.backup_removal import RemoveBackup
from tac_desktop.ui.backup_words import made_message, made_words
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.part_jobs import PartJobs
from tac_desktop.ui.vault_backups import BackupsPart
from tac_desktop.ui.vault_part import VaultDesk
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.backup_schedule import Backup, Made, Shelf
    from tac_desktop.actions.restore_drill import Drill
    from tac_desktop.actions.vaults import Store


class BackupsDesk(VaultDesk):
    """Owns the part."""

    place_chosen = Signal(object)
    """The folder (Path) that takes the backups from now on, None for the vault's own; it has to be kept."""

    def __init__(self, bench: Workbench, part: BackupsPart, jobs: PartJobs, parent: QObject) -> None:
        """Take the part; `read` fills it."""
        super().__init__(bench, part, jobs, parent)
        self._part = part
        part.make_wanted.connect(self.make)
        part.save_wanted.connect(self._ask_where_to_save)
        part.place_wanted.connect(self._ask_place)
        part.own_place_wanted.connect(self._own_place)
        part.drill_wanted.connect(self.try_out)
        part.removal_wanted.connect(self._ask_removal)

    def read(self) -> None:
        """Read again what there is; in the lane, for a place may be far away."""
        now = self.bench.moment()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.backup_schedule import shelf
            from tac_desktop.actions.brought_back import brought_back_from

            yield 0, 0
            return shelf(store.vault, now=now), brought_back_from(store)

        self.bench.run(self.bench.with_store(action), self._was_read)

    def _was_read(self, found: object) -> None:
        shelf, returned = cast("tuple[Shelf, str | None]", found)
        self._part.show_shelf(shelf, returned, self.bench.moment())

    # --- making ---

    def make(self) -> None:
        """Make a backup where backups go."""
        now = self.bench.moment()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.backup_schedule import back_up_now

            return back_up_now(store.vault, store, "asked", now=now)

        self.jobs.start(action, self._was_made, self.tr("Making a backup. You can go on working."))

    def _was_made(self, made: object) -> None:
        words, tone = made_message(cast("Made", made).instead)
        self._told(words, tone)

    def _ask_where_to_save(self) -> None:
        ask_folder(self._part, self.tr("Save a copy: choose a folder"), self.save_to)

    def save_to(self, folder: str) -> None:
        """Save a copy in a folder, where it stays until it is removed by hand."""
        now = self.bench.moment()

        def action(store: "Store") -> Generator[tuple[int, int], None, Path]:
            from tac_desktop.actions.keeping import back_up

            return back_up(store.vault, store, Path(folder), now=now)

        self.jobs.start(action, self._was_saved, self.tr("Saving a copy. You can go on working."))

    def _was_saved(self, path: object) -> None:
        words = self.tr("The copy lies in {path}. It was opened and checked.").format(path=path)
        self._told(words, "ok")

    # --- where ---

    def _ask_place(self) -> None:
        ask_folder(self._part, self.tr("Backups: choose a folder, best on another disk"), self.choose_place)

    def _own_place(self) -> None:
        self.choose_place("")

    def choose_place(self, folder: str) -> None:
        """Let backups go to a folder from now on; '' for the vault's own."""
        now, place = self.bench.moment(), Path(folder) if folder else None

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.backup_schedule import choose_place

            yield 0, 0
            return choose_place(store.vault, store, place, now=now)

        self.bench.run(self.bench.with_store(action), self._place_chosen)

    def _place_chosen(self, place: object) -> None:
        self.place_chosen.emit(place)
        self.changed.emit()

    # --- trying out and removing ---

    def try_out(self, backup: "Backup | None") -> None:
        """Rehearse bringing a backup back."""
        now = self.bench.moment()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.restore_drill import rehearse

            return rehearse(store.vault, store, backup, now=now)

        words = self.tr("Bringing the backup back into a scratch folder, to see whether it is whole.")
        self.jobs.start(action, self._was_tried, words, stopped=self.tr("Stopped. The scratch folder is swept away."))

    def _was_tried(self, found: object) -> None:
        self.jobs.over()
        self._part.show_drill(cast("Drill", found))

    def _ask_removal(self, backup: "Backup | None") -> None:
        if backup is not None:
            dialog = RemoveBackup(self.bench.kit, made_words(backup), self._part.window())
            dialog.setProperty("backup", backup)
            dialog.accepted.connect(self._removal_accepted)
            dialog.open()

    def _removal_accepted(self) -> None:
        self.remove(self.sender().property("backup"))

    def remove(self, backup: "Backup") -> None:
        """Remove a backup for good."""
        now = self.bench.moment()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.backup_schedule import remove_backup

            yield 0, 0
            remove_backup(store.vault, store, backup, now=now)

        self.bench.run(self.bench.with_store(action), self._was_removed)

    def _was_removed(self, _result: object) -> None:
        self._part.tell(self.tr("The backup is removed."))
        self.changed.emit()

    def _told(self, words: str, tone: str) -> None:
        self.jobs.over()
        self.bench.messages.say(words, tone)
        self.changed.emit()
