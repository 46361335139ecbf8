"""One contact entry, durable when the call returns, against a raw insert of the same text under the same settings."""

import itertools
import random

from benchmarks.measure import Comparison, in_turns
from benchmarks.vaults import NOW, a_store, a_vault, contact, contacts, fill, mothers, text
from tac_desktop.casework.record import case_file_id, derived_id


def run(quick: bool) -> list[Comparison]:
    """Compare saving in a vault with a thousand mothers and twenty thousand contacts."""
    size = 100 if quick else 1_000
    rng, numbers = random.Random(1), itertools.count()
    with a_vault() as (vault, _), a_store(vault) as store:
        author = vault.person.id
        fill(store, author, mothers(size, rng))
        fill(store, author, contacts(size, size * 20, rng))
        raw = vault.connect()
        raw.execute("CREATE TABLE raw_note (id INTEGER PRIMARY KEY, case_file TEXT, at TEXT, summary TEXT)")
        note = text(rng, 60)

        def ours() -> None:
            number = next(numbers)
            case = case_file_id(f"BM-{number % size:05d}")
            store.save([contact(case, derived_id("one", str(number)), note)], author=author, now=NOW)

        def peer() -> None:
            raw.execute("BEGIN IMMEDIATE")
            raw.execute("INSERT INTO raw_note (case_file, at, summary) VALUES (?, ?, ?)", ("BM", "2026-03-12", note))
            raw.execute("COMMIT")

        comparison = Comparison("save one contact entry, durable", "Store.save", "raw SQLCipher insert", 4)
        found = in_turns(comparison, ours, peer, 30 if quick else 200)
        raw.close()
    return [found]
