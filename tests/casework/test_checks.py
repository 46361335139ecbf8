"""Which day cannot stand before which."""

import pytest

from tac_desktop.casework import fields, forms
from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.checks import ORDER_OF_DAYS, order_expected, order_problems


@pytest.mark.parametrize(("form", "first", "then"), [row[:3] for row in ORDER_OF_DAYS])
def test_the_days_are_days_of_the_form(form: str, first: str, then: str):
    assert isinstance(forms.ALL[form].by_name[first], fields.Day | fields.Moment)
    assert isinstance(forms.ALL[form].by_name[then], fields.Day)


@pytest.mark.parametrize(("form", "first", "then"), [row[:3] for row in ORDER_OF_DAYS])
def test_a_later_day_before_its_earlier_one_is_a_problem(form: str, first: str, then: str):
    assert order_problems(form, {first: "2022-03-02", then: "2022-03-01"})
    assert order_problems(form, {first: "2022-03-01", then: "2022-03-01"}) == {}
    assert order_problems(form, {first: "2022-03-01", then: "2022-03-02"}) == {}


PERIODS = (("from_date", "to_date"), ("since", "until"), ("asked_on", "answered_on"), ("received", "answered_on"))


@pytest.mark.parametrize(("first", "then"), PERIODS)
def test_what_has_a_beginning_and_an_end_has_them_in_this_order_in_every_form(first: str, then: str):
    has_both = {form.name for form in forms.ALL.values() if form.by_hand and {first, then} <= form.by_name.keys()}
    assert has_both
    assert has_both == {form for form in has_both if order_problems(form, {first: "2026-03-02", then: "2026-03-01"})}


def test_she_may_be_told_of_a_social_worker_before_that_one_begins():
    assert order_problems("childrens_social_worker", {"from_date": "2026-03-02", "mother_told": "2026-02-20"}) == {}


def test_what_was_expected_names_the_other_day_as_the_workbook_does():
    wrong = {"opened": "2022-03-02", "closed": "2022-03-01"}
    assert order_expected(forms.ALL["episode"], wrong) == {"closed": "a day that is not before ‘Opened’"}
    wrong = {"date_of_birth": "2022-03-02", "due_date": "2022-03-01"}
    assert list(order_expected(forms.ALL["child"], wrong)) == ["date_of_birth"]
    assert order_expected(forms.ALL["episode"], {"opened": "2022-03-01", "closed": "2022-03-01"}) == {}


def test_days_that_are_not_known_contradict_nothing():
    assert order_problems("episode", {"opened": "2022-03-02", "closed": NotKnown()}) == {}
    assert order_problems("episode", {"closed": "2022-03-02"}) == {}


@pytest.mark.parametrize(("first", "then", "wrong"), [
    ("2022-03", "2022-02", True), ("2022-03", "2022-03-01", False), ("2022", "2022-01", False),
    ("2023", "2022-12", True),
])  # fmt: skip
def test_partial_days_are_compared_as_far_as_they_go(first: str, then: str, wrong: bool):
    assert bool(order_problems("placement", {"from_date": first, "to_date": then})) is wrong


def test_days_that_came_so_from_elsewhere_and_are_left_are_not_told_and_a_change_of_either_is():
    wrong = {"opened": "2022-03-02", "closed": "2022-03-01"}
    assert order_problems("episode", wrong, stands=wrong) == {}
    assert order_problems("episode", wrong | {"closed": "2022-02-01"}, stands=wrong)
    assert order_problems("episode", wrong, stands={"opened": "2022-03-02"})
