"""Who has what up to when: what went to whom and came from whom, what is missing, and whose history goes on twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tac_desktop.actions.cards import accepted_cards, whom_we_trust
from tac_desktop.actions.parcels import may_have, missing_note, waiting_entries
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.service_file import believed, held_file
from tac_desktop.casework.people import CardRole
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.service import Status, device_id, successor

if TYPE_CHECKING:
    from tac_desktop.export.card import Trusted
    from tac_desktop.storage.exchange import BundleNote
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where this vault and another one stand with each other."""

    device: bytes
    name: str
    role: CardRole
    sites: tuple[str, ...]
    status: Status
    last_sent: str = ""
    """When the last bundle for it was written (ISO), '' if there was none."""
    last_sent_number: int = 0
    acknowledged_up_to: str = ""
    """When the last bundle that it is known to have taken in was written (ISO); '' if none is."""
    waiting_entries: int = 0
    """How many entries it may have and is not known to hold."""
    last_received: str = ""
    """When the last bundle from it was taken in (ISO), '' if there was none."""
    missing: tuple[int, ...] = ()
    """The numbers of its bundles without which a later one could not be taken in, as long as none has been since."""
    restored: bool = False
    """Whether it was restored from a backup, or copied."""


@dataclass(frozen=True, kw_only=True)
class PastBundle:
    """A bundle that was written or taken in."""

    direction: Literal["in", "out"]
    id: str
    peer: bytes
    peer_name: str
    """'' for a vault that is not known here any more."""
    number: int
    at: str
    kind: str
    entries: int
    size: int
    """In bytes."""
    volume: tuple[int, int]
    acknowledged: bool
    """Whether it arrived: the other side's word for one that went out, this side's for one that came in."""
    left_out: int


@dataclass(frozen=True, kw_only=True)
class Fork:
    """A vault whose history goes on twice: it was restored from a backup, or its disk was copied."""

    device: bytes
    name: str
    """Whose it is; '' for this vault, and for one that is not known here any more."""
    incarnations: tuple[bytes, ...]
    at: str
    """When the latest of them began, by that vault's clock (ISO); '' where nothing tells it."""


@permitted(Deed.EXCHANGE)
def standing(vault: "Vault", store: "Store", *, today: str = "") -> list[Standing]:
    """Return where this vault stands with each other one that it knows, by name; withdrawn ones last.

    Args:
        vault: The open vault.
        store: Its store.
        today: The ISO date, on which covers that have come to their end are over; '' takes none for over.
    """
    from tac_desktop.export.card import followers

    trusted = whom_we_trust(vault, store)
    following = followers(trusted)
    split = {fork.device for fork in forks(store)} | store.exchange.counting_anew()
    split = {successor(device, following) for device in split}
    sent, came = store.exchange.notes("out"), store.exchange.notes("in")
    found = [
        _standing(vault, store, one, _of(sent, device), _of(came, device), today=today, restored=device in split)
        for device, one in trusted.items()
        if device != vault.device_id and device not in following
    ]
    return sorted(found, key=lambda one: (one.status != "active", one.name.casefold(), one.device))


@permitted(Deed.EXCHANGE)
def bundle_history(store: "Store") -> list[PastBundle]:
    """Return every bundle that was written or taken in, the latest first."""
    names = _names(store)
    sent, came = store.exchange.notes("out"), store.exchange.notes("in")
    last_sent = {note.peer: note.at for note in reversed(sent)}
    found = [_past("out", note, names, acknowledged=note.acknowledged) for note in sent]
    found += [_past("in", note, names, acknowledged=last_sent.get(note.peer, "") >= note.at) for note in came]
    return sorted(found, key=lambda one: (one.at, one.number), reverse=True)


@permitted(Deed.EXCHANGE)
def forks(store: "Store") -> list[Fork]:
    """Return the vaults whose history goes on twice, this one among them."""
    names = _names(store)
    begun = {entry.incarnation: entry.at for entry in store.entries_of("session")}
    found: dict[bytes, list[bytes]] = {}
    for split in store.exchange.splits():
        found.setdefault(device_id(split.key) if split.key else store.device_id, []).extend(split.incarnations)
    return [
        Fork(
            device=device, name=names.get(device, ""), incarnations=tuple(several),
            at=max((begun.get(one, "") for one in several), default=""),
        )
        for device, several in found.items()
    ]  # fmt: skip


def _names(store: "Store") -> dict[bytes, str]:
    """Return the names of the others who are known here, by device id."""
    file = held_file(store)
    if file is None:
        return {one.card.device_id: one.card.name for one in accepted_cards(store)}
    return {device: one.card.name for device, one in believed(file).items() if device != store.device_id}


def _standing(
    vault: "Vault",
    store: "Store",
    one: "Trusted",
    sent: "Sequence[BundleNote]",
    came: "Sequence[BundleNote]",
    *,
    today: str,
    restored: bool,
) -> Standing:
    device, card = one.card.device_id, one.card
    waits = 0
    if one.status == "active" and one.role != "admin":
        waits = waiting_entries(vault, store, device, may_have(vault, store, one, today=today).hers)
    return Standing(
        device=device, name=card.name, role=one.role, sites=one.sites, status=one.status,
        last_sent=sent[0].at if sent else "", last_sent_number=sent[0].number if sent else 0,
        acknowledged_up_to=max((note.at for note in sent if note.acknowledged), default=""), waiting_entries=waits,
        last_received=came[0].at if came else "",
        missing=_missing(store, device, came),
        restored=restored,
    )  # fmt: skip


def _missing(store: "Store", peer: bytes, came: "Sequence[BundleNote]") -> tuple[int, ...]:
    """Return which bundles of another vault are waited for: a later one did not fit, and nothing has come since."""
    refused = store.history(missing_note(peer))
    number = (refused[-1].values or {}).get("number") if refused else None
    if not isinstance(number, int) or (came and came[0].at > refused[-1].at):
        return ()
    return store.exchange.missing_before(peer, number)


def _of(notes: "Sequence[BundleNote]", peer: bytes) -> "list[BundleNote]":
    return [note for note in notes if note.peer == peer]


def _past(
    direction: Literal["in", "out"], note: "BundleNote", names: Mapping[bytes, str], *, acknowledged: bool
) -> PastBundle:
    return PastBundle(
        direction=direction, id=note.id, peer=note.peer, peer_name=names.get(note.peer, ""), number=note.number,
        at=note.at, kind=note.kind, entries=note.entries, size=note.size, volume=(note.volume, note.volumes),
        acknowledged=acknowledged, left_out=note.left_out,
    )  # fmt: skip
