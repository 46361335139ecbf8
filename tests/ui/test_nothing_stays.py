"""After a lock no record of the vault is left in the program, whatever was open before: every page, form and window."""

import gc
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QDialog
from way_in import PASSPHRASE, unlock

from tac_desktop.actions import sample, vaults
from tac_desktop.casework import forms
from tac_desktop.casework.caseload import CaseloadRow
from tac_desktop.casework.record import Record, case_file_id
from tac_desktop.storage.store import Store
from tac_desktop.ui.beside_record import BesideRecord
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.caseload_work import BESIDE
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.office_screen import OfficeScreen
from tac_desktop.ui.open_form import OpenForm
from tac_desktop.ui.page import Page
from tac_desktop.ui.record_desk import RecordDesk

HELD = (Store, Frame, Page, CaseDesk, OpenForm, RecordDesk, Record, CaseloadRow)


def alive() -> list[str]:
    gc.collect()
    return sorted({type(one).__name__ for one in gc.get_objects() if isinstance(one, HELD)})


@pytest.fixture(scope="module")
def story(empty_vault: Path, tmp_path_factory) -> Path:
    """A closed vault with the sample story."""
    folder = shutil.copytree(empty_vault, tmp_path_factory.mktemp("story") / "Fernhill")
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    store = Store(vault)
    sample.load_story(store, vault.person, datetime.now().astimezone())
    store.close()
    vault.close()
    return folder


@pytest.fixture
def told(desktop, qtbot, story, tmp_path):
    """The desktop with the sample story, unlocked."""
    unlock(desktop, qtbot, shutil.copytree(story, tmp_path / "Fernhill"))
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    settled(desktop, qtbot)
    return desktop


def settled(desktop, qtbot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    QApplication.processEvents()


def lock(desktop, qtbot) -> None:
    desktop.window.lock()
    qtbot.waitUntil(lambda: desktop.window.frame is None)
    settled(desktop, qtbot)


def walk_case(desktop, qtbot, *, in_turns: bool) -> None:
    """Open every section of the case file, a record of each form, and what stands beside it.

    Without turns of the loop every eighth form: a window that hears nothing for long holds that the computer slept.
    """
    turn = QApplication.processEvents if in_turns else (lambda: None)
    desktop.window.work.cases.open_case(case_file_id(sample.REFERENCE))
    page = desktop.window.frame.page(desktop.window.frame.current())
    for name in page.sections.buttons:
        page.show_section(name)
        turn()
    for form in list(forms.ALL.values())[:: 1 if in_turns else 8]:
        if form.by_hand and form.about != "office" and page.desk.may_read(form.name):
            page.open_record(form.name, next((one.id for one in page.desk.records(form.name)), ""))
            for beside in page.findChildren(BesideRecord):
                if beside.isVisible() or not in_turns:
                    beside.write()
            turn()
    settled(desktop, qtbot)


@pytest.mark.parametrize("in_turns", [True, False], ids=["one after the other", "at once"])
def test_nothing_of_a_case_file_stays_whatever_was_open(told, qtbot, in_turns):
    walk_case(told, qtbot, in_turns=in_turns)
    assert {"CaseScreen", "OpenForm", "Record"} <= set(alive())
    lock(told, qtbot)
    assert alive() == []


def test_a_case_file_goes_from_memory_when_another_page_takes_its_place(told, qtbot):
    walk_case(told, qtbot, in_turns=True)
    told.window.work.cases.new_case()
    settled(told, qtbot)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert {"CaseScreen", "RecordDesk", "Record"} & set(alive()) == set()


def test_nothing_stays_of_the_windows_over_a_case_file(told, qtbot):
    told.window.work.cases.open_case(case_file_id(sample.REFERENCE))
    page = told.window.frame.page(told.window.frame.current())
    for wanted in (page.wishes.same_woman_wanted, page.wishes.hand_over_wanted, page.header.restrict_wanted):
        wanted.emit()
    baseline = page.desk.records("baseline")[0]
    page.open_record("baseline", baseline.id)
    [beside] = [one for one in page.findChildren(BesideRecord) if one.isVisible()]
    beside.sealed.ask_for_addendum()
    beside.sealed.ask_to_reopen()
    beside.remove_wanted.emit()
    told.window.work.cases.log_contact(page.desk.case_file)
    settled(told, qtbot)
    assert len([one for one in told.window.findChildren(QDialog) if one.isVisible()]) >= 6
    del page, beside, baseline
    lock(told, qtbot)
    assert alive() == []


def test_nothing_stays_of_the_pages_over_all_case_files(told, qtbot):
    frame = told.window.frame
    for name in (*frame.sidebar.names(), *BESIDE):
        page = frame.go(name)
        settled(told, qtbot)
        if isinstance(page, OfficeScreen):
            for part in page.parts():
                page.show_part(part)
                settled(told, qtbot)
            page.open_record("professional")
    meeting = frame.go("meeting")
    settled(told, qtbot)
    if lines := meeting.lines():
        lines[0].click()
    del frame, page, meeting, lines
    lock(told, qtbot)
    assert alive() == []
