"""Whose histories are held: who followed whom, where a vault was restored or copied, and what its clock was worth."""

import shutil
from datetime import timedelta

import pytest

from tac_desktop.casework.journal import Change
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import TwoHistories
from tac_desktop.storage import Origin, Store, open_vault, slots
from tests.storage.conftest import NOW, PASSPHRASE, WORKER
from tests.storage.test_intake import all_entries, deliver

CASE = case_file_id("EP-1")


@pytest.fixture
def other(make_desk):
    return make_desk()


def child(record, name):
    return Change(record_id=record, form="child", version=1, stream=CASE, values={"name": name}, known_on="2026-01-01")


def again(desk, *, data=None):
    """Close a vault and open it again, as the program does every morning; with another database if there is one."""
    desk.close()
    if data:
        shutil.copyfile(data, desk.vault.folder / "data.db")
    desk.vault = open_vault(desk.vault.folder, slots(desk.vault.folder)[0].id, PASSPHRASE)
    desk.store = Store(desk.vault)


def told(desk, key=b"k" * 32):
    return [
        Origin(incarnation=one.incarnation, own=False, key=one.key or key, nonce=one.nonce, parent=one.parent,
               signature=b"s" * 64)
        for one in desk.store.exchange.origins().values()
    ]  # fmt: skip


def entries_of_the_case(desk):
    return [entry for entry in all_entries(desk) if CASE.encode() in entry.sem]


def test_every_start_that_writes_is_an_incarnation_that_names_the_one_before(desk):
    desk.mother()
    first = desk.vault.incarnation.rid
    again(desk)
    desk.store.save([child("k1", "Fern Sparrow")], author=WORKER.id, now=NOW)
    origins = desk.store.exchange.origins()
    assert origins[first].parent == b""
    assert origins[desk.vault.incarnation.rid].parent == first
    assert desk.store.exchange.splits() == []


def test_a_vault_that_was_copied_shows_to_everybody_and_loses_nothing(desk, other, tmp_path):
    desk.mother()
    desk.close()
    shutil.copyfile(desk.vault.folder / "data.db", tmp_path / "copy.db")
    again(desk)
    desk.store.save([child("k1", "Fern Sparrow")], author=WORKER.id, now=NOW)
    one, whole_one = told(desk), entries_of_the_case(desk)
    again(desk, data=tmp_path / "copy.db")
    desk.store.save([child("k2", "Fern Magpie")], author=WORKER.id, now=NOW)
    two, whole_two = told(desk), entries_of_the_case(desk)
    for origins, entries in ((one, whole_one), (two, whole_two)):
        with other.store.importing(NOW) as intake:
            intake.introduce(origins)
            intake.apply(entries)
    (split,) = other.store.exchange.splits()
    assert (split.key, len(split.incarnations)) == (b"k" * 32, 2)
    assert {record.text("name") for record in other.store.records("child")} == {"Fern Sparrow", "Fern Magpie"}
    with desk.store.importing(NOW) as intake:
        intake.introduce(one)
        intake.apply(whole_one)
    assert [split.key for split in desk.store.exchange.splits()] == [b""]
    assert not [finding for step in desk.store.upkeep.check() for finding in step.findings]


def test_a_restored_vault_sees_that_what_it_had_lost_came_back(desk, tmp_path):
    desk.mother()
    desk.close()
    shutil.copyfile(desk.vault.folder / "data.db", tmp_path / "copy.db")
    again(desk)
    desk.store.save([child("k1", "Fern Sparrow")], author=WORKER.id, now=NOW)
    desk.store.save([child("k1", "Fern Magpie")], author=WORKER.id, now=NOW)
    lost = entries_of_the_case(desk)
    shutil.copyfile(desk.vault.folder / "data.db", tmp_path / "later.db")
    again(desk, data=tmp_path / "copy.db")
    deliver(desk, lost)
    desk.store.save([child("k1", "Fern Jay")], author=WORKER.id, now=NOW)
    assert desk.store.contradictions.found() == []
    assert len(desk.store.history("k1")) == 3
    assert not [finding for step in desk.store.upkeep.check() for finding in step.findings]


def test_an_own_incarnation_that_went_on_after_it_was_followed_shows(desk, tmp_path):
    desk.mother()
    shutil.copyfile(desk.vault.folder / "data.db", tmp_path / "copy.db")
    desk.store.save([child("k1", "Fern Sparrow")], author=WORKER.id, now=NOW)
    lost = entries_of_the_case(desk)
    again(desk, data=tmp_path / "copy.db")
    desk.store.save([child("k2", "Fern Magpie")], author=WORKER.id, now=NOW)
    assert desk.store.exchange.splits() == []
    deliver(desk, lost)
    (split,) = desk.store.exchange.splits()
    assert (split.key, split.incarnations) == (b"", (desk.vault.incarnation.rid,))


def test_nobody_gives_an_incarnation_another_parent(desk, other):
    desk.mother()
    (origin,) = told(desk)
    for lie in ({"parent": b"p" * 16}, {"nonce": b"n" * 16}, {"key": b"l" * 32}):
        with other.store.importing(NOW) as intake:
            intake.introduce([origin])
        lying = Origin(**{**vars(origin), **lie})
        with pytest.raises(TwoHistories), other.store.importing(NOW) as intake:
            intake.introduce([lying])


def test_a_signature_is_kept_once_and_never_changed(desk):
    desk.mother()
    rid = desk.vault.incarnation.rid
    desk.store.exchange.sign_origins({rid: b"a" * 64})
    desk.store.exchange.sign_origins({rid: b"b" * 64})
    assert desk.store.exchange.origins()[rid].signature == b"a" * 64


def test_a_history_that_was_signed_when_it_was_sent_is_held_against_its_signature(desk):
    desk.mother()
    (reach,) = [reach for reach in desk.store.exchange.reaches() if reach.stream == CASE]
    desk.store.exchange.sign_heads([(reach.incarnation, CASE, 1, b"signature")])
    desk.store.save([child("k1", "Fern Sparrow")], author=WORKER.id, now=NOW)
    asked = []

    def holds(*what):
        asked.append(what)
        return what[4] == reach.chain

    assert not [finding for step in desk.store.upkeep.check(holds) for finding in step.findings]
    assert asked == [(b"", reach.incarnation, CASE, 1, reach.chain, b"signature")]
    findings = [finding for step in desk.store.upkeep.check(lambda *_: False) for finding in step.findings]
    assert {finding.part for finding in findings} == {"signatures"}


def test_a_clock_that_was_set_back_is_told_with_each_entry_until_it_is_right(desk):
    desk.mother()
    desk.store.save([child("k1", "Fern Sparrow")], author=WORKER.id, now=NOW - timedelta(days=300))
    desk.store.save([child("k1", "Fern Magpie")], author=WORKER.id, now=NOW - timedelta(days=299))
    desk.store.save([child("k1", "Fern Jay")], author=WORKER.id, now=NOW + timedelta(minutes=1))
    assert [entry.clock_uncertain for entry in desk.store.history(CASE)] == [False]
    assert [entry.clock_uncertain for entry in desk.store.history("k1")] == [True, True, False]
    assert len({entry.incarnation for entry in desk.store.history("k1")}) == 2
    assert desk.store.record("k1").text("name") == "Fern Jay"
    assert desk.store.exchange.splits() == []


def test_a_clock_far_ahead_is_not_followed_after_the_next_start_either(desk, other):
    other.store.save([child("k1", "Fern Sparrow")], author=WORKER.id, now=NOW + timedelta(days=900))
    deliver(desk, entries_of_the_case(other))
    again(desk)
    desk.mother()
    assert desk.store.history(CASE)[0].at < (NOW + timedelta(minutes=1)).isoformat()
    assert not desk.store.history(CASE)[0].clock_uncertain
