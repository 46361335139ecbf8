"""Contradictions in the window: reached, understood and decided by keyboard alone, taken back, and seen to change."""

import shutil
from pathlib import Path

import pytest
from contradicting import CASE, arrive, contradict, make_colleague, opened
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from seen import faint_texts, nameless, reachable, small_targets, spoken, tab_way
from typist import type_into
from way_in import PASSPHRASE, PERSON, unlock

from tac_desktop import settings
from tac_desktop.actions import vaults
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.ui.app import Desktop, Surroundings
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.conflict_screen import ConflictScreen
from tac_desktop.ui.contested_note import ContestedNote

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
QUESTIONS = ["Ethnicity", "Date of birth", "Care arrangement", "What was said and done", "Does this record stay?"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two closed vaults that contradict each other."""
    place = tmp_path_factory.mktemp("two")
    vaults.create(place / "Fernhill", name=PERSON, role="worker", prison="EP", passphrase=PASSPHRASE, profile=CHEAPEST)[
        0
    ].close()
    contradict(place / "Fernhill", make_colleague(place / "Ash"), place)
    return place / "Fernhill", place / "Ash"


@pytest.fixture
def folders(made, tmp_path: Path) -> tuple[Path, Path]:
    """Copies of them, for one test."""
    return tuple(Path(shutil.copytree(folder, tmp_path / "two" / folder.name)) for folder in made)


@pytest.fixture
def window(desktop: Desktop, qtbot, folders) -> Desktop:
    unlock(desktop, qtbot, folders[0])
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    settle(desktop, qtbot)
    return desktop


def settle(desktop: Desktop, qtbot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    QApplication.processEvents()


def words_on(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def press(desktop: Desktop, key: Qt.Key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or desktop.window, key, modifier)
    QApplication.processEvents()


def deciding(desktop: Desktop, spot: str = "||") -> ConflictScreen:
    page = desktop.window.frame.go("conflicts", spot)
    assert isinstance(page, ConflictScreen)
    QApplication.processEvents()
    return page


def question(page: ConflictScreen) -> str:
    return page.view.conflict.question


def go_to(desktop: Desktop, page: ConflictScreen, wanted: str) -> None:
    while question(page) != wanted:
        press(desktop, Qt.Key.Key_Right, ALT)


def answer_of(desktop: Desktop, form: str, field: str):
    (record,) = desktop.window.work.bench.store.records(form, CASE)
    return record.answers.get(field)


# --- reached ---


def test_today_counts_them_and_leads_to_each_and_to_all(window, qtbot):
    today = window.window.frame.page("today")
    words = words_on(today)
    assert "Answers that contradict each other" in words
    assert all(each in words for each in QUESTIONS)
    line = next(b for b in today.findChildren(QPushButton) if b.accessibleName().startswith("Puce Anchor, Care"))
    line.setFocus()
    press(window, Qt.Key.Key_Return)
    page = window.window.frame.page("conflicts")
    assert window.window.frame.current() == "conflicts"
    assert question(page) == "Care arrangement"
    page.back.click()
    settle(window, qtbot)
    assert window.window.frame.current() == "today"
    next(b for b in today.findChildren(QPushButton) if b.text() == "Decide one after the other").click()
    assert question(page) == QUESTIONS[0]


def test_the_badge_of_the_case_file_and_the_note_of_a_record_lead_there_and_back(window, qtbot):
    window.window.work.cases.open_case(CASE)
    case = window.window.frame.page(f"case {CASE}")
    assert isinstance(case, CaseScreen)
    assert case.header.conflicts.text() == "5 contradictions"
    case.header.conflicts.click()
    page = window.window.frame.page("conflicts")
    assert (window.window.frame.current(), question(page)) == ("conflicts", QUESTIONS[0])
    page.back.click()
    settle(window, qtbot)
    case = window.window.frame.page(f"case {CASE}")
    assert window.window.frame.current() == f"case {CASE}"
    case.open_record("child", case.desk.records("child")[0].id)
    (note,) = case.findChildren(ContestedNote)
    assert "‘Date of birth’" in note.accessibleName()
    note.decide.click()
    assert question(page) == "Date of birth"


def test_a_record_without_contradictions_has_no_note_and_a_settled_case_no_badge(window, qtbot, full_folder):
    window.window.lock()
    unlock(window, qtbot, full_folder)
    settle(window, qtbot)
    from cases import a_case

    window.window.work.cases.open_case(a_case(2)[0].stream)
    case = next(window.window.frame.page(name) for name in window.window.work.cases.pages())
    case.show_section("mother")
    assert case.header.conflicts.isHidden()
    assert case.findChildren(ContestedNote) == []
    page = deciding(window)
    assert "No answers contradict each other." in words_on(page)


# --- understood ---


def test_a_screen_reader_begins_with_the_question_and_hears_each_answer_with_its_story(window):
    page = deciding(window)
    focused = QApplication.focusWidget()
    assert focused is page.view.question
    assert focused.accessibleName() == "2 answers to: Ethnicity. Mother · Puce Anchor · TAC-00231"
    mine, hers = page.view.sides
    assert mine.keep.accessibleName() == "Keep this answer: Mixed or multiple ethnic groups"
    assert "Sage Beacon · 10 March 2026" in mine.keep.accessibleDescription()
    assert "Written over ‘White British’ of Sage Beacon" in hers.keep.accessibleDescription()
    assert "the time is uncertain" in hers.keep.accessibleDescription()
    assert "the time is uncertain" not in mine.keep.accessibleDescription()
    assert "clock uncertain" in words_on(hers)
    assert "Written in the vault of Ash Piano." in words_on(hers)
    assert "shown until you decide" in words_on(mine)


def test_long_texts_stand_side_by_side_with_what_differs_underlined_and_told(window):
    page = deciding(window)
    go_to(window, page, "What was said and done")
    hers, mine = (side.text for side in page.view.sides)
    assert hers.accessibleDescription() == "Only here: ‘Tuesday.’; ‘who will be there.’."
    assert "words that both have" in mine.toPlainText()
    for text, differing in ((hers, "Tuesday."), (mine, "Monday.")):
        at = text.document().find(differing)
        look = at.charFormat()
        assert (look.fontUnderline(), look.fontWeight() > 500) == (True, True)
        same = text.document().find("ring her on").charFormat()
        assert not same.fontUnderline()
    page.view._how_much.click()
    assert "She came well prepared" in mine.toPlainText()
    assert "words that both have" not in mine.toPlainText()


def test_what_a_person_typed_is_never_read_as_mark_up(window, folders, qtbot):
    window.window.lock()
    with opened(folders[0]) as mine, opened(folders[1]) as theirs:
        arrive(mine, theirs)
        (contact,) = mine.store.records("contact", CASE)
        mine.put("contact", contact.id, 10, summary="<b>bold</b> & <img src='x'> " * 10)
        theirs.put("contact", contact.id, 11, summary="<i>other</i> & <img src='x'> " * 10)
        arrive(theirs, mine)
    unlock(window, qtbot, folders[0])
    settle(window, qtbot)
    page = deciding(window)
    go_to(window, page, "What was said and done")
    assert any("<b>bold</b>" in side.text.toPlainText() for side in page.view.sides)


# --- decided ---


def test_several_in_a_row_are_decided_without_leaving_the_keyboard(window, qtbot):
    page = deciding(window)
    assert page.open.text() == "Open (5)"
    press(window, Qt.Key.Key_2, ALT)
    assert answer_of(window, "mother", "ethnicity") == "black"
    assert question(page) == "Date of birth"
    assert QApplication.focusWidget() is page.view.question
    press(window, Qt.Key.Key_1, ALT)
    assert answer_of(window, "child", "date_of_birth") == "2019-02-27"
    press(window, Qt.Key.Key_T, ALT)
    assert (page.open.text(), page.put_off.text()) == ("Open (2)", "Postponed (1)")
    press(window, Qt.Key.Key_B, ALT)
    assert answer_of(window, "contact", "summary").count("She came well prepared") == 2
    press(window, Qt.Key.Key_1, ALT)
    assert answer_of(window, "course", "sessions") == 8
    assert "Nothing is left in this list." in words_on(page)
    page.put_off.toggle()
    assert question(page) == "Care arrangement"
    press(window, Qt.Key.Key_1, ALT)
    assert "No answers contradict each other." in words_on(page)
    window.window.frame.go("today")
    settle(window, qtbot)
    assert "Answers that contradict each other" not in words_on(window.window.frame.page("today"))


def test_tab_and_return_decide_as_well(window):
    page = deciding(window)
    while QApplication.focusWidget() is not page.view.sides[1].keep:
        press(window, Qt.Key.Key_Tab)
    press(window, Qt.Key.Key_Return)
    assert answer_of(window, "mother", "ethnicity") == "black"


def test_a_key_that_is_still_held_decides_nothing_more(window):
    page = deciding(window)
    press(window, Qt.Key.Key_1, ALT)
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Space)
    assert page.open.text() == "Open (4)"


def test_another_answer_is_written_in_the_field_s_own_editor(window):
    page = deciding(window)
    go_to(window, page, "Date of birth")
    press(window, Qt.Key.Key_W, ALT)
    day, month, _ = page.view.other.question.editor.stops()
    for box, text in ((day, "26"), (month, "13")):
        box.clear()
        type_into(box, text)
    press(window, Qt.Key.Key_Return, CTRL)
    assert "That is not a date" in page.view.other.question.problem()
    month.clear()
    type_into(month, "3")
    press(window, Qt.Key.Key_Return, CTRL)
    assert answer_of(window, "child", "date_of_birth") == "2019-03-26"
    assert page.open.text() == "Open (4)"


def test_what_is_being_written_survives_a_lock_and_comes_back(window, qtbot, folders):
    page = deciding(window)
    go_to(window, page, "What was said and done")
    press(window, Qt.Key.Key_W, ALT)
    box = page.view.other.question.editor.stops()[0]
    box.selectAll()
    type_into(box, "She rang her son.")
    window.window.lock()
    unlock(window, qtbot, folders[0])
    settle(window, qtbot)
    page = window.window.frame.page("conflicts")
    assert window.window.frame.current() == "conflicts"
    assert question(page) == "What was said and done"
    assert page.view.other.question.answer() == "She rang her son."
    page.view.other.submit()
    assert answer_of(window, "contact", "summary") == "She rang her son."


def test_both_are_true_is_offered_only_where_it_makes_sense_and_a_deletion_asks_for_no_other_answer(window):
    page = deciding(window)
    offered = {}
    for wanted in QUESTIONS:
        go_to(window, page, wanted)
        offered[wanted] = set(page.view.ways)
    later = {"tomorrow", "next_week"}
    assert offered["Ethnicity"] == {"other", *later}
    assert offered["What was said and done"] == {"both", "other", *later}
    assert offered["Does this record stay?"] == later
    assert [side.keep.text() for side in page.view.sides] == ["Keep the record", "Delete the record"]


def test_a_record_is_deleted_where_that_is_decided(window):
    page = deciding(window)
    go_to(window, page, "Does this record stay?")
    press(window, Qt.Key.Key_2, ALT)
    assert window.window.work.bench.store.records("course", CASE) == []
    press(window, Qt.Key.Key_Z, CTRL)
    assert len(window.window.work.bench.store.records("course", CASE)) == 1
    assert question(page) == "Does this record stay?"


# --- taken back ---


def test_the_last_decision_is_taken_back_by_a_key_and_stands_open_again(window):
    page = deciding(window)
    assert not page.undo.isEnabled()
    press(window, Qt.Key.Key_2, ALT)
    assert "It holds now: Black" in page.undo.accessibleDescription()
    press(window, Qt.Key.Key_Z, CTRL)
    assert (question(page), page.open.text()) == ("Ethnicity", "Open (5)")
    assert not page.undo.isEnabled()
    assert "taken back" in page._notice.text()
    assert not window.window.frame.bar.isVisible()
    assert "Ash Piano" in words_on(page.view.sides[0]) + words_on(page.view.sides[1])


# --- noticed ---


def test_an_answer_that_arrives_meanwhile_is_noticed_before_and_while_deciding(window, folders, qtbot):
    page = deciding(window)
    with opened(folders[1]) as theirs:
        theirs.put("mother", CASE, 20, ethnicity="asian")
        bench = window.window.work.bench
        arrive(theirs, type(theirs)(bench.vault, bench.store))
    press(window, Qt.Key.Key_1, ALT)
    assert "Another answer to this question has arrived" in page._notice.text()
    assert {side.value for side in page.view.conflict.choices} == {"mixed", "asian"}
    assert not page.undo.isEnabled()
    press(window, Qt.Key.Key_1, ALT)
    assert page.open.text() == "Open (4)"


def test_what_an_import_brings_is_shown_at_once_and_what_was_decided_elsewhere_goes(window, folders):
    page = deciding(window)
    bench = window.window.work.bench
    hand = None
    with opened(folders[1]) as theirs:
        hand = type(theirs)(bench.vault, bench.store)
        theirs.put("mother", CASE, 20, ethnicity="asian")
        arrive(theirs, hand)
        bench.changed.emit()
        assert "Another answer to this question has arrived" in page._notice.text()
        assert "asian" in {side.value for side in page.view.conflict.choices}
        arrive(hand, theirs)
        theirs.put("mother", CASE, 30, ethnicity="other")
        arrive(theirs, hand)
    bench.changed.emit()
    assert question(page) == "Date of birth"
    assert "decided meanwhile" in page._notice.text()


def test_an_import_that_does_not_concern_it_leaves_what_is_being_typed_alone(window):
    page = deciding(window)
    go_to(window, page, "Date of birth")
    press(window, Qt.Key.Key_W, ALT)
    view, other = page.view, page.view.other
    window.window.work.bench.changed.emit()
    assert page.view is view
    assert page.view.other is other


# --- measured ---


LOOKS = {"100": settings.Settings(), "200": settings.Settings(text_scale=200),
         "high contrast": settings.Settings(high_contrast=True)}  # fmt: skip


@pytest.fixture(params=LOOKS, ids=str)
def look(request, qapp, qtbot, tmp_path, made) -> tuple[Desktop, int]:
    settings.save(LOOKS[request.param], tmp_path / "settings.json")
    desktop = Desktop(qapp, Surroundings(tmp_path / "settings.json", tmp_path / "crash.log", CHEAPEST))
    desktop.window.resize(1366, 728)
    desktop.show()
    unlock(desktop, qtbot, made[0])
    settle(desktop, qtbot)
    desktop.window.resize(1366, 728)
    yield desktop, 200 if request.param == "200" else 100
    desktop.window.close()
    desktop.lane.stop()
    qapp.removeEventFilter(desktop.watch)
    desktop.deleteLater()
    qapp.processEvents()


def test_every_contradiction_has_names_contrast_and_targets_and_is_no_wider_than_the_window(look, qtbot):
    desktop, scale = look
    page = deciding(desktop)
    for place in range(len(QUESTIONS)):
        if page.view.conflict.asked is not None:
            page.view.press("other")
        QApplication.processEvents()
        assert nameless(desktop.window) == []
        assert faint_texts(desktop.window) == []
        assert small_targets(desktop.window, scale) == []
        area = page._area
        assert area.widget().width() <= area.viewport().width(), place
        for widget in page.findChildren(QLabel):
            if widget.isVisible():
                assert widget.mapTo(page, widget.rect().topRight()).x() <= page.width()
        assert not [text for text in spoken(page) if "<" in text]
        page.moved.emit(1)


def test_tab_comes_to_everything_on_the_page(look):
    desktop, _ = look
    page = deciding(desktop)
    way = tab_way(desktop.window)
    assert [w for w in reachable(page) if w not in way] == []
