"""What a salvaged vault knows to be lost: noted in it, so that a check names it as lost and not as damage.

A history of which an entry is lost counts as held up to the entry before. What follows lies in the journal all the
same and is shown; when a colleague's bundle brings the lost entry back, it counts again.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tac_desktop.casework.journal import b64, unb64
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.findings import Finding
from tac_desktop.storage.people import put_meta

_NOTE = "lost"
"""The note of what was lost: [incarnation, stream, first, last] of each gap, and the attachments' SHA-256."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Entries that are lost: a part of one history."""

    incarnation: bytes
    stream: str
    first: int
    last: int

    @property
    def entries(self) -> int:
        """How many they are."""
        return self.last - self.first + 1


@dataclass(frozen=True, kw_only=True)
class Losses:
    """What was lost when a vault was salvaged."""

    gaps: tuple[Gap, ...] = ()
    attachments: tuple[str, ...] = ()
    """SHA-256 (hexadecimal)."""
    held_back: tuple[tuple[bytes, str], ...] = ()
    """Histories (incarnation, stream) that count as held up to the entry that names a lost attachment only."""


def note_losses(connection: Connection, losses: Losses) -> None:
    """Note, within a transaction, what was lost."""
    gaps = [[b64(gap.incarnation), gap.stream, gap.first, gap.last] for gap in losses.gaps]
    held_back = [[b64(incarnation), stream] for incarnation, stream in losses.held_back]
    told = {"gaps": gaps, "attachments": losses.attachments, "held_back": held_back}
    put_meta(connection, _NOTE, json.dumps(told))


def losses_of(connection: Connection) -> Losses:
    """Return what was noted as lost, be it back by now or not."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_NOTE,)).fetchone()
    if row is None:
        return Losses()
    told = json.loads(row[0])
    gaps = (Gap(incarnation=unb64(r), stream=s, first=first, last=last) for r, s, first, last in told["gaps"])
    held_back = tuple((unb64(incarnation), stream) for incarnation, stream in told["held_back"])
    return Losses(gaps=tuple(gaps), attachments=tuple(told["attachments"]), held_back=held_back)


def still_lost(connection: Connection) -> Iterator[Finding]:
    """Yield what was lost and has not come back."""
    losses = losses_of(connection)
    for gap in losses.gaps:
        here = connection.execute(
            "SELECT count(*) FROM journal WHERE r = (SELECT r FROM replica WHERE rid = ?)"
            " AND s = (SELECT s FROM stream WHERE sid = ?) AND sseq BETWEEN ? AND ?",
            (gap.incarnation, gap.stream, gap.first, gap.last),
        ).fetchone()[0]
        if here < gap.entries:
            yield Finding(
                "losses", f"history {b64(gap.incarnation)[:8]} of {gap.stream}", _told(gap, gap.entries - here)
            )
    for sha256 in losses.attachments:
        if not _is_whole(connection, sha256):
            what = "This attachment was lost before the vault was salvaged. A colleague's bundle may bring it back."
            yield Finding("losses", sha256, what)


def _told(gap: Gap, missing: int) -> str:
    entries = "1 entry was" if missing == 1 else f"{missing} entries were"
    place = f"at place {gap.first}" if gap.first == gap.last else f"at places {gap.first} to {gap.last}"
    return f"{entries} lost before the vault was salvaged, {place}. A colleague's bundle may bring them back."


def _is_whole(connection: Connection, sha256: str) -> bool:
    row = connection.execute(
        "SELECT NOT EXISTS (SELECT 1 FROM piece WHERE piece.b = blob.b AND NOT here) FROM blob WHERE sha256 = ?",
        (bytes.fromhex(sha256),),
    ).fetchone()
    return bool(row and row[0])


def runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield ascending places as runs (first, last) without a gap."""
    begin = last = 0
    for place in places:
        if begin and place == last + 1:
            last = place
            continue
        if begin:
            yield begin, last
        begin = last = place
    if begin:
        yield begin, last
