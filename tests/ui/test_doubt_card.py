"""What is unlikely beside the rest of a case file is asked about in the form, by keyboard, and saved with a reason."""

import pytest
from at_bench import put
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from seen import nameless

from tac_desktop.actions.comments import comments_on
from tac_desktop.casework import forms
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.open_form import OpenForm
from tac_desktop.ui.workbench import Workbench

REASON = "He lives with both by turns: the foster carer on school days."


@pytest.fixture
def placed(bench, qtbot) -> OpenForm:
    """A form of a second home for a child, filled in and not saved: the first has no end."""
    case_file = put(bench, "mother", reference="TAC-00231", name="Puce Anchor", prison="EP")
    child = put(bench, "child", case_file, name="Teal Anchor", date_of_birth="2019-03-27")
    put(bench, "placement", case_file, child=child, from_date="2025-09-01", arrangement="foster_care")
    return filled(bench, qtbot, case_file, {
        "child": child, "from_date": "2026-01-05", "arrangement": "family_kinship", "note": "From Monday to Friday",
    })  # fmt: skip


def filled(bench: Workbench, qtbot, case_file: str, answers: dict) -> OpenForm:
    desk = CaseDesk(bench.means(), case_file)
    desk.read()
    made = desk.open_form(forms.ALL["placement"])
    made.desk = desk  # keeps it alive as the case screen does
    made.screen.body.show_answers(answers)
    made.screen.resize(1000, 700)
    qtbot.addWidget(made.screen)
    made.screen.show()
    made.screen.activateWindow()
    qtbot.waitUntil(made.screen.isActiveWindow)
    return made


def save(made: OpenForm) -> None:
    QTest.keyClick(QApplication.focusWidget() or made.screen, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def words_on(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_doubt_is_answered_where_it_is_asked_and_nothing_has_to_be_typed_again(bench, placed, qtbot):
    save(placed)
    card = placed._doubts
    qtbot.waitUntil(card.boxes["from_date"].hasFocus)
    assert "Two homes at once: there is also ‘Foster care’ from 1 September 2025" in words_on(card)
    assert placed.screen.body.answers()["note"] == "From Monday to Friday"
    assert bench.store.records("placement", placed.desk.case_file)[0].text("arrangement") == "foster_care"
    assert not placed.record_id
    assert nameless(placed.screen) == []

    QTest.keyClicks(QApplication.focusWidget(), REASON)
    save(placed)
    assert placed.record_id
    assert card.isHidden()
    [said] = comments_on(bench.store, placed.record_id)
    assert said.text.startswith("Two homes at once")
    assert said.text.endswith(REASON)
    assert said.name == "Sage Beacon"


def test_what_was_doubted_may_be_changed_instead(bench, placed, qtbot):
    save(placed)
    qtbot.waitUntil(placed._doubts.boxes["from_date"].hasFocus)
    placed.screen.body.questions["from_date"].show_answer("2025-01-05")
    placed.screen.body.questions["to_date"].show_answer("2025-09-01")
    save(placed)
    assert placed.record_id
    assert comments_on(bench.store, placed.record_id) == []


def test_a_reason_that_was_begun_is_there_again_after_the_form_was_left(bench, placed, qtbot):
    save(placed)
    qtbot.waitUntil(placed._doubts.boxes["from_date"].hasFocus)
    QTest.keyClicks(QApplication.focusWidget(), "He lives with")
    placed._clock.flush()

    again = filled(bench, qtbot, placed.desk.case_file, {})
    again.screen.body.retype(placed.screen.body.typed())
    save(again)
    assert again._doubts.reasons() == {"from_date": "He lives with"}


def test_a_reason_outlives_whatever_is_typed_before_it_is_asked_for_again(bench, placed, qtbot):
    save(placed)
    qtbot.waitUntil(placed._doubts.boxes["from_date"].hasFocus)
    QTest.keyClicks(QApplication.focusWidget(), "He lives with")
    placed._clock.flush()

    again = filled(bench, qtbot, placed.desk.case_file, {})  # as after a lock: the question is not asked yet
    again.screen.take_keyboard("note")
    QTest.keyClicks(QApplication.focusWidget(), "and on Sundays")
    again.screen.settle()

    last = filled(bench, qtbot, placed.desk.case_file, {})
    last.screen.body.retype(placed.screen.body.typed())
    save(last)
    assert last._doubts.reasons() == {"from_date": "He lives with"}


def test_what_cannot_be_is_refused_at_the_question_and_stays_on_the_screen(bench, placed):
    placed.screen.body.questions["from_date"].show_answer("2018")
    save(placed)
    assert not placed.record_id
    told = placed.screen.body.questions["from_date"].problem()
    assert told == "Teal Anchor was born on 27 March 2019, after this day."
    assert placed.screen.body.answers()["note"] == "From Monday to Friday"
