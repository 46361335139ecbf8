"""Cards and a service's file of version 1 lie in tests/reference/trust and are read for ever."""

import json
from pathlib import Path

import pytest

from tac_desktop.actions.service_file import believed
from tac_desktop.casework.service import DEFAULT_MAY
from tac_desktop.export import sshsig
from tac_desktop.export.card import check_code, read_card
from tac_desktop.export.escrow import joined, try_opening
from tac_desktop.export.roster import check_service_code, read_service_file
from tac_desktop.export.secret_codes import seed_of_code
from tests.reference import make_bundles, make_trust

TESTS = Path(__file__).resolve().parents[1]
TRUST = TESTS / "reference" / "trust"
CODES = {
    "anna": "A1EF-KDGV-RY5W-R59K-QY1C-NT9S",
    "bea": "0GF1-ZNG2-RG7E-SSEW-0TN4-F4HW",
    "clara": "AATZ-7H9Q-7ZQD-9CGS-2P7W-W8KP",
}
PARTIES = make_bundles.parties()


@pytest.mark.parametrize("name", CODES)
def test_a_card_of_version_1_is_read_and_has_the_same_code(name):
    card, party = read_card((TRUST / f"{name}.taccard").read_bytes()), PARTIES[name]
    check_code(card, CODES[name])
    assert (card.name, card.role, card.prison, card.person) == (
        party.card.name, party.card.role, party.card.prison, party.card.person,
    )  # fmt: skip
    assert card.device_id == party.identity.device_id
    assert card.recipient == party.identity.recipient
    assert card.seal_key == sshsig.public_key(party.seal_seed)
    assert card.made == "2026-11-21"


def test_the_code_that_the_format_shows_is_that_of_a_card():
    assert CODES["anna"] in (TESTS.parent / "docs" / "formats" / "card.md").read_text()


def test_a_service_file_of_version_1_is_read_with_all_that_it_says():
    file = read_service_file((TRUST / "service.tacroster").read_bytes())
    check_service_code(file, "TWEP-VAQC-7DE7-4WPN-J70E-HYHW")
    assert (file.name, file.root.version, file.root.made) == ("Zed Service", 2, "2027-01-11")
    assert (file.roster.version, file.roster.issued, len(file.roster.past)) == (3, "2027-01-11", 2)
    assert [(one.name, one.role, one.sites, one.status, one.since) for one in file.roster.members] == [
        ("Beige Lantern", "manager", (), "active", "2026-11-21"),
        ("Amber Teapot", "worker", ("Zedhall",), "active", "2026-11-21"),
        ("Copper Button", "worker", ("Zedmoor",), "lost", "2027-01-11"),
    ]
    assert file.roster.members[2].until == (make_trust.CUT,)
    clara = believed(file)[PARTIES["clara"].identity.device_id]
    assert (clara.status, clara.withdrawn_on) == ("lost", "2027-01-11")
    assert clara.cut_off == {(make_trust.CUT.incarnation, make_trust.CUT.stream): make_trust.CUT}
    assert [clara.allows(right) for right in DEFAULT_MAY["manager"]] == [True, True, True, False, False]


def test_the_sheets_of_version_1_give_their_keys():
    file = read_service_file((TRUST / "service.tacroster").read_bytes())
    sheets = json.loads((TRUST / "sheets.json").read_text())
    keys = {sshsig.public_key(seed_of_code(code)) for code in sheets["root_key_codes"]}
    assert keys == set(file.root.root_keys)
    words = sheets["emergency_words"]
    assert len({joined([words[one], words[other]], file.root.escrow) for one, other in ((0, 1), (1, 2), (2, 0))}) == 1


def test_the_emergency_key_of_a_bundle_of_version_1_opens_it():
    keys = json.loads((TESTS / "reference" / "bundles" / "keys.json").read_text())
    assert try_opening(TESTS / "reference" / "bundles" / "08-roster-and-escrow.tacb", keys["escrow"]["opening_key"])
