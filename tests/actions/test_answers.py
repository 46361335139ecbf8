"""A form is saved as it stands, or refused with a sentence for each question."""

from datetime import timedelta

import pytest

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.journal import Change, JsonValue
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.errors import AnswersMoved, AnswersRefused, FutureDay, NotAllowed, ReferenceTaken, UnknownRecord
from tests.actions.conftest import NOW, Desk, MakeDesk

MOTHER = {"reference": "T-1", "name": "Umber Spindle", "prison": "EP"}
CASE = case_file_id("T-1")


def save(desk: Desk, form: str, answers: dict, **how) -> str:
    how = {"case_file": "" if form == "mother" else CASE, "now": NOW} | how
    return save_answers(desk.store, desk.person, forms.ALL[form], answers=answers, **how)


@pytest.fixture
def case(worker: Desk) -> Desk:
    save(worker, "mother", MOTHER)
    return worker


def test_a_new_mother_opens_her_case_file(worker: Desk):
    assert save(worker, "mother", MOTHER) == CASE
    assert worker.store.record(CASE).answers == MOTHER


def test_a_reference_belongs_to_one_mother(case: Desk):
    with pytest.raises(ReferenceTaken):
        save(case, "mother", MOTHER | {"name": "Somebody Else"})


def test_a_reference_stays_what_it_is(case: Desk):
    with pytest.raises(AnswersRefused) as refused:
        save(case, "mother", MOTHER | {"reference": "T-2"}, record_id=CASE, case_file=CASE)
    assert list(refused.value.problems) == ["reference"]


def test_each_answer_that_cannot_stand_is_told_by_its_question(case: Desk):
    with pytest.raises(AnswersRefused) as refused:
        save(case, "referral", {"date": "2026-11-22", "source": "nobody", "surprise": "x"})
    assert set(refused.value.problems) == {"date", "source", "surprise"}
    assert case.store.records("referral") == []


def test_days_in_the_wrong_order_are_refused(case: Desk):
    with pytest.raises(AnswersRefused) as refused:
        save(case, "episode", {"opened": "2026-02-02", "closed": "2026-02-01"})
    assert set(refused.value.problems) == {"closed"}


def test_a_changed_answer_is_one_entry_and_an_unchanged_form_none(case: Desk):
    made = save(case, "referral", {"date": "2026-02-01", "reason": "She asked."})
    save(case, "referral", {"date": "2026-02-01", "reason": "She asked."}, record_id=made)
    save(case, "referral", {"date": "2026-02-01", "reason": "She asked twice."}, record_id=made)
    assert [entry.values for entry in case.store.history(made)] == [
        {"date": "2026-02-01", "reason": "She asked."}, {"reason": "She asked twice."},
    ]  # fmt: skip


def test_an_answer_that_is_left_out_is_taken_back(case: Desk):
    made = save(case, "referral", {"date": "2026-02-01", "reason": "She asked."})
    save(case, "referral", {"date": "2026-02-01"}, record_id=made)
    assert case.store.record(made).answers == {"date": "2026-02-01"}


def test_a_no_that_is_left_out_is_taken_back_as_every_answer_is(case: Desk):
    made = save(case, "child", {"name": "Puce", "social_worker_allocated": False})
    save(case, "child", {"name": "Puce"}, record_id=made)
    assert case.store.record(made).answers == {"name": "Puce"}


def test_what_is_not_asked_any_more_stays_as_it_was(case: Desk):
    made = save(case, "child", {"date_of_birth": "2020-02-01", "unborn": False})
    save(case, "child", {"unborn": True}, record_id=made)
    assert case.store.record(made).answers == {"date_of_birth": "2020-02-01", "unborn": True}


def test_a_form_that_is_not_repeated_has_one_record(case: Desk):
    first = save(case, "baseline", {"view": "At first."})
    assert save(case, "baseline", {"view": "Later."}) == first
    assert len(case.store.records("baseline")) == 1


def test_a_link_leads_to_a_record_of_the_same_case_file(case: Desk):
    save(case, "mother", MOTHER | {"reference": "T-2"})
    elsewhere = save(case, "child", {"name": "Plum Spindle"}, case_file=case_file_id("T-2"))
    for wrong in (elsewhere, CASE, "nothing"):
        with pytest.raises(AnswersRefused) as refused:
            save(case, "placement", {"child": wrong})
        assert set(refused.value.problems) == {"child"}


def test_a_file_that_is_not_in_the_vault_is_refused(case: Desk):
    with pytest.raises(AnswersRefused) as refused:
        save(case, "paper", {"title": "Letter", "file": "0" * 64})
    assert set(refused.value.problems) == {"file"}
    save(case, "paper", {"title": "Letter", "file": case.store.attach([b"%PDF-1.7"])})


def test_a_file_that_is_still_on_its_way_does_not_stand_in_the_way_of_another_answer(case: Desk):
    made = derived_id("paper", "1")
    on_its_way: dict[str, JsonValue] = {"title": "Letter", "file": {"blob": "0" * 64}}
    change = Change(record_id=made, form="paper", version=1, stream=CASE, values=on_its_way, known_on="2026-02-01")
    case.store.save([change], author="a colleague", now=NOW)
    save(case, "paper", {"title": "Her letter", "file": "0" * 64}, record_id=made)
    assert case.store.record(made).text("title") == "Her letter"


def test_what_came_wrong_from_elsewhere_stands_in_the_way_of_no_other_answer(case: Desk):
    made = derived_id("episode", "1")
    came: dict[str, JsonValue] = {"opened": "2026-02-02", "closed": "2026-02-01", "opened_because": "newer_code"}
    change = Change(record_id=made, form="episode", version=1, stream=CASE, values=came, known_on="2026-02-03")
    case.store.save([change], author="a colleague", now=NOW)
    stands = case.store.record(made).answers
    save(case, "episode", {**stands, "note": "She asked for it."}, record_id=made)
    assert case.store.record(made).answers == {**stands, "note": "She asked for it."}
    for wrong in ({"closed": "2026-01-31"}, {"opened": "2026-02-03"}, {"opened_because": "another"}):
        with pytest.raises(AnswersRefused):
            save(case, "episode", {**stands, **wrong}, record_id=made)


def test_what_was_known_earlier_says_so_and_the_future_is_refused(case: Desk):
    made = save(case, "referral", {"date": "2026-02-01"}, known_on="2026-02-03")
    assert case.store.record(made).known_on == "2026-02-03"
    with pytest.raises(FutureDay):
        save(case, "referral", {"date": "2026-02-01"}, known_on=(NOW + timedelta(days=1)).date().isoformat())


def test_a_case_file_that_is_not_there_is_refused(worker: Desk):
    with pytest.raises(UnknownRecord):
        save(worker, "referral", {"date": "2026-02-01"})


def test_a_record_of_another_form_is_not_overwritten(case: Desk):
    with pytest.raises(UnknownRecord):
        save(case, "referral", {"date": "2026-02-01"}, record_id=CASE)


def test_a_worker_writes_nothing_that_only_a_manager_may_read(case: Desk):
    with pytest.raises(NotAllowed):
        save(case, "mothers_survey_t2", {"mother": CASE})


def test_an_administrator_writes_in_no_case(make_desk: MakeDesk):
    with pytest.raises(NotAllowed):
        save(make_desk("admin"), "mother", MOTHER)


def test_the_manager_s_own_records_lie_in_no_case_file(manager: Desk):
    save(manager, "mother", MOTHER)
    made = save(manager, "mothers_survey_t2", {"mother": CASE, "helped": NotKnown("she left")})
    assert manager.store.record(made).stream == manager.store.restricted_stream


def test_a_contact_needs_four_answers_only(case: Desk):
    answers = {"at": "2026-11-20T14:05", "kind": "phone", "reached": False, "summary": "Rang, nobody answered."}
    made = save(case, "contact", answers)
    assert case.store.record(made).text("summary") == "Rang, nobody answered."


def test_what_a_colleague_changed_meanwhile_stays_where_the_person_left_it_alone(case: Desk):
    begun = {"date": "2026-02-01", "reason": "She asked."}
    made = save(case, "referral", begun)
    save(case, "referral", begun | {"reason": "Her solicitor asked."}, record_id=made)
    save(case, "referral", begun | {"source": "self"}, record_id=made, based_on=begun)
    assert case.store.record(made).answers == begun | {"reason": "Her solicitor asked.", "source": "self"}


def test_an_answer_that_both_changed_is_told_before_anything_is_replaced(case: Desk):
    begun = {"date": "2026-02-01", "reason": "She asked."}
    made = save(case, "referral", begun)
    theirs = save(case, "referral", begun | {"reason": "Her solicitor asked."}, record_id=made) and case.store.record(
        made
    )
    with pytest.raises(AnswersMoved) as moved:
        save(case, "referral", begun | {"reason": "Her mother asked."}, record_id=made, based_on=begun)
    assert list(moved.value.problems) == ["reason"]
    assert case.store.record(made) == theirs


def test_two_people_who_tick_different_boxes_do_not_stand_in_each_others_way(case: Desk):
    begun = {"caption": "In the garden", "image": case.store.attach([b"a picture"]), "withheld_from": ("mother",)}
    made = save(case, "photo", begun)
    save(case, "photo", begun | {"withheld_from": ("mother", "court")}, record_id=made)
    save(case, "photo", begun | {"withheld_from": ()}, record_id=made, based_on=begun)
    assert case.store.record(made).answers["withheld_from"] == ("court",)
