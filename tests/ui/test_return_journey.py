"""A follow-up return from its writing to its addendum, and what was removed by mistake, by keyboard alone."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answers
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.ask_texts import AskTexts
from tac_desktop.ui.beside_record import BesideRecord, SealLine
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.history_panel import HistoryPanel
from tac_desktop.ui.quick_log import QuickLog
from tac_desktop.ui.remove_question import RemoveQuestion
from tac_desktop.ui.removed_pane import RemovedPane
from tac_desktop.ui.return_beside import ReturnBeside
from tac_desktop.ui.seal_question import SealQuestion
from tac_desktop.ui.sealed_part import AddendumCard
from tac_desktop.ui.worklists_screen import WorklistsScreen

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
CASE = case_file_id("TAC-00003")
MORE = " She has written to both of them since."


class Keys:
    """Presses keys where the keyboard is, and counts them; what is typed as words is counted apart."""

    def __init__(self, qtbot) -> None:
        self._qtbot = qtbot
        self.pressed = 0

    def press(self, which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), which, with_)
        self.pressed += 1

    def write(self, words: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), words)

    def to(self, wanted: QWidget, *, back: bool = False) -> None:
        """Walk to a widget with the Tab key."""
        step = (Qt.Key.Key_Backtab, SHIFT) if back else (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
        for _ in range(80):
            if QApplication.focusWidget() is wanted:
                return
            self.press(*step)
        message = f"{wanted.accessibleName()} is not reached"
        raise AssertionError(message)

    def window(self, kind: type[QWidget]) -> QWidget:
        self._qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), kind))
        found = QApplication.activeWindow()
        assert found is not None
        return found


@pytest.fixture
def put(opened) -> Callable[..., str]:
    bench = opened.window.work.bench
    now = datetime.fromisoformat(bench.now()).astimezone()

    def put(form: str, answers: Answers, days_ago: int) -> str:
        known = (now - timedelta(days_ago)).date().isoformat()
        before = bench.store.record(CASE) if form == "mother" else None
        within = {"record_id": before.id if before else "", "case_file": CASE, "known_on": known}
        return save_answers(bench.store, bench.person, forms.ALL[form], answers=answers, now=now, **within)

    return put


def case_screen(desktop) -> CaseScreen:
    page = desktop.window.frame.page(desktop.window.frame.current())
    assert isinstance(page, CaseScreen)
    return page


def back_at(desktop, qtbot) -> None:
    """A window manager would give the window the keyboard again when a question goes."""
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)


def test_a_return_is_written_from_what_changed_sealed_sent_and_corrected_and_a_removed_record_comes_back(
    opened, qtbot, put
):
    today = opened.window.work.bench.today()
    put("tracker_return", {"tracker_form": "baseline", "received": "2026-01-10", "period_to": "2026-01-10"}, 1)
    put("challenge", {"challenge": "acct", "note": "She was moved."}, 2)
    opened.window.work.cases.open_case(CASE)
    screen, keys = case_screen(opened), Keys(qtbot)
    screen.open_new("tracker_return")
    form = screen.open_form().screen
    [beside] = form.findChildren(ReturnBeside)
    told = [change.words for change in beside.standing.changes]
    assert any(words.startswith("ACCT") for words in told)

    # written: the follow-up is chosen, one key takes in what has changed, she writes on and saves
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Space)
    keys.press(Qt.Key.Key_T, CTRL)
    keys.write(MORE)
    keys.press(Qt.Key.Key_Return, CTRL)
    record = screen.open_form().record_id
    saved = opened.window.work.bench.store.record(record)
    assert saved.text("tracker_form") == "follow_up"
    assert saved.text("changes").endswith(MORE)
    assert "Challenge: ACCT" in saved.text("changes")

    # sealed and sent
    [around] = screen.findChildren(BesideRecord)
    keys.press(Qt.Key.Key_Return, CTRL | SHIFT)
    question = keys.window(SealQuestion)
    keys.to(question.seal)
    keys.press(Qt.Key.Key_Return)
    back_at(opened, qtbot)
    assert opened.window.work.bench.store.record(record).text("sent") == today
    [line] = around.findChildren(SealLine)
    assert "with the case as it stood on" in line.accessibleName()
    assert not form.body.isEnabled()

    # corrected by an addendum
    keys.to(around.sealed.addendum)
    keys.press(Qt.Key.Key_Return)
    addendum = keys.window(AskTexts)
    keys.write("The ACCT was closed on the 3rd.")
    keys.to(addendum.go)
    keys.press(Qt.Key.Key_Return)
    back_at(opened, qtbot)
    [card] = [card for card in around.findChildren(AddendumCard) if card.isVisible()]
    assert "The ACCT was closed on the 3rd." in card.accessibleName()
    assert keys.pressed <= 14, keys.pressed

    # removed by mistake, and brought back: with Ctrl+Z, and later from the recycle bin
    keys.pressed = 0
    [challenge] = opened.window.work.bench.store.records("challenge", CASE)
    for bring_back in (by_undo, from_the_bin):
        remove_by_key(screen, keys, challenge.id)
        back_at(opened, qtbot)
        assert opened.window.work.bench.store.record(challenge.id) is None
        bring_back(screen, keys)
        assert opened.window.work.bench.store.record(challenge.id).answers == challenge.answers
    assert keys.pressed <= 16, keys.pressed


def remove_by_key(screen: CaseScreen, keys: Keys, challenge: str) -> None:
    screen.open_record("challenge", challenge)
    [around] = screen.findChildren(BesideRecord)[-1:]
    keys.to(around.remove, back=True)
    keys.press(Qt.Key.Key_Return)
    keys.window(RemoveQuestion)
    keys.write("Written twice")
    keys.press(Qt.Key.Key_Return)


def by_undo(screen: CaseScreen, keys: Keys) -> None:
    keys.press(Qt.Key.Key_Z, CTRL)


def from_the_bin(screen: CaseScreen, keys: Keys) -> None:
    screen.show_section("removed")
    [pane] = screen.findChildren(RemovedPane)[-1:]
    [button] = pane.buttons
    button.setFocus()
    keys.press(Qt.Key.Key_Space)
    assert screen.open_form().form.name == "challenge"


def test_ctrl_z_outside_a_text_undoes_the_last_save_and_inside_one_the_last_word(opened, qtbot, put):
    record = put("challenge", {"challenge": "acct", "note": "First."}, 0)
    opened.window.work.cases.open_case(CASE)
    screen, keys = case_screen(opened), Keys(qtbot)
    store = opened.window.work.bench.store
    screen.open_record("challenge", record)
    form = screen.open_form().screen
    form.take_keyboard("note")
    keys.press(Qt.Key.Key_End, CTRL)
    keys.write(" Second.")
    keys.press(Qt.Key.Key_Return, CTRL)
    assert store.record(record).text("note") == "First. Second."
    assert form.foot.undo.isVisible()
    keys.press(Qt.Key.Key_Z, CTRL)  # in the text: of what was typed there, and the save stands
    assert store.record(record).text("note") == "First. Second."
    form.foot.save.setFocus()
    keys.press(Qt.Key.Key_Z, CTRL)
    assert store.record(record).text("note") == "First."
    assert opened.window.work.bench.messages.shown[-1].text.startswith("Undone: Challenge")
    keys.press(Qt.Key.Key_Z, CTRL)
    assert opened.window.work.bench.messages.shown[-1].text.startswith("There is nothing to undo.")


def test_the_history_of_the_question_in_which_one_is_opens_by_a_key_and_leads_back(opened, qtbot, put):
    put("challenge", {"challenge": "acct", "note": "Hers."}, 0)
    [record] = opened.window.work.bench.store.records("challenge", CASE)
    opened.window.work.cases.open_case(CASE)
    screen, keys = case_screen(opened), Keys(qtbot)
    screen.open_record("challenge", record.id)
    screen.open_form().screen.take_keyboard("note")
    keys.press(Qt.Key.Key_H, CTRL)
    [panel] = screen.findChildren(HistoryPanel)
    words = [label.text() for label in panel.findChildren(type(screen.header._name)) if label.isVisibleTo(panel)]
    assert "History of ‘Note’" in words
    assert "Hers." in words
    assert "Challenge" not in words
    keys.press(Qt.Key.Key_Return)
    assert screen.open_form().screen.place() == "note"


def test_the_case_file_as_known_on_a_day_is_read_only_says_so_and_leads_back(opened, qtbot, put):
    put("challenge", {"challenge": "acct"}, 0)
    put("challenge", {"challenge": "bereavement_loss"}, 10)
    opened.window.work.cases.open_case(CASE)
    screen = case_screen(opened)
    day = (datetime.fromisoformat(opened.window.work.bench.now()) - timedelta(5)).date().isoformat()
    screen.wishes.day_wanted.emit(day)
    qtbot.waitUntil(lambda: case_screen(opened) is not screen)
    then = case_screen(opened)
    assert "Nothing can be changed here" in then.looking_back.accessibleName()
    assert [one.text("challenge") for one in then.desk.records("challenge")] == ["bereavement_loss"]
    assert not then.header.contact.isVisible()
    then.open_record("challenge", then.desk.records("challenge")[0].id)
    assert not then.open_form().screen.body.isEnabled()
    assert then.findChildren(BesideRecord) == []
    then.looking_back.back.click()
    qtbot.waitUntil(lambda: case_screen(opened) is not then)
    assert len(case_screen(opened).desk.records("challenge")) == 2
    case_screen(opened).wishes.day_wanted.emit("1999-01-01")
    qtbot.waitUntil(lambda: bool(opened.window.work.bench.messages.shown))
    assert opened.window.work.bench.messages.shown[-1].text.startswith("Nothing was known of her on 1 January 1999")
    assert case_screen(opened).desk.known_on == ""


def test_from_what_is_due_and_from_what_is_missing_one_key_leads_to_the_very_question_or_begins_the_form(opened, qtbot):
    opened.window.frame.go("lists")
    page, keys = opened.window.frame.page("lists"), Keys(qtbot)
    assert isinstance(page, WorklistsScreen)
    qtbot.waitUntil(lambda: page.tables["due"].model().rowCount() > 0)
    page.arrive()
    keys.press(Qt.Key.Key_Return)
    case_screen(opened)
    for whole_form, told in ((True, "case files without a record of ‘"), (False, "records without ‘")):
        opened.window.frame.go("lists")
        page.return_to("complete")
        qtbot.waitUntil(lambda: page.view() == "complete" and page.tables["complete"].model().rowCount() > 0)
        shown = page.tables["complete"].model()
        rows = [page._recorded[shown.row_id(row)] for row in range(shown.rowCount())]
        page.tables["complete"].selectRow(next(at for at, one in enumerate(rows) if (not one.field) is whole_form))
        page.arrive()
        keys.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: page.view() == "open" and page.tables["open"].model().rowCount() > 0)
        assert told in page._subtitle.text()
        asked = page._question
        keys.press(Qt.Key.Key_Return)
        opened_form = case_screen(opened).open_form()
        assert (opened_form.form.name, opened_form.record_id == "") == (asked.form, whole_form)
        assert opened_form.screen.place() == (asked.field or opened_form.screen.place())


def test_a_contact_that_was_logged_by_mistake_is_undone_where_it_is_told(opened, qtbot, put):
    store = opened.window.work.bench.store
    before = len(store.records("contact", CASE))
    opened.window.work.cases.open_case(CASE)
    keys = Keys(qtbot)
    keys.press(Qt.Key.Key_N, CTRL)
    log = keys.window(QuickLog)
    log.questions["summary"].editor.box.setFocus()
    keys.write("She rang.")
    keys.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    keys.press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(store.records("contact", CASE)) == before + 1)
    back_at(opened, qtbot)
    bar = opened.window.frame.bar
    assert bar.undo.isVisible()
    bar.undo.click()
    assert len(store.records("contact", CASE)) == before
    assert not bar.undo.isVisible()
