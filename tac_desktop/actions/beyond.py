"""What lies here of a withdrawn vault beyond the end of what counts: it came in before that end was known here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tac_desktop.actions.cards import whom_we_trust
from tac_desktop.actions.permitted import is_permitted, permitted
from tac_desktop.actions.restriction import may_open
from tac_desktop.casework import forms
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.service import device_id

if TYPE_CHECKING:
    from tac_desktop.export.card import Trusted
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

History = tuple[bytes, str]
"""Incarnation and stream."""


@dataclass(frozen=True, kw_only=True)
class LateEntry:
    """One entry that would be left out if it came today."""

    case_file: str
    """The stream in which it lies."""
    reference: str
    """Of the case file, or its id where its mother is not here; '' of an office."""
    name: str
    """The mother's; '' where the person at work may not read it."""
    record_id: str
    form: str
    """The title of its form, '' of one that only a newer program knows."""
    at: str
    """When it was written, by the withdrawn vault's clock (ISO)."""


@dataclass(frozen=True, kw_only=True)
class Beyond:
    """What is live of one withdrawn vault although it does not count."""

    device: bytes
    name: str
    """Whose vault it is."""
    entries: tuple[LateEntry, ...]
    """Those that lie here, the oldest first."""
    held_by: tuple[str, ...]
    """The names of active members who are known to hold more of it than counts."""

    @property
    def references(self) -> tuple[str, ...]:
        """The references of the case files in which they lie, each once; an office stands as 'office'."""
        return tuple(dict.fromkeys(entry.reference or "office" for entry in self.entries))


@permitted(Deed.KEEP_ROSTER)
def beyond_the_end(vault: "Vault", store: "Store") -> list[Beyond]:
    """Return what is here, or known to be at colleagues', of withdrawn vaults beyond the ends that the roster names.

    Nothing of it is taken back by itself: a person looks at it, and corrects or erases what is wrong. Where a history
    is another one than the roster names, all of it is told.
    """
    trusted = whom_we_trust(vault, store)
    keys = {rid: one.key for rid, one in store.exchange.origins().items() if one.key}
    found: list[Beyond] = []
    for device, one in trusted.items():
        if one.status == "active":
            continue
        ends = _ends(store, one, {rid for rid, key in keys.items() if device_id(key) == device})
        late, held_by = tuple(_late(vault, store, ends)), _held_by(store, trusted, ends)
        if late or held_by:
            found.append(Beyond(device=device, name=one.card.name, entries=late, held_by=held_by))
    return found


def _ends(store: "Store", one: "Trusted", incarnations: set[bytes]) -> dict[History, int]:
    """Return after which entry the histories of a withdrawn vault that lie here do not count."""
    places, found = one.cut_off or {}, dict[History, int]()
    for reach in store.exchange.reaches():
        if reach.incarnation in incarnations:
            history = reach.incarnation, reach.stream
            place = places.get(history)
            counts = place and (place.sseq > reach.sseq or store.exchange.chain_at(*history, place.sseq) == place.chain)
            found[history] = place.sseq if place and counts else 0
    return found


def _late(vault: "Vault", store: "Store", ends: Mapping[History, int]) -> list[LateEntry]:
    kinds, found = store.exchange.streams(), list[LateEntry]()
    for stream in sorted({stream for _, stream in ends}):
        mother = store.record(stream, "mother", stream) if kinds.get(stream) == "case" else None
        reference = mother.text("reference") if mother else (stream if kinds.get(stream) == "case" else "")
        readable = is_permitted(vault, Deed.READ_CASES) and may_open(store, stream)
        for entry in store.entries(stream):
            if entry.sseq > ends.get((entry.incarnation, stream), entry.sseq):
                form = forms.ALL.get(entry.sem.form)
                found.append(LateEntry(
                    case_file=stream, reference=reference,
                    name=mother.text("name") if mother and readable else "", record_id=entry.sem.record_id,
                    form=form.title if form else "", at=entry.at,
                ))  # fmt: skip
    return sorted(found, key=lambda entry: entry.at)


def _held_by(store: "Store", trusted: "Mapping[bytes, Trusted]", ends: Mapping[History, int]) -> tuple[str, ...]:
    names: list[str] = []
    for device, one in trusted.items():
        held = store.exchange.peer_has(device) if one.status == "active" else {}
        if any(held.get(history, 0) > end for history, end in ends.items()):
            names.append(one.card.name)
    return tuple(sorted(names))
