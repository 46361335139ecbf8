"""Logging a contact: one window from anywhere, by keyboard alone, in few keys, losing nothing."""

import pytest
from at_bench import NOW, put
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tac_desktop.ui.contact_desk import ContactDesk
from tac_desktop.ui.kind_editor import COMMONEST

WORDS = "Met Puce on Juniper. She is worried about speaking by video."


@pytest.fixture
def mothers(bench):
    """Two mothers, the first with two children."""
    puce = put(bench, "mother", reference="TAC-00231", name="Puce Anchor", prison="EP", prison_number="Z4821ZZ")
    put(bench, "child", puce, name="Mauve Anchor", date_of_birth="2019-03-27")
    put(bench, "child", puce, name="Teal Anchor", date_of_birth="2022-01-05")
    umber = put(bench, "mother", reference="TAC-00007", name="Umber Lantern", prison="EP", prison_number="Z1000ZZ")
    return puce, umber


@pytest.fixture
def frame(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def desk(bench, frame, mothers) -> ContactDesk:
    return ContactDesk(bench, frame)


class Hands:
    """Presses keys into whatever has the keyboard, and counts them."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.pressed = 0

    def key(self, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.pressed += 1
        QTest.keyClick(self.window.focusWidget() or self.window, key, with_)

    def type(self, text: str, *, count: bool = True) -> None:
        self.pressed += len(text) if count else 0
        QTest.keyClicks(self.window.focusWidget(), text)

    def tab_to(self, widget: QWidget) -> None:
        for _ in range(40):
            if widget.hasFocus():
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError("The keyboard does not reach it.")


def show(desk: ContactDesk, qtbot, case_file: str = "") -> Hands:
    desk.open(case_file)
    qtbot.waitUntil(desk.window.isActiveWindow)
    return Hands(desk.window)


def contacts(bench, case_file: str):
    return bench.store.records("contact", case_file)


def test_a_contact_is_logged_by_keyboard_alone_in_at_most_twenty_keys_beside_its_words(desk, bench, qtbot, mothers):
    hands = show(desk, qtbot)
    hands.type("puc")
    hands.key(Qt.Key.Key_Return)
    hands.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    hands.tab_to(desk.window.questions["summary"].editor.box)
    hands.type(WORDS, count=False)
    with qtbot.waitSignal(desk.saved):
        hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    [contact] = contacts(bench, mothers[0])
    assert contact.answers == {"at": NOW, "kind": "one_to_one", "with_whom": ("mother",), "summary": WORDS}
    assert hands.pressed <= 20, hands.pressed


def test_from_a_case_file_the_mother_is_known_and_fewer_keys_are_needed(desk, bench, qtbot, mothers):
    hands = show(desk, qtbot, mothers[1])
    hands.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hands.tab_to(desk.window.questions["summary"].editor.box)
    hands.type(WORDS, count=False)
    with qtbot.waitSignal(desk.saved):
        hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert contacts(bench, mothers[1])[0].text("kind") == "phone"
    assert hands.pressed <= 14, hands.pressed


def test_everything_can_be_said_by_keyboard_with_an_earlier_day_others_and_children(desk, bench, qtbot, mothers):
    hands = show(desk, qtbot, mothers[0])
    window = desk.window
    day = window.questions["at"].editor.stops()[0]
    window.questions["at"].take_keyboard()
    day.selectAll()
    hands.type("y")
    hands.key(Qt.Key.Key_Tab)
    hands.type("930")
    hands.key(Qt.Key.Key_8, Qt.KeyboardModifier.AltModifier)
    hands.tab_to(window.questions["with_whom"].editor.lookup)
    hands.type("Solicitor / barrister")
    hands.key(Qt.Key.Key_Return)
    second = window.questions["children"].editor.stops()[1]
    hands.tab_to(second)
    hands.key(Qt.Key.Key_Space)
    hands.tab_to(window.questions["summary"].editor.box)
    hands.type(WORDS, count=False)
    hands.tab_to(window.questions["follow_up_by"].editor.stops()[0])
    hands.type("+7")
    with qtbot.waitSignal(desk.saved):
        hands.key(Qt.Key.Key_Enter, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.KeypadModifier)
    [contact] = contacts(bench, mothers[0])
    teal = next(child.id for child in bench.store.records("child", mothers[0]) if child.text("name") == "Teal Anchor")
    assert contact.answers == {
        "at": "2026-03-11T09:30", "kind": "contact_attempt", "with_whom": ("solicitor",), "children": (teal,),
        "summary": WORDS, "follow_up_by": "2026-03-19",
    }  # fmt: skip


@pytest.mark.parametrize("number", range(1, 9))
def test_alt_and_a_figure_choose_the_kind_wherever_the_keyboard_is(desk, qtbot, mothers, number):
    hands = show(desk, qtbot, mothers[0])
    desk.window.questions["summary"].editor.box.setFocus()
    hands.key(Qt.Key(Qt.Key.Key_0 + number), Qt.KeyboardModifier.AltModifier)
    assert desk.window.questions["kind"].answer() == COMMONEST[number - 1][0]
    assert desk.window.questions["summary"].answer() is None


@pytest.mark.parametrize(("key", "name"), [(Qt.Key.Key_N, "summary"), (Qt.Key.Key_A, "waiting_for")])
def test_a_key_leads_to_what_is_written_most_and_brings_it_into_view(desk, qtbot, mothers, key, name):
    hands = show(desk, qtbot, mothers[0])
    desk.window.resize(700, 420)
    question = desk.window.questions[name]
    assert question.visibleRegion().boundingRect().height() < question.height()
    hands.key(key, Qt.KeyboardModifier.AltModifier)
    assert question.editor.stops()[0].hasFocus()
    assert question.visibleRegion().boundingRect().height() == question.height()


def test_a_kind_of_which_a_part_was_typed_is_taken_when_one_goes_on(desk, qtbot, mothers):
    hands = show(desk, qtbot, mothers[0])
    kind = desk.window.questions["kind"].editor
    kind.lookup.line().setFocus()
    hands.type("written adv")
    assert kind.answer() == "advocacy_written"
    QTest.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Tab)
    hands.tab_to(desk.window.questions["summary"].editor.box)
    assert kind.lookup.code() == "advocacy_written"


def test_a_mother_whose_name_is_misspelt_is_offered_all_the_same(desk, qtbot, mothers):
    hands = show(desk, qtbot)
    hands.type("umbur lanten")
    hands.key(Qt.Key.Key_Return)
    assert list(desk.window.women.women()) == [mothers[1]]


def test_a_kind_that_has_no_key_is_found_by_typing(desk, qtbot, mothers):
    hands = show(desk, qtbot, mothers[0])
    kind = desk.window.questions["kind"].editor
    hands.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    kind.lookup.line().setFocus()
    hands.type("Written advocacy")
    assert kind.answer() == "advocacy_written"
    hands.key(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert kind.answer() == "email"
    assert kind.lookup.code() == ""


def test_what_is_missing_is_said_in_place_and_nothing_is_lost(desk, bench, qtbot, mothers):
    hands = show(desk, qtbot)
    desk.window.questions["summary"].editor.box.setFocus()
    hands.type(WORDS)
    hands.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    words = [link.accessibleName() for link in desk.window.summary.links]
    assert words == ["Choose whom this is about.", "Answer ‘Kind of contact’."]
    assert desk.window.summary.hasFocus()
    QTest.keyClick(desk.window.summary.links[0], Qt.Key.Key_Return)
    assert desk.window.who.hasFocus()
    assert desk.window.questions["summary"].answer() == WORDS
    assert contacts(bench, mothers[0]) == []


def test_esc_keeps_what_was_typed_and_the_window_brings_it_back(desk, bench, qtbot, mothers):
    hands = show(desk, qtbot, mothers[0])
    hands.key(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    desk.window.questions["summary"].editor.box.setFocus()
    hands.type(WORDS)
    hands.key(Qt.Key.Key_Escape)
    again = ContactDesk(bench, desk.window.parentWidget())
    show(again, qtbot)
    assert again.window.who.case_file() == mothers[0]
    assert again.window.questions["summary"].answer() == WORDS
    assert again.window.questions["kind"].answer() == "letter"
    assert again.window.restored.isVisible()


def test_by_mouse_the_same_contact_is_logged(desk, bench, qtbot, mothers):
    show(desk, qtbot, mothers[0])
    window = desk.window
    QTest.mouseClick(window.questions["kind"].editor.chips["meeting"], Qt.MouseButton.LeftButton)
    child = window.questions["children"].editor.stops()[0]
    QTest.mouseClick(child, Qt.MouseButton.LeftButton, pos=child.rect().center() * 0.2)
    QTest.mouseClick(window.questions["summary"].editor.box.viewport(), Qt.MouseButton.LeftButton)
    QTest.keyClicks(window.focusWidget(), WORDS)
    with qtbot.waitSignal(desk.saved):
        QTest.mouseClick(window.foot.save, Qt.MouseButton.LeftButton)
    [contact] = contacts(bench, mothers[0])
    assert contact.text("kind") == "meeting"
    assert len(contact.answers["children"]) == 1


def test_in_a_low_window_the_question_with_the_keyboard_is_in_view(desk, qtbot, mothers):
    desk.window.resize(700, 260)
    show(desk, qtbot, mothers[0])

    def is_in_view() -> bool:
        at, view = desk.window.focusWidget(), desk.window._area.viewport()
        top = at.mapTo(view, at.rect().topLeft()).y()
        return top >= 0 and top + at.height() <= view.height()

    qtbot.waitUntil(is_in_view)


def test_a_draft_about_another_woman_than_the_one_from_whom_one_came_says_so(desk, bench, frame, qtbot, mothers):
    puce, umber = mothers
    show(desk, qtbot, puce)
    desk.window.questions["summary"].show_answer(WORDS)
    desk.window._clock.touch()
    desk.window.reject()
    again = ContactDesk(bench, frame)
    show(again, qtbot, umber)
    told = "This is about Puce Anchor, and not about Umber Lantern, from whose case file you came."
    assert told in again.window.notices.words()
    again.window.women.choose({umber: again._words(umber)})
    qtbot.waitUntil(lambda: told not in again.window.notices.words())
