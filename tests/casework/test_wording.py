import pytest

from tac_desktop.casework import forms
from tac_desktop.casework.answers import Declined, NotKnown
from tac_desktop.casework.family import picture
from tac_desktop.casework.family_words import heading_of
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import answer_in_words, begun_small, child_name, listed, one_line, record_in_words


def record(form: str, **answers) -> Record:
    return Record(id="r", form=form, version=1, case_file="c", stream="c", answers=answers)


def words(form: str, name: str, answer) -> str:
    return answer_in_words(forms.ALL[form].by_name[name], answer, {"k1": "Mauve Anchor"}.get)


@pytest.mark.parametrize(
    ("form", "name", "answer", "said"),
    [
        ("child", "name", "Mauve Anchor", "Mauve Anchor"),
        ("child", "name", None, ""),
        ("child", "name", NotKnown("no papers"), "Not known: no papers"),
        ("child", "name", NotKnown(), "Not known"),
        ("child", "name", Declined(), "Did not wish to say"),
        ("child", "unborn", True, "Yes"),
        ("child", "unborn", False, "No"),
        ("child", "date_of_birth", "2019-03-27", "27 March 2019"),
        ("contact", "at", "2019-03-27T09:05", "27 March 2019, 09:05"),
        ("contact", "minutes", 20, "20 minutes"),
        ("contact_plan", "times", 1, "1 time"),
        ("contact", "children", ("k1", "gone"), "Mauve Anchor; a record that is not here"),
        ("contact", "kind", "phone", "Phone call"),
        ("contact", "withheld_from", ("mother", "staff"), "The mother; Prison staff"),
        ("child", "local_authority", "Isle of Quill", "Isle of Quill"),
    ],
)
def test_an_answer_reads_as_a_person_would_say_it(form, name, answer, said):
    assert words(form, name, answer) == said


def test_a_record_is_told_by_the_answers_of_its_row():
    placement = record("placement", child="k1", arrangement="foster_care", from_date="2025-09")
    said = record_in_words(forms.ALL["placement"], placement, {"k1": "Mauve Anchor"}.get)
    assert said == "Mauve Anchor · Foster care · September 2025"


def test_a_child_without_a_name_is_told_by_what_is_known():
    assert record_in_words(forms.ALL["child"], record("child", due_date="2026-06-01"), str) == (
        "Not named yet · due 1 June 2026"
    )
    assert record_in_words(forms.ALL["child"], record("child", name=NotKnown(), known_as="Bean"), str) == "Bean"


def test_an_empty_record_still_has_words():
    assert record_in_words(forms.ALL["order"], record("order"), str) == "Order without further words"


def test_a_long_text_is_cut_at_a_word():
    assert one_line("one two\nthree four", 13) == "one two…"
    assert one_line("one two\nthree", 13) == "one two three"


def test_figures_after_a_name_that_runs_from_right_to_left_stay_after_it():
    child = record("child", name="Môr محمد", date_of_birth="2016-09-07")
    assert record_in_words(forms.ALL["child"], child, str) == "Môr محمد\u200e · 7 September 2016"
    [home] = picture({"child": [child]}, "2026-11-22").households
    assert heading_of(home.children[0], "2026-11-22", child_name) == "Môr محمد\u200e, 10"


@pytest.mark.parametrize(("words", "small"), [
    ("Care order", "care order"), ("A step-parent", "a step-parent"), ("CAFCASS", "CAFCASS"), ("", ""),
    ("Microsoft Teams", "Microsoft Teams"),
])  # fmt: skip
def test_in_the_middle_of_a_sentence_words_begin_small_unless_they_are_a_name(words: str, small: str):
    assert begun_small(words) == small


def test_a_return_that_nobody_has_received_yet_is_told_by_the_day_it_was_sent():
    form = forms.ALL["tracker_return"]
    sent = record("tracker_return", tracker_form="follow_up", sent="2026-11-22")
    assert record_in_words(form, sent, str) == "6-monthly follow-up · sent 22 November 2026"
    received = record("tracker_return", tracker_form="follow_up", received="2026-11-20", sent="2026-11-22")
    assert record_in_words(form, received, str) == "6-monthly follow-up · 20 November 2026"


def test_names_are_listed_as_one_reads_them_aloud():
    told = [listed(names) for names in ([], ["Mauve"], ["Mauve", "Teal"], ["Mauve", "Teal", "Hazel"])]
    assert told == ["", "Mauve", "Mauve and Teal", "Mauve, Teal and Hazel"]
