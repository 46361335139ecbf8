"""Making, opening and closing vaults, and who may open them."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.casework.codelists import label
from tac_desktop.casework.people import Person, Role, nameable
from tac_desktop.errors import TacError, UnknownSlot
from tac_desktop.storage import founding, new_folder, unlocking
from tac_desktop.storage.key_slots import STANDARD, Profile, Slot
from tac_desktop.storage.vault import SHORTEST_PASSPHRASE, Vault, initials

if TYPE_CHECKING:
    from tac_desktop.storage.drafts import Drafts
    from tac_desktop.storage.store import Store

__all__ = ["SHORTEST_PASSPHRASE", "STANDARD", "Profile", "Slot", "Vault"]


def people_of(folder: Path) -> tuple[Slot, ...]:
    """Return the people who may unlock a vault, by slot; the labels are initials, because anybody can read them.

    Raises:
        VaultMissing, KeysDamaged, NewerVault, CannotWrite.
    """
    return tuple(slot for slot in unlocking.slots(folder) if slot.kind == "passphrase")


def create(
    folder: Path, *, name: str, role: Role, prison: str, passphrase: str, profile: Profile = STANDARD
) -> tuple[Vault, str]:
    """Make a vault in an empty or new folder for its first person; return it, open, and its recovery code.

    Args:
        folder: Where.
        name: The person's name.
        role: worker, manager or admin.
        prison: A code of the list 'prison' or a label of one's own; '' for who works for both.
        passphrase: Theirs.
        profile: How costly one guess of a pass-phrase is.

    Raises:
        NameRefused, FolderNotEmpty, PassphraseTooShort, PassphraseTooWeak, DiskFull, CannotWrite: no file is left
        behind.
    """
    from tac_desktop.actions.passphrases import refuse_weak
    from tac_desktop.export.identity import Identity

    person = nameable(Person(id=_new_person_id(), name=name, role=role, prison=prison))
    refuse_weak(passphrase, (name, prison, label("prison", prison) if prison else "", folder.name))
    identity = Identity.create()
    return founding.create_vault(
        folder, person, passphrase, device_id=identity.device_id, identity=identity.to_bytes(), profile=profile
    )


def unmake(vault: Vault, *, with_folder: bool) -> None:
    """Take back a vault that was just made and holds nothing yet; it is closed.

    Args:
        vault: The vault.
        with_folder: Whether its folder goes too, because it was not there before.
    """
    vault.close()
    new_folder.sweep(vault.folder, remove_folder=with_folder)


def unlock(folder: Path, slot_id: str, passphrase: str) -> Vault:
    """Open a vault with one person's pass-phrase.

    Raises:
        WrongPassphrase, TooManyAttempts, VaultMissing, KeysDamaged, VaultDamaged, NewerVault, VaultInUse, CannotWrite.
    """
    return unlocking.open_vault(folder, slot_id, passphrase)


def unlock_watched(
    folder: Path, slot_id: str, passphrase: str, *, now: datetime
) -> Generator[tuple[int, int], None, tuple[Vault, int]]:
    """Open a vault as `unlock` does, and note it; return it with how many attempts had failed since the one before.

    Yields (done, total) where a newer program has to make tables of the vault anew, which may take minutes. Closing
    the iteration leaves the vault closed, and everything in it as it was.
    """
    from tac_desktop.storage.rebuild import catch_up

    yield 0, 0
    vault = unlock(folder, slot_id, passphrase)
    try:
        failed = len(vault.failed_attempts())
        yield from catch_up(vault)
    except BaseException:
        vault.close()
        raise
    return noted(vault, now=now), failed


def unlock_as(folder: Path, name: str, passphrase: str) -> Vault:
    """Open a vault for the person of this name; needless where the vault has one.

    A key slot shows initials only, because anybody can read them, so everyone with the same initials is tried.

    Args:
        folder: The vault.
        name: The person's name or the slot's label; '' for the only person there is.
        passphrase: Theirs.

    Raises:
        UnknownSlot: nobody has such a name, or the name is needed; or it is not the name of whose pass-phrase it is.
        WrongPassphrase and what else `unlock` raises.
    """
    name, people = name.strip(), people_of(folder)
    label = initials(name)
    likely = [slot for slot in people if not name or name.casefold() == slot.label.casefold()]
    likely = likely or [slot for slot in people if slot.label.partition(" ")[0] == label]
    if not likely or (not name and len(people) > 1):
        raise UnknownSlot
    return unlocking.open_one_of(folder, [slot.id for slot in likely], passphrase, name=name)


def slot_named(folder: Path, name: str) -> str:
    """Return the slot of whoever has this label or these initials; '' for the only person there is.

    Raises:
        UnknownSlot: nobody has, or several.
    """
    people = people_of(folder)
    wanted, short = name.strip().casefold(), initials(name).casefold()
    likely = [slot for slot in people if not wanted or slot.label.casefold() == wanted]
    likely = likely or [slot for slot in people if slot.label.partition(" ")[0].casefold() == short]
    if len(likely) != 1:
        raise UnknownSlot
    return likely[0].id


def _new_person_id() -> str:
    import os
    import time

    from tac_desktop.casework.record import new_id

    return new_id(time.time_ns() // 1_000_000, os.urandom(10))


def noted(vault: Vault, *, now: datetime, and_then: "Callable[[Vault, Store], None] | None" = None) -> Vault:
    """Return a vault that was just unlocked, after the audit has noted it, and what else; it is closed on failure."""
    from tac_desktop.actions.audit import note_unlocked

    try:
        store = store_of(vault)
        try:
            note_unlocked(vault, store, now=now)
            if and_then is not None:
                and_then(vault, store)
        finally:
            store.close()
    except BaseException:
        vault.close()
        raise
    return vault


def leave(vault: Vault, *, now: datetime) -> None:
    """Close a vault, after the audit has noted who leaves it; the key goes in any case."""
    from tac_desktop.actions.audit import note_locked

    try:
        store = store_of(vault)
        try:
            note_locked(vault, store, now=now)
        finally:
            store.close()
    except TacError:  # where nothing can be noted any more, the key has to go all the same
        return
    finally:
        vault.close()


def store_of(vault: Vault) -> "Store":
    """Open a store for the calling thread, which alone may use and close it."""
    from tac_desktop.storage.store import Store

    return Store(vault)


@contextmanager
def reading(vault: Vault) -> "Generator[tuple[Store, Drafts]]":
    """Open a store and the drafts for a job in another thread, and close them after it."""
    from tac_desktop.storage.drafts import Drafts

    store = store_of(vault)
    try:
        drafts = Drafts(vault)
        try:
            yield store, drafts
        finally:
            drafts.close()
    finally:
        store.close()
