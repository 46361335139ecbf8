"""Which letter is expected when, where each of them stands, and what falls due of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.checks_of_case import case_doubts, case_problems
from tac_desktop.casework.days import last_of_month
from tac_desktop.casework.dues import by_form, dues
from tac_desktop.casework.letterbox import (
    SETTLED,
    exchanges,
    first_open,
    mark_of,
    next_exchange,
    whole_course,
)
from tac_desktop.casework.record import Record, case_file_id, derived_id, new_id

CASE = case_file_id("EP-001")
TODAY = "2026-06-10"


def a_record(form: str, record_id: str = "", **answers: object) -> Record:
    record_id = record_id or derived_id(form, repr(answers))
    return Record(id=record_id, form=form, version=1, case_file=CASE, stream=CASE, answers=answers)


def agreed(**answers: object) -> Record:
    told: dict[str, object] = {"child": "c", "her_months": ("06",), "their_months": ("07",), "agreed_on": "2026-01-15"}
    return a_record("letterbox_agreement", "agreement", **{**told, **answers})


def letter(month: str = "2026-06", direction: str = "from_mother", record_id: str = "", **answers: object) -> Record:
    told = {"agreement": "agreement", "month": month, "direction": direction, **answers}
    return a_record("letterbox_letter", record_id, **told)


def states(*records: Record, today: str = TODAY, year: str = "2026") -> list[tuple[str, str, str]]:
    found = exchanges(by_form(records), records[0], f"{year}-01", f"{year}-12", today)
    return [(one.month, one.direction, one.state) for one in found]


def test_each_month_of_the_agreement_is_one_exchange():
    assert states(agreed()) == [("2026-06", "from_mother", "to_write"), ("2026-07", "to_mother", "expected")]
    assert states(agreed(), year="2025") == []


def test_a_month_before_the_agreement_or_after_its_end_expects_nothing():
    assert states(agreed(agreed_on="2026-07-01")) == [("2026-07", "to_mother", "expected")]
    assert states(agreed(until="2026-06-30")) == [("2026-06", "from_mother", "to_write")]


@pytest.mark.parametrize(("made", "first"), [(1_767_225_600_000, "2026-01"), (0, "2026-06"), (2**48 - 1, "2026-06")])
def test_an_agreement_without_a_day_expects_letters_from_when_it_was_written_down_whatever_is_changed(made, first):
    there = agreed(agreed_on="", her_months=("02", "07"), their_months=())
    changed = replace(there, id=new_id(made, b"0" * 10), known_on="2026-06-01")
    found = exchanges(by_form([changed]), changed, "2026-01", "2026-12", TODAY)
    assert [one.month for one in found] == ["2026-02", "2026-07"] if first == "2026-01" else ["2026-07"]


def test_letters_of_an_old_agreement_are_expected_from_when_it_was_written_down_here():
    adopted_long_ago = replace(agreed(agreed_on="2015-03-01"), id=new_id(1_767_225_600_000, b"0" * 10))
    course = whole_course(by_form([adopted_long_ago]), adopted_long_ago, TODAY)
    assert [one.month for one in course] == ["2026-06", "2026-07", "2027-06"]
    assert [one.by for one in dues(by_form([adopted_long_ago]))] == ["2026-06-30", "2026-07-31"]
    awaited = replace(adopted_long_ago, answers=adopted_long_ago.answers | {"their_months": ("09", "10")})
    assert [one.by for one in dues(by_form([awaited]))] == ["2025-10-31", "2026-06-30"], "the last one may still come"


def test_a_month_that_is_far_away_is_not_asked_for_yet():
    assert states(agreed(), today="2026-02-10") == [
        ("2026-06", "from_mother", "later"), ("2026-07", "to_mother", "later")
    ]  # fmt: skip


def test_an_exchange_is_late_from_the_first_day_of_the_next_month():
    assert states(agreed(), today="2026-06-30")[0][2] == "to_write"
    assert states(agreed(), today="2026-07-01")[0][2] == "late"


@pytest.mark.parametrize(("answers", "state"), [
    ({}, "to_write"),
    ({"draft": "Dear Mauve"}, "drafted"),
    ({"checked_on": "2026-06-02"}, "checked"),
    ({"draft": "Dear Mauve", "sent_on": "2026-06-05"}, "sent"), ({"sent_on": NotKnown("Before Easter")}, "sent"),
    ({"received_on": NotKnown()}, "there"), ({"checked_on": NotKnown()}, "checked"),
    ({"sent_on": "2026-06-05", "received_on": "2026-06-09"}, "there"),
    ({"draft": "Dear Mauve", "held_because": "content"}, "held"),
    ({"missed": True, "held_because": "not_written"}, "missed"),
])  # fmt: skip
def test_a_letter_of_hers_stands_where_its_record_says(answers, state: str):
    assert states(agreed(), letter(**answers))[0] == ("2026-06", "from_mother", state)


@pytest.mark.parametrize(("answers", "state"), [
    ({"received_on": "2026-06-05"}, "arrived"), ({"received_on": "2026-06-05", "shown_on": "2026-06-06"}, "given"),
    ({"received_on": "2026-06-05", "held_because": "mother_not_ready"}, "held"), ({"missed": True}, "missed"),
    ({"received_on": NotKnown()}, "arrived"), ({"received_on": "2026-06-05", "shown_on": NotKnown()}, "given"),
])  # fmt: skip
def test_a_letter_to_her_stands_where_its_record_says(answers, state: str):
    found = states(agreed(), letter("2026-07", "to_mother", **answers))
    assert found[-1] == ("2026-07", "to_mother", state)


def test_a_letter_outside_the_months_agreed_is_shown_too():
    assert ("2026-03", "to_mother", "given") in states(agreed(), letter("2026-03", "to_mother", shown_on="2026-03-04"))


def test_a_letter_counts_as_read_until_its_words_are_changed():
    check = a_record("letterbox_check", letter="l", words=mark_of("Dear Mauve"))
    assert states(agreed(), letter(record_id="l", draft="Dear Mauve"), check)[0][2] == "checked"
    assert states(agreed(), letter(record_id="l", draft="Dear Mauve!"), check)[0][2] == "drafted"
    assert states(agreed(), letter(record_id="other", draft="Dear Mauve"), check)[0][2] == "drafted"


def test_a_letter_whose_month_nobody_knows_disturbs_nothing():
    assert len(states(agreed(), letter("2026"), letter("", "to_mother"))) == 2
    assert dues(by_form([agreed(), letter("2026")]))


def test_what_comes_next_is_the_earliest_that_is_open():
    records = by_form([agreed(agreed_on="2025-01-01"), letter("2025-06", sent_on="2025-06-03")])
    course = whole_course(records, records["letterbox_agreement"][0], TODAY)
    first = next_exchange(course)
    assert first is not None
    assert (first.month, first.state, first.by) == ("2025-07", "late", "2025-07-31")


MONTHS = st.lists(st.sampled_from([f"{month:02}" for month in range(1, 13)]), unique=True).map(tuple)


@given(hers=MONTHS, theirs=MONTHS, sent=st.sets(st.sampled_from([f"2026-{month:02}" for month in range(1, 13)])))
def test_every_month_agreed_stands_in_the_year_exactly_once_and_only_open_ones_fall_due(hers, theirs, sent):
    agreement = agreed(her_months=hers, their_months=theirs, agreed_on="2026-01-01")
    letters = [letter(month, sent_on=f"{month}-02") for month in sorted(sent)]
    records = by_form([agreement, *letters])
    found = exchanges(records, agreement, "2026-01", "2026-12", TODAY)
    assert sorted({*(f"2026-{month}" for month in hers), *sent}) == [
        one.month for one in found if one.direction == "from_mother"
    ]
    assert all(one.state in SETTLED for one in found if one.month in sent and one.direction == "from_mother")
    due = first_open(records, agreement, "from_mother")
    assert (due is None) == (not hers)
    if due:
        assert due.month not in sent
        assert due.month[-2:] in hers


@pytest.mark.parametrize(("month", "day"), [("2026-02", "2026-02-28"), ("2024-02", "2024-02-29"),
                                            ("2026-12", "2026-12-31")])  # fmt: skip
def test_a_letter_is_due_by_the_last_day_of_its_month(month: str, day: str):
    assert last_of_month(month) == day


def due(*records: Record) -> list[tuple[str, str, str]]:
    return [(one.by, one.task, one.form) for one in dues(by_form(records))]


def test_her_letter_and_theirs_fall_due_and_go_once_they_are_settled():
    assert due(agreed()) == [
        ("2026-06-30", "letterbox_out", "letterbox_agreement"), ("2026-07-31", "letterbox_in", "letterbox_agreement")
    ]  # fmt: skip
    sent = letter(sent_on="2026-06-05")
    assert due(agreed(until="2026-12-31"), sent) == [("2026-07-31", "letterbox_in", "letterbox_agreement")]
    assert due(agreed(until="2026-12-31"), letter(sent_on=NotKnown(), held_because="waiting"))[0][1] == "letterbox_in"
    begun = letter(draft="Dear Mauve")
    assert due(agreed(), begun)[0] == ("2026-06-30", "letterbox_out", "letterbox_letter")


def test_a_letter_that_came_is_to_be_given_to_her_within_a_week_though_an_older_one_never_came():
    came = letter("2027-07", "to_mother", received_on="2027-07-02")
    found = due(agreed(), came)
    assert ("2027-07-09", "letterbox_give", "letterbox_letter") in found
    assert ("2026-07-31", "letterbox_in", "letterbox_agreement") in found


def test_a_letter_that_is_held_back_is_looked_at_again_after_four_weeks_and_is_neither_late_nor_given():
    held = {"held_because": "mother_not_ready", "received_on": "2026-07-02"}
    ended = agreed(until="2026-12-31", her_months=())
    assert due(ended, letter("2026-07", "to_mother", **held, held_on="2026-07-03")) == [
        ("2026-07-31", "letterbox_held", "letterbox_letter")
    ]
    assert due(ended, letter("2026-07", "to_mother", **held)) == [("2026-08-28", "letterbox_held", "letterbox_letter")]
    assert due(ended, letter("2026-07", "to_mother", **held, missed=True)) == []
    assert due(ended, letter("2026-07", "to_mother", **held, shown_on="2026-07-20")) == []


def test_an_agreement_is_reviewed_until_it_has_ended():
    assert ("2026-09-01", "letterbox_review", "letterbox_agreement") in due(agreed(review_by="2026-09-01"))
    assert due(agreed(review_by="2026-09-01", until="2026-02-01")) == []


def test_a_letter_that_nobody_has_read_is_asked_about_before_it_goes():
    wanted = {"agreement": "agreement", "month": "2026-06", "direction": "from_mother", "draft": "Dear Mauve",
              "sent_on": "2026-06-05"}  # fmt: skip
    [doubt] = case_doubts("letterbox_letter", wanted, by_form([agreed()]), TODAY, "l")
    assert (doubt.field, doubt.rule) == ("sent_on", "letter_unread")
    check = a_record("letterbox_check", letter="l", words=mark_of("Dear Mauve"))
    assert case_doubts("letterbox_letter", wanted, by_form([agreed(), check]), TODAY, "l") == []
    assert case_doubts("letterbox_letter", {**wanted, "sent_on": ""}, by_form([agreed()]), TODAY, "l") == []
    some_day = {**wanted, "sent_on": NotKnown()}
    assert [one.rule for one in case_doubts("letterbox_letter", some_day, by_form([agreed()]), TODAY, "l")] == [
        "letter_unread"
    ]


def test_a_letter_is_of_a_month_and_a_second_one_for_it_is_asked_about():
    wanted = {"agreement": "agreement", "month": "2026", "direction": "from_mother"}
    assert case_problems("letterbox_letter", wanted, {}, TODAY) == {
        "month": "Write the month and the year, for example 6 2026."
    }
    [doubt] = case_doubts("letterbox_letter", {**wanted, "month": "2026-06-04"}, by_form([letter()]), TODAY)
    assert doubt.rule == "letter_twice"


def test_a_letter_that_came_is_to_be_given_to_her_and_awaited_no_more():
    came = letter("2026-07", "to_mother", received_on="2026-07-02")
    assert [one.task for one in dues(by_form([agreed(her_months=()), came]))] == ["letterbox_give"]


def test_a_letter_on_paper_may_go_without_having_been_typed():
    asked = {"agreement": "agreement", "month": "2026-06", "direction": "from_mother", "sent_on": "2026-06-05"}
    assert case_doubts("letterbox_letter", asked, by_form([agreed()]), TODAY) == []
    assert case_doubts("letterbox_letter", asked | {"draft": "Dear Mauve"}, by_form([agreed()]), TODAY)
