"""Records that turned out to be one: shown as one, decided as one, and two again when that is taken back."""

import itertools

import pytest

from tac_desktop.casework.journal import Change, decode_sem
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import ConflictChanged
from tests.storage.conftest import NOW, WORKER
from tests.storage.test_intake import all_entries, deliver

CASE = case_file_id("EP-1")
KITE, KETTLE, KNOT = "k1-kite", "k2-kettle", "k3-knot"


@pytest.fixture
def other(make_desk):
    return make_desk()


def say_same(desk, record, other, same=True, known_on="2026-11-20"):
    change = Change(
        record_id=record, form="child", version=1, stream=CASE, values={f"_same/{other}": same}, known_on=known_on,
        op="merge" if same else "unmerge",
    )  # fmt: skip
    return desk.store.save([change], author=WORKER.id, now=NOW)


def findings(desk):
    return [finding for step in desk.store.upkeep.check() for finding in step.findings]


def two_children(desk):
    desk.mother()
    desk.write("child", KITE, "EP-1", name="Fern Sparrow", date_of_birth="2019-03-27")
    desk.write("child", KETTLE, "EP-1", name="Fern Sparow", sex="girl")


def test_two_records_that_are_one_are_one_row_with_what_both_say(desk):
    two_children(desk)
    say_same(desk, KETTLE, KITE)
    (child,) = desk.store.records("child")
    assert child.id == KITE
    assert (child.text("date_of_birth"), child.text("sex")) == ("2019-03-27", "girl")
    assert child.conflicts == ("name",)
    assert desk.store.record(KETTLE) == desk.store.record(KITE) == child
    assert [hit.record.id for hit in desk.store.search("fern")] == [KITE]
    assert {entry.sem.record_id for entry in desk.store.history(KITE)} == {KITE, KETTLE}
    assert findings(desk) == []


def test_what_they_say_differently_is_decided_in_both(desk, other):
    two_children(desk)
    say_same(desk, KITE, KETTLE)
    (conflict,) = desk.store.contradictions.found()
    assert (conflict.record_id, conflict.field) == (KITE, "name")
    shown = {(KITE, "name"): frozenset(answer.cid for answer in conflict.answers)}
    change = desk.change("child", KITE, "EP-1", name="Fern Sparrow")
    entries = desk.store.save([change], author=WORKER.id, now=NOW, shown=shown)
    assert {cid for entry in entries for cid in decode_sem(entry.sem).supersedes} == shown[KITE, "name"]
    assert desk.store.contradictions.found() == []
    say_same(desk, KITE, KETTLE, same=False)
    assert [child.text("name") for child in desk.store.records("child")] == ["Fern Sparrow", "Fern Sparrow"]
    deliver(other, all_entries(desk))
    assert other.store.records("child") == desk.store.records("child")


def test_taking_it_back_leaves_both_as_they_were(desk):
    two_children(desk)
    before = desk.store.records("child")
    say_same(desk, KETTLE, KITE)
    say_same(desk, KETTLE, KITE, same=False)
    assert desk.store.records("child") == before
    assert desk.store.contradictions.found() == []
    assert len(desk.store.search("fern")) == 2
    assert findings(desk) == []


def test_links_to_either_lead_to_the_one_that_is_shown_and_back_again(desk):
    two_children(desk)
    desk.write("placement", "a1", "EP-1", child=KETTLE, from_date="2026-01-01")
    say_same(desk, KITE, KETTLE)
    assert desk.store.record("a1").text("child") == KITE
    say_same(desk, KITE, KETTLE, same=False)
    assert desk.store.record("a1").text("child") == KETTLE
    assert findings(desk) == []


def test_three_in_a_row_are_one_in_whatever_order_it_is_heard(desk, make_desk):
    two_children(desk)
    desk.write("child", KNOT, "EP-1", name="Fern Sparrow", needs="likes kites")
    say_same(desk, KETTLE, KNOT)
    say_same(desk, KETTLE, KITE)
    expected = desk.store.records("child")
    assert [child.id for child in expected] == [KITE]
    by_stream = all_entries(desk)
    histories = [list(group) for _, group in itertools.groupby(by_stream, lambda entry: entry.incarnation)]
    for order in (histories, histories[::-1]):
        third = make_desk()
        for history in order:
            deliver(third, history)
        assert third.store.records("child") == expected
        before = third.derived()
        assert list(third.store.upkeep.rebuild())
        assert third.derived() == before
        assert findings(third) == []


def test_they_were_two_on_the_days_before_it_was_known_and_one_after(desk):
    desk.mother(known_on="2026-01-01")
    desk.write("child", KITE, "EP-1", known_on="2026-01-01", name="Fern Sparrow")
    desk.write("child", KETTLE, "EP-1", known_on="2026-01-01", name="Fern Sparrow")
    desk.write("placement", "a1", "EP-1", known_on="2026-01-01", child=KETTLE, from_date="2026-01-01")
    say_same(desk, KITE, KETTLE, known_on="2026-03-01")
    say_same(desk, KITE, KETTLE, same=False, known_on="2026-05-01")
    ids = {day: [child.id for child in desk.store.records("child", CASE, day)] for day in
           ("2026-02-01", "2026-03-01", "2026-05-01")}  # fmt: skip
    assert ids == {"2026-02-01": [KITE, KETTLE], "2026-03-01": [KITE], "2026-05-01": [KITE, KETTLE]}
    led = [desk.store.records("placement", CASE, day)[0].text("child") for day in ids]
    assert led == [KETTLE, KITE, KETTLE]


def test_a_record_that_is_said_to_be_one_with_itself_or_with_nobody_stays_what_it_is(desk):
    two_children(desk)
    before = desk.store.records("child")
    say_same(desk, KITE, KITE)
    say_same(desk, KITE, "never-arrived")
    assert desk.store.records("child") == before
    assert findings(desk) == []


def test_a_decision_about_answers_that_changed_meanwhile_writes_nothing(desk, other):
    desk.write("child", KITE, "EP-1", name="Fern Sparrow")
    deliver(other, all_entries(desk))
    desk.write("child", KITE, "EP-1", name="Fern Magpie")
    other.write("child", KITE, "EP-1", name="Fern Starling")
    deliver(desk, all_entries(other))
    (conflict,) = desk.store.contradictions.found()
    shown = {(KITE, "name"): frozenset(answer.cid for answer in conflict.answers)}
    other.write("child", KITE, "EP-1", name="Fern Jay")
    deliver(desk, all_entries(other))
    before = all_entries(desk)
    with pytest.raises(ConflictChanged):
        desk.store.save([desk.change("child", KITE, "EP-1", name="Fern")], author="p", now=NOW, shown=shown)
    assert all_entries(desk) == before


def test_a_conflict_that_was_put_off_comes_back_when_it_changes(desk, other):
    desk.write("child", KITE, "EP-1", name="Fern Sparrow")
    other.write("child", KITE, "EP-1", name="Fern Magpie")
    deliver(desk, all_entries(other))
    desk.store.contradictions.postpone(KITE, "name", "2026-12-01")
    assert [conflict.postponed_until for conflict in desk.store.contradictions.found()] == ["2026-12-01"]
    other.write("child", KITE, "EP-1", name="Fern Jay")
    deliver(desk, all_entries(other))
    assert [conflict.postponed_until for conflict in desk.store.contradictions.found()] == [""]


def delete(desk, record, seen):
    change = Change(
        record_id=record, form="child", version=1, stream=CASE, values={"_del": {"reason": "twice", "seen": seen}},
        known_on="2026-11-20", op="del",
    )  # fmt: skip
    return desk.store.save([change], author=WORKER.id, now=NOW)


def seen_of(desk, record):
    return [entry.cid for entry in desk.store.history(record)]


def test_a_record_that_somebody_edits_and_somebody_deletes_is_shown_and_asked_about(desk, other):
    desk.write("child", KITE, "EP-1", name="Fern Sparrow")
    deliver(other, all_entries(desk))
    delete(desk, KITE, seen_of(desk, KITE))
    other.write("child", KITE, "EP-1", name="Fern Magpie")
    assert desk.store.record(KITE) is None
    deliver(desk, all_entries(other))
    deliver(other, all_entries(desk))
    for one in (desk, other):
        assert one.store.record(KITE).text("name") == "Fern Magpie"
        assert one.store.record(KITE).conflicts == ("_del",)
        assert [conflict.field for conflict in one.store.contradictions.found()] == ["_del"]
        assert findings(one) == []
    delete(desk, KITE, seen_of(desk, KITE))
    stays = Change(record_id=KITE, form="child", version=1, stream=CASE, values={"_del": None}, known_on="2026-11-20")
    other.store.save([stays], author=WORKER.id, now=NOW)
    assert desk.store.record(KITE) is None
    assert other.store.contradictions.found() == []
    deliver(desk, all_entries(other))
    assert desk.store.record(KITE).conflicts == ("_del",)


def test_two_who_delete_a_record_each_after_another_edit_have_deleted_it(desk, other):
    desk.write("child", KITE, "EP-1", name="Fern Sparrow")
    deliver(other, all_entries(desk))
    desk.write("child", KITE, "EP-1", sex="girl")
    delete(desk, KITE, seen_of(desk, KITE))
    delete(other, KITE, seen_of(other, KITE))
    deliver(desk, all_entries(other))
    deliver(other, all_entries(desk))
    assert desk.store.record(KITE) is other.store.record(KITE) is None
    assert desk.store.contradictions.found() == []


def test_deleting_what_is_shown_as_one_deletes_all_of_it(desk):
    two_children(desk)
    say_same(desk, KITE, KETTLE)
    delete(desk, KETTLE, seen_of(desk, KITE))
    assert desk.store.records("child") == []
    assert findings(desk) == []
