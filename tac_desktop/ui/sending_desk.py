"""What happens behind sending: a bundle is written, and a receipt noted that was read out."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.errors import TacError
from tac_desktop.ui.ask_file import BUNDLES, ask_save
from tac_desktop.ui.exchange_screen import ExchangeScreen
from tac_desktop.ui.exchange_send import SendWish
from tac_desktop.ui.part_jobs import PartJobs
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.exchange import BundleWritten
    from tac_desktop.actions.vaults import Store


class SendingDesk(QObject):
    """Owns what follows the wishes of one part of the screen."""

    changed = Signal()
    """Something was sent, or is known to have arrived."""

    def __init__(self, bench: Workbench, screen: ExchangeScreen, jobs: PartJobs, parent: QObject) -> None:
        """Take the screen and what starts long work."""
        super().__init__(parent)
        self._bench, self._screen, self._jobs = bench, screen, jobs
        self._wish = SendWish("", "", "acknowledged", 0)
        screen.send.wanted.connect(self._ask_where_to_write)
        screen.send.receipt.typed.connect(self._note_receipt)

    def _ask_where_to_write(self, wish: object) -> None:
        from tac_desktop.actions.exchange import neutral_name

        self._wish = cast("SendWish", wish)
        name = neutral_name(self._bench.moment())
        ask_save(self._screen, self.tr("Write the bundle"), BUNDLES, name, self.write)

    def write(self, file: str) -> None:
        """Write what was wished for, beginning with this file."""
        from tac_desktop.actions import cards, exchange

        bench, wish, path = self._bench, self._wish, Path(file)
        vault, now = bench.vault, bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            card = next(t.card for t in cards.trusted_cards(store) if t.card.device_id.hex() == wish.device)
            return exchange.write_bundle(
                vault, store, card, path, now=now, basis=cast("Any", wish.basis), limit=wish.limit or None
            )

        bench.messages.dismiss()  # what a bundle before could not do is not said of this one
        self._screen.send.forget_written()
        stays = self.tr("Stopped. Files that were whole stay and are noted; the next bundle goes on after them.")
        self._jobs.start(action, self._written, self.tr("Writing the bundle …"), stopped=stays if wish.limit else "")

    def _written(self, result: object) -> None:
        self._screen.progress.hide()
        self._screen.send.show_written(cast("BundleWritten", result), self._wish.name)
        self.changed.emit()

    def _note_receipt(self, code: str) -> None:
        from tac_desktop.actions import receipts

        bench = self._bench
        try:
            receipts.type_receipt(bench.vault, bench.store, "", code, now=bench.moment())
        except TacError as trouble:
            self._screen.send.receipt.refuse(str(trouble))
            return
        self._screen.send.receipt.taken()
        bench.messages.say(self.tr("The receipt is noted: that bundle has arrived and was taken in."))
        self.changed.emit()
