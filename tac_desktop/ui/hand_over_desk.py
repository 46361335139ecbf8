"""What happens behind a hand-over: who may receive the case file, what is open, the draft, and where it stands."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from tac_desktop.errors import AnswersRefused, TacError
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.case_ways import HANDOVER as FORM
from tac_desktop.ui.exchange_words import who_words
from tac_desktop.ui.hand_over_dialog import REASON, HandOverDialog, HandOverWish
from tac_desktop.ui.jobs import Steps
from tac_desktop.ui.kept_typing import KeptTyping
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.cards import Card
    from tac_desktop.actions.handing_over import Kind
    from tac_desktop.actions.vaults import Store


class HandOverDesk(QObject):
    """The hand-overs of one case file, shown and written on its page."""

    changed = Signal()
    """The case file was handed over, or a hand-over was ended."""
    cards_wanted = Signal()
    """Nobody's card was accepted yet."""

    def __init__(self, bench: Workbench, page: CaseScreen) -> None:
        """Take the page of the case file, and show there where its hand-overs stand."""
        super().__init__()
        self._bench, self._page, self._case_file = bench, page, page.desk.case_file
        self._cards: dict[str, Card] = {}
        self._typing = KeptTyping(bench.means(), self._case_file, FORM)
        self.window: HandOverDialog | None = None
        page.wishes.hand_over_wanted.connect(self.open)
        page.wishes.hand_over_ended.connect(self.end)
        self.read()

    def read(self) -> None:
        """Find out, beside the work, where the hand-overs stand, if there are any."""
        if not self._page.desk.records(FORM):
            return
        vault, case_file, today = self._bench.vault, self._case_file, self._bench.today()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.handing_over import handovers

            yield 0, 1
            return handovers(vault, store, case_file, today=today)

        self._bench.run(self._bench.with_store(action), self._was_read, asked=False)

    def _was_read(self, found: object) -> None:
        if isValid(self._page):  # the case file may have been closed meanwhile
            self._page.show_handovers(found)

    def open(self) -> None:
        """Open the window in which a hand-over is written, with what was typed there before."""
        from tac_desktop.actions.handing_over import open_tasks

        bench = self._bench
        try:
            recipients = self._recipients()
            tasks = open_tasks(bench.store, self._case_file, bench.today())
            kept = self._typing.found()
        except TacError as trouble:
            bench.messages.trouble(trouble)
            return
        self.window = HandOverDialog(bench.kit, recipients, tasks, bench.today(), self._page)
        if kept is not None:
            self.window.restore(kept.typed)
        self.window.submitted.connect(self._submit)
        self.window.typed.connect(self._typing.keep)
        self.window.discarded.connect(self._typing.forget)
        self.window.cards_wanted.connect(self._to_cards)
        self.window.finished.connect(self._closed)
        self.window.open()
        self.window.take_keyboard()

    def settle(self) -> None:
        """Have what was typed kept, now."""
        if self.window is not None:
            self.window.settle()

    def end(self, record_id: str) -> None:
        """Write down that a hand-over is over."""
        vault, now = self._bench.vault, self._bench.moment()

        def action(store: "Store") -> Steps:
            from tac_desktop.actions.handing_over import end_hand_over

            yield 0, 1
            end_hand_over(vault, store, record_id, now=now)

        self._bench.run(self._bench.with_store(action), self._ended)

    def _ended(self, _nothing: object) -> None:
        self.changed.emit()
        self._bench.messages.say(self.tr("The hand-over is ended. Your colleague sees it with the next bundle."))

    def _recipients(self) -> list[tuple[str, str]]:
        from tac_desktop.actions.cards import trusted_cards

        found = [one for one in trusted_cards(self._bench.store) if one.role != "admin"]
        self._cards = {one.card.device_id.hex(): one.card for one in found}
        return [(one.card.device_id.hex(), who_words(one.card.name, one.role, one.sites)) for one in found]

    def _submit(self, wish: HandOverWish) -> None:
        from tac_desktop.actions.handing_over import hand_over

        bench, card = self._bench, self._cards[wish.device]
        try:
            hand_over(
                bench.vault, bench.store, self._case_file, card, kind=cast("Kind", wish.kind), reason=wish.reason,
                until=wish.until, now=bench.moment(),
            )  # fmt: skip
        except AnswersRefused as refused:
            self._refuse(refused.problems)
            return
        except TacError as trouble:
            self._refuse({REASON: str(trouble)})
            return
        self._typing.forget()
        if self.window is not None:
            self.window.accept()
        words = self.tr("Handed over to {name}. It travels with the next bundle that you write for her.")
        self.changed.emit()
        bench.messages.say(words.format(name=card.name))

    def _refuse(self, problems: Mapping[str, str]) -> None:
        if self.window is not None:
            self.window.refuse(problems)

    def _to_cards(self) -> None:
        if self.window is not None:
            self.window.reject()
        self.cards_wanted.emit()

    def _closed(self, _result: int) -> None:
        if self.window is not None:
            self.window.settle()
        self.window = None
