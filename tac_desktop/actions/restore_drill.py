"""A rehearsal: a backup is brought back beside the vault, opened, checked through, compared, and swept away again."""

import shutil
from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.backup_schedule import shelf
from tac_desktop.actions.keeping import check_vault
from tac_desktop.actions.permitted import permitted
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.permissions import Deed
from tac_desktop.errors import BackupOfOtherKeys, NoBackup, TacError, VaultDamaged
from tac_desktop.storage.backup_shelf import Backup
from tac_desktop.storage.extent import Extent
from tac_desktop.storage.findings import Finding

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

SCRATCH: Final = "restore-drill.part"
"""The folder in the vault's own that takes what is brought back: encrypted like the vault, and gone at the end."""
_RESTORED, _CHECKED, _ALL = 30, 90, 100
Progress = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Drill:
    """What came of a rehearsal."""

    backup: Backup
    there: Extent
    """What the backup gives back."""
    here: Extent
    """What the vault holds."""
    findings: tuple[Finding, ...]
    """What is wrong with what came back; nothing if all is well."""
    other_histories: int
    """How many histories of the backup are not the beginnings of the vault's own: it should be none."""

    @property
    def is_sound(self) -> bool:
        """Whether the vault as it was could be brought back from it."""
        return not self.findings and not self.other_histories


@permitted(Deed.LOOK_AFTER_VAULT)
def rehearse(
    vault: "Vault", store: "Store", backup: Backup | None = None, *, now: datetime
) -> Generator[Progress, None, Drill]:
    """Bring a backup back into a scratch folder, open it with the key at hand, check it and compare it with the vault.

    Nothing of it stays, whether it ends, fails or is stopped. Yields (done, total).

    Args:
        vault: The open vault.
        store: Its store, of the calling thread.
        backup: Which; None for the latest.
        now: The time, with its zone.

    Raises:
        NoBackup: there is none.
        BackupDamaged: it does not have the bytes that it was sealed with.
        BackupOfOtherKeys: it was made before the vault's keys were renewed.
        DiskFull, CannotWrite: there is no room for the rehearsal.
    """
    latest = next(iter(shelf(vault, now=now).backups), None)
    chosen = backup or latest
    if chosen is None:
        raise NoBackup
    try:
        found = yield from _rehearsed(vault, store, chosen)
    except TacError as trouble:
        facts = _facts(chosen)
        facts["why"] = type(trouble).__name__
        note_event(store, vault.person, Event.DRILLED, now=now, facts=facts)
        raise
    facts = _facts(chosen)
    facts |= {"entries": found.there.entries, "findings": len(found.findings) + found.other_histories}
    note_event(store, vault.person, Event.DRILLED, now=now, facts=facts)
    return found


def _facts(backup: Backup) -> Facts:
    return {"backup": backup.path.name}


def _rehearsed(vault: "Vault", store: "Store", backup: Backup) -> Generator[Progress, None, Drill]:
    from tac_desktop.storage.backup import restore

    scratch = vault.folder / SCRATCH
    shutil.rmtree(scratch, ignore_errors=True)  # of one that a crash ended
    try:
        for done, total in restore(backup.path, scratch):
            yield _RESTORED * done // total, _ALL
        return (yield from _compared(vault, store, backup, scratch))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _compared(vault: "Vault", store: "Store", backup: Backup, scratch: Path) -> Generator[Progress, None, Drill]:
    copy, there = _opened(vault, scratch)
    try:
        findings = yield from _checked(there)
        return Drill(
            backup=backup, there=there.upkeep.extent(), here=store.upkeep.extent(), findings=findings,
            other_histories=_other_histories(store, there),
        )  # fmt: skip
    finally:
        there.close()
        copy.close()


def _opened(vault: "Vault", scratch: Path) -> "tuple[Vault, Store]":
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.upgrade import opened_copy

    try:
        copy = opened_copy(vault, scratch)
    except VaultDamaged:  # its bytes are those that were sealed, so it is the key that does not fit
        raise BackupOfOtherKeys from None
    try:
        return copy, Store(copy)
    except BaseException:
        copy.close()
        raise


def _checked(there: "Store") -> Generator[Progress, None, tuple[Finding, ...]]:
    steps = check_vault(there)
    while True:
        try:
            done, total = next(steps)
        except StopIteration as end:
            return end.value
        yield _RESTORED + (_CHECKED - _RESTORED) * done // total, _ALL


def _other_histories(store: "Store", there: "Store") -> int:
    """Count the histories of the backup that do not go on in the vault as they began."""
    here = {(one.incarnation, one.stream): one.sseq for one in store.exchange.reaches()}
    count = 0
    for one in there.exchange.reaches():
        held = here.get((one.incarnation, one.stream), 0)
        is_beginning = held >= one.sseq and store.exchange.chain_at(one.incarnation, one.stream, one.sseq) == one.chain
        count += not is_beginning
    return count
