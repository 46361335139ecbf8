"""Each contact counts once: as a contact of its kind, or as an attempt."""

from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.contact_summary import contact_summary, is_attempt
from tac_desktop.casework.record import Record


def a_contact(number: int, at: str, kind: str = "phone", **answers) -> Record:
    return Record(id=f"{number:04}", form="contact", version=1, case_file="m", stream="m",
                  answers={"at": at, "kind": kind, **answers})  # fmt: skip


CONTACTS = st.lists(
    st.builds(
        lambda number, month, kind, reached: a_contact(number, f"2026-{month:02}-10T10:00", kind, reached=reached),
        st.integers(0, 9999), st.integers(1, 12), st.sampled_from(["phone", "letter", "contact_attempt"]),
        st.booleans(),
    ),
    max_size=40,
)  # fmt: skip


@given(CONTACTS)
def test_months_kinds_and_attempts_add_up(contacts: list[Record]):
    summary = contact_summary(contacts)
    assert summary.contacts + len(summary.attempts) == len(contacts)
    assert sum(month.contacts for month in summary.months) == summary.contacts
    assert sum(month.attempts for month in summary.months) == len(summary.attempts)
    assert [month.month for month in summary.months] == sorted({c.text("at")[:7] for c in contacts})
    assert all(is_attempt(attempt) for attempt in summary.attempts)


def test_an_attempt_is_what_reached_nobody():
    answered = a_contact(1, "2026-03-01T10:00", reached=True)
    not_said = a_contact(2, "2026-03-02T10:00")
    nobody = a_contact(3, "2026-03-03T10:00", reached=False)
    logged_so = a_contact(4, "2026-03-04T10:00", "contact_attempt")
    assert [is_attempt(c) for c in (answered, not_said, nobody, logged_so)] == [False, False, True, True]


def test_kinds_stand_by_their_number_and_attempts_by_their_time():
    contacts = [a_contact(1, "2026-03-05T10:00", reached=False), a_contact(2, "2026-03-01T10:00", reached=False),
                a_contact(3, "2026-02-01T10:00", "letter"), a_contact(4, "2026-04-01T10:00"),
                a_contact(5, "2026-04-02T10:00")]  # fmt: skip
    summary = contact_summary(contacts)
    assert summary.kinds == (("phone", 2), ("letter", 1))
    assert [attempt.id for attempt in summary.attempts] == ["0002", "0001"]
    assert (summary.first, summary.last) == ("2026-02-01", "2026-04-02")


def test_no_contact_is_an_empty_summary():
    assert contact_summary([]) == contact_summary([a_contact(1, "")])
    assert contact_summary([]).first == ""
