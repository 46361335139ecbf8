"""Contacts with prison staff in numbers."""

from typing import Any

from tac_desktop.casework.record import Record
from tac_desktop.casework.staff_contacts import counted


def contact(at: str, *purposes: str, **more: Any) -> Record:
    answers = {"at": at, "purposes": purposes, **more}
    return Record(id=at, form="staff_contact", version=1, case_file="", stream="office", answers=answers)


CONTACTS = [
    contact("2026-10-31T23:59", "advice"),
    contact("2026-11-01T00:00", "advice", "case_discussion", department="omu", minutes=10),
    contact("2026-11-20T10:00", "advice", department="resettlement", minutes=15),
    contact("2026-11-21T10:00", "co_worked"),
]


def test_each_purpose_is_counted_with_its_departments_within_the_days_and_twice_where_it_was_for_two():
    found = counted(CONTACTS, "2026-11-01", "2026-11-21")
    rows = {row.purpose: row for row in found.rows}
    assert (found.count, found.minutes, found.timed) == (3, 25, 2)
    assert (rows["advice"].count, rows["advice"].by_department) == (2, {"omu": 1, "resettlement": 1})
    assert (rows["case_discussion"].count, rows["co_worked"].by_department) == (1, {"": 1})
    assert rows["sent_referral"].count == 0


def test_no_contacts_are_no_fault():
    found = counted([], "", "9999")
    assert (found.count, found.minutes, {row.count for row in found.rows}) == (0, 0, {0})
