"""Fictitious case files for the tests of the window: written into a real vault, as a worker's answers would be."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change, to_journal
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault

COLOURS = ("Puce", "Mauve", "Teal", "Amber", "Ochre", "Cerise", "Indigo", "Sepia", "Umber", "Lilac")
OBJECTS = ("Anchor", "Lantern", "Kettle", "Ribbon", "Saddle", "Thimble", "Bellows", "Compass", "Trowel", "Spindle")
TODAY = "2026-03-12"
NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)


@contextmanager
def at_work(vault: Vault, person: Person) -> Generator[Person]:
    """Let somebody else be at work with a vault that is open: nobody acts in another's name."""
    before, vault.person = vault.person, person
    try:
        yield person
    finally:
        vault.person = before


def name_of(number: int) -> str:
    return f"{COLOURS[number % 10]} {OBJECTS[number // 10 % 10]}"


def a_case(number: int) -> list[Change]:
    """Return the changes that make one case file: a mother, a referral, for most an episode and a baseline."""
    reference = f"TAC-{number:05}"
    case_file = case_file_id(reference)

    def change(form: str, answers: dict[str, object]) -> Change:
        record = case_file if form == "mother" else derived_id(form, reference)
        values = to_journal(forms.ALL[form], answers)
        return Change(
            record_id=record, form=form, version=forms.ALL[form].version, stream=case_file, values=values,
            known_on="2025-01-01",
        )  # fmt: skip

    referred = (date.fromisoformat(TODAY) - timedelta(days=number % 400)).isoformat()
    mother = {
        "reference": reference, "name": name_of(number), "prison_number": f"Z{number % 10000:04}ZZ",
        "prison": ("EP", "SEND")[number % 2],
    }  # fmt: skip
    changes = [change("mother", mother), change("referral", {"date": referred, "referral_type": "initial"})]
    if number % 5:
        changes.append(change("episode", {"opened": referred}))
        if number % 3:
            changes.append(change("baseline", {"first_meeting": referred}))
    if number % 7 == 0:
        changes.append(change("hearing", {"at": "2026-03-16T10:00", "court": "Family Court at Quillhaven"}))
    return changes


def write_cases(store: Store, count: int, author: str) -> None:
    for first in range(0, count, 500):
        changes = [change for number in range(first, min(count, first + 500)) for change in a_case(number)]
        store.save(changes, author=author, now=NOW)
