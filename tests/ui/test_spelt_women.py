"""Where thousands of women are known, a misspelt name is looked for in the lane: the window goes on meanwhile."""

import pytest
from PySide6.QtTest import QTest

from tac_desktop.ui import spelt_women
from tac_desktop.ui.caseload_screen import CaseloadScreen
from tac_desktop.ui.quick_log import QuickLog


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spelt_women, "_MANY", 10)


def test_a_misspelt_name_is_found_in_the_caseload_without_reading_in_the_windows_thread(opened, qtbot):
    page = opened.window.frame.go("caseload")
    assert isinstance(page, CaseloadScreen)
    page.search.setText("teall ankor")
    page.read()
    assert opened.lane.jobs()
    assert "spelt alike" not in page._subtitle.text()
    qtbot.waitUntil(lambda: "1 case with a name that is spelt alike" in page._subtitle.text())
    page.search.setText("umbar betlows")
    page.read()
    assert not opened.lane.jobs()  # what was read is remembered


def test_a_misspelt_name_is_offered_where_a_contact_is_logged_as_soon_as_it_is_known(opened, qtbot):
    opened.window.work.log_contact()
    log = opened.window.findChild(QuickLog)
    qtbot.waitUntil(log.isActiveWindow)
    QTest.keyClicks(log.who, "teall ankor")
    qtbot.waitUntil(lambda: any("Teal Anchor" in words for words in log.who._model.stringList()))
