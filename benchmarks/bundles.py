"""Writing a bundle and taking it in, against inserting all the rows that it leaves, and how both grow."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.measure import Comparison, growth, seconds
from benchmarks.vaults import NOW, PASSPHRASE, a_store, a_vault, contacts, fill, mothers
from tac_desktop.actions import cards, exchange, vaults
from tac_desktop.export.card import Card
from tac_desktop.storage.binding import Connection, transaction
from tac_desktop.storage.form_tables import TABLES
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault

AIM = {10_000: 3, 100_000: 4}
"""How many times the raw insert an import may take, by its changes."""
A_DAY = 50
"""Changes in a daily bundle."""
PROMISED = 0.05
"""Seconds for one, to write it and to take it in."""
CASES_IN = 50
"""One mother among so many changes; the others are contacts."""
_PLAIN = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
_INDEXES = ("name_index", "note_index")

Rows = dict[str, list[tuple[Any, ...]]]
Inserts = list[tuple[str, list[tuple[Any, ...]]]]
"""Statements, each with its rows."""


@dataclass
class _Times:
    write: list[float]
    take: list[float]
    raw: list[float]
    computing: dict[str, float]


def run(quick: bool) -> list[Comparison]:
    """Compare two sizes; the aim holds for the larger one as well."""
    few, many = (300, 1_200) if quick else (10_000, 100_000)
    times = {few: _measured(few, 2 if quick else 3), many: _measured(many, 2)}
    found: list[Comparison] = []
    for changes, t in times.items():
        for name, ours, aim in (("write a bundle", t.write, None), ("import a bundle", t.take, AIM.get(changes))):
            comparison = Comparison(f"{name} of {changes:,} changes", "exchange", "raw inserts of all its rows", aim)
            comparison.pairs = list(zip(ours, t.raw, strict=True))
            found.append(comparison)
    for name in ("write a bundle", "import a bundle"):
        small, large = ((changes, t.computing[name]) for changes, t in times.items())
        found.append(growth(f"{name}, changes", small, large))
    return found + _a_day(few, 5 if quick else 25)


def _a_day(before: int, rounds: int) -> list[Comparison]:
    """Compare a bundle of one day's changes with what was promised, between vaults that hold much already."""
    write, take = (
        Comparison(f"{name} of {A_DAY} changes after {before:,}", "exchange", "promised", 1)
        for name in ("write a bundle", "import a bundle")
    )
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tac-bench-")))
        worker, _ = stack.enter_context(a_vault())
        store = stack.enter_context(a_store(worker))
        manager, _ = stack.enter_context(a_vault())
        card = acquainted(worker, store, manager, place)
        receiving = stack.enter_context(a_store(manager))
        rng, cases = Random(3), before // CASES_IN
        fill(store, worker.person.id, mothers(cases, rng))
        fill(store, worker.person.id, contacts(cases, before - cases, rng))
        days = islice(contacts(cases, 2 * before + rounds * A_DAY, rng), before, None)
        for number in range(rounds + 1):
            bundle = place / f"{number}.tacb"
            writing = exchange.write_bundle(worker, store, card, bundle, now=NOW, basis="sent")
            taking_in = exchange.import_bundle(manager, receiving, bundle, now=NOW)
            took, read = seconds(partial(whole, writing)), seconds(partial(whole, taking_in))
            if number:  # the first holds all that was before
                write.pairs.append((took, PROMISED))
                take.pairs.append((read, PROMISED))
            fill(store, worker.person.id, islice(days, A_DAY))
    return [write, take]


def _measured(changes: int, rounds: int) -> _Times:
    times = _Times([], [], [], {})
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tac-bench-")))
        worker, _ = stack.enter_context(a_vault())
        store = stack.enter_context(a_store(worker))
        manager, empty = stack.enter_context(a_vault())
        card = acquainted(worker, store, manager, place)
        manager.close()
        rng, cases = Random(3), changes // CASES_IN
        fill(store, worker.person.id, mothers(cases, rng))
        fill(store, worker.person.id, contacts(cases, changes - cases, rng))
        bundle = place / "bundle"
        for _ in range(rounds):
            busy = time.process_time()
            times.write.append(seconds(lambda: whole(exchange.write_bundle(worker, store, card, bundle, now=NOW))))
            times.computing["write a bundle"] = time.process_time() - busy
            took, busy, left = _import(empty, bundle)
            times.take.append(took)
            times.computing["import a bundle"] = busy
            times.raw.append(_raw(empty, left))
    return times


def acquainted(worker: Vault, store: Store, manager: Vault, place: Path) -> Card:
    """Let both vaults accept each other's card; return the manager's."""
    to_manager, to_worker = place / "manager", place / "worker"
    code = cards.hand_out_card(manager, to_manager, now=NOW)
    card = cards.trust_card(worker, store, to_manager, code, now=NOW)
    code = cards.hand_out_card(worker, to_worker, now=NOW)
    with a_store(manager) as receiving:
        cards.trust_card(manager, receiving, to_worker, code, now=NOW)
    return card


@contextmanager
def _copy_of(folder: Path) -> Iterator[Vault]:
    """Open a copy of a vault that nobody has open, and remove it afterwards."""
    with tempfile.TemporaryDirectory(prefix="tac-bench-") as place:
        copy = Path(place) / "vault"
        shutil.copytree(folder, copy)
        vault = vaults.unlock(copy, vaults.people_of(copy)[0].id, PASSPHRASE)
        try:
            yield vault
        finally:
            vault.close()


def _import(empty: Path, bundle: Path) -> tuple[float, float, Inserts]:
    """Take the bundle into a copy of the empty vault; return how long it took, and what inserts all that it left."""
    with _copy_of(empty) as vault, a_store(vault) as store:
        connection = vault.connect()
        before = _rows(connection)
        busy = time.process_time()
        took = seconds(lambda: whole(exchange.import_bundle(vault, store, bundle, now=NOW)))
        busy = time.process_time() - busy
        after = _rows(connection) | _words(connection)
        connection.close()
    return took, busy, [_insert_of(table, rows, before.get(table, [])) for table, rows in after.items() if rows]


def _rows(connection: Connection) -> Rows:
    """Return the rows of all tables but the indexes of words, in the order in which the tables were made."""
    names = {name for (name,) in connection.execute(_PLAIN)}
    made = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in made if name in names}  # noqa: S608


def _words(connection: Connection) -> Rows:
    """Return what was handed to the indexes of words: they do not keep it, the rows of the forms do."""
    found: Rows = {index: [] for index in _INDEXES}
    for table in TABLES.values():
        searched = dict(connection.execute(f"SELECT _eid, _searched FROM {table.name}").fetchall())  # noqa: S608
        for row in connection.execute(table.select_sql):
            for index, text in zip(_INDEXES, table.words(table.record(row).answers), strict=True):
                if text:
                    found[index].append((searched[row[0]], text))
    return found


def _insert_of(
    table: str, rows: list[tuple[Any, ...]], before: list[tuple[Any, ...]]
) -> tuple[str, list[tuple[Any, ...]]]:
    """Return the statement that inserts what was not there before; it replaces only where a row has changed."""
    there = set(before)
    verb = "INSERT" if there.issubset(rows) else "INSERT OR REPLACE"
    columns = "(rowid, words)" if table in _INDEXES else ""
    marks = ",".join("?" * len(rows[0]))
    return f"{verb} INTO {table} {columns} VALUES ({marks})", [row for row in rows if row not in there]


def _raw(empty: Path, left: Inserts) -> float:
    """Insert the rows into another copy, with the connection's pragmas and an import's cache, in one transaction."""
    with _copy_of(empty) as vault:
        connection = vault.connect(cache_kib=65_536)
        took = seconds(lambda: _insert(connection, left))
        connection.close()
    return took


def _insert(connection: Connection, left: Inserts) -> None:
    with transaction(connection):
        for sql, rows in left:
            connection.executemany(sql, rows)


def whole(job: Iterator[object]) -> None:
    for _ in job:
        pass
