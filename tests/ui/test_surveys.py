"""What only a manager keeps: listed, written, found again as a draft, and hidden from everybody else."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from way_in import PASSPHRASE, unlock

from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.record_list import LineButton, RecordList
from tac_desktop.ui.surveys_screen import SurveysScreen
from tests.new_vaults import open_vault

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
SURVEY = {"response": "S-07", "prison": "EP"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A manager's vault with one survey of prison staff."""
    folder = tmp_path / "Manager"
    vault = open_vault(folder, name="Fern Cog", role="manager", prison="", passphrase=PASSPHRASE)
    store = vaults.store_of(vault)
    save_answers(store, vault.person, forms.ALL["staff_survey"], answers=SURVEY, now=NOW)
    store.close()
    vault.close()
    return folder


@pytest.fixture
def surveys(desktop: Desktop, qtbot: QtBot, folder: Path) -> SurveysScreen:
    unlock(desktop, qtbot, folder)
    return page_of(desktop)


def page_of(desktop: Desktop) -> SurveysScreen:
    page = desktop.window.frame.go("surveys")
    assert isinstance(page, SurveysScreen)
    return page


def titles(page: SurveysScreen) -> list[str]:
    return [button.accessibleName() for button in page.pane.findChildren(LineButton) if not button.isHidden()]


def test_a_list_for_each_form_that_belongs_to_no_mother(surveys):
    shown = [records._form.name for records in surveys.pane.findChildren(RecordList)]
    assert shown == ["staff_survey", "practitioner_survey", "evaluation_activity", "supervision"]
    assert titles(surveys) == ["S-07"]


def test_a_survey_is_written_and_stands_in_the_list(surveys, desktop, qtbot):
    lists = {records._form.name: records for records in surveys.pane.findChildren(RecordList)}
    lists["practitioner_survey"].add.click()
    form = surveys.pane.open_form().screen
    qtbot.keyClicks(form.body.questions["response"].editor.stops()[0], "P-11")
    form.submit()
    form.closed.emit()
    assert "P-11" in titles(surveys)
    store = desktop.window.work.bench.store
    [made] = store.records("practitioner_survey")
    assert made.stream == store.restricted_stream


def test_what_was_half_typed_is_found_again_from_today_after_a_lock(surveys, desktop, qtbot, folder):
    surveys.open_record("staff_survey")
    box = surveys.pane.open_form().screen.body.questions["response"].editor.stops()[0]
    qtbot.keyClicks(box, "S-08")
    desktop.window.lock()
    unlock(desktop, qtbot, folder)
    assert desktop.window.frame.current() == "surveys"
    form = page_of(desktop).pane.open_form()
    assert form.screen.body.questions["response"].answer() == "S-08"
    page_of(desktop).show_lists()
    today = desktop.window.frame.go("today")
    qtbot.waitUntil(lambda: "Prison staff survey" in " ".join(b.accessibleName() for b in today._links))
    next(link for link in today._links if "Prison staff survey" in link.accessibleName()).click()
    assert page_of(desktop).pane.open_form().screen.body.questions["response"].answer() == "S-08"


def test_a_saved_survey_shows_how_its_answers_came_about_and_comes_back_to_the_form(surveys):
    surveys.pane.findChildren(LineButton)[0].click()
    before = surveys.pane.open_form().record_id
    surveys.pane.open_form().screen.history.click()
    assert surveys.pane.open_form() is None
    surveys.pane._leave_history()
    assert surveys.pane.open_form().record_id == before


def test_a_worker_sees_no_surveys(opened):
    assert "surveys" not in opened.window.frame.sidebar.names()
