from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tac_desktop.actions import reading, vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.answers import NotKnown
from tac_desktop.casework.people import Person
from tac_desktop.errors import NotPermitted, UnknownRecord
from tests.new_vaults import open_vault

NOW = datetime(2026, 3, 12, 14, 5, tzinfo=UTC)


@pytest.fixture
def vault(tmp_path):
    made = open_vault(
        tmp_path / "v", name="Sage Beacon", role="manager", prison="", passphrase="four quiet copper kettles"
    )
    yield made
    made.close()


@pytest.fixture
def store(vault):
    made = vaults.store_of(vault)
    yield made
    made.close()


@pytest.fixture
def put(store, vault):
    def put(form: str, case_file: str = "", record_id: str = "", later: int = 0, **answers) -> str:
        return save_answers(
            store, vault.person, forms.ALL[form], answers=answers, now=NOW + timedelta(minutes=later),
            case_file=case_file, record_id=record_id,
        )  # fmt: skip

    return put


@pytest.fixture
def case_file(put) -> str:
    return put("mother", reference="TAC-00231", name="Puce Anchor", prison="EP")


def worker() -> Person:
    return Person(id="w", name="Umber Quill", role="worker", prison="EP")


def test_the_history_tells_every_change_of_an_answer_the_newest_first(store, vault, put, case_file):
    child = put("child", case_file, name="Mauve Anchor", sex="female")
    put("child", case_file, child, later=5, name=NotKnown("mixed up"), sex="female")
    put("child", case_file, child, later=9, name="Teal Anchor")
    history = reading.history_of(store, vault.person, child)
    told = [(c.field, c.before, c.after, c.author, c.at[:16]) for c in history]
    sage = vault.person.id
    assert set(told) == {
        ("name", NotKnown("mixed up"), "Teal Anchor", sage, "2026-03-12T14:14"),
        ("sex", "female", None, sage, "2026-03-12T14:14"),
        ("name", "Mauve Anchor", NotKnown("mixed up"), sage, "2026-03-12T14:10"),
        ("name", None, "Mauve Anchor", sage, "2026-03-12T14:05"),
        ("sex", None, "female", sage, "2026-03-12T14:05"),
    }
    assert [c.at for c in history] == sorted((c.at for c in history), reverse=True)
    assert len({c.entry for c in history}) == 3


def test_a_choice_of_several_is_told_as_one_answer(store, vault, put, case_file):
    baseline = put("baseline", case_file, orders_known=("care_order",))
    put("baseline", case_file, baseline, later=1, orders_known=("care_order", "adoption_order"))
    newest = reading.history_of(store, vault.person, baseline)[0]
    assert newest.before == ("care_order",)
    assert sorted(newest.after) == ["adoption_order", "care_order"]


def test_a_worker_is_handed_nothing_that_is_the_manager_s(store, vault, put, case_file, monkeypatch):
    survey = put("mothers_survey_t2", case_file, mother=case_file, date="2026-03-01")
    assert reading.record_of(store, vault.person, survey).text("date") == "2026-03-01"
    assert len(reading.case_records(store, vault.person, case_file)["mothers_survey_t2"]) == 1
    monkeypatch.setattr(vault, "person", worker())
    assert "mothers_survey_t2" not in reading.case_records(store, worker(), case_file)
    for read in (reading.record_of, reading.history_of):
        with pytest.raises(NotPermitted, match="Managers may do that"):
            read(store, worker(), survey)
    with pytest.raises(NotPermitted):
        reading.records_of(store, worker(), "mothers_survey_t2", case_file)


def test_nobody_reads_in_the_name_of_another(store, vault, case_file):
    other = replace(vault.person, name="Teal Bucket")
    with pytest.raises(NotPermitted):
        reading.case_records(store, other, case_file)


def test_what_is_not_there_is_said_to_be_not_there(store, vault):
    for read in (reading.record_of, reading.history_of, reading.case_records, reading.is_full):
        with pytest.raises(UnknownRecord):
            read(store, vault.person, "00000000-0000-8000-8000-000000000000")
