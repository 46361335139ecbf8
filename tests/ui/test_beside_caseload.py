"""Pages to which the caseload leads: who comes back to one, and who stays on it, is where she was."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.outside_screen import OutsideScreen

CASE = case_file_id("TAC-00003")


def settled(desktop, qtbot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    QApplication.processEvents()


@pytest.fixture
def outside(opened, qtbot) -> OutsideScreen:
    bench = opened.window.work.bench

    def put(form: str, **answers: object) -> str:
        made = forms.ALL[form]
        return save_answers(bench.store, bench.person, made, answers=answers, now=bench.moment(), case_file=CASE)

    child = put("child", name="Mauve Anchor")
    put("contact_permission", children=(child,), level="not_allowed", source="public_protection")
    for day in range(1, 6):
        put("contact", at=f"2026-01-0{day}T10:00", kind="visit_support", children=(child,), child_contact="phone",
            summary="A call.", outside_permission="The manager agreed.")  # fmt: skip
    page = opened.window.frame.go("outside")
    settled(opened, qtbot)
    assert len(page.lines()) == 5
    return page


def test_who_comes_back_from_a_record_is_on_its_line(outside, opened, qtbot):
    assert QApplication.focusWidget() is outside._back
    wanted = outside.lines()[3].record_id
    outside.lines()[3].setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    opened.window.frame.go("outside")
    settled(opened, qtbot)
    assert QApplication.focusWidget().record_id == wanted


def test_what_is_read_anew_leaves_the_keyboard_on_its_line_and_takes_it_from_nothing_else(outside, opened, qtbot):
    wanted = outside.lines()[2].record_id
    outside.lines()[2].setFocus()
    opened.window.work.bench.changed.emit()
    settled(opened, qtbot)
    assert QApplication.focusWidget().record_id == wanted
    side = opened.window.frame.sidebar
    here = next(one for one in side.findChildren(type(outside._back)) if one.isVisible())
    here.setFocus()
    opened.window.work.bench.changed.emit()
    settled(opened, qtbot)
    assert QApplication.focusWidget() is here
