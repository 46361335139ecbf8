"""Scratch vaults of any size, filled with evidently invented people through the program's own store."""

import random
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tac_desktop.actions import vaults
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.journal import Change, JsonValue, to_journal
from tac_desktop.casework.people import Role
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.casework.streams import office_stream
from tac_desktop.storage.key_slots import Profile
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault

PASSPHRASE = "lamp river chalk window"
NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
FULL = "BM-FULL"
"""The case reference of a very full case file."""
_TOLD_OFTEN = {
    "hearing": {"court": "Family Court at Quillhaven"},
    "evidence": {"title": "What was seen", "account": "A visit that went well."},
    "mothers_question": {"words": "When is the next visit?", "answered_on": "2025-08-01", "told_on": "2025-08-02"},
    "coaching_session": {"note": "Reading together by letter."},
    "order": {"order_type": "care_order", "terms": "As the court said."},
}
"""Forms of which a very full case file has dozens of records, with an answer to their texts."""
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


def full_case(rng: random.Random, count: int) -> Iterator[Change]:
    """Yield the entries of one very full case file: so many contacts, 12 children, 40 homes, 300 letters, and more."""
    case = case_file_id(FULL)
    children, agreements = ([derived_id("bench", FULL, kind, str(one)) for one in range(12)] for kind in ("c", "a"))
    yield _one(FULL, "mother", case, {"reference": FULL, "name": "Vermilion Cartwheel", "prison": "EP"})
    yield _one(FULL, "episode", "", {"opened": "2024-01-08"})
    for place, child in enumerate(children):
        named = {"name": f"{COLOURS[place]} {THINGS[place % 10]}", "date_of_birth": f"{2010 + place}-03-27"}
        yield _one(FULL, "child", child, named)
        agreed = {"child": child, "her_months": tuple(_codes("month_of_year")[4:11:6]), "agreed_on": "2024-02-01"}
        yield _one(FULL, "letterbox_agreement", agreements[place], agreed)
    for place in range(40):
        home = {"child": children[place % 12], "from_date": f"20{16 + place // 12}-0{place % 9 + 1}-11"}
        yield _one(FULL, "placement", "", home | {"household": f"House {place % 7}", "note": text(rng, 20)})
    for place in range(300):
        month = f"{2016 + place // 36}-{place // 3 % 12 + 1:02}"
        letter = {"agreement": agreements[place % 12], "month": month, "direction": _codes("letter_direction")[0]}
        yield _one(FULL, "letterbox_letter", "", letter | {"sent_on": f"{month}-20", "draft": text(rng, 200)})
    for form, answers in _TOLD_OFTEN.items():
        for place in range(60):
            day = f"2025-0{place % 6 + 1}-{place % 28 + 1:02}"
            own = forms.ALL[form].own_date or "asked_on"
            at = f"{day}T{place // 28 + 9:02}:00" if own == "at" else day
            yield _one(FULL, form, derived_id("bench", FULL, form, str(place)), {**answers, own: at})
    for place in range(count):
        logged = contact(case, derived_id("bench", FULL, str(place)), text(rng, 40))
        day = f"{2024 + place // 2_800}-{place // 240 % 12 + 1:02}-{place % 28 + 1:02}"
        at = {"at": f"{day}T{place % 9 + 8:02}:15", f"children/{children[place % 12]}": True}
        yield replace(logged, values={**logged.values, **at})


def _codes(name: str) -> list[str]:
    return [one.code for one in code_list(name).codes]


def _one(reference: str, form: str, record_id: str, answers: Mapping[str, Answer]) -> Change:
    """Return the entry that makes a record of a case file; '' for an id of its own."""
    case = case_file_id(reference)
    values = to_journal(forms.ALL[form], answers)
    made = record_id or derived_id("bench", case, form, repr(sorted(answers.items())))
    return Change(
        record_id=made, form=form, version=forms.ALL[form].version, stream=case, values=values, known_on="2026-03-12"
    )


def fill(store: Store, author: str, changes: Iterator[Change], at_once: int = 5_000) -> None:
    """Write changes, some thousands in a transaction."""
    batch: list[Change] = []
    for change in changes:
        batch.append(change)
        if len(batch) == at_once:
            store.save(batch, author=author, now=NOW)
            batch.clear()
    store.save(batch, author=author, now=NOW)
