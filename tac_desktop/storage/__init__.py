"""What is kept on the disk, encrypted: vault, journal, records, drafts, backups. Others import this face only."""

from tac_desktop.storage.caseload_table import CaseloadFilter, CaseloadOrder
from tac_desktop.storage.drafts import Draft, Drafts
from tac_desktop.storage.founding import create_vault
from tac_desktop.storage.key_slots import CHEAPEST, STANDARD, Profile, Slot
from tac_desktop.storage.reading import Conflict, PastEntry
from tac_desktop.storage.searching import Hit
from tac_desktop.storage.store import Store
from tac_desktop.storage.unlocking import open_vault, recover, slots, slots_of
from tac_desktop.storage.vault import Vault

__all__ = [
    "CHEAPEST",
    "STANDARD",
    "CaseloadFilter",
    "CaseloadOrder",
    "Conflict",
    "Draft",
    "Drafts",
    "Hit",
    "PastEntry",
    "Profile",
    "Slot",
    "Store",
    "Vault",
    "create_vault",
    "open_vault",
    "recover",
    "slots",
    "slots_of",
]
