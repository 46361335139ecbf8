"""The waiting list, the weekly meeting, who works with whom, and the work in numbers: over one real vault."""

from collections.abc import Iterator
from typing import Any

import pytest

from tac_desktop.actions import caseload
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.case_workers import work_with
from tac_desktop.actions.restriction import restrict
from tac_desktop.actions.steps import run_to_end
from tac_desktop.actions.waiting_list import NO_REFERRAL, decide, decided_so_far, waiting_list
from tac_desktop.actions.workload import workload
from tac_desktop.casework import forms
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import AnswersRefused
from tests.actions.conftest import NOW, Desk, MakeDesk, made_desks

TODAY = NOW.date().isoformat()
OCHRE = Person(id="ochre", name="Ochre Saddle", role="worker", prison="EP")


def put(desk: Desk, form: str, of: str, /, **answers: Any) -> str:
    return save_answers(
        desk.store, desk.person, forms.ALL[form], answers=answers, now=NOW,
        case_file="" if form == "mother" else case_file_id(of),
    )  # fmt: skip


@pytest.fixture(scope="module")
def make_desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeDesk]:
    yield from made_desks(tmp_path_factory.mktemp("waiting"))


@pytest.fixture(scope="module")
def office(make_desks: MakeDesk) -> Desk:
    """A manager's vault with three who wait, one who is worked with, and one who was sent elsewhere."""
    desk = make_desks("manager")
    for number, prison in enumerate(("EP", "SEND", "EP", "EP", "EP"), start=1):
        put(desk, "mother", "", reference=f"Z-{number}", name=f"Puce Anchor {number}", prison=prison)
    put(desk, "referral", "Z-1", date="2026-11-01", source="self")
    put(desk, "referral", "Z-2", date="2026-11-18", social_worker_allocated=True)
    put(desk, "hearing", "Z-2", at="2026-11-30T10:00")
    put(desk, "referral", "Z-4", date="2026-06-01", pathway="tac", social_worker_allocated=False,
        exception=True, exception_reason="She asks for her rights")  # fmt: skip
    put(desk, "custody", "Z-4", event="sentenced", from_date="2026-05-01", received_on="2026-05-03")
    put(desk, "episode", "Z-4", opened="2026-06-08")
    put(desk, "baseline", "Z-4", first_meeting="2026-06-11")
    put(desk, "contact", "Z-4", at="2026-06-21T10:00", kind="video_call", summary="Seen", with_whom=("child",))
    put(
        desk,
        "contact",
        "Z-4",
        at="2026-06-15T10:00",
        kind="video_call",
        summary="Seen",
        with_whom=("child",),
        reached=False,
    )
    put(desk, "proceedings", "Z-4", started="2026-07-01")
    put(desk, "referral", "Z-5", date="2026-06-01", pathway="few")
    return desk


def names(desk: Desk, prison: str = "") -> list[str]:
    return [one.reference for one in waiting_list(desk.store, TODAY, prison=prison)]


def test_who_cannot_wait_stands_first_then_who_has_waited_longest(office: Desk):
    assert names(office) == ["Z-2", "Z-1", "Z-3"]
    assert names(office, "EP") == ["Z-1", "Z-3"]
    first = waiting_list(office.store, TODAY)[0]
    assert [reason.words for reason in first.wait.reasons] == ["Hearing in 9 days, 30 November 2026"]


def test_the_meeting_decides_in_one_step_and_a_minute_and_the_worker_are_kept(office: Desk):
    put(office, "mother", "", reference="Z-6", name="Puce Anchor 6", prison="EP")
    referral = put(office, "referral", "Z-6", date="2026-11-10", source="omu_pom", reason="Four children")
    [waiting] = [one for one in waiting_list(office.store, TODAY) if one.reference == "Z-6"]
    begun = decided_so_far(waiting)
    answers = {**begun, "social_worker_allocated": True, "pathway": "tac", "decided_by": "All of us",
               "referrer_told_on": TODAY, "said": "She is the next one.", "worker": "Slate Kettle"}  # fmt: skip
    decide(office.store, office.person, case_file_id("Z-6"), answers=answers, now=NOW, based_on=begun)
    kept = office.store.record(referral)
    assert kept is not None
    assert (kept.text("pathway"), kept.text("decided_on"), kept.text("reason")) == ("tac", TODAY, "Four children")
    [minute] = office.store.records("meeting_minute", case_file_id("Z-6"))
    assert (minute.text("date"), minute.text("said")) == (TODAY, "She is the next one.")
    [now_waiting] = [one for one in waiting_list(office.store, TODAY) if one.reference == "Z-6"]
    assert (now_waiting.worker, now_waiting.wait.decision) == ("Slate Kettle", "taken_on")


def test_a_decision_that_cannot_stand_leaves_no_minute_behind(office: Desk):
    answers = {"pathway": "tac", "decided_on": "2027-01-01", "said": "Yes."}
    with pytest.raises(AnswersRefused) as refused:
        decide(office.store, office.person, case_file_id("Z-1"), answers=answers, now=NOW)
    assert list(refused.value.problems) == ["decided_on"]
    assert office.store.records("meeting_minute", case_file_id("Z-1")) == []


def test_without_a_referral_nothing_is_decided_and_a_minute_can_be_written(office: Desk):
    with pytest.raises(AnswersRefused) as refused:
        decide(office.store, office.person, case_file_id("Z-3"), answers={"pathway": "tac"}, now=NOW)
    assert refused.value.problems == {"pathway": NO_REFERRAL}
    decide(office.store, office.person, case_file_id("Z-3"), answers={"said": "Ask the wing."}, now=NOW)
    assert len(office.store.records("meeting_minute", case_file_id("Z-3"))) == 1


def test_who_takes_a_case_over_works_with_her_alone(office: Desk):
    case = case_file_id("Z-4")
    put(office, "case_worker", "Z-4", name="Ochre Saddle", from_date="2026-06-08")
    assert office.store.across.workers(TODAY, [case]) == {case: "Ochre Saddle"}
    work_with(office.store, office.person, case, now=NOW)
    work_with(office.store, office.person, case, now=NOW)
    kept = {
        one.text("name"): (one.text("from_date"), one.text("to_date"))
        for one in office.store.records("case_worker", case)
    }
    assert kept == {"Ochre Saddle": ("2026-06-08", TODAY), "Slate Kettle": (TODAY, "")}


def test_the_caseload_is_asked_for_by_worker_in_any_spelling_and_for_those_with_nobody(office: Desk):
    put(office, "case_worker", "Z-5", name="éva Lantern", from_date="2026-06-08")
    put(office, "case_worker", "Z-1", name="Éva Lantern ", from_date="2026-06-08", to_date="2026-06-09")

    def references(worker: str) -> list[str]:
        rows = caseload.numbers(office.store, office.person, TODAY, "all", order="reference", worker=worker)
        return [f"{row.reference} {row.worker}" for row in caseload.page(office.store, rows, TODAY)]

    assert caseload.workers(office.store, TODAY) == ["Slate Kettle", "éva Lantern"]
    assert references("éva Lantern") == ["Z-5 éva Lantern"]
    assert references("slate kettle") == ["Z-4 Slate Kettle", "Z-6 Slate Kettle"]
    assert references("") == ["Z-1 ", "Z-2 ", "Z-3 "]


def test_the_work_is_counted_by_worker_with_what_makes_it_complex(office: Desk):
    found = run_to_end(workload(office.store, TODAY))
    mine = next(load for load in found.loads if load.worker == "Slate Kettle")
    assert (mine.open, mine.signs["proceedings"], mine.signs["apart"]) == (1, 1, 0)
    assert found.loads[-1].worker == ""
    assert [(one.prison, one.year, one.mothers) for one in found.taken_on if one.mothers] == [("EP", "2026-04-01", 1)]
    assert [(one.first, one.then, one.middle) for one in found.delays if one.mothers == 1] == [
        ("sentenced", "referred", 31), ("received", "referred", 31), ("referred", "met", 10), ("met", "child", 10),
        ("received", "child", 51),
    ]  # fmt: skip
    assert [(one.name, one.referral.text("exception_reason")) for one in found.exceptions] == [
        ("Puce Anchor 4", "She asks for her rights")
    ]


def test_a_restricted_case_file_counts_and_is_named_nowhere(office: Desk):
    boss = office.person
    for reference in ("Z-2", "Z-4"):
        restrict(
            office.store, boss, case_file_id(reference), people=[boss.id], reason="Her sister works here.", now=NOW
        )
    office.vault.person = OCHRE
    try:
        assert "Z-2" not in names(office)
        found = run_to_end(workload(office.store, TODAY))
        assert found.exceptions == []
        assert sum(load.open for load in found.loads) >= 1
    finally:
        office.vault.person = boss
