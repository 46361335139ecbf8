"""What was typed and not saved: told with its day, and found from Today wherever it was begun."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.meeting import DECISION
from tac_desktop.ui.contact_desk import ContactDesk
from tac_desktop.ui.meeting_screen import MeetingScreen
from tac_desktop.ui.record_desk import RecordDesk
from tac_desktop.ui.remove_question import RemoveQuestion

CTRL = Qt.KeyboardModifier.ControlModifier
LAST_WEEK = "2026-03-05T16:40"


def page_of(desktop):
    return desktop.window.frame.page(desktop.window.frame.current())


def words_on(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def settled(desktop, qtbot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    QApplication.processEvents()


def keep(desktop, form: str, record_id: str, case_file: str = "", at: str = LAST_WEEK, **typed) -> None:
    bench = desktop.window.work.bench
    draft_verbs.keep_draft(
        bench.drafts, bench.person, case_file=case_file, form=form, record_id=record_id, typed=typed, at=at
    )


def to_the_meeting(desktop, qtbot) -> MeetingScreen:
    page = desktop.window.frame.go("meeting")
    settled(desktop, qtbot)
    qtbot.waitUntil(lambda: bool(page.lines()))
    return page


def test_a_contact_that_was_begun_last_week_is_told_with_its_day(opened, qtbot):
    keep(opened, "contact", draft_verbs.new_record(""), summary={"typed": ["She asked for the dates."]})
    opened.window.work.log_contact()
    window = opened.window.findChild(ContactDesk).window
    assert window.questions["summary"].answer() == "She asked for the dates."
    assert "Draft from 5 March 2026, 16:40 restored." in words_on(window)


def test_a_decision_that_was_begun_last_week_is_told_with_its_day(opened, qtbot):
    page = to_the_meeting(opened, qtbot)
    case_file = page.lines()[0].record_id
    keep(opened, DECISION.name, draft_verbs.new_record(case_file), case_file, said={"typed": ["Wait."]})
    page.lines()[0].click()
    assert page.form().body.questions["said"].answer() == "Wait."
    assert "Draft from 5 March 2026, 16:40 restored." in words_on(page)


@pytest.mark.parametrize("another_is_open", [False, True])
def test_a_decision_that_was_begun_is_found_from_today(opened, qtbot, another_is_open):
    page = to_the_meeting(opened, qtbot)
    page.lines()[0].click()
    begun = page.place()
    page.form().body.questions["said"].editor.box.setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "To be asked again.")
    page.left.emit()
    if another_is_open:
        page.lines()[1].click()
    today = opened.window.frame.go("today")
    settled(opened, qtbot)
    line = next(
        b for b in today.findChildren(QPushButton)
        if b.isVisible() and "Decision of the weekly meeting" in b.accessibleName()
    )  # fmt: skip
    line.click()
    settled(opened, qtbot)
    qtbot.waitUntil(lambda: page_of(opened) is page and page.form() is not None)
    assert page.place() == begun
    assert page.form().body.questions["said"].answer() == "To be asked again."


def test_what_a_manager_began_about_no_mother_is_not_told_as_a_contact(opened, qtbot):
    keep(opened, "supervision", draft_verbs.new_record(""), notes={"typed": ["Well done."]})
    opened.window.work.changed()
    today = opened.window.frame.go("today")
    settled(opened, qtbot)
    [line] = [b for b in today.findChildren(QPushButton) if b.isVisible() and "Supervision" in b.accessibleName()]
    assert line.text() == "Surveys, supervision"


def test_a_decision_that_is_undone_is_in_the_list_again(opened, qtbot):
    page = to_the_meeting(opened, qtbot)
    case_file = page.lines()[0].record_id
    before = page.waiting(case_file).wait.decision
    page.lines()[0].click()
    page.form().body.questions["pathway"].editor.show_answer("few")
    page.form().submit()
    settled(opened, qtbot)
    assert page.waiting(case_file) is None
    QTest.keyClick(opened.window.frame, Qt.Key.Key_Z, CTRL)
    settled(opened, qtbot)
    assert page.waiting(case_file).wait.decision == before
    assert page.form() is None


def test_what_is_removed_from_the_office_lies_where_the_question_says(opened, qtbot):
    office = opened.window.frame.go("office")
    office.open_record("agency")
    form = office.pane.open_form()
    form.screen.body.show_answers({"name": "Quillhaven team", "kind": "local_authority", "prison": "EP"})
    form.screen.submit()
    office.pane._beside.remove.click()
    [question] = opened.window.findChildren(RemoveQuestion)
    told = words_on(question)
    assert f"under ‘{office.parts()['removed']}’," in told
    assert "case file" not in told


def test_drafts_that_cannot_be_read_are_told_and_the_work_goes_on(opened, qtbot):
    work = opened.window.work
    page = to_the_meeting(opened, qtbot)
    waiting = page.lines()[0].record_id
    [referral] = work.bench.store.records("referral", waiting)
    keep(opened, "contact", draft_verbs.new_record(""), summary={"typed": ["She asked for the dates."]})
    file = work.bench.vault.folder / "drafts.db"
    file.write_bytes(bytes(255 ^ each for each in file.read_bytes()))

    page.lines()[0].click()
    assert page.form() is not None
    work.log_contact()
    assert opened.window.findChild(ContactDesk).window.isVisible()
    assert RecordDesk(work.bench.means(), waiting, "referral", referral.id).draft() is None
    told = [one.text for one in opened.messages.shown]
    assert len([one for one in told if "damaged" in one]) == 3


def test_who_removes_a_record_is_told_that_what_she_typed_there_goes_with_it(opened):
    bench = opened.window.work.bench
    office = opened.window.frame.go("office")
    made = save_answers(
        bench.store, bench.person, forms.ALL["agency"], now=bench.moment(),
        answers={"name": "Quillhaven team", "kind": "local_authority", "prison": "EP"},
    )  # fmt: skip
    office.open_record("agency", made)
    warned = "What was typed into it and not saved is thrown away."
    office.pane._beside.remove.click()
    [question] = opened.window.findChildren(RemoveQuestion)
    assert warned not in words_on(question)
    question.cancel.click()
    office.pane.open_form().screen.take_keyboard("name")
    QTest.keyClicks(QApplication.focusWidget(), " at Fernhill")
    office.pane._beside.remove.click()
    question = opened.window.findChildren(RemoveQuestion)[-1]
    assert warned in words_on(question)
