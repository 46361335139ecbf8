"""Recomputes where each history ends, as a check goes through the journal; what is known to be lost is no damage."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from tac_desktop.casework.journal import stream_chain
from tac_desktop.storage.binding import Connection
from tac_desktop.storage.findings import Finding
from tac_desktop.storage.losses import Gap, losses_of

_MISSING = "Entries are missing before this one."
_OTHER_END = "A history does not end where it should: entries were lost or altered."


@dataclass
class _History:
    """How far a check has come in one history."""

    counted: int = 0
    chain: bytes = b""
    last: int = 0
    """The place of the last row, which may lie behind a gap."""
    gaps: list[Gap] = field(default_factory=list[Gap])
    is_held_back: bool = False

    def is_lost(self, first: int, last: int) -> bool:
        """Say whether all places between these two are known to be lost."""
        return all(any(gap.first <= place <= gap.last for gap in self.gaps) for place in range(first, last + 1))


class ChainChecks:
    """Follows the rows of the journal, ordered by incarnation, stream and place."""

    def __init__(self, connection: Connection) -> None:
        """Read where the histories should end, and what of them is known to be lost."""
        sql = "SELECT r, s, sseq, chain FROM sv"
        self._ends = {(r, s): (sseq, chain) for r, s, sseq, chain in connection.execute(sql)}
        self._histories: dict[tuple[int, int], _History] = {}
        losses = losses_of(connection)
        known = losses.gaps or losses.held_back
        replicas = dict(connection.execute("SELECT rid, r FROM replica")) if known else {}
        streams = dict(connection.execute("SELECT sid, s FROM stream")) if known else {}
        for gap in losses.gaps:
            self._history(replicas.get(gap.incarnation, 0), streams.get(gap.stream, 0)).gaps.append(gap)
        for incarnation, stream in losses.held_back:
            self._history(replicas.get(incarnation, 0), streams.get(stream, 0)).is_held_back = True

    def look_at(self, j: int, r: int, s: int, sseq: int, cid: bytes) -> Iterator[Finding]:
        """Yield what is wrong with the place of a row."""
        history, (end, _) = self._history(r, s), self._ends.get((r, s), (0, b""))
        if sseq != history.last + 1 and not history.is_lost(history.last + 1, sseq - 1):
            yield Finding("chains", f"entry {j}", _MISSING)
        history.last = sseq
        if sseq <= end or not self._goes_on_behind(history, end):
            history.counted, history.chain = sseq, stream_chain(history.chain, cid, sseq)

    def ends(self) -> Iterator[Finding]:
        """Yield the histories that do not end where they should, after the last row."""
        for r, s in sorted(self._histories.keys() | self._ends.keys()):
            history = self._history(r, s)
            if (history.counted, history.chain) != self._ends.get((r, s), (0, b"")):
                yield Finding("chains", f"history {r}/{s}", _OTHER_END)

    @staticmethod
    def _goes_on_behind(history: _History, end: int) -> bool:
        """Say whether rows may lie behind the end of a history: because the next entry was lost, or what it names."""
        return history.is_held_back or any(gap.first <= end + 1 <= gap.last for gap in history.gaps)

    def _history(self, r: int, s: int) -> _History:
        return self._histories.setdefault((r, s), _History())
