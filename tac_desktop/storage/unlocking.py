"""The ways into a vault that exists: by a person's pass-phrase, or by the recovery code."""

from collections.abc import Callable, Generator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tac_desktop.casework.people import Person
from tac_desktop.errors import KeysDamaged, UnknownSlot, VaultMissing, WrongPassphrase, WrongRecoveryCode
from tac_desktop.storage import attempts, key_slots, people, upgrade
from tac_desktop.storage.binding import open_database, sound_reading
from tac_desktop.storage.folder_lock import FolderLock
from tac_desktop.storage.key_file import read_keys
from tac_desktop.storage.key_slots import STANDARD, Opened, Profile, Slot
from tac_desktop.storage.seal_keys import SealKey, seal_key_of
from tac_desktop.storage.vault import ATTEMPTS, DATA, KEYS, Vault, initials, refuse_short

_NOBODY = Person(id="recovery", name="Recovery code", role="admin")
"""Who came in by the recovery code, until a person's pass-phrase is renewed; an administrator reads no case."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def slots(folder: Path) -> tuple[Slot, ...]:
    """Return the ways into a vault; the labels are initials, since anybody can read them.

    Raises:
        VaultMissing, KeysDamaged, NewerVault, CannotWrite.
    """
    _refuse_missing(folder)
    return read_keys(folder / KEYS).slots


def slots_of(folder: Path, name: str) -> tuple[Slot, ...]:
    """Return the slots that may be those of a person: by name, initials, label or id. Mostly one."""
    wanted = name.strip().casefold()
    named = {wanted, initials(name).casefold()}
    return tuple(
        slot
        for slot in slots(folder)
        if slot.kind == "passphrase" and (slot.id == wanted or slot.label.casefold().split(" ")[0] in named)
    )


def open_vault(folder: Path, slot_id: str, passphrase: str, *, clock: Clock = utc_now) -> Vault:
    """Unlock a vault with the pass-phrase of one of its slots, or with the recovery code.

    Raises:
        WrongPassphrase, WrongRecoveryCode, TooManyAttempts: not this time.
        VaultMissing, KeysDamaged, VaultDamaged, NewerVault: it cannot be opened; nothing was changed.
        VaultInUse: it is open elsewhere.
        CannotWrite, DiskFull: the folder refuses.
    """
    return open_one_of(folder, (slot_id,), passphrase, clock=clock)


def open_one_of(
    folder: Path, slot_ids: Sequence[str], passphrase: str, *, name: str = "", clock: Clock = utc_now
) -> Vault:
    """Unlock a vault with the first of several slots that the pass-phrase opens and whose person is the one named.

    All of it is one attempt: it has failed only if the pass-phrase opens none of them.

    Args:
        folder: The vault.
        slot_ids: The slots that may be the person's, all of one kind.
        passphrase: Theirs, or the recovery code.
        name: The person's name or the slot's label; '' for whoever it is.
        clock: The time.

    Raises:
        UnknownSlot: the pass-phrase is that of somebody else; and what `open_vault` raises.
    """
    _refuse_missing(folder)
    lock = FolderLock(folder)
    try:
        for slot, opened in _opened(folder, slot_ids, passphrase, clock):
            person, device_id, seal = _enter(folder, opened, slot, lock, clock())
            if not name or name.casefold() in (slot.label.casefold(), person.name.casefold()):
                return Vault(folder, opened.data_key, lock, person, device_id=device_id, seal=seal)
            opened.data_key[:] = bytes(len(opened.data_key))
        raise UnknownSlot
    except BaseException:
        lock.release()
        raise


def recover(
    folder: Path,
    code: str,
    slot_id: str,
    passphrase: str,
    *,
    profile: Profile = STANDARD,
    clock: Clock = utc_now,
) -> Vault:
    """Open a vault with its recovery code and give the person of `slot_id` a new pass-phrase, and a new seal key.

    Raises:
        WrongRecoveryCode and all that `open_vault` raises; PassphraseTooShort, UnknownSlot. Nothing was changed.
    """
    refuse_short(passphrase)
    entrance = next((slot for slot in slots(folder) if slot.kind == "recovery"), None)
    if entrance is None or not any(slot.id == slot_id and slot.person for slot in slots(folder)):
        raise UnknownSlot
    vault = open_vault(folder, entrance.id, code, clock=clock)
    try:
        vault.renew_slot(slot_id, passphrase, profile)
    except BaseException:
        vault.close()
        raise
    return vault


def _refuse_missing(folder: Path) -> None:
    if not (folder / KEYS).exists():
        raise KeysDamaged if (folder / DATA).exists() else VaultMissing


def _opened(folder: Path, slot_ids: Sequence[str], secret: str, clock: Clock) -> Generator[tuple[Slot, Opened]]:
    """Yield the slots that a secret opens, each with its keys; a failed attempt is noted if it opens none."""
    keys, noted = read_keys(folder / KEYS), folder / ATTEMPTS
    tried = [keys.slot(slot_id) for slot_id in slot_ids]
    attempts.refuse_haste(noted, clock())
    fits = False
    for slot in tried:
        try:
            opened = key_slots.opened(keys, slot.id, secret)
        except WrongPassphrase:
            continue
        fits = True
        yield slot, opened
    if not fits:
        attempts.note_failure(noted, clock())
        raise WrongRecoveryCode if tried[0].kind == "recovery" else WrongPassphrase


def _enter(
    folder: Path, opened: Opened, slot: Slot, lock: FolderLock, now: datetime
) -> tuple[Person, bytes, SealKey | None]:
    connection = open_database(folder / DATA, opened.data_key)
    try:
        upgrade.bring_up_to_date(connection, folder, opened.data_key, lock, now=now)
        with sound_reading(connection):
            device_id = bytes(people.meta(connection, "device_id"))
            if not slot.person:
                return _NOBODY, device_id, None
            person = people.person_of(connection, slot.person)
            if person is None:
                raise UnknownSlot
            return person, device_id, seal_key_of(connection, person.id, opened.person_key)
    finally:
        connection.close()
