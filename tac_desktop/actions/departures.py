"""Which histories in a bundle are not those known here: of a withdrawn vault they are left out, else it is refused."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.cards import identity_of
from tac_desktop.errors import SenderNotAllowed, TwoHistories
from tac_desktop.storage.exchange import Exchange

if TYPE_CHECKING:
    from tac_desktop.actions.service_file import Judge
    from tac_desktop.export.bundle.reader import BundleReader
    from tac_desktop.export.bundle.rows import History, Position
    from tac_desktop.export.bundle.vouching import Incarnation
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


@contextmanager
def opened(vault: "Vault", store: "Store", path: Path, judge: "Judge") -> "Generator[BundleReader]":
    """Open a bundle; of a withdrawn vault that tells two pasts nothing counts that is not the past known here.

    A vault that told one colleague this and another one that, under one place of its history, would keep the two apart
    for ever if each refused what the other one has. Once the roster has withdrawn it, what the roster and what is here
    say of its histories stands, and the rest of the bundle is taken in.

    Raises:
        What `BundleReader` and its `parts` raise.
    """
    from tac_desktop.export.bundle.reader import BundleReader

    identity = identity_of(vault)
    with BundleReader(path, identity, judge) as bundle:
        if not bundle.cuts:
            yield bundle
            return
        departed = _departed(store, bundle)
    with BundleReader(path, identity, judge, departed) as bundle:
        yield bundle


def introduced(bundle: "BundleReader") -> "list[Incarnation]":
    """Return the incarnations of a bundle, but for those of which no history is taken in because of its past."""
    told = {stretch.incarnation for stretch in bundle.told}
    kept = {stretch.incarnation for stretch in bundle.told if stretch.history not in bundle.without}
    return [one for one in bundle.incarnations if one.id in kept or one.id not in told]


def refuse_streams_that_stay(store: "Store", bundle: "BundleReader") -> None:
    """Refuse entries for a stream that belongs to one vault alone: this one's, or one that is known to be such."""
    kept = {stream for stream, kind in store.exchange.streams().items() if kind in ("restricted", "terminal")}
    kept |= {store.restricted_stream, store.terminal_stream}
    if any(stretch.stream in kept for stretch in bundle.stretches):
        raise SenderNotAllowed


def refuse_other_histories(exchange: Exchange, bundle: "BundleReader") -> None:
    """Refuse a history that continues ours from another past: it then ends with another chain."""
    touched = exchange.reaches({stretch.stream for stretch in bundle.stretches})
    here = {(reach.incarnation, reach.stream): reach for reach in touched}
    for stretch in bundle.stretches:
        reach = here[stretch.incarnation, stretch.stream]
        if reach.sseq == stretch.end.sseq and reach.chain != stretch.end.chain:
            raise TwoHistories


def _departed(store: "Store", bundle: "BundleReader") -> "frozenset[History]":
    """Return the histories of withdrawn vaults that depart from the roster's place, or from what is here."""
    return bundle.departures(_known(store.exchange, bundle)) | _begun_otherwise(store.exchange, bundle)


def _known(exchange: Exchange, bundle: "BundleReader") -> "dict[History, Position]":
    """Return the furthest place of each withdrawn history that lies in the bundle and is held here."""
    from tac_desktop.export.bundle.rows import Position

    held = {(one.incarnation, one.stream): one for one in exchange.reaches({stream for _, stream in bundle.cuts})}
    found: dict[History, Position] = {}
    for stretch in bundle.told:
        reach = held.get(stretch.history)
        if reach and stretch.history in bundle.cuts:
            sseq = min(reach.sseq, stretch.end.sseq)
            chain = reach.chain if sseq == reach.sseq else exchange.chain_at(*stretch.history, sseq)
            found[stretch.history] = Position(sseq, chain)
    return found


def _begun_otherwise(exchange: Exchange, bundle: "BundleReader") -> "frozenset[History]":
    """Return the withdrawn histories of incarnations that, as it was signed for this vault, followed another one."""
    origins = exchange.origins()
    others = {
        one.id for one in bundle.incarnations
        if (known := origins.get(one.id)) and (known.nonce, known.parent) != (one.nonce, one.parent)
    }  # fmt: skip
    return frozenset(history for history in bundle.cuts if history[0] in others)
