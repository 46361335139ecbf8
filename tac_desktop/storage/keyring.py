"""Who may open a vault that is unlocked: people, the recovery code and the organisation's key come and go."""

from contextlib import suppress

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
from tac_desktop.storage import key_slots, people, recovery_notes, seal_keys
from tac_desktop.storage.binding import transaction
from tac_desktop.storage.key_slots import KeyFile, Owner, Profile
from tac_desktop.storage.recovery_code import new_recovery_code
from tac_desktop.storage.recovery_notes import Means, RecoveryNote
from tac_desktop.storage.seal_keys import SealKey
from tac_desktop.storage.unlocked import Unlocked

SHORTEST_PASSPHRASE = 8
RECOVERY_LABEL = "Recovery code"


def add_person(vault: Unlocked, person: Person, passphrase: str, profile: Profile) -> str:
    """Give one more person a key slot; see `Vault.add_person`."""
    refuse_short(passphrase)
    person = nameable(person)
    keys = vault.key_file()
    owner = Owner(free_label(keys, person.name), person.id)
    keys, person_key = key_slots.with_slot(keys, vault.data_key, owner, passphrase, profile)
    with vault.connection() as connection, transaction(connection):
        people.put_person(connection, person)
        seal_keys.made(connection, person.id, person_key)
    vault.write_key_file(keys)
    return keys.slots[-1].id


def change_passphrase(vault: Unlocked, slot_id: str, old: str, new: str, profile: Profile) -> None:
    """Replace a pass-phrase; see `Vault.change_passphrase`."""
    keys = vault.key_file()
    person, before = keys.slot(slot_id).person, key_slots.opened(keys, slot_id, old).person_key
    renewed, after = _renewed(vault, keys, slot_id, new, profile)
    with vault.connection() as connection:
        with transaction(connection):
            seal = seal_keys.unlocked(connection, person, before)
            if seal:
                seal_keys.keep(connection, person, seal, [before, after])
        vault.write_key_file(renewed)
        with suppress(TacError):  # it is changed already; the next log-in forgets the old wrapping
            seal_keys.seal_key_of(connection, person, after)


def remove_slot(vault: Unlocked, slot_id: str) -> None:
    """Take a key slot away; see `Vault.remove_slot`."""
    keys = vault.key_file()
    if keys.slot(slot_id).person and sum(bool(slot.person) for slot in keys.slots) == 1:
        raise LastSlot
    vault.write_key_file(key_slots.without_slots(keys, vault.data_key, (slot_id,)))


def new_code(vault: Unlocked, profile: Profile) -> str:
    """Make a recovery code in the place of the one before; see `Vault.new_recovery_code`."""
    keys, code = vault.key_file(), new_recovery_code()
    former = tuple(slot.id for slot in keys.slots if slot.kind == "recovery")
    keys = key_slots.without_slots(keys, vault.data_key, former)
    keys, _ = key_slots.with_slot(keys, vault.data_key, Owner(RECOVERY_LABEL, ""), code, profile)
    vault.write_key_file(keys)
    return code


def try_code(vault: Unlocked, typed: str) -> None:
    """Open the vault by its recovery code once more, for a try; see `Vault.try_recovery_code`."""
    keys = vault.key_file()
    slot = next((slot for slot in keys.slots if slot.kind == "recovery"), None)
    if slot is None:
        raise WrongRecoveryCode
    try:
        found = key_slots.opened(keys, slot.id, typed)
    except WrongPassphrase:
        raise WrongRecoveryCode from None
    sound = found.data_key == vault.data_key
    found.data_key[:] = bytes(len(found.data_key))
    if not sound:
        raise KeysDamaged


def set_organisation(vault: Unlocked, recipient: str) -> None:
    """Let the organisation's key open the vault; see `Vault.set_organisation`."""
    keys = vault.key_file()
    former = tuple(slot.id for slot in keys.slots if slot.kind == "organisation")
    if not recipient:
        if former:
            vault.write_key_file(key_slots.without_slots(keys, vault.data_key, former))
        return
    public = key_bytes(recipient, RECIPIENT)
    if public is None:
        raise NotAnOrganisationKey
    try:
        keys = key_slots.with_organisation(keys, vault.data_key, public)
    except KeysDamaged:  # such a key would open to everybody
        raise NotAnOrganisationKey from None
    vault.write_key_file(keys)


def let_in(vault: Unlocked, slot_id: str, passphrase: str, profile: Profile, *, at: str, by: Means) -> SealKey:
    """Give a person a new pass-phrase without the old one, with a note for her; return her new seal key.

    Args:
        vault: The vault.
        slot_id: Hers.
        passphrase: The new one.
        profile: How costly one guess is.
        at: The time (ISO, UTC).
        by: What it was done by.
    """
    before = vault.key_file()
    keys, person_key = _renewed(vault, before, slot_id, passphrase, profile)
    person = before.slot(slot_id).person
    with vault.connection() as connection:
        with transaction(connection):
            # first: better a note too many than one too few
            recovery_notes.put(connection, RecoveryNote(person=person, at=at, by=by))
        vault.write_key_file(keys)
        return seal_keys.seal_key_of(connection, person, person_key)


def _renewed(vault: Unlocked, keys: KeyFile, slot_id: str, passphrase: str, profile: Profile) -> tuple[KeyFile, bytes]:
    refuse_short(passphrase)
    if not keys.slot(slot_id).person:
        raise UnknownSlot
    return key_slots.with_new_secret(keys, vault.data_key, slot_id, passphrase, profile)


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
