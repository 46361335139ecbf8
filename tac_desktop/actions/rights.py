"""Who may have which case file, as far as this vault knows: by role, by having opened it, or by a hand-over."""

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from tac_desktop.actions.cards import whom_we_trust
from tac_desktop.actions.permitted import is_permitted
from tac_desktop.casework.handing_over import Grant, State, Step, entitled, grants_of, opener
from tac_desktop.casework.journal import JsonValue, b64
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.service import device_id, successor
from tac_desktop.errors import RecipientNotAllowed, RecipientUnknown

if TYPE_CHECKING:
    from tac_desktop.export.card import Card, Trusted
    from tac_desktop.storage.reading import PastEntry
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

_FORM = "handover"
_ROOT = "reference"
"""The answer by which a case file is opened."""


def may_hand_over(vault: "Vault", store: "Store") -> bool:
    """Say whether the person at work may hand over case files."""
    own = whom_we_trust(vault, store).get(vault.device_id)
    return is_permitted(vault, Deed.HAND_OVER) and own is not None and own.status == "active" and own.allows("transfer")


def recipient_of(vault: "Vault", store: "Store", card: "Card") -> "Trusted":
    """Return whom this vault trusts under a card, if case files may be written for her.

    Raises:
        RecipientUnknown: the card was not accepted, is one's own, or its owner was withdrawn.
        RecipientNotAllowed: an administrator's.
    """
    trusted = whom_we_trust(vault, store).get(card.device_id)
    if trusted is None or trusted.status != "active" or card.device_id == vault.device_id:
        raise RecipientUnknown
    if trusted.role == "admin":
        raise RecipientNotAllowed
    return trusted


class Rights:
    """Who may have which case file, as far as this vault knows; read once, when it is made."""

    def __init__(self, vault: "Vault", store: "Store") -> None:
        """Read who opened each case file and what was handed over."""
        from tac_desktop.export.card import followers

        self._us, self._store = vault.device_id, store
        self._trusted = whom_we_trust(vault, store)
        self._followers = followers(self._trusted)
        self._names = {b64(device): successor(device, self._followers) for device in self._trusted}
        self._devices = devices_of(vault, store)
        self._held: dict[bytes, tuple[Mapping[tuple[bytes, str], int], Mapping[tuple[bytes, str], int]]] = {}
        self._roots: dict[str, set[bytes]] = {}
        for entry in store.entries_of("mother"):
            if entry.sem.record_id == entry.sem.stream and _opens(entry):
                self._roots.setdefault(entry.sem.stream, set()).add(self._device(entry))
        self._steps: dict[str, list[Step]] = {}
        self._places: dict[tuple[str, bytes], PastEntry] = {}
        for entry in store.entries_of(_FORM):
            self._steps.setdefault(entry.sem.stream, []).append(self._step(entry))
            if entry.sem.op == "grant":
                self._places[entry.sem.record_id, self._device(entry)] = entry

    @cached_property
    def _by_role(self) -> frozenset[bytes]:
        """This vault and the managers'."""
        managers = {device for device, one in self._trusted.items() if one.role == "manager"}
        return frozenset({self._us} | (managers - self._followers.keys()))

    def authorities(self, case_file: str) -> frozenset[bytes]:
        """Return the devices that may have a case file by themselves."""
        first = opener(self._roots.get(case_file, ()))
        return self._by_role | {one for one in (first,) if one}

    def may_end(self, grant: Grant, case_file: str) -> bool:
        """Say whether others, too, take a hand-over for ended if this vault says so."""
        own = self._trusted.get(self._us)
        is_manager = own is not None and own.role == "manager"
        return is_manager or self._us in {grant.by, grant.to, opener(self._roots.get(case_file, ()))}

    def handed_over(self) -> set[str]:
        """Return the case files of which there is a hand-over."""
        return set(self._steps)

    def written(self, grant: Grant) -> Mapping[str, JsonValue]:
        """Return what who gave a hand-over wrote into it."""
        return self._places[grant.record_id, grant.by].values or {}

    def grants(self, case_file: str) -> list[Grant]:
        """Return the hand-overs of a case file, whoever wrote them."""
        return grants_of(self._steps.get(case_file, ()), self.authorities(case_file), self._names)

    def entitled(self, case_file: str, today: str) -> frozenset[bytes]:
        """Return the devices that may have a case file on a day (ISO)."""
        return entitled(self.grants(case_file), self.authorities(case_file), today)

    def valid(self, case_file: str) -> list[Grant]:
        """Return the hand-overs of a case file that count or once counted: their givers had the right, or once had."""
        grants = self.grants(case_file)
        always = [Grant(record_id=one.record_id, by=one.by, to=one.to) for one in grants]
        givers = entitled(always, self.authorities(case_file), "")
        return [one for one in grants if one.by in givers]

    def of(self, device: bytes, case_files: Collection[str], today: str) -> set[str]:
        """Return those of these case files that a device may have on a day (ISO)."""
        return {case_file for case_file in case_files if device in self.entitled(case_file, today)}

    def written_in_by(self, device: bytes) -> set[str]:
        """Return the case files in which a device has written."""
        kinds, exchange = self._store.exchange.streams(), self._store.exchange
        return {
            reach.stream
            for reach in exchange.reaches()
            if self._devices.get(reach.incarnation) == device and kinds[reach.stream] == "case"
        }

    def state(self, case_file: str, grant: Grant, today: str) -> State:
        """Return where a hand-over stands."""
        if grant.ended or (today and not grant.holds(today)):
            return "ended"
        entry = self._places[grant.record_id, grant.by]
        history = entry.incarnation, case_file
        has, sent = self._known_of(grant.to)
        if grant.to == self._us or has.get(history, 0) >= entry.sseq:
            return "taken_over"
        if self._has_worked_since(case_file, grant, entry):
            return "taken_over"
        return "sent" if sent.get(history, 0) >= entry.sseq else "offered"

    def _known_of(self, device: bytes) -> tuple[Mapping[tuple[bytes, str], int], Mapping[tuple[bytes, str], int]]:
        """Return how far another vault holds each history, and how far each was sent to it; read once for each."""
        if device not in self._held:
            exchange = self._store.exchange
            self._held[device] = exchange.peer_has(device), exchange.sent_up_to(device)
        return self._held[device]

    def _has_worked_since(self, case_file: str, grant: Grant, entry: "PastEntry") -> bool:
        """Say whether the receiver replaced something in the case file that is younger than the hand-over."""
        later, replaced = set[str](), set[str]()
        for one in self._store.entries(case_file):
            if one.sem.hlc >= entry.sem.hlc:
                later.add(one.cid)
            if self._device(one) == grant.to:
                replaced.update(one.sem.supersedes)
        return not later.isdisjoint(replaced)

    def _device(self, entry: "PastEntry") -> bytes:
        return self._devices.get(entry.incarnation, b"")

    def _step(self, entry: "PastEntry") -> Step:
        return Step(
            record_id=entry.sem.record_id, device=self._device(entry), is_grant=entry.sem.op == "grant",
            rank=(entry.sem.hlc, entry.incarnation, entry.cid), values=entry.values or {},
        )  # fmt: skip


def devices_of(vault: "Vault", store: "Store") -> Mapping[bytes, bytes]:
    """Return for each incarnation of which entries are here the id under which its vault is known now."""
    from tac_desktop.export.card import followers

    following, origins = followers(whom_we_trust(vault, store)), store.exchange.origins()
    ids = {key: successor(device_id(key), following) for key in {one.key for one in origins.values()} if key}
    return {rid: ids.get(one.key, vault.device_id) for rid, one in origins.items()}


def _opens(entry: "PastEntry") -> bool:
    """Say whether an entry gives a mother her reference without replacing one."""
    return _ROOT in entry.sem.fields and not any(_ROOT in names for names in entry.sem.supersedes.values())
