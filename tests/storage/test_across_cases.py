"""What is asked of all case files is found by an index: nobody waits for a log of 200,000 entries."""

from collections.abc import Callable
from dataclasses import replace

from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.caseload_table import CaseloadFilter
from tests.storage.conftest import NOW, Desk
from tests.storage.test_joined_cases import say, two_files

FIRST = case_file_id("EP-1")


def plans_of(desk: Desk, asked: Callable[[], object]) -> list[str]:
    """Return how the database looks for what is asked, for each question that it is asked."""
    connection, said = desk.store._ledger.connection, list[str]()
    connection.set_trace_callback(said.append)
    asked()
    connection.set_trace_callback(None)
    questions = [words for words in said if words.startswith("SELECT")]
    plans = (connection.execute(f"EXPLAIN QUERY PLAN {question}") for question in questions)
    return [" ".join(str(row[-1]) for row in plan) for plan in plans]


def plan_of(desk: Desk, asked: Callable[[], object]) -> str:
    [plan] = plans_of(desk, asked)
    return plan


def test_the_first_contact_with_a_child_that_took_place_is_found_by_an_index(desk: Desk):
    desk.mother()
    told = {
        "k1": {"at": "2026-03-01T10:00", "child_contact": "phone", "happened": False},
        "k2": {"at": "2026-03-03T10:00", "with_whom": ("child",), "reached": False},
        "k3": {"at": "2026-03-05T10:00", "with_whom": ("school", "child")},
        "k4": {"at": "2026-03-04T10:00", "child_contact": "none"},
        "k5": {"at": "2026-03-09T10:00", "child_contact": "phone"},
    }
    for name, answers in told.items():
        desk.write("contact", name, "EP-1", summary="She called.", **answers)
    across = desk.store.across
    assert across.first_contacts_with_children() == {FIRST: "2026-03-05"}
    assert "contact_with_child" in plan_of(desk, across.first_contacts_with_children)


def test_the_hearings_of_some_days_are_found_by_an_index(desk: Desk):
    desk.mother()
    days = ("2026-03-11T10:00", "2026-03-12T09:00", "2026-03-26T16:00", "2026-03-27T09:00")
    for number, at in enumerate(days):
        desk.write("hearing", f"h{number}", "EP-1", at=at)
    across = desk.store.across
    assert [one.id for one in across.hearings_between("2026-03-12", "2026-03-26")] == ["h1", "h2"]
    assert "hearing_day" in plan_of(desk, lambda: across.hearings_between("2026-03-12", "2026-03-26"))


def test_which_records_name_another_is_found_by_an_index(desk: Desk):
    for case in ("EP-1", "EP-2"):
        desk.mother(case)
        desk.write(
            "childrens_social_worker", f"w{case}", case, name="Teal Compass", professional="p1", children=("c1",)
        )
    desk.write("childrens_social_worker", "other", "EP-2", name="Mauve Kettle", professional="p2", children=("c2",))
    across = desk.store.across
    for question, named in (("professional", "p1"), ("children", "c1")):
        found = across.naming("childrens_social_worker", question, named)
        assert [one.id for one in found] == ["wEP-1", "wEP-2"], question
    plan = plan_of(desk, lambda: across.naming("childrens_social_worker", "professional", "p1"))
    assert "form_childrens_social_worker_professional" in plan


def test_which_forms_a_case_file_has_is_found_by_indexes_with_what_was_removed_and_what_is_read_with_it(desk: Desk):
    two_files(desk)
    desk.write("hearing", "h1", "EP-2", at="2026-03-11T10:00")
    gone = desk.change("hearing", "h1", "EP-2")
    desk.store.save([replace(gone, values={"_del": {"reason": "Twice."}}, op="del")], author="p", now=NOW)
    asked = ("hearing", "order", "contact", "baseline")
    assert desk.store.worklists.forms_in(FIRST, asked) == ["baseline"]
    say(desk, "EP-2", "EP-1")
    assert desk.store.worklists.forms_in(FIRST, asked) == ["hearing", "contact", "baseline"]
    plans = plans_of(desk, lambda: desk.store.worklists.forms_in(FIRST, asked))
    many = [plan for plan in plans if "same_woman" not in plan]  # which is said a few times in a vault
    assert [plan for plan in many if "SCAN form_" in plan or "SCAN entity" in plan] == []


def test_what_was_logged_together_is_found_by_an_index(desk: Desk):
    for case in ("EP-1", "EP-2", "EP-3"):
        desk.mother(case)
        event = {"event": "e1"} if case != "EP-3" else {}
        desk.write("contact_tie", f"t{case}", case, contact=f"k{case}", **event)
    awaited = desk.store.awaited
    assert [one.id for one in awaited.logged_with("kEP-1")] == ["tEP-1", "tEP-2"]
    plan = plan_of(desk, lambda: awaited.logged_with("kEP-1"))
    assert "contact_event" in plan
    assert "SCAN form_" not in plan


def test_who_works_with_a_mother_does_from_her_first_day_and_no_more_on_her_last(desk: Desk):
    desk.mother()
    told = {"w1": ("Ochre Saddle", "2026-01", "2026-03-12"), "w2": ("Fern Cog", "2026-03-12", "2026-03-20"),
            "w3": ("Teal Bolt", "2026-03-20", None)}  # fmt: skip
    for name, (who, first, last) in told.items():
        desk.write("case_worker", name, "EP-1", name=who, from_date=first, **({"to_date": last} if last else {}))
    across = desk.store.across
    for day, who in (("2026-03-11", "Ochre Saddle"), ("2026-03-12", "Fern Cog"), ("2026-03-20", "Teal Bolt")):
        assert across.workers(day, [FIRST]) == {FIRST: who}
        assert across.all_workers(day) == {who: frozenset({FIRST})}
        assert len(desk.store.caseload_ids(CaseloadFilter(worker=who, worked_on=day))) == 1
        assert len(desk.store.caseload_ids(CaseloadFilter(worker="", worked_on=day))) == 0
    assert len(desk.store.caseload_ids(CaseloadFilter(worker="Teal Bolt", worked_on="2026-03-19"))) == 0
