"""keys.json while a vault is being re-keyed: it holds the present data key and the next one, each slot sealed twice."""

import hmac
from collections.abc import Collection, Mapping
from dataclasses import replace

from tac_desktop.errors import KeysDamaged, LastSlot, SlotsNotRenewed
from tac_desktop.storage.key_file import KeyFile, Slot
from tac_desktop.storage.key_slots import changed, checked, link_of, mac_of, sealed, sealed_to


def kept_slots(keys: KeyFile, without: Collection[str]) -> tuple[Slot, ...]:
    """Return the slots that get a new data key.

    Raises:
        UnknownSlot: there is none with one of the ids in `without`.
        LastSlot: nobody with a pass-phrase would be left.
        SlotsNotRenewed: some have no key pair yet, because their owners have not unlocked the vault since.
    """
    for slot_id in without:
        keys.slot(slot_id)
    kept = tuple(slot for slot in keys.slots if slot.id not in without)
    if not any(slot.person for slot in kept):
        raise LastSlot
    behind = [slot for slot in kept if not slot.has_key_pair]
    if behind:
        raise SlotsNotRenewed([slot.id for slot in behind], [slot.label for slot in behind])
    return kept


def with_next(
    keys: KeyFile, kept: Collection[Slot], present: bytearray, coming: bytearray, links: Mapping[int, bytes]
) -> KeyFile:
    """Return `keys` with the kept slots alone, each sealed for the present data key and for the next.

    Args:
        keys: The file, with the present data key only.
        kept: The slots that `kept_slots` gave.
        present: The present data key.
        coming: The next.
        links: What people know who unlocked the vault under a former data key, by its number.

    Raises:
        KeysDamaged: the link that a slot needs is not there.
    """
    known = {**links, keys.number: link_of(present), 0: b""}
    if any(slot.known not in known for slot in kept):
        raise KeysDamaged
    slots = tuple(
        replace(slot, next=sealed_to(keys, slot, known[slot.known], coming, keys.number + 1)) for slot in kept
    )
    both = changed(keys, present, slots)
    return replace(both, next_mac=mac_of(both, coming))


def settled(keys: KeyFile, key: bytes | bytearray) -> KeyFile:
    """Return `keys` with this data key alone, be it the present or the next one; KeysDamaged if it was altered."""
    if not keys.next_mac:
        return checked(keys, key)
    if hmac.compare_digest(keys.next_mac, mac_of(keys, key)):
        slots = tuple(replace(slot, sealed=slot.next, next=b"") for slot in keys.slots)
        number = keys.number + 1
    else:
        slots, number = tuple(replace(slot, next=b"") for slot in checked(keys, key).slots), keys.number
    generation = keys.generation + 1
    return sealed(replace(keys, slots=slots, number=number, generation=generation, next_mac=b""), key)
