"""Scratch vaults of any size, filled with evidently invented people through the program's own store."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tac_desktop.actions import vaults
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.people import Role
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.casework.streams import office_stream
from tac_desktop.storage.key_slots import Profile
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault

PASSPHRASE = "lamp river chalk window"
NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
_LISTS = ("professional_role", "local_authority")
LIGHT = Profile(memory_kib=8 * 1024, iterations=1)
"""The key derivation has its own comparison; elsewhere it only has to be over."""
COLOURS = ("Amber", "Cobalt", "Coral", "Indigo", "Ivory", "Jade", "Ochre", "Puce", "Russet", "Saffron", "Teal", "Umber")
THINGS = ("Anchor", "Basket", "Button", "Feather", "Kettle", "Lantern", "Marble", "Needle", "Pebble", "Thimble")
VOCABULARY = (
    "school nursery carer visit letter hearing review meeting court social worker called asked answered promised photo "
    "birthday phone video link plan order agreed worried glad settled sleep reading drawing travel room table"
)
WORDS = tuple(VOCABULARY.split())


@contextmanager
def a_vault(profile: Profile = LIGHT, role: Role = "manager") -> Iterator[tuple[Vault, Path]]:
    """Make a vault in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="tac-bench-") as place:
        folder = Path(place) / "vault"
        vault, _ = vaults.create(
            folder, name="Bench Marker", role=role, prison="", passphrase=PASSPHRASE, profile=profile
        )
        try:
            yield vault, folder
        finally:
            vault.close()


@contextmanager
def a_store(vault: Vault) -> Iterator[Store]:
    """Open a store of the vault and close it."""
    store = Store(vault)
    try:
        yield store
    finally:
        store.close()


def text(rng: random.Random, words: int) -> str:
    """Return a note of so many words."""
    return " ".join(rng.choices(WORDS, k=words)).capitalize() + "."


def mothers(count: int, rng: random.Random) -> Iterator[Change]:
    """Yield the first entry of so many mothers."""
    for number in range(count):
        reference = f"BM-{number:05d}"
        values: dict[str, JsonValue] = {
            "reference": reference,
            "name": f"{rng.choice(COLOURS)} {rng.choice(THINGS)} {number}",
            "prison_number": f"Z{number % 10_000:04d}ZZ",
            "prison": ("EP", "SEND")[number % 2],
        }
        yield Change(
            record_id=case_file_id(reference), form="mother", version=1, stream=case_file_id(reference),
            values=values, known_on="2026-03-12",
        )  # fmt: skip


def professionals(count: int, rng: random.Random) -> Iterator[Change]:
    """Yield so many entries of the directory of one prison."""
    roles, authorities = ([one.code for one in code_list(name).codes] for name in _LISTS)
    for number in range(count):
        values: dict[str, JsonValue] = {
            "name": f"{rng.choice(COLOURS)} {rng.choice(THINGS)} {number}", "prison": "EP", "role": rng.choice(roles),
            "local_authority": rng.choice(authorities), "agency_name": f"{rng.choice(THINGS)} and Co",
            "phone": f"01234 {number:06d}", "note": text(rng, 30),
        }  # fmt: skip
        yield Change(
            record_id=derived_id("bench", "professional", str(number)), form="professional", version=1,
            stream=office_stream("EP"), values=values, known_on="2026-03-12",
        )  # fmt: skip


def contacts(cases: int, count: int, rng: random.Random) -> Iterator[Change]:
    """Yield so many contacts, spread over the cases."""
    for number in range(count):
        case = case_file_id(f"BM-{number % cases:05d}")
        yield contact(case, derived_id("bench", case, str(number)), text(rng, 40))


def questions(cases: int, count: int) -> Iterator[Change]:
    """Yield so many contacts in which something was asked, half of them answered, spread over the cases and a year."""
    for number in range(count):
        case = case_file_id(f"BM-{number % cases:05d}")
        asked = contact(case, derived_id("bench question", case, str(number)), "Asked for the plan.")
        values = {
            **asked.values,
            "at": f"2026-{number % 3 + 1:02}-{number % 28 + 1:02}T09:00",
            "waiting_for": "The plan",
        }
        yield replace(asked, values=values | ({"answered_on": "2026-03-30"} if number % 2 else {}))


def contact(case: str, record_id: str, summary: str) -> Change:
    """Return one contact entry."""
    values: dict[str, JsonValue] = {
        "at": "2026-03-12T09:00",
        "kind": "phone",
        "direction": "outgoing",
        "with_whom/childrens_sw": True,
        "reached": True,
        "summary": summary,
    }
    return Change(record_id=record_id, form="contact", version=1, stream=case, values=values, known_on="2026-03-12")


def fill(store: Store, author: str, changes: Iterator[Change], at_once: int = 5_000) -> None:
    """Write changes, some thousands in a transaction."""
    batch: list[Change] = []
    for change in changes:
        batch.append(change)
        if len(batch) == at_once:
            store.save(batch, author=author, now=NOW)
            batch.clear()
    store.save(batch, author=author, now=NOW)
