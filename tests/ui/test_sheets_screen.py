"""Blank forms: what is still being drawn when the vault is locked is shown to nobody."""

import threading

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from tac_desktop.ui.print_screen import PrintScreen


def test_a_sheet_that_is_drawn_while_the_vault_is_locked_disturbs_nobody(opened, qtbot):
    frame = opened.window.frame
    frame.go("sheets")
    begun, go_on = threading.Event(), threading.Event()

    def drawing():
        yield 0, 1
        begun.set()
        go_on.wait(10)
        return b"%PDF-1.7"

    [desk] = [one for one in opened.window.work.caseload._desks if hasattr(one, "_paper")]
    desk._paper.draw(drawing, "Form")
    del desk, frame
    assert begun.wait(10)
    shown: list[object] = []
    opened.messages.bug_found.connect(shown.append)
    opened.window.lock()
    go_on.set()
    qtbot.waitUntil(lambda: opened.window.frame is None)
    qtbot.waitUntil(lambda: not opened.lane.jobs())
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert shown == []
    assert [one for one in QApplication.topLevelWidgets() if isinstance(one, PrintScreen)] == []
