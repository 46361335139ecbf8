"""Recomputes the hash chains of the journal from its rows."""

from tac_desktop.casework.journal import device_chain, stream_chain
from tac_desktop.storage.binding import Connection


def end_of_device(connection: Connection, r: int) -> tuple[int, bytes]:
    """Return up to which of its entries an incarnation is here without a gap, and its device chain's value there.

    Of what a restored vault had lost others give back their streams only, so there may be gaps.
    """
    streams: dict[int, bytes] = {}
    seq, device = 0, b""
    rows = connection.execute("SELECT s, sseq, seq, cid FROM journal WHERE r = ? ORDER BY seq", (r,))
    for s, sseq, place, cid in rows:
        if place != seq + 1:
            break
        seq = place
        streams[s] = stream_chain(streams.get(s, b""), cid, sseq)
        device = device_chain(device, streams[s], seq)
    return seq, device
