"""The ways into a vault that exists: a person's pass-phrase, the recovery code, the organisation's key."""

from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from tac_desktop.casework.age_keys import IDENTITY, key_bytes
from tac_desktop.casework.people import Person
from tac_desktop.errors import (
    KeysDamaged,
    TacError,
    UnknownSlot,
    VaultMissing,
    WrongOrganisationKey,
    WrongPassphrase,
    WrongRecoveryCode,
)
from tac_desktop.storage import attempts, key_slots, people, recovery_notes, rekeying, upgrade
from tac_desktop.storage.binding import Connection, open_database, sound_reading, transaction
from tac_desktop.storage.folder import ATTEMPTS, DATA, KEYS
from tac_desktop.storage.folder_lock import FolderLock
from tac_desktop.storage.key_file import Slot, read_keys, write_keys
from tac_desktop.storage.key_slots import STANDARD, Opened, Profile
from tac_desktop.storage.keyring import initials, refuse_short
from tac_desktop.storage.recovery_notes import RecoveryNote
from tac_desktop.storage.seal_keys import SealKey, public_keys, seal_key_of
from tac_desktop.storage.vault import Vault

_NOBODY = {
    "recovery": Person(id="recovery", name="Recovery code", role="admin"),
    "organisation": Person(id="organisation", name="Organisation’s key", role="admin"),
}
"""Who came in without a pass-phrase, until a person's is renewed; an administrator reads no case."""

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
        for opened in _opened(folder, slot_ids, passphrase, clock):
            vault = _entered(folder, opened, lock, clock())
            if not name or name.casefold() in (opened.slot.label.casefold(), vault.person.name.casefold()):
                return vault
            opened.data_key[:] = bytes(len(opened.data_key))
        raise UnknownSlot
    except BaseException:
        lock.release()
        raise


def open_by_organisation(folder: Path, age_identity: str, *, clock: Clock = utc_now) -> Vault:
    """Open a vault by the organisation's key, as the words of two sheets give it ('AGE-SECRET-KEY-1...').

    Raises:
        WrongOrganisationKey: the vault was not given this key; and what `open_vault` raises but for pass-phrases.
    """
    private = key_bytes(age_identity, IDENTITY)
    if private is None:
        raise WrongOrganisationKey
    _refuse_missing(folder)
    lock = FolderLock(folder)
    try:
        opened = key_slots.opened_by_organisation(read_keys(folder / KEYS), private)
        return _entered(folder, opened, lock, clock())
    except WrongPassphrase:
        lock.release()
        raise WrongOrganisationKey from None
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

    A note waits for her next unlock (`Vault.recovery_notes`).

    Raises:
        WrongRecoveryCode and all that `open_vault` raises; PassphraseTooShort, UnknownSlot. Nothing was changed.
    """
    refuse_short(passphrase)
    entrance = next((slot for slot in slots(folder) if slot.kind == "recovery"), None)
    if entrance is None or not _is_persons(folder, slot_id):
        raise UnknownSlot
    return _let_in(open_vault(folder, entrance.id, code, clock=clock), slot_id, passphrase, profile, clock())


def recover_by_organisation(
    folder: Path,
    age_identity: str,
    slot_id: str,
    passphrase: str,
    *,
    profile: Profile = STANDARD,
    clock: Clock = utc_now,
) -> Vault:
    """Do the same by the organisation's key, as the words of two sheets give it ('AGE-SECRET-KEY-1...').

    Raises:
        WrongOrganisationKey and what `open_by_organisation` raises; PassphraseTooShort, UnknownSlot. Nothing was
        changed.
    """
    refuse_short(passphrase)
    if not _is_persons(folder, slot_id):
        raise UnknownSlot
    vault = open_by_organisation(folder, age_identity, clock=clock)
    return _let_in(vault, slot_id, passphrase, profile, clock())


def _is_persons(folder: Path, slot_id: str) -> bool:
    return any(slot.id == slot_id and slot.person for slot in slots(folder))


def _let_in(vault: Vault, slot_id: str, passphrase: str, profile: Profile, now: datetime) -> Vault:
    try:
        vault.let_in(slot_id, passphrase, profile, now=now)
    except BaseException:
        vault.close()
        raise
    return vault


def _refuse_missing(folder: Path) -> None:
    if not (folder / KEYS).exists():
        raise KeysDamaged if (folder / DATA).exists() else VaultMissing


def _opened(folder: Path, slot_ids: Sequence[str], secret: str, clock: Clock) -> Generator[Opened]:
    """Yield what a secret opens, for each of the slots; a failed attempt is noted if it opens none."""
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
        yield opened
    if not fits:
        attempts.note_failure(noted, clock())
        raise WrongRecoveryCode if tried[0].kind == "recovery" else WrongPassphrase


def _entered(folder: Path, found: Opened, lock: FolderLock, now: datetime) -> Vault:
    """Return the vault, open: a re-keying that was cut short is finished, and the slot has a key pair of now."""
    opened = rekeying.opened_by_one(folder, found)
    connection = open_database(folder / DATA, opened.data_key)
    try:
        upgrade.bring_up_to_date(connection, folder, opened.data_key, lock, now=now)
        with sound_reading(connection):
            rekeying.finish(folder, connection, opened.keys, is_written=opened is found)
            device_id = bytes(people.meta(connection, "device_id"))
            person, seal = _who(connection, opened, now)
    finally:
        connection.close()
    renewed = key_slots.with_new_pair(opened, opened.data_key)
    if renewed:
        with suppress(TacError):  # she is in; the next unlock tries again
            write_keys(folder / KEYS, renewed)
    kind = opened.slot.kind
    return Vault(folder, opened.data_key, lock, person, device_id=device_id, seal=seal, came_in_by=kind)


def _who(connection: Connection, opened: Opened, now: datetime) -> tuple[Person, SealKey | None]:
    if opened.slot.kind != "passphrase":
        return _NOBODY[opened.slot.kind], None
    person = people.person_of(connection, opened.slot.person)
    if person is None:
        raise UnknownSlot
    before = public_keys(connection).get(person.id)
    seal = seal_key_of(connection, person.id, opened.person_key)
    waiting = any(note.person == person.id for note in recovery_notes.kept(connection))
    if before not in (None, seal.public) and not waiting:  # her pass-phrase was another one meanwhile
        at = now.astimezone(UTC).isoformat(timespec="seconds")
        with transaction(connection):
            recovery_notes.put(connection, RecoveryNote(person=person.id, at=at, by="older_keys"))
    return person, seal
