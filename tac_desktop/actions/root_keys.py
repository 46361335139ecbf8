"""The three sheets of a service: its root keys, of which two must sign, and the words of its emergency key.

They are shown once, printed, and never stored. The program asks for them to give the roster to another vault, to make
new sheets, and for the yearly drill.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.service_file import as_registrar, keep_file, refuse_workers, the_file
from tac_desktop.casework.audit import Event
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.service import ROOT_KEYS, THRESHOLD, Member, Root
from tac_desktop.errors import RootCodesWrong, RosterChanged

if TYPE_CHECKING:
    from tac_desktop.export.roster import ServiceFile
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

DRILL = "drill"
"""The document that holds the ISO date of the last drill."""


@dataclass(frozen=True)
class Sheet:
    """What is printed on one of the three sheets, which three people keep in three places."""

    number: int
    """1 to 3."""
    root_key_code: str = field(repr=False)
    escrow_words: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Founded:
    """The sheets of a service, shown once."""

    service_code: str
    """Which everybody who joins types in."""
    sheets: tuple[Sheet, Sheet, Sheet]


@dataclass(frozen=True)
class Prepared:
    """New sheets that are not in force yet: a person writes them down first, and nothing is changed before."""

    founded: Founded
    file: "ServiceFile" = field(repr=False)
    """What is kept, and believed, from then on."""
    roster_seed: bytes | None = field(repr=False)
    """The roster's private key, if it is new."""


@dataclass(frozen=True)
class Drill:
    """What a drill with two sheets has shown."""

    holds: bool
    """Whether the words of the sheets make the emergency key."""
    opened: bool
    """Whether that key opened a bundle to its last byte."""


@dataclass(frozen=True)
class _Keys:
    """New keys of a service."""

    seeds: tuple[bytes, ...] = field(repr=False)
    root: Root
    sheets: tuple[Sheet, Sheet, Sheet] = field(repr=False)


def found(name: str, members: Sequence[Member], today: str) -> Prepared:
    """Make a service: its first file, the roster's private key, and the sheets."""
    from tac_desktop.export import sshsig
    from tac_desktop.export.roster_signing import found as sign

    roster_seed = os.urandom(32)
    keys = _new_keys(name, (sshsig.public_key(roster_seed),), today)
    file = sign(keys.root, keys.seeds, members, roster_seed)
    return Prepared(Founded(file.code, keys.sheets), file, roster_seed)


@permitted(Deed.KEEP_ROSTER)
def new_root(vault: "Vault", store: "Store", root_codes: Sequence[str], *, now: datetime) -> Founded:
    """Make three new sheets, because one was lost or seen; two of the present ones decide it.

    Bundles that were written before are opened with the emergency words of the sheets of their time.

    Args:
        vault: The open vault, which keeps the roster.
        store: Its store.
        root_codes: The codes of the root keys on two of the present sheets, as they were typed.
        now: The time, with its zone.

    Raises:
        NoService, NotTheRegistrar, NotAllowed, RootCodeMistyped, RootCodesWrong: nothing was changed.
    """
    prepared = prepare_root(vault, store, root_codes, now=now)
    keep_root(vault, store, prepared, now=now)
    return prepared.founded


@permitted(Deed.KEEP_ROSTER)
def prepare_root(vault: "Vault", store: "Store", root_codes: Sequence[str], *, now: datetime) -> Prepared:
    """Make three new sheets that come into force with `keep_root`; see `new_root`."""
    from tac_desktop.export.roster_signing import with_root

    file, roster_seed = as_registrar(store, vault.person)
    signing = _seeds_of(file, root_codes)
    keys = _new_keys(file.name, file.root.roster_keys, now.date().isoformat())
    signing += keys.seeds[:THRESHOLD]
    renewed = with_root(file, keys.root, signing, file.roster.members, roster_seed)
    return Prepared(Founded(renewed.code, keys.sheets), renewed, None)


@permitted(Deed.KEEP_ROSTER)
def keep_root(vault: "Vault", store: "Store", prepared: Prepared, *, now: datetime) -> None:
    """Put new sheets into force; those before them are worth nothing from now on.

    Raises:
        NoService, NotTheRegistrar, NotAllowed, RosterChanged: nothing was changed.
    """
    file, _ = as_registrar(store, vault.person)
    if prepared.file.roster.past[-1:] != (file.signed_roster.sha256,):
        raise RosterChanged
    keep_file(store, prepared.file)
    note_event(store, vault.person, Event.ROOT_RENEWED, now=now, facts={"version": prepared.file.root.version})


@permitted(Deed.KEEP_ROSTER)
def renew_roster_key(vault: "Vault", store: "Store", root_codes: Sequence[str], *, now: datetime) -> None:
    """Let this vault keep the roster, with a new key, whoever kept it before: two of the three sheets decide it.

    Args:
        vault: The open vault of a manager or an administrator.
        store: Its store.
        root_codes: The codes of the root keys on two sheets, as they were typed.
        now: The time, with its zone.

    Raises:
        NoService, NotAllowed, RootCodeMistyped, RootCodesWrong: nothing was changed.
    """
    from tac_desktop.export import sshsig
    from tac_desktop.export.roster_signing import with_root

    file = the_file(store)
    refuse_workers(vault.person)
    signing, roster_seed = _seeds_of(file, root_codes), os.urandom(32)
    root = replace(file.root, made=now.date().isoformat(), roster_keys=(sshsig.public_key(roster_seed),))
    renewed = with_root(file, root, signing, file.roster.members, roster_seed)
    keep_file(store, renewed, roster_seed=roster_seed)
    note_event(store, vault.person, Event.ROSTER_KEY_RENEWED, now=now, facts={"version": renewed.root.version})


@permitted(Deed.LOOK_AFTER_VAULT)
def escrow_key(store: "Store", shares: Sequence[str]) -> str:
    """Return the emergency key that the words of two sheets make ('AGE-SECRET-KEY-1...'), for the command line only.

    Raises:
        NoService, EmergencyWordsMistyped, EmergencyWordsWrong.
    """
    key = _emergency_key(store, shares)
    note_event(store, store.vault.person, Event.EMERGENCY_KEY_READ, now=datetime.now().astimezone())
    return key


@permitted(Deed.LOOK_AFTER_VAULT)
def drill(store: "Store", shares: Sequence[str], bundle: Path | None, *, now: datetime) -> Drill:
    """Show that the words of two sheets hold, and open a bundle with them; nothing of it is kept.

    Raises:
        NoService, EmergencyWordsMistyped, EmergencyWordsWrong: they do not.
        NotABundle, BundleNotForUs, BundleDamaged, BundleMalformed, BundleTooLarge, MadeByNewerProgram,
        MediumUnreadable: the bundle is not opened.
    """
    from tac_desktop.export.escrow import try_opening

    key = _emergency_key(store, shares)
    if bundle is not None:
        try_opening(bundle, key)
    store.trust_documents.keep({DRILL: now.date().isoformat().encode()})
    note_event(store, store.vault.person, Event.SHEETS_TRIED, now=now)
    return Drill(holds=True, opened=bundle is not None)


def _emergency_key(store: "Store", shares: Sequence[str]) -> str:
    from tac_desktop.export.escrow import joined

    return joined(shares, the_file(store).root.escrow)


def _new_keys(name: str, roster_keys: tuple[bytes, ...], today: str) -> _Keys:
    from tac_desktop.export import sshsig
    from tac_desktop.export.escrow import new_emergency_key
    from tac_desktop.export.secret_codes import code_of_seed

    seeds, emergency = tuple(os.urandom(32) for _ in range(ROOT_KEYS)), new_emergency_key()
    root = Root(
        service=name, version=1, before=None, made=today, root_keys=tuple(map(sshsig.public_key, seeds)),
        roster_keys=roster_keys, escrow=(emergency.recipient,),
    )  # fmt: skip
    first, second, third = (
        Sheet(number, code_of_seed(seed), words)
        for number, seed, words in zip((1, 2, 3), seeds, emergency.sheets, strict=True)
    )
    return _Keys(seeds, root, (first, second, third))


def _seeds_of(file: "ServiceFile", root_codes: Sequence[str]) -> tuple[bytes, ...]:
    """Return the private root keys of the codes of two sheets or three."""
    from tac_desktop.export import sshsig
    from tac_desktop.export.secret_codes import seed_of_code

    seeds = {sshsig.public_key(seed): seed for seed in map(seed_of_code, root_codes)}
    if len(seeds) < THRESHOLD or set(seeds) - set(file.root.root_keys):
        raise RootCodesWrong
    return tuple(seeds.values())
