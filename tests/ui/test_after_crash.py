"""After a crash the vault is checked while the work goes on; whoever comes in hears of failed attempts."""

import subprocess
import sys
from pathlib import Path

import pytest
from cases import a_case
from pytestqt.qtbot import QtBot
from way_in import PASSPHRASE, unlock

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.actions import vaults
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.after_crash import outcome
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.messages import BugWindow
from tac_desktop.ui.quick_log import QuickLog
from tac_desktop.ui.sidebar import Sidebar

CASE = case_file_id("TAC-00002")
ENDS_HARD = """
import os, sys
from pathlib import Path
from tac_desktop.actions import vaults
folder = Path(sys.argv[1])
vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, sys.argv[2])
if sys.argv[3:]:
    from tac_desktop.storage.binding import transaction
    store = vaults.store_of(vault)
    with transaction(store._ledger.connection) as connection:
        connection.execute(sys.argv[3])
os._exit(9)
"""


def end_hard(folder: Path, damage: str = "") -> None:
    """Open a vault in another process that ends without giving it free; with a statement that damages it first."""
    words = [sys.executable, "-c", ENDS_HARD, str(folder), PASSPHRASE, *([damage] if damage else [])]
    assert subprocess.run(words, check=False, cwd=Path(__file__).parents[2]).returncode == 9


def enter(desktop: Desktop, qtbot: QtBot, folder: Path) -> None:
    unlock(desktop, qtbot, folder)
    qtbot.waitUntil(lambda: desktop.window.frame is not None)


def told(desktop: Desktop, qtbot: QtBot) -> str:
    qtbot.waitUntil(lambda: not desktop.window.work.crash_check.under_way())
    return " ".join(message.text for message in desktop.messages.shown)


def test_after_a_crash_the_vault_is_checked_and_found_sound(desktop, qtbot, full_folder, monkeypatch):
    said: list[str] = []
    show = Sidebar.show_status
    monkeypatch.setattr(Sidebar, "show_status", lambda bar, text: (said.append(text), show(bar, text)))
    end_hard(full_folder)
    enter(desktop, qtbot, full_folder)
    assert "All of it is sound" in told(desktop, qtbot)
    assert "Checking the vault after a crash: 0 %" in said
    assert desktop.window.frame.sidebar._status.isHidden()


def test_damage_is_told_with_its_part_and_what_to_do(desktop, qtbot, full_folder):
    end_hard(full_folder, "UPDATE sv SET chain = zeroblob(32)")
    enter(desktop, qtbot, full_folder)
    words = told(desktop, qtbot)
    assert "the order of the entries" in words
    assert "backup" in words
    assert desktop.messages.shown[-1].tone == "danger"


def test_what_can_be_made_anew_is_told_as_no_loss():
    words, tone = outcome({"caseload", "records"})
    assert "Nothing that was saved is lost" in words
    assert tone == "danger"


def test_what_is_saved_during_the_check_is_saved_and_no_damage(opened, qtbot):
    bench, check = opened.window.work.bench, opened.window.work.crash_check
    check.begin()
    number = 50
    while check.under_way():
        bench.store.save(a_case(number), author=bench.person.id, now=bench.moment())
        number += 1
        qtbot.wait(1)
    assert "All of it is sound" in told(opened, qtbot)
    assert number > 51


def test_a_check_that_a_lock_stopped_begins_anew(opened, qtbot, full_folder):
    opened.window.work.crash_check.begin()
    opened.window.lock()
    enter(opened, qtbot, full_folder)
    assert "All of it is sound" in told(opened, qtbot)


def test_after_an_ordinary_end_nothing_is_checked(opened):
    assert not opened.window.work.crash_check.under_way()
    assert opened.messages.shown == []


def test_failed_attempts_are_told_to_whoever_comes_in_and_noted(desktop, qtbot, full_folder):
    for wrong in ("certainly not this one", "nor this one"):
        unlock(desktop, qtbot, full_folder, wrong)
    enter(desktop, qtbot, full_folder)
    assert "There were 2 failed attempts" in desktop.messages.shown[-1].text
    events = [entry.values or {} for entry in entries(desktop)]
    assert [values.get("event") for values in events].count("unlock_failed") == 2
    desktop.window.lock()
    enter(desktop, qtbot, full_folder)
    assert desktop.messages.shown == []


def entries(desktop: Desktop):
    store = vaults.store_of(desktop.window.work.bench.vault)
    try:
        return list(store.entries(store.terminal_stream))
    finally:
        store.close()


def read(desktop: Desktop) -> list[str]:
    found = [entry.values or {} for entry in entries(desktop)]
    return [str(values["case_file"]) for values in found if values.get("event") == "case_read"]


def test_reading_a_case_again_within_minutes_is_noted_once(opened, qtbot):
    work = opened.window.work
    work.cases.open_case(CASE)
    page = opened.window.frame.page(f"case {CASE}")
    page.show_section("children")
    page.refresh()
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    assert read(opened) == [CASE]
    work.cases.open_case(CASE)
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    assert read(opened) == [CASE]


def test_a_lock_right_after_the_opening_waits_for_the_note_and_reports_no_stopped_work(opened, qtbot, full_folder):
    opened.window.work.cases.open_case(CASE)
    opened.window.lock()
    enter(opened, qtbot, full_folder)
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    assert read(opened)[0] == CASE
    assert opened.messages.shown == []


@pytest.mark.parametrize("where", ["quick log", "form"])
def test_the_crash_hook_writes_what_was_typed_a_moment_before(opened, qtbot, where):
    work = opened.window.work
    if where == "quick log":
        work.cases.log_contact(CASE)
        box = opened.window.findChild(QuickLog).questions["summary"].editor.box
        form, record = "contact", draft_verbs.new_record("")
    else:
        work.cases.open_case(CASE)
        page = opened.window.frame.page(f"case {CASE}")
        page.open_record("triage", "")
        box = page.open_form().screen.body.questions["own_words"].editor.box
        form, record = "triage", draft_verbs.new_record(CASE)
    qtbot.keyClicks(box, "She rang at")
    opened.crash.take(ValueError("planted"))
    kept = draft_verbs.kept_draft(work.bench.drafts, work.bench.person, form, record)
    assert "She rang at" in str(kept.typed)
    opened.window.findChild(BugWindow).accept()
