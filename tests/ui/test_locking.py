"""A lock from everywhere, and what is left after it: no page, no key, no name, no connection."""

import gc
import threading
from pathlib import Path

import pytest
from cases import name_of
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from seen import spoken
from way_in import PASSPHRASE, PERSON, unlock

from tac_desktop.actions import vaults
from tac_desktop.actions.vaults import Vault
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import DiskFull
from tac_desktop.storage.drafts import Drafts
from tac_desktop.storage.store import Store
from tac_desktop.ui.accept_card import AcceptCard
from tac_desktop.ui.alone import Undertaking
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.ask_file import CARDS, ask_open
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.jobs import Job, at_once
from tac_desktop.ui.page import Page
from tac_desktop.ui.quick_log import QuickLog
from tac_desktop.ui.work import Work
from tac_desktop.ui.workbench import Workbench

CASE = case_file_id("TAC-00002")
CTRL = Qt.KeyboardModifier.ControlModifier


def lock_key(window: QWidget, qtbot: QtBot, desktop: Desktop) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: desktop.window.frame is None)


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


def alive(*kinds: type) -> list[str]:
    gc.collect()
    return [type(one).__name__ for one in gc.get_objects() if isinstance(one, kinds)]


def texts_on_any_window() -> str:
    said: list[str] = []
    for widget in QApplication.allWidgets():
        if isinstance(widget, QLabel | QLineEdit):
            said.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            said.append(widget.toPlainText())
    for window in QApplication.topLevelWidgets():
        said += [window.windowTitle(), *spoken(window)]
    return " ".join(said)


def open_files_below(folder: str) -> list[str]:
    found: list[str] = []
    for number in Path("/proc/self/fd").iterdir():
        try:
            target = str(number.readlink())
        except OSError:  # the listing's own
            continue
        if target.startswith(folder):
            found.append(target)
    return found


# --- from everywhere ---


def context_menu(desktop: Desktop, qtbot: QtBot) -> QWidget:
    box = desktop.window.frame.go("caseload").search
    menu = box.createStandardContextMenu()
    menu.popup(box.mapToGlobal(box.rect().center()))
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is menu)
    return menu


def quick_log(desktop: Desktop, qtbot: QtBot) -> QWidget:
    desktop.window.work.cases.log_contact(CASE)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QuickLog))
    return QApplication.focusWidget()


def card_dialog(desktop: Desktop, qtbot: QtBot) -> QWidget:
    page = desktop.window.frame.go("exchange", "cards")
    dialog = AcceptCard(desktop.window.kit, "card", "Puce Anchor", "worker", "EP", page)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def file_dialog(desktop: Desktop, qtbot: QtBot) -> QWidget:
    ask_open(desktop.window.frame.go("exchange", "cards"), "Accept a card", CARDS, print)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QFileDialog))
    return QApplication.activeWindow()


def open_list(desktop: Desktop, qtbot: QtBot) -> QWidget:
    combo = desktop.window.frame.go("reports")._prison
    combo.showPopup()
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    return QApplication.activePopupWidget()


def test_ctrl_l_locks_from_dialogs_menus_and_lists_too(opened, qtbot, full_folder):
    for place in (context_menu, quick_log, card_dialog, file_dialog, open_list):
        lock_key(place(opened, qtbot), qtbot, opened)
        left = [type(window).__name__ for window in QApplication.topLevelWidgets() if window.isVisible()]
        assert left == ["MainWindow"], place.__name__
        unlock(opened, qtbot, full_folder)
        settle(opened, qtbot)
        opened.window.activateWindow()
        for over in opened.window.findChildren(QuickLog):
            over.close()
    assert opened.window.frame is not None


def test_ctrl_l_typed_at_the_door_does_nothing(desktop, qtbot, vault_folder):
    desktop.window.door.ask_for(vault_folder)
    QTest.keyClick(desktop.window, Qt.Key.Key_L, CTRL)
    QApplication.processEvents()
    assert desktop.window.door.currentWidget() is not None


# --- what is left ---


def test_after_a_lock_nothing_of_the_vault_is_left_in_the_program(opened, qtbot, full_folder):
    frame = opened.window.frame
    for name in frame.sidebar.names():
        frame.go(name)
        settle(opened, qtbot)
    opened.window.work.cases.open_case(CASE)
    opened.window.work.cases.log_contact(CASE)
    opened.lane.start(Job(opened.window.work.bench.with_store(endless)))
    key = opened.window.work.bench.vault._key
    assert any(key)
    assert open_files_below(str(full_folder))
    QApplication.processEvents()
    del frame
    opened.window.lock()
    assert not any(key), "the key itself is overwritten"
    settle(opened, qtbot)  # the door has work of its own

    def nothing_is_left() -> None:
        assert alive(Vault, Store, Drafts, Work, Workbench, Frame, Page, QuickLog, Job) == []

    qtbot.waitUntil(nothing_is_left)  # a job ends where it was, and is let go of when the window is told of it
    assert open_files_below(str(full_folder)) == []


def endless(_store):
    while True:
        yield 0, 1


def test_after_a_lock_no_window_and_no_title_holds_a_name(opened, qtbot):
    opened.window.work.cases.open_case(CASE)
    opened.window.work.cases.log_contact(CASE)
    QToolTip.showText(opened.window.pos(), name_of(2), opened.window)
    qtbot.waitUntil(lambda: name_of(2) in texts_on_any_window())
    opened.window.lock()
    QApplication.processEvents()
    left = texts_on_any_window()
    assert "Unlock" in left
    for name in (*name_of(2).split(), *PERSON.split()):
        assert name not in left


def test_no_window_over_a_case_file_has_a_name_in_its_title(opened, qtbot):
    opened.window.work.cases.open_case(CASE)
    page = opened.window.frame.page(f"case {CASE}")
    page.wishes.hand_over_wanted.emit()
    page.ask_which_are_one("child")
    opened.window.work.cases.log_contact(CASE)
    card_dialog(opened, qtbot)
    titles = [window.windowTitle() for window in QApplication.topLevelWidgets() if window.isVisible()]
    assert len(titles) >= 4
    for name in (*name_of(2).split(), *PERSON.split(), "Puce", "Anchor"):
        assert not [title for title in titles if name in title]


def test_a_fault_in_a_page_does_not_keep_the_vault_open(opened, qtbot, monkeypatch):
    vault = opened.window.work.bench.vault

    def fail() -> None:
        raise KeyError

    monkeypatch.setattr(opened.window.work, "settle", fail)
    with pytest.raises(KeyError):
        opened.window.lock()
    assert not vault.is_open
    assert opened.window.frame is None
    assert "Anchor" not in texts_on_any_window()


# --- long work ---


def test_work_that_cannot_be_stopped_ends_behind_the_locked_door(opened, qtbot, full_folder, monkeypatch):
    from tac_desktop.ui import ending

    monkeypatch.setattr(ending, "MILLISECONDS_TO_STOP", 20)
    monkeypatch.setattr(ending.Ending.end, "__defaults__", (20,))
    vault, begun, go_on = opened.window.work.bench.vault, threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        go_on.wait(10)

    job = Job(at_once(work))
    job.words = "Making a backup …"
    opened.lane.start(job)
    opened.lane.start(Job(at_once(lambda: None), asked=False))  # nobody asked for it, so that it is stopped is no news
    qtbot.waitUntil(begun.is_set)
    opened.window.lock()
    assert vault.is_open, "the work goes on"
    assert opened.window.frame is None
    assert "Locking" in texts_on_any_window()
    assert "Anchor" not in texts_on_any_window()
    go_on.set()
    qtbot.waitUntil(lambda: not vault.is_open)
    assert "Unlock" in texts_on_any_window()
    unlock(opened, qtbot, full_folder)
    assert opened.messages.shown[-1].text == "What was under way at the lock (Making a backup) was finished."
    assert opened.messages.shown[-1].tone == "ok"


@pytest.mark.parametrize("left", [True, False])
def test_work_that_has_the_vault_to_itself_ends_in_a_lock_where_somebody_wanted_one(opened, qtbot, full_folder, left):
    go_on = threading.Event()

    def steps(_vault: Vault):
        yield 0, 1
        go_on.wait(10)

    vault = opened.window.work.bench.vault
    undertaking = Undertaking("New data key", "Renewing …", steps, lambda _result: ("All is under a new key.", "ok"))
    opened.window.work.bench.alone_wanted.emit(undertaking)
    assert opened.window.frame is None
    if left:
        QTest.keyClick(opened.window, Qt.Key.Key_L, CTRL)
    else:
        opened.watch.last.clock -= 3600  # nobody has been there for an hour
    QApplication.processEvents()
    go_on.set()
    qtbot.waitUntil(lambda: not vault.is_open)
    assert opened.window.frame is None
    assert "Anchor" not in texts_on_any_window()
    settle(opened, qtbot)
    unlock(opened, qtbot, full_folder)
    assert opened.window.frame.current() == "today"
    assert "All is under a new key." in opened.messages.shown[-1].text


def test_what_became_of_work_at_a_lock_is_told_in_words_and_reading_is_not(opened, qtbot, full_folder):
    def full_disk() -> None:
        raise DiskFull

    bench = opened.window.work.bench
    bench.run(bench.with_store(endless), print, asked=False)
    opened.window.lock()
    unlock(opened, qtbot, full_folder)
    settle(opened, qtbot)
    assert opened.messages.shown == []

    bench = opened.window.work.bench
    bench.run(at_once(full_disk), print)
    opened.lane.wait()
    failed = bench.run(at_once(full_disk), print)
    job = bench.run(bench.with_store(endless), print)
    job.words, job.if_stopped = "Taking in what waits …", "Stopped. What was taken in before stays."
    del bench
    opened.window.lock()
    assert failed.outcome == "failed"
    unlock(opened, qtbot, full_folder)
    told = opened.messages.shown[-1].text
    assert f"What was under way at the lock failed. {DiskFull()}" in told
    assert (
        "The lock stopped the work that was under way (Taking in what waits). What was taken in before stays." in told
    )


def test_closing_the_window_while_a_pass_phrase_is_tried_leaves_the_vault_closed(desktop, qtbot, vault_folder):
    desktop.window.door.ask_for(vault_folder)
    box = desktop.window.door.currentWidget().findChild(QLineEdit)
    qtbot.keyClicks(box, PASSPHRASE)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert desktop.lane.jobs()
    desktop.window.close()
    assert not (vault_folder / "vault.lock").read_text()
    vault = vaults.unlock(vault_folder, vaults.people_of(vault_folder)[0].id, PASSPHRASE)
    assert not vault.after_crash
    vault.close()


# --- input that comes too late ---


class Seen(QObject):
    """Counts the keys that reach a widget."""

    keys = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.keys += event.type() == QEvent.Type.KeyPress
        return False


def test_the_first_key_after_a_long_sleep_locks_and_reaches_nobody(opened, qtbot):
    box = opened.window.frame.go("caseload").search
    seen = Seen()
    box.installEventFilter(seen)
    opened.watch.last.clock -= 8 * 3600  # the lid was closed for the night, and the steady clock stood still
    QTest.keyClick(box, Qt.Key.Key_A)
    assert (seen.keys, box.text()) == (0, "")
    qtbot.waitUntil(lambda: opened.window.frame is None)


def test_a_short_sleep_locks_although_nobody_told_of_it(opened, qtbot, monkeypatch, asleep_seconds):
    monkeypatch.setattr("tac_desktop.ui.lock.ASLEEP_SECONDS", asleep_seconds)
    idle = opened.window._causes.idle
    idle._looked.clock -= 60
    idle.check()
    assert opened.window.frame is None
