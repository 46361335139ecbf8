"""The strip of months: of a month with many contacts it says how many are not drawn."""

from PySide6.QtGui import QImage

from tac_desktop.ui.month_strip import MonthOfMarks, MonthStrip, shown_marks


def picture(kit, qtbot, count: int) -> QImage:
    strip = MonthStrip(kit, [MonthOfMarks("Oct", ("happened",) * count)], "October")
    qtbot.addWidget(strip)
    strip.resize(strip.sizeHint())
    return strip.grab().toImage()


def test_a_month_with_more_contacts_than_there_is_room_for_says_how_many_are_left_out(kit, qtbot):
    assert shown_marks(("happened",) * 8) == (("happened",) * 8, 0)
    assert shown_marks(("happened",) * 12) == (("happened",) * 7, 5)
    assert picture(kit, qtbot, 12) != picture(kit, qtbot, 8)
    assert picture(kit, qtbot, 12) != picture(kit, qtbot, 13)
