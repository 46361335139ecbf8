"""What an imported bundle tells about its sender: what it holds, which of our bundles arrived, whose histories are."""

from collections.abc import Iterable

from tac_desktop.errors import TwoHistories
from tac_desktop.storage.exchange import BundleNote, End, Origin, note_bundle, place_of
from tac_desktop.storage.ledger import Ledger

_HAS = "INSERT INTO peer_has VALUES (?, ?, ?, ?) ON CONFLICT (peer, r, s) DO UPDATE SET sseq = max(sseq, excluded.sseq)"


def introduce(ledger: Ledger, origins: Iterable[Origin]) -> None:
    """Keep whose incarnations are, before their entries are taken in.

    Raises:
        TwoHistories: one is known as somebody else's.
    """
    for origin in origins:
        r = ledger.replica(origin.incarnation)
        known = ledger.connection.execute("SELECT key, nonce FROM origin WHERE r = ?", (r,)).fetchone()
        if known is None:
            ledger.connection.execute(
                "INSERT INTO origin (r, nonce, key) VALUES (?, ?, ?)", (r, origin.nonce, origin.key)
            )
        elif known[1] != origin.nonce or known[0] not in (b"", origin.key):
            raise TwoHistories


def keep_signatures(ledger: Ledger, ends: Iterable[tuple[bytes, str, int, bytes]]) -> None:
    """Keep the signatures (incarnation, stream, number of entries, signature) under which histories came."""
    ledger.connection.executemany(
        "INSERT INTO signed_head VALUES (?, ?, ?, ?) ON CONFLICT (r, s) DO UPDATE"
        " SET sseq = excluded.sseq, signature = excluded.signature WHERE excluded.sseq > sseq",
        [(*place_of(ledger, rid, sid), sseq, signature) for rid, sid, sseq, signature in ends],
    )


def note_received(
    ledger: Ledger, bundle: BundleNote, ends: Iterable[End], arrived: Iterable[str], holds: Iterable[End] | None
) -> None:
    """Note an imported bundle and what it tells of its sender.

    Args:
        ledger: in a transaction.
        bundle: the bundle; its `peer` is the sender.
        ends: where its histories end: so far the sender holds them.
        arrived: ids of our bundles that the sender imported.
        holds: all that it holds, if we are to forget what we believed (it was restored, or is new).
    """
    connection = ledger.connection
    note_bundle(ledger, "in", bundle)
    if holds is not None:
        connection.execute("DELETE FROM peer_has WHERE peer = ?", (bundle.peer,))
    told = [*ends, *(holds or ())]
    places = [(*place_of(ledger, rid, sid), sseq) for rid, sid, sseq in told]
    connection.executemany(_HAS, [(bundle.peer, r, s, sseq) for r, s, sseq in places if r and s])
    for sent in arrived:
        _acknowledge(ledger, bundle.peer, sent)


def _acknowledge(ledger: Ledger, peer: bytes, bundle_id: str) -> None:
    mark = "UPDATE bundle SET acknowledged = 1 WHERE direction = 'out' AND id = ? AND peer = ? AND NOT acknowledged"
    if ledger.connection.execute(mark, (bundle_id, peer)).rowcount:
        rows = ledger.connection.execute("SELECT r, s, sseq FROM sent WHERE bundle = ?", (bundle_id,)).fetchall()
        ledger.connection.executemany(_HAS, [(peer, *row) for row in rows])
