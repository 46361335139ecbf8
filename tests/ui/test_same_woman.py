"""She is here already: whoever types her in again is led to her case file; two case files of one woman are joined."""

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.same_woman import join_cases
from tac_desktop.casework import forms
from tac_desktop.casework.audit import Event
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.ui.ask_texts import AskTexts
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.new_case_screen import NewCaseScreen
from tac_desktop.ui.same_woman_dialog import SameWomanDialog
from tac_desktop.ui.same_woman_parts import OtherFile, SameWomanNote
from tac_desktop.ui.text_editor import TextBox

CTRL = Qt.KeyboardModifier.ControlModifier
HERS = case_file_id("TAC-00013")
"""As tests/ui/cases.py names her: Amber Lantern, prison number Z0013ZZ."""
OTHER = case_file_id("TAC-00003")


def key(which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> int:
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), which, with_)
    return 1


def words(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def page_of(desktop):
    return desktop.window.frame.page(desktop.window.frame.current())


def store_of(desktop):
    return desktop.window.work.bench.store


def put(desktop, form: str, case: str, record: str = "", **answers: object) -> str:
    bench = desktop.window.work.bench
    form_of, now = forms.ALL[form], bench.moment()
    return save_answers(bench.store, bench.person, form_of, answers=answers, now=now, case_file=case, record_id=record)


def tab_to(is_there) -> int:
    pressed = 0
    while not is_there(QApplication.focusWidget()):
        pressed += key(Qt.Key.Key_Tab)
        assert pressed < 40, QApplication.focusWidget()
    return pressed


def test_a_woman_who_comes_back_is_found_while_she_is_typed_in_and_her_case_file_is_opened_again(opened, qtbot):
    put(opened, "episode", HERS, derived_id("episode", "TAC-00013"), opened="2026-02-27", closed="2026-03-05")
    opened.window.frame.go("caseload")
    clicks = 1
    next(b for b in page_of(opened).findChildren(QPushButton) if b.text() == "New referral").click()
    new = page_of(opened)
    assert isinstance(new, NewCaseScreen)
    card = new.namesakes.card
    words("TAC-00900")
    pressed = key(Qt.Key.Key_Tab)
    words("Lanturn, Amber")
    qtbot.waitUntil(lambda: card.isVisible() and bool(card.ways))
    assert not card.another.isVisible()
    assert "Amber Lantern, TAC-00013" in card.accessibleName()
    pressed += tab_to(lambda box: box.accessibleName().startswith("Prison number"))
    words("z0013zz")
    pressed += tab_to(lambda box: box.accessibleName().startswith("Prison,") or box.accessibleName() == "Prison")
    pressed += key(Qt.Key.Key_Down) + key(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(card.another.isVisible)  # nothing was saved: she is here without doubt
    assert store_of(opened).record(case_file_id("TAC-00900")) is None
    assert QApplication.focusWidget() is card.ways[0]
    pressed += key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(page_of(opened), CaseScreen))
    screen = page_of(opened)
    assert screen.desk.case_file == HERS
    assert screen.open_form().form.name == "episode"
    words("t")
    pressed += key(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(store_of(opened).records("episode", HERS)) == 2)
    [row] = store_of(opened).caseload_page([n for n in store_of(opened).caseload_ids() if _is(opened, n, HERS)])
    assert row.status == "reopened"
    assert (clicks, pressed) <= (1, 22), pressed


def _is(desktop, number: int, case_file: str) -> bool:
    return store_of(desktop).caseload_page([number])[0].case_file == case_file


def test_who_is_another_woman_all_the_same_is_saved_with_one_key_more(opened, qtbot):
    opened.window.work.cases.new_case()
    new = page_of(opened)
    answers = {"reference": "TAC-00901", "name": "Amber Lantern", "prison_number": "Z0013ZZ", "prison": "EP"}
    new._open.screen.body.show_answers(answers)
    new._open.screen.submit()
    card = new.namesakes.card
    qtbot.waitUntil(card.another.isVisible)
    card.another.click()
    qtbot.waitUntil(lambda: isinstance(page_of(opened), CaseScreen))
    assert page_of(opened).desk.case_file == case_file_id("TAC-00901")

    opened.window.work.cases.new_case()
    page_of(opened)._open.screen.body.show_answers({"reference": "TAC-00902", "name": "Zinnia Quern", "prison": "EP"})
    page_of(opened)._open.screen.submit()  # nobody fits: it is saved at once
    qtbot.waitUntil(lambda: isinstance(page_of(opened), CaseScreen))
    assert page_of(opened).desk.case_file == case_file_id("TAC-00902")


def test_two_case_files_of_one_woman_are_joined_and_parted_by_keyboard(opened, qtbot):
    bench, new = opened.window.work.bench, draft_verbs.new_record(OTHER)
    typed = {"note": "Half a sent"}
    draft_verbs.keep_draft(
        bench.drafts, bench.person, case_file=OTHER, form="challenge", record_id=new, typed=typed, at=bench.now()
    )
    opened.window.work.cases.open_case(HERS, "mother")
    screen = page_of(opened)
    [note] = screen.findChildren(SameWomanNote)
    note.join.setFocus()
    pressed = key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), SameWomanDialog))
    dialog = QApplication.activeWindow()
    words("TAC-00003")
    pressed += key(Qt.Key.Key_Return)
    assert dialog.picker.case_file() == OTHER
    assert "The prison numbers are different" in " ".join(told for _, told in compared_in(dialog))
    pressed += tab_to(lambda box: isinstance(box, TextBox))
    words("She told me, and her solicitor has both.")
    dialog.settle()
    pressed += tab_to(lambda box: box is dialog.join) + key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: store_of(opened).joined_cases.known() == {OTHER: HERS})
    qtbot.waitUntil(lambda: page_of(opened) is not screen)
    joined = page_of(opened)
    assert joined.desk.case_file == HERS  # she was referred earlier under this reference
    assert pressed <= 12, pressed
    [other] = [one for one in joined.findChildren(OtherFile) if "Mother" in one.accessibleName()]
    other.fold.click()
    assert "TAC-00003" in other.accessibleName()
    assert "Also filed as" in " ".join(label.text() for label in joined.header.findChildren(type(joined.header._name)))

    assert "challenge" in joined.desk.drafted()  # what was typed into the other one is not lost
    opened.window.work.cases.open_draft(OTHER, "challenge", new)  # as the list of drafts on Today does
    joined = page_of(opened)
    assert joined.open_form().is_drafted()
    assert draft_verbs.kept_draft(bench.drafts, bench.person, "challenge", new) is None
    joined.show_section("mother")
    note = next(one for one in joined.findChildren(SameWomanNote) if one.isVisible())
    back = next(b for b in note.findChildren(QPushButton) if b.text() == "Take back")
    opened.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is opened.window)
    back.setFocus()
    pressed = key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), AskTexts))
    words("They are sisters.")
    asked = QApplication.activeWindow()
    pressed += tab_to(lambda box: box is asked.go) + key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not store_of(opened).joined_cases.known())
    qtbot.waitUntil(lambda: page_of(opened) is not joined)
    assert pressed <= 4, pressed
    opened.window.work.cases.open_case(OTHER)
    assert page_of(opened).desk.case_file == OTHER


def compared_in(dialog: SameWomanDialog) -> list[tuple[str, str]]:
    from tac_desktop.ui.same_woman_dialog import compared

    return list(compared(dialog._this, dialog._other))


def test_what_was_typed_in_the_window_is_there_again_and_a_missing_reason_is_asked_for(opened, qtbot):
    cases = opened.window.work.cases
    cases.open_case(HERS)
    page_of(opened).wishes.same_woman_wanted.emit()
    window = cases.windows.one_woman.window
    window.submit()
    assert window.summary.isVisible()
    window.picker.choose(OTHER, "Amber Anchor")
    window.submit()
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    assert window.isVisible()
    assert window.summary.isVisible()
    window.reason.setPlainText("Half a sent")
    window.reject()
    page_of(opened).open_draft("same_woman", "")
    again = cases.windows.one_woman.window
    assert again.reason.words() == "Half a sent"
    assert again.picker.case_file() == OTHER
    again.throw_away.click()
    assert store_of(opened).joined_cases.known() == {}

    bench = opened.window.work.bench
    bench.vault.person = replace(bench.person, role="engagement_worker")  # whose role does not include it
    opened.window.work.cases.open_case(HERS, "mother")
    assert [note for note in page_of(opened).findChildren(SameWomanNote) if note.isVisible()] == []


def test_whose_case_file_was_looked_at_beside_another_is_noted(opened, qtbot):
    opened.window.work.cases.open_case(HERS, "mother")
    screen = page_of(opened)
    screen.findChildren(SameWomanNote)[0].join.click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), SameWomanDialog))
    dialog = QApplication.activeWindow()

    def noted() -> str:
        return store_of(opened).audit.last_time(opened.window.work.bench.person.id, Event.CASE_READ, OTHER)

    assert noted() == ""
    dialog.other_chosen.emit(OTHER)
    qtbot.waitUntil(lambda: noted() != "")
    dialog.close()


def test_which_case_file_counts_is_kept_with_what_was_typed(opened, qtbot):
    cases = opened.window.work.cases
    cases.open_case(HERS)
    page_of(opened).wishes.same_woman_wanted.emit()
    window = cases.windows.one_woman.window
    window.picker.choose(OTHER, "Amber Anchor")
    older = window.first()
    other = next(one for one in (HERS, OTHER) if one != older)
    window.both.choose(other)
    window.reject()
    page_of(opened).wishes.same_woman_wanted.emit()
    assert cases.windows.one_woman.window.first() == other


def test_they_are_joined_once_however_often_the_button_is_pressed(opened, qtbot):
    cases = opened.window.work.cases
    cases.open_case(HERS)
    page_of(opened).wishes.same_woman_wanted.emit()
    window = cases.windows.one_woman.window
    window.picker.choose(OTHER, "Amber Anchor")
    window.reason.setPlainText("She told me.")
    window.join.click()
    under_way = opened.lane.jobs()
    window.join.click()
    assert opened.lane.jobs() == under_way
    qtbot.waitUntil(lambda: bool(store_of(opened).joined_cases.known()))
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    assert not [one for one in opened.window.work.bench.messages.shown if one.tone == "danger"]


def test_a_window_that_is_left_while_they_are_parted_does_no_harm(opened, qtbot):
    cases = opened.window.work.cases
    bench = opened.window.work.bench
    join_cases(bench.store, bench.person, HERS, OTHER, first=HERS, reason="She told me.", now=bench.moment())
    cases.open_case(HERS, "mother")
    [note] = [one for one in page_of(opened).findChildren(SameWomanNote) if one.isVisible()]
    next(b for b in note.findChildren(QPushButton) if b.text() == "Take back").click()
    question = cases.windows.one_woman.question
    question._boxes[0].setPlainText("They are sisters.")
    question.go.click()
    question.reject()  # Escape, before it is done
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(lambda: not store_of(opened).joined_cases.known())
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    assert "Each case file stands alone again." in [one.text for one in bench.messages.shown]


def test_that_nobody_could_look_whether_she_is_here_is_told_and_keeps_nothing_from_being_saved(opened, qtbot):
    opened.window.work.cases.new_case()
    new = page_of(opened)
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    found: list[object] = []
    bench = opened.window.work.bench
    bench.messages.bug_found.disconnect()
    bench.messages.bug_found.connect(found.append)
    trouble = ZeroDivisionError()
    new.namesakes._failed(trouble)
    assert found == [trouble]
    new._open.screen.body.show_answers({"reference": "TAC-00903", "name": "Zinnia Quern", "prison": "EP"})
    new._open.screen.submit()
    qtbot.waitUntil(lambda: isinstance(page_of(opened), CaseScreen))
    assert page_of(opened).desk.case_file == case_file_id("TAC-00903")
