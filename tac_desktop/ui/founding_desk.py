"""What happens behind the founding of a service: keys made in the lane, sheets printed and never saved."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.errors import TacError
from tac_desktop.ui.ask_texts import Asked, AskTexts
from tac_desktop.ui.exchange_screen import ExchangeScreen
from tac_desktop.ui.jobs import Steps, at_once
from tac_desktop.ui.printing import PrintDialog
from tac_desktop.ui.workbench import Workbench

if TYPE_CHECKING:
    from tac_desktop.actions.service import Prepared, Sheet
    from tac_desktop.actions.vaults import Store

QUEUE_NAME = "TaC Desktop"
"""What the printer's queue shows: never what is on the sheet."""


class FoundingDesk(QObject):
    """Walks through the steps, for a new service and for new sheets of an old one."""

    changed = Signal()
    """The service is founded, or has new keys."""

    def __init__(self, bench: Workbench, screen: ExchangeScreen, parent: QObject) -> None:
        """Take the screen."""
        super().__init__(parent)
        self._bench, self._screen = bench, screen
        self._part = screen.founding
        self._name = ""
        self._prepared: Prepared | None = None
        self._again = False
        self._part.name_typed.connect(self._found)
        self._part.print_wanted.connect(self._draw)
        self._part.written_down.connect(self._written_down)
        self._part.left.connect(self._leave)

    def begin(self) -> None:
        """Ask for the name of the service."""
        self._screen.show_founding(on=True)
        self._part.begin()

    def _found(self, name: str) -> None:
        from tac_desktop.actions import service

        bench = self._bench
        vault, now = bench.vault, bench.moment()
        self._name = name

        def action(store: "Store") -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            return at_once(lambda: service.prepare_service(vault, store, name, now=now))()

        bench.run(bench.with_store(action), self._made, self._not_founded)

    def _made(self, prepared: object) -> None:
        self._show(cast("Prepared", prepared), again=False)

    def _show(self, prepared: "Prepared", *, again: bool) -> None:
        self._prepared, self._again = prepared, again
        self._screen.show_founding(on=True)
        self._part.show_sheets(prepared.founded, again=again)

    def _not_founded(self, error: object) -> None:
        if isinstance(error, TacError):
            self._part.refuse(str(error))
        else:
            self._bench.messages.trouble(error)

    def ask_for_old_sheets(self) -> None:
        """Ask for the root keys of two sheets, to make three new ones."""
        title = self.tr("Make new key sheets")
        words = self.tr("If a sheet was lost or seen by somebody else, the two others make three new ones. The old "
                        "ones are then worth nothing.")  # fmt: skip
        asked = [Asked(self.tr("Root key of one sheet")), Asked(self.tr("Root key of another"))]
        dialog = AskTexts(self._bench.kit, title, words, asked, self.tr("Make them"), self._screen)
        dialog.typed.connect(partial(self._new_sheets, dialog))
        dialog.open()

    def _new_sheets(self, dialog: AskTexts, codes: tuple[str, ...]) -> None:
        from tac_desktop.actions import service

        bench = self._bench
        try:
            prepared = service.prepare_root(bench.vault, bench.store, codes, now=bench.moment())
            known = service.service_of(bench.store)
        except TacError as trouble:
            dialog.refuse(str(trouble))
            return
        self._name = known.name if known is not None else ""
        dialog.forget()
        dialog.accept()
        self._show(prepared, again=True)

    # --- paper ---

    def _draw(self, sheet: object) -> None:
        shown = cast("Sheet", sheet)
        name, now = self._name, self._bench.moment()
        code = self._prepared.founded.service_code if self._prepared is not None else ""

        def drawing() -> Any:  # noqa: ANN401 - see _found
            from tac_desktop.actions.card_sheets import key_paper

            return key_paper(name, code, shown.number, shown.root_key_code, shown.escrow_words, now=now)

        self._bench.run(drawing, self._drawn)

    def _drawn(self, paper: object) -> None:
        dialog = PrintDialog(self._screen, cast("bytes", paper), QUEUE_NAME)
        dialog.accepted.connect(self._print)
        dialog.open()

    def _print(self, work: object) -> None:
        self._bench.run(cast("Callable[[], Steps]", work), self._printed)

    def _printed(self, _pages: object) -> None:
        self._bench.messages.say(self.tr("The sheet was handed to the printer. Fetch it before you go on."))

    # --- the end ---

    def _written_down(self) -> None:
        """Only now the keys come into force: whoever was interrupted before has changed nothing."""
        from tac_desktop.actions import service

        bench, prepared = self._bench, self._prepared
        if prepared is None:
            return
        keep = service.keep_root if self._again else service.keep_service
        try:
            keep(bench.vault, bench.store, prepared, now=bench.moment())
        except TacError as trouble:
            self._leave()
            bench.messages.trouble(trouble)
            return
        self._part.show_done()
        self.changed.emit()

    def _leave(self) -> None:
        self._prepared = None
        self._screen.show_founding(on=False)
        self._screen.show_part("service")
        self.changed.emit()
        self._screen.arrive()
