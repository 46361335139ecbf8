"""What is due follows from the records of a case."""

import pytest

from tac_desktop.casework.caseload import caseload_row
from tac_desktop.casework.dues import by_form, dues
from tac_desktop.casework.dues.due import add_months
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


@pytest.mark.parametrize(("day", "later"), [("2026-08-31", "2027-02-28"), ("2023-08-31", "2024-02-29"),
                                            ("2026-01-31", "2026-07-31")])  # fmt: skip
def test_six_months_later_is_the_last_day_of_a_shorter_month(day: str, later: str):
    assert add_months(day, 6) == later


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
