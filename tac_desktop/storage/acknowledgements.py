"""What an imported bundle tells about its sender: what it holds, which of our bundles arrived, whose histories are."""

from collections.abc import Iterable

from tac_desktop.errors import TwoHistories
from tac_desktop.storage.bundle_notes import (
    ARRIVED,
    MOST_TOLD,
    BundleNote,
    End,
    acknowledge,
    forget_acknowledgements,
    holds,
    note_bundle,
    place_of,
)
from tac_desktop.storage.histories import Origin
from tac_desktop.storage.ledger import Ledger


def introduce(ledger: Ledger, origins: Iterable[Origin]) -> None:
    """Keep whose incarnations are and which each followed, before their entries are taken in.

    Raises:
        TwoHistories: one is known as somebody else's, or as one that followed another.
    """
    for origin in origins:
        r = ledger.replica(origin.incarnation)
        sql = "SELECT nonce, key, parent FROM origin WHERE r = ?"
        known = ledger.connection.execute(sql, (r,)).fetchone()
        if known is None:
            cells = (r, origin.nonce, origin.key, origin.parent, origin.signature)
            ledger.connection.execute(
                "INSERT INTO origin (r, nonce, key, parent, signature) VALUES (?, ?, ?, ?, ?)", cells
            )
        elif (known[0], known[2]) != (origin.nonce, origin.parent) or known[1] not in (b"", origin.key):
            raise TwoHistories


def note_received(
    ledger: Ledger, bundle: BundleNote, ends: Iterable[End], arrived: Iterable[str], held: Iterable[End] | None
) -> None:
    """Note an imported bundle and what it tells of its sender.

    Args:
        ledger: in a transaction.
        bundle: the bundle; its `peer` is the sender.
        ends: where its histories end: so far the sender holds them.
        arrived: ids of our bundles that the sender imported.
        held: all that it holds, if we are to forget what we believed (it was restored, or is new).
    """
    arrived = tuple(arrived)
    late, knows_less = _is_late(ledger, bundle), _knows_less(ledger, bundle, arrived)
    note_bundle(ledger, "in", bundle)
    if late:
        forget_acknowledgements(ledger, bundle.peer, ())
        return
    if held is not None or knows_less:
        forget_acknowledgements(ledger, bundle.peer, arrived)
    places = [(*place_of(ledger, rid, sid), sseq) for rid, sid, sseq in (*ends, *(held or ()))]
    holds(ledger, bundle.peer, [(r, s, sseq) for r, s, sseq in places if r and s])
    for sent in arrived:
        acknowledge(ledger, bundle.peer, sent)


def _is_late(ledger: Ledger, bundle: BundleNote) -> bool:
    """Say whether a later bundle of the sender was here before.

    Then one of the two may tell of a past that the sender has lost: a vault that was restored counts its bundles anew.
    Which one, nobody can say, so nothing is believed and all is sent again. Volumes of one set come in any order.
    """
    sql = (
        "SELECT max(number), count(*) FILTER (WHERE set_id <> '' AND set_id = ?3) FROM bundle"
        " WHERE direction = 'in' AND peer = ?1 AND id <> ?2"
    )
    latest, of_its_set = ledger.connection.execute(sql, (bundle.peer, bundle.id, bundle.set_id)).fetchone()
    return bundle.number <= (latest or 0) and not of_its_set


def _knows_less(ledger: Ledger, bundle: BundleNote, arrived: tuple[str, ...]) -> bool:
    """Say whether a sender no longer tells of a bundle of which it told: it was restored, and may not know it."""
    sql = f"SELECT id FROM bundle WHERE direction = 'out' AND acknowledged = {ARRIVED} AND peer = ?"
    told = {sent for (sent,) in ledger.connection.execute(sql, (bundle.peer,))}
    return len(arrived) < MOST_TOLD and not told.issubset(arrived)
