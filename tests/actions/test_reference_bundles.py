"""The bundles of version 1 are taken in by real vaults, in whatever order, and change nothing the second time."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tac_desktop.actions import cards, exchange, service
from tac_desktop.casework.people import Person
from tac_desktop.errors import BundleRefused, MissingEntries
from tac_desktop.export.roster import read_service_file
from tac_desktop.storage import founding
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tests.reference import make_bundles

REFERENCE = Path(__file__).resolve().parents[1] / "reference"
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
PARTIES = make_bundles.parties()
CODES = {
    "anna": "A1EF-KDGV-RY5W-R59K-QY1C-NT9S",
    "bea": "0GF1-ZNG2-RG7E-SSEW-0TN4-F4HW",
    "clara": "AATZ-7H9Q-7ZQD-9CGS-2P7W-W8KP",
}


@pytest.fixture
def at_home(tmp_path):
    """Open a vault whose keys are those of somebody in the reference bundles, and who knows the two others."""
    made = []

    def open_one(name, *, knows=("anna", "bea", "clara")):
        party = PARTIES[name]
        person = Person(id=party.card.person, name=party.card.name, role=party.card.role, prison=party.card.prison)
        vault, _ = founding.create_vault(
            tmp_path / name, person, "amber lantern under the bridge", device_id=party.identity.device_id,
            identity=party.identity.to_bytes(), profile=CHEAPEST,
        )  # fmt: skip
        store = Store(vault)
        made.append((vault, store))
        for other in knows:
            if other != name:
                cards.trust_card(vault, store, REFERENCE / "trust" / f"{other}.taccard", CODES[other], now=NOW)
        return vault, store

    yield open_one
    for vault, store in made:
        store.close()
        vault.close()


def take_in(desk, name):
    """Take in a reference bundle to its end."""
    steps = exchange.import_bundle(*desk, REFERENCE / "bundles" / f"{name}.tacb", now=NOW)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


@pytest.mark.parametrize(
    ("reader", "name", "brings"),
    [
        ("bea", "01-plain", {"new": 4, "attachments": 1, "kind": "sync", "number": 1}),
        ("bea", "02-pieces", {"new": 1, "attachments": 0, "volume": (2, 2)}),
        ("clara", "04-forwarded", {"new": 2, "number": 4}),
        ("clara", "05-transfer", {"kind": "transfer", "handovers": 1}),
        ("anna", "07-erased", {"number": 7}),
        ("anna", "09-receipt-after-a-restore", {"kind": "receipt", "new": 0}),
        ("bea", "10-newer", {"new": 1, "number": 10}),
    ],
)
def test_a_bundle_of_version_1_is_taken_in_once(at_home, reader, name, brings):
    desk = at_home(reader)
    found = take_in(desk, name)
    assert {key: getattr(found, key) for key in brings} == brings
    assert found.imported_before == ""
    again = take_in(desk, name)
    assert again.imported_before
    assert again.known == {"01-plain": 5, "02-pieces": 1, "04-forwarded": 4, "05-transfer": 3}.get(name, again.known)


def test_the_volume_that_goes_on_fits_to_what_came_before(at_home):
    desk = at_home("bea")
    with pytest.raises(MissingEntries):
        take_in(desk, "03-volume-2-of-3")
    take_in(desk, "01-plain")
    assert take_in(desk, "03-volume-2-of-3").known == 1


def test_a_seal_is_taken_in_with_its_comment(at_home):
    assert take_in(at_home("anna"), "06-seal-and-comment").comments == 1


def test_what_was_erased_is_here_without_its_words(at_home):
    _, store = desk = at_home("anna")
    take_in(desk, "07-erased")
    rid, _ = next((r.incarnation, r.sseq) for r in store.exchange.reaches() if r.stream == make_bundles.ASH)
    gone, _ = store.exchange.entries(rid, {make_bundles.ASH: (0, 2)})
    assert (gone.salt, gone.payload) == (b"", b"")


def test_in_the_service_the_lost_vault_counts_up_to_its_cut_off(at_home, tmp_path):
    vault, store = desk = at_home("anna", knows=())
    with pytest.raises(BundleRefused):
        take_in(desk, "08-roster-and-escrow")
    trust = make_bundles.Makers(PARTIES).roster().trust
    (tmp_path / "service.tacroster").write_bytes(trust)
    service.join_service(vault, store, tmp_path / "service.tacroster", read_service_file(trust).code, now=NOW)
    found = take_in(desk, "08-roster-and-escrow")
    assert (found.left_out, found.new) == (1, 5)
    reaches = {(r.incarnation, r.stream): r.sseq for r in store.exchange.reaches()}
    lost = make_bundles.Makers(PARTIES).lost.incarnation.id
    assert {stream: sseq for (rid, stream), sseq in reaches.items() if rid == lost} == {
        make_bundles.ASH: 2, make_bundles.BIRCH: 2,
    }  # fmt: skip


def test_what_a_later_version_wrote_is_kept_word_for_word(at_home):
    _, store = desk = at_home("bea")
    found = take_in(desk, "10-newer")
    parcel = make_bundles.Makers(PARTIES).newer()
    written = {entry.cid for entry in parcel.rows(parcel.incarnations[0].id)}
    here = {
        entry.cid
        for reach in store.exchange.reaches()
        for entry in store.exchange.entries(reach.incarnation, {reach.stream: (0, reach.sseq)})
    }
    assert found.id == make_bundles.bundle_id(10)
    assert written <= here
