"""The ring around what has the keyboard outlives whatever goes away under it."""

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from tac_desktop.ui.app import Desktop
from tac_desktop.ui.focus import _Ring  # pyright: ignore[reportPrivateUsage] - it has no name outside


@pytest.fixture
def two(desktop: Desktop):
    """A window of its own with two buttons, one of which has the keyboard, by a key."""
    window = QWidget()
    column = QVBoxLayout(window)
    buttons = QPushButton("One"), QPushButton("Two")
    for button in buttons:
        column.addWidget(button)
    window.show()
    desktop.watch.by_key = True
    return window, buttons


def rings(window: QWidget) -> list[_Ring]:
    return window.findChildren(_Ring)


def test_a_ring_that_went_without_a_word_is_made_anew_and_nothing_goes_wrong(desktop, qtbot, two):
    window, (first, second) = two
    move = QApplication.instance().focusChanged
    move.emit(None, first)
    ring = rings(window)[0]
    ring.blockSignals(True)
    shiboken6.delete(ring)
    move.emit(first, second)
    assert [one.isVisibleTo(window) for one in rings(window)] == [True]
    window.close()


def test_a_window_that_went_without_a_word_takes_nothing_with_it(desktop, qtbot, two):
    window, (first, _) = two
    move = QApplication.instance().focusChanged
    move.emit(None, first)
    for one in (window, first, *rings(window)):
        one.blockSignals(True)
    shiboken6.delete(window)
    qtbot.wait(10)
    move.emit(None, None)
    other = QPushButton("Elsewhere")
    other.show()
    move.emit(None, other)
    assert rings(other)
    other.close()
