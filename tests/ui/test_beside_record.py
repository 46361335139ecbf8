"""What stands beside a record: comments are read, answered and kept as drafts, seals are made and told, all by key."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cases import at_work
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from seen import faint_texts, nameless, reachable, small_targets, tab_way
from shiboken6 import isValid

from tac_desktop.actions import comments, seals
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.people import Person
from tac_desktop.ui.ask_texts import AskTexts
from tac_desktop.ui.beside_record import BesideRecord, SealLine
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.comment_card import CommentCard
from tac_desktop.ui.history_panel import HistoryPanel
from tac_desktop.ui.jobs import Lane
from tac_desktop.ui.join_dialog import JoinDialog
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import Messages
from tac_desktop.ui.record_list import LineButton, RecordList
from tac_desktop.ui.seal_question import SealQuestion
from tac_desktop.ui.sealed_part import AddendumCard
from tac_desktop.ui.theme import Theme
from tac_desktop.ui.today_groups import groups_of
from tac_desktop.ui.workbench import Workbench
from tests.new_vaults import open_vault

NOW = "2026-03-12T14:05"
MOMENT = datetime.fromisoformat(NOW).astimezone()
CTRL = Qt.KeyboardModifier.ControlModifier
MANAGER = Person(id="m1", name="Olive Saddle", role="manager")
ASKED = "Please say who was in the room."


@pytest.fixture(params=[100], ids=["100"])
def bench(qapp: QApplication, tmp_path: Path, request):
    theme = Theme(scale=request.param)
    theme.apply(qapp)
    vault = open_vault(
        tmp_path / "v", name="Sage Beacon", role="worker", prison="EP", passphrase="four quiet copper kettles"
    )
    lane = Lane()
    made = Workbench(Kit(theme), lane, Messages(), lambda: NOW, vault)
    yield made
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    lane.stop()
    made.close()
    vault.close()


def put(bench: Workbench, form: str, case_file: str = "", record_id: str = "", **answers) -> str:
    return save_answers(
        bench.store, bench.person, forms.ALL[form], answers=answers, now=MOMENT, case_file=case_file,
        record_id=record_id,
    )  # fmt: skip


@pytest.fixture
def case_file(bench: Workbench) -> str:
    made = put(bench, "mother", reference="TAC-00231", name="Puce Anchor", prison="EP")
    put(bench, "baseline", made, first_meeting="2025-09-08")
    put(bench, "contact", made, at="2026-03-11T10:00", kind="phone", summary="She rang her son.")
    return made


def record(bench: Workbench, form: str) -> str:
    return bench.store.records(form)[0].id


def said(bench: Workbench, form: str, text: str = ASKED, *, later: int = 0, entry: str = "") -> str:
    """Write a manager's comment, as it stands after a bundle brought it."""
    now = MOMENT + timedelta(minutes=later)
    with at_work(bench.vault, MANAGER):
        return comments.comment(bench.store, MANAGER, record(bench, form), text, now=now, entry=entry)


@pytest.fixture
def screen(bench: Workbench, case_file: str, qtbot):
    made = CaseScreen(CaseDesk(bench.means(), case_file))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.resize(1160, 700)
    made.show()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    if isValid(made):
        made.close()


def beside(screen: QWidget) -> BesideRecord:
    [found] = [one for one in screen.findChildren(BesideRecord) if one.isVisible()]
    return found


def words_on(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def by_tab(screen: QWidget, wanted: QWidget) -> None:
    for _ in range(200):
        if QApplication.focusWidget() is wanted:
            return
        QTest.keyClick(QApplication.focusWidget() or screen, Qt.Key.Key_Tab)
    raise AssertionError("The keyboard does not reach it.")


def key(which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), which, with_)


# --- comments ---


def test_a_new_comment_takes_the_keyboard_and_is_read_with_one_key(bench, screen, qtbot):
    said(bench, "contact")
    screen.read()
    screen.open_record("contact", record(bench, "contact"))
    panel = beside(screen)
    assert ASKED in words_on(panel)
    assert "Olive Saddle (manager)" in words_on(panel)
    assert QApplication.focusWidget().accessibleName() == "Mark the comment of Olive Saddle as read"
    key(Qt.Key.Key_Return)
    assert comments.unread(bench.store, bench.person) == []
    assert panel.news() == []
    assert QApplication.focusWidget() is panel.comment


def test_a_comment_is_answered_by_keyboard_alone_and_is_read_by_that(bench, screen):
    said(bench, "contact")
    screen.read()
    screen.open_record("contact", record(bench, "contact"))
    by_tab(screen, beside(screen).comment)
    key(Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "Her sister.")
    key(Qt.Key.Key_Return, CTRL)
    asked, answered = comments.comments_on(bench.store, record(bench, "contact"))
    assert (answered.text, answered.author) == ("Her sister.", bench.person.id)
    assert [reading.name for reading in asked.read_by] == ["Sage Beacon"]
    assert "You · 12 March 2026" in words_on(beside(screen))
    assert "Not read yet, as far as this vault knows" in words_on(beside(screen))
    assert bench.store.records("contact")[0].text("summary") == "She rang her son."


def test_ctrl_return_in_the_form_saves_the_form_and_no_comment(bench, screen):
    screen.open_record("contact", record(bench, "contact"))
    beside(screen).write()
    QTest.keyClicks(QApplication.focusWidget(), "Half a comment")
    form = screen.open_form().screen
    form.take_keyboard("summary")
    QTest.keyClicks(QApplication.focusWidget(), "And his carer. ")
    key(Qt.Key.Key_Return, CTRL)
    assert "And his carer." in bench.store.records("contact")[0].text("summary")
    assert comments.comments_in(bench.store) == []
    assert beside(screen).box.box.words() == "Half a comment"


def test_a_comment_that_was_begun_survives_leaving_and_a_lock_and_is_found_from_today(bench, screen):
    contact = record(bench, "contact")
    screen.open_record("contact", contact)
    beside(screen).write()
    QTest.keyClicks(QApplication.focusWidget(), "Half a comment")
    screen.settle()
    screen.show_section("overview")
    [draft] = bench.drafts.all_of(bench.person.id)
    screen.open_draft(draft.form, draft.record_id)
    panel = beside(screen)
    assert panel.box.box.words() == "Half a comment"
    by_tab(screen, panel.box.cancel)
    key(Qt.Key.Key_Space)
    assert bench.drafts.all_of(bench.person.id) == []
    assert panel.box is None
    assert QApplication.focusWidget() is panel.comment


def test_a_comment_without_words_is_told_beside_the_box(bench, screen):
    screen.open_record("contact", record(bench, "contact"))
    beside(screen).write()
    key(Qt.Key.Key_Return, CTRL)
    assert "Write what you want to say." in words_on(beside(screen))
    assert beside(screen).box.box.hasFocus()
    assert beside(screen).box.box.accessibleDescription() == "Write what you want to say."


def test_one_change_in_the_history_is_commented_on_and_shows_it(bench, screen, case_file):
    contact = record(bench, "contact")
    put(bench, "contact", case_file, contact, at="2026-03-11T10:00", kind="phone", summary="She rang her son twice.")
    first, _ = bench.store.history(contact)
    screen.open_record("contact", contact)
    screen.open_form().screen.history.click()
    [panel] = screen.findChildren(HistoryPanel)
    oldest = [b for b in panel.findChildren(QWidget) if b.property("entry") == first.cid][-1]
    oldest.setFocus()
    key(Qt.Key.Key_Return)
    QTest.keyClicks(QApplication.focusWidget(), "Which of them?")
    key(Qt.Key.Key_Return, CTRL)
    [one] = comments.comments_on(bench.store, contact)
    assert one.entry == first.cid
    assert "About the change of" in words_on(beside(screen))
    screen.open_form().screen.history.click()
    panel = [p for p in screen.findChildren(HistoryPanel) if p.isVisible()][-1]
    assert [card.comment.text for card in panel.findChildren(CommentCard)] == ["Which of them?"]


def test_old_comments_wait_behind_a_button_and_new_ones_never_do(bench, screen):
    for number in range(6):
        said(bench, "contact", f"Remark {number}", later=number)
    found = comments.unread(bench.store, bench.person)
    comments.mark_read(bench.store, bench.person, [one.id for one in found[1:]], now=MOMENT)
    screen.read()
    screen.open_record("contact", record(bench, "contact"))
    panel = beside(screen)
    assert [card.comment.text for card in panel.cards] == ["Remark 3", "Remark 4", "Remark 5"]
    panel.more.click()
    assert [card.comment.text for card in panel.cards] == [f"Remark {number}" for number in range(6)]


def test_lists_and_today_count_new_comments(bench, screen, case_file, qtbot):
    from tac_desktop.actions.caseload import today

    said(bench, "contact")
    screen.read()
    screen.show_section("contact")
    [line] = [b for b in screen.findChildren(LineButton) if b.isVisible()]
    assert "New comment" in line.accessibleDescription()
    found = today(bench.store, bench.drafts, bench.person, NOW[:10])
    [group] = [group for group in groups_of(found, NOW[:10]) if group.title == "New comments"]
    assert (group.count, group.lines[0].name, group.lines[0].record) == (1, "Puce Anchor", record(bench, "contact"))
    assert ASKED in group.lines[0].what
    comments.mark_read(bench.store, bench.person, [found.comments[0][0].id], now=MOMENT)
    screen.read()
    screen.show_section("contact")
    [line] = [b for b in screen.findChildren(LineButton) if b.isVisible()]
    assert "1 comment" in line.accessibleDescription()
    assert "New" not in line.accessibleDescription()
    assert today(bench.store, bench.drafts, bench.person, NOW[:10]).comments == []


# --- seals ---


def seal_by_key(screen: CaseScreen, qtbot) -> None:
    by_tab(screen, beside(screen).seal_button)
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), SealQuestion))
    question = QApplication.activeWindow()
    assert QApplication.focusWidget() is question.leave  # Return alone seals nothing
    by_tab(question, question.seal)
    key(Qt.Key.Key_Return)
    screen.activateWindow()  # a window manager would do so when the question goes
    qtbot.waitUntil(screen.isActiveWindow)


def reopen_by_key(screen: CaseScreen, qtbot, why: str) -> None:
    by_tab(screen, beside(screen).sealed.reopen)
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), AskTexts))
    QTest.keyClicks(QApplication.focusWidget(), why)
    by_tab(QApplication.activeWindow(), QApplication.activeWindow().go)
    key(Qt.Key.Key_Return)
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)


def test_a_tracker_is_sealed_by_key_re_opened_with_a_reason_and_a_later_change_is_told(bench, screen, qtbot):
    screen.open_record("baseline", record(bench, "baseline"))
    seal_by_key(screen, qtbot)
    [line] = beside(screen).findChildren(SealLine)
    assert re.fullmatch(r"Sealed by Sage Beacon \(social worker\), 12 March 2026, .*Nothing has changed since\.",
                        line.accessibleName())  # fmt: skip
    form = screen.open_form().screen
    assert not form.body.isEnabled()
    assert form.body.questions["sent"].answer() == NOW[:10]
    reopen_by_key(screen, qtbot, "The plan was forgotten.")
    assert form.body.isEnabled()
    form.take_keyboard("plan")
    QTest.keyClicks(QApplication.focusWidget(), "To write every week.")
    key(Qt.Key.Key_Return, CTRL)
    [line] = [line for line in beside(screen).findChildren(SealLine) if line.isVisible()]
    assert "Changed since: 1 entry. 1 later entry says something else about that day." in line.accessibleName()
    [card] = [card for card in beside(screen).findChildren(AddendumCard) if card.isVisible()]
    assert "Re-opened · Sage Beacon" in card.accessibleName()
    assert "The plan was forgotten." in card.accessibleName()


def test_nothing_is_sealed_while_something_is_typed_and_not_saved(bench, screen):
    screen.open_record("baseline", record(bench, "baseline"))
    screen.open_form().screen.take_keyboard("plan")
    QTest.keyClicks(QApplication.focusWidget(), "To write every week.")
    beside(screen).seal_button.click()
    assert bench.messages.shown[-1].text.startswith("What you typed is not saved yet")
    assert bench.store.records("seal") == []


def test_a_contact_is_commented_on_and_never_sealed(bench, screen):
    screen.open_record("contact", record(bench, "contact"))
    assert beside(screen).comment.isVisible()
    assert not beside(screen).seal_button.isVisible()


def test_a_sealed_return_says_so_in_its_list(bench, screen, case_file):
    made = put(bench, "tracker_return", case_file, tracker_form="baseline", received="2025-09-10")
    seals.seal_record(bench.vault, bench.store, bench.person, made, now=MOMENT)
    screen.read()
    screen.show_section("returns")
    [line] = [b for b in screen.findChildren(LineButton) if b.isVisible()]
    assert "Sealed by Sage Beacon" in line.accessibleDescription()


# --- for everybody ---


@pytest.mark.parametrize("bench", [100, 200], indirect=True, ids=["100", "200"])
def test_comments_and_seals_can_be_reached_read_and_hit(bench, screen, qtbot):
    said(bench, "baseline")
    said(bench, "baseline", "And since when?", later=1)
    seals.seal_record(bench.vault, bench.store, bench.person, record(bench, "baseline"), now=MOMENT)
    screen.read()
    screen.open_record("baseline", record(bench, "baseline"))
    beside(screen).write()
    beside(screen).box.refuse("Write what you want to say.")
    qtbot.wait(1)
    panel = beside(screen)
    assert nameless(screen) == []
    assert faint_texts(screen) == []
    assert small_targets(panel, 100) == []
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    screen.header.back.setFocus()
    way = tab_way(screen)
    names = [widget.accessibleName() for widget in way]
    first = names.index("Write an addendum to this record")
    assert first < names.index("Mark the comment of Olive Saddle as read") < names.index("Your answer")
    assert names.index("Throw this comment away", first) < names.index("History of this baseline tracker", first)
    assert [w for w in reachable(panel) if w not in way] == []
    assert panel.width() <= screen.width()


# --- records that turned out to be one ---


def two_courses(bench: Workbench, case_file: str) -> None:
    put(bench, "course", case_file, title="Cooking", completed="2026-01-10")
    put(bench, "course", case_file, title="Cooking for two", completed="2026-01-11")


def joined_by_key(screen: CaseScreen, qtbot, wanted: QWidget) -> None:
    by_tab(screen, wanted)
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), JoinDialog))
    dialog = QApplication.activeWindow()
    for line in dialog.lines:
        if not line.isChecked():
            line.setFocus()
            QTest.keyClick(line, Qt.Key.Key_Space)
    by_tab(dialog, dialog.join)
    key(Qt.Key.Key_Return)
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)


def test_two_records_of_a_list_are_joined_by_key_and_separated_again(bench, screen, case_file, qtbot):
    two_courses(bench, case_file)
    screen.read()
    screen.show_section("evidence")
    [courses] = [one for one in screen.findChildren(RecordList) if one.isVisible() and len(one.lines()) == 2]
    assert courses.same.text() == "Two of these are one"
    joined_by_key(screen, qtbot, courses.same)
    [course] = bench.store.records("course")
    assert course.conflicts == ("completed", "title")
    [line] = [line for line in screen.findChildren(LineButton) if line.isVisible()]
    assert "Several records shown as one" in line.accessibleDescription()
    screen.open_record("course", course.id)
    panel = beside(screen)
    by_tab(screen, panel.joined.separate)
    key(Qt.Key.Key_Return)
    assert [one.conflicts for one in bench.store.records("course")] == [(), ()]
    assert len([line for line in screen.findChildren(LineButton) if line.isVisible()]) == 2


def test_from_a_record_the_one_that_it_is_the_same_as_is_found_and_what_was_said_of_both_stays(
    bench, screen, case_file, qtbot
):
    two_courses(bench, case_file)
    for one in bench.store.records("course"):
        with at_work(bench.vault, MANAGER):
            comments.comment(bench.store, MANAGER, one.id, f"About {one.text('title')}", now=MOMENT)
    screen.read()
    first, second = (one.id for one in bench.store.records("course"))
    screen.open_record("course", second)
    joined_by_key(screen, qtbot, beside(screen).same)
    assert screen.open_form().record_id == min(first, second)
    assert {card.comment.text for card in beside(screen).cards} == {"About Cooking", "About Cooking for two"}
    assert beside(screen).joined.isVisible()


def test_one_record_alone_is_the_same_as_no_other(bench, screen, case_file, qtbot):
    put(bench, "course", case_file, title="Cooking", completed="2026-01-10")
    screen.read()
    screen.show_section("evidence")
    assert not any(one.same.isVisible() for one in screen.findChildren(RecordList))
    screen.open_record("baseline", record(bench, "baseline"))
    assert not beside(screen).same.isVisible()
    screen.ask_which_are_one("course", record(bench, "course"))
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), JoinDialog))
    dialog = QApplication.activeWindow()
    assert not dialog.join.isEnabled()
    assert nameless(dialog) == []
