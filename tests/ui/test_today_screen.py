"""Today: every line can be reached, and the keyboard stays where it is when the page is read anew."""

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tac_desktop.actions import caseload
from tac_desktop.ui.today_groups import MOST_SHOWN, Group, Line
from tac_desktop.ui.today_screen import TodayScreen


def drafts(count: int) -> Group:
    lines = [Line("c", f"Puce Anchor {n}", "Contact", "12 Mar 2026", "", "contact", str(n)) for n in range(count)]
    return Group("Drafts to finish", lines, count, "", "warn")


@pytest.fixture
def today(kit, qtbot) -> TodayScreen:
    made = TodayScreen(kit, "2026-03-12")
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def button(today: TodayScreen, begins: str) -> QPushButton:
    QApplication.processEvents()
    return next(b for b in today.findChildren(QPushButton) if b.isVisible() and b.text().startswith(begins))


def test_every_draft_can_be_reached_however_many_there_are(today, qtbot):
    today.show_groups([drafts(MOST_SHOWN + 40)], "")
    opened: list[str] = []
    today.draft_opened.connect(lambda _case, _form, record: opened.append(record))
    more = button(today, "Show more (40 left)")
    more.click()
    assert QApplication.focusWidget().text() == f"Puce Anchor {MOST_SHOWN}"
    button(today, "Show more (10 left)").click()
    button(today, f"Puce Anchor {MOST_SHOWN + 39}").click()
    assert opened == [str(MOST_SHOWN + 39)]
    today.show_groups([drafts(MOST_SHOWN + 40)], "")  # read anew: it stays unfolded
    assert button(today, f"Puce Anchor {MOST_SHOWN + 39}")


def test_the_first_line_takes_the_keyboard_and_keeps_it_when_the_page_is_read_anew(today):
    today.arrive()
    today.show_groups([drafts(3)], "")
    assert QApplication.focusWidget().text() == "Puce Anchor 0"
    button(today, "Puce Anchor 1").setFocus()
    today.show_groups([drafts(4)], "")
    assert QApplication.focusWidget().text() == "Puce Anchor 1"
    fewer = drafts(4)
    today.show_groups([Group(fewer.title, fewer.lines[2:], 2, "")], "")  # her line is gone: the one in its place
    assert QApplication.focusWidget().text() == "Puce Anchor 3"


def test_a_page_that_is_read_anew_takes_the_keyboard_from_nothing_else(today):
    today.arrive()
    today.show_groups([drafts(3)], "")
    log = button(today, "Log a contact")
    log.setFocus()
    today.show_groups([drafts(2)], "")
    QTest.qWait(1)
    assert QApplication.focusWidget() is log


def test_the_sentence_about_the_day_counts_cases(opened, qtbot):
    bench = opened.window.work.bench
    page = opened.window.frame.go("today")
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    late = len(caseload.numbers(bench.store, bench.person, bench.today(), "overdue"))
    assert late > 1
    assert page._subtitle.text().startswith(f"In {late} cases something is overdue, and ")
