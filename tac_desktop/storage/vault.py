"""An open vault: the folder with keys.json, data.db, drafts.db, attempts.json and backups/, unlocked.

It holds the folder's lock and who is at work; `Store` and `Drafts` open their connections through it.
"""

from datetime import datetime
from pathlib import Path

from tac_desktop.casework.people import Person
from tac_desktop.errors import NoSealKey, VaultLocked
from tac_desktop.storage import attempts, people, recovery_notes, seal_keys
from tac_desktop.storage.binding import transaction
from tac_desktop.storage.folder import ATTEMPTS, BACKUPS, DATA, DRAFTS, KEYS
from tac_desktop.storage.folder_lock import FolderLock
from tac_desktop.storage.key_file import SlotKind
from tac_desktop.storage.key_slots import Profile
from tac_desktop.storage.keyring import SHORTEST_PASSPHRASE, Keyring, free_label, initials, refuse_short
from tac_desktop.storage.recovery_notes import Means, RecoveryNote
from tac_desktop.storage.seal_keys import SealKey

__all__ = [
    "ATTEMPTS",
    "BACKUPS",
    "DATA",
    "DRAFTS",
    "KEYS",
    "SHORTEST_PASSPHRASE",
    "Incarnation",
    "RecoveryNote",
    "Vault",
    "free_label",
    "initials",
    "refuse_short",
]


class Vault(Keyring):
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
        came_in_by: SlotKind = "passphrase",
    ) -> None:
        """Take what `open_vault` and `create_vault` have checked; only who came in by a pass-phrase has a seal key."""
        super().__init__(folder, key)
        self.person = person
        """Who unlocked it."""
        self.came_in_by: SlotKind = came_in_by
        """How: a person let in anew by the recovery code stays one who came in by it, until it is locked."""
        self.device_id = device_id
        """The id of this vault among others (32 bytes); another one after its keys were renewed."""
        self.after_crash = lock.after_crash
        """Whether the program ended last time without closing the vault: then `Upkeep.check` should run."""
        self.backups_to: Path | None = None
        """The folder on this computer that takes its backups; None for its own. Who unlocks it knows the settings."""
        self.incarnation = Incarnation()
        self._seal = seal
        self._lock = lock
        self._identity = bytearray()

    def close(self) -> None:
        """Forget the key and give the folder free. Connections must be closed before. Safe to call twice."""
        for secret in (self._key, self._identity, self._seal.seed if self._seal else bytearray()):
            secret[:] = bytes(len(secret))
        self._key.clear()
        self._identity.clear()
        self.forget_drafts_key()
        self._lock.release()

    def copy_at(self, folder: Path) -> "Vault":
        """Open a copy of this vault in another folder, for the same person; it is closed by itself."""
        key, lock = bytearray(self.data_key), FolderLock(folder)
        return Vault(folder, key, lock, self.person, device_id=self.device_id, seal=None)

    # --- the vault's own keys, and a person's ---

    def identity(self) -> bytes:
        """Return the vault's own secret keys, as they were handed to `create_vault`, or when they were renewed.

        A bundle asks for them several times: they are kept beside the vault's key and forgotten with it.
        """
        if not self._key:
            raise VaultLocked
        if not self._identity:
            with self.connection() as connection:
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
        with self.connection() as connection:
            return seal_keys.public_keys(connection)

    def let_in(self, slot_id: str, passphrase: str, profile: Profile, *, now: datetime) -> None:
        """Give a person a new pass-phrase after the vault was opened without one; she is at work from now on.

        Raises what `give_passphrase` raises.
        """
        by: Means = "organisation" if self.came_in_by == "organisation" else "recovery"
        person = self.key_file().slot(slot_id).person
        self._seal = self._let_in(slot_id, passphrase, profile, by, now)
        self.person = next(one for one in self.people() if one.id == person)

    def recovery_notes(self, *, of_all: bool = False) -> list[RecoveryNote]:
        """Return when, and by what, the pass-phrase of the person at work was renewed, as far as she has not seen it.

        Who has just come in without a pass-phrase is shown none: they wait for the next unlock.

        Args:
            of_all: Those of everybody, for whoever looks after the people of the vault.
        """
        with self.connection() as connection:
            kept = recovery_notes.kept(connection)
        mine = self.person.id if self.came_in_by == "passphrase" else ""
        return [note for note in kept if of_all or note.person == mine]

    def forget_recovery_notes(self) -> None:
        """Take the notes for the person at work away: she has seen them."""
        if self.came_in_by == "passphrase":
            with self.connection() as connection, transaction(connection):
                recovery_notes.forget(connection, self.person.id)

    @property
    def lost_roles(self) -> bool:
        """Whether the vault was salvaged without the roles of some of its people."""
        with self.connection() as connection:
            return people.note(connection, people.ROLES_LOST) is not None

    def failed_attempts(self) -> tuple[str, ...]:
        """Return the times of failed unlocks that the audit has not taken in yet (ISO, UTC)."""
        return attempts.failed_attempts(self.folder / ATTEMPTS)

    def forget_attempts(self) -> None:
        """Remove the times of failed unlocks, after the audit has taken them in."""
        attempts.forget(self.folder / ATTEMPTS)

    def _own_seal(self) -> SealKey:
        if self._seal is None or not self._key:
            raise NoSealKey
        return self._seal


class Incarnation:
    """The life of the program with this vault open: made at the first write, shared by all its stores (BUNDLES 2.9)."""

    def __init__(self) -> None:
        """Begin without an id: nothing was written yet."""
        self.rid: bytes | None = None
        """The id under which entries are written, from the first one on."""
        self.behind = False
        """Whether the computer's clock was behind that of entries when it began: then its times are uncertain."""
