"""The ways of somebody whose vault is lost or damaged: brought back from a backup, or saved as far as it is whole."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop import settings
from tac_desktop.errors import TacError
from tac_desktop.ui.ask_file import ask_folder
from tac_desktop.ui.door_card import DoorCard
from tac_desktop.ui.jobs import Job, Lane, Steps
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import Messages

if TYPE_CHECKING:
    from tac_desktop.actions.salvaging import SalvageReport
    from tac_desktop.ui.salvage_screen import SalvageVault


class Rescue(QObject):
    """Hands the door its cards; no vault is open meanwhile."""

    card_ready = Signal(DoorCard)
    """A card that the door shall show."""
    vault_ready = Signal(Path)
    """A vault that lies in this folder now, to be unlocked."""
    left = Signal()

    def __init__(
        self, kit: Kit, lane: Lane, messages: Messages, now: Callable[[], datetime], settings_file: Path | None
    ) -> None:
        """Take what the cards need; the settings say where the backups of each vault go."""
        super().__init__()
        self._kit, self._lane, self._messages, self._now = kit, lane, messages, now
        self._settings_file = settings_file
        self._job: Job | None = None
        self._after_lock: Path | None = None

    def bring_back(self, vaults: Sequence[Path]) -> None:
        """Ask which backup shall be brought back, and where."""
        from tac_desktop.ui.restore_desk import RestoreDesk

        kept = settings.load(self._settings_file) if self._settings_file else settings.Settings()
        desk = RestoreDesk(self._kit, self._lane, self._messages, vaults, kept.backup_place)
        desk.restored.connect(self.vault_ready)
        desk.card.back_wanted.connect(self.left)
        self.card_ready.emit(desk.card)

    # --- what can be read of a damaged vault ---

    def salvage_after_lock(self, vault: Path) -> None:
        """Remember that an open vault shall be salvaged once it is locked."""
        self._after_lock = vault

    def takes_over(self, vault: Path) -> bool:
        """Say whether a vault that was just locked is to be salvaged; then its card is handed out."""
        wanted, self._after_lock = self._after_lock, None
        if wanted == vault:
            self.salvage(vault)
        return wanted == vault

    def salvage(self, vault: Path | None) -> None:
        """Ask for what a salvage needs."""
        from tac_desktop.ui.salvage_screen import SalvageVault

        card = SalvageVault(self._kit, vault)
        ask = self.tr("Choose the folder of the damaged vault"), self.tr("Choose a new or empty folder")
        card.vault_wanted.connect(partial(ask_folder, card, ask[0], card.set_vault))
        card.folder_wanted.connect(partial(ask_folder, card, ask[1], card.set_folder))
        card.submitted.connect(partial(self._salvage, card))
        card.stop_wanted.connect(self._stop)
        card.back_wanted.connect(self.left)
        self.card_ready.emit(card)

    def _salvage(self, card: "SalvageVault", vault: Path, to: Path, name: str, passphrase: str) -> None:
        now = self._now()

        def steps() -> Steps:
            from tac_desktop.actions.salvaging import salvage_vault

            return (yield from salvage_vault(vault, to, name, passphrase, now=now))

        card.set_busy(True)
        job = self._job = Job(steps)
        job.stepped.connect(card.show_progress)
        job.finished.connect(partial(self._salvaged, to))
        job.failed.connect(partial(self._failed, card))
        job.cancelled.connect(partial(card.refuse, self.tr("Stopped. Nothing was changed, and no folder is left.")))
        self._lane.start(job)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _salvaged(self, to: Path, report: object) -> None:
        from tac_desktop.actions.salvaging import in_words
        from tac_desktop.ui.salvage_screen import Salvaged

        self._job = None
        card = Salvaged(self._kit, in_words(cast("SalvageReport", report)))
        card.unlock_wanted.connect(partial(self.vault_ready.emit, to))
        self.card_ready.emit(card)

    def _failed(self, card: "SalvageVault", error: object) -> None:
        self._job = None
        card.refuse(str(error) if isinstance(error, TacError) else "")
        if not isinstance(error, TacError):
            self._messages.trouble(error)
