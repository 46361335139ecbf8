"""The sections of a case file with many records: built as the loop turns, and left, locked or saved into meanwhile."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from seen import is_built, tab_way

from tac_desktop.casework import forms
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.journal import Change, to_journal
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.ui.case_overview import CaseOverview
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.contact_parts import LogInCase
from tac_desktop.ui.letterbox_parts import LetterboxInCase
from tac_desktop.ui.record_list import LineButton, RecordList

CASE = case_file_id("TAC-00004")
CHILDREN = [derived_id("full", str(number)) for number in range(9)]


def entry(form: str, number: int, **answers) -> Change:
    """Return the entry that makes a record; a child's id is one of CHILDREN."""
    made = CHILDREN[number] if form == "child" else derived_id("full", form, str(number))
    return Change(
        record_id=made, form=form, version=forms.ALL[form].version, stream=CASE,
        values=to_journal(forms.ALL[form], answers), known_on="2026-03-12",
    )  # fmt: skip


@pytest.fixture
def screen(opened, qtbot) -> CaseScreen:
    """A case file with 9 children, the letterbox of each, 15 hearings, and 45 contacts."""
    bench, months = opened.window.work.bench, tuple(code.code for code in code_list("month_of_year").codes)[:2]
    changes = [
        *(entry("child", number, name=f"Child {number}", date_of_birth=f"201{number}-01-01") for number in range(9)),
        *(
            entry("letterbox_agreement", number, child=child, her_months=months, agreed_on="2026-01-01")
            for number, child in enumerate(CHILDREN)
        ),
        *(
            entry("hearing", number, at=f"2026-02-{number + 1:02}T10:00", court=f"Court {number}")
            for number in range(15)
        ),
        *(
            entry(
                "contact", number, at=f"2026-0{number // 28 + 1}-{number % 28 + 1:02}T10:00", summary=f"Call {number}"
            )
            for number in range(45)
        ),
    ]
    bench.store.save(changes, author=bench.person.id, now=bench.moment())
    opened.window.work.cases.open_case(CASE)
    made = opened.window.frame.page(f"case {CASE}")
    assert isinstance(made, CaseScreen)
    qtbot.waitUntil(lambda: is_built(made) and not opened.lane.jobs())
    return made


def to_front(screen: CaseScreen, qtbot) -> None:
    screen.window().activateWindow()
    qtbot.waitUntil(screen.window().isActiveWindow)


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def shown(screen: CaseScreen, kind: type):
    [found] = [part for part in screen.findChildren(kind) if part.isVisible()]
    return found


def test_a_long_section_begins_at_once_and_all_of_it_comes(screen, qtbot):
    screen.show_section("hearings")
    listed = shown(screen, RecordList)
    assert 0 < len(listed.lines()) < 15
    assert listed._more.isHidden()
    qtbot.waitUntil(lambda: is_built(screen))
    days = [f"{number} February 2026, 10:00" for number in range(15, 0, -1)]
    assert [line.accessibleName() for line in listed.lines()] == days
    to_front(screen, qtbot)
    listed.add.setFocus()
    way = [stop for stop in tab_way(screen) if isinstance(stop, LineButton)]
    assert way == listed.lines()


def test_a_section_with_few_records_is_there_at_once(screen, qtbot):
    screen.show_section("challenges")
    assert is_built(screen)
    assert "Nothing has been recorded here yet." in words(screen)


def test_of_a_section_that_is_left_before_all_of_it_is_there_nothing_appears_in_the_next(screen, qtbot):
    screen.show_section("letterbox")
    screen.show_section("contact")
    screen.show_section("hearings")
    qtbot.waitUntil(lambda: is_built(screen))
    QApplication.processEvents()
    assert not [part for part in screen.findChildren(LetterboxInCase) if part.isVisible()]
    assert not [part for part in screen.findChildren(LogInCase) if part.isVisible()]
    assert len([line for line in screen.findChildren(LineButton) if line.isVisible()]) == 15


def test_a_form_that_is_opened_before_the_section_is_whole_stays_alone(screen, qtbot):
    screen.show_section("contact")
    screen.open_record("child", CHILDREN[0])
    qtbot.wait(100)
    assert screen.open_form() is not None
    assert not [line for line in screen.findChildren(LogInCase) if line.isVisible()]


def test_a_lock_while_a_section_is_being_built_is_harmless_and_leads_back_to_it(opened, screen, qtbot):
    screen.show_section("letterbox")
    opened.window.lock()
    qtbot.wait(100)
    assert opened.window.work is None


def test_the_overview_of_a_large_family_is_whole_and_read_from_column_to_column(screen, qtbot):
    screen.show_section("overview")
    qtbot.waitUntil(lambda: is_built(screen))
    overview = shown(screen, CaseOverview)
    assert {"Next due", "Hearings", "Documents", "Children and where they live", "Latest contacts"} <= set(
        words(overview)
    )
    to_front(screen, qtbot)
    overview.findChildren(LineButton)[0].setFocus()
    stops = [stop for stop in tab_way(screen) if overview.isAncestorOf(stop)]
    lines = [line for line in overview.findChildren(LineButton) if line.isVisible()]
    assert [stop for stop in stops if isinstance(stop, LineButton)] == lines
    column = [stop.mapTo(overview, stop.rect().topLeft()).x() for stop in stops]
    assert sorted(column) == column


def test_the_letterbox_that_was_worked_in_has_the_keyboard_when_it_is_there_again(screen, qtbot):
    screen.show_section("letterbox")
    pane = shown(screen, LetterboxInCase)
    last = derived_id("full", "letterbox_agreement", "8")
    pane.take_keyboard(last)
    assert last not in pane.years
    qtbot.waitUntil(lambda: is_built(screen))
    assert pane.years[last].isAncestorOf(screen.window().focusWidget())


def test_who_moves_on_before_that_letterbox_is_there_keeps_the_keyboard(screen, qtbot):
    screen.show_section("letterbox")
    shown(screen, LetterboxInCase).take_keyboard(derived_id("full", "letterbox_agreement", "8"))
    screen.header.contact.setFocus()
    qtbot.waitUntil(lambda: is_built(screen))
    assert screen.window().focusWidget() is screen.header.contact


def test_the_button_that_shows_more_is_there_when_the_lines_above_it_are(screen, qtbot):
    screen.show_section("contact")
    qtbot.waitUntil(lambda: is_built(screen))
    log = shown(screen, LogInCase)
    to_front(screen, qtbot)
    log.more.setFocus()
    QTest.keyClick(log.more, Qt.Key.Key_Space)
    at = log.lines()[20]
    assert at.hasFocus()
    assert log.more.isHidden()
    qtbot.waitUntil(lambda: is_built(screen))
    assert at.hasFocus()
    assert len(log.lines()) == 40
    assert log.more.isVisible()
    log.lines()[-1].setFocus()
    QTest.keyClick(log.lines()[-1], Qt.Key.Key_Tab)
    assert log.more.hasFocus()
