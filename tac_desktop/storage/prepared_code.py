"""A recovery code that does not count yet: it replaces the one before only after it was typed back and has opened."""

from dataclasses import dataclass, field

from tac_desktop.errors import KeysDamaged, RecoveryNotTried, WrongPassphrase
from tac_desktop.storage import key_slots
from tac_desktop.storage.key_slots import Owner, Profile, Slot
from tac_desktop.storage.keyring import RECOVERY_LABEL
from tac_desktop.storage.recovery_code import new_recovery_code
from tac_desktop.storage.unlocked import Unlocked


@dataclass(frozen=True)
class PreparedCode:
    """A new code, to be put on paper, and the key slot that it opens."""

    code: str = field(repr=False)
    slot: Slot = field(repr=False)


def prepare(vault: Unlocked, profile: Profile) -> PreparedCode:
    """Return a new recovery code with its key slot; nothing is changed."""
    code = new_recovery_code()
    keys, _ = key_slots.with_slot(vault.key_file(), vault.data_key, Owner(RECOVERY_LABEL, ""), code, profile)
    return PreparedCode(code, keys.slots[-1])


def keep(vault: Unlocked, prepared: PreparedCode, typed: str) -> None:
    """Put a code that was typed back in the place of the one before, after it has really opened its slot.

    Raises:
        RecoveryNotTried: what was typed does not open it.
        KeysDamaged, DiskFull, CannotWrite: nothing was changed.
    """
    present = vault.key_file()
    others = tuple(slot for slot in present.slots if slot.kind != "recovery")
    keys = key_slots.changed(present, vault.data_key, (*others, prepared.slot))
    try:
        found = key_slots.opened(keys, prepared.slot.id, typed)
    except WrongPassphrase:
        raise RecoveryNotTried from None
    sound = found.data_key == vault.data_key
    found.data_key[:] = bytes(len(found.data_key))
    if not sound:
        raise KeysDamaged
    vault.write_key_file(keys)
