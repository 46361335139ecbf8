"""Opening, listing and searching with 20,000 mothers and 200,000 contacts."""

import random
import statistics

from benchmarks.measure import Comparison, in_turns, seconds, told
from benchmarks.vaults import PASSPHRASE, a_store, a_vault, contacts, fill, mothers, professionals, questions
from tac_desktop.actions import directory, vaults, worklists
from tac_desktop.actions.awaited import awaited, how_quickly
from tac_desktop.actions.known_women import Typed, known_women, read_women
from tac_desktop.actions.steps import run_to_end
from tac_desktop.storage import key_slots
from tac_desktop.storage.store import Store

TYPED = ("puce", "puce anch", "te", "l", "bm-01", "z12", "promised photo", "birthday", "school visit agreed", "bask")
WOMEN = (
    Typed(name="Puce Anchor"), Typed(name="Kettle, Ochre", born="1991-03-27"), Typed(name="Teal Lanturn 17"),
    Typed(name="Mauve"), Typed(name="Somebody Else", prison_number="Z0017ZZ"),
)  # fmt: skip
NAMESAKES = 0.050
"""Seconds for those who may be the woman who is being typed in."""
TYPED_OF_PROFESSIONALS = ("", "p", "puce anch", "kent solic", "012")
FIRST_HITS = 0.020
"""Seconds for the first 50 hits of a search as one types."""


def run(quick: bool) -> list[Comparison]:
    """Compare with the limits that were promised; a limit stands where there is no peer."""
    size = 500 if quick else 20_000
    rng = random.Random(2)
    with a_vault(key_slots.STANDARD) as (vault, folder):
        with a_store(vault) as store:
            fill(store, vault.person.id, mothers(size, rng))
            fill(store, vault.person.id, contacts(size, size * 10, rng))
            fill(store, vault.person.id, professionals(size, rng))
            fill(store, vault.person.id, questions(size, size // 10))
            found = [*_searches(store), *_directory(store), _listing(store), *_known_women(store), _awaited(store)]
            found += _worklists(store)
        vault.close()
        return [_opening(folder), *found]


def _searches(store: Store) -> list[Comparison]:
    comparisons: list[Comparison] = []
    for typed in TYPED:
        comparison = Comparison(f"search ‘{typed}’, first 50 hits", "Store.search", "promised", 1)
        times = [seconds(lambda typed=typed: store.search(typed, 50)) for _ in range(9)]
        comparison.pairs = [(time, FIRST_HITS) for time in times]
        print(f"  ‘{typed}’: {told(statistics.median(times))}", flush=True)
        comparisons.append(comparison)
    return comparisons


def _directory(store: Store) -> list[Comparison]:
    """List and search the directory as one types, with the first rows that come into view."""
    comparisons: list[Comparison] = []
    for typed in TYPED_OF_PROFESSIONALS:
        comparison = Comparison(f"directory ‘{typed}’, first 50 rows", "directory", "100 ms, what one notices", 1)

        def first_page(typed: str = typed) -> None:
            directory.page(store, directory.numbers(store, "here", typed=typed)[:50])

        comparison.pairs = [(seconds(first_page), 0.1) for _ in range(9)]
        print(f"  directory ‘{typed}’: {told(statistics.median(own for own, _ in comparison.pairs))}", flush=True)
        comparisons.append(comparison)
    return comparisons


def _listing(store: Store) -> Comparison:
    def first_page() -> None:
        store.caseload_page(store.caseload_ids()[:50])

    comparison = Comparison("caseload: all numbers and the first 50 rows", "Store", "100 ms, what one notices", 1)
    comparison.pairs = [(seconds(first_page), 0.1) for _ in range(9)]
    return comparison


def _awaited(store: Store) -> Comparison:
    """Read who owes an answer, and how quickly answers come: of 2,000 questions among 200,000 contacts."""

    def read() -> None:
        awaited(store)
        how_quickly(store, "2026-03-31")

    comparison = Comparison("who owes an answer, over all case files", "awaited", "read in the lane: 300 ms", 1)
    comparison.pairs = [(seconds(read), 0.3) for _ in range(9)]
    return comparison


def _worklists(store: Store) -> list[Comparison]:
    """List what is due in all case files, with the first rows; count the answers of each prison, step by step."""

    def first_page() -> None:
        numbers, _ = worklists.due_numbers(store, today="2026-03-31")
        worklists.due_page(store, numbers[:50])

    due = Comparison("what is due in all case files", "worklists", "read in the lane: 300 ms", 1)
    due.pairs = [(seconds(first_page), 0.3) for _ in range(9)]
    complete = Comparison("answered, not known, missing, by prison", "worklists", "in the lane, can be stopped: 2 s", 1)
    complete.pairs = [(seconds(lambda: run_to_end(worklists.completeness(store))), 2.0) for _ in range(5)]
    return [due, complete]


def _known_women(store: Store) -> list[Comparison]:
    """Ask whether a woman is already here while she is typed in: each letter asks once, what is known is read once."""
    women, comparisons = read_women(store), list[Comparison]()
    for typed in WOMEN:
        comparison = Comparison(f"is ‘{typed.name or typed.prison_number}’ already here?", "known_women", "promised", 1)
        times = [seconds(lambda typed=typed: known_women(store, women, typed)) for _ in range(9)]
        comparison.pairs = [(time, NAMESAKES) for time in times]
        print(f"  ‘{typed.name or typed.prison_number}’: {told(statistics.median(times))}", flush=True)
        comparisons.append(comparison)
    print(f"  read by what all are known: {told(seconds(lambda: read_women(store)))}", flush=True)
    return comparisons


def _opening(folder: object) -> Comparison:
    from pathlib import Path

    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    place = Path(str(folder))
    slot = vaults.people_of(place)[0]
    costs = slot.profile

    def ours() -> None:
        vault = vaults.unlock(place, slot.id, PASSPHRASE)
        with a_store(vault) as store:
            store.caseload_ids()
        vault.close()

    def peer() -> None:
        Argon2id(
            salt=slot.salt, length=32, iterations=costs.iterations, lanes=costs.lanes, memory_cost=costs.memory_kib
        ).derive(PASSPHRASE.encode())

    comparison = Comparison("open the vault, read the caseload", "unlock", "its Argon2id alone", 1.2)
    return in_turns(comparison, ours, peer, 5)
