"""What leaves for others and what is known about them: histories, trusted cards, bundles sent and received."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tac_desktop.casework.journal import Entry, stream_chain
from tac_desktop.storage.ledger import Ledger, chunks

End = tuple[bytes, str, int]
"""Incarnation, stream, and the number of its entries."""


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far the history of one stream by one incarnation is held here."""

    incarnation: bytes
    stream: str
    sseq: int
    chain: bytes
    signature: bytes
    """The incarnation's device's signature of this end; empty where it came without, as one's own do."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Whose an incarnation is."""

    incarnation: bytes
    own: bool
    """Whether this vault made it."""
    key: bytes
    """The device's Ed25519 public key; empty for one's own."""
    nonce: bytes


@dataclass(frozen=True, kw_only=True)
class TrustedCard:
    """A card that a person of this vault has accepted."""

    device_id: bytes
    card: bytes
    """The card's file, as it was accepted."""
    role: str
    accepted_by: str
    accepted_at: str


@dataclass(frozen=True, kw_only=True)
class BundleNote:
    """A bundle that was written or imported."""

    id: str
    peer: bytes
    """The device id of the other side."""
    number: int
    at: str
    sha256: str


class Exchange:
    """Reads and notes what exchange needs, over a store's connection; see `Store.exchange`."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the store's ledger."""
        self._ledger = ledger

    def streams(self) -> dict[str, str]:
        """Return the kind of each stream: case, office, restricted or terminal."""
        with self._ledger.reading() as connection:
            return dict(connection.execute("SELECT sid, kind FROM stream ORDER BY sid"))

    def reaches(self) -> list[Reach]:
        """Return how far each history is held."""
        sql = (
            "SELECT rid, sid, v.sseq, v.chain, coalesce(h.signature, x'') FROM sv v JOIN replica USING (r)"
            " JOIN stream USING (s) LEFT JOIN signed_head h ON (h.r, h.s, h.sseq) = (v.r, v.s, v.sseq)"
            " ORDER BY rid, sid"
        )
        with self._ledger.reading() as connection:
            return [
                Reach(incarnation=rid, stream=sid, sseq=sseq, chain=chain, signature=signature)
                for rid, sid, sseq, chain, signature in connection.execute(sql)
            ]

    def origins(self) -> dict[bytes, Origin]:
        """Return whose each incarnation is."""
        sql = "SELECT rid, own, key, nonce FROM replica JOIN origin USING (r)"
        with self._ledger.reading() as connection:
            return {
                rid: Origin(incarnation=rid, own=bool(own), key=key, nonce=nonce)
                for rid, own, key, nonce in connection.execute(sql)
            }

    def chain_at(self, incarnation: bytes, stream: str, sseq: int) -> bytes:
        """Return the chain's value after entry `sseq` of a history that is held at least so far; b'' for 0."""
        sql = (
            "SELECT cid FROM journal WHERE r = (SELECT r FROM replica WHERE rid = ?)"
            " AND s = (SELECT s FROM stream WHERE sid = ?) AND sseq <= ? ORDER BY sseq"
        )
        chain = b""
        with self._ledger.reading() as connection:
            for place, (cid,) in enumerate(connection.execute(sql, (incarnation, stream, sseq)), start=1):
                chain = stream_chain(chain, cid, place)
        return chain

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
        found: set[str] = set()
        for entry in self.entries(incarnation, parts):
            if b'"blob"' in entry.payload:
                values: list[Any] = json.loads(entry.payload)
                found.update(sha256 for value in values if (sha256 := _attachment_of(value)))
        return found

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

    def peer_has(self, peer: bytes) -> dict[tuple[bytes, str], int]:
        """Return how far another vault is known to hold each history (it acknowledged it, or sent it)."""
        sql = "SELECT rid, sid, sseq FROM peer_has JOIN replica USING (r) JOIN stream USING (s) WHERE peer = ?"
        with self._ledger.reading() as connection:
            return {(rid, sid): sseq for rid, sid, sseq in connection.execute(sql, (peer,))}

    def next_number(self, peer: bytes) -> int:
        """Return the how-many-eth bundle for another vault the next one is, from 1."""
        sql = "SELECT coalesce(max(number), 0) + 1 FROM bundle WHERE direction = 'out' AND peer = ?"
        with self._ledger.reading() as connection:
            return connection.execute(sql, (peer,)).fetchone()[0]

    def note_sent(self, bundle: BundleNote, ends: Iterable[End]) -> None:
        """Note a bundle that was written and where each history in it ends."""
        with self._ledger.writing() as connection:
            note_bundle(self._ledger, "out", bundle)
            connection.executemany(
                "INSERT OR REPLACE INTO sent VALUES (?, ?, ?, ?)",
                [(bundle.id, *self._place(rid, sid), sseq) for rid, sid, sseq in ends],
            )

    def histories_sent_to(self, peer: bytes) -> set[tuple[bytes, str]]:
        """Return the histories (incarnation, stream) of which any bundle for another vault held a part."""
        sql = (
            "SELECT DISTINCT rid, sid FROM sent JOIN bundle ON bundle.id = sent.bundle JOIN replica USING (r)"
            " JOIN stream USING (s) WHERE direction = 'out' AND peer = ?"
        )
        with self._ledger.reading() as connection:
            return set(connection.execute(sql, (peer,)))

    def imported(self, bundle_id: str) -> BundleNote | None:
        """Return the note of a bundle that was imported before, or None."""
        return next((note for note in self._notes("in") if note.id == bundle_id), None)

    def received_from(self, peer: bytes) -> list[BundleNote]:
        """Return the bundles of another vault that were imported here, the latest first."""
        return [note for note in self._notes("in") if note.peer == peer]

    def sent_to(self, peer: bytes) -> list[BundleNote]:
        """Return the bundles that were written for another vault, the latest first."""
        return [note for note in self._notes("out") if note.peer == peer]

    def _notes(self, direction: str) -> list[BundleNote]:
        sql = "SELECT id, peer, number, at, sha256 FROM bundle WHERE direction = ? ORDER BY at DESC, number DESC"
        with self._ledger.reading() as connection:
            return [
                BundleNote(id=identifier, peer=peer, number=number, at=at, sha256=sha256)
                for identifier, peer, number, at, sha256 in connection.execute(sql, (direction,))
            ]

    def _place(self, incarnation: bytes, stream: str) -> tuple[int, int]:
        return place_of(self._ledger, incarnation, stream)


def place_of(ledger: Ledger, incarnation: bytes, stream: str) -> tuple[int, int]:
    """Return the numbers of an incarnation and a stream that are held here."""
    return ledger.connection.execute(
        "SELECT (SELECT r FROM replica WHERE rid = ?), (SELECT s FROM stream WHERE sid = ?)", (incarnation, stream)
    ).fetchone()


def note_bundle(ledger: Ledger, direction: str, bundle: BundleNote) -> None:
    """Note a bundle, within a transaction."""
    ledger.connection.execute(
        "INSERT OR REPLACE INTO bundle (id, direction, peer, number, at, sha256) VALUES (?, ?, ?, ?, ?, ?)",
        (bundle.id, direction, bundle.peer, bundle.number, bundle.at, bundle.sha256),
    )


def _attachment_of(value: Any) -> str:  # noqa: ANN401 - a value of the journal
    match value:
        case {"blob": str(sha256)}:
            return sha256
        case _:
            return ""
