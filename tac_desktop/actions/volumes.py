"""Cuts what is to go to a recipient into bundles below a size, and goes on where such a set was interrupted.

Every volume is a bundle of its own. The history of a case file by one vault at one time is never cut; files that were
attached are cut into their pieces. How large a volume becomes is known only when it is sealed, so it is estimated, and
one that turned out too large is written anew with less in it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tac_desktop.actions.parcels import Held, Load, attachment_of
from tac_desktop.casework.audit import Event
from tac_desktop.storage.audit_index import AuditFilter

if TYPE_CHECKING:
    from tac_desktop.export.bundle.attachment_pieces import Attachment
    from tac_desktop.export.bundle.vouching import Stretch
    from tac_desktop.storage.exchange import Exchange
    from tac_desktop.storage.store import Store

_PACKED = 2.5
"""How many bytes of rows become one when they are compressed, at first; then as it turned out."""
_FRAME, _PER_HISTORY, _PER_PIECE = 4_000, 500, 800
"""Bytes of a bundle beside rows and pieces: of the whole, for each history, and for each piece."""
_ROW = 400
"""Bytes of a row, uncompressed, where nobody counts."""
_SEALED = 1.001
"""What the seal adds."""
_NO_LIMIT = 1 << 62
_LOOKED_UP = 200
"""Events of the audit that are read at once, the latest first."""


@dataclass(frozen=True)
class _Unit:
    """What is not cut: one history, or one piece of an attachment."""

    weight: int
    """Estimated bytes, uncompressed where `rows`."""
    stretch: "Stretch | None" = None
    attachment: "Attachment | None" = None
    piece: int = 0


class Cutter:
    """Cuts a load into volumes below a limit."""

    def __init__(self, exchange: "Exchange", load: Load, limit: int | None = None) -> None:
        """Take the load; where there is a limit its rows are gone through once to weigh them.

        Args:
            exchange: Of the store from which the load comes.
            load: What shall go.
            limit: Bytes of the largest volume; None for a single one of any size.
        """
        self.limit, self._packed = limit or _NO_LIMIT, _PACKED
        weighed = _weighed(exchange, load.stretches) if limit else _guessed(load.stretches)
        self._units = [*weighed, *_pieces(load.attachments)]

    @property
    def weight(self) -> int:
        """Bytes of what is left, estimated."""
        return sum(unit.weight for unit in self._units)

    @property
    def first_weight(self) -> int:
        """Bytes of the first of the volumes that are left, estimated."""
        return sum(unit.weight for unit in self._first())

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return not self._units

    def loads(self) -> list[Load]:
        """Return what is left, cut; a single empty load if there is nothing."""
        return [_load(units) for units in self._cut()]

    def is_single(self) -> bool:
        """Say whether the first volume that is left holds one thing only, so that it cannot become smaller."""
        return len(self._first()) <= 1

    def written(self) -> None:
        """Take the first of the volumes that are left as done."""
        self._units = self._units[len(self._first()) :]

    def to_come(self) -> str:
        """Return which attachments follow after the first of the volumes that are left: 'SHA-256/first piece ...'."""
        first: dict[str, int] = {}
        for unit in self._units[len(self._first()) :]:
            if unit.attachment:
                first.setdefault(unit.attachment.sha256, unit.piece)
        return " ".join(f"{sha256}/{number}" for sha256, number in first.items())

    def was_too_large(self, size: int) -> None:
        """Learn that the first of the volumes that are left became this large: put less into each."""
        self._packed *= 0.95 * self.limit / size

    def _first(self) -> list[_Unit]:
        return next(self._cut())

    def _cut(self) -> Iterator[list[_Unit]]:
        units, size = list[_Unit](), float(_FRAME)
        for unit in self._units:
            adds = self._size(unit)
            if units and size + adds > self.limit:
                yield units
                units, size = [], float(_FRAME)
            units.append(unit)
            size += adds
        yield units

    def _size(self, unit: _Unit) -> float:
        bare = unit.weight / self._packed + _PER_HISTORY if unit.stretch else unit.weight + _PER_PIECE
        return bare * _SEALED


@dataclass(frozen=True, kw_only=True)
class Interrupted:
    """A set of volumes of which some were written and the others were not."""

    set_id: str
    number: int
    """How many were written."""
    held: Held
    """How far each history went with them."""
    to_come: str
    """The attachments that did not go; see `Cutter.to_come`."""


def interrupted(store: "Store", peer: bytes) -> Interrupted | None:
    """Return the set that was last begun for another vault, if it was not written to its end."""
    sent = [note for note in store.exchange.sent_to(peer) if note.kind != "receipt"]
    last = next(iter(sent), None)
    several = [note for note in sent if last and note.set_id == last.set_id]
    if last is None or len(several) >= last.volumes:
        return None
    held: dict[tuple[bytes, str], int] = {}
    for note in several:
        for rid, stream, sseq in store.exchange.ends_sent(note.id):
            held[rid, stream] = max(sseq, held.get((rid, stream), 0))
    newest = max(several, key=lambda note: note.volume)
    return Interrupted(
        set_id=newest.set_id, number=newest.volume, held=held, to_come=_noted_with(store, newest.id, "to_come")
    )


def rest_of(store: "Store", load: Load, to_come: str) -> Load:
    """Return a load with the attachments that an interrupted set still owes beside its own."""
    owed = (token.split("/") for token in to_come.split())
    more = (replace(one, here=one.numbers[int(first) :]) for sha, first in owed for one in attachment_of(store, sha))
    found = {one.sha256: one for one in more}
    return replace(load, attachments=(*(one for one in load.attachments if one.sha256 not in found), *found.values()))


def _noted_with(store: "Store", bundle_id: str, name: str) -> str:
    """Return what the access audit noted when a bundle was written, '' where it noted nothing."""
    numbers = store.audit.numbers(AuditFilter(events=(Event.BUNDLE_WRITTEN,)))
    for start in range(0, len(numbers), _LOOKED_UP):
        for noted in store.audit.page(numbers[start : start + _LOOKED_UP]):
            if noted.facts.get("bundle") == bundle_id:
                return str(noted.facts.get(name) or "")
    return ""


def _guessed(stretches: "Iterable[Stretch]") -> Iterator[_Unit]:
    return (_Unit(stretch.rows * _ROW, stretch=stretch) for stretch in stretches)


def _weighed(exchange: "Exchange", stretches: "Iterable[Stretch]") -> Iterator[_Unit]:
    for stretch in stretches:
        part = {stretch.stream: (stretch.after.sseq, stretch.end.sseq)}
        rows = exchange.entries(stretch.incarnation, part)
        yield _Unit(sum(len(row.sem) + len(row.payload) + 40 for row in rows), stretch=stretch)


def _pieces(attachments: "Iterable[Attachment]") -> Iterator[_Unit]:
    for attachment in attachments:
        for number in attachment.numbers:
            yield _Unit(attachment.piece_size(number), attachment=attachment, piece=number)


def _load(units: Iterable[_Unit]) -> Load:
    numbers: dict[str, list[int]] = {}
    attachments: dict[str, Attachment] = {}
    stretches: list[Stretch] = []
    for unit in units:
        if unit.stretch:
            stretches.append(unit.stretch)
        elif unit.attachment:
            attachments[unit.attachment.sha256] = unit.attachment
            numbers.setdefault(unit.attachment.sha256, []).append(unit.piece)
    return Load(tuple(stretches), tuple(replace(attachments[name], here=tuple(some)) for name, some in numbers.items()))
