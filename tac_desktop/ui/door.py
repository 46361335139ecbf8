"""The way in: leads through choosing, making, unlocking and recovering a vault, and says when one is open."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from tac_desktop.errors import TacError
from tac_desktop.ui.door_card import DoorCard
from tac_desktop.ui.jobs import Job, Lane, Steps, at_once
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.making import Making
from tac_desktop.ui.messages import Messages
from tac_desktop.ui.rescue import Rescue
from tac_desktop.ui.unlock_screen import ChooseVault, Unlock

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Profile, Vault
    from tac_desktop.ui.recovery_screen import Wish


class Door(QStackedWidget):
    """One card at a time. Every pass-phrase is tried in the lane: it takes a second, on purpose."""

    opened = Signal(object, str, int)
    """The Vault, open; the slot id of who opened it ('' where it was just made); the attempts that failed before."""

    def __init__(
        self,
        kit: Kit,
        lane: Lane,
        messages: Messages,
        now: Callable[[], datetime],
        *,
        profile: "Profile | None" = None,
        settings_file: Path | None = None,
    ) -> None:
        """Take the lane, the desk for what is our fault, the time, the cost of a guess (None: standard), settings."""
        super().__init__()
        self._now = now
        self._kit = kit
        self._lane = lane
        self._messages = messages
        self._profile = profile
        self._recent: Sequence[Path] = ()
        self._slot = ""
        self._making = Making(kit, lane, messages, now, self._try, self)
        self._making.card_ready.connect(self.show_card)
        self._making.paper_ready.connect(self._show_over)
        self._making.paper_left.connect(self._take_off)
        self._making.made.connect(self._is_made)
        self._making.left.connect(self._choose_again)
        self.rescue = Rescue(kit, lane, messages, now, settings_file)
        self.rescue.card_ready.connect(self.show_card)
        self.rescue.vault_ready.connect(self.ask_for)
        self.rescue.left.connect(self._choose_again)

    def choose(self, recent: Sequence[Path]) -> None:
        """Offer the recent vaults, and the ways to others."""
        self._recent = recent
        card = ChooseVault(self._kit, recent)
        card.chosen.connect(self.ask_for)
        card.another_wanted.connect(self._browse)
        card.new_wanted.connect(self._make)
        card.restore_wanted.connect(partial(self.rescue.bring_back, recent))
        card.salvage_wanted.connect(partial(self.rescue.salvage, None))
        self.show_card(card)

    def ask_for(self, folder: Path) -> None:
        """Ask for the pass-phrase of a vault."""
        self._ask(folder, "", after_lock=False)

    def ask_again(self, folder: Path, slot_id: str, recent: Sequence[Path]) -> None:
        """Ask for the pass-phrase after a lock."""
        self._recent = recent
        if not self.rescue.takes_over(folder):
            self._ask(folder, slot_id, after_lock=True)

    def wait(self) -> None:
        """Say that the vault is being locked, while work that was under way is brought to its end."""
        words = self.tr("Work that was under way is being stopped, or brought to its end. You can leave now.")
        self.show_card(DoorCard(self._kit, "lock", self.tr("Locking …"), words))

    def forget(self) -> None:
        """Take the card away, with all that was typed into it."""
        while (card := self.currentWidget()) is not None:
            self.removeWidget(card)
            card.deleteLater()

    def show_card(self, card: DoorCard) -> None:
        """Show a card in the place of the one before."""
        self.forget()
        self.addWidget(card)
        self.setCurrentWidget(card)
        card.arrive()

    def _ask(self, folder: Path, slot_id: str, *, after_lock: bool) -> None:
        people = self._people(folder)
        if people is None:
            return
        card = Unlock(self._kit)
        card.ask_for(folder, people, locked=slot_id, after_lock=after_lock)
        card.submitted.connect(self._unlock)
        card.another_vault_wanted.connect(self._choose_again)
        card.recovery_wanted.connect(self._recover)
        self.show_card(card)

    def _people(self, folder: Path) -> list[tuple[str, str]] | None:
        from tac_desktop.actions import vaults

        try:
            return [(slot.id, slot.label) for slot in vaults.people_of(folder)]
        except TacError as trouble:
            self.choose(self._recent)
            cast("DoorCard", self.currentWidget()).show_trouble(str(trouble))
            return None

    def _choose_again(self) -> None:
        self.choose(self._recent)

    def _browse(self) -> None:
        dialog = _folder_dialog(self, self.tr("Open a vault: choose its folder"))
        dialog.fileSelected.connect(self._browsed)
        dialog.open()

    def _browsed(self, folder: str) -> None:
        self.ask_for(Path(folder))

    # --- unlocking ---

    def _unlock(self, folder: Path, slot_id: str, passphrase: str) -> None:
        from tac_desktop.actions import vaults

        self._slot = slot_id
        now, card = self._now(), self.currentWidget()
        job = self._walk(lambda: vaults.unlock_watched(folder, slot_id, passphrase, now=now), self._unlocked)
        if isinstance(card, Unlock):
            job.stepped.connect(card.show_progress)
            card.stop_wanted.connect(job.cancel)
            job.cancelled.connect(card.stopped)

    def _recover(self, folder: Path) -> None:
        from tac_desktop.actions.recovery import ways_into
        from tac_desktop.ui.recovery_screen import Recovery

        people = self._people(folder)
        if people is None:
            return
        card = Recovery(self._kit, self._lane, folder, people, ways_into(folder))
        card.submitted.connect(self._recover_with)
        card.back_wanted.connect(self._choose_again)
        self.show_card(card)

    def _recover_with(self, wish: "Wish") -> None:
        profile, now = self._own_profile(), self._now()

        self._slot = wish.slot
        self._try(lambda: (_recovered(wish, now, profile), 0), self._unlocked)

    def _own_profile(self) -> "Profile":
        from tac_desktop.actions import vaults

        return self._profile or vaults.STANDARD

    def _unlocked(self, outcome: object) -> None:
        vault, failed = cast("tuple[Vault, int]", outcome)
        self.forget()
        self.opened.emit(vault, self._slot, failed)

    # --- making ---

    def _make(self) -> None:
        self._making.begin(self._own_profile())

    def _is_made(self, vault: "Vault") -> None:
        self._slot = ""
        self._unlocked((vault, 0))

    def _show_over(self, page: QWidget) -> None:
        """Show a paper over the card, which stays as it is."""
        self.addWidget(page)
        self.setCurrentWidget(page)

    def _take_off(self) -> None:
        page = self.currentWidget()
        if page is not None and self.count() > 1:
            self.removeWidget(page)
            page.deleteLater()

    def close_made(self) -> None:
        """Close a vault that was made but not entered yet; before the program ends."""
        self._making.close()

    # --- the lane ---

    def _try(self, call: Callable[[], object], then: Callable[[object], None]) -> None:
        self._walk(at_once(call), then)

    def _walk(self, work: Callable[[], Steps], then: Callable[[object], None]) -> Job:
        card = self.currentWidget()
        if isinstance(card, DoorCard):
            card.set_busy(True)
        job = Job(work)
        job.finished.connect(then)
        job.failed.connect(self._failed)
        return self._lane.start(job)

    def _failed(self, error: object) -> None:
        card = self.currentWidget()
        if isinstance(card, DoorCard):
            card.refuse(str(error) if isinstance(error, TacError) else "")
        if not isinstance(error, TacError):
            self._messages.trouble(error)


def _recovered(wish: "Wish", now: datetime, profile: "Profile") -> "Vault":
    from tac_desktop.actions import recovery

    if wish.way == "code":
        return recovery.recover_by_code(
            wish.folder, wish.secrets[0], wish.slot, wish.passphrase, now=now, profile=profile
        )
    return recovery.recover_by_sheets(wish.folder, wish.secrets, wish.slot, wish.passphrase, now=now, profile=profile)


def _folder_dialog(parent: Door, title: str) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return dialog
