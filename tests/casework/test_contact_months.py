"""What was agreed falls on days, what happened is counted once, and both stand beside each other month by month."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.contact_months import agreed_days, happenings, months_of, times_of
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.record import Record

_FIRST = date(2025, 1, 1)
_DAYS = st.integers(0, 700).map(lambda n: (_FIRST + timedelta(n)).isoformat())
_KINDS = st.sampled_from(["phone", "letterbox", "social_visit"])


def a_record(form: str, number: int = 1, **answers: Answer) -> Record:
    """Return a record with these answers; those that are '' are not given."""
    kept = {name: answer for name, answer in answers.items() if answer != ""}
    return Record(id=f"{form}-{number}", form=form, version=1, case_file="c", stream="c", answers=kept)


def a_plan(number: int = 1, **answers: Answer) -> Record:
    """Return a weekly telephone call with Mauve, unless other answers are given."""
    usual: dict[str, Answer] = {"children": ("mauve",), "kind": "phone", "per": "week", "since": "2026-11-01"}
    return a_record("contact_plan", number, **(usual | answers))


def a_call(number: int, at: str, **answers: Answer) -> Record:
    """Return a telephone call with Mauve in the log."""
    return a_record("contact", number, **{"children": ("mauve",), "at": at, "child_contact": "phone"} | answers)


_PLANS = st.builds(
    a_plan, st.integers(1, 9), kind=_KINDS, times=st.integers(1, 4), since=_DAYS, until=st.one_of(st.just(""), _DAYS),
    per=st.sampled_from(["week", "fortnight", "month", "quarter", "half_year", "year", "once"]),
)  # fmt: skip
_CALLS = st.lists(
    st.tuples(st.integers(0, 99), _DAYS, _KINDS, st.booleans()), max_size=12, unique_by=lambda one: one[0]
).map(lambda found: [a_call(n, f"{day}T10:00", child_contact=kind, happened=ok) for n, day, kind, ok in found])


@given(st.lists(_PLANS, max_size=4, unique_by=lambda plan: plan.id), _CALLS, _DAYS)
def test_the_months_of_a_child_add_up_to_all_that_was_agreed_and_all_that_happened(
    plans: list[Record], calls: list[Record], today: str
) -> None:
    months = months_of(by_form([*plans, *calls]), "mauve", today)
    last = max([today[:7] + "-31"])
    assert sum(one.agreed for one in months) == sum(
        times_of(plan) for plan in plans for _ in agreed_days(plan, "2000-01-01", last)
    )
    here = [call for call in calls if call.text("at")[:7] <= today[:7]]
    assert sum(one.happened for one in months) == sum(call.answers["happened"] is True for call in here)
    assert sum(one.failed for one in months) == sum(call.answers["happened"] is False for call in here)
    assert len({(one.month, one.channel) for one in months}) == len(months)
    assert all(one.unwritten == 0 or one.is_over for one in months)


@given(_PLANS, _DAYS, _DAYS, _DAYS)
def test_what_was_agreed_for_a_time_is_what_was_agreed_for_its_parts(
    plan: Record, first: str, middle: str, last: str
) -> None:
    first, middle, last = sorted((first, middle, last))
    after = (date.fromisoformat(middle) + timedelta(1)).isoformat()
    whole = list(agreed_days(plan, first, last))
    assert whole == [*agreed_days(plan, first, middle), *agreed_days(plan, after, last)]
    assert all(plan.text("since") <= day <= (plan.text("until") or "9999") for day in whole)
    assert whole == sorted(set(whole))


def test_a_weekly_call_falls_on_every_sunday_of_a_month_and_only_within_the_plan() -> None:
    assert [*agreed_days(a_plan(since="2026-11-01"), "2026-11-01", "2026-11-30")] == [
        "2026-11-01", "2026-11-08", "2026-11-15", "2026-11-22", "2026-11-29",
    ]  # fmt: skip
    assert len([*agreed_days(a_plan(until="2026-11-22"), "2026-11-01", "2026-11-30")]) == 4
    monthly = a_plan(per="month", since="2026-01-31")
    assert [*agreed_days(monthly, "2026-02-01", "2026-04-30")] == ["2026-02-28", "2026-03-31", "2026-04-30"]
    assert [*agreed_days(a_plan(per="once"), "2026-10-01", "2026-12-31")] == ["2026-11-01"]


def test_agreed_four_happened_three_and_one_failed_for_the_lock_down_stand_in_one_row() -> None:
    calls = [a_call(n, f"2026-10-{day}T10:00") for n, day in enumerate(("04", "11", "18"))]
    failed = a_call(9, "2026-10-25T10:00", happened=False, why_not=("regime",))
    records = by_form([a_plan(since="2026-10-04"), *calls, failed])
    october, november = months_of(records, "mauve", "2026-11-22")
    assert (october.agreed, october.happened, october.failed, october.unwritten) == (4, 3, 1, 0)
    assert october.rest() == ("1 did not: Prison regime (lunch, lock-down, staffing)",)
    assert november.rest() == ("5 still to come",)
    assert (november.agreed, november.happened, november.ahead, november.unwritten) == (5, 0, 5, 0)


def test_what_was_agreed_and_nobody_wrote_about_is_told_once_the_month_is_over() -> None:
    records = by_form([a_plan(since="2026-10-04", until="2026-10-31"), a_call(1, "2026-10-04T10:00")])
    [october] = months_of(records, "mauve", "2026-11-22")
    assert october.unwritten == 3
    assert months_of(records, "mauve", "2026-10-22")[0].unwritten == 0


def test_a_visit_that_was_asked_for_counts_unless_the_log_tells_of_it() -> None:
    visit = {"children": ("mauve",), "kind": "family_room_visit", "for_day": "2026-10-10"}
    asked = a_record("visit_request", 1, state="happened", **visit)
    refused = a_record("visit_request", 2, state="refused", reasons=("no_space",), **visit | {"for_day": "2026-10-11"})
    logged = a_call(1, "2026-10-10T14:00", child_contact="family_room_visit")
    assert [one.form for one in happenings(by_form([asked, refused]), "mauve")] == ["visit_request"] * 2
    assert [one.form for one in happenings(by_form([asked, refused, logged]), "mauve")] == ["contact", "visit_request"]
    assert happenings(by_form([refused]), "mauve")[0].why_not == ("No suitable space",)


def test_contact_between_siblings_is_a_row_of_its_own() -> None:
    plan = a_plan(kind="sibling", children=("mauve", "teal"), per="month", since="2026-10-02")
    met = a_call(1, "2026-10-02T15:00", child_contact="sibling", children=("mauve", "teal"))
    for child in ("mauve", "teal"):
        [october, _] = months_of(by_form([plan, met]), child, "2026-11-22")
        assert (october.channel, october.agreed, october.happened) == ("sibling", 1, 1)


def test_an_attempt_at_which_nobody_was_reached_is_no_contact_unless_somebody_says_so() -> None:
    tried = [
        a_call(1, "2026-11-02T10:00", reached=False), a_call(2, "2026-11-03T10:00", kind="contact_attempt"),
        a_call(3, "2026-11-04T10:00", reached=False, happened=True), a_call(4, "2026-11-05T10:00", reached=True),
    ]  # fmt: skip
    assert [one.took_place for one in happenings(by_form(tried), "mauve")] == [False, False, True, True]


def test_a_letter_to_her_counts_on_the_day_on_which_it_was_given_to_her() -> None:
    agreement = a_record("letterbox_agreement", child="mauve")
    letter = a_record("letterbox_letter", agreement=agreement.id, direction="to_mother", received_on="2026-02-27")
    given = a_record("letterbox_letter", **letter.answers | {"shown_on": "2026-03-02"})
    assert happenings(by_form([agreement, letter]), "mauve") == []
    assert [one.day for one in happenings(by_form([agreement, given]), "mauve")] == ["2026-03-02"]
