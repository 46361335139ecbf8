"""The answers that are owed on their page: who is typing or standing somewhere is left there, whatever is read anew."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.awaited import awaited
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.awaited_screen import SHOWN_AT_ONCE, AwaitedScreen
from tac_desktop.ui.awaited_words import asked_words, waited_words
from tac_desktop.ui.contact_parts import AwaitedInCase
from tac_desktop.ui.quick_log import QuickLog

CASE = case_file_id("TAC-00003")


def ask(desktop, what: str, days_ago: int, case_file: str = CASE) -> str:
    bench = desktop.window.work.bench
    on = (date.fromisoformat(bench.today()) - timedelta(days=days_ago)).isoformat()
    answers = {"at": f"{on}T09:00", "kind": "email", "summary": "Asked.", "waiting_for": what, "who": "Slate Ledger"}
    return save_answers(
        bench.store, bench.person, forms.ALL["contact"], answers=answers, now=bench.moment(), case_file=case_file
    )


def settled(desktop, qtbot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    QApplication.processEvents()


@pytest.fixture
def page(opened, qtbot) -> AwaitedScreen:
    for number, what in enumerate(("The care plan", "The school report", "The birth certificate")):
        ask(opened, what, 40 - number, case_file_id(f"TAC-{number + 3:05}"))
    qtbot.waitUntil(opened.window.isActiveWindow)
    found = opened.window.frame.go("awaited")
    qtbot.waitUntil(lambda: len(found.lines()) == 3)
    settled(opened, qtbot)
    return found


def test_the_page_begins_with_what_is_to_be_seen_to_first(page):
    assert page.lines()[0].line.hasFocus()


def test_what_is_typed_into_the_search_stays_there_when_the_page_is_read_anew(page, opened, qtbot):
    page.search.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "the ")
    opened.window.work.awaited.read()
    settled(opened, qtbot)
    QTest.keyClicks(QApplication.focusWidget(), "care")
    assert page.search.text() == "the care"
    assert len(page.lines()) == 1
    assert opened.window.findChildren(QuickLog) == []


def test_the_keyboard_stays_on_its_line_when_the_page_is_read_anew(page, opened, qtbot):
    page.lines()[1].line.setFocus()
    contact = page.lines()[1].question.contact.id
    ask(opened, "Asked long before the others", 60, case_file_id("TAC-00009"))
    opened.window.work.awaited.read()
    qtbot.waitUntil(lambda: len(page.lines()) == 4)
    [line] = [one for one in page.lines() if one.line.hasFocus()]
    assert line.question.contact.id == contact


def test_after_an_answer_was_logged_the_keyboard_is_on_the_next_line(page, opened, qtbot):
    page.lines()[1].line.setFocus()
    following = page.lines()[2].question.contact.id
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QuickLog))
    log = QApplication.activeWindow()
    log.questions["kind"].show_answer("phone")
    log.questions["summary"].show_answer("They sent it.")
    QTest.keyClick(log, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.lines()) == 2)
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    [line] = [one for one in page.lines() if one.line.hasFocus()]
    assert line.question.contact.id == following


def test_more_lines_come_before_their_button_and_the_first_of_them_has_the_keyboard(opened, qtbot):
    for number in range(SHOWN_AT_ONCE + 2):
        ask(opened, f"Paper {number}", 20)
    qtbot.waitUntil(opened.window.isActiveWindow)
    opened.window.work.cases.open_case(CASE)
    screen = opened.window.frame.page(f"case {CASE}")
    screen.show_section("contact")
    listed = screen.findChild(AwaitedInCase).list
    last = listed.lines()[-1]
    [stop] = [one for one in last.stops() if not one.isHidden()][-1:]
    stop.setFocus()
    QTest.keyClick(stop, Qt.Key.Key_Tab)
    assert listed.more.hasFocus()
    QTest.keyClick(listed.more, Qt.Key.Key_Space)
    assert len(listed.lines()) == SHOWN_AT_ONCE + 2
    assert listed.lines()[SHOWN_AT_ONCE].line.hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert stop.hasFocus()


def test_what_was_asked_today_of_nobody_by_name_is_told_so_in_the_middle_of_a_sentence(opened, qtbot):
    bench = opened.window.work.bench
    answers = {"at": f"{bench.today()}T09:00", "kind": "email", "summary": "Asked.", "waiting_for": "The care plan"}
    form = forms.ALL["contact"]
    save_answers(bench.store, bench.person, form, answers=answers, now=bench.moment(), case_file=CASE)
    [one] = awaited(bench.store)
    assert waited_words(one.question, bench.today()) == "asked today"
    said = asked_words(one.question, bench.today(), is_answer=True)
    assert said.startswith("Answer to: The care plan. Asked of somebody who was not named on ")
    page = opened.window.frame.go("awaited")
    qtbot.waitUntil(lambda: len(page.lines()) == 1)
    assert page._title.text() == "Answers awaited", "as in the sidebar"
