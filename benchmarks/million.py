"""How much memory a bundle of a million changes takes, to write it and to take it in; each in a process of its own.

Usage of the process: python -m benchmarks.million write|import VAULT FILE [CARD]
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

from benchmarks.bundles import CASES_IN, acquainted, whole
from benchmarks.measure import Comparison
from benchmarks.vaults import NOW, PASSPHRASE, a_store, a_vault, contacts, fill, mothers
from tac_desktop.actions import cards, exchange, vaults

PROMISED = 250
"""Mebibytes, at most."""


def run(quick: bool) -> list[Comparison]:
    """Measure the largest amount of memory that each process had at any moment."""
    changes = 3_000 if quick else 1_000_000
    with tempfile.TemporaryDirectory(prefix="tac-bench-") as place, a_vault() as (worker, sending):
        bundle = Path(place) / "bundle"
        with a_store(worker) as store, a_vault() as (manager, receiving):
            acquainted(worker, store, manager, Path(place))
            rng, cases = Random(3), changes // CASES_IN
            fill(store, worker.person.id, mothers(cases, rng))
            fill(store, worker.person.id, contacts(cases, changes - cases, rng))
            store.close()
            worker.close()
            manager.close()
            card = Path(place) / "manager"
            return [
                _compared(f"memory to write a bundle of {changes:,} changes", "write", sending, bundle, card),
                _compared(f"memory to import a bundle of {changes:,} changes", "import", receiving, bundle, card),
            ]


def _compared(name: str, what: str, vault: Path, bundle: Path, card: Path) -> Comparison:
    words = [sys.executable, "-m", "benchmarks.million", what, str(vault), str(bundle), str(card)]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    comparison = Comparison(name, "exchange", "promised", 1, unit="MiB")
    comparison.pairs = [(float(said), PROMISED)]
    return comparison


def _most_memory() -> float:
    """Return the most memory that this process ever had, in MiB; Linux tells it since the program was started."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> None:
    """Write a bundle or take one in, and print the most memory that it took, in MiB."""
    what, folder, file, card = sys.argv[1], *map(Path, sys.argv[2:])
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    with a_store(vault) as store:
        if what == "write":
            whole(exchange.write_bundle(vault, store, cards.read_card_file(card), file, now=NOW))
        else:
            whole(exchange.import_bundle(vault, store, file, now=NOW))
    vault.close()
    print(_most_memory())


if __name__ == "__main__":
    main()
