"""The answers of a record as it is read from its row are those that were given, whichever of them is looked at."""

from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework import fields, forms
from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.casework.journal import to_journal
from tac_desktop.casework.live import Folded
from tac_desktop.casework.record import Record
from tac_desktop.storage.form_tables import TABLES

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=9)
WITHOUT_VALUE = st.sampled_from([NotKnown(), NotKnown("lost"), Declined()])


def answers_to(field: fields.Field) -> st.SearchStrategy[Answer]:
    match field:
        case fields.Choices() | fields.Links():
            value = st.lists(TEXT, max_size=3).map(tuple)
        case fields.YesNo():
            value = st.booleans()
        case fields.Number():
            value = st.integers(0, 99)
        case fields.Day():
            value = st.just("2026-03-27")
        case fields.Moment():
            value = st.just("2026-03-27T14:05")
        case fields.Money():
            value = st.just("12.50")
        case _:
            value = TEXT
    return value | WITHOUT_VALUE


def told_in(form: str) -> st.SearchStrategy[tuple[str, dict[str, Answer]]]:
    asked = {field.name: answers_to(field) for field in forms.ALL[form].fields}
    return st.tuples(st.just(form), st.fixed_dictionaries({}, optional=asked))


def record_of(form: str, told: dict[str, Answer]) -> Record:
    values = to_journal(forms.ALL[form], told)
    folded = Folded(values=values, answers=told, conflicts=(), deleted=False, known_on="2026-03-27", version=1)
    return TABLES[form].record_of("an id", "a stream", folded)


@given(st.sampled_from([*forms.ALL]).flatmap(told_in))
def test_what_was_answered_is_read_and_nothing_else(said):
    form, told = said
    read = record_of(form, told).answers
    assert read == told
    assert told == read
    assert {name: read.get(name) for name in (*forms.ALL[form].by_name, "no question")} == {
        name: told.get(name) for name in (*forms.ALL[form].by_name, "no question")
    }
    last = sorted(name for name, answer in told.items() if isinstance(answer, NotKnown | Declined))
    assert [*read] == [*(name for name in forms.ALL[form].by_name if name in told and name not in last), *last]
    assert len(read) == len(told)
    assert all(name in read and type(read[name]) is type(told[name]) for name in told)


def test_what_was_not_asked_is_no_answer():
    read = record_of("contact", {"kind": "phone", "reached": False, "minutes": 0}).answers
    assert ("reached" in read, "minutes" in read, "who" in read, "no question" in read) == (True, True, False, False)
    assert read.get("who", "nobody") == "nobody"
    with pytest.raises(KeyError):
        _ = read["who"]
    assert repr(read) == "{'kind': 'phone', 'reached': False, 'minutes': 0}"


def test_a_record_that_is_read_equals_one_that_is_made_and_stays_as_it_is():
    told: dict[str, Answer] = {"kind": "phone", "children": ("a", "b"), "who": NotKnown()}
    read = record_of("contact", told)
    made = Record(
        id="an id", form="contact", version=1, case_file="a stream", stream="a stream", answers=told,
        known_on="2026-03-27",
    )  # fmt: skip
    assert read == made
    assert replace(read, id="another") == replace(made, id="another") != read
    with pytest.raises(FrozenInstanceError):
        read.answers = {}
    with pytest.raises(TypeError):
        read.answers["kind"] = "letter"
