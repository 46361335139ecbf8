"""What happens behind bringing a vault back: backups are looked for and copied in the lane; no vault is open yet."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.errors import TacError
from tac_desktop.ui.ask_file import ask_folder
from tac_desktop.ui.jobs import Job, Lane, Steps, at_once
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import Messages
from tac_desktop.ui.restore_screen import RestoreVault, by_time

if TYPE_CHECKING:
    from tac_desktop.ui.restore_screen import Found

PlaceOf = Callable[[Path], "Path | None"]
"""Says where the backups of a vault go, as the settings of this computer have it."""


class RestoreDesk(QObject):
    """Belongs to its card, and goes with it."""

    restored = Signal(Path)
    """The folder of the vault that came back, locked."""

    def __init__(self, kit: Kit, lane: Lane, messages: Messages, vaults: Sequence[Path], place_of: PlaceOf) -> None:
        """Take the vaults that this computer knows; their backups are looked for at once."""
        card = RestoreVault(kit)
        super().__init__(card)
        self.card, self._lane, self._messages = card, lane, messages
        self._job: Job | None = None
        self._to = Path()
        card.backup_wanted.connect(self._ask_backup)
        card.folder_wanted.connect(self._ask_folder)
        card.submitted.connect(self.bring_back)
        card.stop_wanted.connect(self.stop)
        job = Job(at_once(lambda: _found(vaults, place_of)))
        job.finished.connect(self._found)
        job.failed.connect(messages.trouble)
        lane.start(job)

    def _found(self, found: object) -> None:
        self.card.offer(cast("Sequence[Found]", found))

    def _ask_backup(self) -> None:
        ask_folder(self.card, self.card.tr("Choose the folder of a backup"), self.take_backup)

    def take_backup(self, folder: str) -> None:
        """Take the backup that a folder is, or say that it is none."""
        from tac_desktop.actions.backup_schedule import backup_at

        try:
            backup = backup_at(Path(folder))
        except TacError as trouble:
            self.card.refuse(str(trouble))
        else:
            self.card.take((Path.home() / "TaC vault", backup))

    def _ask_folder(self) -> None:
        ask_folder(self.card, self.card.tr("Choose a new or empty folder"), self.card.set_folder)

    def bring_back(self, backup: Path, to: Path) -> None:
        """Bring a vault back into a folder."""
        self._to = to

        def steps() -> Steps:
            from tac_desktop.actions.keeping import restore

            yield from restore(backup, to)

        self.card.set_busy(True)
        job = self._job = Job(steps)
        job.stepped.connect(self.card.show_progress)
        job.finished.connect(self._restored)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._stopped)
        self._lane.start(job)

    def stop(self) -> None:
        """Stop, and take back what was written."""
        if self._job is not None:
            self._job.cancel()

    def _restored(self, _result: object) -> None:
        self._job = None
        self.restored.emit(self._to)

    def _stopped(self) -> None:
        self._job = None
        self.card.refuse(self.card.tr("Stopped. Nothing was changed, and no folder is left behind."))

    def _failed(self, error: object) -> None:
        self._job = None
        self.card.refuse(str(error) if isinstance(error, TacError) else "")
        if not isinstance(error, TacError):
            self._messages.trouble(error)


def _found(vaults: Sequence[Path], place_of: PlaceOf) -> "list[Found]":
    from tac_desktop.actions.backup_schedule import backups_of

    found = [(vault, backup) for vault in vaults for backup in backups_of(vault, place_of(vault))]
    return sorted(found, key=by_time, reverse=True)
