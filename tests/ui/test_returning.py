"""Back to where one was after a lock: the same field, the same place in its text, scrolled as far as before."""

from pathlib import Path

from cases import name_of
from exchanging import acquaint, make_vault
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from way_in import unlock

from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.hand_over_dialog import HandOverDialog

CASE = case_file_id("TAC-00003")
WORDS = "She hopes to read to them by telephone on Sundays."


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


def case_screen(desktop: Desktop) -> CaseScreen:
    page = desktop.window.frame.page(f"case {CASE}")
    assert isinstance(page, CaseScreen)
    return page


def area_of(widget: QWidget) -> QScrollArea:
    above = widget.parentWidget()
    while not (isinstance(above, QScrollArea) and above.verticalScrollBar().maximum()):
        above = above.parentWidget()
    return above


def height_in_view(widget: QWidget) -> int:
    return widget.mapTo(area_of(widget).viewport(), QPoint(0, 0)).y()


def lock_and_unlock(desktop: Desktop, qtbot: QtBot, folder: Path) -> None:
    desktop.window.lock()
    assert name_of(3).split()[0] not in repr(desktop.window._place)
    assert "telephone" not in repr(desktop.window._place)
    unlock(desktop, qtbot, folder)
    settle(desktop, qtbot)


def test_the_cursor_and_the_page_stand_where_they_stood(opened, qtbot, full_folder):
    opened.window.resize(1100, 620)
    opened.window.work.cases.open_case(CASE)
    case_screen(opened).open_record("triage", "")
    form = case_screen(opened).open_form().screen
    form.take_keyboard("hopes")
    box = form.body.questions["hopes"].editor.box
    QTest.keyClicks(box, WORDS)
    QTest.qWait(50)
    area = area_of(box)
    area.verticalScrollBar().setValue(area.verticalScrollBar().value() - 60)
    cursor = box.textCursor()
    cursor.setPosition(9)
    cursor.setPosition(4, cursor.MoveMode.KeepAnchor)
    box.setTextCursor(cursor)
    before = height_in_view(box)
    lock_and_unlock(opened, qtbot, full_folder)

    again = case_screen(opened).open_form().screen.body.questions["hopes"].editor.box
    assert again is not box
    qtbot.waitUntil(again.hasFocus)
    assert (again.textCursor().anchor(), again.textCursor().position()) == (9, 4)
    assert again.words() == WORDS
    qtbot.waitUntil(lambda: height_in_view(again) == before)


def test_a_single_line_keeps_its_cursor(opened, qtbot, full_folder):
    opened.window.work.cases.open_case(CASE)
    case_screen(opened).open_record("mother", CASE)
    box = case_screen(opened).open_form().screen.body.questions["known_as"].editor.stops()[0]
    assert isinstance(box, QLineEdit)
    box.setFocus()
    QTest.keyClicks(box, "Teal")
    QTest.keyClick(box, Qt.Key.Key_Left)
    lock_and_unlock(opened, qtbot, full_folder)
    again = case_screen(opened).open_form().screen.body.questions["known_as"].editor.stops()[0]
    qtbot.waitUntil(again.hasFocus)
    assert (again.text(), again.cursorPosition(), again.selectedText()) == ("Teal", 3, "")


def test_a_page_that_is_read_after_it_was_built_has_the_keyboard_where_it_was(opened, qtbot, full_folder):
    link = opened.window.frame.page("today")._links[2]
    link.setFocus()
    name = link.accessibleName() or link.text()
    lock_and_unlock(opened, qtbot, full_folder)
    wanted = opened.window.frame.page("today")._links[2]
    qtbot.waitUntil(wanted.hasFocus)
    assert (wanted.accessibleName() or wanted.text()) == name


def test_the_first_key_ends_the_way_back(opened, qtbot, full_folder):
    page = opened.window.frame.go("caseload")
    page.search.setFocus()
    lock_and_unlock(opened, qtbot, full_folder)
    page = opened.window.frame.page("caseload")
    qtbot.waitUntil(page.search.hasFocus)
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    QTest.qWait(500)
    assert page.table.hasFocus(), "nobody's keyboard is taken away while she works"


def test_a_hand_over_is_open_again_at_the_same_word(opened, qtbot, full_folder, tmp_path):
    manager = make_vault(tmp_path / "Manager", "Fern Cog", "manager")
    opened.window.lock()
    acquaint(full_folder, manager, tmp_path)
    unlock(opened, qtbot, full_folder)
    settle(opened, qtbot)
    opened.window.work.cases.open_case(CASE)
    case_screen(opened).wishes.hand_over_wanted.emit()
    dialog = opened.window.findChild(HandOverDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.to.setCurrentIndex(1)
    dialog.to.activated.emit(1)
    dialog.reason.setFocus()
    QTest.keyClicks(dialog.reason, WORDS)
    for _ in range(5):
        QTest.keyClick(dialog.reason, Qt.Key.Key_Left)
    QTest.keyClick(dialog.reason, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: opened.window.frame is None)

    unlock(opened, qtbot, full_folder)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), HandOverDialog))
    again = QApplication.activeWindow()
    qtbot.waitUntil(again.reason.hasFocus)
    assert again.to.currentIndex() == 1
    assert (again.reason.words(), again.reason.textCursor().position()) == (WORDS, len(WORDS) - 5)
