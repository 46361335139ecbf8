"""Ways of the contact log through the window, by keyboard alone, with every key counted."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from way_in import PASSPHRASE, unlock

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.awaited_screen import AwaitedScreen
from tac_desktop.ui.quick_log import QuickLog
from tac_desktop.ui.text_editor import TextBox

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
PUCE, UMBER = case_file_id("TAC-00003"), case_file_id("TAC-00004")
SECONDS_A_KEY = 0.28
"""Of an average person who does not type for a living (Card, Moran and Newell, 1980)."""


class Hands:
    """Presses keys into whatever has the keyboard, and counts them."""

    def __init__(self) -> None:
        self.pressed = 0

    def key(self, which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.pressed += 1
        QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), which, with_)

    def type(self, text: str, *, count: bool = True) -> None:
        self.pressed += len(text) if count else 0
        QTest.keyClicks(QApplication.focusWidget(), text)

    def to_a_text(self) -> None:
        while not isinstance(QApplication.focusWidget(), TextBox):
            self.key(Qt.Key.Key_Tab)


def put(opened, form: str, case_file: str, **answers) -> str:
    bench = opened.window.work.bench
    return save_answers(
        bench.store, bench.person, forms.ALL[form], answers=answers, now=bench.moment(), case_file=case_file
    )


def records(opened, form: str, case_file: str):
    return opened.window.work.bench.store.records(form, case_file)


def log_open(qtbot) -> QuickLog:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QuickLog))
    return QApplication.activeWindow()


def log_closed(opened, qtbot) -> None:
    qtbot.waitUntil(lambda: not isinstance(QApplication.activeWindow(), QuickLog) and not opened.lane.jobs())
    opened.window.activateWindow()  # a window manager does that
    qtbot.waitUntil(opened.window.isActiveWindow)


def test_a_call_about_two_women_is_logged_in_half_a_minute_of_keys(opened, qtbot):
    hands = Hands()
    hands.key(Qt.Key.Key_N, CTRL)
    log_open(qtbot)
    hands.type("TAC-00003")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_W, ALT)
    hands.type("TAC-00004")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_2, ALT)
    hands.to_a_text()
    hands.type("The school sent both reports. ")
    hands.key(Qt.Key.Key_T, ALT)
    hands.key(Qt.Key.Key_Return, CTRL)
    log_closed(opened, qtbot)
    for case_file in (PUCE, UMBER):
        [contact] = records(opened, "contact", case_file)
        assert (contact.text("kind"), contact.answers["disclosure"]) == ("phone", ("third_party",))
    assert opened.messages.shown[-1].text == "The contact is in the log of each of the 2 women."
    assert hands.pressed <= 62, hands.pressed
    assert hands.pressed * SECONDS_A_KEY < 30


def test_who_waits_for_what_is_one_key_away_and_so_are_the_next_step_and_the_answer(opened, qtbot):
    put(opened, "contact", PUCE, at="2026-01-20T10:00", kind="email", summary="Asked.", waiting_for="The care plan",
        who="Slate Ledger", with_whom=("childrens_sw",))  # fmt: skip
    hands = Hands()
    hands.key(Qt.Key.Key_R, CTRL)
    page = opened.window.frame.page("awaited")
    assert isinstance(page, AwaitedScreen)
    qtbot.waitUntil(lambda: bool(page.lines()) and page.lines()[0].line.hasFocus())
    assert "The care plan" in page.lines()[0].line.accessibleName()
    told = page.lines()[0].line.accessibleDescription()
    assert "Slate Ledger" in told
    assert "Team manager from" in told
    hands.key(Qt.Key.Key_U)
    log_open(qtbot)
    hands.to_a_text()
    hands.type("Rang the team manager.", count=False)
    hands.key(Qt.Key.Key_Return, CTRL)
    log_closed(opened, qtbot)
    qtbot.waitUntil(lambda: "Team manager, asked 2 times" in page.lines()[0].line.accessibleDescription())
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.lines()[0].line)
    hands.key(Qt.Key.Key_A)
    log_open(qtbot)
    hands.key(Qt.Key.Key_3, ALT)
    hands.to_a_text()
    hands.type("The plan came.", count=False)
    hands.key(Qt.Key.Key_Return, CTRL)
    log_closed(opened, qtbot)
    qtbot.waitUntil(lambda: page.lines() == [])
    first = records(opened, "contact", PUCE)[0]
    assert first.text("answered_on") == opened.window.work.bench.today()
    assert sorted(one.text("kind") for one in records(opened, "contact", PUCE)) == ["chase", "email", "email"]
    assert hands.pressed <= 18, hands.pressed


def test_her_question_goes_from_asking_to_telling(opened, qtbot):
    opened.window.work.cases.open_case(PUCE)
    screen = opened.window.frame.page(opened.window.frame.current())
    hands = Hands()

    def pane():
        from tac_desktop.ui.questions_pane import QuestionsPane

        return screen.findChildren(QuestionsPane)[-1]  # the one before goes with the next turn of the loop

    def save() -> None:
        hands.key(Qt.Key.Key_Return, CTRL)
        screen.show_section("questions")

    def step() -> None:
        pane().lines()[0].line.setFocus()
        hands.key(Qt.Key.Key_N)

    screen.show_section("questions")
    pane().add.setFocus()
    hands.key(Qt.Key.Key_Space)
    screen.open_form().screen.take_keyboard("asked_on")
    hands.type("today")
    hands.to_a_text()
    hands.type("Does she sleep through?", count=False)
    save()
    assert "To be passed on" in pane().lines()[0].line.accessibleDescription()
    step()
    hands.type("Slate Ledger", count=False)
    hands.key(Qt.Key.Key_Tab)
    hands.type("today")
    save()
    assert "Waiting for the answer" in pane().lines()[0].line.accessibleDescription()
    step()
    hands.type("today")
    hands.to_a_text()
    hands.type("Since Christmas.", count=False)
    save()
    assert "She is to be told" in pane().lines()[0].line.accessibleDescription()
    step()
    hands.type("today")
    save()
    [question] = records(opened, "mothers_question", PUCE)
    today = opened.window.work.bench.today()
    told = [question.text(name) for name in ("words", "passed_to", "passed_on", "answered_on", "answer", "told_on")]
    assert told == ["Does she sleep through?", "Slate Ledger", today, today, "Since Christmas.", today]
    assert hands.pressed <= 34, hands.pressed


def test_a_lock_in_the_middle_of_a_contact_with_two_women_comes_back_with_both(opened, qtbot, full_folder):
    hands = Hands()
    hands.key(Qt.Key.Key_N, CTRL)
    log = log_open(qtbot)
    log.women.choose({PUCE: "Puce, TAC-00003", UMBER: "Umber, TAC-00004"})
    log.questions["summary"].editor.box.setFocus()
    hands.type("They rang about both.")
    hands.key(Qt.Key.Key_M, ALT)
    hands.key(Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: opened.window.frame is None)
    assert not any("rang about both" in box.toPlainText() for box in QApplication.allWidgets()
                   if isinstance(box, TextBox))  # fmt: skip
    unlock(opened, qtbot, full_folder, PASSPHRASE)
    again = log_open(qtbot)
    assert again is not log
    assert list(again.women.women()) == [PUCE, UMBER]
    assert again.questions["summary"].answer() == "They rang about both."
    assert again.questions["withheld_from"].answer() == ("mother",)


def test_a_lock_in_the_middle_of_an_answer_comes_back_to_that_answer(opened, qtbot, full_folder):
    put(opened, "contact", PUCE, at="2026-01-20T10:00", kind="email", summary="Asked.", waiting_for="The care plan")
    hands = Hands()
    hands.key(Qt.Key.Key_R, CTRL)
    page = opened.window.frame.page("awaited")
    qtbot.waitUntil(lambda: bool(page.lines()) and page.lines()[0].line.hasFocus())
    hands.key(Qt.Key.Key_A)
    log = log_open(qtbot)
    log.questions["summary"].editor.box.setFocus()
    hands.type("Half an ans")
    hands.key(Qt.Key.Key_L, CTRL)
    qtbot.waitUntil(lambda: opened.window.frame is None)
    unlock(opened, qtbot, full_folder, PASSPHRASE)
    again = log_open(qtbot)
    assert again.questions["summary"].answer() == "Half an ans"
    assert "Answer to: The care plan" in again.aim_note.text()
