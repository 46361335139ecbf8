"""What leaves for others and what is known about them: histories, trusted cards, bundles sent and received."""

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from tac_desktop.casework.journal import Entry
from tac_desktop.storage import attachments, own_keys
from tac_desktop.storage.attachments import Piece
from tac_desktop.storage.bundle_notes import BundleNote, BundleNotes, End
from tac_desktop.storage.histories import Histories, Origin, Reach, Split
from tac_desktop.storage.ledger import chunks
from tac_desktop.storage.vault import Vault


@dataclass(frozen=True, kw_only=True)
class TrustedCard:
    """A card that a person of this vault has accepted."""

    device_id: bytes
    card: bytes
    """The card's file, as it was accepted."""
    role: str
    accepted_by: str
    accepted_at: str


class Exchange(Histories, BundleNotes):
    """Reads and notes what exchange needs, over a store's connection; see `Store.exchange`."""

    @contextmanager
    def at_once(self) -> Generator[None]:
        """Keep everything that is written within the block, whatever writes it, or nothing of it."""
        with self._ledger.writing():
            yield

    @contextmanager
    def renewing(self, vault: Vault, *, identity: bytes, device_id: bytes, former: bytes) -> Generator[None]:
        """Give the vault new keys, in one transaction with what the block writes; see `own_keys.renewing`."""
        with own_keys.renewing(vault, self._ledger, identity=identity, device=device_id, former=former):
            yield

    def streams(self) -> dict[str, str]:
        """Return the kind of each stream: case, office, restricted or terminal."""
        with self._ledger.reading() as connection:
            return dict(connection.execute("SELECT sid, kind FROM stream ORDER BY sid"))

    def entries(self, incarnation: bytes, parts: Mapping[str, tuple[int, int]]) -> Iterator[Entry]:
        """Yield entries of one incarnation, verbatim, each stream's in their order.

        They come in the order in which they were taken in, so that each page of the database is read once.

        Args:
            incarnation: whose.
            parts: for each stream, after which entry (0: from the first) and up to which.
        """
        numbers = (
            "SELECT j FROM journal WHERE r = (SELECT r FROM replica WHERE rid = ?)"
            " AND s = (SELECT s FROM stream WHERE sid = ?) AND sseq > ? AND sseq <= ?"
        )
        rows = (
            "SELECT seq, sseq, sem, salt, payload FROM journal LEFT JOIN content USING (j)"
            " WHERE j IN (SELECT value FROM json_each(?)) ORDER BY j"
        )
        with self._ledger.reading() as connection:
            wanted = [
                j
                for stream, (after, end) in parts.items()
                for (j,) in connection.execute(numbers, (incarnation, stream, after, end))
            ]
            for some in chunks(wanted):
                for seq, sseq, sem, salt, payload in connection.execute(rows, (json.dumps(some),)):
                    content = b"" if payload is None else payload.encode()
                    yield Entry(incarnation, seq, sseq, sem.encode(), salt or b"", content)

    def attachments(self, incarnation: bytes, parts: Mapping[str, tuple[int, int]]) -> set[str]:
        """Return the SHA-256 of the attachments that these entries name."""
        told = (entry.payload.decode() for entry in self.entries(incarnation, parts))
        return {sha256 for payload in told for sha256 in attachments.named_in(payload)}

    def pieces(self, sha256: str) -> tuple[Piece, ...]:
        """Return the pieces of 8 MiB (SHA-256, bytes) in which an attachment travels; none if it is not whole here."""
        with self._ledger.reading() as connection:
            return attachments.pieces_of(connection, sha256)

    def piece(self, sha256: str, number: int) -> Iterator[bytes]:
        """Yield the bytes of piece `number` (from 0) of an attachment, in chunks; who seals them checks their hash."""
        return attachments.read_piece(self._ledger.connection, sha256, number)

    # --- others ---

    def trust(self, card: TrustedCard) -> None:
        """Accept a card, in place of an older one of the same device."""
        with self._ledger.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO card (device, card, role, accepted_by, accepted_at) VALUES (?, ?, ?, ?, ?)",
                (card.device_id, card.card, card.role, card.accepted_by, card.accepted_at),
            )

    def distrust(self, device_id: bytes) -> None:
        """Take back the acceptance of a card; what came from it stays."""
        with self._ledger.writing() as connection:
            connection.execute("DELETE FROM card WHERE device = ?", (device_id,))

    def trusted(self) -> list[TrustedCard]:
        """Return the accepted cards, the oldest acceptance first."""
        sql = "SELECT device, card, role, accepted_by, accepted_at FROM card ORDER BY accepted_at, device"
        with self._ledger.reading() as connection:
            return [
                TrustedCard(device_id=device, card=card, role=role, accepted_by=by, accepted_at=at)
                for device, card, role, by, at in connection.execute(sql)
            ]


__all__ = ["BundleNote", "End", "Exchange", "Origin", "Piece", "Reach", "Split", "TrustedCard"]
