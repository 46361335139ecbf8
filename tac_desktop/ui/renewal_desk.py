"""What happens behind new keys: this vault's are made and its new card is saved, a colleague's are confirmed."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tac_desktop.errors import NotARenewal, TacError
from tac_desktop.ui.ask_file import CARDS, ask_save, card_file_name
from tac_desktop.ui.exchange_screen import ExchangeScreen
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.renew_keys import ConfirmRenewal, RenewKeys
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Store


class RenewalDesk(QObject):
    """Once the keys are new the vault is locked: what the window has open still writes under the old ones."""

    changed = Signal()
    """The new keys of somebody are believed."""
    lock_wanted = Signal()
    """The vault is to be locked, now."""

    def __init__(self, bench: Workbench, screen: ExchangeScreen, parent: QObject) -> None:
        """Take the screen."""
        super().__init__(parent)
        self._bench, self._screen = bench, screen
        screen.cards.renew_wanted.connect(self.ask)

    # --- one's own ---

    def ask(self) -> None:
        """Say what new keys mean, and ask whether they are wanted."""
        dialog = RenewKeys(self._bench.kit, self._screen)
        dialog.wanted.connect(partial(self._ask_where, dialog))
        dialog.open()

    def _ask_where(self, dialog: RenewKeys) -> None:
        name = card_file_name(self._bench.person.name)
        ask_save(dialog, self.tr("Save the new card"), CARDS, name, partial(self.renew, dialog))

    def renew(self, dialog: RenewKeys, file: str) -> None:
        """Make new keys and save the new card; the vault is locked then."""
        bench, path = self._bench, Path(file)
        vault, now = bench.vault, bench.moment()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.cards import hand_out_card
            from tac_desktop.actions.renewal import renew_own_keys

            yield 0, 0
            hand_out_card(vault, path, now=now)  # where no card can be written, nothing is renewed
            renew_own_keys(vault, store, now=now)
            hand_out_card(vault, path, now=now)

        dialog.begin()
        job = bench.run(bench.with_store(action), self._renewed, partial(self._failed, dialog))
        job.words = self.tr("Making new keys")
        job.if_finished = self.tr(
            "The vault has new keys, and its new card is saved as {file}. Give it to the one who keeps the roster, or "
            "to everybody you exchange with: they confirm it without a code."
        ).format(file=path.name)

    def _renewed(self, _nothing: object) -> None:
        self.lock_wanted.emit()

    def _failed(self, dialog: RenewKeys, error: object) -> None:
        dialog.refuse(str(error) if isinstance(error, TacError) else self.tr("It could not be done."))
        if not isinstance(error, TacError):
            self._bench.messages.trouble(error)

    # --- a colleague's ---

    def offers(self, file: str) -> bool:
        """Ask whether the new keys on a card shall be believed; False where it is no card of new keys."""
        from tac_desktop.actions.renewal import renewal_in

        bench = self._bench
        try:
            known, card = renewal_in(bench.vault, bench.store, Path(file))
        except NotARenewal:
            return False
        who = (known.card.name, known.role, known.card.prison)
        dialog = ConfirmRenewal(bench.kit, who, card.name, self._screen)
        dialog.confirmed.connect(partial(self._confirm, dialog, file))
        dialog.open()
        return True

    def _confirm(self, dialog: ConfirmRenewal, file: str) -> None:
        from tac_desktop.actions.renewal import confirm_renewal

        bench = self._bench
        try:
            card = confirm_renewal(bench.vault, bench.store, Path(file), now=bench.moment())
        except TacError as trouble:
            dialog.refuse(str(trouble))
            return
        dialog.accept()
        self.changed.emit()
        bench.messages.say(self.tr("The new keys of {name} are confirmed.").format(name=card.name))
