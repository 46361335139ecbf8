"""The records of one form in a list: by Tab everything comes in the order of reading, however many there are."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from seen import is_built

from tac_desktop.casework import forms
from tac_desktop.ui.line_list import SHOWN_AT_ONCE as AT_ONCE
from tac_desktop.ui.line_list import LineList
from tac_desktop.ui.record_list import SHOWN_AT_ONCE, RecordLine, RecordList


def tab(which: Qt.Key = Qt.Key.Key_Tab) -> None:
    QTest.keyClick(QApplication.focusWidget(), which)


def shown(qtbot, listed):
    qtbot.addWidget(listed)
    listed.resize(600, 900)
    listed.show()
    listed.activateWindow()
    qtbot.waitUntil(listed.isActiveWindow)
    return listed


def test_a_list_is_walked_through_from_its_first_line_to_what_stands_below_the_last(kit, qtbot):
    lines = [RecordLine(str(number), f"Order {number}", "") for number in range(SHOWN_AT_ONCE + 2)]
    listed = shown(qtbot, RecordList(kit, forms.ALL["order"], lines))
    qtbot.waitUntil(lambda: is_built(listed))
    listed.add.setFocus()
    tab()
    assert listed.lines()[0].hasFocus()
    listed.lines()[-1].setFocus()
    tab()
    assert listed._more.hasFocus()
    tab(Qt.Key.Key_Space)
    assert listed.lines()[SHOWN_AT_ONCE].hasFocus()
    tab()
    tab()
    assert listed.same.hasFocus()


def test_more_lines_follow_those_that_were_shown_and_the_first_of_them_has_the_keyboard(kit, qtbot):
    listed = LineList(kit, lambda number: RecordLine(str(number), f"Line {number}", ""))
    listed.show_lines(range(AT_ONCE + 3))
    shown(qtbot, listed)
    listed.lines()[-1].setFocus()
    tab()
    assert listed.more.hasFocus()
    tab(Qt.Key.Key_Space)
    assert listed.lines()[AT_ONCE].hasFocus()
    tab(Qt.Key.Key_Backtab)
    assert listed.lines()[AT_ONCE - 1].hasFocus()
