"""The case tracker in the window: looked into, refused cell by cell, taken in, stopped, and written."""

import threading
from pathlib import Path

import openpyxl
import pytest
from cases import name_of
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot
from seen import spoken

from tac_desktop.ui.app import Desktop
from tac_desktop.ui.jobs import Job, at_once
from tac_desktop.ui.leaving import LeavesTheVault
from tac_desktop.ui.tracker_desk import TrackerDesk

HEADINGS = ("Case reference", "Name", "Prison")
NEW = ("TAC-90001", "Vermilion Thimble", "HMP Send")
CHANGED = ("TAC-00002", "Teal Lighthouse", "HMP Eastwood Park")


def workbook(folder: Path, *rows: tuple[object, ...], sheet: str = "Mothers") -> str:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for row in (HEADINGS, *rows):
        page.append(list(row))
    book.save(folder / "tracker.xlsx")
    return str(folder / "tracker.xlsx")


@pytest.fixture
def desk(opened: Desktop) -> TrackerDesk:
    opened.window.frame.go("tracker")
    return next(desk for desk in opened.window.work._desks if isinstance(desk, TrackerDesk))


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


def said(desk: TrackerDesk) -> str:
    return " ".join(spoken(desk.screen._found))


def names(desktop: Desktop) -> set[str]:
    return {mother.text("name") for mother in desktop.window.work.bench.store.records("mother")}


def test_a_workbook_is_looked_into_first_and_changes_nothing(opened, desk, qtbot, tmp_path):
    desk.look_into(workbook(tmp_path, NEW, CHANGED))
    settle(opened, qtbot)
    assert {"new records: 1", "changed records: 1", "known already: 0", "in the vault only: 39"} <= set(
        spoken(desk.screen._found)
    )
    assert "2 rows were read. Nothing has been changed yet." in said(desk)
    assert "Vermilion Thimble" not in names(opened)


def test_taken_in_it_stands_in_the_caseload(opened, desk, qtbot, tmp_path):
    desk.look_into(workbook(tmp_path, NEW, CHANGED))
    settle(opened, qtbot)
    desk.screen.take_in.click()
    assert not opened.window.frame.sidebar._buttons["caseload"].isEnabled()
    assert desk.screen.progress._stop.isHidden()
    settle(opened, qtbot)
    assert "The workbook is taken in." in said(desk)
    assert {"Vermilion Thimble", "Teal Lighthouse"} <= names(opened)
    page = opened.window.frame.go("caseload")
    assert page._subtitle.text() == "41 cases, open"


def test_looking_can_be_stopped(opened, desk, qtbot, tmp_path):
    gate = threading.Event()
    opened.lane.start(Job(at_once(gate.wait)))  # the lane does one thing after another: the look waits behind it
    desk.look_into(workbook(tmp_path, NEW))
    desk.screen.progress._stop.click()
    gate.set()
    settle(opened, qtbot)
    assert "Nothing was changed" in desk.screen.progress._words.text()
    assert desk.screen._found.isHidden()


def test_a_wrong_cell_is_told_by_its_place_and_nothing_can_be_taken_in(opened, desk, qtbot, tmp_path):
    book = workbook(tmp_path, NEW)
    loaded = openpyxl.load_workbook(book)
    loaded["Mothers"]["D1"], loaded["Mothers"]["D2"] = "Date of birth", "a Tuesday"
    loaded.save(book)
    desk.look_into(book)
    settle(opened, qtbot)
    model = desk.screen.wrong.model()
    headings = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(5)]
    assert headings == ["Sheet", "Row", "Column", "It says", "It should be"]
    cells = [model.index(0, place).data() for place in range(5)]
    assert cells[:4] == ["Mothers", "2", "Date of birth", "a Tuesday"]
    assert cells[4]
    assert "1 cell is wrong" in said(desk)
    assert desk.screen.take_in.isHidden()


def test_a_workbook_that_is_known_already_says_so(opened, desk, qtbot, tmp_path):
    row = ("TAC-00002", name_of(2), "HMP Eastwood Park")
    desk.look_into(workbook(tmp_path, row))
    settle(opened, qtbot)
    assert "All of it is known already" in said(desk)
    assert desk.screen.take_in.isHidden()


def test_new_labels_and_unknown_columns_are_remarked_upon(opened, desk, qtbot, tmp_path):
    book = workbook(tmp_path, ("TAC-90001", "Vermilion Thimble", "HMP Quillhaven"))
    loaded = openpyxl.load_workbook(book)
    loaded["Mothers"]["D1"], loaded["Mothers"]["D2"] = "Favourite colour", "green"
    loaded.save(book)
    desk.look_into(book)
    settle(opened, qtbot)
    shown = " ".join(label.text() for label in desk.screen._found.findChildren(QLabel) if not label.isHidden())
    assert "New labels" in shown
    assert "‘HMP Quillhaven’" in shown
    assert "Mothers: Favourite colour" in shown


def test_one_prison_s_mothers_can_be_taken_in_alone(opened, desk, qtbot, tmp_path):
    desk._prison = "SEND"
    desk.look_into(workbook(tmp_path, NEW, CHANGED))
    settle(opened, qtbot)
    assert "new records: 1" in said(desk)
    assert "other prisons: 1 row." in said(desk)
    assert "changed records: 0" in said(desk)


def test_a_file_that_is_no_workbook_is_told_in_a_sentence(opened, desk, qtbot, tmp_path):
    (tmp_path / "eggs.xlsx").write_text("eggs", encoding="utf-8")
    desk.look_into(str(tmp_path / "eggs.xlsx"))
    settle(opened, qtbot)
    assert opened.messages.shown[-1].tone == "danger"
    assert desk.screen.choose.isEnabled()


def test_before_a_workbook_is_written_the_person_is_asked(opened, desk, qtbot):
    desk.screen.write.click()
    dialog = desk.screen.findChild(LeavesTheVault)
    assert "not be encrypted" in " ".join(spoken(dialog))
    assert dialog.focusWidget() is dialog.keep_inside
    dialog.reject()
    assert desk.screen.findChild(QFileDialog) is None


def test_a_written_workbook_can_be_looked_into_again_and_changes_nothing(opened, desk, qtbot, tmp_path):
    file = tmp_path / "out.xlsx"
    desk.write(str(file))
    settle(opened, qtbot)
    assert "40 mothers" in opened.messages.shown[-1].text
    assert "not encrypted" in opened.messages.shown[-1].text
    desk.look_into(str(file))
    settle(opened, qtbot)
    assert "All of it is known already" in said(desk)
