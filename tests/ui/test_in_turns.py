"""What is long is built as the window's loop turns; Tab comes to it in the order of reading all the same."""

import pytest
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from tac_desktop.ui.in_turns import InTurns


def a_card(number: int) -> QWidget:
    card = QFrame()
    inside = QVBoxLayout(card)
    for name in ("open", "print"):
        inside.addWidget(QPushButton(f"{name} {number}"))
    return card


@pytest.fixture
def page(qtbot) -> tuple[QWidget, QVBoxLayout]:
    """A page with a place for cards, and a button below it."""
    made, cards = QWidget(), QFrame()
    column = QVBoxLayout(made)
    column.addWidget(cards)
    column.addWidget(QPushButton("below"))
    qtbot.addWidget(made)
    made.show()
    return made, QVBoxLayout(cards)


def stops(page: QWidget) -> list[str]:
    """Return the buttons in the order in which Tab comes to them, from the first card on."""
    found, widget = [], page.nextInFocusChain()
    while widget is not page:
        if isinstance(widget, QPushButton):
            found.append(widget.text())
        widget = widget.nextInFocusChain()
    first = found.index("open 0")
    return found[first:] + found[:first]


def test_the_first_cards_are_there_at_once_and_the_others_follow_while_the_loop_turns(page, qtbot):
    made, column = page
    building = InTurns(made)
    building.put_cards(column, map(a_card, range(40)), 3)
    assert column.count() == 3
    assert not building.is_over()
    qtbot.waitUntil(building.is_over)
    assert column.count() == 40


def test_tab_comes_to_what_was_built_later_before_what_stands_below(page, qtbot):
    made, column = page
    building = InTurns(made)
    building.put_cards(column, map(a_card, range(6)), 2)
    qtbot.waitUntil(building.is_over)
    assert stops(made) == [*(f"{name} {number}" for number in range(6) for name in ("open", "print")), "below"]


def test_what_is_built_anew_takes_the_place_of_what_was_not_finished(page, qtbot):
    made, _ = page
    building, built = InTurns(made), list[int]()

    def parts(first: int):
        for number in range(first, first + 100):
            built.append(number)
            yield

    building.build(parts(0), 1)
    building.build(parts(1000), 1)
    building.finish()
    assert built == [0, *range(1000, 1100)]
    assert building.is_over()


def test_all_of_it_is_there_at_once_where_no_number_is_named(page):
    made, column = page
    building = InTurns(made)
    building.put_cards(column, map(a_card, range(40)), None)
    assert column.count() == 40
    assert building.is_over()


@pytest.mark.parametrize("at_once", [None, 0, 1])
def test_what_stands_below_is_built_when_what_is_above_it_is_over(page, qtbot, at_once):
    made, _ = page
    above, building, built = InTurns(made), InTurns(made), list[str]()

    def parts(name: str, count: int):
        for number in range(count):
            built.append(f"{name} {number}")
            yield

    def all_parts():
        yield from parts("first", 1)
        above.build(parts("above", 3), 1)
        yield above
        yield from parts("below", 2)

    building.build(all_parts(), at_once)
    assert not building.is_over()
    qtbot.waitUntil(building.is_over)
    assert built == ["first 0", "above 0", "above 1", "above 2", "below 0", "below 1"]


def test_who_needs_all_of_it_now_gets_it_with_what_it_waits_for(page):
    made, _ = page
    above, building, built = InTurns(made), InTurns(made), list[int]()

    def parts(first: int):
        for number in range(first, first + 3):
            built.append(number)
            yield

    def all_parts():
        above.build(parts(0), 1)
        yield above
        yield from parts(10)

    building.build(all_parts())
    assert built == [0]
    building.finish()
    assert built == [0, 1, 2, 10, 11, 12]
    assert above.is_over()
    assert building.is_over()


def test_it_says_when_the_last_part_was_built_later_and_nothing_where_it_was_stopped(page, qtbot):
    made, column = page
    building, stopped, told = InTurns(made), InTurns(made), list[str]()
    building.over.connect(lambda: told.append("over"))
    stopped.over.connect(lambda: told.append("stopped"))
    building.put_cards(column, map(a_card, range(6)), 2)
    stopped.put_cards(column, map(a_card, range(6)), 2)
    stopped.stop()
    assert stopped.is_over()
    qtbot.waitUntil(building.is_over)
    assert told == ["over"]
    assert column.count() == 8


def test_what_waits_goes_on_where_something_short_takes_the_place_of_what_it_waits_for(page, qtbot):
    made, _ = page
    above, building = InTurns(made), InTurns(made)
    above.build(iter(range(100)), 1)
    building.build(iter([above, None]))
    assert not building.is_over()
    above.build(iter(range(2)))
    qtbot.waitUntil(building.is_over)
