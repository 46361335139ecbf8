"""Recomputes the hash chains of the journal from its rows."""

from tac_desktop.casework.journal import device_chain, stream_chain
from tac_desktop.storage.binding import Connection


def end_of_device(connection: Connection, r: int) -> tuple[int, bytes]:
    """Return how many entries an incarnation has, all of which must be here, and its device chain's last value."""
    streams: dict[int, bytes] = {}
    seq, device = 0, b""
    rows = connection.execute("SELECT s, sseq, seq, cid FROM journal WHERE r = ? ORDER BY seq", (r,))
    for s, sseq, seq, cid in rows:
        streams[s] = stream_chain(streams.get(s, b""), cid, sseq)
        device = device_chain(device, streams[s], seq)
    return seq, device
