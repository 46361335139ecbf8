"""What is withheld from a reader is gone before anything is made from the records."""

import pytest

from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.casework.disclosure import COURT_AND_PARTIES, disclosed
from tac_desktop.casework.fields import (
    Attachment,
    Choice,
    Choices,
    Day,
    Field,
    Link,
    Links,
    Moment,
    Money,
    Narrative,
    Number,
    ShortText,
    YesNo,
)
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record


def a_record(form: str, record_id: str = "r", **answers: Answer) -> Record:
    return Record(id=record_id, form=form, version=1, case_file="c", stream="c", answers=answers)


def some_answer(field: Field) -> Answer:
    match field:
        case ShortText() | Narrative() | Choice() | Link() | Attachment() | Money():
            return "something"
        case Day():
            return "2026-03-01"
        case Moment():
            return "2026-03-01T10:00"
        case Choices() | Links():
            return ("something",)
        case Number():
            return 3
        case YesNo():
            return True


@pytest.mark.parametrize("form", ALL)
def test_no_answer_that_the_form_withholds_from_court_or_party_is_left(form: str):
    # a record's own mark is tried below; here only what the form says
    full = {field.name: some_answer(field) for field in ALL[form].fields if field.name != "withheld_from"}
    left = disclosed({form: [a_record(form, **full)]}, COURT_AND_PARTIES)[form][0].answers
    for field in ALL[form].fields:
        assert (field.name in left) == (field.name in full and not field.withheld_from & COURT_AND_PARTIES)


@pytest.mark.parametrize(("readers", "left"), [
    ({"court", "other_party"}, False), ({"other_party"}, False), ({"court"}, True), ({"mother"}, True),
])  # fmt: skip
def test_a_carer_is_named_to_the_court_alone_but_never_to_the_other_party(readers: set, left: bool):
    (placement,) = disclosed({"placement": [a_record("placement", carer="Ochre Lantern")]}, readers)["placement"]
    assert ("carer" in placement.answers) == left


@pytest.mark.parametrize(("marked", "readers", "left"), [
    (("other_party",), {"court", "other_party"}, False),
    (("court",), {"court", "other_party"}, False),
    (("court",), {"other_party"}, False),
    (("mother",), {"court", "other_party"}, True),
    (("mother", "staff"), {"mother"}, False),
    ((), {"court", "other_party"}, True),
])  # fmt: skip
def test_a_record_that_is_marked_is_left_out_whole(marked: tuple, readers: set, left: bool):
    found = disclosed({"contact": [a_record("contact", withheld_from=marked, summary="x")]}, readers)
    assert ("contact" in found) == left


def test_answers_of_unknown_questions_and_forms_are_not_shown():
    records = {"child": [a_record("child", name="Amber", from_a_newer_version="x")], "newer_form": [a_record("x")]}
    found = disclosed(records, COURT_AND_PARTIES)
    assert dict(found["child"][0].answers) == {"name": "Amber"}
    assert "newer_form" not in found


def test_not_known_and_declined_stay_what_they_are():
    answers = {"ethnicity": Declined(), "relationship_status": NotKnown("not asked yet")}
    (mother,) = disclosed({"mother": [a_record("mother", **answers)]}, COURT_AND_PARTIES)["mother"]
    assert dict(mother.answers) == answers
