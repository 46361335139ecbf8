"""Whose histories are held, how far, under which signature, and where one vault's history has split in two."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tac_desktop.casework.journal import b64, decode_sem, incarnation_id, stream_chain
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.bundle_notes import place_of
from tac_desktop.storage.ledger import Ledger
from tac_desktop.storage.own_keys import former_keys, key_of


@dataclass(frozen=True, kw_only=True)
class Reach:
    """How far the history of one stream by one incarnation is held here."""

    incarnation: bytes
    stream: str
    sseq: int
    chain: bytes
    signature: bytes
    """The incarnation's device's signature of this end; empty where it came, or was made, without."""


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Whose an incarnation is."""

    incarnation: bytes
    own: bool
    """Whether this vault made it."""
    key: bytes
    """The device's Ed25519 public key; empty for one's own present one."""
    nonce: bytes
    parent: bytes = b""
    """The incarnation that it followed in the same vault; empty for the first."""
    signature: bytes = b""
    """The device's own signature of incarnation and parent; empty until one's own are signed."""


@dataclass(frozen=True, kw_only=True)
class Split:
    """A place where the history of one vault goes on twice: it was restored from a backup, or copied."""

    key: bytes
    """The device's Ed25519 public key; empty for this vault's own."""
    parent: bytes
    """The incarnation after which both follow; empty for the beginning."""
    incarnations: tuple[bytes, ...]
    """Those that follow it; a single one where `parent` itself went on after it had been followed."""


class Histories:
    """Reads what is held of whom, over a store's connection."""

    def __init__(self, ledger: Ledger, device_id: bytes) -> None:
        """Take the store's ledger, and the vault's id."""
        self._ledger = ledger
        self._device_id = device_id

    def reaches(self, streams: Collection[str] | None = None) -> list[Reach]:
        """Return how far each history is held, of all streams or of these."""
        only = "" if streams is None else " WHERE v.s IN (SELECT s FROM stream JOIN json_each(?1) ON sid = value)"
        sql = (
            "SELECT rid, sid, v.sseq, v.chain, coalesce(h.signature, x'') FROM sv v JOIN replica USING (r)"
            " JOIN stream USING (s) LEFT JOIN signed_head h ON (h.r, h.s, h.sseq) = (v.r, v.s, v.sseq)"
            f"{only} ORDER BY rid, sid"
        )
        wanted = () if streams is None else (json.dumps(list(streams)),)
        with self._ledger.reading() as connection:
            return [
                Reach(incarnation=rid, stream=sid, sseq=sseq, chain=chain, signature=signature)
                for rid, sid, sseq, chain, signature in connection.execute(sql, wanted)
            ]

    def origins(self) -> dict[bytes, Origin]:
        """Return whose each incarnation is."""
        sql = "SELECT rid, own, key, nonce, parent, signature FROM replica JOIN origin USING (r)"
        with self._ledger.reading() as connection:
            former = former_keys(connection)
            return {
                rid: Origin(
                    incarnation=rid,
                    own=bool(own),
                    key=key or key_of(former, rid, nonce),
                    nonce=nonce,
                    parent=parent,
                    signature=signature,
                )
                for rid, own, key, nonce, parent, signature in connection.execute(sql)
            }

    def sign_origins(self, signatures: Mapping[bytes, bytes]) -> None:
        """Keep the device's signatures of own incarnations that have none yet; the key is the caller's."""
        with self._ledger.writing() as connection:
            connection.executemany(
                "UPDATE origin SET signature = ? WHERE signature = x'' AND r = (SELECT r FROM replica WHERE rid = ?)",
                [(signature, rid) for rid, signature in signatures.items()],
            )

    def sign_heads(self, signatures: Iterable[tuple[bytes, str, int, bytes]]) -> None:
        """Keep signatures (incarnation, stream, number of entries, signature) of own histories that were sent."""
        with self._ledger.writing():
            keep_signatures(self._ledger, signatures)

    def chain_at(self, incarnation: bytes, stream: str, sseq: int) -> bytes:
        """Return the chain's value after entry `sseq` of a history that is held at least so far; b'' for 0."""
        with self._ledger.reading():
            return chain_at(self._ledger, *place_of(self._ledger, incarnation, stream), sseq)

    def splits(self) -> list[Split]:
        """Return where the history of one vault goes on twice, in the order of the vaults' keys and the parents' ids.

        Two incarnations of one device with one parent show it; and of this vault's own a parent that has more entries
        than it had when it was followed, because others gave back what a restored backup did not hold.
        """
        followers: dict[tuple[bytes, bytes], list[bytes]] = {}
        for one in self.origins().values():
            own = incarnation_id(self._device_id, one.nonce) == one.incarnation
            followers.setdefault((b"" if own else one.key, one.parent), []).append(one.incarnation)
        with self._ledger.reading() as connection:
            outgrown = _outgrown(connection)
        return [
            Split(key=key, parent=parent, incarnations=tuple(sorted(several)))
            for (key, parent), several in sorted(followers.items())
            if len(several) > 1 or any((parent, one) in outgrown for one in several)
        ]


def _outgrown(connection: Connection) -> set[tuple[bytes, bytes]]:
    """Return the parents, each with a follower of it, that have more entries than the follower found."""
    sessions = connection.execute(
        "SELECT rid, sem, payload FROM entity CROSS JOIN journal USING (eid) JOIN content USING (j)"
        " JOIN replica USING (r) WHERE form = 'session'"
    ).fetchall()
    longest = {
        b64(rid): (rid, seq)
        for rid, seq in connection.execute("SELECT rid, max(seq) FROM journal JOIN replica USING (r) GROUP BY r")
    }
    found: set[tuple[bytes, bytes]] = set()
    for rid, sem, payload in sessions:
        told: dict[str, Any] = dict(zip(decode_sem(sem.encode()).fields, json.loads(payload), strict=False))
        parent, seq = longest.get(str(told.get("parent")), (b"", 0))
        if seq > told.get("parent_seq", seq):
            found.add((parent, rid))
    return found


def keep_signatures(ledger: Ledger, ends: Iterable[tuple[bytes, str, int, bytes]]) -> None:
    """Keep, within a transaction, the signatures of histories (incarnation, stream, number, signature) that are here.

    An empty one is none: a history that the roster cut off ends without.
    """
    ledger.connection.executemany(
        "INSERT INTO signed_head SELECT r, s, ?3, ?4 FROM sv WHERE (r, s) = (?1, ?2) AND sseq >= ?3"
        " ON CONFLICT (r, s) DO UPDATE SET sseq = excluded.sseq, signature = excluded.signature"
        " WHERE excluded.sseq > sseq",
        [(*place_of(ledger, rid, sid), sseq, signature) for rid, sid, sseq, signature in ends if signature],
    )


def chain_at(ledger: Ledger, r: int, s: int, sseq: int) -> bytes:
    """Return the chain's value after entry `sseq` of a history that is held at least so far; b'' for 0."""
    chain = b""
    sql = "SELECT cid FROM journal WHERE r = ? AND s = ? AND sseq <= ? ORDER BY sseq"
    for place, (cid,) in enumerate(ledger.connection.execute(sql, (r, s, sseq)), start=1):
        chain = stream_chain(chain, cid, place)
    return chain
