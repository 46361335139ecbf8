"""Messages that came in for somebody: which nobody has answered, and for how long."""

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.mailbox import as_contact, days_waiting, unanswered
from tac_desktop.casework.record import Record

TODAY = "2026-03-12"


def message(record_id: str = "a", **answers: Answer) -> Record:
    told: dict[str, Answer] = {"received": "2026-02-28T09:00", "from_whom": "Slate Ledger", "prison": "EP"}
    return Record(id=record_id, form="inbox_message", version=1, case_file="o", stream="o", answers=told | answers)


def test_a_message_is_unanswered_until_it_is_answered_or_a_case_file_has_it():
    old = message("b", received="2026-01-05T09:00")
    over = (message("c", answered_on="2026-03-01"), message("d", logged_on="2026-03-01"))
    assert [one.id for one in unanswered([message(), old, *over])] == ["b", "a"]


def test_a_message_waits_since_the_day_on_which_it_came_in():
    assert days_waiting(message(), TODAY) == 12
    assert days_waiting(message(received="2026-03-13T09:00"), TODAY) == 0


def test_in_a_case_file_a_message_is_followed_up_at_once_unless_it_was_answered():
    assert as_contact(message(), TODAY)["follow_up_by"] == TODAY
    assert "follow_up_by" not in as_contact(message(answered_on="2026-03-01"), TODAY)
    assert as_contact(message(from_whom="p.kettle@example.org"), TODAY)["kind"] == "email"
