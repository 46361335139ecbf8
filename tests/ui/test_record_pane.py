"""What a case file shows of its records: read anew, the keyboard stays on the record on which it was."""

from PySide6.QtWidgets import QApplication, QPushButton

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.removing import remove
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.record_list import LineButton

CASE = case_file_id("TAC-00004")


def challenges(desktop, qtbot) -> tuple[CaseScreen, list[LineButton]]:
    bench = desktop.window.work.bench
    for code in ("acct", "bereavement_loss", "acct"):
        answers = {"challenge": code, "note": "Hers."}
        save_answers(
            bench.store, bench.person, forms.ALL["challenge"], answers=answers, now=bench.moment(), case_file=CASE
        )
    desktop.window.work.cases.open_case(CASE, "challenges")
    page = desktop.window.frame.page(desktop.window.frame.current())
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    lines = [line for line in page.findChildren(LineButton) if line.isVisible()]
    assert len(lines) == 3
    return page, lines


def test_a_list_that_is_read_anew_leaves_the_keyboard_on_its_record(opened, qtbot):
    _page, lines = challenges(opened, qtbot)
    wanted = lines[1].record_id
    lines[1].setFocus()
    opened.window.work.bench.changed.emit()
    QApplication.processEvents()
    at = opened.window.focusWidget()
    assert isinstance(at, LineButton)
    assert at is not lines[1]
    assert at.record_id == wanted


def test_of_a_record_that_is_gone_the_keyboard_stays_in_the_list(opened, qtbot):
    page, lines = challenges(opened, qtbot)
    bench = opened.window.work.bench
    lines[1].setFocus()
    within = {"form": "challenge", "case_file": CASE, "now": bench.moment()}
    remove(bench.store, bench.person, lines[1].record_id, "Written twice", **within)
    opened.window.work.bench.changed.emit()
    QApplication.processEvents()
    at = opened.window.focusWidget()
    assert isinstance(at, QPushButton)
    assert page._pane.isAncestorOf(at)


def test_a_list_that_is_read_anew_takes_the_keyboard_from_nothing_else(opened, qtbot):
    page, _lines = challenges(opened, qtbot)
    page.header.contact.setFocus()
    opened.window.work.bench.changed.emit()
    QApplication.processEvents()
    assert opened.window.focusWidget() is page.header.contact
