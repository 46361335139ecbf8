"""What an imported bundle tells about its sender: what it holds, which of our bundles arrived, whose histories are."""

import json
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
    behind = _is_behind(ledger, bundle, arrived)
    note_bundle(ledger, "in", bundle)
    if held is not None or behind:
        forget_acknowledgements(ledger, bundle.peer, arrived)
    places = [(*place_of(ledger, rid, sid), sseq) for rid, sid, sseq in (*ends, *(held or ()))]
    holds(ledger, bundle.peer, [(r, s, sseq) for r, s, sseq in places if r and s])
    for sent in arrived:
        acknowledge(ledger, bundle.peer, sent)


def _is_behind(ledger: Ledger, bundle: BundleNote, arrived: tuple[str, ...]) -> bool:
    """Say whether a sender seems to know less than it once did, as one that was restored and does not know it.

    Then it counts its own bundles anew, or tells no longer of a bundle of which it told. An old bundle that comes late
    looks alike; after that some entries are sent twice.
    """
    latest, told = ledger.connection.execute(
        "SELECT max(number) FILTER (WHERE direction = 'in'),"
        f" json_group_array(id) FILTER (WHERE direction = 'out' AND acknowledged = {ARRIVED})"
        " FROM bundle WHERE peer = ? AND id <> ?",
        (bundle.peer, bundle.id),
    ).fetchone()
    return bundle.number <= (latest or 0) or (
        len(arrived) < MOST_TOLD and not set(arrived).issuperset(json.loads(told))
    )
