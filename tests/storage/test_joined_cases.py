"""Two case files of one woman are read as one while somebody says so, and as before when it is taken back."""

import os
from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tac_desktop.casework.journal import Entry
from tac_desktop.casework.record import case_file_id
from tac_desktop.casework.same_woman import record_id
from tac_desktop.storage.form_tables import search_eid
from tac_desktop.storage.salvage import MADE_ANEW
from tests.storage.conftest import NOW, Desk

FIRST, SECOND, THIRD = (case_file_id(reference) for reference in ("EP-1", "EP-2", "EP-3"))


def say(desk: Desk, second: str, first: str, **answers: str) -> list[Entry]:
    said = {"reason": "Same number, same face.", "since": "2026-11-20"} | answers
    pair = record_id(case_file_id(second), case_file_id(first))
    return desk.write("same_woman", pair, second, first=case_file_id(first), reference=first, **said)


def take_back(desk: Desk, second: str, first: str) -> None:
    say(desk, second, first, until="2026-11-20", why_not="They are sisters.")


def two_files(desk: Desk) -> None:
    desk.mother("EP-1", "Ochre Kettle", aliases="Ochre Pan")
    desk.mother("EP-2", "Ochre Pan")
    desk.write("baseline", "b1", "EP-1", first_meeting="2026-01-05")
    desk.write("baseline", "b2", "EP-2", first_meeting="2026-02-05")
    desk.write("child", "c1", "EP-1", name="Mauve")
    desk.write("child", "c2", "EP-2", name="Teal")
    desk.write("contact", "k2", "EP-2", at="2026-03-01T10:00", summary="A letter about the lantern", children=("c2",))
    desk.write("episode", "e1", "EP-1", opened="2025-01-01", closed="2025-06-01")
    desk.write("episode", "e2", "EP-2", opened="2026-01-01")


def rows(desk: Desk) -> list[tuple[str, str, int, str]]:
    found = desk.store.caseload_page(desk.store.caseload_ids(order="reference"))
    return [(row.reference, row.status, row.children, row.last_contact) for row in found]


def check(desk: Desk) -> list[object]:
    return [finding for step in desk.store.upkeep.check() for finding in step.findings]


def test_both_are_one_row_of_the_caseload_with_what_both_say(desk: Desk):
    two_files(desk)
    say(desk, "EP-2", "EP-1")
    assert rows(desk) == [("EP-1", "reopened", 2, "2026-03-01")]
    assert [one.id for one in desk.store.records("child", FIRST)] == ["c1", "c2"]
    assert desk.store.records("child", SECOND) == desk.store.records("child", FIRST)
    assert {one.case_file for one in desk.store.records("contact")} == {FIRST}


def test_of_what_a_case_file_has_once_the_first_ones_counts_and_the_other_stands_beside(desk: Desk):
    two_files(desk)
    say(desk, "EP-2", "EP-1")
    assert [one.text("name") for one in desk.store.records("mother")] == ["Ochre Kettle"]
    assert [one.id for one in desk.store.records("baseline", FIRST)] == ["b1"]
    assert {(one.form, one.id) for one in desk.store.joined_cases.beside(SECOND)} == {
        ("mother", SECOND), ("baseline", "b2"),
    }  # fmt: skip


def test_what_is_asked_of_many_case_files_at_once_is_what_counts_too(desk: Desk):
    two_files(desk)
    say(desk, "EP-2", "EP-1")
    across = desk.store.across
    assert [one.text("name") for one in across.records("mother", [FIRST])] == ["Ochre Kettle"]
    assert [one.id for one in across.records("baseline", [FIRST])] == ["b1"]
    assert [one.id for one in across.records("child", [FIRST])] == ["c1", "c2"]


def test_what_is_answered_and_what_is_missing_is_counted_once_for_a_woman(desk: Desk):
    two_files(desk)
    say(desk, "EP-2", "EP-1")
    lists = desk.store.worklists
    [counted] = lists.recorded("baseline", ("first_meeting",), ())
    assert (counted.records, counted.answered) == (1, 1)
    [counted] = lists.recorded("child", ("name",), ())
    assert counted.records == 2
    assert lists.contacts_between(SECOND, "2026-01-01", "2026-03-31") == (1, 0)
    found = [one.record_id for one in lists.without_answer("mother", "date_of_birth", "eastwood_park", ())]
    assert found == [FIRST]


def test_where_the_first_has_none_that_of_the_other_counts(desk: Desk):
    desk.mother("EP-1")
    desk.mother("EP-2")
    desk.write("baseline", "b2", "EP-2", first_meeting="2026-02-05")
    say(desk, "EP-2", "EP-1")
    assert [one.id for one in desk.store.records("baseline", FIRST)] == ["b2"]


def test_a_search_for_either_name_finds_the_one_case_file(desk: Desk):
    two_files(desk)
    say(desk, "EP-2", "EP-1")
    for typed in ("Pan", "lantern", "EP-2"):
        assert {hit.record.case_file for hit in desk.store.search(typed)} == {FIRST}, typed
    assert {hit.mother for hit in desk.store.search("lantern")} == {"Ochre Kettle"}


def test_taking_it_back_leaves_everything_as_it_was(desk: Desk):
    two_files(desk)
    before = without_heads(desk)
    say(desk, "EP-2", "EP-1")
    assert without_heads(desk) != before
    take_back(desk, "EP-2", "EP-1")
    assert without_heads(desk) == before
    assert check(desk) == []


def without_heads(desk: Desk) -> dict[str, object]:
    """All that is shown, but for what was said of the case files itself."""
    said = {eid for (eid,) in desk.store._ledger.connection.execute("SELECT _eid FROM form_same_woman")}
    shown = {name: told for name, told in desk.derived().items() if name not in ("head", "form_same_woman")}
    for index in ("name_index", "note_index"):
        shown[index] = [word for word in shown[index] if search_eid(int(str(word[1]))) not in said]
    return shown


def test_as_known_before_it_was_said_they_are_two(desk: Desk):
    two_files(desk)
    say(desk, "EP-2", "EP-1", since="2026-11-20")
    assert len(desk.store.records("mother", known_on="2026-11-20")) == 1
    assert [one.id for one in desk.store.records("child", FIRST, "2026-11-20")] == ["c1", "c2"]
    assert len(desk.store.records("mother", known_on="2026-11-19")) == 0  # all was typed on the 20th


@pytest.mark.parametrize("day", ["2026-05-01", "2026-11-19"])
def test_a_day_before_it_was_said_shows_each_case_file_alone(desk: Desk, day: str):
    for case in ("EP-1", "EP-2"):
        desk.write("mother", "", case, "2026-01-01", reference=case, name="Ochre", prison="eastwood_park")
        desk.write("child", f"c{case}", case, "2026-01-01", name="Mauve")
    say(desk, "EP-2", "EP-1")
    assert [one.id for one in desk.store.records("child", FIRST, day)] == ["cEP-1"]
    assert [one.id for one in desk.store.records("child", SECOND, day)] == ["cEP-2"]
    assert len(desk.store.records("mother", known_on=day)) == 2
    take_back(desk, "EP-2", "EP-1")
    assert [one.id for one in desk.store.records("child", FIRST, "2026-11-20")] == ["cEP-1"]


def test_a_restriction_of_either_holds_for_both_by_either_id(desk: Desk):
    two_files(desk)
    desk.write("case_restriction", "r2", "EP-2", reason="A relative", people="p1 p2", since="2026-11-01")
    say(desk, "EP-2", "EP-1")
    assert desk.store.restrictions().keys() == {FIRST, SECOND}
    desk.write("case_restriction", "r1", "EP-1", reason="Known here", people="p2 p3", since="2026-11-02")
    assert {one.people for one in desk.store.restrictions().values()} == {frozenset({"p2"})}
    take_back(desk, "EP-2", "EP-1")
    assert desk.store.restrictions()[SECOND].people == {"p1", "p2"}


def test_a_case_file_whose_first_is_not_here_stands_alone_until_it_comes(desk: Desk):
    desk.mother("EP-2")
    say(desk, "EP-2", "EP-1")
    assert [row[0] for row in rows(desk)] == ["EP-2"]
    desk.mother("EP-1")
    assert [row[0] for row in rows(desk)] == ["EP-1"]


def test_whatever_is_rebuilt_is_as_it_was(desk: Desk):
    two_files(desk)
    say(desk, "EP-2", "EP-1")
    before = desk.derived()
    for _ in desk.store.upkeep.rebuild():
        pass
    assert desk.derived() == before
    assert check(desk) == []


def test_what_is_said_both_ways_or_in_a_chain_has_one_answer_in_whatever_order(desk: Desk):
    for case in ("EP-1", "EP-2", "EP-3"):
        desk.mother(case)
    edges = [("EP-2", "EP-1"), ("EP-1", "EP-2"), ("EP-3", "EP-2")]
    for second, first in edges:
        say(desk, second, first)
    assert len(rows(desk)) == 1
    assert set(desk.store.joined_cases.known()) | {rows_first(desk)} == {FIRST, SECOND, THIRD}
    take_back(desk, "EP-1", "EP-2")
    assert [row[0] for row in rows(desk)] == ["EP-1"]


def rows_first(desk: Desk) -> str:
    return desk.store.caseload_page(desk.store.caseload_ids())[0].case_file


CASES = ("EP-1", "EP-2", "EP-3")
SAID = st.lists(
    st.tuples(st.sampled_from(list(permutations(CASES, 2))), st.booleans()), min_size=1, max_size=6
)  # fmt: skip


@given(SAID)
@settings(
    max_examples=int(os.environ.get("TAC_EXAMPLES", "8")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_after_anything_said_and_taken_back_all_is_as_before(desk: Desk, said: Iterable[tuple[tuple[str, str], bool]]):
    connection = desk.store._ledger.connection
    if not desk.store.records("mother"):
        for case in CASES:
            desk.mother(case)
            desk.write("child", f"c-{case}", case, name="Mauve")
            desk.write("baseline", f"b-{case}", case, first_meeting="2026-01-05")
    before, pairs = without_heads(desk), {pair for pair, _ in said}
    for (second, first), back in said:
        (take_back if back else say)(desk, second, first)
    joined, wanted = desk.store.joined_cases.known(), without_heads(desk)
    assert all(under not in joined for under in joined.values())
    for _ in desk.store.upkeep.rebuild():
        pass
    assert without_heads(desk) == wanted
    for second, first in pairs:
        take_back(desk, second, first)
    assert without_heads(desk) == before
    assert connection.execute("SELECT count(*) FROM joined_case").fetchone() == (0,)


def test_a_check_finds_that_something_is_read_under_what_nobody_said(desk: Desk):
    two_files(desk)
    desk.store._ledger.connection.execute("INSERT INTO joined_case VALUES (?, ?)", (SECOND, FIRST))
    assert check(desk) != []
    for _ in desk.store.upkeep.rebuild():
        pass
    assert check(desk) == []


def one_child(desk: Desk, one: str, other: str, *, same: bool = True) -> None:
    """Say of the child of EP-2 that it is the child of EP-1, or take it back."""
    change = desk.change("child", other, "EP-2")
    values = {f"_same/{one}": same}
    desk.store.save([replace(change, values=values, op="merge" if same else "unmerge")], author="w", now=NOW)


def children(desk: Desk, case: str, day: str | None = None) -> list[tuple[str, str]]:
    return [(one.id, one.text("name")) for one in desk.store.records("child", case, day)]


def test_a_child_that_stands_in_both_is_one_as_long_as_they_are_read_as_one(desk: Desk):
    two_files(desk)
    before = without_heads(desk)
    say(desk, "EP-2", "EP-1")
    one_child(desk, "c1", "c2")
    assert [one_id for one_id, _ in children(desk, FIRST)] == ["c1"]
    assert desk.store.records("child", FIRST)[0].conflicts == ("name",)
    assert rows(desk) == [("EP-1", "reopened", 1, "2026-03-01")]
    assert [one.answers["children"] for one in desk.store.records("contact", FIRST)] == [("c1",)]
    assert children(desk, FIRST, "2026-11-20") == children(desk, FIRST)
    assert check(desk) == []
    rebuilt = desk.derived()
    for _ in desk.store.upkeep.rebuild():
        pass
    assert desk.derived() == rebuilt

    desk.write("child", "c1", "EP-1", name="Mauve")  # decides: both are given it
    assert desk.store.records("child", FIRST)[0].conflicts == ()
    take_back(desk, "EP-2", "EP-1")
    assert children(desk, FIRST) == [("c1", "Mauve")]
    assert children(desk, SECOND) == [("c2", "Mauve")]
    assert [one.answers["children"] for one in desk.store.records("contact", SECOND)] == [("c2",)]
    assert check(desk) == []
    say(desk, "EP-2", "EP-1", until="", why_not="")
    assert [one_id for one_id, _ in children(desk, FIRST)] == ["c1"]
    one_child(desk, "c1", "c2", same=False)
    assert [one_id for one_id, _ in children(desk, FIRST)] == ["c1", "c2"]
    take_back(desk, "EP-2", "EP-1")
    desk.write("child", "c2", "EP-2", name="Teal")
    assert without_heads(desk)["caseload"] == before["caseload"]


def test_what_two_case_files_say_of_one_child_is_nothing_while_they_are_apart(desk: Desk):
    two_files(desk)
    one_child(desk, "c1", "c2")
    assert [one_id for one_id, _ in children(desk, FIRST)] == ["c1"]
    assert [one_id for one_id, _ in children(desk, SECOND)] == ["c2"]
    say(desk, "EP-2", "EP-1")
    assert [one_id for one_id, _ in children(desk, FIRST)] == ["c1"]
    take_back(desk, "EP-2", "EP-1")
    assert [one_id for one_id, _ in children(desk, SECOND)] == ["c2"]
    assert check(desk) == []


def test_no_table_that_is_made_of_the_journal_is_copied_out_of_a_damaged_vault(desk: Desk):
    two_files(desk)
    say(desk, "EP-2", "EP-1")
    written, connection = set[str](), desk.store._ledger.connection

    def note(action: int, table: str, *_: object) -> int:
        if action in (9, 18, 23):  # SQLITE_DELETE, SQLITE_INSERT, SQLITE_UPDATE
            written.add(table)
        return 0

    connection.set_authorizer(note)
    list(desk.store.upkeep.rebuild())
    connection.set_authorizer(None)
    kept = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert {"joined_case", "due_list", "caseload", "head"} <= written
    of_forms = {name for name in kept if name.startswith(("form_", "name_index", "note_index", "sqlite_"))}
    assert (written & kept) - of_forms <= MADE_ANEW | {"meta"}
