"""What passed between colleagues about a case file: the latest comments at once, the others when they are asked for."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.comments import comment
from tac_desktop.actions.removing import remove
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.colleagues_pane import ColleaguesPane
from tac_desktop.ui.line_list import SHOWN_AT_ONCE

CASE = case_file_id("TAC-00003")


def test_hundreds_of_comments_are_shown_a_handful_at_a_time_and_one_on_what_was_removed_says_so(opened, qtbot):
    bench = opened.window.work.bench
    store, me, now = bench.store, bench.person, bench.moment()
    course = save_answers(store, me, forms.ALL["course"], answers={"title": "Baking"}, now=now, case_file=CASE)
    for number in range(SHOWN_AT_ONCE + 4):
        on = CASE if number else course
        comment(store, me, on, f"Comment {number}", now=now + timedelta(seconds=number), entry="")
    remove(store, me, course, "Written twice.", now=now, form="course", case_file=CASE)
    qtbot.waitUntil(opened.window.isActiveWindow)
    opened.window.work.cases.open_case(CASE)
    screen = opened.window.frame.page(f"case {CASE}")
    screen.show_section("colleagues")
    said = screen.findChild(ColleaguesPane).comments
    assert len(said.lines()) == SHOWN_AT_ONCE
    assert f"Comment {SHOWN_AT_ONCE + 3}" in said.lines()[0].accessibleDescription()
    said.more.click()
    assert len(said.lines()) == SHOWN_AT_ONCE + 4
    said.lines()[-1].click()
    assert "not here" in opened.messages.shown[-1].text
    assert screen.open_form() is None
    QTest.keyClick(said.lines()[0], Qt.Key.Key_Return)
    assert screen.open_form().record_id == CASE
