from pathlib import Path

from cases import name_of
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot
from seen import spoken
from way_in import PASSPHRASE, fill, unlock

from tac_desktop.actions import vaults
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.caseload_screen import CaseloadScreen
from tac_desktop.ui.jobs import Job
from tac_desktop.ui.today_screen import TodayScreen

CASE = case_file_id("TAC-00002")


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


def caseload(desktop: Desktop) -> CaseloadScreen:
    page = desktop.window.frame.go("caseload")
    assert isinstance(page, CaseloadScreen)
    return page


def test_the_day_begins_with_today(opened: Desktop):
    assert opened.window.frame.current() == "today"
    page = opened.window.frame.page("today")
    assert isinstance(page, TodayScreen)
    assert any("overdue" in text for text in spoken(page))


def test_a_page_is_built_on_its_first_visit_and_kept(opened):
    frame = opened.window.frame
    assert frame.names() == ["today"]
    first = frame.go("caseload")
    frame.go("today")
    assert frame.go("caseload") is first


def test_the_title_never_holds_a_name(opened):
    opened.window.work.cases.open_case(CASE)
    assert opened.window.windowTitle() == "TaC Desktop"


def test_the_lock_key_destroys_the_pages_and_leaves_no_name_in_what_is_spoken(opened, qtbot):
    window = opened.window
    caseload(opened).table.grab()
    window.work.cases.open_case(CASE)
    assert name_of(2) in " ".join(spoken(window))
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.frame is None)
    said = " ".join(spoken(window))
    assert "Anchor" not in said
    assert "Sage" not in said
    left = [label.text() for label in window.findChildren(QLabel)]
    assert not [text for text in left if "Anchor" in text]


def test_the_lock_forgets_the_key_and_gives_the_folder_free(opened, full_folder):
    vault = opened.window.work.bench.vault
    opened.window.lock()
    assert not vault.is_open
    elsewhere = vaults.unlock(full_folder, vaults.people_of(full_folder)[0].id, PASSPHRASE)
    elsewhere.close()


def test_the_lock_empties_the_clipboard_of_our_own_text(opened, qtbot):
    box = caseload(opened).search
    box.setText("Teal Anchor")
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Teal Anchor"
    opened.window.lock()
    assert QGuiApplication.clipboard().text() == ""


def test_messages_are_gone_after_a_lock(opened):
    opened.messages.say("Something about Puce Anchor")
    opened.window.lock()
    assert opened.messages.shown == []


def test_unlocking_returns_to_the_same_list_and_row(opened, qtbot, full_folder):
    page = caseload(opened)
    page.return_to("waiting")
    page.table.selectRow(3)
    chosen = page.table.selected_id()
    opened.window.lock()
    unlock(opened, qtbot, full_folder)
    settle(opened, qtbot)
    assert opened.window.frame.current() == "caseload"
    again = opened.window.frame.page("caseload")
    assert again is not page
    assert again.shown() == "waiting"
    assert again.table.selected_id() == chosen


def test_unlocking_returns_to_the_same_case_file_and_question(opened, qtbot, full_folder):
    opened.window.work.cases.open_case(CASE)
    page = opened.window.frame.page(f"case {CASE}")
    page.open_record("triage", "")
    place = page.place()
    opened.window.lock()
    unlock(opened, qtbot, full_folder)
    settle(opened, qtbot)
    assert opened.window.frame.current() == f"case {CASE}"
    assert opened.window.frame.page(f"case {CASE}").place().split("|")[:2] == place.split("|")[:2]


def test_somebody_else_who_unlocks_begins_with_her_own_day(opened, qtbot, full_folder):
    vault = opened.window.work.bench.vault
    vault.add_person(Person(id="2", name="Fern Cog", role="worker", prison="EP"), "three brass door handles", CHEAPEST)
    caseload(opened)
    opened.window.lock()
    vault = vaults.unlock_as(full_folder, "Fern Cog", "three brass door handles")
    opened.window.door.opened.emit(vault, vaults.people_of(full_folder)[1].id, 0)
    settle(opened, qtbot)
    assert opened.window.frame.current() == "today"


def test_what_is_typed_into_a_form_survives_the_lock_as_a_draft(opened, qtbot, full_folder):
    opened.window.work.cases.open_case(CASE)
    page = opened.window.frame.page(f"case {CASE}")
    page.open_record("mother", CASE)
    form = page.open_form().screen
    box = form.body.questions["known_as"].editor.stops()[0]
    qtbot.keyClicks(box, "Teal of the shore")
    opened.window.lock()
    unlock(opened, qtbot, full_folder)
    settle(opened, qtbot)
    form = opened.window.frame.page(f"case {CASE}").open_form().screen
    assert form.body.questions["known_as"].editor.answer() == "Teal of the shore"


def test_the_lock_stops_long_work_and_says_so_afterwards(opened, qtbot, full_folder):
    def long():
        for step in range(10_000_000):
            yield step, 10_000_000

    opened.lane.start(Job(long))
    opened.window.lock()
    unlock(opened, qtbot, full_folder)
    assert "stopped" in opened.messages.shown[-1].text


def test_without_input_the_vault_locks_itself_after_a_warning(opened):
    window = opened.window
    opened.watch.last.steady -= 9 * 60 + 45
    opened.watch.last.clock -= 9 * 60 + 45
    window._causes.idle.check()
    assert window.frame.warning.isVisible()
    assert "15 seconds" in window.frame.warning.accessibleName()
    opened.watch.touch()
    window._causes.idle.check()
    assert not window.frame.warning.isVisible()
    opened.watch.last.steady -= 601
    window._causes.idle.check()
    assert window.frame is None


def test_ctrl_f_goes_to_the_search_of_the_caseload(opened, qtbot):
    qtbot.waitUntil(opened.window.isActiveWindow)
    QTest.keyClick(opened.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert opened.window.frame.current() == "caseload"
    assert QApplication.focusWidget() is opened.window.frame.page("caseload").search


def test_a_larger_text_builds_the_window_anew_in_the_same_place(opened, qtbot):
    before = opened.window
    page = before.frame.go("settings")
    page._scale.setCurrentIndex(page._scale.findData("150"))
    page._choose()
    assert opened.window is before  # the list in which it was chosen is still closing
    qtbot.waitUntil(lambda: opened.window is not before)
    after = opened.window
    assert after.frame.current() == "settings"
    assert after.kit.theme.scale == 150
    assert after.work.bench.vault.is_open


def test_closing_the_window_closes_the_vault(opened, full_folder):
    vault = opened.window.work.bench.vault
    opened.window.close()
    assert not vault.is_open


def test_an_unlock_takes_the_failed_attempts_into_the_audit(desktop, qtbot, full_folder):
    unlock(desktop, qtbot, full_folder, "certainly not this one")
    assert (full_folder / "attempts.json").exists()
    unlock(desktop, qtbot, full_folder)
    settle(desktop, qtbot)
    assert not (full_folder / "attempts.json").exists()


# --- the caseload ---


def test_the_caseload_says_in_words_what_it_shows(opened):
    page = caseload(opened)
    assert page._subtitle.text() == "40 cases, open"
    page.search.setText("teal anch")
    page.read()
    assert page._subtitle.text() == "1 case, open, matching “teal anch”"


def test_search_waits_for_a_pause_in_the_typing(opened, qtbot):
    page = caseload(opened)
    qtbot.keyClicks(page.search, "mauve")
    qtbot.waitUntil(lambda: "matching" in page._subtitle.text())
    assert page._subtitle.text().startswith("4 cases")


def test_an_empty_list_says_why_and_how_to_see_more(opened, qtbot):
    page = caseload(opened)
    page.return_to("closed")
    page.search.setText("teal")
    page.read()
    words = " ".join(spoken(page))
    assert "among the cases shown (closed)" in words
    page._everywhere.click()
    assert page._subtitle.text().startswith("4 cases, everything")


def test_enter_on_a_row_opens_the_case_file(opened, qtbot):
    page = caseload(opened)
    page.search.setText("teal anchor")
    page.read()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert opened.window.frame.current() == f"case {CASE}"


def test_return_in_the_search_opens_what_was_found_and_down_goes_to_the_list(opened, qtbot):
    page = caseload(opened)
    qtbot.waitUntil(opened.window.isActiveWindow)
    page.search.setFocus()
    qtbot.keyClicks(page.search, "teal anchor")
    QTest.keyClick(page.search, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is page.table
    QTest.keyClick(page.search, Qt.Key.Key_Return)
    assert opened.window.frame.current() == f"case {CASE}"


def test_esc_empties_the_search(opened, qtbot):
    page = caseload(opened)
    qtbot.keyClicks(page.search, "teal")
    QTest.keyClick(page.search, Qt.Key.Key_Escape)
    assert page.search.text() == ""


def test_thousands_of_cases_are_listed_without_being_read(desktop, qtbot, vault_folder: Path):
    fill(vault_folder, 3000)
    unlock(desktop, qtbot, vault_folder)
    settle(desktop, qtbot)
    page = caseload(desktop)
    page.table.grab()
    assert page._rows.rowCount() == 3000
    assert page._rows.pages_read() <= 2


def test_what_was_saved_shows_in_the_caseload_at_the_next_visit(opened, qtbot):
    page = caseload(opened)
    opened.window.work.cases.open_case(CASE)
    case = opened.window.frame.page(f"case {CASE}")
    case.open_record("mother", CASE)
    form = case.open_form().screen
    box = form.body.questions["name"].editor.stops()[0]
    box.clear()
    qtbot.keyClicks(box, "Teal Lighthouse")
    form.submit()
    opened.window.frame.go("caseload")
    page.search.setText("lighthouse")
    page.read()
    assert page._subtitle.text().startswith("1 case")


def test_whoever_comes_back_to_the_caseload_stands_where_she_stood(opened):
    page = caseload(opened)
    page.table.selectRow(7)
    chosen = page.table.selected_id()
    opened.window.work.cases.open_case(CASE)
    opened.window.work.cases.saved.emit()
    opened.window.frame.go("caseload")
    assert page.table.selected_id() == chosen
    page.table.stay_at(-5, 7)  # it is not in the list any more
    assert page.table.currentIndex().row() == 7
    page.table.stay_at(-5, 4000)
    assert page.table.currentIndex().row() == 39


def test_a_case_that_does_not_exist_is_told_and_the_caseload_is_shown(opened):
    opened.window.work.cases.open_case(case_file_id("TAC-99999"))
    assert opened.window.frame.current() == "caseload"
    assert "not in this vault" in opened.messages.shown[-1].text


def test_one_case_file_at_a_time_is_on_the_screen(opened):
    opened.window.work.cases.open_case(CASE)
    opened.window.work.cases.open_case(case_file_id("TAC-00003"))
    assert [name for name in opened.window.frame.names() if name.startswith("case")] == [
        f"case {case_file_id('TAC-00003')}"
    ]


def test_the_place_that_is_marked_leads_back_from_what_lies_behind_it(opened):
    frame = opened.window.frame
    frame.go("caseload")
    opened.window.work.cases.open_case(CASE)
    assert frame.current().startswith("case ")
    QTest.mouseClick(frame.sidebar._buttons["caseload"], Qt.MouseButton.LeftButton)
    assert frame.current() == "caseload"


def test_a_problem_leaves_with_its_page_and_one_about_the_next_page_comes_along(opened, qtbot):
    frame = opened.window.frame
    opened.messages.say("That file is no bundle.", "danger")
    opened.messages.say("The day is over soon.", "warn")
    QApplication.processEvents()
    frame.go("caseload")
    assert frame.bar.isVisible(), "only a problem leaves"
    opened.messages.say("That file is no bundle.", "danger")
    frame.go("caseload")
    QApplication.processEvents()
    assert frame.bar.isVisible(), "it is the same page"
    frame.go("today")
    assert not frame.bar.isVisible()
    opened.window.work.cases.open_case(case_file_id("TAC-99999"))
    QApplication.processEvents()
    assert frame.bar.isVisible()
    assert "not in this vault" in frame.bar.accessibleName()


def test_an_error_in_a_page_shows_a_report_without_values_and_the_work_goes_on(opened, qtbot, tmp_path):
    from tac_desktop.ui.messages import BugWindow

    def fail() -> None:
        raise KeyError(name_of(2))

    try:
        fail()
    except KeyError as error:
        opened.messages.trouble(error)
    bug = opened.window.findChild(BugWindow)
    qtbot.waitUntil(bug.isVisible)
    assert "Anchor" not in " ".join(spoken(bug))
    assert "KeyError" in bug._report.toPlainText()
    assert "Anchor" not in (tmp_path / "crash.log").read_text(encoding="utf-8")
    opened.messages.trouble(ValueError())
    assert opened.window.findChildren(BugWindow) == [bug], "one window tells it, however often it happens"
    bug.accept()
    assert opened.window.frame is not None


class Windows(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(f"{type(watched).__name__} {watched.property('text') or watched.accessibleName()}")
        return False


def test_nothing_flashes_up_as_a_window_of_its_own_before_it_has_its_place(opened, qtbot, full_folder):
    seen = Windows()
    QApplication.instance().installEventFilter(seen)
    frame = opened.window.frame
    for name in frame.sidebar.names():
        frame.go(name)
        settle(opened, qtbot)
    opened.window.work.cases.open_case(CASE)
    page = frame.page(f"case {CASE}")
    for section in page.sections.buttons:
        page.show_section(section)
    page.open_record("mother", CASE)
    opened.window.lock()
    unlock(opened, qtbot, full_folder)
    settle(opened, qtbot)
    QApplication.instance().removeEventFilter(seen)
    assert seen.shown == []
