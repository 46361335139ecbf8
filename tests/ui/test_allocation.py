"""Three social workers in a year, who is it now, was she told, and the letter out: by keyboard, counted."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.allocation_pane import AllocationPane
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.print_screen import PrintScreen

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
CASE = case_file_id("TAC-00003")


def put(desktop: Any, form: str, case_file: str = "", **answers: Any) -> str:
    bench = desktop.window.work.bench
    now = datetime.fromisoformat(bench.now()).astimezone()
    return save_answers(bench.store, bench.person, forms.ALL[form], answers=answers, now=now, case_file=case_file)


class Keys:
    """A person at the keyboard who counts."""

    def __init__(self) -> None:
        self.pressed = 0

    def key(self, which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), which, with_)
        self.pressed += 1

    def type(self, text: str) -> None:
        for letter in text:
            QTest.keyClicks(QApplication.focusWidget(), letter)
        self.pressed += len(text)

    def tab_to(self, found: Any) -> None:
        for _ in range(40):
            if found(QApplication.focusWidget()):
                return
            self.key(Qt.Key.Key_Tab)
        raise AssertionError(QApplication.focusWidget())


def says(words: str) -> Any:
    return lambda widget: isinstance(widget, QPushButton) and widget.text() == words


def text_of(pane: QWidget) -> str:
    return " | ".join(label.text() for label in pane.findChildren(QLabel))


def screen_of(desktop: Any) -> CaseScreen:
    page = desktop.window.frame.page(desktop.window.frame.current())
    assert isinstance(page, CaseScreen)
    return page


def pane_of(desktop: Any) -> AllocationPane:
    return screen_of(desktop).findChildren(AllocationPane)[-1]


def test_three_social_workers_in_a_year_who_is_it_now_and_the_letter_out(opened, qtbot):
    for name in ("Umber Kettle", "Ochre Saddle", "Sepia Trowel"):
        put(opened, "professional", name=name, prison="EP", role="childrens_sw", local_authority="kent", phone="01234")
    put(opened, "prison_rules", prison="EP", named_worker="Sage Beacon", phone="01234 555666")
    put(opened, "child", CASE, name="Teal Anchor", date_of_birth="2019-03-27")
    opened.window.work.cases.open_case(CASE)
    screen_of(opened).arrive()
    keys = Keys()

    keys.type("so")  # the section that begins so
    assert "Not recorded" in text_of(pane_of(opened))
    for name, since, words in (
        ("umb", "1 2 26", "It is known who it is"), ("och", "1 5 26", "Somebody else now"),
        ("sep", "2 8 26", "Somebody else now"),
    ):  # fmt: skip
        keys.tab_to(says(words))
        keys.key(Qt.Key.Key_Space)
        keys.type(name)
        keys.key(Qt.Key.Key_Return)
        form = screen_of(opened).open_form().screen
        keys.tab_to(lambda widget, form=form: widget in form.body.questions["from_date"].editor.stops())
        for place, part in enumerate(since.split()):
            if place:
                keys.key(Qt.Key.Key_Tab)
            keys.type(part)
        keys.key(Qt.Key.Key_Return, CTRL)
        keys.key(Qt.Key.Key_Left, ALT)

    told = text_of(pane_of(opened))
    assert "Sepia Trowel" in told
    assert "since 2 August 2026 · Kent · 01234" in told
    assert "she was not told" in told
    assert "Changed 2 times. Before: Ochre Saddle (from 1 May 2026) and Umber Kettle (from 1 February 2026)." in told

    keys.tab_to(says("She was told today"))
    keys.key(Qt.Key.Key_Space)
    assert "she was told" in text_of(pane_of(opened))
    assert "she was not told" not in text_of(pane_of(opened))
    keys.tab_to(says("Letter that introduces us"))
    keys.key(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(opened.window.frame.findChildren(PrintScreen)))

    workers = opened.window.work.bench.store.records("childrens_social_worker", CASE)
    assert [one.text("name") for one in workers] == ["Umber Kettle", "Ochre Saddle", "Sepia Trowel"]
    assert keys.pressed <= 66, keys.pressed


def test_that_nobody_knows_is_said_in_two_keys_and_named_again_from_there(opened, qtbot):
    child = put(opened, "child", CASE, name="Teal Anchor", date_of_birth="2019-03-27")
    put(opened, "childrens_social_worker", CASE, name="Umber Kettle", children=(child,), from_date="2026-02-01",
        mother_told="2026-02-02")  # fmt: skip
    opened.window.work.cases.open_case(CASE)
    screen_of(opened).show_section("social_workers")
    lost = next(button for button in pane_of(opened).buttons if button.text() == "Nobody knows who it is")
    qtbot.waitUntil(opened.window.isActiveWindow)  # before that a window hears no shortcut
    lost.setFocus()
    keys = Keys()
    keys.key(Qt.Key.Key_Space)
    keys.key(Qt.Key.Key_Return, CTRL)
    assert keys.pressed == 2
    screen_of(opened).show_section("social_workers")
    qtbot.waitUntil(lambda: "Nobody knows who it is | since today" in text_of(pane_of(opened)))
    assert "before that" not in text_of(pane_of(opened))
    assert "Before: Umber Kettle" in text_of(pane_of(opened))


def test_what_the_directory_fills_in_never_takes_the_place_of_what_was_typed(opened, qtbot):
    del qtbot
    for name, phone in (("Umber Kettle", "111"), ("Ochre Saddle", "222")):
        put(opened, "professional", name=name, prison="EP", role="childrens_sw", phone=phone, local_authority="kent")
    opened.window.work.cases.open_case(CASE)
    screen_of(opened).open_new("childrens_social_worker")
    body = screen_of(opened).open_form().screen.body
    body.questions["phone"].editor.line.setFocus()
    QTest.keyClicks(body.questions["phone"].editor.line, "999")
    line = body.questions["professional"].editor.line
    line.setFocus()
    for typed in ("umb", "och"):
        line.selectAll()
        QTest.keyClicks(line, typed)
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert body.questions["name"].answer() == "Ochre Saddle"
    assert body.questions["phone"].answer() == "999"
    line.selectAll()
    QTest.keyClicks(line, "Nobody at all")
    assert body.questions["professional"].answer() == "Nobody at all"
    screen_of(opened).open_new("contact")
    who = screen_of(opened).open_form().screen.body.questions["who"]
    who.editor.line.setFocus()
    QTest.keyClicks(who.editor.line, "och")
    for which in (Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(QApplication.activePopupWidget() or who.editor.line, which)
    assert who.answer() == "Ochre Saddle"
    who.editor.line.selectAll()
    QTest.keyClicks(who.editor.line, "och, a neighbour")
    QTest.keyClick(who.editor.line, Qt.Key.Key_Return)
    assert who.answer() == "och, a neighbour"
    assert body.questions["name"].answer() == "Ochre Saddle"


def choose(body: Any, typed: str) -> None:
    line = body.questions["professional"].editor.line
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, typed)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_nobody_is_rung_up_under_the_number_of_who_was_chosen_before(opened, qtbot):
    del qtbot
    umber = put(opened, "professional", name="Umber Kettle", prison="EP", role="childrens_sw", phone="111")
    put(opened, "professional", name="Ochre Saddle", prison="EP", role="childrens_sw", email="ochre@example.org")
    child = put(opened, "child", CASE, name="Teal Anchor", date_of_birth="2019-03-27")
    kept = put(opened, "childrens_social_worker", CASE, name="Umber Kettle", professional=umber, phone="111",
               children=(child,), from_date="2026-02-01")  # fmt: skip
    opened.window.work.cases.open_case(CASE)
    screen_of(opened).open_new("childrens_social_worker")
    body = screen_of(opened).open_form().screen.body
    for typed, phone, email in (("umb", "111", None), ("och", None, "ochre@example.org"), ("umb", "111", None)):
        choose(body, typed)
        assert (body.questions["phone"].answer(), body.questions["email"].answer()) == (phone, email)
    screen_of(opened).open_record("childrens_social_worker", kept)
    body = screen_of(opened).open_form().screen.body
    choose(body, "och")
    assert (body.questions["name"].answer(), body.questions["phone"].answer()) == ("Ochre Saddle", None)
