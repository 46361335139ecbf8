"""What another vault is believed to hold, and when that belief is given up."""

import pytest

from tac_desktop.casework.record import case_file_id
from tac_desktop.storage import BundleNote
from tests.storage.conftest import NOW

CASE = case_file_id("EP-1")
PEER = b"p" * 32


@pytest.fixture
def reach(desk):
    desk.mother()
    desk.write("child", "k1", "EP-1", name="Fern Sparrow")
    return next(reach for reach in desk.store.exchange.reaches() if reach.stream == CASE)


def note(identifier, number, **more):
    return BundleNote(id=identifier, peer=PEER, number=number, at=f"2026-11-20T0{number}", sha256="", **more)


def hear(desk, identifier, number, ends=(), arrived=(), held=None, **more):
    with desk.store.importing(NOW) as intake:
        intake.note_received(note(identifier, number, **more), ends, arrived, held)


def believed(desk, reach):
    return desk.store.exchange.peer_has(PEER).get((reach.incarnation, CASE), 0)


def supposed(desk, reach):
    return desk.store.exchange.sent_up_to(PEER).get((reach.incarnation, CASE), 0)


def test_what_was_sent_is_believed_to_have_arrived_when_it_is_acknowledged(desk, reach):
    desk.store.exchange.note_sent(note("a", 1), [(reach.incarnation, CASE, 1)])
    assert (believed(desk, reach), supposed(desk, reach)) == (0, 1)
    desk.store.exchange.note_sent(note("b", 2), [(reach.incarnation, CASE, 2)])
    hear(desk, "x", 1, arrived=["a", "unheard of"])
    assert (believed(desk, reach), supposed(desk, reach)) == (1, 2)
    assert [one.acknowledged for one in desk.store.exchange.sent_to(PEER)] == [False, True]


def test_who_says_what_she_holds_is_believed_nothing_else_and_older_receipts_no_longer(desk, reach):
    desk.store.exchange.note_sent(note("a", 1), [(reach.incarnation, CASE, 2)])
    hear(desk, "x", 1, arrived=["a"])
    assert believed(desk, reach) == 2
    hear(desk, "y", 2, held=[(reach.incarnation, CASE, 1)])
    assert (believed(desk, reach), supposed(desk, reach)) == (1, 1)
    hear(desk, "z", 3, arrived=["a"])
    assert believed(desk, reach) == 1


def test_who_no_longer_tells_of_a_bundle_has_lost_it(desk, reach):
    desk.store.exchange.note_sent(note("a", 1), [(reach.incarnation, CASE, 2)])
    hear(desk, "x", 1, arrived=["a"])
    hear(desk, "y", 2)
    assert believed(desk, reach) == 0


def test_a_bundle_that_comes_after_a_later_one_may_tell_of_a_lost_past_and_is_believed_nothing(desk, reach):
    hear(desk, "y", 2, ends=[(reach.incarnation, CASE, 1)])
    assert believed(desk, reach) == 1
    hear(desk, "x", 1, ends=[(reach.incarnation, CASE, 2)], held=[(reach.incarnation, CASE, 2)])
    assert believed(desk, reach) == 0


def test_volumes_of_one_set_come_in_any_order(desk, reach):
    hear(desk, "y", 2, ends=[(reach.incarnation, CASE, 1)], set_id="s", volume=2, volumes=2)
    hear(desk, "x", 1, ends=[(reach.incarnation, CASE, 2)], set_id="s", volume=1, volumes=2)
    assert believed(desk, reach) == 2


def test_the_bundles_that_are_missing_are_those_since_the_last_that_came(desk, reach):
    assert desk.store.exchange.missing_before(PEER, 3) == (1, 2)
    hear(desk, "a", 1)
    hear(desk, "d", 4)
    assert desk.store.exchange.missing_before(PEER, 7) == (5, 6)
    assert desk.store.exchange.missing_before(PEER, 5) == (2, 3)
    assert desk.store.exchange.missing_before(PEER, 2) == ()


def test_a_sender_who_counts_beyond_measure_makes_nobody_count_after_her(desk, reach):
    hear(desk, "a", 1)
    for number in (1 << 53, 1 << 52):
        missing = desk.store.exchange.missing_before(PEER, number)
        assert (len(missing), missing[-1]) == (1000, number - 1)


def test_a_bundle_is_found_again_with_all_that_was_noted(desk, reach):
    hear(desk, "a", 1, kind="transfer", entries=7, size=900, left_out=2)
    found = desk.store.exchange.imported("a")
    assert (found.kind, found.entries, found.size, found.left_out, found.peer) == ("transfer", 7, 900, 2, PEER)
    assert desk.store.exchange.imported("b") is None
    assert desk.store.exchange.notes("in") == [found]
