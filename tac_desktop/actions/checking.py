"""A check of the vault that a person asked for: what it found, noted where that is safe, and what can be made anew."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.keeping import check_drafts, check_vault
from tac_desktop.actions.permitted import permitted
from tac_desktop.casework.audit import Event
from tac_desktop.casework.permissions import Deed
from tac_desktop.storage.findings import Finding

if TYPE_CHECKING:
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

MADE_ANEW: Final = frozenset({"records", "caseload"})
"""The parts that are made from the journal, so that nothing is lost with them."""


@dataclass(frozen=True, kw_only=True)
class LastCheck:
    """When a person last had the vault checked."""

    at: str
    """ISO, with its zone."""
    findings: int


def can_be_made_anew(findings: Iterable[Finding]) -> bool:
    """Say whether all that is wrong is made from the journal."""
    return {finding.part for finding in findings} <= MADE_ANEW


@permitted(Deed.LOOK_AFTER_VAULT)
def check_and_note(
    vault: "Vault", store: "Store", *, now: datetime
) -> Generator[tuple[int, int], None, tuple[Finding, ...]]:
    """Check the vault through and through, and its drafts; yield (done, total).

    That it was checked is noted, unless what is written down is damaged: then nothing more is written into it.

    Args:
        vault: The open vault.
        store: Its store, of the calling thread.
        now: The time, with its zone.

    Returns:
        What is wrong and where, without any answer; nothing if all is well.

    Raises:
        VaultDamaged: the damage is such that reading cannot even begin.
    """
    damage = yield from check_vault(store)
    findings = (*damage, *check_drafts(vault))
    if can_be_made_anew(damage):
        note_event(store, vault.person, Event.CHECKED, now=now, facts={"findings": len(findings)})
    return findings


@permitted(Deed.LOOK_AFTER_VAULT)
def last_check(store: "Store") -> LastCheck | None:
    """Return when the vault was last checked because a person asked for it; None if it never was."""
    from tac_desktop.storage.audit_index import AuditFilter

    numbers = store.audit.numbers(AuditFilter(events=(Event.CHECKED,)))[:1]
    for noted in store.audit.page(numbers):
        found = noted.facts.get("findings")
        return LastCheck(at=noted.at, findings=found if isinstance(found, int) else 0)
    return None


@permitted(Deed.LOOK_AFTER_VAULT)
def make_anew(vault: "Vault", store: "Store", *, now: datetime) -> Generator[tuple[int, int]]:
    """Make records, search words and caseload anew from the journal; yield (done, total). All or nothing.

    Args:
        vault: The open vault.
        store: Its store, of the calling thread.
        now: The time, with its zone.
    """
    yield from store.upkeep.rebuild()
    note_event(store, vault.person, Event.REBUILT, now=now)
