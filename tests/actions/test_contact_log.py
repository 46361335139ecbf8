"""One event with several women, a chaser, an answer: all of it is written or nothing; who waits for what anywhere."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.awaited import awaited, how_quickly
from tac_desktop.actions.contact_log import MOST, PAPERS, ContactPaper, ContactWith, log_contacts, logged_together
from tac_desktop.actions.restriction import restrict
from tac_desktop.actions.same_woman import join_cases
from tac_desktop.casework import forms
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import AnswersRefused, CaseRestricted, NotAllowed, NotPermitted, UnknownRecord
from tests.actions.conftest import NOW, Desk, MakeDesk, made_desks

CALL = {"at": "2026-11-20T14:05", "kind": "phone", "summary": "Spoke with the school about both."}
TODAY = NOW.date().isoformat()
OCHRE = Person(id="ochre", name="Ochre Saddle", role="worker", prison="EP")


@pytest.fixture(scope="module")
def make_desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeDesk]:
    yield from made_desks(tmp_path_factory.mktemp("desks"))


@pytest.fixture(scope="module")
def desk(make_desks: MakeDesk) -> Desk:
    return make_desks("manager")


numbers = iter(range(1, 1000))


def a_mother(desk: Desk, name: str = "Puce Anchor") -> str:
    reference = f"TAC-{next(numbers):05}"
    save_answers(
        desk.store, desk.person, forms.ALL["mother"], answers={"reference": reference, "name": name, "prison": "EP"},
        now=NOW,
    )  # fmt: skip
    return case_file_id(reference)


def a_child(desk: Desk, case_file: str) -> str:
    child = {"name": "Mauve Anchor", "date_of_birth": "2019-03-27"}
    return save_answers(desk.store, desk.person, forms.ALL["child"], answers=child, now=NOW, case_file=case_file)


def log(desk: Desk, *contacts: ContactWith, **more: Any):
    return log_contacts(desk.store, desk.person, contacts, now=NOW, **more)


def contacts(desk: Desk, case_file: str):
    return desk.store.records("contact", case_file)


def test_one_call_about_two_women_stands_in_both_case_files_and_each_knows_of_the_other(desk):
    puce, umber = a_mother(desk), a_mother(desk, "Umber Lantern")
    child = a_child(desk, umber)
    made = log(
        desk, ContactWith(case_file=puce, answers=CALL),
        ContactWith(case_file=umber, answers={**CALL, "children": (child,)}),
    )  # fmt: skip
    [hers], [others] = contacts(desk, puce), contacts(desk, umber)
    assert (hers.id, others.id) == made.contacts
    assert hers.answers == CALL
    assert others.answers == {**CALL, "children": (child,)}
    assert [one.case_file for one in logged_together(desk.store, hers)] == [umber]
    assert {tie.text("event") for tie in desk.store.awaited.logged_with(hers.id)} == {made.event}


def test_a_single_contact_is_tied_to_nothing(desk):
    puce = a_mother(desk)
    made = log(desk, ContactWith(case_file=puce, answers=CALL))
    assert made.event == ""
    assert desk.store.records("contact_tie", puce) == []


def test_a_refusal_for_one_saves_nothing_for_any_and_names_her(desk):
    puce, umber = a_mother(desk), a_mother(desk, "Umber Lantern")
    foreign = a_child(desk, puce)
    before = len(desk.store.entries(puce))
    with pytest.raises(AnswersRefused) as refused:
        log(
            desk, ContactWith(case_file=puce, answers=CALL),
            ContactWith(case_file=umber, answers={**CALL, "children": (foreign,)}),
        )  # fmt: skip
    assert refused.value.problems == {"children": "Umber Lantern: Choose one of this case file."}
    assert contacts(desk, puce) == contacts(desk, umber) == []
    assert len(desk.store.entries(puce)) == before


def test_what_is_wrong_for_all_is_said_once(desk):
    puce, umber = a_mother(desk), a_mother(desk, "Umber Lantern")
    with pytest.raises(AnswersRefused) as refused:
        log(desk, *(ContactWith(case_file=c, answers={**CALL, "at": "2027-01-01T10:00"}) for c in (puce, umber)))
    assert refused.value.problems == {"at": "That day is in the future."}


def test_nobody_logs_the_same_woman_twice_in_one_event_or_somebody_who_is_not_here(desk):
    puce = a_mother(desk)
    for wrong in ((puce, puce), (puce, case_file_id("TAC-99999")), ()):
        with pytest.raises(UnknownRecord):
            log(desk, *(ContactWith(case_file=case_file, answers=CALL) for case_file in wrong))
    assert contacts(desk, puce) == []


def test_of_more_women_than_are_logged_at_once_a_sentence_says_so(desk):
    many = [ContactWith(case_file=case_file_id(f"M-{number}"), answers=CALL) for number in range(MOST + 1)]
    with pytest.raises(NotAllowed, match=f"At most {MOST} women"):
        log(desk, *many)


def test_every_file_of_a_contact_is_kept_with_it_and_each_may_be_kept_from_others(desk):
    puce, umber = a_mother(desk), a_mother(desk, "Umber Lantern")
    first, second = desk.store.attach([b"%PDF one"]), desk.store.attach([b"%PDF two"])
    papers = [ContactPaper(file=first, title="Letter"), ContactPaper(file=second, withheld_from=("mother",))]
    log(desk, *(ContactWith(case_file=c, answers=CALL) for c in (puce, umber)), papers=papers)
    for case_file in (puce, umber):
        kept = desk.store.records("contact_paper", case_file)
        assert {(one.text("file"), one.text("title"), one.answers.get("withheld_from")) for one in kept} == {
            (first, "Letter", None), (second, "", ("mother",)),
        }  # fmt: skip
        assert {one.text("contact") for one in kept} == {contacts(desk, case_file)[0].id}


@pytest.mark.parametrize("paper", [ContactPaper(file="0" * 64), ContactPaper(file="x"),
                                   ContactPaper(file="0" * 64, title="ï" * 100_000)])  # fmt: skip
def test_a_file_that_is_not_here_or_has_no_fit_title_refuses_the_whole(desk, paper):
    puce = a_mother(desk)
    with pytest.raises(AnswersRefused) as refused:
        log(desk, ContactWith(case_file=puce, answers=CALL), papers=[paper])
    assert list(refused.value.problems) == [PAPERS]
    assert contacts(desk, puce) == []


ASKED = {**CALL, "waiting_for": "The care plan", "with_whom": ("childrens_sw",), "who": "Slate Ledger"}


def ask(desk: Desk, case_file: str, at: str = "2026-11-01T09:00") -> str:
    return log(desk, ContactWith(case_file=case_file, answers={**ASKED, "at": at})).contacts[0]


def waiting(desk: Desk, case_file: str):
    return [one.question for one in awaited(desk.store) if one.case_file == case_file]


def test_a_chaser_goes_up_the_ladder_and_the_answer_ends_the_waiting(desk):
    puce = a_mother(desk)
    asked = ask(desk, puce)
    [one] = waiting(desk, puce)
    assert (one.since, one.level, one.next_on) == ("2026-11-01", "worker", "2026-11-11")
    chaser = {"at": "2026-11-12T10:00", "kind": "chase", "summary": "Left a message.", "asked_level": "team_manager"}
    log(desk, ContactWith(case_file=puce, answers=chaser, goes_back_to=asked))
    [one] = waiting(desk, puce)
    assert (one.since, one.level, one.next_on) == ("2026-11-01", "team_manager", "2026-11-19")
    [row] = [row for row in desk.store.caseload_page(desk.store.caseload_ids()) if row.case_file == puce]
    assert (row.next_due, row.next_task) == ("2026-11-19", "chase"), "the caseload counts the chaser"
    answer = {"at": "2026-11-20T10:00", "kind": "email", "direction": "incoming", "summary": "Here it is."}
    log(desk, ContactWith(case_file=puce, answers=answer, goes_back_to=asked, is_answer=True))
    assert waiting(desk, puce) == []
    question = desk.store.record(asked)
    assert (question.text("answered_on"), question.answers["followed_up"]) == ("2026-11-20", True)
    assert [(s.whom, s.median) for s in how_quickly(desk.store, TODAY) if s.whom == "childrens_sw"] == [
        ("childrens_sw", 19)
    ]


def test_an_answer_to_what_stands_in_another_case_file_is_refused_and_nothing_written(desk):
    puce, umber = a_mother(desk), a_mother(desk, "Umber Lantern")
    asked = ask(desk, puce)
    with pytest.raises(UnknownRecord):
        log(desk, ContactWith(case_file=umber, answers=CALL, goes_back_to=asked, is_answer=True))
    assert contacts(desk, umber) == []
    assert len(waiting(desk, puce)) == 1


def test_the_list_over_all_cases_begins_with_what_is_to_be_seen_to_first(desk):
    late, later = a_mother(desk, "Teal Bolt"), a_mother(desk, "Lilac Trowel")
    ask(desk, later, "2026-10-03T09:00")
    ask(desk, late, "2026-10-02T09:00")
    told = [one.name for one in awaited(desk.store)]
    assert told.index("Teal Bolt") < told.index("Lilac Trowel")


def test_what_is_restricted_is_in_no_list_no_count_and_no_event_of_who_may_not_open_it(desk):
    closed, open_ = a_mother(desk, "Xanthe Anchor"), a_mother(desk, "Umber Lantern")
    asked = {**ASKED, "with_whom": ("governor",), "at": "2026-11-01T09:00"}
    made = log(desk, *(ContactWith(case_file=c, answers=asked) for c in (closed, open_)))
    restrict(desk.store, desk.person, closed, people=[], reason="Her sister works here.", now=NOW)
    manager, hers = desk.person, desk.store.record(made.contacts[1])
    assert [one.case_file for one in logged_together(desk.store, hers)] == [closed]
    desk.vault.person = OCHRE
    try:
        assert {one.name for one in awaited(desk.store)} >= {"Umber Lantern"}
        assert "Xanthe" not in repr(awaited(desk.store))
        assert [s.asked for s in how_quickly(desk.store, TODAY) if s.whom == "governor"] == [1]
        assert logged_together(desk.store, hers) == []
        with pytest.raises(CaseRestricted):
            log(desk, *(ContactWith(case_file=c, answers=CALL) for c in (open_, closed)))
        assert len(contacts(desk, open_)) == 1
    finally:
        desk.vault.person = manager


def test_somebody_else_cannot_log_in_ones_name(desk):
    puce = a_mother(desk)
    with pytest.raises(NotPermitted):
        log_contacts(
            desk.store, replace(desk.person, id="another"), [ContactWith(case_file=puce, answers=CALL)], now=NOW
        )


def test_a_rebuild_makes_the_same_of_questions_chasers_and_answers(desk):
    puce = a_mother(desk)
    asked = ask(desk, puce)
    log(desk, ContactWith(case_file=puce, answers={**CALL, "kind": "chase", "asked_level": "director"},
                          goes_back_to=asked))  # fmt: skip
    before = awaited(desk.store), desk.store.caseload_page(desk.store.caseload_ids())
    for _ in desk.store.upkeep.rebuild():
        pass
    assert (awaited(desk.store), desk.store.caseload_page(desk.store.caseload_ids())) == before


def test_of_a_woman_whose_files_were_joined_meanwhile_all_goes_into_the_one_that_counts(desk):
    first, second = a_mother(desk), a_mother(desk)
    asked = log(desk, ContactWith(case_file=second, answers={**CALL, "waiting_for": "The plan"})).contacts[0]
    join_cases(desk.store, desk.person, second, first, first=first, reason="Same number.", now=NOW)
    file = desk.store.attach([b"%PDF-1.7 a letter"])
    answer = ContactWith(case_file=second, answers=CALL, goes_back_to=asked, is_answer=True)
    made = log(desk, answer, papers=[ContactPaper(file=file, title="A letter")]).contacts[0]
    written = [
        desk.store.record(made),
        *(one for one in desk.store.records("contact_paper", first) if one.text("contact") == made),
        *(one for one in desk.store.records("contact_tie", first) if one.text("contact") == made),
    ]  # fmt: skip
    assert [one.stream for one in written] == [first] * 3
    assert desk.store.record(asked).text("answered_on") == "2026-11-20"
    with pytest.raises(UnknownRecord):
        log(desk, *(ContactWith(case_file=case, answers=CALL) for case in (first, second)))
