"""The workbook's columns follow from the forms, and a cell says the same in both directions."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework import fields, forms
from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.sheets import CASE_REFERENCE, ORDER, Column, all_sheets, answer_in, cell_for
from tac_desktop.casework.workbook_matching import REFERENCES, plain

TODAY = "2026-11-21"
COLUMNS = [column for sheet in all_sheets() for column in sheet.columns]
KEYS = {"reference", *REFERENCES.values()}


def test_every_form_that_names_a_sheet_stands_on_one():
    assert {form.sheet for form in forms.ALL.values() if form.sheet} == set(ORDER)


def test_headings_of_a_sheet_differ():
    for sheet in all_sheets():
        headings = [column.heading for column in sheet.columns]
        assert len(headings) == len(set(headings)), sheet.title


def test_rows_of_a_mother_begin_with_her_reference_and_no_others_do():
    with_reference = {sheet.title for sheet in all_sheets() if sheet.columns[0].heading == CASE_REFERENCE}
    assert with_reference == set(ORDER) - {"Prison staff survey", "Practitioner survey", "Evaluation activities"}


def test_labels_that_stand_beside_others_in_one_cell_hold_no_semicolon():
    for column in COLUMNS:
        if isinstance(column.field, fields.Choices):
            assert [v.label for v in code_list(column.field.codes).codes if ";" in v.label] == []


def codes_of(name: str) -> list[str]:
    return [value.code for value in code_list(name).codes if value.code != "not_known"]


def days(field: fields.Day) -> st.SearchStrategy[str]:
    last = date(2100, 1, 1) if field.may_be_future else date.fromisoformat(TODAY)
    return st.dates(date(1900, 1, 1), last).map(date.isoformat)


def texts(longest: int) -> st.SearchStrategy[str]:
    """One line as a person types it; a literal ‘Not known’ is the state, which is the workbook's own rule."""
    return (
        st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=min(longest, 30))
        .map(str.strip)
        .filter(lambda text: text and text.casefold() not in {"not known", "declined"})
    )


def answers_to(field: fields.Field) -> st.SearchStrategy[Answer]:
    match field:
        case fields.Choice():
            return st.sampled_from(codes_of(field.codes))
        case fields.Choices():
            return st.lists(st.sampled_from(codes_of(field.codes)), min_size=1, unique=True).map(tuple)
        case fields.YesNo():
            return st.booleans()
        case fields.Number():
            return st.integers(field.least, field.most)
        case fields.Day():
            return days(field)
        case _:
            return texts(getattr(field, "longest", 60))


def states(column: Column) -> list[Answer]:
    return [] if column.field.name in KEYS else [NotKnown(), Declined()]


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: f"{column.form.name}.{column.field.name}")
@given(data=st.data())
def test_what_is_written_into_a_cell_is_read_out_of_it(column: Column, data: st.DataObject):
    answer = data.draw(st.one_of(answers_to(column.field), *map(st.just, states(column))))
    if column.form.name == "mckenzie_friend" and isinstance(answer, str):
        answer = (answer,)
    read = answer_in(column, cell_for(column, answer), TODAY)
    assert plain(read) == plain(answer)


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: f"  {text} "], ids=["upper", "lower", "spaced"])
def test_every_label_and_code_is_found_however_it_is_spelled(change: Callable[[str], str]):
    for column in COLUMNS:
        if isinstance(column.field, fields.Choice):
            for value in code_list(column.field.codes).codes:
                expected = NotKnown() if value.code == "not_known" else value.code
                assert answer_in(column, change(value.label), TODAY) == expected
                assert answer_in(column, change(value.code), TODAY) == expected
