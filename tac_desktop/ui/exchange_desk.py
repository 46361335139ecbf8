"""What happens behind sending and receiving: files are asked for, bundles written and taken in, all in the lane."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.errors import TacError
from tac_desktop.ui.ask_file import BUNDLES, ask_folder, ask_open, ask_save
from tac_desktop.ui.card_desk import CardDesk
from tac_desktop.ui.exchange_inbox import InboxWatch
from tac_desktop.ui.exchange_reading import Known, acquaintances, read_known, recipients
from tac_desktop.ui.exchange_screen import ExchangeScreen
from tac_desktop.ui.exchange_send import SendWish
from tac_desktop.ui.jobs import at_once
from tac_desktop.ui.service_desk import ServiceDesk
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.exchange import BundleImported, BundleWritten
    from tac_desktop.actions.inbox import InboxOutcome
    from tac_desktop.actions.vaults import Store


class ExchangeDesk(QObject):
    """Owns the screen and decides what follows each of its wishes."""

    inbox_chosen = Signal(str)
    """The folder that is to be watched from now on, '' for none."""

    def __init__(self, bench: Workbench, inbox: InboxWatch, parent: QObject) -> None:
        """Take the watched inbox; build the screen and read what it shows."""
        super().__init__(parent)
        self._bench, self._inbox = bench, inbox
        role = bench.person.role
        self._exchanges = role != "admin"
        self.screen = ExchangeScreen(bench.kit, may_exchange=self._exchanges, may_found=role != "worker")
        self._bundle = Path()
        self._wish = SendWish("", "", "acknowledged", 0)
        self._last: BundleImported | None = None
        self.known: Known | None = None
        self.cards = CardDesk(bench, self.screen, self)
        self.service = ServiceDesk(bench, self.screen, self)
        self._connect()
        self._show_inbox()
        self.read()

    def _connect(self) -> None:
        send, receive, screen = self.screen.send, self.screen.receive, self.screen
        send.wanted.connect(self._ask_where_to_write)
        send.cards_wanted.connect(lambda: self._go("cards"))
        send.receipt.typed.connect(self._note_receipt)
        receive.folder_wanted.connect(self._ask_which_folder)
        receive.folder_left.connect(lambda: self.inbox_chosen.emit(""))
        receive.file_wanted.connect(self._ask_which_bundle)
        receive.look_wanted.connect(self.look_into)
        receive.import_wanted.connect(self._take_in)
        receive.all_wanted.connect(self._take_in_all)
        receive.receipt_wanted.connect(self._ask_where_to_write_receipt)
        screen.standing.send_wanted.connect(self._send_to)
        screen.shown.connect(self._part_shown)
        self._inbox.waiting_changed.connect(self._show_inbox)
        self.cards.changed.connect(self.read)
        self.service.changed.connect(self.read)

    # --- what is shown ---

    def read(self) -> None:
        """Read everything again that the screen shows."""
        bench, exchanges = self._bench, self._exchanges
        vault, now = bench.vault, bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            return at_once(lambda: read_known(vault, store, now, exchanges=exchanges))()

        bench.run(bench.with_store(action), self._was_read)

    def _was_read(self, found: object) -> None:
        known = cast("Known", found)
        self.known = known
        screen, service = self.screen, known.service
        may_accept = service is None or service.is_registrar
        screen.cards.show_card(known.card)
        screen.cards.show_acquaintances(
            acquaintances(known), may_accept=may_accept, service="" if service is None else service.name
        )
        screen.service.show_service(service, self._bench.vault.device_id)
        screen.send.show_people(recipients(known))
        screen.standing.show_standing(known.standing, split=known.split)
        screen.history.show_history(known.history)

    def _show_inbox(self) -> None:
        inbox = self._inbox
        self.screen.receive.show_inbox(inbox.folder(), inbox.files(), inbox.trouble())
        self.screen.show_waiting(len(inbox.files()))

    def _part_shown(self, name: str) -> None:
        if name == "receive":
            self._inbox.look()

    def _go(self, part: str) -> None:
        self.screen.show_part(part)
        self.screen.arrive()

    # --- sending ---

    def _send_to(self, device: str) -> None:
        self.screen.send.choose(device)
        self._go("send")

    def _ask_where_to_write(self, wish: object) -> None:
        from tac_desktop.actions.exchange import neutral_name

        self._wish = cast("SendWish", wish)
        name = neutral_name(self._bench.moment())
        ask_save(self.screen, self.tr("Write the bundle"), BUNDLES, name, self.write)

    def write(self, file: str) -> None:
        """Write what was wished for, beginning with this file."""
        from tac_desktop.actions import cards, exchange

        bench, wish, path = self._bench, self._wish, Path(file)
        vault, now = bench.vault, bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - see read
            card = next(t.card for t in cards.trusted_cards(store) if t.card.device_id.hex() == wish.device)
            return exchange.write_bundle(
                vault, store, card, path, now=now, basis=cast("Any", wish.basis), limit=wish.limit or None
            )

        self.screen.send.forget_written()
        stays = self.tr("Stopped. Files that were whole stay and are noted; the next bundle goes on after them.")
        self._start(action, self._written, self.tr("Writing the bundle …"), stopped=stays if wish.limit else "")

    def _written(self, result: object) -> None:
        self.screen.progress.hide()
        self.screen.send.show_written(cast("BundleWritten", result), self._wish.name)
        self.read()

    def _note_receipt(self, code: str) -> None:
        from tac_desktop.actions import receipts

        bench = self._bench
        try:
            receipts.type_receipt(bench.vault, bench.store, "", code, now=bench.moment())
        except TacError as trouble:
            self.screen.send.receipt.refuse(str(trouble))
            return
        self.screen.send.receipt.taken()
        bench.messages.say(self.tr("The receipt is noted: that bundle has arrived and was taken in."))
        self.read()

    # --- receiving ---

    def _ask_which_folder(self) -> None:
        ask_folder(self.screen, self.tr("The folder in which bundles arrive"), self.inbox_chosen.emit)

    def _ask_which_bundle(self) -> None:
        ask_open(self.screen, self.tr("Open a bundle"), BUNDLES, self.look_into)

    def look_into(self, file: str) -> None:
        """Check a bundle and show what it would bring; nothing is changed."""
        from tac_desktop.actions import exchange

        bench, self._bundle = self._bench, Path(file)
        vault, now, path = bench.vault, bench.moment(), self._bundle

        def action(store: "Store") -> Any:  # noqa: ANN401 - see read
            return exchange.import_bundle(vault, store, path, now=now, dry_run=True)

        self.screen.receive.begin()
        self._start(action, self._looked_into, self.tr("Checking the bundle …"), writes=True)

    def _looked_into(self, result: object) -> None:
        self.screen.progress.hide()
        self.screen.receive.show_found(cast("BundleImported", result), self._bundle)

    def _take_in(self) -> None:
        from tac_desktop.actions import inbox

        bench, path = self._bench, self._bundle
        vault, now = bench.vault, bench.moment()
        waits = any(file.path == path for file in self._inbox.files())

        def action(store: "Store") -> Any:  # noqa: ANN401 - see read
            return inbox.take_in(vault, store, path, now=now, put_aside=waits)

        self.screen.receive.begin()
        self._start(action, self._taken_in, self.tr("Taking the bundle in …"), writes=True)

    def _taken_in(self, result: object) -> None:
        self._last = cast("BundleImported", result)
        self.screen.progress.hide()
        self.screen.receive.show_brought(self._last)
        self._inbox.look()

    def _take_in_all(self) -> None:
        from tac_desktop.actions import inbox

        bench, folder = self._bench, Path(self._inbox.folder())
        vault, now = bench.vault, bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - see read
            return inbox.take_in_all(vault, store, folder, now=now)

        self.screen.receive.begin()
        stays = self.tr("Stopped. What was taken in before stays; of the bundle at work nothing was.")
        self._start(action, self._all_taken_in, self.tr("Taking in what waits …"), writes=True, stopped=stays)

    def _all_taken_in(self, result: object) -> None:
        self.screen.progress.hide()
        self.screen.receive.show_outcomes(cast("list[InboxOutcome]", result))
        self._inbox.look()

    def _ask_where_to_write_receipt(self) -> None:
        from tac_desktop.actions.exchange import neutral_name

        name = neutral_name(self._bench.moment())
        ask_save(self.screen, self.tr("Write a receipt"), BUNDLES, name, self.write_receipt)

    def write_receipt(self, file: str) -> None:
        """Write a receipt for the sender of what was taken in last."""
        from tac_desktop.actions import cards, receipts, standing

        bench, last, path = self._bench, self._last, Path(file)
        vault, now = bench.vault, bench.moment()
        if last is None:
            return

        def action(store: "Store") -> Any:  # noqa: ANN401 - see read
            sender = next(past.peer for past in standing.bundle_history(store) if past.id == last.id)
            card = next(t.card for t in cards.trusted_cards(store) if t.card.device_id == sender)
            return at_once(lambda: receipts.write_receipt(vault, store, card, path, now=now))()

        bench.run(bench.with_store(action), self._receipt_written)

    def _receipt_written(self, _result: object) -> None:
        self._bench.messages.say(self.tr("The receipt is written. Bring the file back to the sender."))

    # --- long work ---

    def _start(
        self,
        action: Callable[["Store"], Any],
        then: Callable[[object], None],
        words: str,
        *,
        writes: bool = False,
        stopped: str = "",
    ) -> None:
        bench = self._bench
        job = bench.run(bench.with_store(action), then, self._failed)
        job.settled.connect(self._settled)
        self.screen.set_busy(busy=True)
        self.screen.progress.follow(job, words, stopped=stopped)
        if writes:
            bench.importing(job)

    def _failed(self, error: object) -> None:
        self.screen.progress.failed()
        self._bench.messages.trouble(error)

    def _settled(self) -> None:
        self.screen.set_busy(busy=False)
