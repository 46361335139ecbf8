"""Looks after a vault: checks it through and through, backs it up, and brings it back."""

from collections.abc import Generator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.audit_seals import end_check
from tac_desktop.actions.permitted import permitted
from tac_desktop.casework.audit import Event
from tac_desktop.casework.journal import b64
from tac_desktop.casework.permissions import Deed
from tac_desktop.errors import VaultDamaged
from tac_desktop.storage.findings import Finding

if TYPE_CHECKING:
    from tac_desktop.storage.integrity import HeadCheck
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

_PARTS = ("pages", "entries", "chains", "signatures", "audit", "records", "caseload", "attachments", "losses")


@permitted(Deed.LOOK_AFTER_VAULT)
def check_vault(store: "Store") -> Generator[tuple[int, int], None, tuple[Finding, ...]]:
    """Check pages, chains, signatures, records against the journal, and attachments; yield (done, total).

    Returns:
        What is wrong and where, without any answer; nothing if all is well.

    Raises:
        VaultDamaged: the damage is such that reading cannot even begin.
    """
    found: list[Finding] = []
    try:
        for step in store.upkeep.check(_signature_check(store), end_check(store)):
            found += step.findings
            yield _PARTS.index(step.part) * 100 + 100 * step.done // max(step.total, 1), len(_PARTS) * 100
    except VaultDamaged:
        if not found:
            raise
    return tuple(found)


@permitted(Deed.LOOK_AFTER_VAULT)
def check_drafts(vault: "Vault") -> tuple[Finding, ...]:
    """Return what is wrong with what was typed and not saved yet; it is no part of any record.

    Nothing where the records' database is too damaged to tell, which `check_vault` says.
    """
    from tac_desktop.storage.drafts import damage_of

    try:
        return damage_of(vault)
    except VaultDamaged:
        return ()


def _signature_check(store: "Store") -> "HeadCheck":
    """Return what says whether a signed history is the one that was signed, of others and of this vault."""
    from tac_desktop.actions.cards import identity_of
    from tac_desktop.export import sshsig
    from tac_desktop.export.bundle.vouching import head_text

    own = identity_of(store.vault).signing_key

    def holds(key: bytes, incarnation: bytes, stream: str, number: int, chain: bytes, signature: bytes) -> bool:
        try:
            text = head_text(b64(incarnation), stream, number, b64(chain))
            sshsig.verify(key or own, signature, text, sshsig.HEAD)
        except sshsig.SignatureRefused:
            return False
        return True

    return holds


@permitted(Deed.LOOK_AFTER_VAULT)
def back_up(vault: "Vault", store: "Store", to: Path, *, now: datetime) -> Generator[tuple[int, int], None, Path]:
    """Make a verified, encrypted copy of a vault in the folder `to`; yield (done, total) and return its path.

    Raises:
        BackupDamaged, FolderNotEmpty, DiskFull, CannotWrite: nothing is left behind.
    """
    from tac_desktop.storage.backup import backup

    made = yield from backup(vault, to, f"tac-{now:%Y-%m-%d-%H%M%S}", at=now.isoformat(timespec="seconds"))
    note_event(store, vault.person, Event.BACKED_UP, now=now)
    return made


def restore(source: Path, to: Path) -> Generator[tuple[int, int], None, None]:
    """Make a vault of a backup in a new or empty folder; yield (done, total).

    Raises:
        VaultMissing, BackupDamaged, FolderNotEmpty, DiskFull, CannotWrite: nothing was changed.
    """
    from tac_desktop.storage.backup import restore as bring_back

    yield from bring_back(source, to)
