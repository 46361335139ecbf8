"""Her questions, the news she was promised, what is explained again, and preparing a hearing: what is due when."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.dues import dues
from tac_desktop.casework.dues.news import next_news
from tac_desktop.casework.dues.questions import STAGES, in_order, stage_of
from tac_desktop.casework.record import Record, new_id


def record(form: str, id_: str = "r", **answers: Any) -> Record:
    return Record(id=id_, form=form, version=1, case_file="c", stream="c", answers=answers, known_on="")


def due(*records: Record) -> list[tuple[str, str]]:
    grouped: dict[str, list[Record]] = {}
    for one in records:
        grouped.setdefault(one.form, []).append(one)
    return [(one.by, one.task) for one in dues(grouped)]


ASKED = {"asked_on": "2026-03-02", "words": "Does he sleep through?"}
PASSED = ASKED | {"passed_to": "Slate Ledger", "passed_on": "2026-03-04"}
ANSWERED = PASSED | {"answered_on": "2026-03-10", "answer": "Yes."}


@pytest.mark.parametrize(
    ("answers", "stage", "tasks"),
    [
        (ASKED, "asked", [("2026-03-05", "pass_question")]),
        (PASSED, "passed", [("2026-03-18", "ask_again")]),
        (ANSWERED, "answered", [("2026-03-13", "tell_answer")]),
        (ANSWERED | {"told_on": "2026-03-11"}, "told", []),
        (PASSED | {"unanswered": "The carer wants no contact."}, "unanswered", []),
    ],
)
def test_a_question_of_hers_is_due_for_its_next_stage_until_she_was_told(answers, stage, tasks):
    question = record("mothers_question", **answers)
    assert stage_of(question) == stage
    assert due(question) == tasks


def test_open_questions_come_first_and_the_one_whose_answer_waits_for_her_before_all():
    told = record("mothers_question", "told", **ANSWERED, told_on="2026-03-11")
    several = [told, *(record("mothers_question", name, **a) for name, a in
                       (("asked", ASKED), ("passed", PASSED), ("answered", ANSWERED)))]  # fmt: skip
    assert [one.id for one in in_order(several)] == ["answered", "asked", "passed", "told"]


@given(st.lists(st.sampled_from(["passed_on", "answered_on", "told_on", "answer", "unanswered"])))
def test_every_question_is_at_a_stage_that_has_words(names):
    assert stage_of(record("mothers_question", **ASKED, **dict.fromkeys(names, "2026-03-11"))) in STAGES


MONTHLY = {"what": "How Teal is", "rhythm": "monthly", "first_due": "2026-01-31"}


def news(promised: dict[str, Any], *came: str) -> str:
    return next_news(record("promised_update", **promised), [record("update_told", received_on=day) for day in came])


def test_news_is_due_by_its_rhythm_and_an_early_letter_stands_for_its_turn():
    assert news(MONTHLY) == "2026-01-31"
    assert news(MONTHLY, "2026-01-20") == "2026-02-28", "eleven days early"
    assert news(MONTHLY, "2026-02-03") == "2026-02-28", "three days late"
    assert news(MONTHLY | {"rhythm": "once"}, "2026-02-03") == ""
    assert news(MONTHLY | {"ended_on": "2026-02-10"}, "2026-02-03") == ""
    assert news(MONTHLY | {"ended_on": "2026-02-10"}) == "2026-01-31", "what was due before the end is still owed"


rhythms = st.sampled_from([code.code for code in code_list("update_rhythm").codes if code.code != "once"])
some_day = st.dates(date(2020, 1, 1), date(2032, 1, 1))


@given(rhythms, some_day, some_day)
def test_after_news_came_the_next_is_due_later_and_within_one_turn_and_a_half(rhythm, first, came):
    longest = {"weekly": 7, "fortnightly": 14, "monthly": 31, "two_months": 62, "quarterly": 92, "half_yearly": 184,
               "yearly": 366}[rhythm]  # fmt: skip
    after = date.fromisoformat(news({"first_due": first.isoformat(), "rhythm": rhythm}, came.isoformat()))
    assert after > came
    assert after == first or (after - came).days <= longest * 1.5 + 1


def test_news_that_came_is_to_be_told_and_what_was_not_understood_explained_again():
    came = record("update_told", update="p", received_on="2026-03-02")
    explained = record("explained", what="The care plan", on="2026-03-01", again_on="2026-03-20")
    assert due(came, explained) == [("2026-03-05", "tell_news"), ("2026-03-20", "explain_again")]
    told = record("update_told", update="p", received_on="2026-03-02", told_on="2026-03-03")
    assert due(told, record("explained", again_on="2026-03-20", done=True)) == []


def test_a_hearing_is_prepared_a_week_before_and_then_written_up_until_its_outcome_is_there():
    assert due(record("hearing", at="2026-03-16T10:00")) == [("2026-03-09", "prepare_hearing")]
    prepared = record("hearing", at="2026-03-16T10:00", preparation="Done.")
    assert due(prepared) == [("2026-03-16", "prepare_hearing")]
    made = new_id(1_767_225_600_000, b"0" * 10)  # 1 January 2026
    touched_since = replace(prepared, id=made, known_on="2026-03-20")
    assert due(touched_since) == [("2026-03-16", "prepare_hearing")]
    heard_of_later = replace(record("hearing", at="2026-03-16T10:00"), known_on="2026-03-17")
    assert due(heard_of_later) == []
    assert due(record("hearing", at="2026-03-16T10:00", outcome="Adjourned.")) == []


@pytest.mark.parametrize("came", ["2026-01-01", "2026-03-01", "2026-09-09"])
def test_news_that_was_promised_once_is_awaited_until_it_comes_early_or_late(came):
    once = record("promised_update", rhythm="once", first_due="2026-03-01")
    assert next_news(once, []) == "2026-03-01"
    assert next_news(once, [record("update_told", received_on=came)]) == ""
