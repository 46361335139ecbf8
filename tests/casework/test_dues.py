"""What is due follows from the records of a case."""

import pytest

from tac_desktop.casework.caseload import caseload_row
from tac_desktop.casework.dues import AFTER_HER_DEATH, FORMS, by_form, dues
from tac_desktop.casework.dues.due import LABELS
from tac_desktop.casework.record import Record, case_file_id, derived_id, new_id

CASE = case_file_id("EP-001")


def a_record(form: str, **answers: object) -> Record:
    """Return a record of the case file with these answers."""
    return Record(
        id=derived_id(form, repr(answers)), form=form, version=1, case_file=CASE, stream=CASE, answers=answers
    )


REFERRED = a_record("referral", date="2026-01-10")
MET = a_record("baseline", first_meeting="2026-01-31")
BASELINE_IN = a_record("tracker_return", tracker_form="baseline", received="2026-02-10")
OPENED = a_record("episode", opened="2026-01-10")


def due(*records: Record) -> list[tuple[str, str]]:
    """Return what is due and when."""
    return [(item.by, item.task) for item in dues(by_form(records))]


def test_the_first_meeting_is_due_four_weeks_after_the_referral():
    assert due(REFERRED) == [("2026-02-07", "first_meeting")]


def test_after_the_first_meeting_the_baseline_is_due():
    assert due(REFERRED, MET) == [("2026-01-31", "baseline")]


def test_follow_ups_are_counted_from_the_first_meeting_every_six_months():
    assert due(REFERRED, OPENED, MET, BASELINE_IN) == [("2026-07-31", "follow_up")]
    follow_up = a_record("tracker_return", tracker_form="follow_up", received="2026-08-20")
    assert due(REFERRED, OPENED, MET, BASELINE_IN, follow_up) == [("2027-01-31", "follow_up")]


def test_what_was_sent_is_not_due_any_more_also_while_nobody_has_said_that_it_was_received():
    sent = a_record("baseline", first_meeting="2026-01-31", sent="2026-02-20")
    assert due(REFERRED, OPENED, sent) == [("2026-07-31", "follow_up")]
    follow_up = a_record("tracker_return", tracker_form="follow_up", sent="2026-08-20")
    assert due(REFERRED, OPENED, sent, follow_up) == [("2027-01-31", "follow_up")]
    assert due(REFERRED, OPENED, MET, follow_up) == [("2026-01-31", "baseline")]


def test_a_closed_case_owes_its_closure_tracker_and_nothing_else():
    closed = a_record("episode", opened="2026-01-10", closed="2026-05-01")
    assert due(REFERRED, closed, MET, BASELINE_IN) == [("2026-05-01", "closure_return")]
    returned = a_record("tracker_return", tracker_form="closure", received="2026-05-03")
    assert due(REFERRED, closed, MET, BASELINE_IN, returned) == []


def test_a_contact_stays_due_until_it_is_marked_done():
    waiting = a_record("contact", at="2026-03-01T10:00", follow_up_by="2026-03-08")
    done = a_record("contact", at="2026-03-01T10:00", follow_up_by="2026-03-08", followed_up=True)
    assert ("2026-03-08", "contact") in due(waiting)
    assert due(done) == []


def test_who_was_sent_elsewhere_is_not_to_be_met_and_a_later_referral_counts_from_its_own_day():
    elsewhere = a_record("referral", date="2024-01-10", pathway="few")
    assert due(elsewhere) == []
    assert due(elsewhere, REFERRED) == [("2026-02-07", "first_meeting")]
    joint = a_record("referral", date="2026-01-10", pathway="both")
    assert due(elsewhere, joint) == [("2026-02-07", "first_meeting")]


def test_after_a_case_is_opened_again_its_follow_ups_are_counted_from_that_day():
    before = a_record("episode", opened="2024-01-10", closed="2024-09-01")
    met = a_record("baseline", first_meeting="2024-01-31", sent="2024-02-10")
    old = a_record("tracker_return", tracker_form="follow_up", received="2024-08-01")
    again = a_record("episode", opened="2026-03-01")
    assert due(before, met, old, again) == [("2026-09-01", "follow_up")]
    new = a_record("tracker_return", tracker_form="follow_up", received="2026-09-05")
    assert due(before, met, old, again, new) == [("2027-03-01", "follow_up")]


DIED = a_record("custody", event="died", from_date="2026-04-01")


def test_when_she_has_died_nothing_is_due_that_would_be_done_with_her():
    about_her = (
        REFERRED, OPENED, a_record("mothers_question", asked_on="2026-03-01", words="Is she well?"),
        a_record("hearing", at="2026-05-01T10:00"), a_record("visit_request", state="agreed", for_day="2026-05-02"),
        a_record("update_told", received_on="2026-03-20"),
    )  # fmt: skip
    of_others = (
        a_record("life_story", child="c", part="birth", wanted_by="2026-06-01"),
        a_record("contact", at="2026-03-01T10:00", follow_up_by="2026-03-08"),
    )
    assert len(due(*about_her)) >= 5
    assert due(DIED, *about_her, *of_others) == [("2026-03-08", "contact"), ("2026-06-01", "life_story")]
    closed = a_record("episode", opened="2026-01-10", closed="2026-04-02", closed_because="died")
    assert due(*about_her[2:], closed) == [("2026-04-02", "closure_return")]


def test_who_died_waits_for_nobody():
    assert caseload_row(CASE, by_form([REFERRED])).status == "triage"
    assert caseload_row(CASE, by_form([REFERRED, DIED])).status == "not_taken_on"


def test_what_is_due_after_her_death_are_tasks_that_there_are_and_their_forms_are_read():
    assert set(LABELS) > AFTER_HER_DEATH
    assert {"custody", "episode"} <= FORMS


@pytest.mark.parametrize(("records", "status"), [
    ((REFERRED,), "triage"),
    ((a_record("referral", date="2026-01-10", pathway="none"),), "not_taken_on"),
    ((OPENED,), "open"),
    ((a_record("episode", opened="2026-01-10", closed="2026-02-01"),), "closed"),
    ((a_record("episode", opened="2026-01-10", closed="2026-02-01"), a_record("episode", opened="2026-03-01")),
     "reopened"),
])  # fmt: skip
def test_a_case_stands_where_its_last_episode_left_it(records: tuple[Record, ...], status: str):
    assert caseload_row(CASE, by_form(records)).status == status


def test_the_caseload_row_tells_the_case_at_a_glance():
    mother = a_record("mother", reference="EP-001", name="Puce Anchor", prison="EP", prison_number="Z1000ZZ")
    called = a_record("contact", at="2026-03-01T10:00")
    row = caseload_row(CASE, by_form([mother, REFERRED, called, a_record("child", name="Teal Anchor")]))
    assert (row.reference, row.name, row.children, row.last_contact) == ("EP-001", "Puce Anchor", 1, "2026-03-01")
    assert (row.next_due, row.next_task) == ("2026-02-07", "first_meeting")


def test_one_reference_is_one_woman_in_every_vault():
    assert case_file_id(" EP-001 ") == CASE
    assert case_file_id("EP-002") != CASE
    assert CASE[14] == "8"


def test_a_new_id_tells_its_millisecond_and_its_version():
    made = new_id(0x0123456789AB, bytes(10))
    assert made == "01234567-89ab-7000-8000-000000000000"
