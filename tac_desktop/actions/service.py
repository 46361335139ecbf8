"""The service to which a vault belongs: founding and joining one, its roster, its members, its three sheets."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions import cut_off, members, root_keys
from tac_desktop.actions.audit import note_event
from tac_desktop.actions.cards import accepted_cards, own_trusted
from tac_desktop.actions.members import member_of
from tac_desktop.actions.permitted import permitted
from tac_desktop.actions.recovery import let_emergency_key_in
from tac_desktop.actions.root_keys import (
    DRILL,
    Drill,
    Founded,
    Prepared,
    Sheet,
    drill,
    escrow_key,
    keep_root,
    new_root,
    prepare_root,
)
from tac_desktop.actions.service_file import (
    held_file,
    keep_file,
    note_compared,
    read_file,
    refuse_old_roster,
    refuse_workers,
    roster_seed_of,
    the_file,
    what_travels,
)
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.people import one_line
from tac_desktop.casework.permissions import Deed
from tac_desktop.casework.service import Member, Right, Status, is_old
from tac_desktop.errors import AlreadyInAService

if TYPE_CHECKING:
    from tac_desktop.export.roster import ServiceFile
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

__all__ = [
    "Drill", "Founded", "Member", "Prepared", "Right", "Service", "Sheet", "Status", "drill", "escrow_key", "keep_root",
    "new_root", "prepare_root", "refuse_old_roster", "what_travels",
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Service:
    """The service to which this vault belongs, or that a file tells of."""

    name: str
    code: str
    """The code by which people recognise the service."""
    id: bytes
    roster_version: int
    issued: str
    """The ISO date of the roster."""
    members: tuple[Member, ...]
    is_registrar: bool = False
    """Whether this vault keeps the roster."""
    is_member: bool = False
    """Whether this vault is an active member."""
    outdated: tuple[str, ...] = ()
    """The people of this vault whose card in the roster is not their present one: they came in by the recovery code."""
    is_old: bool = False
    """Whether the roster is older than twelve months: a new one should be asked for."""
    escrow: bool = False
    """Whether every bundle can be opened with two of the three sheets."""
    drilled: str = ""
    """The ISO date of the last drill in this vault, '' if there was none."""


# --- becoming part of one ---


@permitted(Deed.KEEP_ROSTER)
def found_service(vault: "Vault", store: "Store", name: str, *, now: datetime) -> Founded:
    """Found a service, whose roster this vault keeps; return its sheets, which are shown only now.

    Its members are this vault and those whose cards were accepted here.

    Args:
        vault: The open vault of a manager or an administrator.
        store: Its store.
        name: The service's name, in one line.
        now: The time, with its zone.

    Raises:
        AlreadyInAService, NotAllowed, NameRefused: nothing was changed.
    """
    prepared = prepare_service(vault, store, name, now=now)
    keep_service(vault, store, prepared, now=now)
    return prepared.founded


@permitted(Deed.KEEP_ROSTER)
def prepare_service(vault: "Vault", store: "Store", name: str, *, now: datetime) -> Prepared:
    """Make the keys of a service that comes into being with `keep_service`; see `found_service`."""
    refuse_workers(vault.person)
    if held_file(store):
        raise AlreadyInAService
    name, today = one_line(name), now.date().isoformat()
    known = [own_trusted(vault), *accepted_cards(store)]
    first = [member_of(card, role=one.role, since=today) for one in known for card in (one.card, *one.colleagues)]
    return root_keys.found(name, first, today)


@permitted(Deed.KEEP_ROSTER)
def keep_service(vault: "Vault", store: "Store", prepared: Prepared, *, now: datetime) -> None:
    """Found a service whose sheets were written down.

    Raises:
        AlreadyInAService, NotAllowed: nothing was changed.
    """
    refuse_workers(vault.person)
    if held_file(store):
        raise AlreadyInAService
    keep_file(store, prepared.file, roster_seed=prepared.roster_seed)
    facts: Facts = {"members": len(prepared.file.roster.members)}
    note_event(store, vault.person, Event.SERVICE_FOUNDED, now=now, facts=facts)
    let_emergency_key_in(vault, store, now=now)


def read_service_file(path: Path) -> Service:
    """Return what a file tells of a service; that it is the right one is known only when its code was typed.

    Raises:
        NotAServiceFile, NotEnoughSignatures, MadeByNewerProgram, MediumUnreadable.
    """
    return _shown(read_file(path))


@permitted(Deed.TRUST)
def join_service(vault: "Vault", store: "Store", path: Path, code: str, *, now: datetime) -> Service:
    """Join a service after its code was typed: from now on this vault believes its roster and nobody else.

    Any two of the service's three sheets open the vault from then on, too, unless another organisation's key does.

    Args:
        vault: The open vault.
        store: Its store.
        path: The service's file.
        code: As the person typed it, who had it by another way than the file.
        now: The time, with its zone.

    Raises:
        AlreadyInAService, CardCodeMistyped, ServiceCodeWrong, NotAServiceFile, NotEnoughSignatures,
        MadeByNewerProgram, MediumUnreadable: nothing was changed.
    """
    from tac_desktop.export.roster import check_service_code

    file = read_file(path)
    check_service_code(file, code)
    if held_file(store):
        raise AlreadyInAService
    keep_file(store, file)
    note_event(store, vault.person, Event.SERVICE_JOINED, now=now, facts={"roster": file.roster.version})
    let_emergency_key_in(vault, store, now=now)
    return _service(store, file, now)


@permitted(Deed.LOOK_AFTER_VAULT)
def take_in_roster(vault: "Vault", store: "Store", path: Path, *, now: datetime) -> Service:
    """Take in a roster that came as a file; the same one again changes nothing.

    Raises:
        NoService, OtherService, OldRoster, TwoRosters, NotAServiceFile, NotEnoughSignatures, MadeByNewerProgram,
        MediumUnreadable: nothing was changed.
    """
    from tac_desktop.export.roster import newer

    held, offered = the_file(store), read_file(path)
    is_newer = newer(held, offered)
    note_compared(store)
    if is_newer:
        keep_file(store, offered)
        note_event(store, vault.person, Event.ROSTER_TAKEN_IN, now=now, facts={"roster": offered.roster.version})
    return _service(store, the_file(store), now)


# --- what it is ---


def service_of(store: "Store", *, now: datetime | None = None) -> Service | None:
    """Return the service to which this vault belongs; None for a vault by itself.

    Args:
        store: The store of the open vault.
        now: The time by which the roster is judged to be old; None for the computer's.
    """
    file = held_file(store)
    return None if file is None else _service(store, file, now or datetime.now().astimezone())


@permitted(Deed.BE_KNOWN)
def hand_out_roster(store: "Store", path: Path) -> None:
    """Write the service's file, as it is known here, for whoever joins or needs the latest roster.

    Raises:
        NoService, DiskFull, CannotWrite: no file is left behind.
    """
    from tac_desktop.export.whole_file import whole_file

    file_held = the_file(store)
    with whole_file(path) as file:
        file.write(file_held.to_bytes())
        _note_handed_out(store, file_held.roster.version)


@permitted(Deed.BE_KNOWN)
def write_allowed_signers(store: "Store", path: Path) -> None:
    """Write the members as a file with which `ssh-keygen -Y verify` checks bundles and seals.

    Raises:
        NoService, DiskFull, CannotWrite: no file is left behind.
    """
    from tac_desktop.export.allowed_signers import allowed_signers
    from tac_desktop.export.whole_file import whole_file

    file_held = the_file(store)
    with whole_file(path) as file:
        file.write(allowed_signers(file_held))
        _note_handed_out(store, file_held.roster.version)


def _note_handed_out(store: "Store", version: int) -> None:
    now, facts = datetime.now().astimezone(), Facts(roster=version)
    note_event(store, store.vault.person, Event.ROSTER_HANDED_OUT, now=now, facts=facts)


# --- changing it ---


@permitted(Deed.KEEP_ROSTER)
def withdraw(vault: "Vault", store: "Store", device: bytes, status: Status, *, now: datetime) -> Service:
    """Withdraw a member; see `members.withdraw`."""
    members.withdraw(vault, store, device, status, now=now)
    return _service(store, the_file(store), now)


@permitted(Deed.KEEP_ROSTER)
def change_rights(vault: "Vault", store: "Store", device: bytes, may: Collection[Right], *, now: datetime) -> Service:
    """Let a member sign these things and no others; see `members.change_rights`."""
    members.change_rights(vault, store, device, may, now=now)
    return _service(store, the_file(store), now)


@permitted(Deed.KEEP_ROSTER)
def move_cut_off(
    vault: "Vault", store: "Store", device: bytes, *, now: datetime, bundle: Path | None = None
) -> Service:
    """Let more of a withdrawn member's work count; see `cut_off.move_cut_off`."""
    cut_off.move_cut_off(vault, store, device, now=now, bundle=bundle)
    return _service(store, the_file(store), now)


@permitted(Deed.KEEP_ROSTER)
def renew_roster_key(vault: "Vault", store: "Store", root_codes: Sequence[str], *, now: datetime) -> Service:
    """Let this vault keep the roster, by two of the three sheets; see `root_keys.renew_roster_key`."""
    root_keys.renew_roster_key(vault, store, root_codes, now=now)
    return _service(store, the_file(store), now)


def _service(store: "Store", file: "ServiceFile", now: datetime) -> Service:
    present, own = store.trust_documents.seal_keys(), file.roster.of(store.device_id)
    return replace(
        _shown(file),
        outdated=tuple(one.name for one in own if present.get(one.person, one.seal_key) != one.seal_key),
        is_registrar=roster_seed_of(store, file) is not None,
        is_member=any(one.status == "active" for one in own),
        is_old=is_old(file.roster.issued, now.date().isoformat()),
        drilled=(store.trust_documents.read(DRILL) or b"").decode(),
    )


def _shown(file: "ServiceFile") -> Service:
    return Service(
        name=file.name, code=file.code, id=file.id, roster_version=file.roster.version, issued=file.roster.issued,
        members=file.roster.members, escrow=bool(file.root.escrow),
    )  # fmt: skip
