"""Whole ways through the window, as a person goes them: by keyboard alone, and across a lock."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from way_in import PASSPHRASE, unlock

from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.quick_log import QuickLog
from tac_desktop.ui.text_editor import TextBox

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
WORDS = "She has had the letter and is worried about the hearing."


def key(which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> int:
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), which, with_)
    return 1


def case_screen(desktop) -> CaseScreen:
    page = desktop.window.frame.page(desktop.window.frame.current())
    assert isinstance(page, CaseScreen)
    return page


def test_a_contact_is_logged_from_today_in_at_most_24_keys_beside_its_words(opened, qtbot):
    pressed = key(Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QuickLog))
    QTest.keyClicks(QApplication.focusWidget(), "TAC-00003")
    pressed += 9 + key(Qt.Key.Key_Return) + key(Qt.Key.Key_1, ALT)
    while not isinstance(QApplication.focusWidget(), TextBox):
        pressed += key(Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), WORDS)
    pressed += key(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not isinstance(QApplication.activeWindow(), QuickLog))
    [contact] = opened.window.work.bench.store.records("contact", case_file_id("TAC-00003"))
    assert contact.text("summary") == WORDS
    assert pressed <= 24, pressed


def test_a_lock_in_the_middle_of_a_triage_comes_back_to_the_same_question_with_the_text(opened, qtbot, full_folder):
    case_file = case_file_id("TAC-00003")
    opened.window.work.cases.open_case(case_file)
    screen = case_screen(opened)
    screen.open_record("triage", "")
    screen.open_form().screen.take_keyboard("own_words")
    QTest.keyClicks(QApplication.focusWidget(), WORDS)
    key(Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: opened.window.frame is None)
    assert not any(WORDS in box.toPlainText() for box in QApplication.allWidgets() if isinstance(box, TextBox))

    unlock(opened, qtbot, full_folder, PASSPHRASE)
    qtbot.waitUntil(lambda: opened.window.frame is not None)
    form = case_screen(opened).open_form()
    assert form.form.name == "triage"
    assert form.screen.body.questions["own_words"].answer() == WORDS
    assert form.screen.body.questions["own_words"].editor.box.hasFocus()


def test_a_lock_in_the_middle_of_a_quick_contact_comes_back_to_the_same_word_of_it(opened, qtbot, full_folder):
    opened.window.work.cases.open_case(case_file_id("TAC-00003"))
    key(Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QuickLog))
    log = QApplication.activeWindow()
    log.questions["summary"].editor.box.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), WORDS)
    for _ in range(8):
        key(Qt.Key.Key_Left)
    key(Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: opened.window.frame is None)
    assert not [window for window in QApplication.topLevelWidgets() if isinstance(window, QuickLog)]

    unlock(opened, qtbot, full_folder, PASSPHRASE)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QuickLog))
    again = QApplication.activeWindow()
    assert again is not log
    box = again.questions["summary"].editor.box
    qtbot.waitUntil(box.hasFocus)
    QTest.keyClicks(box, "big ")
    assert again.questions["summary"].answer() == WORDS[:-8] + "big " + WORDS[-8:]
