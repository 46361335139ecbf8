"""Lists over all case files: what is due, which answers are not known or missing; nothing of a closed case file."""

from collections.abc import Iterator

import pytest

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.removing import remove
from tac_desktop.actions.restriction import restrict
from tac_desktop.actions.steps import run_to_end
from tac_desktop.actions.worklists import completeness, due_numbers, due_page, open_questions
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answers, NotKnown
from tac_desktop.casework.completeness import EXPECTED, EXPECTED_FORMS, Recorded
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tests.actions.conftest import NOW, Desk, made_desks

TODAY = NOW.date().isoformat()
ONE, TWO, SEND = (case_file_id(f"T-{number}") for number in (1, 2, 3))


def put(desk: Desk, form: str, answers: Answers, case_file: str, record_id: str = "") -> str:
    how = {"case_file": case_file, "record_id": record_id, "now": NOW}
    return save_answers(desk.store, desk.person, forms.ALL[form], answers=answers, **how)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A manager's vault: two mothers at Eastwood Park, one at Send; the second is to be restricted."""
    for make in made_desks(tmp_path_factory.mktemp("lists")):
        made = make("manager")
        for reference, name, prison in (("T-1", "Umber Spindle", "EP"), ("T-2", "Teal Bellows", "EP"),
                                        ("T-3", "Grey Ladder", "SEND")):  # fmt: skip
            answers = {"reference": reference, "name": name, "prison": prison}
            case_file = put(made, "mother", answers, "")
            put(made, "referral", {"date": "2026-10-01"}, case_file)
            put(made, "episode", {"opened": "2026-10-01", "opened_because": "initial"}, case_file)
        known = {"reference": "T-1", "name": "Umber Spindle", "prison": "EP"}
        put(made, "mother", known | {"known_as_child": NotKnown("She does not say.")}, ONE, ONE)
        yield made


def due(desk: Desk, **wanted: str) -> list[tuple[str, str]]:
    numbers, _ = due_numbers(desk.store, today=TODAY, **wanted)
    return [(row.reference, row.task) for row in due_page(desk.store, numbers)]


def recorded(desk: Desk, form: str, field: str, prison: str) -> Recorded | None:
    found = run_to_end(completeness(desk.store))
    return next((one for one in found if (one.form, one.field, one.prison) == (form, field, prison)), None)


def test_everything_due_is_listed_not_only_what_comes_first(desk: Desk):
    contact = {"at": "2026-11-20T10:00", "kind": "phone", "summary": "She rang.", "follow_up_by": "2026-12-20"}
    made = put(desk, "contact", contact, ONE)
    assert ("T-1", "first_meeting") in due(desk)
    assert ("T-1", "contact") in due(desk)
    assert due(desk, task="contact") == [("T-1", "contact")]
    assert due(desk, until="overdue", task="contact") == []
    assert due(desk, until="month", task="contact") == [("T-1", "contact")]
    assert due(desk, prison="SEND", task="contact") == []
    _, counts = due_numbers(desk.store, today=TODAY, until="overdue", task="contact")
    assert counts["first_meeting"] == 3
    remove(desk.store, desk.person, made, "Written twice.", now=NOW)
    assert due(desk, task="contact") == []


def test_what_is_done_meanwhile_leaves_its_place_empty_so_that_every_row_leads_where_it_did(desk: Desk):
    contact = {"at": "2026-11-20T10:00", "kind": "phone", "summary": "She rang.", "follow_up_by": "2026-12-10"}
    made = put(desk, "contact", contact, SEND)
    put(desk, "contact", contact | {"follow_up_by": "2026-12-11"}, TWO)
    numbers, _ = due_numbers(desk.store, today=TODAY, task="contact")
    before = due_page(desk.store, numbers)
    assert [row.reference for row in before[:2]] == ["T-3", "T-2"]
    put(desk, "contact", contact | {"followed_up": True}, SEND, made)
    assert due_page(desk.store, numbers) == [None, *before[1:]]


def test_completeness_counts_answered_not_known_and_missing_by_prison(desk: Desk):
    known = recorded(desk, "mother", "known_as_child", "EP")
    assert known is not None
    assert (known.records, known.answered, known.not_known, known.missing) == (2, 0, 1, 1)
    name = recorded(desk, "mother", "reference", "SEND")
    assert name is not None
    assert (name.records, name.answered, name.missing) == (1, 1, 0)
    [unknown, silent] = sorted(open_questions(desk.store, "mother", "known_as_child", "EP"), key=lambda o: o.reference)
    assert (unknown.reference, unknown.not_known, silent.reference, silent.not_known) == ("T-1", True, "T-2", False)


def test_a_move_or_a_day_outside_says_nothing_of_a_sentence_and_nothing_is_missing_there(desk: Desk):
    put(desk, "custody", {"event": "sentenced", "from_date": "2026-01-06"}, SEND)
    for event, day in (("transferred_out", "2026-02-01"), ("rotl", "2026-03-01"), ("released", "2026-04-01")):
        put(desk, "custody", {"event": event, "from_date": day}, SEND)
    length = recorded(desk, "custody", "sentence_length", "SEND")
    assert length is not None
    assert (length.records, length.missing) == (1, 1)
    assert len(open_questions(desk.store, "custody", "sentence_length", "SEND")) == 1


def test_questions_that_are_asked_only_beside_others_are_not_expected():
    assert "known_as_child" in EXPECTED["mother"]
    assert all(
        forms.ALL[form].by_name[field].when is None for form, fields in EXPECTED.items() for field in fields
    )  # fmt: skip
    assert "date_of_birth" not in EXPECTED["child"]  # of an unborn child nobody can tell it
    assert "closed" not in EXPECTED["episode"]


def test_nothing_of_a_closed_case_file_is_listed_or_counted(desk: Desk):
    restrict(desk.store, desk.person, TWO, people=["fern"], reason="A colleague’s sister.", now=NOW)
    manager = desk.vault.person
    desk.vault.person = Person(id="ochre", name="Ochre Saddle", role="worker", prison="EP")
    try:
        numbers, counts = due_numbers(desk.store, today=TODAY)
        assert "T-2" not in [row.reference for row in due_page(desk.store, numbers)]
        assert counts["first_meeting"] == 2
        known = recorded(desk, "mother", "known_as_child", "EP")
        assert known is not None
        assert known.records == 1
        assert [one.reference for one in open_questions(desk.store, "mother", "known_as_child", "EP")] == ["T-1"]
    finally:
        desk.vault.person = manager
    assert "T-2" in [reference for reference, _ in due(desk)]


def test_the_list_of_what_is_due_is_checked_and_made_anew_with_the_caseload(desk: Desk):
    before = due(desk)
    with desk.vault.connection() as connection:
        connection.execute("DELETE FROM due_list")
    findings = [finding for step in desk.store.upkeep.check() for finding in step.findings]
    assert {finding.part for finding in findings} == {"caseload"}
    run_to_end(desk.store.upkeep.rebuild())
    assert due(desk) == before
    assert [finding for step in desk.store.upkeep.check() for finding in step.findings] == []


def test_a_form_that_is_missing_altogether_is_told_from_when_it_is_expected(desk: Desk):
    def there(form: str) -> tuple[int, int] | None:
        found = recorded(desk, form, "", "Fernhill")
        return (found.records, found.missing) if found else None

    def without(form: str) -> list[str]:
        found = open_questions(desk.store, form, "", "Fernhill")
        assert {one.record_id for one in found} <= {""}
        return [one.reference for one in found]

    names = {"T-21": "Amber Compass", "T-22": "Ochre Compass", "T-23": "Umber Compass"}
    only_referred, decided, closed = (
        put(desk, "mother", {"reference": reference, "name": name, "prison": "Fernhill"}, "")
        for reference, name in names.items()
    )
    referral = {"date": "2026-10-01", "social_worker_allocated": True}
    put(desk, "referral", referral | {"pathway": "none", "decided_on": "2026-10-03"}, only_referred)
    decision = put(desk, "referral", referral | {"pathway": "tac", "decided_on": "2026-10-03"}, decided)
    work = put(desk, "episode", {"opened": "2026-10-01", "closed": "2026-11-01"}, closed)
    assert there("referral") == (3, 1)
    assert (there("triage"), without("triage")) == ((2, 2), ["T-22", "T-23"])
    assert (there("baseline"), there("child"), there("placement")) == ((2, 2), (2, 2), (2, 2))
    assert (there("closure"), without("closure")) == ((1, 1), ["T-23"])
    put(desk, "triage", {"date": "2026-10-04"}, decided)
    made = put(desk, "closure", {"date": "2026-11-02"}, closed)
    assert (without("triage"), without("closure")) == (["T-23"], [])
    remove(desk.store, desk.person, made, "Too early.", now=NOW)
    assert without("closure") == ["T-23"]
    put(desk, "episode", {"opened": "2026-11-03"}, closed)  # opened again
    assert there("closure") is None
    put(desk, "referral", referral | {"pathway": "few", "decided_on": "2026-10-03"}, decided, decision)
    assert without("baseline") == ["T-23"]
    remove(desk.store, desk.person, work, "Another woman's.", now=NOW)
    assert there("referral") == (3, 1)


def test_forms_are_expected_of_the_case_tracker_and_none_that_nobody_fills_in():
    assert all(forms.ALL[form].by_hand and forms.ALL[form].keeping == "case" for form in EXPECTED_FORMS)
    assert set(EXPECTED_FORMS) <= set(EXPECTED)
