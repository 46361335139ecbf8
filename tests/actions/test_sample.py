"""The sample story is fictitious, whole, and written by the same way as a person writes."""

import json
import re
from collections.abc import Iterator

import pytest

from tac_desktop.actions import sample
from tac_desktop.casework import forms
from tac_desktop.casework.dues import FORMS, by_form, dues
from tac_desktop.casework.mailbox import unanswered
from tac_desktop.casework.record import case_file_id
from tac_desktop.casework.waiting import NEEDED, wait_of, waits
from tac_desktop.errors import ReferenceTaken
from tests.actions.conftest import NOW, Desk, made_desks

CASE = case_file_id(sample.REFERENCE)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A vault that holds the story; the tests only read it."""
    desks = made_desks(tmp_path_factory.mktemp("story"))
    worker = next(desks)("worker")
    sample.load_story(worker.store, worker.person, NOW)
    yield worker
    next(desks, None)


WRITTEN_BY_THE_PROGRAM = {"issued_document", "letterbox_check", "comment", "comment_read", "seal", "handover",
                          "case_restriction", "same_woman", "access_decision", "retention"}  # fmt: skip
NOT_HERS = {"addendum", "closure", "adoption", "final_contact", "access_request"}
"""Her work goes on, no child of hers is adopted, and nobody has asked what is kept about her."""
BEFORE_HER_CASE = {"custody", "parental_responsibility"}
"""What had happened, and who had parental responsibility, before she came."""


def test_every_page_of_a_case_file_has_something_to_show(told: Desk):
    kept = {form.name for form in forms.ALL.values() if form.keeping == "case"}
    empty = {form for form in kept if not told.store.records(form, CASE)}
    assert empty == WRITTEN_BY_THE_PROGRAM | NOT_HERS


def test_two_women_wait_to_be_taken_on_and_one_of_them_cannot(told: Desk):
    today = NOW.date().isoformat()
    waiting = {}
    for mother in told.store.records("mother"):
        records = {form: told.store.records(form, mother.case_file) for form in NEEDED}
        if waits(records):
            waiting[mother.text("name")] = [reason.kind for reason in wait_of(records, today).reasons]
    assert waiting == {"Jade Thimble": ["conference", "birth"], "Lemon Buckle": []}


def test_the_office_has_a_directory_rules_and_a_message_that_waits(told: Desk):
    for form in ("agency", "professional", "prison_rules", "staff_contact"):
        assert told.store.records(form), form
    (message,) = unanswered(told.store.records("inbox_message"))
    assert message.text("about") == CASE


def test_something_of_every_kind_is_due_and_some_of_it_is_late(told: Desk):
    records = by_form(record for form in FORMS for record in told.store.records(form, CASE))
    late = {due.task for due in dues(records) if due.by < NOW.date().isoformat()}
    assert late >= {"plan_step", "chase", "tell_social_worker", "letterbox_in", "contact_review", "ask_again"}


def test_the_story_changes_what_it_told_before(told: Desk):
    (hazel,) = (child for child in told.store.records("child", CASE) if child.text("known_as") == "Hazel")
    (now,) = (one for one in told.store.records("childrens_social_worker", CASE) if one.text("name") == "Fern Tassel")
    assert hazel.text("social_worker") == now.id
    assert hazel.text("needs")


def test_every_part_of_the_documents_has_something_to_say(told: Desk):
    counts = {form: len(told.store.records(form, CASE)) for form in forms.ALL}
    assert counts["contact"] >= 40
    for form in ("triage", "baseline", "child", "placement", "childrens_social_worker", "order", "proceedings",
                 "hearing", "course", "evidence", "staff_statement", "assessment", "photo", "paper"):  # fmt: skip
        assert counts[form], form


def test_attempts_without_an_answer_stand_in_the_log(told: Desk):
    assert [c for c in told.store.records("contact", CASE) if c.answers.get("reached") is False]


def test_the_attached_files_lie_in_the_vault(told: Desk):
    for form, field in (("photo", "image"), ("paper", "file"), ("course", "certificate")):
        (sha256,) = {r.text(field) for r in told.store.records(form, CASE)} - {""}
        assert told.store.attachment_size(sha256)


def test_the_assessment_answers_every_dimension(told: Desk):
    (assessment,) = told.store.records("assessment", CASE)
    seen = [name for name in forms.ALL["assessment"].by_name if name.endswith(("_seen", "_strengths"))]
    assert [name for name in seen if not assessment.text(name)] == []


def test_the_story_is_told_once(told: Desk):
    with pytest.raises(ReferenceTaken):
        sample.load_story(told.store, told.person, NOW)


def test_everybody_is_evidently_fictitious_and_nothing_happened_before_2026():
    text = (sample.sample_folder() / "story.json").read_text("utf-8")
    assert set(re.findall(r"\bZ\d+ZZ\b", text)) == {"Z9001ZZ", "Z9002ZZ", "Z9003ZZ"}
    assert "Ŵynne-Gŷfon" in text
    for record in json.loads(text)["records"]:
        own_date = forms.ALL[record["form"]].own_date
        assert "2026-01-01" <= record["known_on"] <= NOW.date().isoformat()
        if record["form"] not in BEFORE_HER_CASE:
            assert str(record["answers"].get(own_date, "2026")) >= "2026"
