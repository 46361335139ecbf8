"""Letterbox contact, from the draft of a letter to the answer: by keyboard alone, with what must not go held up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from way_in import unlock

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.letter_check_dialog import LetterCheck
from tac_desktop.ui.letterbox_parts import LetterboxInCase
from tac_desktop.ui.record_list import LineButton
from tac_desktop.ui.text_editor import TextBox

CTRL = Qt.KeyboardModifier.ControlModifier
CASE = case_file_id("TAC-90001")
LETTER = "letterbox_letter"
DRAFT = "Dear Mauve, is Mrs Saddle well? Your Mum."
MENDED = "Dear Mauve, is the dog well? Your Mum."


class Keys:
    """Presses keys where the keyboard is, and counts them."""

    def __init__(self) -> None:
        self.pressed = 0

    def press(self, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.pressed += 1
        QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, with_)

    def finds(self, wanted) -> bool:
        """Say whether something that is wanted is on the screen."""
        return any(
            wanted(button) and button.isVisible() for button in QApplication.activeWindow().findChildren(QPushButton)
        )

    def back(self, screen: CaseScreen) -> None:
        """Go back from a form to its section."""
        self.press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
        assert screen.place() == "letterbox"

    def tab_to(self, wanted) -> QWidget:
        """Press Tab until the keyboard is on something that is wanted."""
        for _ in range(150):
            focused = QApplication.focusWidget()
            if focused is not None and wanted(focused):
                return focused
            self.press(Qt.Key.Key_Tab)
        raise AssertionError("The keyboard does not reach it.")


def named(words: str):
    return lambda widget: (
        isinstance(widget, QPushButton) and (widget.accessibleName() or widget.text()).startswith(words)
    )


def a_letterbox(store, person) -> None:
    """Write down a woman whose two children have a letterbox each: she writes to one now, one letter to her is late."""
    today = date.fromisoformat(datetime.now(UTC).date().isoformat())
    before = today.replace(day=1) - timedelta(days=1)

    def put(form: str, **answers: object) -> str:
        return save_answers(
            store, person, forms.ALL[form], answers=answers, now=datetime.now(UTC).astimezone(), case_file=CASE
        )

    save_answers(store, person, forms.ALL["mother"], now=datetime.now(UTC).astimezone(),
                 answers={"reference": "TAC-90001", "name": "Puce Anvil", "prison": "EP"})  # fmt: skip
    agreed = {"agency_name": "Letterbox service", "agreed_on": before.replace(day=1).isoformat()}
    month = f"{today:%m}"
    mauve = put("child", name="Mauve Anvil", date_of_birth="2019-03-27")
    put("placement", child=mauve, carer="Olive Saddle, foster carer", arrangement="foster_care")
    put("letterbox_agreement", child=mauve, her_months=(month,), their_months=(month,), first_names_only=True, **agreed)
    teal = put("child", name="Teal Anvil", date_of_birth="2021-05-02")
    put("letterbox_agreement", child=teal, their_months=(f"{before:%m}",), **agreed)


def on_top(kind: type) -> bool:
    return isinstance(QApplication.activeWindow(), kind)


def page_of(desktop) -> QWidget:
    return desktop.window.frame.page(desktop.window.frame.current())


def in_front(qtbot, screen: CaseScreen) -> None:
    """Bring the window to the front again, as a desktop does by itself when a window over it has closed."""
    screen.window().activateWindow()
    qtbot.waitUntil(screen.window().isActiveWindow)


def writing(qtbot, screen: CaseScreen) -> TextBox:
    """Return the box with the words of a letter, once the keyboard is in it."""
    in_front(qtbot, screen)
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), TextBox))
    return QApplication.focusWidget()


@pytest.fixture
def written(desktop, qtbot, vault_folder):
    """The desktop with a vault in which one woman has two letterboxes, on the page of today."""
    unlock(desktop, qtbot, vault_folder)
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    bench = desktop.window.work.bench
    a_letterbox(bench.store, bench.person)
    desktop.window.work.changed()
    desktop.window.frame.go("today")
    return desktop


def test_a_letter_goes_from_draft_to_answer_by_keyboard_and_a_late_one_stands_on_today(written, qtbot):
    bench, keys = written.window.work.bench, Keys()
    qtbot.waitUntil(lambda: keys.finds(named("Puce Anvil, Letterbox letter to her, ")))
    assert "overdue" in keys.tab_to(named("Puce Anvil, Letterbox letter to her, ")).accessibleName()
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(page_of(written), CaseScreen))
    screen = page_of(written)
    keys.tab_to(lambda w: isinstance(w, LineButton) and w.accessibleName().startswith("Letterbox letter to her"))
    keys.press(Qt.Key.Key_Return)
    assert screen.place() == "letterbox"
    reached, keys.pressed = keys.pressed, 0

    keys.tab_to(named("Write it: Mauve Anvil, "))
    keys.press(Qt.Key.Key_Return)
    QTest.keyClicks(writing(qtbot, screen), DRAFT)
    keys.press(Qt.Key.Key_Return, CTRL)
    [letter] = bench.store.records(LETTER, CASE)
    assert letter.text("draft") == DRAFT
    keys.back(screen)

    keys.tab_to(named("Check it: Mauve Anvil, "))
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: on_top(LetterCheck))
    check = QApplication.activeWindow()
    assert [found.words for found in check.read.found] == ["Saddle"]
    assert not check.go_on.isEnabled()
    keys.press(Qt.Key.Key_Return, CTRL)
    assert on_top(LetterCheck)
    keys.tab_to(named("Change the letter"))
    keys.press(Qt.Key.Key_Return)
    box = writing(qtbot, screen)
    box.selectAll()
    QTest.keyClicks(box, MENDED)
    keys.press(Qt.Key.Key_Return, CTRL)
    keys.back(screen)
    keys.tab_to(named("Check it: Mauve Anvil, "))
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: on_top(LetterCheck))
    assert QApplication.activeWindow().read.found == ()
    keys.press(Qt.Key.Key_Return, CTRL)

    in_front(qtbot, screen)
    qtbot.waitUntil(lambda: keys.finds(named("It went today: Mauve Anvil, ")))
    keys.tab_to(named("It went today: Mauve Anvil, "))
    keys.press(Qt.Key.Key_Return)
    [letter], said = bench.store.records(LETTER, CASE), written.messages.shown[-1]
    assert (letter.text("sent_on"), said.text[-15:], said.undo) == (bench.today(), " It went today.", True)
    for step in ("It came today: Mauve Anvil, ", "She has it today: Mauve Anvil, "):
        keys.tab_to(named(step))
        keys.press(Qt.Key.Key_Return)
    answer = next(one for one in bench.store.records(LETTER, CASE) if one.text("direction") == "to_mother")
    assert (answer.text("received_on"), answer.text("shown_on")) == (bench.today(), bench.today())
    assert len(bench.store.records("letterbox_check", CASE)) == 1
    assert reached <= 4, reached
    assert keys.pressed <= 26, keys.pressed


def test_a_step_by_one_key_leaves_what_came_from_a_colleague_since_the_page_was_shown(written, qtbot):
    bench = written.window.work.bench
    [agreement] = [one for one in bench.store.records("letterbox_agreement", CASE) if not one.answers.get("her_months")]
    month = f"{agreement.text('agreed_on')[:7]}"
    answers = {"agreement": agreement.id, "month": month, "direction": "to_mother", "received_on": bench.today()}

    def save(**more: object) -> str:
        return save_answers(
            bench.store, bench.person, forms.ALL[LETTER], answers=answers | more, record_id=letter, case_file=CASE,
            now=datetime.now(UTC).astimezone(),
        )  # fmt: skip

    letter = ""
    letter = save(reaction="It was short.")
    written.window.work.cases.open_case(CASE, "letterbox")
    screen = page_of(written)
    qtbot.waitUntil(lambda: Keys().finds(named("She has it today: Teal Anvil, ")))
    save(reaction="It was short, and there was a picture in it.")  # as a bundle brings it: the page is not told
    step = next(one for one in screen.findChildren(QPushButton) if named("She has it today: Teal Anvil, ")(one))
    QTest.mouseClick(step, Qt.MouseButton.LeftButton)
    found = bench.store.record(letter)
    assert (found.text("shown_on"), found.text("reaction")) == (
        bench.today(), "It was short, and there was a picture in it."
    )  # fmt: skip


def test_letters_stand_by_their_month_whether_they_came_or_went_and_the_year_one_leads_to_is_told(written):
    bench = written.window.work.bench
    agreement = bench.store.records("letterbox_agreement", CASE)[0].id
    for month, way in (("2025-03", {"direction": "from_mother", "sent_on": "2025-03-10"}),
                       ("2025-01", {"direction": "to_mother", "received_on": "2025-04-20"}),
                       ("2025-02", {"direction": "from_mother"})):  # fmt: skip
        save_answers(bench.store, bench.person, forms.ALL[LETTER], now=bench.moment(), case_file=CASE,
                     answers={"agreement": agreement, "month": month, **way})  # fmt: skip
    written.window.work.cases.open_case(CASE)
    screen = page_of(written)
    assert [line.title for line in screen.desk.lines(LETTER)] == ["March 2025", "February 2025", "January 2025"]
    screen.show_section("letterbox")
    year = screen.findChild(LetterboxInCase).years[agreement]
    now = int(bench.today()[:4])
    assert year.before.accessibleName() == f"The letters of {now - 1}, Mauve Anvil"
    year.before.click()
    assert year.after.accessibleName() == f"The letters of {now}, Mauve Anvil"
