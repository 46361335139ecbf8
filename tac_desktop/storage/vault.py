"""An open vault: the folder with keys.json, data.db, drafts.db, attempts.json and backups/, unlocked.

It holds the folder's lock and who is at work; `Store` and `Drafts` open their connections through it.
"""

from collections.abc import Collection, Generator
from datetime import UTC, datetime
from pathlib import Path

from tac_desktop.casework.people import Person
from tac_desktop.errors import NoSealKey, UnknownSlot, VaultLocked
from tac_desktop.storage import attempts, keyring, people, recovery_notes, rekeying, seal_keys
from tac_desktop.storage.binding import transaction
from tac_desktop.storage.findings import Progress
from tac_desktop.storage.folder import ATTEMPTS, BACKUPS, DATA, DRAFTS, KEYS
from tac_desktop.storage.folder_lock import FolderLock
from tac_desktop.storage.key_file import SlotKind
from tac_desktop.storage.key_slots import STANDARD, Profile
from tac_desktop.storage.keyring import SHORTEST_PASSPHRASE, free_label, initials, refuse_short
from tac_desktop.storage.recovery_notes import Means, RecoveryNote
from tac_desktop.storage.seal_keys import SealKey
from tac_desktop.storage.unlocked import Unlocked

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


class Vault(Unlocked):
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
        """Whether the program ended last time without closing the vault: then `Store.check` should run."""
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

    # --- who may open it ---

    def people(self) -> list[Person]:
        """Return everybody who has or had a key slot, in the order in which they came; who left has the day."""
        with self.connection() as connection:
            return people.all_people(connection)

    def add_person(self, person: Person, passphrase: str, profile: Profile = STANDARD) -> str:
        """Give one more person a key slot of their own; return its id.

        Raises:
            NameRefused, PassphraseTooShort, KeysDamaged, DiskFull, CannotWrite: nothing was changed.
        """
        return keyring.add_person(self, person, passphrase, profile)

    def change_role(self, person: Person) -> None:
        """Give a person the role and the prison that she has here, by her id; UnknownSlot if there is no such person."""
        with self.connection() as connection, transaction(connection):
            if people.person_of(connection, person.id) is None:
                raise UnknownSlot
            people.put_role(connection, person)

    def change_passphrase(self, slot_id: str, old: str, new: str, profile: Profile = STANDARD) -> None:
        """Replace the pass-phrase of one person; her seal key stays. An old copy of keys.json opens with the old one.

        Raises:
            WrongPassphrase: `old` does not open the slot.
            PassphraseTooShort, KeysDamaged, DiskFull, CannotWrite: nothing was changed.
        """
        keyring.change_passphrase(self, slot_id, old, new, profile)

    def remove_slot(self, slot_id: str) -> None:
        """Take away a key slot: a person's, the recovery code's or the organisation's.

        This is not revocation: whoever has an old copy of the folder and the secret can still open that copy, and the
        data key stays the same. `rekey` takes slots away and changes the key.

        Raises:
            UnknownSlot: there is none with this id.
            LastSlot: nobody with a pass-phrase could open the vault.
        """
        keyring.remove_slot(self, slot_id)

    def rekey(self, *, without: Collection[str] = (), day: str = "") -> Generator[Progress]:
        """Give the vault a new data key, which nobody learns from an old copy of it; yield the progress.

        Stores and drafts have to be closed before, and are opened anew after it. Closing the generator takes it back;
        after the last step but one there is nothing to take back. A power cut at any instant loses nothing: the next
        unlock finishes what was begun.

        Args:
            without: The ids of the slots that go: who leaves, a recovery code that was seen.
            day: The day (ISO) on which they leave; '' for today.

        Raises:
            VaultBusy: a store or the drafts are still open.
            SlotsNotRenewed: somebody has to unlock the vault first, or be left out; it tells who.
            UnknownSlot, LastSlot, VaultDamaged, KeysDamaged, DiskFull, CannotWrite: nothing was changed.
        """
        yield from rekeying.rekey(self, without=without, day=day or datetime.now(UTC).date().isoformat())

    # --- for the day on which a pass-phrase is forgotten ---

    def new_recovery_code(self, profile: Profile = STANDARD) -> str:
        """Make a recovery code in the place of the one before, which opens nothing any more; it is shown only now."""
        return keyring.new_code(self, profile)

    def try_recovery_code(self, typed: str) -> None:
        """Open the vault by its recovery code, for a try; WrongRecoveryCode if it does not open. It takes a moment."""
        keyring.try_code(self, typed)

    def set_organisation(self, recipient: str) -> None:
        """Let an organisation's key open the vault, in the place of the one before; '' takes it away.

        Args:
            recipient: The public key as age writes it ('age1...'): the service's emergency key, of which two sheets
                give the private one, or a key that an organisation keeps offline.

        Raises:
            NotAnOrganisationKey, KeysDamaged, DiskFull, CannotWrite: nothing was changed.
        """
        keyring.set_organisation(self, recipient)

    def give_passphrase(
        self, slot_id: str, passphrase: str, profile: Profile = STANDARD, *, by: Means, now: datetime
    ) -> None:
        """Give a person a new pass-phrase without the old one, and a new seal key; a note waits for her next unlock.

        Args:
            slot_id: Her slot.
            passphrase: The new one.
            profile: How costly one guess is.
            by: What it is done by.
            now: The time, with its zone.

        Raises:
            UnknownSlot, PassphraseTooShort, KeysDamaged, DiskFull, CannotWrite: the pass-phrase is the old one.
        """
        seal = self._let_in(slot_id, passphrase, profile, by, now)
        seal.seed[:] = bytes(len(seal.seed))

    def let_in(self, slot_id: str, passphrase: str, profile: Profile, *, now: datetime) -> None:
        """Do the same where the vault was opened without a pass-phrase; the person is at work from now on."""
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

    def failed_attempts(self) -> tuple[str, ...]:
        """Return the times of failed unlocks that the audit has not taken in yet (ISO, UTC)."""
        return attempts.failed_attempts(self.folder / ATTEMPTS)

    def forget_attempts(self) -> None:
        """Remove the times of failed unlocks, after the audit has taken them in."""
        attempts.forget(self.folder / ATTEMPTS)

    def _let_in(self, slot_id: str, passphrase: str, profile: Profile, by: Means, now: datetime) -> SealKey:
        at = now.astimezone(UTC).isoformat(timespec="seconds")
        return keyring.let_in(self, slot_id, passphrase, profile, at=at, by=by)

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
