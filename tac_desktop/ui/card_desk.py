"""What happens behind the cards: one's own saved or put on paper, another's accepted by its code."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.errors import TacError
from tac_desktop.ui.accept_card import AcceptCard
from tac_desktop.ui.ask_file import CARDS, PAPERS, ask_open, ask_save, card_file_name
from tac_desktop.ui.exchange_screen import ExchangeScreen
from tac_desktop.ui.jobs import Steps, at_once
from tac_desktop.ui.print_screen import PrintScreen
from tac_desktop.ui.printing import PrintDialog
from tac_desktop.ui.renewal_desk import RenewalDesk
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Store

QUEUE_NAME = "TaC Desktop"


class CardDesk(QObject):
    """A card is public: it may be saved without a warning."""

    changed = Signal()
    """Another card is accepted."""
    ready = Signal(object)
    """The Page that shows one's own card on paper."""
    left = Signal()
    """That page is no longer wanted."""

    def __init__(self, bench: Workbench, screen: ExchangeScreen, parent: QObject) -> None:
        """Take the screen."""
        super().__init__(parent)
        self._bench, self._screen = bench, screen
        self._paper: PrintScreen | None = None
        self.renewal = RenewalDesk(bench, screen, self)
        self.renewal.changed.connect(self.changed)
        cards = screen.cards
        cards.save_wanted.connect(self._ask_where_to_save_card)
        cards.accept_wanted.connect(self._ask_which_card)
        cards.print_wanted.connect(self.draw)

    def _ask_where_to_save_card(self) -> None:
        ask_save(self._screen, self.tr("Save my card"), CARDS, card_file_name(self._bench.person.name), self.save_card)

    def save_card(self, file: str) -> None:
        """Save one's own card."""
        from tac_desktop.actions import cards

        vault, path, now = self._bench.vault, Path(file), self._bench.moment()
        self._bench.run(at_once(lambda: cards.hand_out_card(vault, path, now=now)), self._card_saved)

    def _card_saved(self, _code: object) -> None:
        words = self.tr("Your card is saved. Send it, and tell its code by telephone, not in the same message.")
        self._bench.messages.say(words)

    def _ask_which_card(self) -> None:
        ask_open(self._screen, self.tr("Accept a card"), CARDS, self.open_card)

    def open_card(self, file: str) -> None:
        """Show whose card a file is, and ask for its code; new keys of somebody who is believed need none."""
        from tac_desktop.actions import cards

        try:
            if self.renewal.offers(file):
                return
            card = cards.read_card_file(Path(file))
        except TacError as trouble:
            self._bench.messages.trouble(trouble)
            return
        dialog = AcceptCard(self._bench.kit, file, card.name, card.role, card.prison, self._screen)
        dialog.code_typed.connect(self._accept)
        dialog.open()

    def _accept(self, file: str, code: str, role: str) -> None:
        from tac_desktop.actions import cards

        dialog = cast("AcceptCard", self.sender())
        bench = self._bench
        try:
            card = cards.trust_card(
                bench.vault, bench.store, Path(file), code, now=bench.moment(), role=cast("Any", role)
            )
        except TacError as trouble:
            dialog.refuse(str(trouble))
            return
        dialog.accept()
        self.changed.emit()
        bench.messages.say(self.tr("The card of {name} is accepted.").format(name=card.name))

    # --- paper ---

    def draw(self) -> None:
        """Draw one's own card; `ready` follows."""
        vault, now = self._bench.vault, self._bench.moment()

        def drawing() -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            from tac_desktop.actions.card_sheets import card_paper

            return card_paper(vault, now=now)

        self._bench.run(drawing, self._drawn)

    def _drawn(self, paper: object) -> None:
        page = PrintScreen(self._bench.kit, self._bench.lane, cast("bytes", paper), self.tr("My card"))
        page.left.connect(self.left)
        page.print_wanted.connect(self._print)
        page.save_wanted.connect(self._ask_where)
        self._paper = page
        self.ready.emit(page)

    def _print(self) -> None:
        if self._paper is not None:
            dialog = PrintDialog(self._paper, self._paper.content, QUEUE_NAME)
            dialog.accepted.connect(self._print_now)
            dialog.open()

    def _print_now(self, work: object) -> None:
        self._bench.run(cast("Callable[[], Steps]", work), self._printed)

    def _printed(self, _pages: object) -> None:
        self._bench.messages.say(self.tr("The card was handed to the printer. Its code is not on it: tell it."))

    def _ask_where(self) -> None:
        if self._paper is not None:
            ask_save(self._paper, self.tr("Save the document"), PAPERS, "my-card.pdf", self.save)

    def save(self, file: str) -> None:
        """Write the sheet to a file; the vault notes that."""
        bench, path = self._bench, Path(file)
        content = self._paper.content if self._paper is not None else b""
        person, now = bench.person, bench.moment()

        def action(store: "Store") -> Any:  # noqa: ANN401 - see draw
            from tac_desktop.actions.paper import save_sheet

            return at_once(lambda: save_sheet(store, person, content, path, now=now))()

        bench.run(bench.with_store(action), self._saved)

    def _saved(self, _nothing: object) -> None:
        self._bench.messages.say(self.tr("The sheet is saved."))
