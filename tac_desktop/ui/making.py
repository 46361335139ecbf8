"""Making a vault at the door: who, where, which pass-phrase; then its recovery code, on paper and really tried."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QObject, Signal

from tac_desktop.ui.ask_file import ask_folder
from tac_desktop.ui.jobs import Lane
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import Messages

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Profile, Vault
    from tac_desktop.ui.create_screen import NewVault
    from tac_desktop.ui.sheet_paper import SheetPaper

Attempt = Callable[[Callable[[], object], Callable[[object], None]], None]
"""Has something done in the lane while the card waits, and says on the card what went wrong."""


class Making(QObject):
    """Hands the door its cards; the vault is open from the moment at which its code is shown."""

    card_ready = Signal(object)
    """A DoorCard that the door shall show."""
    paper_ready = Signal(object)
    """A page that shall be shown over the card until `paper_left`."""
    paper_left = Signal()
    made = Signal(object)
    """The Vault, open; its code is on paper."""
    left = Signal()

    def __init__(
        self, kit: Kit, lane: Lane, messages: Messages, now: Callable[[], datetime], attempt: Attempt, parent: QObject
    ) -> None:
        """Take what the cards need, and what has something done in the lane while the card waits."""
        super().__init__(parent)
        self._kit, self._lane, self._messages, self._now, self._attempt = kit, lane, messages, now, attempt
        self._vault: Vault | None = None
        self._paper: SheetPaper | None = None

    def begin(self, profile: "Profile") -> None:
        """Ask for what a vault is made of; `profile` is the cost of a guess at its pass-phrase."""
        from tac_desktop.ui.create_screen import CreateVault

        self._profile = profile
        card = CreateVault(self._kit, self._lane, Path.home() / "TaC vault")
        card.submitted.connect(self._create)
        card.back_wanted.connect(self.left)
        title = self.tr("Make a vault: choose a new or empty folder")
        card.folder_wanted.connect(lambda: ask_folder(card, title, lambda folder: card.set_folder(Path(folder))))
        self.card_ready.emit(card)

    def _create(self, new: "NewVault") -> None:
        from tac_desktop.actions import vaults

        profile = self._profile
        self._attempt(
            lambda: vaults.create(
                new.folder,
                name=new.name,
                role=new.role,
                prison=new.prison,
                passphrase=new.passphrase,
                profile=profile,
            ),
            self._created,
        )

    def _created(self, made: object) -> None:
        from tac_desktop.ui.create_screen import RecoveryCode

        self._vault, code = cast("tuple[Vault, str]", made)
        card = RecoveryCode(self._kit, code)
        card.typed.connect(self._try_code)
        card.print_wanted.connect(self._draw)
        self.card_ready.emit(card)

    def _try_code(self, typed: str) -> None:
        from tac_desktop.actions.recovery import try_new_code

        vault = self._vault
        if vault is not None:
            self._attempt(lambda: try_new_code(vault, typed), self._holds)

    def _holds(self, _nothing: object) -> None:
        vault, self._vault = self._vault, None
        self.made.emit(vault)

    def _draw(self, code: str) -> None:
        from tac_desktop.ui.sheet_paper import SheetPaper

        if self._vault is None:
            return
        name, now = self._vault.folder.name, self._now()
        if self._paper is None:
            self._paper = SheetPaper(self._kit, self._lane, self._messages, self)
            self._paper.ready.connect(self.paper_ready)
            self._paper.left.connect(self.paper_left)

        def drawing() -> Any:  # noqa: ANN401 - the generator's own type says nothing more here
            from tac_desktop.actions.recovery import drawn_sheet

            return drawn_sheet(name, code, now=now)

        self._paper.draw(drawing)

    def close(self) -> None:
        """Close a vault that was made but not entered yet; before the program ends."""
        if self._vault is not None:
            self._vault.close()
            self._vault = None
