"""The process that is killed while it re-keys: it saves, types, lets somebody in and lets her go, and tells each thing.

Usage: python -m trials.letting_go VAULT FIRST_STEP SEED [STEPS]    (without end where no number is given)
"""

import itertools
import random
import sys
from pathlib import Path

from tac_desktop.actions import vaults
from tac_desktop.actions.drafts import drafts_of, keep_draft, new_record
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault
from trials.at_work import DRAFTED, draft_text
from trials.desks import MOTHERS, PASSPHRASE, Desk, write_contact

LEAVER = "saffron needle in seven haystacks"


def main() -> None:
    folder, first, rng = Path(sys.argv[1]), int(sys.argv[2]), random.Random(int(sys.argv[3]))
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    _say("at work")
    steps = range(first, first + int(sys.argv[4])) if len(sys.argv) > 4 else itertools.count(first)
    for step in steps:
        _write(vault, step, rng)
        leaver = Person(id=f"leaver-{step}", name=f"Saffron Needle {step}", role="manager")
        slot = vault.add_person(leaver, LEAVER, CHEAPEST)
        _say("keys", vault.data_key.hex(), vault.drafts_key().hex(), slot, leaver.id)
        for _ in vault.rekey(without=(slot,), day="2026-11-21"):
            pass
        _say("rekeyed", vault.data_key.hex(), vault.drafts_key().hex(), slot, leaver.id)


def _write(vault: Vault, step: int, rng: random.Random) -> None:
    store, drafts, case = Store(vault), drafts_of(vault), case_file_id(DRAFTED)
    desk = Desk(vault, store, drafts)
    try:
        _say("saved", write_contact(desk, rng.randrange(MOTHERS), f"Call {step}. " * 30))
        typed = {"summary": draft_text(step)}
        keep_draft(
            drafts, vault.person, case_file=case, form="contact", record_id=new_record(case), typed=typed,
            at="2026-11-21T09:30",
        )  # fmt: skip
        _say("drafted", str(step))
    finally:
        drafts.close()
        store.close()


def _say(*words: str) -> None:
    print(*words, flush=True)


if __name__ == "__main__":
    main()
