"""The lists over all case files: one stays where one was, and what comes late changes no other view."""

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.completeness import Recorded
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.worklists_screen import COMPLETE, DUE, OPEN, WorklistsScreen


@pytest.fixture
def lists(opened, qtbot) -> WorklistsScreen:
    page = opened.window.frame.go("lists")
    settled(opened, qtbot)
    return page


def settled(desktop, qtbot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    QApplication.processEvents()


def chip(page: WorklistsScreen, name: str):
    return page.chips.chip(name)


def words(page: WorklistsScreen) -> str:
    return page._subtitle.text()


def test_the_row_that_was_chosen_stays_chosen_when_the_list_is_read_anew(opened, lists, qtbot):
    table = lists.tables[DUE]
    table.selectRow(7)
    chosen = table.selected_id()
    assert chosen is not None
    opened.window.work.changed()
    settled(opened, qtbot)
    assert table.selected_id() == chosen
    assert table.currentIndex().row() == 7


def test_what_was_done_in_a_window_over_the_list_is_gone_from_it_at_once(opened, lists, qtbot):
    before = lists.tables[DUE].model().rowCount()
    bench, case = opened.window.work.bench, case_file_id("TAC-00001")
    earlier = (bench.moment() - timedelta(10)).date().isoformat()
    answers = {"at": f"{earlier}T08:00", "kind": "phone", "summary": "She rang.", "follow_up_by": earlier}
    save_answers(bench.store, bench.person, forms.ALL["contact"], answers=answers, now=bench.moment(), case_file=case)
    opened.window.work.cases.saved.emit()
    settled(opened, qtbot)
    assert lists.tables[DUE].model().rowCount() == before + 1


def test_what_comes_late_changes_no_view_to_which_somebody_turned_meanwhile(lists, qtbot, opened):
    chip(lists, COMPLETE).setChecked(True)
    settled(opened, qtbot)
    told = words(lists)
    lists.show_due([], {})
    assert words(lists) == told
    chip(lists, DUE).setChecked(True)
    settled(opened, qtbot)
    told = words(lists)
    lists.show_completeness([])
    lists.show_open([])
    assert words(lists) == told
    assert lists.view() == DUE


def test_a_prison_with_spaces_in_its_name_is_found_again_after_a_lock(lists):
    one = Recorded(prison="HMP Long Name", form="baseline", field="plan", records=1, answered=0, not_known=0)
    chip(lists, COMPLETE).setChecked(True)
    lists.show_completeness([one])
    lists.prison.setCurrentIndex(lists.prison.findData("HMP Long Name"))
    place = lists.place()
    lists.prison.setCurrentIndex(0)
    lists.return_to(place)
    assert lists.prison.currentData() == "HMP Long Name"
    assert lists.view() == COMPLETE != OPEN


def test_from_one_question_the_way_leads_back_to_all_of_them(lists, opened, qtbot):
    chip(lists, COMPLETE).setChecked(True)
    settled(opened, qtbot)
    lists._question_opened(0)
    settled(opened, qtbot)
    assert lists.view() == OPEN
    lists.return_to(f"{COMPLETE}|||")
    settled(opened, qtbot)
    assert lists.view() == COMPLETE
