"""Makes the cards and the service's file of version 1 in tests/reference/trust, which every later program must read.

    python tests/reference/make_trust.py

It makes only what is not there: what was released is never made again. The keys belong to nobody, the people are
fictitious (bundles/README.md). What the files hold is checked by tests/export/test_reference_trust.py.
"""

import json
from dataclasses import replace
from pathlib import Path

from tac_desktop.casework.service import DEFAULT_MAY, Member, Place, Root, withdrawn
from tac_desktop.export import sshsig
from tac_desktop.export.card import write_card
from tac_desktop.export.escrow import new_emergency_key
from tac_desktop.export.roster_signing import found, with_root, with_roster
from tac_desktop.export.secret_codes import code_of_seed
from tests.reference.make_bundles import Party, parties

FOLDER = Path(__file__).resolve().parent / "trust"
DAYS = ("2026-11-21", "2026-12-01", "2027-01-11")
ROOT_SEEDS = [bytes([number]) * 32 for number in range(1, 7)]
ROSTER_SEEDS = (b"r" * 32, b"R" * 32)
CUT = Place(b"n" * 16, "01930000-0000-7000-8000-000000000001", 12, b"c" * 32)


def member(party: Party) -> Member:
    """Return somebody as the roster names her."""
    card = party.card
    return Member(
        name=card.name, role=card.role, sites=(card.prison,) if card.prison else (), signing_key=card.signing_key,
        recipient=card.recipient, person=card.person, seal_key=card.seal_key, may=DEFAULT_MAY[card.role],
        since=DAYS[0],
    )  # fmt: skip


def service_file(recipient: str) -> bytes:
    """Return a service whose clara was lost, and whose sheets and roster key were renewed then."""
    people = parties()
    root = Root(
        service="Zed Service", version=1, before=None, made=DAYS[0],
        root_keys=tuple(map(sshsig.public_key, ROOT_SEEDS[:3])), roster_keys=(sshsig.public_key(ROSTER_SEEDS[0]),),
        escrow=(recipient,),
    )  # fmt: skip
    members = [member(people[name]) for name in ("bea", "anna", "clara")]
    file = with_roster(found(root, ROOT_SEEDS[:2], members[:1], ROSTER_SEEDS[0]), members, ROSTER_SEEDS[0], DAYS[1])
    lost = withdrawn(members, members[2].device_id, "lost", [CUT], DAYS[2])
    renewed = replace(
        root, made=DAYS[2], root_keys=tuple(map(sshsig.public_key, ROOT_SEEDS[3:])),
        roster_keys=(sshsig.public_key(ROSTER_SEEDS[1]),),
    )  # fmt: skip
    return with_root(file, renewed, [*ROOT_SEEDS[1:3], *ROOT_SEEDS[3:5]], lost, ROSTER_SEEDS[1]).to_bytes()


def make() -> None:
    """Make what is not there."""
    FOLDER.mkdir(exist_ok=True)
    for name, one in parties().items():
        path = FOLDER / f"{name}.taccard"
        if one.card.name and not path.exists():
            card = one.card
            path.write_bytes(write_card(
                one.identity, one.seal_seed, name=card.name, role=card.role, prison=card.prison, person=card.person,
                made=DAYS[0],
            ))  # fmt: skip
    if not (FOLDER / "service.tacroster").exists():
        key = new_emergency_key()
        (FOLDER / "service.tacroster").write_bytes(service_file(key.recipient))
        sheets = {
            "root_key_codes": [code_of_seed(seed) for seed in ROOT_SEEDS[3:]],
            "emergency_words": [" ".join(words) for words in key.sheets],
        }
        (FOLDER / "sheets.json").write_text(json.dumps(sheets, indent=1) + "\n")


if __name__ == "__main__":
    make()
