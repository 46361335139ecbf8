"""What is removed, undone or joined in one vault while somebody writes the same in another: nothing is lost."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import pytest

from tac_desktop.actions import conflicts, removing, same_woman, undoing
from tac_desktop.actions.reading import history_of
from tac_desktop.casework.live import DELETED
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import ConflictChanged
from tests.actions.between_vaults import acquainted, save, send
from tests.actions.conftest import NOW, Desk, MakeDesk, made_desks

FIRST, SECOND = case_file_id("Z-001"), case_file_id("Z-002")
Pair: TypeAlias = tuple[Desk, Desk, Callable[[], None]]


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    """Two vaults in which the same two women are, and what sends all from each to the other."""
    makes = made_desks(tmp_path)
    make: MakeDesk = next(makes)
    mine, theirs = make("manager"), make("manager")
    cards = acquainted(tmp_path, mine, theirs)
    for reference in ("Z-001", "Z-002"):
        save(mine, "mother", {"reference": reference, "name": f"Puce {reference}", "prison": "EP"})

    def exchange() -> None:
        number = len(list(tmp_path.glob("*.tacb")))
        send(mine, cards[1], theirs, tmp_path / f"{number}.tacb", now=later(number))
        send(theirs, cards[0], mine, tmp_path / f"{number}-back.tacb", now=later(number))

    yield mine, theirs, exchange
    next(makes, None)


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def write(desk: Desk, note: str, minutes: int, record: str = "", case: str = FIRST) -> str:
    answers = {"challenge": "acct", "note": note}
    return save(desk, "challenge", answers, case_file=case, record_id=record, now=later(minutes))


def test_what_one_removes_while_another_writes_stays_until_a_person_has_decided(pair: Pair):
    mine, theirs, exchange = pair
    record = write(mine, "Her words.", 0)
    exchange()
    removing.remove(mine.store, mine.person, record, "Written by mistake.", now=later(5))
    write(theirs, "Her words, and more.", 6, record)
    exchange()
    for desk in (mine, theirs):
        stands = desk.store.record(record)
        assert (stands.text("note"), stands.conflicts) == ("Her words, and more.", (DELETED,))
        assert [waiting.field for waiting in conflicts.listed(desk.store, desk.person)] == [DELETED]
        assert removing.removed(desk.store, desk.person, FIRST) == []


def test_what_one_undoes_after_it_was_sent_and_another_wrote_over_it_stands_beside_the_other(pair: Pair):
    mine, theirs, exchange = pair
    record = write(mine, "First.", 0)
    write(mine, "Second.", 1, record)
    exchange()
    write(theirs, "Theirs.", 5, record)
    undoing.undo_last_save(mine.store, mine.person, now=later(6))
    assert mine.store.record(record).text("note") == "First."
    exchange()
    for desk in (mine, theirs):
        assert desk.store.record(record).conflicts == ("note",)
        told = {change.after for change in history_of(desk.store, desk.person, record) if change.field == "note"}
        assert told == {"First.", "Second.", "Theirs."}
        assert [waiting.field for waiting in conflicts.listed(desk.store, desk.person)] == ["note"]


def test_what_a_bundle_brings_into_the_same_answer_before_an_undo_is_neither_lost_nor_contradicted(pair: Pair):
    mine, theirs, exchange = pair
    record = write(mine, "First.", 0)
    exchange()
    write(theirs, "Theirs.", 1, record)  # by the clock before
    write(mine, "Second.", 2, record)
    exchange()
    assert mine.store.record(record).conflicts == ("note",)
    with pytest.raises(ConflictChanged, match="Nothing was changed"):
        undoing.undo_last_save(mine.store, mine.person, now=later(6))
    stands = mine.store.record(record)
    assert stands.conflicts == ("note",)
    told = {change.after for change in history_of(mine.store, mine.person, record) if change.field == "note"}
    assert told == {"First.", "Second.", "Theirs."}


def test_an_undo_takes_back_only_ones_own_where_a_bundle_brought_another_answer_of_the_record(pair: Pair):
    mine, theirs, exchange = pair
    record = write(mine, "First.", 0)
    exchange()
    theirs_too = {"challenge": "acct", "note": "First.", "recorded": "2026-11-20"}
    save(theirs, "challenge", theirs_too, case_file=FIRST, record_id=record, now=later(1))
    write(mine, "Second.", 2, record)
    exchange()
    undoing.undo_last_save(mine.store, mine.person, now=later(6))
    exchange()
    for desk in (mine, theirs):
        stands = desk.store.record(record)
        assert (stands.text("note"), stands.text("recorded"), stands.conflicts) == ("First.", "2026-11-20", ())


def test_a_new_record_that_is_undone_after_it_was_sent_stays_if_somebody_wrote_into_it(pair: Pair):
    mine, theirs, exchange = pair
    exchange()
    record = write(mine, "Mine.", 1)
    exchange_once = mine.store.last_written
    exchange()
    assert mine.store.last_written == exchange_once
    write(theirs, "Theirs.", 5, record)
    undoing.undo_last_save(mine.store, mine.person, now=later(6))
    assert mine.store.record(record) is None
    exchange()
    assert [desk.store.record(record).text("note") for desk in (mine, theirs)] == ["Theirs.", "Theirs."]


def test_what_was_removed_before_two_case_files_were_joined_comes_back_after_it(pair: Pair):
    mine, theirs, exchange = pair
    record = write(mine, "Hers.", 0, case=SECOND)
    removing.remove(mine.store, mine.person, record, "Written by mistake.", now=later(1))
    same_woman.join_cases(mine.store, mine.person, FIRST, SECOND, first=FIRST, reason="Her number.", now=later(2))
    exchange()
    [gone] = removing.removed(theirs.store, theirs.person, FIRST)
    removing.bring_back(theirs.store, theirs.person, record, form="challenge", case_file=FIRST, now=later(3))
    [said] = same_woman.joined_in(mine.store, FIRST)
    same_woman.part_cases(mine.store, mine.person, said.record_id, reason="Another woman.", now=later(4))
    exchange()
    assert gone.reason == "Written by mistake."
    for desk in (mine, theirs):
        assert [one.text("note") for one in desk.store.records("challenge", SECOND)] == ["Hers."]
        assert desk.store.records("challenge", FIRST) == []
