"""Parts below one another: what comes later comes in its order, for the eye and for the Tab key."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QVBoxLayout, QWidget
from seen import is_built

from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.parts_page import PartsPage
from tac_desktop.ui.record_list import LineButton, RecordLine


class Part(QFrame):
    """A part of five lines, of which so many are there at once."""

    def __init__(self, kit: Kit, name: str, at_once: int | None = None) -> None:
        super().__init__()
        inside = QVBoxLayout(self)
        lines = (LineButton(kit, RecordLine(f"{name} {number}", f"{name} {number}", "")) for number in range(5))
        InTurns(self).put_cards(inside, lines, at_once)


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def page(window, kit, qtbot) -> PartsPage:
    """An empty page in a window, with a button above it and one below it."""
    made = PartsPage(kit)
    column = QVBoxLayout(window)
    for part in (QPushButton("above"), kit.scroll(made), QPushButton("below")):
        column.addWidget(part)
    window.resize(400, 900)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return made


def names(parts: str) -> list[str]:
    return [f"{part} {number}" for part in parts for number in range(5)]


def stops(page: PartsPage) -> list[str]:
    """Return the names of the lines in the order in which Tab comes to them."""
    lines, found = {id(line) for line in page.findChildren(LineButton)}, list[str]()
    [above] = [one for one in page.window().findChildren(QPushButton) if one.text() == "above"]
    above.setFocus()
    for _ in range(60):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        at = QApplication.focusWidget()
        if id(at) in lines:
            assert isinstance(at, LineButton)
            found.append(at.record_id)
        if at is above:
            break
    return found


def on_page(page: PartsPage) -> list[str]:
    """Return the names of the lines that are shown, from top to bottom."""
    lines = [line for line in page.findChildren(LineButton) if line.isVisible()]
    return [line.record_id for line in sorted(lines, key=lambda line: line.mapTo(page, line.rect().topLeft()).y())]


def test_the_first_part_is_there_at_once_and_the_others_come_below_it(page, kit, qtbot):
    page.put((Part(kit, name) for name in "abc"), 1)
    assert on_page(page) == names("a")
    qtbot.waitUntil(lambda: is_built(page))
    QApplication.processEvents()
    assert on_page(page) == names("abc")
    assert stops(page) == names("abc")


def test_where_no_number_is_named_all_parts_are_there_at_once(page, kit):
    page.put(Part(kit, name) for name in "abc")
    assert is_built(page)
    QApplication.processEvents()
    assert on_page(page) == names("abc")


def test_a_part_that_is_long_itself_is_whole_before_the_next_one_begins(page, kit, qtbot):
    made = list[str]()

    def parts() -> Iterator[QWidget]:
        for name in "ab":
            made.append(name)
            yield Part(kit, name, at_once=1)

    page.put(parts(), 1)
    assert made == ["a"]
    qtbot.waitUntil(lambda: is_built(page))
    QApplication.processEvents()
    assert on_page(page) == names("ab")
    assert stops(page) == names("ab")


def test_a_part_that_hides_itself_stays_hidden(page, kit):
    hidden = Part(kit, "a")
    hidden.hide()
    page.put([hidden, Part(kit, "b")])
    QApplication.processEvents()
    assert on_page(page) == names("b")


def test_of_a_page_that_is_left_nothing_more_is_built(page, kit, qtbot):
    made = list[str]()

    def parts() -> Iterator[QWidget]:
        for name in "abc":
            made.append(name)
            yield Part(kit, name, at_once=1)

    page.put(parts(), 1)
    page.stop()
    qtbot.wait(50)
    assert made == ["a"]
    assert on_page(page) == ["a 0"]


def test_the_line_that_came_late_has_the_keyboard_as_soon_as_all_is_there(page, kit, qtbot):
    page.put((Part(kit, name) for name in "ab"), 1)
    page.take_keyboard("b 3")
    at = QApplication.focusWidget()
    assert isinstance(at, LineButton)
    assert at.record_id == "a 0"
    qtbot.waitUntil(lambda: is_built(page))
    at = QApplication.focusWidget()
    assert isinstance(at, LineButton)
    assert at.record_id == "b 3"


def test_who_has_moved_on_meanwhile_keeps_the_keyboard_where_it_is(page, kit, qtbot):
    page.put((Part(kit, name) for name in "ab"), 1)
    page.take_keyboard("b 3")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: is_built(page))
    at = QApplication.focusWidget()
    assert isinstance(at, LineButton)
    assert at.record_id == "a 1"
