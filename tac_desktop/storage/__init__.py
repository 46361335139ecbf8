"""What is kept on the disk, encrypted: vault, journal, records, drafts, backups. Others import this face only."""

from tac_desktop.storage.backup import backup, restore
from tac_desktop.storage.caseload_table import CaseloadFilter, CaseloadOrder
from tac_desktop.storage.contradictions import Conflict
from tac_desktop.storage.drafts import Draft, Drafts
from tac_desktop.storage.exchange import BundleNote, Exchange, Origin, Piece, Reach, Split, TrustedCard
from tac_desktop.storage.findings import Finding, Progress, Step
from tac_desktop.storage.founding import create_vault
from tac_desktop.storage.intake import Counts, Intake
from tac_desktop.storage.key_slots import CHEAPEST, STANDARD, Profile, Slot
from tac_desktop.storage.reading import PastEntry
from tac_desktop.storage.recovery_notes import RecoveryNote
from tac_desktop.storage.searching import Hit
from tac_desktop.storage.store import Store
from tac_desktop.storage.unlocking import open_vault, recover, recover_by_organisation, slots, slots_of
from tac_desktop.storage.vault import Vault

__all__ = [
    "CHEAPEST",
    "STANDARD",
    "BundleNote",
    "CaseloadFilter",
    "CaseloadOrder",
    "Conflict",
    "Counts",
    "Draft",
    "Drafts",
    "Exchange",
    "Finding",
    "Hit",
    "Intake",
    "Origin",
    "PastEntry",
    "Piece",
    "Profile",
    "Progress",
    "Reach",
    "RecoveryNote",
    "Slot",
    "Split",
    "Step",
    "Store",
    "TrustedCard",
    "Vault",
    "backup",
    "create_vault",
    "open_vault",
    "recover",
    "recover_by_organisation",
    "restore",
    "slots",
    "slots_of",
]
