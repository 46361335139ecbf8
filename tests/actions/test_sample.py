"""The sample story is fictitious, whole, and written by the same way as a person writes."""

import json
import re

import pytest

from tac_desktop.actions import sample
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import ReferenceTaken
from tests.actions.conftest import NOW, Desk

CASE = case_file_id(sample.REFERENCE)


@pytest.fixture
def told(worker: Desk) -> Desk:
    sample.load_story(worker.store, worker.person, NOW)
    return worker


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
    assert set(re.findall(r"\bZ\d+ZZ\b", text)) == {"Z9001ZZ"}
    assert "Ŵynne-Gŷfon" in text
    for record in json.loads(text)["records"]:
        own_date = forms.ALL[record["form"]].own_date
        assert record["known_on"] >= "2026-01-01"
        assert str(record["answers"].get(own_date, "2026")) >= "2026"
