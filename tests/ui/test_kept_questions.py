"""What is asked for in a window over a record: typed words outlive the window and a lock, and go when they are sent."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from way_in import unlock

from tac_desktop.actions import seals
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.beside_record import BesideRecord
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.kept_question import KeptQuestion
from tac_desktop.ui.remove_question import RemoveQuestion
from tac_desktop.ui.sealed_part import AddendumCard

CASE = case_file_id("TAC-00004")
CTRL = Qt.KeyboardModifier.ControlModifier


def page_of(desktop) -> CaseScreen:
    return desktop.window.frame.page(desktop.window.frame.current())


def beside(desktop) -> BesideRecord:
    [found] = [one for one in page_of(desktop).findChildren(BesideRecord) if one.isVisible()]
    return found


def question(desktop, qtbot) -> KeptQuestion:
    def shown() -> list[KeptQuestion]:
        return [one for one in desktop.window.findChildren(KeptQuestion) if one.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    [found] = shown()
    return found


@pytest.fixture
def sealed(opened) -> str:
    """A baseline under which the person has put her seal, open on the screen; its id."""
    bench = opened.window.work.bench
    [baseline] = bench.store.records("baseline", CASE)
    seals.seal_record(bench.vault, bench.store, bench.person, baseline.id, now=bench.moment())
    opened.window.work.cases.open_case(CASE)
    page_of(opened).open_record("baseline", baseline.id)
    return baseline.id


def test_an_addendum_that_was_begun_is_there_again_after_a_lock_and_is_found_from_today(
    opened, qtbot, sealed, full_folder
):
    beside(opened).sealed.ask_for_addendum()
    QTest.keyClicks(question(opened, qtbot)._boxes[0], "The order came later: 3 words.")
    opened.window.lock()
    qtbot.waitUntil(lambda: opened.window.frame is None)
    unlock(opened, qtbot, full_folder)
    qtbot.waitUntil(lambda: opened.window.frame is not None)
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    opened.window.work._open_draft(CASE, "addendum", sealed)
    again = question(opened, qtbot)
    assert again.texts() == ("The order came later: 3 words.",)
    again.go.click()
    [card] = [one for one in beside(opened).findChildren(AddendumCard) if one.isVisible()]
    assert "The order came later" in card.accessibleName()
    beside(opened).sealed.ask_for_addendum()
    assert question(opened, qtbot).texts() == ("",)


def test_the_button_says_that_an_addendum_was_begun_and_cancel_throws_it_away(opened, qtbot, sealed):
    part = beside(opened).sealed
    part.ask_for_addendum()
    asked = question(opened, qtbot)
    QTest.keyClicks(asked._boxes[0], "Half a sent")
    asked.reject()  # Escape
    assert part.addendum.text() == "Go on with the addendum"
    part.ask_to_reopen()
    other = question(opened, qtbot)
    assert other.texts() == ("",)  # each has words of its own
    other.cancel.click()
    part.ask_for_addendum()
    again = question(opened, qtbot)
    assert again.texts() == ("Half a sent",)
    again.cancel.click()
    assert part.addendum.text() == "Write an addendum"
    part.ask_for_addendum()
    assert question(opened, qtbot).texts() == ("",)


def test_words_of_an_addendum_are_kept_exactly(opened, qtbot, sealed):
    beside(opened).sealed.ask_for_addendum()
    asked = question(opened, qtbot)
    asked._boxes[0].show_words("No\u00a0break\nŵ ŷ")
    asked.go.click()
    [kept] = opened.window.work.bench.store.records("addendum", CASE)
    assert kept.text("text") == "No\u00a0break\nŵ ŷ"


def test_why_a_record_is_removed_stays_typed_when_the_window_is_left(opened, qtbot):
    bench = opened.window.work.bench
    made = save_answers(
        bench.store, bench.person, forms.ALL["challenge"], answers={"challenge": "acct"}, now=bench.moment(),
        case_file=CASE,
    )  # fmt: skip
    opened.window.work.cases.open_case(CASE)
    page_of(opened).open_record("challenge", made)
    beside(opened).remove.click()
    asked = question(opened, qtbot)
    assert isinstance(asked, RemoveQuestion)
    QTest.keyClicks(asked._boxes[0], "Written twice")
    QTest.keyClick(asked, Qt.Key.Key_Escape)
    QApplication.processEvents()
    beside(opened).remove.click()
    again = question(opened, qtbot)
    assert again.texts() == ("Written twice",)
    again.go.click()
    assert bench.store.record(made) is None
