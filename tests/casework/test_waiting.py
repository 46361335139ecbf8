"""Who waits, since when and why: reasons, the nearest day first."""

from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.caseload import status
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.record import Record, case_file_id, derived_id
from tac_desktop.casework.waiting import wait_of, waits

CASE = case_file_id("EP-001")
TODAY = "2026-03-12"


def a_record(form: str, **answers: object) -> Record:
    """Return a record of the case file with these answers."""
    return Record(
        id=derived_id(form, repr(answers)), form=form, version=1, case_file=CASE, stream=CASE, answers=answers
    )


REFERRED = a_record("referral", date="2026-02-20")


def reasons(*records: Record) -> list[str]:
    """Return the reasons in words, in their order."""
    return [reason.words for reason in wait_of(by_form((REFERRED, *records)), TODAY).reasons]


def test_each_reason_that_cannot_wait_is_told_with_its_day_the_nearest_first():
    assert reasons(
        a_record("custody", legal_status="sentenced", expected_release="2026-04-08"),
        a_record("child", unborn=True, due_date="2026-06-01"),
        a_record("hearing", at="2026-03-26T10:00", hearing_type="final"),
        a_record("referral", date="2026-02-01", icpc_on="2026-03-13"),
        a_record("alert", kind="acct", since="2026-03-01"),
    ) == [
        "ACCT open",
        "Child protection conference tomorrow, 13 March 2026",
        "Final hearing in 14 days, 26 March 2026",
        "Release in 27 days, 8 April 2026",
        "Birth expected on 1 June 2026",
    ]


def test_who_is_referred_again_on_the_day_of_a_transfer_waits_and_who_was_closed_on_her_first_day_does_not():
    moved = a_record("episode", opened="2025-01-10", closed="2026-03-02", closed_because="transferred")
    again = a_record("referral", date="2026-03-02", source="other_prison")
    assert waits(by_form((REFERRED, moved, again)))
    assert wait_of(by_form((REFERRED, moved, again)), TODAY).since == "2026-03-02"
    at_once = a_record("episode", opened="2026-02-20", closed="2026-02-20")
    assert not waits(by_form((REFERRED, at_once)))
    assert not waits(by_form((REFERRED, moved)))


def test_a_release_is_a_reason_from_four_weeks_before_it_to_its_day():
    told = [reasons(a_record("custody", legal_status="sentenced", expected_release=day))
            for day in ("2026-04-09", "2026-04-10", "2026-03-12")]  # fmt: skip
    assert told == [["Release in 28 days, 9 April 2026"], [], ["Release today, 12 March 2026"]]


def test_twins_are_expected_once():
    twins = [a_record("child", unborn=True, due_date="2026-06-01", name=name) for name in ("Mauve", "Teal")]
    assert reasons(*twins) == ["Birth expected on 1 June 2026"]


def test_what_lies_behind_or_far_ahead_is_no_reason():
    assert not reasons(
        a_record("custody", expected_release="2026-04-10"),
        a_record("hearing", at="2026-03-27T10:00"),
        a_record("hearing", at="2026-03-11T10:00"),
        a_record("referral", date="2026-02-01", icpc_on="2026-03-11"),
        a_record("alert", kind="acct", since="2026-01-01", until="2026-03-11"),
        a_record("alert", kind="health", since="2026-01-01"),
        a_record("child", date_of_birth="2026-02-01", due_date="2026-03-20"),
    )


def test_who_was_released_has_no_release_before_her():
    custody = a_record("custody", expected_release="2026-03-20")
    assert reasons(custody) == ["Release in 8 days, 20 March 2026"]
    assert not reasons(custody, a_record("custody", event="released", from_date="2026-03-10"))


def test_a_referral_is_new_for_a_week_then_undecided_and_after_the_decision_waits_to_begin():
    def decision(**answers: object) -> str:
        return wait_of(by_form([a_record("referral", **answers)]), TODAY).decision

    assert decision(date="2026-03-05") == "new"
    assert decision(date="2026-03-04") == "undecided"
    assert decision(date="2026-03-01", received="2026-03-09") == "new"
    assert decision(date="2026-03-05", pathway="tac") == "taken_on"


def test_the_newest_referral_decides_whether_she_waits():
    elsewhere = a_record("referral", date="2026-01-01", pathway="few")
    assert status(by_form([elsewhere])) == "not_taken_on"
    assert status(by_form([elsewhere, REFERRED])) == "triage"
    assert status(by_form([REFERRED, a_record("referral", date="2026-03-01", pathway="none")])) == "not_taken_on"


def test_who_is_referred_again_after_the_closing_waits_again_and_since_then():
    closed = a_record("episode", opened="2025-01-01", closed="2026-01-31")
    first = a_record("referral", date="2025-01-01")
    assert status(by_form([first, closed])) == "closed"
    again = by_form([first, closed, REFERRED])
    assert status(again) == "triage"
    assert wait_of(again, TODAY).since == "2026-02-20"
    assert wait_of(again, TODAY).days(TODAY) == 20
    reopened = by_form([first, closed, REFERRED, a_record("episode", opened="2026-02-25")])
    assert status(reopened) == "reopened"


days = st.dates().map(lambda day: day.isoformat()).filter(lambda day: day >= "1900-01-01")


@given(days, days, st.lists(days, max_size=4), st.sampled_from(("", "tac", "both", "few", "none")))
def test_reasons_stand_in_the_order_of_their_days_whatever_is_recorded(today, referred, ahead, pathway):
    records = by_form([
        a_record("referral", date=referred, pathway=pathway, icpc_on=ahead[0] if ahead else ""),
        *(a_record("hearing", at=f"{day}T10:00") for day in ahead),
        *(a_record("custody", from_date=day, expected_release=day) for day in ahead),
        *(a_record("child", unborn=True, due_date=day) for day in ahead),
    ])  # fmt: skip
    wait = wait_of(records, today)
    assert [reason.day for reason in wait.reasons] == sorted(reason.day for reason in wait.reasons)
    assert wait.days(today) >= 0
    assert waits(records) is (pathway not in ("few", "none"))
