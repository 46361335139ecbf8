"""What is withheld from a reader is gone before anything is made from the records."""

import pytest

from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.disclosure import COURT_AND_PARTIES, disclosed, kept_by_flags, may_be_shown
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

MARKS = ("withheld_from", "disclosure")


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
    full = {field.name: some_answer(field) for field in ALL[form].fields if field.name not in MARKS}
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


NOTE = {"at": "2026-03-01T10:00", "kind": "phone", "with_whom": ("school",), "who": "Slate Ledger", "summary": "All."}
EACH = ("mother", "staff", "court", "other_party")


def seen(reader: str, **answers: Answer) -> dict[str, Answer] | None:
    found = disclosed({"contact": [a_record("contact", **NOTE, **answers)]}, {reader}).get("contact")
    return dict(found[0].answers) if found else None


@pytest.mark.parametrize(("flag", "kept_from"), [
    ("third_party", {"mother", "staff", "other_party"}), ("legal_advice", {"staff", "court", "other_party"}),
    ("harm", {"mother", "court", "other_party"}), ("childs_confidence", {"mother", "staff", "other_party"}),
    ("of a later version", set(EACH)),
])  # fmt: skip
def test_what_is_in_a_record_keeps_it_from_those_who_may_not_be_told(flag: str, kept_from: set[str]):
    assert {reader for reader in EACH if seen(reader, disclosure=(flag,)) is None} == kept_from


def test_every_flag_of_the_list_keeps_a_record_from_somebody_and_not_from_everybody():
    for code in code_list("disclosure_flag").codes:
        assert 0 < len(kept_by_flags([code.code])) < len(EACH)


def test_the_mother_is_shown_what_she_may_be_told_in_place_of_the_note_and_nothing_else_that_was_written():
    marked = {"withheld_from": ("mother",), "disclosure": ("third_party",), "decided_by": "Sage Beacon"}
    assert seen("mother", **marked) is None
    told = seen("mother", **marked, may_be_told="The school rang.", staff_note="Quiet today.")
    assert told == {**{name: NOTE[name] for name in ("at", "kind", "with_whom")}, "summary": "The school rang."}


def test_staff_are_shown_their_note_and_never_the_note_itself():
    without = seen("staff")
    assert without == {name: NOTE[name] for name in ("at", "kind", "with_whom")}
    assert seen("staff", staff_note="She had hard news.")["summary"] == "She had hard news."
    assert seen("staff", withheld_from=("staff",)) is None
    assert seen("staff", withheld_from=("staff",), staff_note="She had hard news.")["summary"] == "She had hard news."


def test_what_she_may_be_told_is_not_told_to_the_court_in_place_of_what_is_kept_from_it():
    assert seen("court", disclosure=("harm",), may_be_told="The school rang.") is None
    assert "may_be_told" not in seen("court", withheld_from=("mother",), may_be_told="The school rang.")


def test_with_which_carer_a_contact_was_another_party_is_not_told():
    answers = {"at": "2026-03-01T10:00", "with_whom": ("childrens_sw", "foster_carer"), "who": "Ruby Harbour"}
    log = {
        "contact": [a_record("contact", **answers), a_record("contact", "s", **answers | {"with_whom": ("school",)})]
    }
    assert [one.text("who") for one in disclosed(log, COURT_AND_PARTIES)["contact"]] == ["", "Ruby Harbour"]
    assert [one.text("who") for one in disclosed(log, {"court"})["contact"]] == ["Ruby Harbour"] * 2


@pytest.mark.parametrize(("field", "readers", "may"), [
    ("who", COURT_AND_PARTIES, False), ("who", {"court"}, True), ("summary", COURT_AND_PARTIES, True),
    ("summary", {"staff"}, False), ("at", {"staff"}, True), ("staff_note", {"court"}, False),
    ("surprise", {"court"}, False),
])  # fmt: skip
def test_what_may_not_be_shown_of_a_record_is_not_shown_in_its_other_answers_either(field: str, readers, may: bool):
    log = a_record("contact", at="2026-03-01T10:00", with_whom=("foster_carer",), summary="Well.", staff_note="Rang.")
    assert may_be_shown(log, field, readers) is may
