"""Who owes an answer: since when, who is turned to next, and how quickly answers come."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.dues import dues
from tac_desktop.casework.dues.escalation import questions, rules, speeds
from tac_desktop.casework.record import Record

TODAY = "2026-03-12"


def contact(id_: str, at: str, **answers: Any) -> Record:
    return Record(
        id=id_, form="contact", version=1, case_file="c", stream="c", answers={"at": at, **answers}, known_on=at[:10]
    )


def tie(later: str, first: str, case_file: str = "c", **answers: Any) -> Record:
    told = {"contact": later, "goes_back_to": first, **answers}
    return Record(
        id=f"{later}-{first}", form="contact_tie", version=1, case_file=case_file, stream=case_file, answers=told,
        known_on="",
    )  # fmt: skip


ASKED = contact("a", "2026-02-01T10:00", waiting_for="The care plan", with_whom=("childrens_sw",))


def found(*records: Record) -> dict[str, list[Record]]:
    return {form: [r for r in records if r.form == form] for form in ("contact", "contact_tie")}


def test_who_was_asked_and_has_not_answered_is_asked_again_after_the_days_of_the_house_rule():
    [one] = questions(found(ASKED))
    assert (one.is_open, one.since, one.level, one.next_level) == (True, "2026-02-01", "worker", "team_manager")
    assert one.next_on == "2026-02-11"
    assert one.waited(TODAY) == 39
    assert [(due.by, due.task, due.record_id) for due in dues(found(ASKED))] == [("2026-02-11", "chase", "a")]


def test_each_step_of_the_ladder_counts_from_the_last_time_that_somebody_was_asked():
    again = contact("b", "2026-02-12T09:00", asked_level="team_manager")
    higher = contact("d", "2026-02-20T09:00", asked_level="director")
    [one] = questions(found(ASKED, again, higher, tie("b", "a"), tie("d", "a")))
    assert [(time.contact, time.on, time.level) for time in one.times] == [
        ("a", "2026-02-01", "worker"), ("b", "2026-02-12", "team_manager"), ("d", "2026-02-20", "director"),
    ]  # fmt: skip
    assert (one.level, one.next_level, one.next_on) == ("director", "complaints", "2026-03-06")
    assert one.waited(TODAY) == 39, "counted from the first time"


def test_the_court_is_the_last_who_can_be_turned_to():
    [one] = questions(found(contact("a", "2026-02-01T10:00", waiting_for="A date", asked_level="court")))
    assert one.next_level == ""


def test_the_ladder_is_the_code_list_in_its_order():
    assert list(rules().steps) == [code.code for code in code_list("escalation_step").codes]


def test_a_day_that_was_written_down_stands_before_the_house_rule_until_it_is_asked_again():
    asked = contact("a", "2026-02-01T10:00", waiting_for="The care plan", follow_up_by="2026-02-05")
    assert questions(found(asked))[0].next_on == "2026-02-05"
    again = contact("b", "2026-02-06T09:00")
    assert questions(found(asked, again, tie("b", "a")))[0].next_on == "2026-02-16"


@pytest.mark.parametrize("over", [{"answered_on": "2026-02-03"}, {"followed_up": True}])
def test_what_was_answered_or_is_done_waits_no_more(over: dict[str, Any]):
    done = contact("a", "2026-02-01T10:00", waiting_for="The care plan", **over)
    [one] = questions(found(done))
    assert not one.is_open
    assert dues(found(done)) == []


def test_an_answer_that_came_from_elsewhere_ends_the_waiting_without_a_day_beside_the_question():
    answer = contact("b", "2026-02-09T15:00", direction="incoming")
    [one] = questions(found(ASKED, answer, tie("b", "a", is_answer=True)))
    assert (one.is_open, one.answered_on, one.days) == (False, "2026-02-09", 8)


def test_a_tie_of_another_case_file_ties_nothing():
    stranger = contact("b", "2026-02-12T09:00")
    [one] = questions(found(ASKED, stranger, tie("b", "a", case_file="other")))
    assert len(one.times) == 1


def test_how_quickly_each_kind_of_counterpart_answers_is_the_middle_of_all_answers():
    several = [
        contact(f"q{days}", "2026-01-01T09:00", waiting_for="?", with_whom=("solicitor",),
                answered_on=(date(2026, 1, 1) + timedelta(days)).isoformat())
        for days in (0, 4, 30)
    ]  # fmt: skip
    told = speeds(questions(found(ASKED, *several)), TODAY)
    assert [(s.whom, s.asked, s.answered, s.median, s.longest_open) for s in told] == [
        ("solicitor", 3, 3, 4, None), ("childrens_sw", 1, 0, None, 39),
    ]  # fmt: skip


days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(days, st.lists(st.tuples(days, st.sampled_from([*rules().steps, "", "unheard of"]))))
def test_however_often_somebody_was_asked_the_next_step_lies_after_the_last_and_above_the_highest(asked, again):
    first = contact("a", f"{asked}T10:00", waiting_for="?")
    later = [
        contact(f"b{n}", f"{day}T10:00", **({"asked_level": level} if level else {}))
        for n, (day, level) in enumerate(again)
    ]
    [one] = questions(found(first, *later, *(tie(c.id, "a") for c in later)))
    assert one.since == asked.isoformat()
    assert one.next_on > max(time.on for time in one.times)
    order = [*rules().steps, ""]
    assert order.index(one.next_level) == order.index(one.level) + 1
    assert one.waited(asked.isoformat()) == 0


def test_who_asks_again_without_saying_where_asks_at_the_level_of_the_time_before():
    manager = contact("b", "2026-02-12T09:00", asked_level="team_manager")
    again = contact("d", "2026-02-20T09:00")
    [one] = questions(found(ASKED, manager, again, tie("b", "a"), tie("d", "a")))
    assert [time.level for time in one.times] == ["worker", "team_manager", "team_manager"]
