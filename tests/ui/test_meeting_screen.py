"""The list of the weekly meeting where many wait: built as the loop turns, and read again without a jump."""

from collections.abc import Sequence

import pytest
from PySide6.QtWidgets import QApplication
from seen import is_built, tab_way

from tac_desktop.actions.waiting_list import Waiting
from tac_desktop.casework.waiting import Wait
from tac_desktop.ui.meeting_screen import MeetingScreen
from tac_desktop.ui.record_list import LineButton

TODAY = "2026-03-12"


def waiting(count: int) -> Sequence[Waiting]:
    return [
        Waiting(
            case_file=str(number), reference=f"TAC-{number:05}", name=f"Puce Anchor {number}", prison="EP", worker="",
            wait=Wait("2026-01-01", "undecided" if number % 2 else "new", "", ()), referral=None,
        )
        for number in range(count)
    ]  # fmt: skip


@pytest.fixture
def screen(kit, qtbot) -> MeetingScreen:
    made = MeetingScreen(kit)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_the_first_lines_are_there_at_once_and_tab_comes_to_all_in_their_order(screen, qtbot):
    screen.show_waiting(waiting(40), TODAY)
    assert 0 < len(screen.lines()) < 40
    qtbot.waitUntil(lambda: is_built(screen))
    order = [*range(0, 40, 2), *range(1, 40, 2)]
    assert [line.record_id for line in screen.lines()] == [str(number) for number in order]
    screen.lines()[0].setFocus()
    assert [stop for stop in tab_way(screen) if isinstance(stop, LineButton)] == screen.lines()


def test_whoever_is_further_down_sees_the_list_that_is_read_again_where_it_was(screen, qtbot):
    screen.show_waiting(waiting(40), TODAY)
    qtbot.waitUntil(lambda: is_built(screen))
    hers = screen.lines()[30].record_id
    screen.lines()[30].setFocus()
    screen._area.ensureWidgetVisible(screen.lines()[30])
    QApplication.processEvents()
    assert screen._area.verticalScrollBar().value() > 0
    screen.show_waiting(waiting(41), TODAY)
    assert [line.record_id for line in screen.lines() if line.hasFocus()] == [hers]
    QApplication.processEvents()
    [line] = [line for line in screen.lines() if line.hasFocus()]
    assert not line.visibleRegion().isEmpty()
