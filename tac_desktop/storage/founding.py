"""Makes a new vault: whole, or nothing at all."""

import os
from pathlib import Path

from tac_desktop.casework.people import Person
from tac_desktop.storage import key_slots, people, schema, seal_keys
from tac_desktop.storage.binding import open_database, transaction
from tac_desktop.storage.durable import trouble_of
from tac_desktop.storage.folder import BACKUPS, DATA, DRAFTS, KEYS
from tac_desktop.storage.folder_lock import FolderLock
from tac_desktop.storage.key_file import DATA_KEY_BYTES, write_keys
from tac_desktop.storage.key_slots import STANDARD, Owner, Profile
from tac_desktop.storage.keyring import RECOVERY_LABEL, initials, refuse_short
from tac_desktop.storage.new_folder import make_folder, sweep
from tac_desktop.storage.recovery_code import new_recovery_code
from tac_desktop.storage.seal_keys import SealKey
from tac_desktop.storage.vault import Vault


def create_vault(
    folder: Path,
    person: Person,
    passphrase: str,
    *,
    device_id: bytes,
    identity: bytes,
    profile: Profile = STANDARD,
) -> tuple[Vault, str]:
    """Make a new vault in an empty or new folder; return it, open, and its recovery code, which is shown only now.

    Args:
        folder: where; its parent is made if need be.
        person: the first person.
        passphrase: theirs, at least `SHORTEST_PASSPHRASE` characters; how good it is, the action judges.
        device_id: the id of the vault among others (32 bytes).
        identity: the vault's own secret keys, kept and handed back as they are.
        profile: the cost of one guess.

    Raises:
        FolderNotEmpty, PassphraseTooShort, DiskFull, CannotWrite: no file is left behind.
    """
    refuse_short(passphrase)
    made, lock = make_folder(folder), None
    try:
        lock = FolderLock(folder)
        key, code = bytearray(os.urandom(DATA_KEY_BYTES)), new_recovery_code()
        keys = key_slots.new_key_file()
        owner = Owner(initials(person.name), person.id)
        keys, person_key = key_slots.with_slot(keys, key, owner, passphrase, profile)
        keys, _ = key_slots.with_slot(keys, key, Owner(RECOVERY_LABEL, ""), code, profile)
        notes = {"vault_id": keys.vault_id, "device_id": device_id, "identity": identity, "drafts_key": os.urandom(32)}
        seal = _make_databases(folder, key, person, person_key, notes)
        (folder / BACKUPS).mkdir()
        write_keys(folder / KEYS, keys)  # last: a folder without keys.json is no vault
    except BaseException as error:
        if lock:
            lock.release()
        sweep(folder, remove_folder=made)
        if isinstance(error, OSError):
            raise trouble_of(error) from None
        raise
    return Vault(folder, key, lock, person, device_id=device_id, seal=seal), code


def _make_databases(
    folder: Path, key: bytearray, person: Person, person_key: bytes, notes: dict[str, str | bytes]
) -> SealKey:
    connection = open_database(folder / DATA, key, create=True)
    try:
        schema.bring_up_to_date(connection)
        with transaction(connection):
            people.put_person(connection, person)
            seal = seal_keys.made(connection, person.id, person_key)
            for name, value in notes.items():
                people.put_meta(connection, name, value)
    finally:
        connection.close()
    drafts = open_database(folder / DRAFTS, bytes(notes["drafts_key"]), create=True)  # type: ignore[arg-type]
    try:
        schema.bring_up_to_date(drafts, drafts=True)
    finally:
        drafts.close()
    return seal
