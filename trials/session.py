"""The session that is watched: everything that is done with a vault, with a marker in every word of a case.

Usage: python -m trials.session FOLDER MARKER (the pass-phrase comes by standard input)
"""

import gc
import sys
from collections.abc import Iterable
from pathlib import Path

from tac_desktop.actions import cards, exchange, vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.documents import draw_document
from tac_desktop.actions.drafts import keep_draft, new_record
from tac_desktop.actions.evaluation import evaluation_report
from tac_desktop.actions.salvaging import salvage_vault
from tac_desktop.actions.workbook import import_workbook
from tac_desktop.casework import forms
from tac_desktop.casework.people import Role
from tac_desktop.errors import TacError
from tac_desktop.storage import backup, restore
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault
from trials.desks import NOW

CONTACTS = 60
"""So many, and so long, that sorting them takes more memory than SQLite spends before it asks for a temporary file."""
DONE = "the session came to its end"


def main() -> None:
    folder, marker, passphrase = Path(sys.argv[1]), sys.argv[2], sys.stdin.readline().rstrip("\n")
    worker = _new(folder / "worker", "worker", passphrase)
    manager = _new(folder / "manager", "manager", passphrase)
    with _Open(worker) as (vault, store), _Open(manager) as (other, receiving):
        case = _write(vault, store, marker)
        _import_tracker(vault, store, folder / "tracker.xlsx")
        _read(vault, store, case, marker)
        _exchange(vault, store, other, receiving, folder)
        _look_after(vault, store, folder)
    _renew(folder, passphrase)
    _fail(folder / "worker", passphrase)
    print(DONE, flush=True)


class _Open:
    """A vault with its store, whose cache is so small that pages are written in the middle of a transaction."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def __enter__(self) -> tuple[Vault, Store]:
        self._store = Store(self._vault, cache_kib=200)
        return self._vault, self._store

    def __exit__(self, *_: object) -> None:
        self._store.close()
        self._vault.close()


def _new(folder: Path, role: Role, passphrase: str) -> Vault:
    prison = "EP" if role == "worker" else ""
    vault, _ = vaults.create(
        folder, name="Slate Kettle", role=role, prison=prison, passphrase=passphrase, profile=CHEAPEST
    )
    return vault


def _write(vault: Vault, store: Store, marker: str) -> str:
    person = vault.person
    mother = {"reference": f"EP-{marker}", "name": f"Ochre {marker}", "prison": "EP", "prison_number": "Z1234ZZ"}
    case = save_answers(store, person, forms.ALL["mother"], answers=mother, now=NOW)
    letter = store.attach([f"{marker} in a letter. ".encode() * 40_000])
    with vaults.reading(vault) as (_, drafts):
        for number in range(CONTACTS):
            text = f"{marker} said on call {number}: {marker}. " * 600
            if number % 10 == 0:
                keep_draft(
                    drafts, person, case_file=case, form="contact", record_id=new_record(case), typed={"summary": text},
                    at="2026-11-21T09:30",
                )  # fmt: skip
            answers = {
                "at": "2026-11-20T14:05", "kind": "phone", "direction": "outgoing", "reached": True, "summary": text,
                "with_whom": ("childrens_sw",), "who": marker, **({"letter": letter} if number == 0 else {}),
            }  # fmt: skip
            save_answers(store, person, forms.ALL["contact"], case_file=case, answers=answers, now=NOW)
    changed = mother | {"name": f"Ochre Anne {marker}"}
    save_answers(store, person, forms.ALL["mother"], case_file=case, record_id=case, answers=changed, now=NOW)
    return case


def _import_tracker(vault: Vault, store: Store, book: Path) -> None:
    if not import_workbook(vault, store, book, now=NOW).imported:
        raise RuntimeError("the workbook was not taken in")


def _read(vault: Vault, store: Store, case: str, marker: str) -> None:
    if not store.search(marker[:6]) or not store.search(f"{marker} said call"):
        raise RuntimeError("nothing was found")
    store.records("contact")
    store.contradictions.found(case)
    store.history(case)
    evaluation_report(store, vault.person, as_of="2026-11-21", now=NOW)
    _whole(draw_document(store, vault.person, case, "dossier", now=NOW))
    _whole(store.upkeep.rebuild())
    if any(step.findings for step in store.upkeep.check()):
        raise RuntimeError("the check finds something")


def _exchange(vault: Vault, store: Store, other: Vault, receiving: Store, folder: Path) -> None:
    """Send everything to the manager: between them lie a bundle and two cards, which tell the names of the workers."""
    to_other, to_us, bundle = folder / "manager.card", folder / "worker.card", folder / "bundle.tacb"
    code = cards.hand_out_card(other, to_other, now=NOW)
    card = cards.trust_card(vault, store, to_other, code, now=NOW)
    code = cards.hand_out_card(vault, to_us, now=NOW)
    cards.trust_card(other, receiving, to_us, code, now=NOW)
    _whole(exchange.write_bundle(vault, store, card, bundle, now=NOW))
    _whole(exchange.import_bundle(other, receiving, bundle, now=NOW))


def _look_after(vault: Vault, store: Store, folder: Path) -> None:
    _whole(backup(vault, folder / "backups", "backup"))
    stopped = store.upkeep.rebuild()
    next(stopped)
    next(stopped)
    stopped.close()
    gc.collect()


def _renew(folder: Path, passphrase: str) -> None:
    """Change the pass-phrase to the same one, give the vault a new data key, bring back a backup, and salvage it."""
    slot = vaults.people_of(folder / "worker")[0].id
    vault = vaults.unlock(folder / "worker", slot, passphrase)
    try:
        vault.change_passphrase(slot, passphrase, passphrase, CHEAPEST)
        vault.new_recovery_code(CHEAPEST)
        _whole(vault.rekey())
    finally:
        vault.close()
    _whole(restore(folder / "backups" / "backup", folder / "restored"))
    _whole(salvage_vault(folder / "worker", folder / "salvaged", "", passphrase, now=NOW))


def _fail(folder: Path, passphrase: str) -> None:
    slot = vaults.people_of(folder)[0].id
    try:
        vaults.unlock(folder, slot, passphrase + "x")
    except TacError:
        return
    raise RuntimeError("a wrong pass-phrase opened the vault")


def _whole(job: Iterable[object]) -> None:
    for _ in job:
        pass


if __name__ == "__main__":
    main()
