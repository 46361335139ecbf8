"""Undo where one works: after a lock, beside what arrived meanwhile, after a removal, and where she may not go now."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from way_in import unlock

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answers
from tac_desktop.casework.journal import Change
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.storage.store import Store
from tac_desktop.ui.case_screen import CaseScreen

CASE = case_file_id("TAC-00003")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def bench(opened):
    return opened.window.work.bench


def put(bench, answers: Answers, record_id: str = "") -> str:
    now = datetime.fromisoformat(bench.now()).astimezone()
    return save_answers(
        bench.store, bench.person, forms.ALL["challenge"], answers=answers, now=now, case_file=CASE,
        record_id=record_id,
    )  # fmt: skip


def show(desktop, record: str) -> CaseScreen:
    desktop.window.work.cases.open_case(CASE, f"challenges|{record}")
    page = desktop.window.frame.page(desktop.window.frame.current())
    assert isinstance(page, CaseScreen)
    return page


def press_undo(desktop) -> str:
    """Press Ctrl+Z outside a text; return what is told."""
    desktop.window.frame.setFocus()
    QTest.keyClick(desktop.window.frame, Qt.Key.Key_Z, CTRL)
    return desktop.messages.shown[-1].text


def elsewhere(bench, change: Change) -> None:
    """Let another connection write, as an import does."""
    store = Store(bench.vault)
    store.save([change], author="somebody", now=bench.moment())
    store.close()


def test_after_a_lock_nothing_is_undone_and_it_says_where_to_look(opened, bench, qtbot, full_folder):
    record = put(bench, {"challenge": "acct", "note": "Hers."})
    show(opened, record)
    opened.window.lock()
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    unlock(opened, qtbot, full_folder)
    qtbot.waitUntil(lambda: opened.window.frame is not None and not opened.lane.jobs())
    assert press_undo(opened).startswith("There is nothing to undo.")
    assert opened.window.work.bench.store.record(record).text("note") == "Hers."
    form = opened.window.frame.page(opened.window.frame.current()).open_form()
    assert form is not None
    assert not form.screen.foot.undo.isVisible()


def test_what_arrived_meanwhile_in_the_same_answer_is_told_and_stands(opened, bench):
    record = put(bench, {"challenge": "acct", "note": "First."})
    put(bench, {"challenge": "acct", "note": "Second."}, record)
    elsewhere(bench, Change(
        record_id=record, form="challenge", version=1, stream=CASE, values={"note": "Theirs."},
        known_on=bench.today(), instead_of="A" * 43,
    ))  # fmt: skip
    bench.changed.emit()
    show(opened, record)
    told = press_undo(opened)
    assert "Nothing was changed" in told
    assert bench.store.record(record).conflicts == ("note",)


def test_a_removal_is_undone_beside_what_somebody_wrote_into_another_record_meanwhile(opened, bench):
    from tac_desktop.actions.removing import remove

    record, other = put(bench, {"challenge": "acct", "note": "Hers."}), put(bench, {"challenge": "acct"})
    remove(bench.store, bench.person, record, "Written twice.", now=bench.moment())
    elsewhere(bench, Change(
        record_id=other, form="challenge", version=1, stream=CASE, values={"note": "Theirs."}, known_on=bench.today(),
    ))  # fmt: skip
    page = show(opened, other)
    assert press_undo(opened).startswith("Undone: Challenge.")
    assert bench.store.record(record).text("note") == "Hers."
    assert bench.store.record(other).text("note") == "Theirs."
    assert page.desk.record("challenge", record) is not None


def test_where_she_may_not_go_any_more_nothing_is_undone(opened, bench):
    record = put(bench, {"challenge": "acct", "note": "Hers."})
    elsewhere(bench, Change(
        record_id=derived_id("case_restriction", CASE), form="case_restriction", version=1, stream=CASE,
        known_on=bench.today(), values={"since": bench.today(), "people": "somebody", "reason": "Her sister."},
    ))  # fmt: skip
    opened.window.frame.go("caseload")
    assert "not among those who may open it" in press_undo(opened)
    assert [one.id for one in bench.store.records("challenge", CASE)] == [record]


def test_it_is_told_whether_an_answer_stands_as_before_or_what_was_new_can_be_brought_back(opened, bench):
    record = put(bench, {"challenge": "acct", "note": "First."})
    put(bench, {"challenge": "acct", "note": "Second."}, record)
    assert press_undo(opened) == "Undone: Challenge. It stands as before the last save."
    put(bench, {"challenge": "acct", "note": "Another."})
    told = "Undone: Challenge. What was new lies among what was removed, and can be brought back."
    assert press_undo(opened) == told


def test_the_button_beside_saved_undoes_that_save_and_no_later_one(opened, bench):
    record = put(bench, {"challenge": "acct", "note": "First."})
    page = show(opened, record)
    form = page.open_form().screen
    form.body.questions["note"].show_answer("Second.")
    form.submit()
    assert form.foot.undo.isVisible()
    now = datetime.fromisoformat(bench.now()).astimezone()
    contact = save_answers(
        bench.store, bench.person, forms.ALL["contact"], answers={"at": bench.now(), "kind": "email", "summary": "She"},
        now=now, case_file=CASE,
    )  # fmt: skip
    form.foot.undo.click()
    assert "nothing was undone" in opened.messages.shown[-1].text
    assert bench.store.record(contact, "contact", CASE) is not None
    assert bench.store.record(record).text("note") == "Second."

    form.body.questions["note"].show_answer("Third.")
    form.submit()
    form.foot.undo.click()
    assert bench.store.record(record).text("note") == "Second."
