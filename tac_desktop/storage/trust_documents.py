"""What a vault keeps of the trust between vaults: its service's file, and at the registrar's the roster's key."""

from collections.abc import Mapping

from tac_desktop.storage import seal_keys
from tac_desktop.storage.bundle_notes import COMPARED, COPY
from tac_desktop.storage.ledger import Ledger


class TrustDocuments:
    """Named documents, kept as they are, over a store's connection; see `Store.trust_documents`."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the store's ledger."""
        self._ledger = ledger

    def read(self, name: str) -> bytes | None:
        """Return a document; None if there is none of this name."""
        with self._ledger.reading() as connection:
            row = connection.execute("SELECT bytes FROM trust_document WHERE name = ?", (name,)).fetchone()
        return None if row is None else bytes(row[0])

    def named(self, beginning: str) -> dict[str, bytes]:
        """Return the documents whose names begin so, by name."""
        sql = "SELECT name, bytes FROM trust_document WHERE substr(name, 1, ?) = ? ORDER BY name"
        with self._ledger.reading() as connection:
            return {name: bytes(content) for name, content in connection.execute(sql, (len(beginning), beginning))}

    def seal_keys(self) -> dict[str, bytes]:
        """Return by person's id the public seal keys of the people of this vault."""
        with self._ledger.reading() as connection:
            return seal_keys.public_keys(connection)

    def keep(self, documents: Mapping[str, bytes]) -> None:
        """Keep documents by their names, all or none, each in the place of the one before."""
        with self._ledger.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO trust_document VALUES (?, ?)", list(documents.items()))

    def may_be_behind(self) -> bool:
        """Say whether this vault came from a backup, and its roster was compared with nobody's since."""
        sql = (
            "SELECT EXISTS (SELECT 1 FROM meta WHERE name = ?)"
            " AND NOT EXISTS (SELECT 1 FROM trust_document WHERE name = ?)"
        )
        with self._ledger.reading() as connection:
            return bool(connection.execute(sql, (COPY, COMPARED)).fetchone()[0])

    def forget(self, name: str) -> None:
        """Forget a document."""
        with self._ledger.writing() as connection:
            connection.execute("DELETE FROM trust_document WHERE name = ?", (name,))
