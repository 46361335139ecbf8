"""The people of the vault: who may open it, since when, and who has left."""

from tac_desktop.ui.kit import Kit
from tac_desktop.ui.part import Part


class PeoplePart(Part):
    """Everybody with a key slot."""

    def __init__(self, kit: Kit) -> None:
        """Build it empty."""
        super().__init__(kit)
        self.titled(self.tr("People"), self.tr("Everybody who may open this vault, each with her own pass-phrase."))
