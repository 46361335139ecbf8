"""What is needed for work in an open vault, as the pages of a case file take it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from tac_desktop.ui.editor import Files
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import Messages

if TYPE_CHECKING:
    from tac_desktop.actions.vaults import Drafts, Store, Vault


@dataclass(frozen=True)
class Means:
    """What is needed for work in an open vault; all of it belongs to the window's thread."""

    kit: Kit
    messages: Messages
    now: Callable[[], str]
    """The present moment on this computer, 'YYYY-MM-DDTHH:MM'."""
    vault: "Vault"
    store: "Store"
    drafts: "Drafts"
    files: Files

    def moment(self) -> datetime:
        """Return the present moment with its zone, as actions want it."""
        return datetime.fromisoformat(self.now()).astimezone()
