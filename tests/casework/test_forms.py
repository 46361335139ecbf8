"""The forms as tables: what every declaration must keep, and what each kind of question takes as an answer."""

import pytest

from tac_desktop.casework import forms
from tac_desktop.casework.answers import Declined, NotKnown
from tac_desktop.casework.codelists import all_lists, code_list
from tac_desktop.casework.evaluation.evidence import FORMS as COUNTED
from tac_desktop.casework.fields import (
    Choice,
    Choices,
    Day,
    Link,
    Links,
    Moment,
    Money,
    Number,
    ShortText,
    When,
    problem,
)
from tac_desktop.casework.form import Form

TODAY = "2026-03-12"
every_form = pytest.mark.parametrize("form", forms.ALL.values(), ids=lambda form: form.name)


@every_form
def test_a_form_names_only_what_exists(form: Form):
    assert len(form.by_name) == len(form.fields)
    for name in (*form.row, *((form.own_date,) if form.own_date else ())):
        assert name in form.by_name
    for field in form.fields:
        assert field.label
        assert "/" not in field.name
        if isinstance(field, Choice | Choices):
            assert code_list(field.codes).codes
        if isinstance(field, Link | Links):
            assert field.to in forms.ALL
        if field.when:
            assert list(form.by_name).index(field.when.field) < list(form.by_name).index(field.name)


def test_what_nobody_fills_in_by_hand_is_neither_counted_nor_a_row_of_the_workbook():
    made = [form for form in forms.ALL.values() if not form.by_hand]
    assert {form.name for form in made} == {
        "issued_document", "handover", "comment", "comment_read", "seal", "case_restriction",
        "access_decision", "retention", "disposal", "letterbox_check", "contact_tie",
        "addendum", "same_woman",
    }  # fmt: skip
    assert not {form.name for form in made} & set(COUNTED)
    assert not any(form.sheet for form in made)


@every_form
def test_a_column_of_the_workbook_stands_on_a_sheet(form: Form):
    columns = [field.column for field in form.fields if field.column]
    assert len(columns) == len(set(columns))
    assert not columns or form.sheet


def test_two_forms_of_one_sheet_do_not_share_a_column():
    columns = [(form.sheet, field.column) for form in forms.ALL.values() for field in form.fields if field.column]
    assert len(columns) == len(set(columns))


def test_every_value_of_a_code_list_says_whose_wording_it_is():
    for codes in all_lists().values():
        assert {value.source for value in codes.codes} <= {"seed", "added"}
        assert len({value.code for value in codes.codes}) == len(codes.codes)


@pytest.mark.parametrize("text", [" hmp send ", "SEND", "send", "HMP Send"])
def test_a_code_is_found_by_label_or_code_in_any_case(text: str):
    assert code_list("prison").find(text) == "SEND"


def test_an_open_list_answers_with_the_label_that_it_does_not_hold():
    assert code_list("prison").label_of("HMP Elsewhere") == "HMP Elsewhere"
    assert problem(Choice("prison", "Prison", codes="prison"), "HMP Elsewhere", TODAY) == ""
    assert problem(Choice("need", "Need", codes="self_identified_need"), "elsewhere", TODAY)


@pytest.mark.parametrize("day", ["2019-02-29", "27 3 2019", "2019-3-27", "1899-12-31", "2019-03", "0", "2019-13-01"])
def test_a_date_that_is_none_is_refused(day: str):
    assert problem(Day("day", "Day"), day, TODAY)


@pytest.mark.parametrize("day", ["2019", "2019-03", "2019-03-27"])
def test_a_partial_date_may_lack_day_and_month(day: str):
    assert problem(Day("day", "Day", partial=True), day, TODAY) == ""


def test_a_day_in_the_future_is_refused_only_where_the_form_says_so():
    assert problem(Day("day", "Day"), "2026-03-13", TODAY) == ""
    assert problem(Day("day", "Day", may_be_future=False), "2026-03-13", TODAY)
    assert problem(Day("day", "Day", may_be_future=False), TODAY, TODAY) == ""


@pytest.mark.parametrize(("field", "good", "bad"), [
    (Moment("at", "At"), "2026-03-12T14:05", "2026-03-12T25:05"),
    (Number("n", "N", least=1, most=10), 10, 11),
    (Number("n", "N"), 1, True),
    (Money("m", "M"), "12.50", "12.5"),
    (ShortText("t", "T"), "Ŵynne-Gŷfon", "two\nlines"),
    (ShortText("t", "T"), "مريم 🌱", "bell\x07"),
])  # fmt: skip
def test_each_kind_takes_what_it_is_for_and_nothing_else(field, good, bad):
    assert problem(field, good, TODAY) == ""
    assert problem(field, bad, TODAY)


def test_not_asked_not_known_and_declined_are_three_things():
    asked = ShortText("t", "T", required=True)
    assert problem(asked, None, TODAY)
    assert problem(asked, NotKnown("she cannot say"), TODAY) == ""
    assert problem(asked, Declined(), TODAY) == ""
    assert problem(ShortText("t", "T", required=True, can_be_unknown=False), NotKnown(), TODAY)


def test_a_question_that_is_not_asked_is_not_checked():
    form = forms.ALL["child"]
    assert "date_of_birth" not in [field.name for field in form.asked({"unborn": True})]
    assert "date_of_birth" in [field.name for field in form.asked({})]


def test_a_condition_looks_into_sets_of_codes():
    condition = When("orders", ("care_order",))
    assert condition.holds({"orders": ("placement_order", "care_order")})
    assert not condition.holds({"orders": ("placement_order",)})


def test_an_answer_to_no_question_is_refused():
    assert "surprise" in forms.ALL["child"].problems({"surprise": "yes"}, TODAY)
