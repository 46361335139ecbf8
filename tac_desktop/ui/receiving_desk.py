"""What happens behind receiving: the inbox, a look into a bundle, taking it in, and its receipt."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.ask_file import BUNDLES, ask_folder, ask_open, ask_save
from tac_desktop.ui.exchange_inbox import InboxWatch
from tac_desktop.ui.exchange_screen import ExchangeScreen
from tac_desktop.ui.jobs import at_once
from tac_desktop.ui.part_jobs import PartJobs
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.exchange import BundleImported
    from tac_desktop.actions.inbox import InboxOutcome
    from tac_desktop.actions.vaults import Store


class ReceivingDesk(QObject):
    """Owns what follows the wishes of one part of the screen."""

    inbox_chosen = Signal(str)
    """The folder that is to be watched from now on, '' for none."""

    def __init__(
        self, bench: Workbench, screen: ExchangeScreen, jobs: PartJobs, inbox: InboxWatch, parent: QObject
    ) -> None:
        """Take the screen, what starts long work, and the watched inbox."""
        super().__init__(parent)
        self._bench, self._screen, self._jobs, self._inbox = bench, screen, jobs, inbox
        self._bundle = Path()
        self._last: BundleImported | None = None
        receive = screen.receive
        receive.folder_wanted.connect(self._ask_which_folder)
        receive.folder_left.connect(lambda: self.inbox_chosen.emit(""))
        receive.file_wanted.connect(self._ask_which_bundle)
        receive.look_wanted.connect(self.look_into)
        receive.import_wanted.connect(self._take_in)
        receive.all_wanted.connect(self._take_in_all)
        receive.receipt_wanted.connect(self._ask_where_to_write_receipt)
        inbox.waiting_changed.connect(self._show_inbox)
        screen.shown.connect(self._part_shown)
        self._show_inbox()

    def _show_inbox(self) -> None:
        inbox = self._inbox
        self._screen.receive.show_inbox(inbox.folder(), inbox.files(), inbox.trouble())
        self._screen.show_waiting(len(inbox.files()))

    def _part_shown(self, name: str) -> None:
        if name == "receive":
            self._inbox.look()

    def _ask_which_folder(self) -> None:
        ask_folder(self._screen, self.tr("The folder in which bundles arrive"), self.inbox_chosen.emit)

    def _ask_which_bundle(self) -> None:
        ask_open(self._screen, self.tr("Open a bundle"), BUNDLES, self.look_into)

    def look_into(self, file: str) -> None:
        """Check a bundle and show what it would bring; nothing is changed."""
        from tac_desktop.actions import exchange

        bench, self._bundle = self._bench, Path(file)
        vault, now, path = bench.vault, bench.moment(), self._bundle

        def action(store: "Store") -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            return exchange.import_bundle(vault, store, path, now=now, dry_run=True)

        self._screen.receive.begin()
        self._jobs.start(action, self._looked_into, self.tr("Checking the bundle …"), writes=True)

    def _looked_into(self, result: object) -> None:
        self._screen.progress.hide()
        self._screen.receive.show_found(cast("BundleImported", result), self._bundle)

    def _take_in(self) -> None:
        from tac_desktop.actions import inbox

        bench, path = self._bench, self._bundle
        vault, now = bench.vault, bench.moment()
        waits = any(file.path == path for file in self._inbox.files())

        def action(store: "Store") -> Any:  # noqa: ANN401 - see look_into
            return inbox.take_in(vault, store, path, now=now, put_aside=waits)

        self._screen.receive.begin()
        self._jobs.start(action, self._taken_in, self.tr("Taking the bundle in …"), writes=True)

    def _taken_in(self, result: object) -> None:
        self._last = cast("BundleImported", result)
        self._screen.progress.hide()
        self._screen.receive.show_brought(self._last)
        self._inbox.put_aside({self._bundle})

    def _take_in_all(self) -> None:
        from tac_desktop.actions import inbox

        bench, folder = self._bench, Path(self._inbox.folder())
        vault, now = bench.vault, bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - see look_into
            return inbox.take_in_all(vault, store, folder, now=now)

        self._screen.receive.begin()
        stays = self.tr("Stopped. What was taken in before stays; of the bundle at work nothing was.")
        self._jobs.start(action, self._all_taken_in, self.tr("Taking in what waits …"), writes=True, stopped=stays)

    def _all_taken_in(self, result: object) -> None:
        self._screen.progress.hide()
        outcomes = cast("list[InboxOutcome]", result)
        self._screen.receive.show_outcomes(outcomes)
        self._inbox.put_aside({one.path for one in outcomes if one.imported is not None})

    def _ask_where_to_write_receipt(self) -> None:
        from tac_desktop.actions.exchange import neutral_name

        name = neutral_name(self._bench.moment())
        ask_save(self._screen, self.tr("Write a receipt"), BUNDLES, name, self.write_receipt)

    def write_receipt(self, file: str) -> None:
        """Write a receipt for the sender of what was taken in last."""
        from tac_desktop.actions import cards, receipts, standing

        bench, last, path = self._bench, self._last, Path(file)
        vault, now = bench.vault, bench.moment()
        if last is None:
            return

        def action(store: "Store") -> Any:  # noqa: ANN401 - see look_into
            sender = next(past.peer for past in standing.bundle_history(store) if past.id == last.id)
            card = next(t.card for t in cards.trusted_cards(store) if t.card.device_id == sender)
            return at_once(lambda: receipts.write_receipt(vault, store, card, path, now=now))()

        bench.run(bench.with_store(action), self._receipt_written)

    def _receipt_written(self, _result: object) -> None:
        self._bench.messages.say(self.tr("The receipt is written. Bring the file back to the sender."))
