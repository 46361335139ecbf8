"""What happens behind the service: it is founded, joined and looked after, and its members are withdrawn."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.errors import TacError
from tac_desktop.ui.ask_file import BUNDLES, ROSTERS, SIGNERS, ask_open, ask_save
from tac_desktop.ui.ask_texts import Asked, AskTexts
from tac_desktop.ui.exchange_screen import ExchangeScreen
from tac_desktop.ui.founding_desk import FoundingDesk
from tac_desktop.ui.jobs import at_once
from tac_desktop.ui.withdraw_card import WithdrawCard
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.service import Drill, Service
    from tac_desktop.actions.vaults import Store


class ServiceDesk(QObject):
    """Owns what follows the wishes of one part of the screen."""

    changed = Signal()
    """The service is another than before: what the screen shows is to be read again."""

    def __init__(self, bench: Workbench, screen: ExchangeScreen, parent: QObject) -> None:
        """Take the screen."""
        super().__init__(parent)
        self._bench, self._screen = bench, screen
        self.founding = FoundingDesk(bench, screen, self)
        self.founding.changed.connect(self.changed)
        service = screen.service
        service.wanted.connect(self._do)
        service.withdraw_wanted.connect(self.withdraw)
        service.cut_off_wanted.connect(self.ask_which_left_out)

    # --- the service ---

    def _do(self, wish: str) -> None:
        steps: dict[str, Callable[[], object]] = {
            "found": self.founding.begin,
            "join": self._ask_which_service,
            "roster_out": self._ask_where_to_write_roster,
            "roster_in": self._ask_which_roster,
            "signers": self._ask_where_to_write_signers,
            "drill": self.ask_for_drill,
            "renew": self.ask_for_renewal,
            "new_sheets": self.founding.ask_for_old_sheets,
        }
        steps[wish]()

    def _ask_which_service(self) -> None:
        ask_open(self._screen, self.tr("Join a service"), ROSTERS, self.open_service)

    def open_service(self, file: str) -> None:
        """Show which service a file is of, and ask for its code."""
        from tac_desktop.actions import service

        try:
            found = service.read_service_file(Path(file))
        except TacError as trouble:
            self._bench.messages.trouble(trouble)
            return
        words = self.tr("This file says that it is of the service ‘{name}’. Ask for the code of the service by "
                        "telephone or letter, and type it here. If it fits, its roster is believed.")  # fmt: skip
        label = self.tr("The code of the service")
        dialog = self._dialog(self.tr("Join a service"), words.format(name=found.name), [Asked(label)], self.tr("Join"))
        dialog.typed.connect(partial(self._join, dialog, file))

    def _join(self, dialog: AskTexts, file: str, codes: tuple[str, ...]) -> None:
        from tac_desktop.actions import service

        bench, (code,) = self._bench, codes
        self._try(dialog, lambda: service.join_service(bench.vault, bench.store, Path(file), code, now=bench.moment()),
                  self.tr("This vault is in the service now. If a pass-phrase is forgotten, two of the service’s three "
                          "sheets can open it, too."))  # fmt: skip

    def _ask_where_to_write_roster(self) -> None:
        ask_save(self._screen, self.tr("Hand out the roster"), ROSTERS, "roster.tacroster", self.hand_out_roster)

    def hand_out_roster(self, file: str) -> None:
        """Write the roster to a file: with it a colleague joins, or renews what she has."""
        from tac_desktop.actions import service

        path = Path(file)
        said = self.tr("The roster is saved. It holds names and public keys; tell the service's code by telephone.")
        self._run(lambda store, _now: service.hand_out_roster(store, path), said)

    def _ask_which_roster(self) -> None:
        ask_open(self._screen, self.tr("Take in a roster"), ROSTERS, self.take_in_roster)

    def take_in_roster(self, file: str) -> None:
        """Take in a newer roster from a file."""
        from tac_desktop.actions import service

        vault, path = self._bench.vault, Path(file)
        said = self.tr("The roster is taken in.")
        self._run(lambda store, now: service.take_in_roster(vault, store, path, now=now), said)

    def _ask_where_to_write_signers(self) -> None:
        ask_save(self._screen, self.tr("Save the list for ssh-keygen"), SIGNERS, "allowed_signers", self.save_signers)

    def save_signers(self, file: str) -> None:
        """Write the members as ssh-keygen reads them, so that bundles can be checked without this program."""
        from tac_desktop.actions import service

        path = Path(file)
        self._run(lambda store, _now: service.write_allowed_signers(store, path), self.tr("The list is saved."))

    def withdraw(self, device: str, name: str) -> None:
        """Ask why a member's card is withdrawn, and withdraw it."""
        dialog = WithdrawCard(self._bench.kit, name, self._screen)
        dialog.chosen.connect(partial(self._withdraw, dialog, device, name))
        dialog.open()

    def _withdraw(self, dialog: WithdrawCard, device: str, name: str, status: str) -> None:
        from tac_desktop.actions import service

        bench = self._bench
        said = self.tr("The card of {name} is withdrawn. The roster that says so travels with your next bundles.")
        self._try(
            dialog,
            lambda: service.withdraw(
                bench.vault, bench.store, bytes.fromhex(device), cast("Any", status), now=bench.moment()
            ),
            said.format(name=name),
        )

    def ask_which_left_out(self, device: str, name: str) -> None:
        """Ask for the bundle from which entries of a withdrawn member were left out."""
        title = self.tr("The bundle from which entries were left out")
        ask_open(self._screen, title, BUNDLES, partial(self.move_cut_off, device, name))

    def move_cut_off(self, device: str, name: str, file: str) -> None:
        """Believe what a withdrawn member wrote up to where a bundle tells it."""
        from tac_desktop.actions import service

        vault, bundle = self._bench.vault, Path(file)
        said = self.tr("What this bundle brings of {name} counts from now on. Take it in once more.").format(name=name)
        self._run(
            lambda store, now: service.move_cut_off(vault, store, bytes.fromhex(device), now=now, bundle=bundle), said
        )

    def ask_for_drill(self) -> None:
        """Ask for the words of two sheets, and try whether they open what is sealed for the service."""
        words = self.tr("Once a year two keepers type the emergency words of their sheets. Nothing is stored: the "
                        "program says whether the words open bundles of this service.")  # fmt: skip
        hint = self.tr("All words of a sheet, in their order, with spaces between them.")
        labels = (self.tr("Words of one sheet"), self.tr("Words of another"))
        asked = [Asked(label, hint, long=True) for label in labels]
        dialog = self._dialog(self.tr("Emergency drill"), words, asked, self.tr("Try the words"))
        dialog.offer_file(self._bench.kit, self.tr("Choose a bundle to be opened with them"), BUNDLES)
        dialog.typed.connect(partial(self._drill, dialog))

    def _drill(self, dialog: AskTexts, shares: tuple[str, ...]) -> None:
        from tac_desktop.actions import service

        def action(store: "Store") -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            return at_once(lambda: service.drill(store, shares, bundle, now=now))()

        now, bundle = self._bench.moment(), Path(dialog.file) if dialog.file else None
        dialog.set_busy(busy=True)
        work = self._bench.with_store(action)
        job = self._bench.run(work, partial(self._drilled, dialog), partial(self._refused, dialog))
        job.cancelled.connect(dialog.reject)

    def _drilled(self, dialog: AskTexts, found: object) -> None:
        dialog.forget()
        dialog.accept()
        opened = self.tr("The words hold: with them the bundle was opened to its last byte. Nothing of it was kept.")
        held = self.tr("The words hold: these two sheets open the bundles of this service.")
        self._bench.messages.say(opened if cast("Drill", found).opened else held)
        self.changed.emit()

    def ask_for_renewal(self) -> None:
        """Ask for the root keys of two sheets, so that this vault keeps the roster from now on."""
        words = self.tr("Whoever keeps two of the three sheets can appoint another vault to keep the roster: this "
                        "one. The former one then keeps it no more.")  # fmt: skip
        asked = [Asked(self.tr("Root key of one sheet")), Asked(self.tr("Root key of another"))]
        dialog = self._dialog(self.tr("Keep the roster here"), words, asked, self.tr("Keep it here"))
        dialog.typed.connect(partial(self._renew, dialog))

    def _renew(self, dialog: AskTexts, codes: tuple[str, ...]) -> None:
        from tac_desktop.actions import service

        bench = self._bench
        self._try(dialog, lambda: service.renew_roster_key(bench.vault, bench.store, codes, now=bench.moment()),
                  self.tr("The roster is kept here from now on."))  # fmt: skip

    # --- what all of them need ---

    def _dialog(self, title: str, words: str, asked: list[Asked], go: str) -> AskTexts:
        dialog = AskTexts(self._bench.kit, title, words, asked, go, self._screen)
        dialog.open()
        return dialog

    def _try(self, dialog: "AskTexts | WithdrawCard", call: Callable[[], "Service"], said: str) -> None:
        try:
            call()
        except TacError as trouble:
            dialog.refuse(str(trouble))
            return
        dialog.accept()
        self.changed.emit()
        self._bench.messages.say(said)

    def _refused(self, dialog: AskTexts, error: object) -> None:
        if isinstance(error, TacError):
            dialog.refuse(str(error))
        else:
            self._bench.messages.trouble(error)

    def _run(self, call: Callable[["Store", datetime], object], said: str) -> None:
        bench, now = self._bench, self._bench.moment()

        def done(_result: object) -> None:
            bench.messages.say(said)
            self.changed.emit()

        bench.run(bench.with_store(lambda store: at_once(lambda: call(store, now))()), done)
