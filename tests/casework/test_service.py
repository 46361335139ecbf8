"""Members of a service: who takes whose place, and when a roster is old."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.people import CARD_ROLES
from tac_desktop.casework.service import (
    DEFAULT_MAY,
    RIGHTS,
    Member,
    Place,
    Roster,
    device_id,
    is_old,
    with_member,
    withdrawn,
)

ANNA = Member(
    name="Amber Teapot", role="worker", sites=("EP",), signing_key=b"a" * 32, recipient="age1a", person="p1",
    seal_key=b"s" * 32, may=DEFAULT_MAY["worker"], since="2026-01-01",
)  # fmt: skip
BEA = replace(ANNA, name="Beige Lantern", role="manager", signing_key=b"b" * 32, person="p2", may=RIGHTS)
PLACE = Place(b"i" * 16, "stream", 7, b"c" * 32)


def test_a_device_is_named_by_the_hash_of_its_key_as_ssh_writes_it():
    wire = bytes.fromhex("0000000b") + b"ssh-ed25519" + bytes.fromhex("00000020") + b"a" * 32
    assert device_id(b"a" * 32) == hashlib.sha256(wire).digest() == ANNA.device_id


def test_every_role_has_its_rights_and_an_administrator_signs_no_work():
    assert set(DEFAULT_MAY) == set(CARD_ROLES)
    assert DEFAULT_MAY["admin"] == ()
    assert "redact" not in DEFAULT_MAY["worker"]
    assert "forward" not in DEFAULT_MAY["worker"]


@pytest.mark.parametrize(
    ("issued", "today", "old"),
    [
        ("2026-01-31", "2027-01-31", False),
        ("2026-01-31", "2027-02-01", True),
        ("2024-02-29", "2025-02-28", False),
        ("2024-02-29", "2025-03-01", True),
        ("2026-06-01", "2026-01-01", False),
        ("2026-12-31", "2027-12-31", False),
        ("2026-01-01", "2028-01-01", True),
    ],
)
def test_a_roster_is_old_after_twelve_months(issued, today, old):
    assert is_old(issued, today) == old


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 3000))
def test_a_roster_never_becomes_young_again(issued, days):
    later = issued + timedelta(days=days)
    if is_old(issued.isoformat(), later.isoformat()):
        assert is_old(issued.isoformat(), (later + timedelta(days=1)).isoformat())
        assert days >= 365


def test_a_new_card_takes_the_place_of_the_same_persons_at_the_same_vault_only():
    anew = replace(ANNA, seal_key=b"t" * 32)
    colleague = replace(ANNA, name="Teal Bucket", person="p3")
    moved = replace(ANNA, signing_key=b"n" * 32)
    assert with_member([ANNA, BEA], anew) == (BEA, anew)
    assert with_member([ANNA, BEA], colleague) == (ANNA, BEA, colleague)
    assert with_member([ANNA, BEA], moved) == (ANNA, BEA, moved)


def test_everybody_at_a_withdrawn_vault_is_withdrawn_and_nobody_else():
    colleague = replace(ANNA, name="Teal Bucket", person="p3")
    other = Place(b"h" * 16, "stream", 2, b"d" * 32)
    after = withdrawn([ANNA, BEA, colleague], ANNA.device_id, "lost", [PLACE, other], "2026-05-01")
    assert after[1] == BEA
    for one in (after[0], after[2]):
        assert (one.status, one.since, one.until) == ("lost", "2026-05-01", (other, PLACE))


def test_a_moved_end_does_not_move_the_day_of_the_withdrawal():
    gone = withdrawn([ANNA], ANNA.device_id, "lost", [], "2026-05-01")
    (moved,) = withdrawn(gone, ANNA.device_id, "lost", [PLACE], "2026-06-01")
    assert (moved.since, moved.until) == ("2026-05-01", (PLACE,))
    assert withdrawn(gone, ANNA.device_id, "left", [], "2026-06-01")[0].since == "2026-06-01"


def test_a_roster_knows_who_shares_a_vault():
    colleague = replace(ANNA, name="Teal Bucket", person="p3")
    roster = Roster(service_id=b"s" * 32, version=1, past=(), issued="2026-01-01", members=(ANNA, BEA, colleague))
    assert roster.of(ANNA.device_id) == (ANNA, colleague)
    assert roster.of(b"nobody") == ()
