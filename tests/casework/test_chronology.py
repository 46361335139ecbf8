"""The chronology: one row for each thing that happened, none for what did not."""

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.case_view import CaseView, child_in_full, child_initials, initials
from tac_desktop.casework.chronology import chronology
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.record import Record

MOTHER = ("mother", "m", {"name": "Puce Anchor"})
AMBER = ("child", "a", {"name": "Amber Anchor", "date_of_birth": "2021-03-14"})


def told(*records: tuple[str, str, dict[str, Answer]], known_on: str = "2026-11-21") -> list[tuple[str, str, str]]:
    return [(event.day, event.what, event.record_id) for event in chronology(view(*records, known_on=known_on))]


def view(*records: tuple[str, str, dict[str, Answer]], known_on: str = "2026-11-21") -> CaseView:
    made = by_form(
        Record(id=record_id, form=form, version=1, case_file="m", stream="m", answers=answers)
        for form, record_id, answers in (MOTHER, *records)
    )
    return CaseView(mother=made["mother"][0], records=made, known_on=known_on)


def test_events_stand_in_the_order_of_their_days_and_name_their_record():
    order = ("order", "o", {"order_type": "care_order", "children": ("a",), "made_on": "2026-06-11"})
    assert told(order, AMBER) == [
        ("2021-03-14", "A.A. is born", "a"),
        ("2026-06-11", "Care order (A.A.) made", "o"),
    ]


def test_an_order_that_ended_is_two_events_of_one_record():
    order = ("order", "o", {"order_type": "care_order", "made_on": "2026-01-02", "ended_on": "2026-03-04"})
    assert [(day, what) for day, what, _ in told(order)] == [
        ("2026-01-02", "Care order made"), ("2026-03-04", "Care order ends")]  # fmt: skip


def test_nothing_without_a_date_and_nothing_that_lies_ahead_is_an_event():
    hearing = ("hearing", "h", {"at": "2027-01-12T10:00", "hearing_type": "final"})
    placement = ("placement", "p", {"child": "a", "arrangement": "foster_care", "at_referral": True})
    assert told(hearing, placement) == []
    assert len(told(hearing, known_on="2027-01-12")) == 1


def test_a_part_of_a_date_stands_before_the_days_in_it():
    early = ("placement", "p", {"child": "a", "arrangement": "foster_care", "from_date": "2026-02"})
    later = ("evidence", "e", {"date": "2026-02-01", "title": "She waits"})
    assert [day for day, _, _ in told(later, early)] == ["2026-02", "2026-02-01"]


def test_a_day_in_court_is_told_once_by_the_hearing():
    hearing = ("hearing", "h", {"at": "2026-06-11T10:00", "hearing_type": "final", "outcome": "Adjourned."})
    contact = ("contact", "c", {"at": "2026-06-11T13:00", "kind": "court", "summary": "We were there"})
    assert told(hearing, contact) == [("2026-06-11", "Final hearing. Adjourned.", "h")]
    assert told(contact) == [("2026-06-11", "Court hearing attended", "c")]


def test_a_contact_is_told_without_its_note_and_only_if_somebody_was_reached():
    visit = ("contact", "c", {"at": "2026-06-11T13:00", "kind": "visit_support", "children": ("a",), "summary": "NOTE"})
    missed = ("contact", "d", {"at": "2026-06-12T13:00", "kind": "meeting", "reached": False, "summary": "NOTE"})
    call = ("contact", "e", {"at": "2026-06-13T13:00", "kind": "phone", "summary": "NOTE"})
    assert told(visit, missed, call, AMBER)[1:] == [
        ("2026-06-11", "Visit arranged, supervised or sat in on about A.A.", "c")]  # fmt: skip


def test_a_course_that_is_not_finished_is_told_by_its_beginning():
    begun = ("course", "c", {"title": "Waiting", "started": "2026-01-01"})
    done = ("course", "d", {"title": "Talking", "provider": "Pact", "started": "2026-01-01", "completed": "2026-02-01"})
    assert [what for _, what, _ in told(begun, done)] == [
        "Mother begins “Waiting”", "Mother completes “Talking” (Pact)"]  # fmt: skip


def test_children_are_called_by_their_initials():
    case = view(AMBER, ("child", "b", {"unborn": True, "due_date": "2027-02-20"}), ("child", "d", {}))
    assert [child_in_full(child) for child in case.of("child")] == [
        "A.A. (born 14 March 2021)", "Unborn child (due 20 February 2027)", "A child"]  # fmt: skip
    assert child_initials(case.of("child")[0]) == "A.A."
    assert initials("Siân Ŵynne-Gŷfon") == "S.Ŵ."


def test_children_stand_by_age_whatever_their_ids():
    elder, younger = ("z", "Beige Anchor", "2016-01-01"), ("b", "Cyan Anchor", "2022-01-01")
    children = [("child", i, {"name": name, "date_of_birth": born}) for i, name, born in (younger, elder)]
    order = ("order", "o", {"order_type": "care_order", "children": ("b", "z"), "made_on": "2026-06-11"})
    case = view(*children, order)
    assert [child.id for child in case.of("child")] == ["z", "b"]
    assert case.children(case.of("order")[0]) == "B.A., C.A."


def test_a_child_that_is_withheld_is_named_nowhere():
    order = ("order", "o", {"order_type": "care_order", "children": ("a", "gone"), "made_on": "2026-06-11"})
    assert told(order, AMBER)[1][1] == "Care order (A.A.) made"


def test_a_decision_about_contact_is_an_event_once_it_was_taken_and_not_while_it_is_asked_for():
    decision = {"level": "not_allowed", "source": "court_order", "children": ("a",), "since": "2026-06-11"}
    [_, (day, what, _)] = told(AMBER, ("contact_permission", "d", decision))
    assert (day, what) == ("2026-06-11", "Decision about contact (A.A.): not allowed, by: court order")
    assert len(told(AMBER, ("contact_permission", "d", decision | {"status": "asked"}))) == 1


def test_that_a_child_was_told_is_an_event_and_that_nothing_was_said_is_none():
    said = ("told_child", "t", {"child": "a", "knows": "prison", "date": "2026-02-22"})
    silent = ("told_child", "s", {"child": "a", "knows": "nothing", "date": "2026-01-22"})
    assert told(AMBER, said, silent)[1:] == [
        ("2026-02-22", "A.A. is told about the mother. What the child knows: that she is in prison", "t")
    ]
