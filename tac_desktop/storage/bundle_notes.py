"""What is noted about bundles: which were sent and taken in, and how far others are known to hold what is here."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tac_desktop.storage.binding import Connection
from tac_desktop.storage.ledger import Ledger
from tac_desktop.storage.people import put_meta

End = tuple[bytes, str, int]
"""Incarnation, stream, and the number of its entries."""
_COLUMNS = "id, peer, number, at, sha256, kind, set_id, volume, volumes, entries, size, left_out, acknowledged"
COMPARED = "compared"
"""The trust document that says that a vault's roster was compared with a colleague's since it came from a backup."""
COPY = "copied_after"
"""The note by which a backup knows itself: the number of the last bundle that was written for each other vault."""
_NAMES = _COLUMNS.split(", ")
MOST_TOLD = 256
"""The latest so many bundles are acknowledged in each bundle back; an older one is only sent again."""
_MOST_MISSING = 1000
_OPEN, ARRIVED, _VOID = 0, 1, 2
"""What is known of a bundle that was sent: nothing yet; the other side has it; it said what it holds without it."""


@dataclass(frozen=True, kw_only=True)
class BundleNote:
    """A bundle that was written or imported."""

    id: str
    peer: bytes
    """The device id of the other side."""
    number: int
    """The how-many-eth bundle from its writer for its reader it is, from 1."""
    at: str
    sha256: str
    kind: str = "sync"
    set_id: str = ""
    """The set of volumes that it belongs to."""
    volume: int = 1
    volumes: int = 1
    entries: int = 0
    size: int = 0
    """Bytes of the file."""
    left_out: int = 0
    """Entries of withdrawn members, beyond their cut-off, that were not taken in."""
    acknowledged: bool = False
    """Whether the other side is known to have taken in this bundle of ours."""


class BundleNotes:
    """Reads and writes the notes about bundles, over a store's connection."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the store's ledger."""
        self._ledger = ledger

    def peer_has(self, peer: bytes) -> dict[tuple[bytes, str], int]:
        """Return how far another vault is known to hold each history (it acknowledged it, or sent it)."""
        sql = "SELECT rid, sid, sseq FROM peer_has JOIN replica USING (r) JOIN stream USING (s) WHERE peer = ?"
        with self._ledger.reading() as connection:
            return {(rid, sid): sseq for rid, sid, sseq in connection.execute(sql, (peer,))}

    def sent_up_to(self, peer: bytes) -> dict[tuple[bytes, str], int]:
        """Return how far each history was sent to another vault since it last said all that it holds, arrived or not.

        Where a bundle of these is lost the next one does not fit, and the other side asks for what is missing.
        """
        sql = (
            "SELECT rid, sid, max(sseq) FROM (SELECT r, s, sseq FROM sent JOIN bundle ON bundle.id = sent.bundle"
            f" WHERE direction = 'out' AND peer = ?1 AND acknowledged = {_OPEN}"
            " UNION ALL SELECT r, s, sseq FROM peer_has WHERE peer = ?1)"
            " JOIN replica USING (r) JOIN stream USING (s) GROUP BY r, s"
        )
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
                [(bundle.id, *place_of(self._ledger, rid, sid), sseq) for rid, sid, sseq in ends],
            )

    def note_acknowledged(self, peer: bytes, bundle_id: str) -> None:
        """Note that another vault has taken in a bundle of ours, for one because a person typed its receipt."""
        with self._ledger.writing():
            acknowledge(self._ledger, peer, bundle_id)

    def follow(self, before: bytes, now: bytes) -> None:
        """Go on with another vault under its new id: what was noted about it before its keys were renewed stays."""
        with self._ledger.writing() as connection:
            connection.execute("UPDATE OR REPLACE bundle SET peer = ? WHERE peer = ?", (now, before))
            held = connection.execute("SELECT r, s, sseq FROM peer_has WHERE peer = ?", (before,)).fetchall()
            holds(self._ledger, now, held)
            connection.execute("DELETE FROM peer_has WHERE peer = ?", (before,))

    def ends_sent(self, bundle_id: str) -> list[End]:
        """Return where each history in a bundle of ours ends."""
        sql = "SELECT rid, sid, sseq FROM sent JOIN replica USING (r) JOIN stream USING (s) WHERE bundle = ?"
        with self._ledger.reading() as connection:
            return list(connection.execute(sql, (bundle_id,)))

    def imported(self, bundle_id: str) -> BundleNote | None:
        """Return the note of a bundle that was imported before, or None."""
        return next(iter(self._notes("in", "id = ?", bundle_id)), None)

    def received_from(self, peer: bytes) -> list[BundleNote]:
        """Return the bundles of another vault that were imported here, the latest first."""
        return self._notes("in", "peer = ?", peer)

    def sent_to(self, peer: bytes) -> list[BundleNote]:
        """Return the bundles that were written for another vault, the latest first."""
        return self._notes("out", "peer = ?", peer)

    def notes(self, direction: str) -> list[BundleNote]:
        """Return the bundles that came 'in' or went 'out', the latest first."""
        return self._notes(direction, "? IS NULL", None)

    def _notes(self, direction: str, condition: str, value: str | bytes | None) -> list[BundleNote]:
        sql = f"SELECT {_COLUMNS} FROM bundle WHERE direction = ? AND {condition} ORDER BY at DESC, number DESC"
        with self._ledger.reading() as connection:
            rows = [dict(zip(_NAMES, row, strict=True)) for row in connection.execute(sql, (direction, value))]
        return [BundleNote(**row | {"acknowledged": row["acknowledged"] == ARRIVED}) for row in rows]

    def was_restored_since(self, peer: bytes) -> bool:
        """Say whether this vault came from a backup, and no bundle written since has arrived at the other one.

        What the other one holds, and believes of us, may then be more than is noted here.
        """
        with self._ledger.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE name = ?", (COPY,)).fetchone()
            sql = f"SELECT max(number) FROM bundle WHERE direction = 'out' AND acknowledged = {ARRIVED} AND peer = ?"
            arrived = connection.execute(sql, (peer,)).fetchone()[0] or 0
        return row is not None and arrived <= json.loads(row[0]).get(peer.hex(), 0)

    def counting_anew(self) -> set[bytes]:
        """Return the vaults of which two bundles with one number were taken in.

        Each counts its bundles, and keeps the count with everything else: so it was put back to an earlier day between
        the two, or goes on in two places.
        """
        sql = "SELECT peer FROM bundle WHERE direction = 'in' AND number > 0 GROUP BY peer, number HAVING count(*) > 1"
        with self._ledger.reading() as connection:
            return {peer for (peer,) in connection.execute(sql)}

    def missing_before(self, peer: bytes, number: int) -> tuple[int, ...]:
        """Return the numbers of another vault's bundles that should have been taken in before the one with `number`.

        Those since the last that was taken in; where there are none, all earlier ones that were not. The latest only,
        where there are more than anybody would look for: the number is what the sender says.
        """
        here = {note.number for note in self.received_from(peer)}
        latest, first = max((one for one in here if one < number), default=0), max(1, number - _MOST_MISSING)
        return tuple(range(max(latest + 1, first), number)) or tuple(n for n in range(first, number) if n not in here)


def mark_for_exchange(connection: Connection) -> None:
    """Note in a backup, within a transaction, how many bundles it knows that were written for each other vault."""
    rows = connection.execute("SELECT peer, max(number) FROM bundle WHERE direction = 'out' GROUP BY peer")
    put_meta(connection, COPY, json.dumps({peer.hex(): number for peer, number in rows}))
    connection.execute("DELETE FROM trust_document WHERE name = ?", (COMPARED,))


def place_of(ledger: Ledger, incarnation: bytes, stream: str) -> tuple[int, int]:
    """Return the numbers of an incarnation and a stream that are held here."""
    return ledger.connection.execute(
        "SELECT (SELECT r FROM replica WHERE rid = ?), (SELECT s FROM stream WHERE sid = ?)", (incarnation, stream)
    ).fetchone()


def note_bundle(ledger: Ledger, direction: str, bundle: BundleNote) -> None:
    """Note a bundle, within a transaction."""
    ledger.connection.execute(
        f"INSERT OR REPLACE INTO bundle (direction, {_COLUMNS}) VALUES (?{', ?' * len(_NAMES)})",
        (direction, *[getattr(bundle, name) for name in _NAMES]),
    )


def acknowledge(ledger: Ledger, peer: bytes, bundle_id: str) -> None:
    """Note, within a transaction, that another vault holds what a bundle of ours held."""
    mark = (
        f"UPDATE bundle SET acknowledged = {ARRIVED}"
        f" WHERE direction = 'out' AND id = ? AND peer = ? AND acknowledged = {_OPEN}"
    )
    if ledger.connection.execute(mark, (bundle_id, peer)).rowcount:
        rows = ledger.connection.execute("SELECT r, s, sseq FROM sent WHERE bundle = ?", (bundle_id,)).fetchall()
        holds(ledger, peer, rows)


def forget_acknowledgements(ledger: Ledger, peer: bytes, arrived: Collection[str]) -> None:
    """Forget, within a transaction, what another vault was believed to hold: it was restored, or does not know us.

    Of the bundles for it only those that it tells of have arrived; should an older receipt for another one still come,
    it no longer counts.
    """
    connection = ledger.connection
    connection.execute("DELETE FROM peer_has WHERE peer = ?", (peer,))
    connection.execute(f"UPDATE bundle SET acknowledged = {_VOID} WHERE direction = 'out' AND peer = ?", (peer,))
    connection.executemany(
        f"UPDATE bundle SET acknowledged = {ARRIVED} WHERE direction = 'out' AND id = ? AND peer = ?",
        [(sent, peer) for sent in arrived],
    )
    for sent in arrived:
        rows = connection.execute(
            "SELECT r, s, sseq FROM sent JOIN bundle ON bundle.id = sent.bundle WHERE id = ? AND peer = ?", (sent, peer)
        )
        holds(ledger, peer, rows.fetchall())


def holds(ledger: Ledger, peer: bytes, ends: Iterable[tuple[int, int, int]]) -> None:
    """Note, within a transaction, that another vault holds histories (incarnation, stream, number) so far at least."""
    ledger.connection.executemany(
        "INSERT INTO peer_has VALUES (?, ?, ?, ?)"
        " ON CONFLICT (peer, r, s) DO UPDATE SET sseq = max(sseq, excluded.sseq)",
        [(peer, *end) for end in ends],
    )
