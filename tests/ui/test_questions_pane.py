"""Her questions: the older ones come by a key, and the keyboard goes to the first of them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tac_desktop.casework.record import Record
from tac_desktop.ui.questions_pane import FORM, QuestionsPane


def over(number: int) -> Record:
    answers = {"asked_on": f"2026-01-{number:02}", "words": f"Question {number}?", "told_on": "2026-02-01"}
    return Record(id=f"q{number:02}", form=FORM, version=1, case_file="c", stream="c", answers=answers,
                  known_on="2026-02-01")  # fmt: skip


def test_the_keyboard_goes_to_the_first_of_the_older_questions(kit, qtbot):
    pane = QuestionsPane(kit, [over(number) for number in range(1, 15)], lambda _: "", "2026-03-12")
    qtbot.addWidget(pane)
    pane.show()
    qtbot.waitUntil(pane.isActiveWindow)
    assert len(pane.lines()) == 10
    pane.more.setFocus()
    QTest.keyClick(pane.more, Qt.Key.Key_Space)
    assert len(pane.lines()) == 14
    assert not pane.more.isVisible()
    assert QApplication.focusWidget() is pane.lines()[10].line
