"""The directory and the office in the window: found as one types, logged in one key, audited at 100 and at 200 %."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton
from seen import faint_texts, nameless, reachable, small_targets, tab_way
from way_in import unlock

from tac_desktop import settings
from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.ui.app import Desktop, Surroundings
from tac_desktop.ui.office_screen import DIRECTORY, MESSAGES, REMOVED, RULES, STAFF, OfficeScreen

NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
CASE = case_file_id("TAC-00003")
NAME = "Amber Anchor"
"""The mother of that case file (see cases.py)."""


@pytest.fixture(scope="module")
def office_vault(full_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The vault of 40 case files with some of everything that an office keeps."""
    from way_in import PASSPHRASE

    folder = tmp_path_factory.mktemp("office") / "Fernhill"
    shutil.copytree(full_vault, folder)
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    store = vaults.store_of(vault)

    def put(form: str, case_file: str = "", **answers: Any) -> str:
        made = forms.ALL[form]
        return save_answers(store, vault.person, made, answers=answers, now=NOW, case_file=case_file)

    put("agency", name="Quillhaven team", prison="EP", kind="local_authority", local_authority="kent")
    for name in ("Umber Kettle", "Indigo Ribbon", "Kettle, Umber"):
        put("professional", name=name, prison="EP", role="solicitor", phone="01234 567890")
    for name in ("Quillhaven School", "Family Court at Quillhaven"):
        put("inbox_message", from_whom=name, for_whom="TAC-00003", mailbox="OMU mailbox", prison="EP",
            received="2026-03-01T10:00", message="Please ring back about the report.")  # fmt: skip
    put("inbox_message", from_whom="Nobody", prison="EP", received="2026-03-01T10:00", answered_on="2026-03-02")
    put("staff_contact", at="2026-03-11T10:00", purposes=("advice",), department="omu", minutes=15, prison="EP")
    put("prison_rules", prison="EP", named_worker="Sage Beacon", phone="01234")
    child = put("child", CASE, name="Teal Anchor", date_of_birth="2019-03-27")
    put("childrens_social_worker", CASE, name="Umber Kettle", children=(child,), from_date="2026-02-01")
    put("school_request", CASE, child=child, what="report", school="Quillhaven School")
    store.close()
    vault.close()
    return folder


@pytest.fixture
def folder(office_vault: Path, tmp_path: Path) -> Path:
    return shutil.copytree(office_vault, tmp_path / "Fernhill")


def settled(desktop: Desktop, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    QApplication.processEvents()


@pytest.fixture
def page(desktop: Desktop, qtbot: Any, folder: Path) -> OfficeScreen:
    unlock(desktop, qtbot, folder)
    return page_of(desktop, qtbot)


def page_of(desktop: Desktop, qtbot: Any) -> OfficeScreen:
    found = desktop.window.frame.go("office")
    assert isinstance(found, OfficeScreen)
    settled(desktop, qtbot)
    return found


def key(which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> int:
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), which, with_)
    return 1


def told(page: OfficeScreen) -> str:
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def test_somebody_is_found_and_opened_in_letters_and_one_key(page, desktop, qtbot):
    assert page.directory.search.hasFocus()
    QTest.keyClicks(page.directory.search, "indi sol")
    key(Qt.Key.Key_Return)
    opened = page.pane.open_form()
    assert opened.screen.body.questions["name"].answer() == "Indigo Ribbon"
    key(Qt.Key.Key_Left, ALT)
    assert page.pane.open_form() is None
    assert page.directory.search.hasFocus()


def test_an_empty_list_of_the_directory_says_which_one_it_is(opened, qtbot):
    directory = page_of(opened, qtbot).directory
    assert "Nobody is in the directory yet" in directory._empty.text()
    bench = opened.window.work.bench
    save_answers(bench.store, bench.person, forms.ALL["professional"], now=bench.moment(),
                 answers={"name": "Slate Ledger", "prison": "EP"})  # fmt: skip
    directory.read_again()
    assert directory.table.selected_id() is not None
    directory.chips.choose("agencies")
    assert directory._empty.text() == "No entry is in this list (agencies) just now. ‘Everybody’ shows the others."


def test_an_entry_that_is_there_twice_says_so_and_leads_to_the_other(page):
    page.directory.chips.choose("twice")
    assert "2 entries, perhaps twice" in told(page)
    page.directory.take_keyboard()
    page.directory.search.setText("")
    key(Qt.Key.Key_Return)
    first = page.pane.open_form().screen.body.questions["name"].answer()
    link = next(b for b in page.pane.findChildren(QPushButton) if b.property("entry"))
    link.click()
    assert page.pane.open_form().screen.body.questions["name"].answer() != first


def test_a_new_entry_is_begun_with_the_persons_own_prison_and_saved(page, desktop):
    page.directory.adders[0].click()
    line = page.pane.open_form().screen.body.questions["name"].editor.line
    QTest.keyClicks(line, "Sepia Trowel")
    key(Qt.Key.Key_Return, CTRL)
    key(Qt.Key.Key_Left, ALT)
    [made] = [r for r in desktop.window.work.bench.store.records("professional") if r.text("name") == "Sepia Trowel"]
    assert made.text("prison") == "EP"
    assert "5 entries" in told(page)


def test_an_entry_is_removed_with_a_reason_and_brought_back(page, desktop, qtbot):
    QTest.keyClicks(page.directory.search, "indigo")
    key(Qt.Key.Key_Return)
    next(b for b in page.pane.findChildren(QPushButton) if b.text() == "Remove").click()
    question = next(w for w in page.findChildren(QDialog) if w.isVisible())
    QTest.keyClicks(question.findChildren(QLineEdit)[0], "Left the firm")
    next(b for b in question.findChildren(QPushButton) if b.text() == "Remove it").click()
    assert page.pane.open_form() is None
    assert "0 entries" in told(page)
    page.show_part(REMOVED)
    settled(desktop, qtbot)
    assert "Left the firm" in told(page)
    next(b for b in page.removed.findChildren(QPushButton) if b.text() == "Bring it back").click()
    assert page.pane.open_form().screen.body.questions["name"].answer() == "Indigo Ribbon"


def test_a_message_is_logged_in_her_case_file_in_one_key_and_is_gone_from_today(page, desktop, qtbot):
    page.show_part(MESSAGES)
    settled(desktop, qtbot)
    page.arrive()
    assert len(page.mailbox.cards) == 2
    pressed = key(Qt.Key.Key_L)
    settled(desktop, qtbot)
    assert pressed == 1
    store = desktop.window.work.bench.store
    [contact] = store.records("contact", CASE)
    assert "Please ring back about the report." in contact.text("summary")
    assert len(page.mailbox.cards) == 1
    key(Qt.Key.Key_A)
    settled(desktop, qtbot)
    assert "No message waits for an answer" in told(page)
    desktop.window.frame.go("today")
    settled(desktop, qtbot)
    shown = [label.text() for label in desktop.window.findChildren(QLabel) if label.isVisible()]
    assert "Messages nobody answered" not in shown


@pytest.mark.parametrize("whose", ["Quillhaven School", "Family Court at Quillhaven"])
def test_today_leads_to_a_message_that_nobody_answered(page, desktop, qtbot, whose):
    del page
    today = desktop.window.frame.go("today")
    settled(desktop, qtbot)
    line = next(b for b in today.findChildren(QPushButton) if b.text().startswith(whose))
    line.click()
    settled(desktop, qtbot)
    page = page_of(desktop, qtbot)
    assert page.part() == MESSAGES
    [card] = [one for one in page.mailbox.cards if whose in one.line.accessibleName()]
    assert QApplication.focusWidget() is card.line
    key(Qt.Key.Key_A)
    settled(desktop, qtbot)
    assert card.record_id not in [left.record_id for left in page.mailbox.cards]


def test_a_contact_with_staff_is_logged_in_three_keys(page, desktop, qtbot):
    page.show_part(STAFF)
    settled(desktop, qtbot)
    page.arrive()
    pressed = key(Qt.Key.Key_Space) + key(Qt.Key.Key_Space) + key(Qt.Key.Key_Return, CTRL)
    assert pressed == 3
    made = desktop.window.work.bench.store.records("staff_contact")[-1]
    assert (made.answers["purposes"], made.text("prison")) == (("sent_referral",), "EP")
    key(Qt.Key.Key_Left, ALT)
    settled(desktop, qtbot)
    page.staff.period.setCurrentIndex(page.staff.period.findData(""))
    page.staff.period.activated.emit(0)
    assert "2 contacts, 15 minutes (1 say how long they took)" in told(page)


def test_what_was_half_typed_for_the_office_is_found_again_after_a_lock(page, desktop, qtbot, folder):
    page.open_record("inbox_message")
    QTest.keyClicks(page.pane.open_form().screen.body.questions["from_whom"].editor.line, "Ochre Bellows")
    desktop.window.lock()
    unlock(desktop, qtbot, folder)
    settled(desktop, qtbot)
    assert desktop.window.frame.current() == "office"
    again = page_of(desktop, qtbot).pane.open_form()
    assert again.screen.body.questions["from_whom"].answer() == "Ochre Bellows"


@pytest.fixture(params=[100, 200])
def large(request, qtbot: Any, qapp: QApplication, tmp_path: Path, folder: Path) -> Iterator[Desktop]:
    settings.save(settings.Settings(text_scale=request.param), tmp_path / "settings.json")
    made = Desktop(qapp, Surroundings(tmp_path / "settings.json", tmp_path / "crash.log", CHEAPEST))
    made.window.resize(1366, 728)
    made.show()
    unlock(made, qtbot, folder)
    yield made
    made.window.close()
    made.lane.stop()
    qapp.removeEventFilter(made.watch)
    made.deleteLater()
    qapp.processEvents()


def test_every_part_is_named_large_dark_whole_and_reached_by_tab(large, qtbot):
    window = large.window
    screens = [*(("office", part) for part in (DIRECTORY, MESSAGES, STAFF, RULES, REMOVED)),
               ("form", "inbox_message"), ("case", "social_workers"), ("case", "schools")]  # fmt: skip
    for place, part in screens:
        if place in ("office", "form"):
            shown = page_of(large, qtbot)
            (shown.show_part if place == "office" else shown.open_record)(part)
        else:
            window.work.cases.open_case(CASE)
            shown = window.frame.page(window.frame.current())
            shown.show_section(part)
        settled(large, qtbot)
        qtbot.wait(50)
        shown.arrive()
        assert nameless(window) == [], part
        assert small_targets(window, window.kit.theme.scale) == [], part
        assert faint_texts(window) == [], part
        cut = [
            label.text()[:50] for label in shown.findChildren(QLabel)
            if label.isVisible() and label.wordWrap() and label.height() < label.heightForWidth(label.width())
        ]  # fmt: skip
        assert cut == [], part
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        way = tab_way(window)
        missed = [f"{type(w).__name__} {w.accessibleName()}" for w in reachable(window) if w not in way]
        assert missed == [], part
        assert (window.grab().width(), window.grab().height()) == (1366, 728), part


def test_contacts_with_staff_are_listed_for_the_time_that_is_chosen_all_of_them(page, desktop, qtbot):
    bench = desktop.window.work.bench
    for day in range(1, 36):
        at = f"{bench.moment().year - 2}-01-{1 + day % 28:02}T10:00"
        answers = {"at": at, "purposes": ("advice",), "department": "omu", "prison": "EP"}
        save_answers(bench.store, bench.person, forms.ALL["staff_contact"], answers=answers, now=bench.moment())
    page.show_part(STAFF)
    settled(desktop, qtbot)
    staff = page.staff

    def choose(period: str) -> int:
        staff.period.setCurrentIndex(staff.period.findData(period))
        staff.period.activated.emit(staff.period.currentIndex())
        return len(staff._list.lines())

    assert choose("1") == 0
    assert "Nothing was logged in this time" in told(page)
    assert choose("") == 30
    staff._list.more.setFocus()
    key(Qt.Key.Key_Space)
    assert len(staff._list.lines()) == 36
    assert not staff._list.more.isVisible()
    assert QApplication.focusWidget() is staff._list.lines()[30]


def test_that_a_message_was_answered_can_be_undone_beside_the_words(page, desktop, qtbot):
    page.show_part(MESSAGES)
    settled(desktop, qtbot)
    before = len(page.mailbox.cards)
    page.mailbox.cards[0].done.click()
    settled(desktop, qtbot)
    assert len(page.mailbox.cards) == before - 1
    undo = desktop.window.frame.bar.undo
    assert undo.isVisible()
    undo.click()
    settled(desktop, qtbot)
    assert len(page.mailbox.cards) == before
