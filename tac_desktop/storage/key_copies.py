"""The copies of a vault's key file: the file itself, the one beside it, and those in the backups."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tac_desktop.errors import KeysDamaged, NewerVault, TacError, UnknownSlot, VaultMissing, WrongPassphrase
from tac_desktop.storage import attempts, key_slots
from tac_desktop.storage.folder import ATTEMPTS, BACKUPS, DATA, KEYS, KEYS_COPY
from tac_desktop.storage.key_file import KeyFile, Slot, read_keys
from tac_desktop.storage.key_slots import Opened
from tac_desktop.storage.keyring import initials
from tac_desktop.storage.sealed_pages import SealedPages
from tac_desktop.storage.unlocking import Clock, utc_now


@dataclass(frozen=True, kw_only=True)
class KeyCopy:
    """A copy of the key file that can be read."""

    path: Path
    keys: KeyFile


@dataclass(frozen=True, kw_only=True)
class WayIn:
    """A copy of the key file that a pass-phrase opened."""

    copy: KeyCopy
    slot: Slot
    opened: Opened

    def key_of(self, folder: Path) -> bytearray:
        """Return the data key under which the vault's database lies: while it is re-keyed it may be either of two."""
        if self.opened.next_key and (folder / DATA).exists():
            pages = SealedPages(folder / DATA, self.opened.next_key)
            pages.close()
            if pages.is_sealed:
                return self.opened.next_key
        return self.opened.data_key

    def forget(self) -> None:
        """Wipe the keys."""
        for key in (self.opened.data_key, self.opened.next_key):
            key[:] = bytes(len(key))


def readable_copies(folder: Path) -> list[KeyCopy]:
    """Return the copies that have the form of a key file: the file itself first, then the others, the newest first.

    Raises:
        VaultMissing: neither a key file nor a database lies in the folder.
        KeysDamaged: none can be read.
    """
    backups = sorted((folder / BACKUPS).glob(f"*/{KEYS}"), key=lambda path: path.parent.name, reverse=True)
    found: list[KeyCopy] = []
    for path in (folder / KEYS, folder / KEYS_COPY, *backups):
        with suppress(KeysDamaged, NewerVault):
            found.append(KeyCopy(path=path, keys=read_keys(path)))
    if found:
        return found
    raise KeysDamaged if (folder / DATA).exists() else VaultMissing


def way_in(folder: Path, name: str, passphrase: str, *, clock: Clock = utc_now) -> WayIn:
    """Open the first copy of the key file that a person's pass-phrase opens.

    Args:
        folder: the vault.
        name: whose pass-phrase it is: the person's name or the slot's label; '' for anybody's.
        passphrase: theirs.
        clock: the time.

    Raises:
        WrongPassphrase: it opens none; the attempt is noted.
        TooManyAttempts, VaultMissing, UnknownSlot, KeysDamaged, CannotWrite.
    """
    attempts.refuse_haste(folder / ATTEMPTS, clock())
    copies = readable_copies(folder)
    tried = [(copy, slot) for copy in copies for slot in _slots_of(copy.keys, name)]
    if not tried:
        raise UnknownSlot
    altered: TacError | None = None
    for copy, slot in _once_each(tried):
        try:
            return WayIn(copy=copy, slot=slot, opened=key_slots.opened(copy.keys, slot.id, passphrase))
        except WrongPassphrase:
            continue
        except KeysDamaged as trouble:
            altered = trouble  # of this copy: another one may be as it was written
    if altered:
        raise altered
    attempts.note_failure(folder / ATTEMPTS, clock())
    raise WrongPassphrase


def _slots_of(keys: KeyFile, name: str) -> list[Slot]:
    wanted, label = name.strip().casefold(), initials(name).casefold()
    people = [slot for slot in keys.slots if slot.kind == "passphrase"]
    named = [slot for slot in people if slot.label.casefold() == wanted]
    return named or [slot for slot in people if not wanted or slot.label.casefold().split(" ")[0] == label]


def _once_each(tried: Sequence[tuple[KeyCopy, Slot]]) -> Iterator[tuple[KeyCopy, Slot]]:
    """Yield each slot of each different key file once: a backup mostly holds the same, and a guess takes time."""
    seen: set[tuple[Slot, bytes]] = set()
    for copy, slot in tried:
        if (slot, copy.keys.mac) not in seen:
            seen.add((slot, copy.keys.mac))
            yield copy, slot
