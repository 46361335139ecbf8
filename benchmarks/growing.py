"""How what a person looks at grows with the vault: who has what, rights, contradictions, what rests on them."""

import itertools
import random
import tempfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from benchmarks.bundles import acquainted, whole
from benchmarks.measure import Comparison, computing, growth
from benchmarks.vaults import NOW, a_store, a_vault, contacts, fill, mothers
from tac_desktop.actions import conflicts, exchange, handing_over
from tac_desktop.actions.evaluation import evaluation_report
from tac_desktop.actions.parcels import may_have
from tac_desktop.actions.rights import recipient_of
from tac_desktop.actions.standing import bundle_history, forks, standing
from tac_desktop.casework.journal import Change
from tac_desktop.casework.record import case_file_id
from tac_desktop.export.card import Card
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault

CONTACTS_OF_ONE = 10
CHANGED = ("ethnicity", ("white_british", "white_irish"))


def run(quick: bool) -> list[Comparison]:
    """Compare two sizes."""
    few, many = (20, 80) if quick else (100, 400)
    small, large = _measured(few), _measured(many)
    return [growth(f"{name}, case files", (few, small[name]), (many, large[name])) for name in small]


def _measured(cases: int) -> Mapping[str, float]:
    """Return how long each takes of the processor, the least of several, in a vault with so many cases.

    Each case file was handed over, and holds a contradiction.
    """
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tac-bench-")))
        worker, _ = stack.enter_context(a_vault())
        store = stack.enter_context(a_store(worker))
        manager, _ = stack.enter_context(a_vault())
        receiving = stack.enter_context(a_store(manager))
        colleague, _ = stack.enter_context(a_vault(role="worker"))
        to_manager = acquainted(worker, store, manager, place)
        to_colleague = acquainted(manager, receiving, colleague, place)
        fill(store, worker.person.id, mothers(cases, random.Random(1)))
        fill(store, worker.person.id, contacts(cases, cases * CONTACTS_OF_ONE, random.Random(2)))
        numbers = itertools.count()
        _passed(worker, store, to_manager, manager, receiving, place / str(next(numbers)))
        for vault, here, value in ((worker, store, CHANGED[1][0]), (manager, receiving, CHANGED[1][1])):
            fill(here, vault.person.id, (_answer(number, value) for number in range(cases)))
        for number in range(cases):
            handing_over.hand_over(
                manager, receiving, case_file_id(f"BM-{number:05d}"), to_colleague, kind="transfer", now=NOW
            )
        _passed(worker, store, to_manager, manager, receiving, place / str(next(numbers)))
        return {name: min(computing(look) for _ in range(3)) for name, look in _looks(manager, receiving, to_colleague)}


def _looks(vault: Vault, store: Store, card: Card) -> list[tuple[str, Callable[[], object]]]:
    """Return what a manager looks at."""
    today = NOW.date().isoformat()
    return [
        ("who has what up to when", lambda: standing(vault, store, today=today)),
        ("bundles of the past and copied vaults", lambda: (bundle_history(store), forks(store))),
        ("who may have which case file", lambda: may_have(vault, store, recipient_of(vault, store, card), today=today)),
        ("hand-overs and where they stand", lambda: handing_over.handovers(vault, store, today=today)),
        ("contradictions listed", lambda: conflicts.listed(store, vault.person)),
        ("contradictions told in words", lambda: conflicts.open_conflicts(vault, store, now=NOW)),
        ("contradictions counted", lambda: conflicts.listed(store, store.vault.person)),
        ("evaluation with what it rests on", lambda: evaluation_report(store, vault.person, today, now=NOW)),
    ]


def _answer(number: int, value: str) -> Change:
    case = case_file_id(f"BM-{number:05d}")
    return Change(
        record_id=case, form="mother", version=1, stream=case, values={CHANGED[0]: value}, known_on="2026-03-12"
    )


def _passed(sender: Vault, store: Store, to: Card, receiver: Vault, receiving: Store, path: Path) -> None:
    whole(exchange.write_bundle(sender, store, to, path, now=NOW))
    whole(exchange.import_bundle(receiver, receiving, path, now=NOW))
