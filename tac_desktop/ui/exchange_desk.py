"""What happens behind 'Send and receive': files are asked for, bundles written and taken in, cards handed out."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from tac_desktop.casework.codelists import label
from tac_desktop.errors import TacError
from tac_desktop.ui.accept_card import AcceptCard
from tac_desktop.ui.exchange_screen import Acquaintance, ExchangeScreen, Expected
from tac_desktop.ui.jobs import at_once
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.exchange import BundleImported, BundleWritten
    from tac_desktop.actions.vaults import Store

BUNDLES, CARDS = "Bundles (*.tacb)", "Cards (*.taccard)"


class ExchangeDesk(QObject):
    """Owns the screen and decides what follows each of its wishes."""

    def __init__(self, bench: Workbench) -> None:
        """Build the screen and read whom this vault trusts."""
        super().__init__()
        self._bench = bench
        self.screen = ExchangeScreen(bench.kit, may_exchange=bench.person.role != "admin")
        self._bundle = Path()
        self._recipient = ""
        self._words = {
            "worker": self.tr("social worker"),
            "manager": self.tr("manager"),
            "admin": self.tr("administrator"),
        }
        screen = self.screen
        screen.send_wanted.connect(self._ask_where_to_write)
        screen.bundle_wanted.connect(self._ask_which_bundle)
        screen.import_wanted.connect(self._take_in)
        screen.card_file_wanted.connect(self._ask_where_to_save_card)
        screen.card_wanted.connect(self._ask_which_card)
        self._read()

    def _read(self) -> None:
        from tac_desktop.actions import cards

        trusted = cards.trusted_cards(self._bench.store)
        self.screen.show_own_code(cards.own_code(self._bench.vault))
        self.screen.show_acquaintances([
            Acquaintance(
                one.card.device_id.hex(), one.card.name, self._words[one.role],
                label("prison", one.card.prison) if one.card.prison else "",
            )
            for one in trusted
        ])  # fmt: skip

    # --- files ---

    def _ask(self, title: str, kind: str, chosen: Callable[[str], None], *, save_as: str = "") -> None:
        dialog = QFileDialog(self.screen, title, save_as, kind)
        if save_as:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(Path(save_as).suffix)
            dialog.selectFile(save_as)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(chosen)
        dialog.open()

    def _ask_where_to_write(self, device: str) -> None:
        from tac_desktop.actions.exchange import neutral_name

        self._recipient = device
        name = neutral_name(self._bench.moment())
        self._ask(self.tr("Write the bundle"), BUNDLES, self.write, save_as=name)

    def _ask_which_bundle(self) -> None:
        self._ask(self.tr("Open a bundle"), BUNDLES, self.look_into)

    def _ask_where_to_save_card(self) -> None:
        self._ask(self.tr("Save my card"), CARDS, self.save_card, save_as="my-card.taccard")

    def _ask_which_card(self) -> None:
        self._ask(self.tr("Accept a card"), CARDS, self.open_card)

    # --- sending ---

    def write(self, file: str) -> None:
        """Write a bundle for the chosen recipient."""
        from tac_desktop.actions import cards, exchange

        bench, device, path = self._bench, self._recipient, Path(file)
        vault, now = bench.vault, bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            card = next(t.card for t in cards.trusted_cards(store) if t.card.device_id.hex() == device)
            return exchange.write_bundle(vault, store, card, path, now=now)

        self._start(action, self._written, self.tr("Writing the bundle …"))

    def _written(self, result: object) -> None:
        written = cast("BundleWritten", result)
        words = self.tr("The bundle is written. Hand it over; only the person you chose can open it.")
        numbers = [
            (written.case_files, self.tr("case files")),
            (written.entries, self.tr("entries")),
            (written.attachments, self.tr("attached files")),
        ]
        self.screen.progress.show_numbers(words, numbers)

    # --- receiving ---

    def look_into(self, file: str) -> None:
        """Check a bundle and show what it would bring; nothing is changed."""
        self._bundle = Path(file)
        self._import(self._looked_into, self.tr("Checking the bundle …"), dry_run=True)

    def _looked_into(self, result: object) -> None:
        found = cast("BundleImported", result)
        self.screen.progress.hide()
        if found.imported_before:
            self.screen.progress.show_numbers(self.tr("This bundle was taken in before. Nothing would change."), [])
            return
        expected = Expected(found.sender, found.new, found.changed, found.conflicting, found.known)
        self.screen.show_preview(expected)

    def _take_in(self) -> None:
        self._import(self._taken_in, self.tr("Taking the bundle in …"), dry_run=False)

    def _import(self, then: Callable[[object], None], words: str, *, dry_run: bool) -> None:
        from tac_desktop.actions import exchange

        bench, path = self._bench, self._bundle
        vault, now = bench.vault, bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - see write
            return exchange.import_bundle(vault, store, path, now=now, dry_run=dry_run)

        self._start(action, then, words, writes=True)

    def _taken_in(self, result: object) -> None:
        brought = cast("BundleImported", result)
        words = self.tr("The bundle is taken in. It came from {sender}.").format(sender=brought.sender)
        if brought.conflicting:
            words += " " + self.tr("Some answers contradict yours: Today shows them, and both are kept.")
        numbers = [
            (brought.new, self.tr("new records")),
            (brought.changed, self.tr("changed records")),
            (brought.conflicting, self.tr("with contradictions")),
            (brought.known, self.tr("entries already here")),
        ]
        self.screen.progress.show_numbers(words, numbers)

    def _start(
        self, action: Callable[["Store"], Any], then: Callable[[object], None], words: str, *, writes: bool = False
    ) -> None:
        bench = self._bench
        job = bench.run(bench.with_store(action), then, self._failed)
        job.settled.connect(self._settled)
        self.screen.set_busy(busy=True)
        self.screen.progress.follow(job, words)
        if writes:
            bench.importing(job)

    def _failed(self, error: object) -> None:
        self.screen.progress.failed()
        self._bench.messages.trouble(error)

    def _settled(self) -> None:
        self.screen.set_busy(busy=False)

    # --- cards ---

    def save_card(self, file: str) -> None:
        """Save one's own card."""
        from tac_desktop.actions import cards

        vault, path, now = self._bench.vault, Path(file), self._bench.moment()
        self._bench.run(at_once(lambda: cards.hand_out_card(vault, path, now=now)), self._card_saved)

    def _card_saved(self, _code: object) -> None:
        words = self.tr("Your card is saved. Send it, and tell its code by telephone, not in the same message.")
        self._bench.messages.say(words)

    def open_card(self, file: str) -> None:
        """Show whose card a file is, and ask for its code."""
        from tac_desktop.actions import cards

        try:
            card = cards.read_card_file(Path(file))
        except TacError as trouble:
            self._bench.messages.trouble(trouble)
            return
        place = label("prison", card.prison) if card.prison else ""
        dialog = AcceptCard(self._bench.kit, file, card.name, self._words[card.role], place, self.screen)
        dialog.code_typed.connect(self._accept)
        dialog.open()

    def _accept(self, file: str, code: str) -> None:
        from tac_desktop.actions import cards

        dialog = cast("AcceptCard", self.sender())
        bench = self._bench
        try:
            card = cards.trust_card(bench.vault, bench.store, Path(file), code, now=bench.moment())
        except TacError as trouble:
            dialog.refuse(str(trouble))
            return
        dialog.accept()
        self._read()
        bench.messages.say(self.tr("The card of {name} is accepted.").format(name=card.name))
