"""What stands behind 'Send and receive': the screen, its desks, and what it shows, read in the lane."""

from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject

from tac_desktop.casework.permissions import Deed, may
from tac_desktop.ui.card_desk import CardDesk
from tac_desktop.ui.exchange_inbox import InboxWatch
from tac_desktop.ui.exchange_reading import Known, acquaintances, read_known, recipients
from tac_desktop.ui.exchange_screen import ExchangeScreen
from tac_desktop.ui.jobs import at_once
from tac_desktop.ui.part_jobs import PartJobs
from tac_desktop.ui.receiving_desk import ReceivingDesk
from tac_desktop.ui.sending_desk import SendingDesk
from tac_desktop.ui.service_desk import ServiceDesk
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Store


class ExchangeDesk(QObject):
    """Owns the screen; each of its parts has a desk of its own."""

    def __init__(self, bench: Workbench, inbox: InboxWatch, parent: QObject) -> None:
        """Take the watched inbox; build the screen and read what it shows."""
        super().__init__(parent)
        self._bench = bench
        role = bench.person.role
        self._exchanges = may(role, Deed.EXCHANGE)
        self.screen = ExchangeScreen(bench.kit, may_exchange=self._exchanges, may_found=may(role, Deed.KEEP_ROSTER))
        jobs = PartJobs(bench, self.screen, self)
        self.sending = SendingDesk(bench, self.screen, jobs, self)
        self.receiving = ReceivingDesk(bench, self.screen, jobs, inbox, self)
        self.cards = CardDesk(bench, self.screen, self)
        self.service = ServiceDesk(bench, self.screen, self)
        for desk in (self.sending, self.cards, self.service):
            desk.changed.connect(self.read)
        self.screen.send.cards_wanted.connect(self._go_to_cards)
        self.screen.standing.send_wanted.connect(self._send_to)
        self.read()

    def read(self) -> None:
        """Read everything again that the screen shows."""
        bench, exchanges = self._bench, self._exchanges
        vault, now = bench.vault, bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            return at_once(lambda: read_known(vault, store, now, exchanges=exchanges))()

        bench.run(bench.with_store(action), self._was_read, asked=False)

    def _was_read(self, found: object) -> None:
        known = cast("Known", found)
        screen, service = self.screen, known.service
        may_accept = service is None or service.is_registrar
        screen.cards.show_card(known.card)
        screen.cards.show_acquaintances(
            acquaintances(known), may_accept=may_accept, service="" if service is None else service.name
        )
        screen.service.show_service(service, self._bench.vault.device_id, known.beyond)
        screen.send.show_people(recipients(known))
        screen.standing.show_standing(known.standing, split=known.split)
        screen.history.show_history(known.history)

    def _go_to_cards(self) -> None:
        self._go("cards")

    def _go(self, part: str) -> None:
        self.screen.show_part(part)
        self.screen.arrive()

    def _send_to(self, device: str) -> None:
        self.screen.send.choose(device)
        self._go("send")
