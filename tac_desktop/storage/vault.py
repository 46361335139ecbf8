"""An open vault: the folder with keys.json, data.db, drafts.db, attempts.json and backups/, unlocked.

It holds the folder's lock and the data key; `Store` and `Drafts` open their connections through it.
"""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from tac_desktop.casework.people import Person, nameable
from tac_desktop.errors import LastSlot, NoSealKey, PassphraseTooShort, TacError, UnknownSlot, VaultLocked
from tac_desktop.storage import attempts, key_slots, people, seal_keys
from tac_desktop.storage.binding import Connection, open_database, refuse_misread, sound_reading, transaction
from tac_desktop.storage.folder_lock import FolderLock
from tac_desktop.storage.key_file import read_keys, write_keys
from tac_desktop.storage.key_slots import STANDARD, KeyFile, Owner, Profile
from tac_desktop.storage.seal_keys import SealKey

KEYS = "keys.json"
DATA = "data.db"
DRAFTS = "drafts.db"
ATTEMPTS = "attempts.json"
BACKUPS = "backups"
SHORTEST_PASSPHRASE = 8


class Vault:
    """An unlocked vault. One at a time in one program and on one computer; close it when the work is done."""

    def __init__(
        self,
        folder: Path,
        key: bytearray,
        lock: FolderLock,
        person: Person,
        *,
        device_id: bytes,
        seal: SealKey | None,
    ) -> None:
        """Take what `open_vault` and `create_vault` have checked; who came in by the recovery code has no seal key."""
        self.folder = folder
        self.person = person
        """Who unlocked it."""
        self.device_id = device_id
        """The id of this vault among others (32 bytes); another one after its keys were renewed."""
        self.after_crash = lock.after_crash
        """Whether the program ended last time without closing the vault: then `Store.check` should run."""
        self.backups_to: Path | None = None
        """The folder on this computer that takes its backups; None for its own. Whoever unlocks it knows the settings."""
        self.incarnation = Incarnation()
        self._key = key
        self._seal = seal
        self._lock = lock
        self._identity = bytearray()

    @property
    def is_open(self) -> bool:
        """Whether the key is still here."""
        return bool(self._key)

    def connect(self, *, cache_kib: int = 8000) -> Connection:
        """Open a connection to data.db for the calling thread, which alone may use and close it."""
        return self.connect_to(self.folder / DATA, cache_kib=cache_kib)

    def connect_to(self, path: Path, *, cache_kib: int = 8000, create: bool = False) -> Connection:
        """Open a copy of data.db that has the vault's key, a backup for one; `create` makes it."""
        if not self._key:
            raise VaultLocked
        return open_database(path, self._key, cache_kib=cache_kib, create=create)

    def copy_at(self, folder: Path) -> "Vault":
        """Open a copy of this vault in another folder, for the same person; it is closed by itself."""
        if not self._key:
            raise VaultLocked
        lock = FolderLock(folder)
        return Vault(folder, bytearray(self._key), lock, self.person, device_id=self.device_id, seal=None)

    def key_file(self) -> KeyFile:
        """Return the key file as it is now; KeysDamaged if it was altered."""
        return self._keys()

    def identity(self) -> bytes:
        """Return the vault's own secret keys, as they were handed to `create_vault`, or when they were renewed.

        A bundle asks for them several times: they are kept beside the vault's key and forgotten with it.
        """
        if not self._key:
            raise VaultLocked
        if not self._identity:
            with self._connection() as connection:
                self._identity[:] = people.meta(connection, "identity")
        return bytes(self._identity)

    def is_known_as(self, device_id: bytes, identity: bytes) -> None:
        """Go on under other keys: what is written from now on is a new incarnation; see `own_keys.renewing`."""
        self.device_id, self.incarnation.rid = device_id, None
        self._identity[:] = identity

    @property
    def seal_key(self) -> bytes:
        """The Ed25519 public key (32 bytes) of the person who unlocked the vault; NoSealKey if it was nobody."""
        return self._own_seal().public

    def seal_seed(self) -> bytes:
        """Return the private one (32 bytes), with which only she seals; NoSealKey if it was nobody."""
        return bytes(self._own_seal().seed)

    def seal_keys(self) -> dict[str, bytes]:
        """Return by person's id the public seal keys of everybody who has unlocked the vault."""
        with self._connection() as connection:
            return seal_keys.public_keys(connection)

    def drafts_key(self) -> bytes:
        """Return the key of drafts.db."""
        with self._connection() as connection:
            return bytes(people.meta(connection, "drafts_key"))

    def people(self) -> list[Person]:
        """Return everybody who has or had a key slot, in the order in which they came."""
        with self._connection() as connection:
            return people.all_people(connection)

    def add_person(self, person: Person, passphrase: str, profile: Profile = STANDARD) -> str:
        """Give one more person a key slot of their own; return its id.

        Raises:
            NameRefused, PassphraseTooShort, KeysDamaged, DiskFull, CannotWrite: nothing was changed.
        """
        refuse_short(passphrase)
        person = nameable(person)
        keys = self._keys()
        owner = Owner(free_label(keys, person.name), person.id)
        keys, person_key = key_slots.with_slot(keys, self._key, owner, passphrase, profile)
        with self._connection() as connection, transaction(connection):
            people.put_person(connection, person)
            seal_keys.made(connection, person.id, person_key)
        write_keys(self.folder / KEYS, keys)
        return keys.slots[-1].id

    def change_passphrase(self, slot_id: str, old: str, new: str, profile: Profile = STANDARD) -> None:
        """Replace the pass-phrase of one person; her seal key stays. An old copy of keys.json opens with the old one.

        Raises:
            WrongPassphrase: `old` does not open the slot.
            PassphraseTooShort, KeysDamaged, DiskFull, CannotWrite: nothing was changed.
        """
        keys = self._keys()
        person, before = keys.slot(slot_id).person, key_slots.opened(keys, slot_id, old).person_key
        renewed, after = self._renewed(keys, slot_id, new, profile)
        with self._connection() as connection:
            with transaction(connection):
                seal = seal_keys.unlocked(connection, person, before)
                if seal:
                    seal_keys.keep(connection, person, seal, [before, after])
            write_keys(self.folder / KEYS, renewed)
            with suppress(TacError):  # it is changed already; the next log-in forgets the old wrapping
                seal_keys.seal_key_of(connection, person, after)

    def remove_slot(self, slot_id: str) -> None:
        """Take away a person's key slot.

        This is not revocation: whoever has an old copy of the folder and the pass-phrase can still open that copy, and
        the data key stays the same.

        Raises:
            UnknownSlot: there is none with this id.
            LastSlot: nobody but the recovery code could open the vault.
        """
        keys = self._keys()
        if keys.slot(slot_id).kind == "passphrase" and sum(s.kind == "passphrase" for s in keys.slots) == 1:
            raise LastSlot
        write_keys(self.folder / KEYS, key_slots.without_slot(keys, self._key, slot_id))

    def close(self) -> None:
        """Forget the key and give the folder free. Connections must be closed before. Safe to call twice."""
        for secret in (self._key, self._identity, self._seal.seed if self._seal else bytearray()):
            secret[:] = bytes(len(secret))
        self._key.clear()
        self._identity.clear()
        self._lock.release()

    def failed_attempts(self) -> tuple[str, ...]:
        """Return the times of failed unlocks that the audit has not taken in yet (ISO, UTC)."""
        return attempts.failed_attempts(self.folder / ATTEMPTS)

    def forget_attempts(self) -> None:
        """Remove the times of failed unlocks, after the audit has taken them in."""
        attempts.forget(self.folder / ATTEMPTS)

    def renew_slot(self, slot_id: str, passphrase: str, profile: Profile) -> None:
        """Let in, with a new pass-phrase and a new seal key, whoever came in by the recovery code."""
        before = self._keys()
        keys, person_key = self._renewed(before, slot_id, passphrase, profile)
        person = next(one for one in self.people() if one.id == before.slot(slot_id).person)
        write_keys(self.folder / KEYS, keys)
        with self._connection() as connection:
            self._seal = seal_keys.seal_key_of(connection, person.id, person_key)
        self.person = person

    def _own_seal(self) -> SealKey:
        if self._seal is None or not self._key:
            raise NoSealKey
        return self._seal

    def _renewed(self, keys: KeyFile, slot_id: str, passphrase: str, profile: Profile) -> tuple[KeyFile, bytes]:
        refuse_short(passphrase)
        if not keys.slot(slot_id).person:
            raise UnknownSlot
        return key_slots.with_new_secret(keys, self._key, slot_id, passphrase, profile)

    def _keys(self) -> KeyFile:
        return key_slots.checked(read_keys(self.folder / KEYS), self._key)

    @contextmanager
    def _connection(self) -> Generator[Connection]:
        connection = self.connect()
        try:
            with sound_reading(connection):
                yield connection
                refuse_misread(connection)
        finally:
            connection.close()


class Incarnation:
    """The life of the program with this vault open: made at the first write, shared by all its stores (BUNDLES 2.9)."""

    def __init__(self) -> None:
        """Begin without an id: nothing was written yet."""
        self.rid: bytes | None = None
        """The id under which entries are written, from the first one on."""
        self.behind = False
        """Whether the computer's clock was behind that of entries when it began: then its times are uncertain."""


def initials(name: str) -> str:
    """Return the initials by which a person is offered on the unlock screen ('Puce Anchor': 'PA')."""
    return "".join(word[0] for word in name.split() if word[0].isalnum()).upper()[:4] or "?"


def free_label(keys: KeyFile, name: str) -> str:
    """Return the initials of `name`, with a number where somebody else has the same."""
    label, taken, number = initials(name), {slot.label for slot in keys.slots}, 2
    while label in taken:
        label, number = f"{initials(name)} {number}", number + 1
    return label


def refuse_short(passphrase: str) -> None:
    """Raise PassphraseTooShort where a pass-phrase could be guessed."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShort
