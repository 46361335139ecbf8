"""Who may open a vault that is unlocked: people, the recovery code and the organisation's key come and go."""

from collections.abc import Collection, Generator
from contextlib import suppress
from datetime import UTC, datetime

from tac_desktop.casework.age_keys import RECIPIENT, key_bytes
from tac_desktop.casework.people import Person, nameable
from tac_desktop.errors import (
    KeysDamaged,
    LastSlot,
    NotAnOrganisationKey,
    PassphraseTooShort,
    TacError,
    UnknownSlot,
    WrongPassphrase,
    WrongRecoveryCode,
)
from tac_desktop.storage import key_slots, people, recovery_notes, rekeying, seal_keys
from tac_desktop.storage.binding import transaction
from tac_desktop.storage.findings import Progress
from tac_desktop.storage.key_file import KeyFile
from tac_desktop.storage.key_slots import STANDARD, Owner, Profile
from tac_desktop.storage.recovery_code import new_recovery_code
from tac_desktop.storage.recovery_notes import Means, RecoveryNote
from tac_desktop.storage.seal_keys import SealKey
from tac_desktop.storage.unlocked import Unlocked

SHORTEST_PASSPHRASE = 12
RECOVERY_LABEL = "Recovery code"


class Keyring(Unlocked):
    """The keys of an unlocked vault. Where a method raises a trouble, nothing was changed."""

    # --- people ---

    def people(self) -> list[Person]:
        """Return everybody who has or had a key slot, in the order in which they came; who left has the day."""
        with self.connection() as connection:
            return people.all_people(connection)

    def add_person(self, person: Person, passphrase: str, profile: Profile = STANDARD) -> str:
        """Give one more person a key slot of their own; return its id.

        Raises:
            NameRefused, PassphraseTooShort, KeysDamaged, DiskFull, CannotWrite.
        """
        refuse_short(passphrase)
        person = nameable(person)
        keys = self.key_file()
        owner = Owner(free_label(keys, person.name), person.id)
        keys, person_key = key_slots.with_slot(keys, self.data_key, owner, passphrase, profile)
        with self.connection() as connection, transaction(connection):
            people.put_person(connection, person)
            seal_keys.made(connection, person.id, person_key)
        self.write_key_file(keys)
        return keys.slots[-1].id

    def change_person(self, person: Person) -> None:
        """Give a person the name, role and prison that she has here, by her id; UnknownSlot if nobody has it.

        The initials on the unlock screen stay: they are in clear and sealed.
        """
        with self.connection() as connection, transaction(connection):
            if people.person_of(connection, person.id) is None:
                raise UnknownSlot
            people.change_person(connection, person)

    def change_passphrase(self, slot_id: str, old: str, new: str, profile: Profile = STANDARD) -> None:
        """Replace the pass-phrase of one person; her seal key stays. An old copy of keys.json opens with the old one.

        Raises:
            WrongPassphrase: `old` does not open the slot.
            PassphraseTooShort, KeysDamaged, DiskFull, CannotWrite.
        """
        keys = self.key_file()
        person, before = keys.slot(slot_id).person, key_slots.opened(keys, slot_id, old).person_key
        renewed, after = self._renewed(keys, slot_id, new, profile)
        with self.connection() as connection:
            with transaction(connection):
                seal = seal_keys.unlocked(connection, person, before)
                if seal:
                    seal_keys.keep(connection, person, seal, [before, after])
            self.write_key_file(renewed)
            with suppress(TacError):  # it is changed already; the next log-in forgets the old wrapping
                seal_keys.seal_key_of(connection, person, after)

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
            UnknownSlot, PassphraseTooShort, KeysDamaged, DiskFull, CannotWrite.
        """
        seal = self._let_in(slot_id, passphrase, profile, by, now)
        seal.seed[:] = bytes(len(seal.seed))

    def remove_slot(self, slot_id: str) -> None:
        """Take away a key slot: a person's, the recovery code's or the organisation's.

        This is not revocation: whoever has an old copy of the folder and the secret can still open that copy, and the
        data key stays the same. `rekey` takes slots away and changes the key.

        Raises:
            UnknownSlot: there is none with this id.
            LastSlot: nobody with a pass-phrase could open the vault.
        """
        keys = self.key_file()
        if keys.slot(slot_id).person and sum(bool(slot.person) for slot in keys.slots) == 1:
            raise LastSlot
        self.write_key_file(key_slots.without_slots(keys, self.data_key, (slot_id,)))

    def rekey(self, *, without: Collection[str] = (), day: str = "") -> Generator[Progress]:
        """Give the vault a new data key, which nobody learns from an old copy of it; yield the progress.

        Stores and drafts have to be closed before, and are opened anew after it. Closing the generator takes it back,
        as long as there is anything to take back. A power cut at any instant loses nothing: the next unlock finishes
        what was begun.

        Args:
            without: The ids of the slots that go: who leaves, a recovery code that was seen.
            day: The day (ISO) on which they leave; '' for today.

        Raises:
            VaultBusy: a store or the drafts are still open.
            SlotsNotRenewed: somebody has to unlock the vault first, or be left out; it tells who.
            UnknownSlot, LastSlot, VaultDamaged, KeysDamaged, DiskFull, CannotWrite.
        """
        yield from rekeying.rekey(self, without=without, day=day or datetime.now(UTC).date().isoformat())

    # --- for the day on which a pass-phrase is forgotten ---

    def new_recovery_code(self, profile: Profile = STANDARD) -> str:
        """Make a recovery code in the place of the one before, which opens nothing any more; it is shown only now."""
        keys, code = self.key_file(), new_recovery_code()
        former = tuple(slot.id for slot in keys.slots if slot.kind == "recovery")
        keys = key_slots.without_slots(keys, self.data_key, former)
        keys, _ = key_slots.with_slot(keys, self.data_key, Owner(RECOVERY_LABEL, ""), code, profile)
        self.write_key_file(keys)
        return code

    def try_recovery_code(self, typed: str) -> None:
        """Open the vault by its recovery code, for a try; WrongRecoveryCode if it does not open. It takes a moment."""
        keys = self.key_file()
        slot = next((slot for slot in keys.slots if slot.kind == "recovery"), None)
        if slot is None:
            raise WrongRecoveryCode
        try:
            found = key_slots.opened(keys, slot.id, typed)
        except WrongPassphrase:
            raise WrongRecoveryCode from None
        sound = found.data_key == self.data_key
        found.data_key[:] = bytes(len(found.data_key))
        if not sound:
            raise KeysDamaged

    def set_organisation(self, recipient: str) -> None:
        """Let an organisation's key open the vault, in the place of the one before; '' takes it away.

        Args:
            recipient: The public key as age writes it ('age1...'): the service's emergency key, of which two sheets
                give the private one, or a key that an organisation keeps offline.

        Raises:
            NotAnOrganisationKey, KeysDamaged, DiskFull, CannotWrite.
        """
        keys = self.key_file()
        former = tuple(slot.id for slot in keys.slots if slot.kind == "organisation")
        if not recipient:
            if former:
                self.write_key_file(key_slots.without_slots(keys, self.data_key, former))
            return
        public = key_bytes(recipient, RECIPIENT)
        if public is None:
            raise NotAnOrganisationKey
        try:
            keys = key_slots.with_organisation(keys, self.data_key, public)
        except KeysDamaged:  # such a key would open to everybody
            raise NotAnOrganisationKey from None
        self.write_key_file(keys)

    def _let_in(self, slot_id: str, passphrase: str, profile: Profile, by: Means, now: datetime) -> SealKey:
        """Give a person a new pass-phrase, with a note for her; return her new seal key."""
        before = self.key_file()
        keys, person_key = self._renewed(before, slot_id, passphrase, profile)
        person, at = before.slot(slot_id).person, now.astimezone(UTC).isoformat(timespec="seconds")
        with self.connection() as connection:
            with transaction(connection):
                # first: better a note too many than one too few
                number = recovery_notes.put(connection, RecoveryNote(person=person, at=at, by=by))
            try:
                self.write_key_file(keys)
            except TacError:
                with transaction(connection):
                    recovery_notes.take_back(connection, number)
                raise
            return seal_keys.seal_key_of(connection, person, person_key)

    def _renewed(self, keys: KeyFile, slot_id: str, passphrase: str, profile: Profile) -> tuple[KeyFile, bytes]:
        refuse_short(passphrase)
        if not keys.slot(slot_id).person:
            raise UnknownSlot
        return key_slots.with_new_secret(keys, self.data_key, slot_id, passphrase, profile)


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
