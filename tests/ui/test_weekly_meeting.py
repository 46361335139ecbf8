"""From an app form to a decision of which the referrer was told, and what the page of the meeting does."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from way_in import PASSPHRASE, unlock

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.form_screen import FormScreen
from tac_desktop.ui.meeting_screen import MeetingScreen
from tac_desktop.ui.new_case_screen import NewCaseScreen

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
CASE = case_file_id("EP-2026-77")


class Hand:
    """Presses keys and clicks, and counts both; words that are typed are not counted."""

    def __init__(self) -> None:
        self.keys = self.clicks = 0

    def press(self, which: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), which, with_)
        self.keys += 1

    def write(self, words: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), words)

    def click(self, desktop, words: str) -> None:
        button = next(b for b in desktop.window.findChildren(QPushButton) if b.text() == words and b.isVisible())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.clicks += 1

    def go_to(self, form: FormScreen, name: str) -> None:
        while not form.body.questions[name].isAncestorOf(QApplication.focusWidget()):
            QApplication.processEvents()  # the questions below are built as the loop turns
            self.press(Qt.Key.Key_Tab)


def page_of(desktop, kind: type) -> Callable[[], bool]:
    return lambda: isinstance(desktop.window.frame.page(desktop.window.frame.current()), kind)


def shown(desktop):
    return desktop.window.frame.page(desktop.window.frame.current())


def to_the_meeting(desktop, qtbot) -> MeetingScreen:
    desktop.window.frame.go("meeting")
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    qtbot.waitUntil(lambda: bool(shown(desktop).lines()))
    return shown(desktop)


def test_an_app_form_becomes_a_decided_referral_whose_referrer_was_told(opened, qtbot):
    hand, store = Hand(), opened.window.work.bench.store
    hand.click(opened, "Caseload")
    hand.click(opened, "New referral")
    qtbot.waitUntil(page_of(opened, NewCaseScreen))
    mother = opened.window.findChild(FormScreen)
    hand.write("EP-2026-77")
    hand.go_to(mother, "name")
    hand.write("Cobalt Weathervane")
    hand.go_to(mother, "prison")
    hand.press(Qt.Key.Key_Down)
    hand.press(Qt.Key.Key_Return, CTRL)

    qtbot.waitUntil(page_of(opened, CaseScreen))
    referral = shown(opened).open_form().screen
    hand.write("t")
    hand.go_to(referral, "by_app")
    hand.press(Qt.Key.Key_Space)
    hand.go_to(referral, "wing")
    hand.write("C2")
    hand.go_to(referral, "app_answered")
    hand.write("t")
    hand.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(store.records("referral", CASE)) == 1)

    hand.click(opened, "Caseload")
    hand.click(opened, "Weekly meeting")
    qtbot.waitUntil(page_of(opened, MeetingScreen))
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    qtbot.waitUntil(lambda: bool(shown(opened).lines()))
    while QApplication.focusWidget().record_id != CASE:
        hand.press(Qt.Key.Key_Tab)
    hand.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(opened).form() is not None)
    decision = shown(opened).form()
    hand.press(Qt.Key.Key_Space)  # a social worker is allocated
    hand.go_to(decision, "pathway")
    hand.press(Qt.Key.Key_Space)  # TaC
    hand.go_to(decision, "said")
    hand.write("She begins next week.")
    hand.go_to(decision, "referrer_told_on")
    hand.write("t")
    hand.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: shown(opened).form() is None)

    [kept] = store.records("referral", CASE)
    today = opened.window.work.bench.today()
    assert kept.answers["social_worker_allocated"] is True
    assert (kept.text("wing"), kept.text("pathway")) == ("C2", "tac")
    assert {kept.text(name) for name in ("date", "app_answered", "decided_on", "referrer_told_on")} == {today}
    [minute] = store.records("meeting_minute", CASE)
    assert minute.text("said") == "She begins next week."
    assert hand.clicks <= 4
    assert hand.keys <= 60, hand.keys


def test_a_decision_leads_to_the_next_line_and_one_that_is_refused_keeps_what_was_typed(opened, qtbot):
    page = to_the_meeting(opened, qtbot)
    order = [line.record_id for line in page.lines()]
    assert page.lines()[0].hasFocus()
    page.lines()[1].click()
    form = page.form()
    assert form.body.questions["social_worker_allocated"].isAncestorOf(QApplication.focusWidget())
    form.body.questions["said"].editor.box.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "To be asked again.")
    form.body.questions["decided_on"].editor.retype(["31 12 2999"])
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    assert form.body.questions["decided_on"].problem()
    assert form.body.questions["said"].answer() == "To be asked again."

    form.body.questions["decided_on"].editor.retype([""])
    QTest.keyClick(form, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.form() is None)
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    assert QApplication.focusWidget().record_id == order[2]


def test_a_lock_in_the_middle_of_a_decision_comes_back_to_it_with_what_was_typed(opened, qtbot, full_folder):
    page = to_the_meeting(opened, qtbot)
    chosen = page.lines()[0].record_id
    page.lines()[0].click()
    page.form().body.questions["said"].editor.box.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "Wait for the court.")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: opened.window.frame is None)
    unlock(opened, qtbot, full_folder, PASSPHRASE)
    qtbot.waitUntil(lambda: opened.window.frame is not None)
    qtbot.waitUntil(page_of(opened, MeetingScreen))
    qtbot.waitUntil(lambda: shown(opened).form() is not None)
    assert shown(opened).place() == chosen
    assert shown(opened).form().body.questions["said"].answer() == "Wait for the court."


def test_the_caseload_shows_the_cases_of_one_worker(opened, qtbot):
    work = opened.window.work
    work.cases.open_case(case_file_id("TAC-00001"))
    page = shown(opened)
    page.show_section("referral")
    next(b for b in page.findChildren(QPushButton) if b.text() == "I work with her from today").click()
    assert not [b for b in page.findChildren(QPushButton) if b.text() == "I work with her from today" and b.isVisible()]
    caseload = opened.window.frame.go("caseload")
    mine = caseload._worker.findText(work.bench.person.name)
    caseload._worker.setCurrentIndex(mine)
    caseload._worker.activated.emit(mine)
    assert caseload.table.model().rowCount() == 1


def test_the_workload_and_the_blank_forms_open_beside_the_caseload(opened, qtbot):
    frame = opened.window.frame
    workload = frame.go("workload")
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    assert workload.accessibleName() is not None
    sheets = frame.go("sheets")
    next(b for b in sheets.findChildren(QPushButton) if b.text() == "Look at it and print").click()
    qtbot.waitUntil(lambda: frame.current() == "blank sheet")
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    next(b for b in shown(opened).findChildren(QPushButton) if b.text() == "Back").click()
    assert frame.current() == "sheets"


def test_a_decision_that_a_colleague_has_made_meanwhile_is_told_and_can_be_put_in_its_place(opened, qtbot):
    page, bench = to_the_meeting(opened, qtbot), opened.window.work.bench
    chosen = page.lines()[0].record_id
    page.lines()[0].click()
    form = page.form()
    [referral] = bench.store.records("referral", chosen)
    save_answers(
        bench.store, bench.person, forms.ALL["referral"], answers={**referral.answers, "pathway": "few"},
        now=bench.moment(), case_file=chosen, record_id=referral.id,
    )  # fmt: skip
    form.body.questions["pathway"].editor.show_answer("tac")
    form.body.questions["said"].editor.box.setPlainText("She begins next week.")
    form.submit()
    told = form.body.questions["pathway"].problem()
    assert "It now reads: " in told
    assert "nothing" not in told
    assert form.body.questions["said"].answer() == "She begins next week."
    form.submit()  # she has been told, and means it
    qtbot.waitUntil(lambda: page.form() is None)
    [kept] = bench.store.records("referral", chosen)
    assert kept.text("pathway") == "tac"
    [minute] = bench.store.records("meeting_minute", chosen)
    assert minute.text("said") == "She begins next week."


def test_the_prison_is_chosen_with_the_arrow_keys_and_keeps_the_keyboard(opened, qtbot):
    page = to_the_meeting(opened, qtbot)
    page._prison.setFocus()
    for place in (1, 2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: not opened.lane.jobs())
        QApplication.processEvents()
        assert QApplication.focusWidget() is page._prison
        assert page._prison.currentIndex() == place


def test_the_line_that_has_the_keyboard_keeps_it_when_the_list_is_read_anew(opened, qtbot):
    page = to_the_meeting(opened, qtbot)
    wanted = page.lines()[3].record_id
    page.lines()[3].setFocus()
    opened.window.work.bench.changed.emit()
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    QApplication.processEvents()
    assert QApplication.focusWidget().record_id == wanted
