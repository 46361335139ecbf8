"""The progress of long work: the panel tells of the job that it follows, and of no other."""

import threading

from PySide6.QtWidgets import QApplication

from tac_desktop.ui.jobs import Job, Lane
from tac_desktop.ui.progress_panel import ProgressPanel


def test_a_job_that_gave_way_to_another_says_nothing_any_more(kit, qtbot):
    lane, panel, go_on = Lane(), ProgressPanel(kit), threading.Event()
    qtbot.addWidget(panel)

    def waiting():
        while not go_on.wait(0.01):
            yield 0, 1
        yield 1, 1

    first, second = Job(waiting), Job(waiting)
    lane.start(first)
    panel.follow(first, "First …")
    lane.start(second)
    panel.follow(second, "Second …")
    with qtbot.waitSignal(first.settled):
        first.cancel()
    QApplication.processEvents()
    assert panel._words.text() == "Second …"
    assert panel._stop.isVisible()
    with qtbot.waitSignal(second.settled):
        go_on.set()
    assert not panel._stop.isVisible()
    lane.stop()
