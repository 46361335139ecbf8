"""A value that takes the place of one entry alone stands beside the others: everywhere, and after a rebuild."""

import pytest

from tac_desktop.casework.journal import Change
from tac_desktop.casework.live import text_id
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import ConflictChanged
from tests.storage.conftest import NOW, WORKER

CASE = case_file_id("EP-1")


def told(desk):
    (record,) = desk.store.records("mother", CASE)
    found = {answer.value for conflict in desk.store.contradictions.found() for answer in conflict.answers}
    return record.conflicts, found


def instead(cid, *names):
    """Changes that put each of these names in the place of what one entry said."""
    return [
        Change(
            record_id=CASE, form="mother", version=1, stream=CASE, values={"known_as": name}, known_on="2026-11-20",
            instead_of=cid,
        )
        for name in names
    ]  # fmt: skip


@pytest.fixture
def decided(desk):
    desk.mother()
    (entry,) = desk.write("mother", "", "EP-1", known_as="Pip")
    return text_id(entry.cid)


def test_two_values_in_the_place_of_one_contradict_each_other(desk, decided):
    first, second = desk.store.save(instead(decided, "Puss", "Pom"), author=WORKER.id, now=NOW)
    assert told(desk) == (("known_as",), {"Puss", "Pom"})
    for entry in (first, second):
        (past,) = (one for one in desk.store.history(CASE) if one.cid == text_id(entry.cid))
        assert past.sem.supersedes == {decided: ("known_as",)}


def test_they_stand_so_after_a_rebuild_and_nothing_is_found_wrong(desk, decided):
    desk.store.save(instead(decided, "Puss", "Pom"), author=WORKER.id, now=NOW)
    before = desk.derived()
    list(desk.store.upkeep.rebuild())
    assert desk.derived() == before
    assert [step.findings for step in desk.store.upkeep.check() if step.findings] == []


def test_an_ordinary_save_settles_them_again(desk, decided):
    desk.store.save(instead(decided, "Puss", "Pom"), author=WORKER.id, now=NOW)
    desk.write("mother", "", "EP-1", known_as="Pom")
    assert told(desk) == ((), set())


def test_nothing_is_put_in_the_place_of_what_was_replaced_since(desk, decided):
    desk.write("mother", "", "EP-1", known_as="Puss")
    with pytest.raises(ConflictChanged):
        desk.store.save(
            instead(decided, "Pom"), author=WORKER.id, now=NOW, shown={(CASE, "known_as"): frozenset({decided})}
        )
    assert desk.store.record(CASE).text("known_as") == "Puss"
