"""One contact entry, durable when the call returns, against a raw insert of the same text under the same settings."""

import itertools
import os
import random

from benchmarks.measure import Comparison, in_turns
from benchmarks.vaults import NOW, a_store, a_vault, contact, contacts, fill, mothers, text
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.storage.binding import KEY_BYTES, open_database


def run(quick: bool) -> list[Comparison]:
    """Compare saving in a vault with a thousand mothers and twenty thousand contacts."""
    size = 100 if quick else 1_000
    rng, numbers = random.Random(1), itertools.count()
    with a_vault() as (vault, folder), a_store(vault) as store:
        author = vault.person.id
        fill(store, author, mothers(size, rng))
        fill(store, author, contacts(size, size * 20, rng))
        # a file of its own: another writer in the same one would empty the store's cache before each save
        raw = open_database(folder.with_name("raw.db"), os.urandom(KEY_BYTES), create=True)
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
