"""The service's file as this vault keeps it: what it says, whom it makes us believe, and when a newer one is taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.known_seals import Signer, as_documents
from tac_desktop.casework.people import Person
from tac_desktop.casework.permissions import Deed, may, who_may
from tac_desktop.casework.service import Member, is_old, successor
from tac_desktop.errors import (
    BundleMalformed,
    MediumUnreadable,
    NoService,
    NotAServiceFile,
    NotPermitted,
    NotTheRegistrar,
    OldRoster,
    OtherService,
    RosterMayBeBehind,
    RosterTooOld,
)
from tac_desktop.storage.bundle_notes import COMPARED

if TYPE_CHECKING:
    from tac_desktop.export.card import Card, Trusted
    from tac_desktop.export.roster import ServiceFile
    from tac_desktop.storage.store import Store

SERVICE = "service"
REGISTRAR = "registrar"
_NO_SERVICE = b"{}"
_RANK = {"manager": 0, "worker": 1, "admin": 2}


def held_file(store: "Store") -> "ServiceFile | None":
    """Return the file of the service that this vault has joined; None for a vault by itself."""
    from tac_desktop.export.roster import read_service_file

    kept = store.trust_documents.read(SERVICE)
    return None if kept is None else read_service_file(kept)


def the_file(store: "Store") -> "ServiceFile":
    """Return the file of the service that this vault has joined; NoService for a vault by itself."""
    file = held_file(store)
    if file is None:
        raise NoService
    return file


def keep_file(store: "Store", file: "ServiceFile", *, roster_seed: bytes | None = None) -> None:
    """Keep a file in the place of the one before, and with it the roster's private key where this vault keeps it."""
    members = ((one.seal_key, Signer(one.person, one.name)) for one in file.roster.members)
    documents = {SERVICE: file.to_bytes(), **as_documents(members)}
    with store.exchange.at_once():
        store.trust_documents.keep(documents if roster_seed is None else documents | {REGISTRAR: roster_seed})
        following = {one.replaces: one.device_id for one in file.roster.members if one.replaces}
        for device in following:
            store.exchange.follow(device, successor(device, following))


def roster_seed_of(store: "Store", file: "ServiceFile") -> bytes | None:
    """Return the private key of the roster; None if another vault keeps the roster."""
    from tac_desktop.export import sshsig

    seed = store.trust_documents.read(REGISTRAR)
    return seed if seed is not None and sshsig.public_key(seed) in file.root.roster_keys else None


def as_registrar(store: "Store", person: Person) -> "tuple[ServiceFile, bytes]":
    """Return the file and the roster's private key, for changing the roster.

    Raises:
        NoService: this vault has joined none.
        NotTheRegistrar: another vault keeps the roster.
        NotPermitted: the person is neither a manager nor an administrator.
        RosterMayBeBehind: the vault came from a backup, and a second roster of one number could come of it.
    """
    file = the_file(store)
    seed = roster_seed_of(store, file)
    if seed is None:
        raise NotTheRegistrar
    refuse_workers(person)
    others = any(one.status == "active" and one.device_id != store.device_id for one in file.roster.members)
    if others and store.trust_documents.may_be_behind():
        raise RosterMayBeBehind
    return file, seed


def note_compared(store: "Store") -> None:
    """Note that the roster was compared with a colleague's, who knew no later one, or it was taken in."""
    if store.trust_documents.may_be_behind():
        store.trust_documents.keep({COMPARED: b""})


def refuse_workers(person: Person) -> None:
    """Raise NotPermitted for a person who is neither a manager nor an administrator."""
    if not may(person.role, Deed.KEEP_ROSTER):
        raise NotPermitted(Deed.KEEP_ROSTER.value, who_may(Deed.KEEP_ROSTER))


def issue(store: "Store", file: "ServiceFile", seed: bytes, members: Sequence[Member], now: datetime) -> "ServiceFile":
    """Sign and keep the next version of the roster; return the file."""
    from tac_desktop.export.roster_signing import with_roster

    issued = with_roster(file, members, seed, now.date().isoformat())
    keep_file(store, issued)
    return issued


def refuse_old_roster(store: "Store", now: datetime) -> None:
    """Raise RosterTooOld where no case file may be handed over by the roster that is known here."""
    file = held_file(store)
    if file is not None and is_old(file.roster.issued, now.date().isoformat()):
        raise RosterTooOld


def read_file(path: Path) -> "ServiceFile":
    """Return the service's file at a path.

    Raises:
        NotAServiceFile, NotEnoughSignatures, MadeByNewerProgram, MediumUnreadable.
    """
    from tac_desktop.export.roster import MAX_BYTES, read_service_file

    try:
        with path.open("rb") as file:
            return read_service_file(file.read(MAX_BYTES + 1))
    except OSError as trouble:
        raise MediumUnreadable from trouble


def believed(file: "ServiceFile") -> "dict[bytes, Trusted]":
    """Return by device id whom a service's file makes a vault believe.

    Where several people share a vault, its rights are those of all who are active, for any of them could use its key.
    """
    devices = dict.fromkeys(member.device_id for member in file.roster.members)
    return {device: _together(file.roster.of(device)) for device in devices}


def _together(members: Sequence[Member]) -> "Trusted":
    from tac_desktop.export.card import Trusted

    counting = [one for one in members if one.status == "active"] or list(members)
    first = min(counting, key=lambda one: _RANK[one.role])
    sites = () if any(not one.sites for one in counting) else tuple(site for one in counting for site in one.sites)
    return Trusted(
        card=card_of(first), role=first.role, may=frozenset(right for one in counting for right in one.may),
        sites=tuple(dict.fromkeys(sites)), status=first.status, until=first.until,
        withdrawn_on="" if first.status == "active" else first.since,
        colleagues=tuple(card_of(one) for one in members if one is not first), replaces=first.replaces,
    )  # fmt: skip


def card_of(member: Member) -> "Card":
    """Return what the roster says of a member as her card would."""
    from tac_desktop.export.card import Card

    return Card(
        name=member.name, role=member.role, prison=member.sites[0] if member.sites else "",
        signing_key=member.signing_key, recipient=member.recipient, person=member.person, seal_key=member.seal_key,
    )  # fmt: skip


class Judge:
    """Says of the service's file that travels in a bundle whom it makes this vault believe; `keep` takes it over."""

    def __init__(self, store: "Store", own: "Trusted", so_far: "Mapping[bytes, Trusted]") -> None:
        """Take the store, the vault itself, and whom it believes without the bundle (itself, too)."""
        self._store = store
        self._own = own
        self.believed = so_far
        """Whom the vault believes, by device id, with what the bundle brought."""
        self._held = held_file(store)
        self._newer: ServiceFile | None = None
        self._compared = False

    def __call__(self, trust: bytes) -> "Mapping[bytes, Trusted]":
        """Return whom to believe, by device id, with the newest roster of the two.

        A vault by itself believes its cards, whatever the bundle brings: a service is joined by its code alone. An
        older roster, or one of another service, counts for nothing.

        Raises:
            BundleMalformed, MadeByNewerProgram: the file is none.
            TwoRosters: it contradicts the one that is known here.
        """
        from tac_desktop.export.roster import newer, read_service_file

        if self._held is None or trust == _NO_SERVICE:
            return self.believed
        try:
            offered = read_service_file(trust, of=self._held.id)
            is_newer = newer(self._held, offered)
            self._compared = True
            if is_newer:
                self._newer = offered
                self.believed = {self._own.card.device_id: self._own, **believed(offered)}
        except (OtherService, OldRoster):
            pass
        except NotAServiceFile as trouble:
            raise BundleMalformed from trouble
        return self.believed

    def keep(self) -> int:
        """Keep the newer file that the bundle brought; return the version of its roster, 0 if it brought none."""
        if self._compared:
            note_compared(self._store)
        if self._newer is None:
            return 0
        keep_file(self._store, self._newer)
        return self._newer.roster.version


@dataclass(frozen=True)
class Travels:
    """What each bundle carries of the service."""

    service: bytes
    """Its id (32 bytes), empty for a vault by itself."""
    trust: bytes
    """Its file, as it is known here."""
    escrow: tuple[str, ...]
    """Age recipients for whom every bundle is sealed, too."""


def what_travels(store: "Store") -> Travels:
    """Return what each bundle carries of the service."""
    file = held_file(store)
    if file is None:
        return Travels(b"", _NO_SERVICE, ())
    return Travels(file.id, file.to_bytes(), file.root.escrow)
