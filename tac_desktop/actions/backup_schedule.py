"""Backups without being asked: one each day and one before each risky step, where the person chose, a few of them kept.

The place lies in the settings of this computer; who unlocks a vault puts it into `Vault.backups_to`.
"""

from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.permitted import permitted
from tac_desktop.casework.audit import Event
from tac_desktop.casework.backup_rotation import is_due, is_stale, kept
from tac_desktop.casework.permissions import Deed
from tac_desktop.errors import (
    BackupPlaceInside,
    BackupPlaceUnusable,
    CannotWrite,
    DiskFull,
    LastBackup,
    NoBackup,
    NoRoomForBackup,
    Stopped,
    TacError,
)
from tac_desktop.storage.backup_shelf import Backup

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

Reason: TypeAlias = Literal["daily", "asked", "import", "bundle", "rekey", "disposal", "upgrade"]
"""For what a backup is made: it stands in its name."""
Progress = Generator[tuple[int, int], None, "Made"]
_ENOUGH = timedelta(hours=1)
"""A backup so young is enough before what only adds to the journal: the volumes of one bundle need one, not ten."""
_ONLY_ADDS = frozenset({"import", "bundle"})
MANY_CHANGES = 1000
"""A bundle that brings more is a risky step."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A backup that was just made."""

    path: Path
    instead: TacError | None = None
    """Why it lies in the vault's own folder and not in the place that was chosen; None where it lies as it should."""


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What there is of backups of a vault, as far as this computer can see just now."""

    chosen: Path | None
    """The place that was chosen; None for the vault's own folder."""
    is_missing: bool
    """Whether that place is not there: backups go to the vault's own folder until it is."""
    on_same_disk: bool
    """Whether the place is on the disk of the vault, which would take both with it."""
    backups: Sequence[Backup]
    """The latest first, of both places."""
    is_due: bool
    """Whether today has none yet."""
    is_stale: bool
    """Whether there is no good one from the last seven days."""


def backup_at(folder: Path) -> Backup:
    """Return the backup that a folder is; NoBackup if it is none."""
    from tac_desktop.storage import backup_shelf

    found = backup_shelf.backup_at(folder)
    if found is None:
        raise NoBackup("There is no backup in this folder. Nothing was changed. Check the folder.")
    return found


def backups_of(folder: Path, place: Path | None) -> Sequence[Backup]:
    """Return the backups that were made of a vault, the latest first; the vault itself may be locked or damaged.

    Args:
        folder: The vault's folder.
        place: The place for its backups, as the settings of this computer name it; None for its own.
    """
    from tac_desktop.storage.backup_shelf import backups_in
    from tac_desktop.storage.key_file import read_keys
    from tac_desktop.storage.vault import BACKUPS, KEYS

    found = backups_in(folder / BACKUPS, "")
    with suppress(TacError):  # without its key file only those in its own folder are known to be its
        found += backups_in(place, read_keys(folder / KEYS).vault_id) if place else []
    return sorted(found, key=lambda one: (one.made, one.path.name), reverse=True)


@permitted(Deed.LOOK_AFTER_VAULT)
def shelf(vault: "Vault", *, now: datetime) -> Shelf:
    """Return what there is of backups of an open vault.

    Args:
        vault: The vault.
        now: The time, with its zone.

    Raises:
        KeysDamaged, CannotWrite: the vault's own key file cannot be read.
    """
    from tac_desktop.storage.backup_shelf import backups_in, has_sign

    chosen, vault_id = vault.backups_to, vault.key_file().vault_id
    there = chosen is not None and has_sign(chosen)
    found = backups_in(_own_place(vault), vault_id) + (backups_in(chosen, vault_id) if chosen and there else [])
    found.sort(key=lambda one: (one.made, one.path.name), reverse=True)
    good, wall = [one.made for one in found if one.is_whole], now.replace(tzinfo=None)
    return Shelf(
        chosen=chosen, is_missing=chosen is not None and not there,
        on_same_disk=not there or chosen is None or _same_disk(vault.folder, chosen),
        backups=found, is_due=is_due(good, wall), is_stale=is_stale(good, wall),
    )  # fmt: skip


@permitted(Deed.LOOK_AFTER_VAULT)
def back_up_now(vault: "Vault", store: "Store", reason: Reason, *, now: datetime) -> Progress:
    """Make a backup in the chosen place, else in the vault's own folder; older ones go as the rotation says.

    Yields (done, total) and returns what was made. Only copies that the program made by itself ever go, and never the
    latest good one.

    Args:
        vault: The open vault.
        store: Its store, of the calling thread.
        reason: For what.
        now: The time, with its zone.

    Raises:
        NoRoomForBackup, BackupPlaceUnusable, BackupDamaged, VaultDamaged, KeysDamaged: nothing is left behind.
    """
    try:
        made = yield from _made(vault, reason, now)
    except Stopped:
        raise
    except TacError as trouble:
        with suppress(TacError):  # the disk may be full; the trouble itself is what has to be told
            why = type(trouble).__name__
            note_event(store, vault.person, Event.BACKUP_FAILED, now=now, facts={"kind": reason, "why": why})
        raise
    note_event(store, vault.person, Event.BACKED_UP, now=now, facts={"kind": reason, "backup": made.path.name})
    return made


@permitted(Deed.LOOK_AFTER_VAULT)
def back_up_before(
    vault: "Vault", store: "Store", reason: Reason, *, now: datetime
) -> Generator[tuple[int, int], None, Made | None]:
    """Make a backup before a risky step; the step must not begin where this raises.

    Returns:
        What was made; None for a vault that holds no case yet, and where one of the last hour is enough.

    Raises:
        What `back_up_now` raises.
    """
    if set(store.exchange.streams().values()) <= {"terminal"}:
        return None
    if reason in _ONLY_ADDS:
        wall = now.replace(tzinfo=None)
        found = shelf(vault, now=now).backups
        if any(one.is_whole and timedelta() <= wall - one.made < _ENOUGH for one in found):
            return None
    return (yield from back_up_now(vault, store, reason, now=now))


def _made(vault: "Vault", reason: Reason, now: datetime) -> Progress:
    from tac_desktop.storage.backup_shelf import has_sign

    chosen, own, instead = vault.backups_to, _own_place(vault), None
    if chosen is not None and not has_sign(chosen):
        instead = BackupPlaceUnusable()
    elif chosen is not None:
        try:
            return Made(path=(yield from _into(vault, chosen, reason, now)))
        except (NoRoomForBackup, BackupPlaceUnusable) as trouble:
            instead = trouble
    return Made(path=(yield from _into(vault, own, reason, now)), instead=instead)


def _into(vault: "Vault", place: Path, reason: Reason, now: datetime) -> Generator[tuple[int, int], None, Path]:
    from tac_desktop.storage.backup import backup
    from tac_desktop.storage.backup_shelf import name_for, sweep

    keys, wall = vault.key_file(), now.replace(tzinfo=None)
    sweep(place, keys)
    made = yield from backup(vault, place, name_for(place, wall, reason), at=now.isoformat(timespec="seconds"))
    with suppress(TacError):  # what could not be removed goes the next time; the new one is good
        _rotate(place, keys.vault_id, made)
    return made


def _rotate(place: Path, vault_id: str, newest: Path) -> None:
    from tac_desktop.storage.backup_shelf import backups_in, remove

    ours = {one.path.name: one for one in backups_in(place, vault_id) if one.reason and one.is_whole}
    stay = kept({name: one.made for name, one in ours.items()}) | {newest.name}
    for name, one in ours.items():
        if name not in stay:
            remove(one)


@permitted(Deed.LOOK_AFTER_VAULT)
def remove_backup(vault: "Vault", store: "Store", backup: Backup, *, now: datetime) -> None:
    """Remove a backup for good.

    Raises:
        LastBackup: it is the only whole one.
        CannotWrite: it could not be removed.
    """
    from tac_desktop.storage.backup_shelf import remove

    whole = [one.path for one in shelf(vault, now=now).backups if one.is_whole]
    if whole == [backup.path]:
        raise LastBackup
    remove(backup)
    note_event(store, vault.person, Event.BACKUP_REMOVED, now=now, facts={"backup": backup.path.name})


@permitted(Deed.LOOK_AFTER_VAULT)
def choose_place(vault: "Vault", store: "Store", place: Path | None, *, now: datetime) -> Path | None:
    """Let the backups of a vault go to another folder from now on; those that were made stay where they are.

    Args:
        vault: The open vault.
        store: Its store.
        place: A folder that is there; None for the vault's own.
        now: The time, with its zone.

    Returns:
        The place, for the settings of this computer; None for the vault's own.

    Raises:
        BackupPlaceInside: it lies inside the vault.
        NoRoomForBackup, BackupPlaceUnusable: nothing can be written there. Nothing was changed.
    """
    from tac_desktop.storage.backup_shelf import put_sign

    if place is not None and place.resolve() == _own_place(vault).resolve():
        place = None
    if place is not None:
        if place.resolve().is_relative_to(vault.folder.resolve()):
            raise BackupPlaceInside
        try:
            put_sign(place)
        except DiskFull:
            raise NoRoomForBackup from None
        except CannotWrite:
            raise BackupPlaceUnusable from None
    vault.backups_to = place
    note_event(store, vault.person, Event.BACKUP_PLACE_CHANGED, now=now)
    return place


def _own_place(vault: "Vault") -> Path:
    from tac_desktop.storage.vault import BACKUPS

    return vault.folder / BACKUPS


def _same_disk(one: Path, other: Path) -> bool:
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return False
