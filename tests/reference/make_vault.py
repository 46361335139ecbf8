"""Makes the vault of version 1 in tests/reference/vault, which every later program must open.

    python -m tests.reference.make_vault

It makes it only if it is not there: what was released is never made again. The secrets beside it belong to nobody, the
people are fictitious. tests/storage/test_reference_vault.py opens it.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change, to_journal
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage import founding
from tac_desktop.storage.key_slots import Profile
from tac_desktop.storage.store import Store
from tests.reference.make_bundles import parties

FOLDER = Path(__file__).resolve().parent / "vault"
REFERENCE = "Z0001ZZ/1"
PASSPHRASE = "Teal Lantern \u00e9 under four bridges"
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
    secrets = {
        "passphrase": PASSPHRASE, "recovery_code": code, "seal_seed": bytes(vault.seal_seed()).hex(),
        "reference": REFERENCE, "name": "Puce Anchor",
    }  # fmt: skip
    store.close()
    vault.close()
    for left in ("keys.json.bak", "vault.lock", "data.db-journal", "drafts.db-journal"):
        (FOLDER / left).unlink(missing_ok=True)
    if not any((FOLDER / "backups").iterdir()):
        (FOLDER / "backups").rmdir()  # an empty folder does not travel
    (FOLDER / "secrets.json").write_text(json.dumps(secrets, indent=1) + "\n")


if __name__ == "__main__":
    make()
