"""One's own pass-phrase, and the two ways back in when one is forgotten."""

from tac_desktop.ui.kit import Kit
from tac_desktop.ui.part import Part


class RecoveryPart(Part):
    """Pass-phrase, recovery code, and the organisation's emergency key."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit)
        self.titled(self.tr("Your pass-phrase"))
