"""A case file that is read again after a save is what it would be if all of it were read."""

from datetime import datetime

import pytest

from tac_desktop.actions import reading, sample
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.removing import remove
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import UnknownRecord
from tac_desktop.storage.store import Store

CASE = case_file_id(sample.REFERENCE)
NOW = datetime.fromisoformat("2026-11-20T10:00:00+00:00")


@pytest.fixture
def read(worker):
    """Read it once, and return what reads it again."""
    sample.load_story(worker.store, worker.vault.person, NOW)
    before = reading.case_records_again(worker.store, worker.vault.person, CASE, {}, 0)

    def again():
        nonlocal before
        before = reading.case_records_again(worker.store, worker.vault.person, CASE, *before)
        return before[0]

    return again


def whole(worker):
    return reading.case_records(worker.store, worker.vault.person, CASE)


def test_what_was_not_written_stays_and_what_was_is_read(worker, read):
    first = read()
    made = save_answers(
        worker.store, worker.vault.person, forms.ALL["contact"], now=NOW, case_file=CASE,
        answers={"at": "2026-11-19T10:00", "kind": "phone", "summary": "She asked when the next visit is."},
    )  # fmt: skip
    then = read()
    assert then == whole(worker)
    assert then["hearing"] is first["hearing"]
    assert made in [one.id for one in then["contact"]]
    assert made not in [one.id for one in first["contact"]]


def test_what_was_removed_is_there_no_more(worker, read):
    gone = read()["hearing"][0]
    remove(worker.store, worker.vault.person, gone.id, "Twice", now=NOW)
    assert gone.id not in [one.id for one in read()["hearing"]]
    assert read() == whole(worker)


def test_what_somebody_else_writes_over_another_connection_is_read(worker, read):
    read()
    other = Store(worker.vault)
    save_answers(
        other, worker.vault.person, forms.ALL["goal"], now=NOW, case_file=CASE, answers={"goal": "A visit each month"}
    )
    other.close()
    assert [one.text("goal") for one in read()["goal"]].count("A visit each month") == 1
    assert read() == whole(worker)


def test_a_case_file_that_is_gone_is_told(worker, read):
    read()
    with pytest.raises(UnknownRecord):
        reading.case_records_again(worker.store, worker.vault.person, case_file_id("EP-NONE"), {}, 1)
