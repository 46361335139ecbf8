"""How contact with a child stood at the points of the work, and which of them nobody has written down."""

from typing import Any

from tac_desktop.casework.contact_states import missing_points, states_of
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.record import Record


def a_record(form: str, number: int = 1, **answers: Any) -> Record:
    """Return a record with these answers."""
    return Record(id=f"{form}-{number}", form=form, version=1, case_file="c", stream="c", answers=answers)


def a_state(number: int, point: str, day: str, level: str) -> Record:
    """Return how contact with Mauve stood."""
    return a_record("contact_state", number, child="mauve", point=point, date=day, level=level)


def test_the_way_of_a_child_is_told_from_the_start_on() -> None:
    later = a_state(1, "follow_up", "2026-09-01", "direct")
    start = a_record(
        "contact_state", 2, child="mauve", point="start", date="2026-03-01", level="indirect_only",
        kinds=("letterbox", "phone"),
    )  # fmt: skip
    other = a_record("contact_state", 3, child="teal", point="start", date="2026-03-01", level="none")
    assert [one.words() for one in states_of(by_form([later, start, other]), "mauve")] == [
        "At the start, 1 March 2026: Indirect only (Letterbox contact, Phone calls)",
        "At a follow-up, 1 September 2026: Direct",
    ]


def test_what_was_not_written_down_at_a_point_of_the_work_is_missing_until_it_is() -> None:
    returned = a_record("tracker_return", tracker_form="follow_up", received="2026-09-02")
    closed = a_record("episode", opened="2026-03-01", closed="2026-10-01")
    start, then = a_state(1, "start", "2026-03-01", "none"), a_state(2, "follow_up", "2026-09-01", "direct")
    assert missing_points(by_form([]), "mauve") == ["start"]
    assert missing_points(by_form([start]), "mauve") == []
    assert missing_points(by_form([start, returned, closed]), "mauve") == ["follow_up", "closure"]
    assert missing_points(by_form([start, then, returned, closed]), "mauve") == ["closure"]
    end = a_state(3, "closure", "2026-10-01", "direct")
    assert missing_points(by_form([start, then, end, returned, closed]), "mauve") == []


def test_of_a_child_that_is_not_born_no_contact_is_missing() -> None:
    unborn = a_record("child", unborn=True, due_date="2026-06-01")
    assert missing_points(by_form([unborn]), unborn.id) == []
    assert missing_points(by_form([a_record("child", date_of_birth="2026-06-02")]), unborn.id) == ["start"]


def test_a_case_that_was_opened_again_is_asked_for_no_closing_state_until_it_closes_again() -> None:
    start, closed = (
        a_state(1, "start", "2025-01-10", "none"),
        a_record("episode", 1, opened="2025-01", closed="2026-01"),
    )
    again = a_record("episode", 2, opened="2026-03-01")
    assert missing_points(by_form([start, closed]), "mauve") == ["closure"]
    assert missing_points(by_form([start, closed, again]), "mauve") == []
