"""A long list in which one types: the one option that a part can mean is taken, and what an open list takes stays."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListView, QStyle, QStyleOptionFrame, QWidget

from tac_desktop.ui.case_picker import CasePicker
from tac_desktop.ui.editor import Circumstances
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.lookup import Lookup, LookupEditor
from tac_desktop.ui.theme import Theme

OPTIONS = (("EP", "HMP Eastwood Park"), ("SEND", "HMP Send"), ("WELL", "Wellbeing team"), ("FARE", "Welfare team"))


@pytest.fixture
def page(kit, qtbot) -> QWidget:
    made = QWidget()
    made.editor = LookupEditor(Circumstances(kit, lambda: "", lambda _: (), None), "Where", OPTIONS, takes_other=True)
    made.next = QLineEdit()
    made.setLayout(kit.column(made.editor, made.next))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    made.editor.lookup.line().setFocus()
    return made


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
@pytest.mark.parametrize(("typed", "answer", "shown"), [
    ("eas", "EP", "HMP Eastwood Park"),
    ("eastwood  pa", "EP", "HMP Eastwood Park"),
    ("wel", "wel", "wel"),
    ("ood", "ood", "ood"),
    ("ea", "ea", "ea"),
    ("HMP Low Mill", "HMP Low Mill", "HMP Low Mill"),
])  # fmt: skip
def test_the_only_option_with_a_word_that_begins_so_is_meant(page, key, typed, answer, shown):
    lookup = page.editor.lookup
    QTest.keyClicks(lookup.line(), typed)
    assert page.editor.answer() == answer, "also where one saves without leaving the box"
    assert lookup.currentText() == typed, "nothing is written into the box while one types"
    QTest.keyClick(QApplication.activePopupWidget() or lookup.line(), key)
    assert page.editor.answer() == answer
    assert " ".join(lookup.currentText().split()) == shown


def test_the_words_stay_where_they_are_when_the_keyboard_comes(page):
    with_the_keyboard = words_begin_at(page.editor.lookup.line())
    page.next.setFocus()
    assert words_begin_at(page.editor.lookup.line()) == with_the_keyboard


def test_what_is_saved_while_one_types_leaves_no_list_open(page, qtbot):
    lookup = page.editor.lookup
    QTest.keyClicks(lookup.line(), "eas")
    qtbot.waitUntil(lookup.found.popup().isVisible)
    page.editor.show_answer("EP")
    assert not lookup.found.popup().isVisible()
    assert lookup.currentText() == "HMP Eastwood Park"


@pytest.mark.parametrize("scale", [100, 200])
@pytest.mark.parametrize("kind", [Lookup, CasePicker])
def test_the_list_of_what_was_found_has_the_look_of_its_window_and_room_for_all_its_lines(qapp, qtbot, scale, kind):
    theme = Theme(scale=scale)
    theme.prepare(qapp)
    qapp.setStyleSheet("")
    window = QWidget()
    theme.dress(window)
    qtbot.addWidget(window)
    over_it = QDialog(window)  # it has its look from its parent
    box = Lookup(Kit(theme), "Where", OPTIONS) if kind is Lookup else CasePicker(Kit(theme), "Who", lambda _: OPTIONS)
    over_it.setLayout(Kit(theme).column(box))
    window.show()
    over_it.show()
    qtbot.waitUntil(over_it.isActiveWindow)
    line = box.line() if isinstance(box, Lookup) else box
    line.setFocus()
    QTest.keyClicks(line, "te")
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QListView))
    found = QApplication.activePopupWidget()
    assert found.sizeHintForRow(0) == theme.px(32)
    qtbot.waitUntil(lambda: found.verticalScrollBar().maximum() == 0)
    found.hide()


def words_begin_at(line: QLineEdit) -> int:
    option = QStyleOptionFrame()
    line.initStyleOption(option)
    return line.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, line).x()
