"""Looking after a vault: how much it holds, whether it is sound, and making anew what follows from the journal."""

from collections.abc import Iterator

from tac_desktop.storage import integrity, rebuild
from tac_desktop.storage.binding import troubles
from tac_desktop.storage.device_checks import EndCheck
from tac_desktop.storage.extent import Extent, extent_of
from tac_desktop.storage.findings import Step
from tac_desktop.storage.integrity import HeadCheck
from tac_desktop.storage.ledger import Ledger
from tac_desktop.storage.vault import Vault


class Upkeep:
    """What is done with a vault as a whole; nothing here changes what was written down."""

    def __init__(self, ledger: Ledger, vault: Vault) -> None:
        """Take the ledger of an open store, and its vault."""
        self._ledger, self._vault = ledger, vault

    def extent(self) -> Extent:
        """Return how much the vault holds."""
        return extent_of(self._ledger)

    def rebuild(self) -> Iterator[tuple[int, int]]:
        """Make heads, records, search words and caseload anew from the journal; yield (done, total) steps.

        All or nothing: closing the iteration leaves everything as it was.
        """
        return rebuild.rebuild(self._ledger)

    def check(self, verify: HeadCheck | None = None, ends: EndCheck | None = None) -> Iterator[Step]:
        """Check pages, entries, chains, signatures, records, caseload and attachments; yield steps with what is wrong.

        Args:
            verify: says whether the signature of a history that came from elsewhere holds; without it they are not
                checked.
            ends: says whether a person's seal under the history of this vault is hers; without it they are not checked.

        Raises:
            VaultDamaged: the damage is such that reading cannot go on.
        """
        with troubles():  # not `reading`: what was misread is among the findings
            yield from integrity.check(self._ledger, self._vault.connect, verify, ends)
