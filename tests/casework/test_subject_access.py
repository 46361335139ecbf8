"""What is kept about one person: which answers speak of her, and which have to be looked at."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.dues import dues
from tac_desktop.casework.dues.access import answer_access_by
from tac_desktop.casework.record import Record, case_file_id
from tac_desktop.casework.subject_access import WITHHELD, Item, Kept, Mark, blanked, items, shown, undecided

CASE = case_file_id("TAC-1")


def record(form: str, number: int = 0, **answers: object) -> Record:
    made = CASE if form == "mother" else f"{form}-{number}"
    return Record(id=made, form=form, version=1, case_file=CASE, stream=CASE, answers=answers)


MOTHER = record("mother", name="Puce Anchor", reference="TAC-1")
CHILD = record("child", 1, name="Wren Anchor", wishes="I want to see her")
OTHER_CHILD = record("child", 2, name="Linnet Anchor")
HOME = record("placement", 1, child=CHILD.id, carer="Teal Lantern, grandmother")
WORKER = record("childrens_social_worker", 1, name="Ochre Trowel")
SAID = record("contact", 1, summary="She rang Teal and asked Ochre Trowel for a photo of Linnet.", minutes="20")
QUIET = record("contact", 2, summary="She was well.", withheld_from=("mother",))
HEARING = record("hearing", 1, court="Family Court at Quillhaven")
EVERYTHING = (MOTHER, CHILD, OTHER_CHILD, HOME, WORKER, SAID, QUIET, HEARING)


def kept() -> Iterator[Kept]:
    for one in EVERYTHING:
        for name, answer in one.answers.items():
            words = "; ".join(answer) if isinstance(answer, tuple) else str(answer)
            yield Kept(record=one, question=name, words="Wren Anchor" if words == CHILD.id else words)


def found(subject: Record) -> dict[tuple[str, str], Item]:
    return {(item.kept.record.id, item.kept.question): item for item in items(kept(), subject)}


def test_a_name_in_capitals_or_of_two_letters_is_one_too():
    about = record("contact", 3, who="Jo LANTERN, neighbour", summary="Ms Lantern rang, and Mr Nobody.")
    waits = {item.kept.question: item.names for item in items(
        [Kept(record=about, question=name, words=about.text(name)) for name in ("who", "summary")]
        + [Kept(record=SAID, question="summary", words="JO came with somebody, Mr Nobody for one.")], MOTHER,
    ) if item.waits}  # fmt: skip
    assert waits == {"who": ("Jo", "LANTERN"), "summary": ("JO",)}


def test_parts_that_overlap_are_both_blanked_out():
    assert blanked("She met Teal Lantern Road.", ["teal lantern", "Lantern Road"]) == f"She met {WITHHELD}."
    assert blanked("aaa b aaa", ["aa"]) == f"{WITHHELD} b {WITHHELD}"
    assert blanked("Nothing.", ["", " "]) == "Nothing."


def test_a_link_to_what_a_court_has_is_looked_at_too():
    friend = record("mckenzie_friend", 1, hearing=HEARING.id)
    told = Kept(record=friend, question="hearing", words="27 March 2026 · Final hearing · Family Court at Quillhaven")
    assert Mark.COURT in items([told], MOTHER)[0].marks


def test_of_the_mother_all_of_her_case_file_is_given():
    assert len(found(MOTHER)) == len(list(kept()))


def test_of_a_child_its_record_what_is_linked_to_it_and_where_its_name_stands():
    about = set(found(OTHER_CHILD))
    assert about == {(OTHER_CHILD.id, "name"), (SAID.id, "summary"), (MOTHER.id, "name"), (CHILD.id, "name"),
                     (HOME.id, "child")}, "the family's name is its own, too"  # fmt: skip
    assert {(HOME.id, "carer"), (HOME.id, "child")} <= set(found(CHILD))


def test_an_answer_that_names_somebody_else_waits_for_a_decision():
    item = found(MOTHER)[SAID.id, "summary"]
    assert {Mark.OTHER_PERSON, Mark.PROFESSIONAL} <= item.marks
    assert item.names == ("Teal",)
    assert item.waits


def test_a_professionals_name_alone_does_not_wait():
    item = found(MOTHER)[WORKER.id, "name"]
    assert item.marks == {Mark.PROFESSIONAL}
    assert not item.waits


def test_what_a_child_told_what_is_kept_back_and_what_a_court_has_waits():
    answers = found(MOTHER)
    assert Mark.CHILDS_OWN in answers[CHILD.id, "wishes"].marks
    assert Mark.KEPT_BACK in answers[QUIET.id, "summary"].marks
    assert Mark.COURT in answers[HEARING.id, "court"].marks
    assert Mark.CHILDS_OWN not in found(CHILD)[CHILD.id, "wishes"].marks, "what it told itself"


def test_her_own_children_are_no_strangers_to_her_but_she_is_somebody_else_to_them():
    assert not found(MOTHER)[CHILD.id, "name"].waits
    assert Mark.OTHER_PERSON in found(OTHER_CHILD)[SAID.id, "summary"].marks


def test_other_words_need_another_decision():
    item = found(MOTHER)[SAID.id, "summary"]
    decision = Record(id=item.decision_id("r"), form="access_decision", version=1, case_file=CASE, stream=CASE,
                      answers={"decision": "disclose"})  # fmt: skip
    assert undecided([item], "r", {decision.id: decision}) == ()
    changed = Item(kept=Kept(record=SAID, question="summary", words="Otherwise."), marks=item.marks, names=())
    assert undecided([changed], "r", {decision.id: decision}) == (changed,)
    assert undecided([item], "another request", {decision.id: decision}) == (item,)


def test_what_nobody_has_decided_about_is_not_shown():
    item = found(MOTHER)[SAID.id, "summary"]
    assert shown([item], "r", {})[0].words == WITHHELD


@given(st.text(), st.lists(st.text(min_size=1)))
def test_a_blanked_part_stands_nowhere_any_more(words: str, parts: list[str]):
    left = blanked(words, parts).replace(WITHHELD, "\0")
    for part in parts:
        if part.strip() and part.strip() != "\0":
            assert part.strip() not in left


def test_it_is_answered_within_a_month_of_knowing_who_asks():
    asked = {"received": "2026-01-31", "asked_by": "Puce Anchor", "about": "mother"}
    assert answer_access_by(record("access_request", **asked)) == "2026-02-28"
    assert answer_access_by(record("access_request", **asked, identity_proved="2026-02-10")) == "2026-03-10"
    assert answer_access_by(record("access_request", **asked, extended=True)) == "2026-04-30"
    stopped = record("access_request", **asked, paused_on="2026-02-01", resumed_on="2026-02-11")
    assert answer_access_by(stopped) == "2026-03-10"
    assert answer_access_by(record("access_request")) == ""


def test_a_request_is_due_until_it_is_answered():
    request = record("access_request", received="2026-01-31")
    assert [due.task for due in dues({"access_request": [request]})] == ["access_request"]
    assert dues({"access_request": [record("access_request", received="2026-01-31", answered_on="2026-02-01")]}) == []


@pytest.mark.parametrize(("flag", "mark"), [
    ("third_party", Mark.OTHER_PERSON), ("legal_advice", Mark.LEGAL_ADVICE), ("harm", Mark.HARM),
    ("childs_confidence", Mark.CHILDS_OWN),
])  # fmt: skip
def test_what_somebody_said_was_in_a_contact_when_it_was_written_waits_for_a_decision(flag: str, mark: Mark):
    note = replace(QUIET, answers={**QUIET.answers, "withheld_from": (), "disclosure": (flag,)})
    [found] = items([Kept(record=note, question="summary", words="All was well.")], MOTHER)
    assert mark in found.marks
    assert found.waits


def test_that_a_child_does_not_want_contact_is_told_to_nobody_unlooked_at():
    hers = record("contact_permission", 1, source="child_wishes", level="not_allowed", children=(CHILD.id,))
    theirs = record("contact_permission", 2, source="la_decision", level="not_allowed", children=(CHILD.id,))
    told = [Kept(record=one, question="level", words="Not allowed") for one in (hers, theirs)]
    assert [Mark.CHILDS_OWN in item.marks for item in items(told, MOTHER)] == [True, False]


def test_who_gave_a_warning_is_told_to_nobody_unlooked_at():
    alert = record("alert", 1, what_to_do="Ask before anything is sent.", source="Her sister’s neighbour")
    told = items([Kept(record=alert, question=name, words=alert.text(name)) for name in alert.answers], MOTHER)
    assert [item.kept.question for item in told if item.waits] == ["source"]
    assert [Mark.OTHER_PERSON in item.marks for item in told] == [False, True]
