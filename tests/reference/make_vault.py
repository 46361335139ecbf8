"""Makes the vaults in tests/reference, which every later program must open: so far one of version 2, beside that of 1.

    python -m tests.reference.make_vault

What was released is never made again: the vault of version 1 (vault) was made by the program of its time, and the one
of version 2 (vault-2) is made only if it is not there. The secrets beside them belong to nobody, the people are
fictitious. tests/storage/test_reference_vault.py opens them.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from tac_desktop.casework import forms
from tac_desktop.casework.age_keys import identity_of, recipient_of
from tac_desktop.casework.journal import Change, to_journal
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage import founding
from tac_desktop.storage.key_seals import public_of
from tac_desktop.storage.key_slots import Profile
from tac_desktop.storage.store import Store
from tests.reference.make_bundles import parties

FOLDER = Path(__file__).resolve().parent / "vault-2"
REFERENCE = "Z0001ZZ/1"
COLLEAGUE = Person(id="3d150ecb-3016-868a-81b7-100501020dac", name="Ochre Ladle", role="manager")
PASSPHRASE = "Teal Lantern \u00e9 under four bridges"
COLLEAGUES = "seven slate kettles in the rain"
PRIVATE = bytes(range(1, 33))
"""The organisation's X25519 key: two sheets would give it."""
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
COSTS = Profile(memory_kib=8192, iterations=3)
"""Cheaper than a vault at work, so that opening it in a test takes no time."""


def make() -> None:
    """Make what is not there."""
    if FOLDER.exists():
        return
    party = parties()["anna"]
    person = Person(id=party.card.person, name=party.card.name, role=party.card.role, prison=party.card.prison)
    vault, code = founding.create_vault(
        FOLDER, person, PASSPHRASE, device_id=party.identity.device_id, identity=party.identity.to_bytes(),
        profile=COSTS,
    )  # fmt: skip
    store = Store(vault)
    answers = to_journal(forms.ALL["mother"], {"reference": REFERENCE, "name": "Puce Anchor"})
    stream = case_file_id(REFERENCE)
    change = Change(
        record_id=stream, form="mother", version=1, stream=stream, values=answers, known_on=NOW.date().isoformat()
    )
    store.save([change], author=person.id, now=NOW)
    seed = bytes(vault.seal_seed()).hex()
    store.close()
    gone = vault.add_person(replace(COLLEAGUE, id=COLLEAGUE.id[:-1] + "d"), COLLEAGUES, COSTS)
    vault.add_person(COLLEAGUE, COLLEAGUES, COSTS)
    vault.set_organisation(recipient_of(public_of(PRIVATE)))
    for _ in vault.rekey(without=(gone,), day="2026-11-21"):  # the others know the first data key alone
        pass
    vault.close()
    secrets = {
        "passphrase": PASSPHRASE, "recovery_code": code, "seal_seed": seed, "reference": REFERENCE,
        "name": "Puce Anchor", "colleague": COLLEAGUE.name, "colleague_passphrase": COLLEAGUES,
        "organisation": identity_of(PRIVATE),
    }  # fmt: skip
    for left in ("keys.json.bak", "vault.lock", "data.db-journal", "drafts.db-journal", "attempts.json"):
        (FOLDER / left).unlink(missing_ok=True)
    if not any((FOLDER / "backups").iterdir()):
        (FOLDER / "backups").rmdir()  # an empty folder does not travel
    (FOLDER / "secrets.json").write_text(json.dumps(secrets, indent=1) + "\n")


if __name__ == "__main__":
    make()
