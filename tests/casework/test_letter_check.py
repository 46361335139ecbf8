"""What should perhaps not stand in a letter to a child is found, however it is written; a person decides about it."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tac_desktop.casework.dues import by_form
from tac_desktop.casework.letter_check import NO_NAMES, READ, Found, found_in, terms
from tac_desktop.casework.record import Record, case_file_id, derived_id

CASE = case_file_id("EP-001")


def a_record(form: str, **answers: object) -> Record:
    record_id = derived_id(form, repr(answers))
    return Record(id=record_id, form=form, version=1, case_file=CASE, stream=CASE, answers=answers)


MOTHER = a_record("mother", name="Puce Anchor", known_as="Pip", prison="EP", prison_number="Z1234ZZ", reference="EP-1")
CHILD = a_record("child", name="Mauve Anchor", local_authority="Quillshire County Council")
HOME = a_record("placement", child="c", carer="Olive Saddle, foster carer")
WORKER = a_record("childrens_social_worker", name="Sage Lantern-Bell")
AGREED = a_record("letterbox_agreement", child="c", agency_name="Letterbox Service, Fernhill", sign_as="Mum Puce",
                  first_names_only=True, partner="Mrs Kettle")  # fmt: skip
SCHOOL = a_record("school_request", child="c", school="Ysgol Bryn Lliwgar, Ochre Easel")
RECORDS = by_form([MOTHER, CHILD, HOME, WORKER, AGREED, SCHOOL])


def found(text: str, agreement: Record | None = AGREED) -> list[tuple[str, str]]:
    return [(one.kind, one.words) for one in found_in(text, RECORDS, agreement)]


def test_the_words_of_a_letter_between_a_mother_and_her_child_are_left_alone():
    assert found("Dear Mauve,\nI think of you every day at school and at home.\nLove from Mum Puce (Pip)") == []


@pytest.mark.parametrize(("text", "kind", "words"), [
    ("Is Mrs Saddle kind to you?", "carer", "Saddle"),
    ("is OLIVE SADDLE kind", "carer", "OLIVE SADDLE"),
    ("ask olive-saddle’s dog", "carer", "olive-saddle"),
    ("S A D D L E", "carer", "S A D D L E"),
    ("Kettle makes tea", "carer", "Kettle"),
    ("your worker sage lantern bell", "person", "sage lantern bell"),
    ("Mauve Anchor, my girl", "surname", "Anchor"),
    ("I am in Eastwood Park", "place", "Eastwood Park"),
    ("you live in quillshire", "place", "quillshire"),
    ("the office at Fernhill", "place", "Fernhill"),
    ("my number is z1234zz", "number", "z1234zz"),
    ("how is it at Ysgol Bryn Lliwgar", "school", "Ysgol Bryn Lliwgar"),
    ("ask Mrs Easel for a drawing", "person", "Easel"),
])  # fmt: skip
def test_names_and_places_of_the_case_file_are_found(text: str, kind: str, words: str):
    assert found(text) == [(kind, words)]


@pytest.mark.parametrize(("text", "kind", "words"), [
    ("ring 07700 900 123 now", "phone", "07700 900 123"),
    ("+44 7700 900123", "phone", "+44 7700 900123"),
    ("(01632) 960-001", "phone", "(01632) 960-001"),
    ("mail me at puce.a@example.org.", "email", "puce.a@example.org"),
    ("look at www.example.org/puce", "link", "www.example.org/puce"),
    ("I am @puce_a there", "link", "@puce_a"),
    ("at ZE1 2ZZ", "address", "ZE1 2ZZ"),
    ("we lived at 12b Copper Kettle lane then", "address", "12b Copper Kettle lane"),
    ("by Brass Button Street", "address", "Brass Button Street"),
    ("do you like St. Lantern’s primary school?", "school", "Lantern’s primary school"),
    ("at brambles nursery", "school", "brambles nursery"),
])  # fmt: skip
def test_what_looks_like_a_way_to_find_somebody_is_found(text: str, kind: str, words: str):
    assert found(text) == [(kind, words)]


@pytest.mark.parametrize("text", [
    "I hope you like school and your nursery", "You were born on 27 March 2019 at 10.45, 3 kg 250", "in man",
    "Have you started school? I love the new school.", "Saddleback pigs and unsaddled ponies", "it is 12 weeks",
])  # fmt: skip
def test_what_only_looks_like_it_is_left_alone(text: str):
    inman = by_form([*RECORDS["mother"], a_record("placement", carer="Plum Inman"), HOME])
    assert found_in(text, inman) == []


def test_the_first_name_of_a_carer_may_stand_only_where_first_names_were_agreed():
    assert found("Give my love to Olive") == []
    assert found("Give my love to Olive", None) == [("carer", "Olive")]
    whole_names = a_record("letterbox_agreement", child="c", first_names_only=False)
    assert found("Mauve Anchor and Olive", whole_names) == [("carer", "Olive")]


def test_a_place_in_a_letter_is_told_with_its_line():
    [one] = found_in("Dear Mauve\n\nis Olive\u00a0Saddle well?", RECORDS, AGREED)
    assert (one.line, one.told()) == (3, "‘Olive Saddle’ in line 3: The name of a carer")


def test_a_child_who_has_the_first_name_of_a_carer_may_be_named():
    records = by_form([MOTHER, a_record("child", name="Olive Anchor"), HOME])
    assert [one.words for one in found_in("Dear Olive, is Olive Saddle there?", records)] == ["Olive Saddle"]


def test_only_what_is_wanted_is_looked_at():
    assert set(RECORDS) <= set(READ)
    assert {term.kind for term in terms(RECORDS)} <= {"surname", "carer", "person", "place", "school", "number"}


LATIN = st.characters(min_codepoint=0x41, max_codepoint=0x24F, categories=("Lu", "Ll"))


def is_a_name(word: str) -> bool:
    """Say whether somebody may be called so: 'With' and 'Ẃith' stand beside names."""
    return unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode().casefold() not in NO_NAMES


LETTERS = st.text(LATIN, min_size=4, max_size=9).filter(is_a_name)
SIGNS = st.text(st.sampled_from("-.'’·_\u200b/*"), max_size=2)


@settings(max_examples=60)
@given(first=LETTERS, last=LETTERS, data=st.data())
def test_a_name_is_found_in_any_case_and_with_signs_and_gaps_between_its_letters(first: str, last: str, data):
    records = by_form([a_record("placement", carer=f"Olive {first} {last}, foster carer")])
    case = data.draw(st.sampled_from([str.lower, str.upper, str.swapcase, str]))
    form = data.draw(st.sampled_from(["NFC", "NFD", "NFKC"]))
    sign, gap = data.draw(SIGNS), data.draw(st.sampled_from([" ", "", "-", "\n", "  ", "\u00a0"]))
    written = unicodedata.normalize(form, case(sign.join(first) + gap + sign.join(last)))
    before, after = "Say hello to ", " from me"
    hits = found_in(before + written + after, records)
    assert any(covers(hit, len(before), len(before) + len(written.rstrip())) for hit in hits), (written, hits)


def covers(hit: Found, begin: int, end: int) -> bool:
    """Say whether at least the surname lies in what was found, up to its end but for marks behind its last letter."""
    return hit.kind == "carer" and begin <= hit.begin < hit.end <= end + 2


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_place_lies_in_it(text: str):
    hits = found_in(text, RECORDS, AGREED)
    assert all(text[hit.begin : hit.end] == hit.words and hit.words for hit in hits)
    assert [hit.begin for hit in hits] == sorted(hit.begin for hit in hits)


def test_a_name_after_a_title_is_a_surname_also_where_first_names_may_stand():
    records = by_form([MOTHER, CHILD, a_record("placement", child="c", carer="Mrs Saddle Kettle")])
    words = {term.words for term in terms(records, AGREED) if term.kind == "carer"}
    assert {"Saddle", "Kettle"} <= words
    first_named = by_form([MOTHER, CHILD, a_record("placement", child="c", carer="Olive Kettle")])
    assert "Olive" not in {term.words for term in terms(first_named, AGREED)}
