"""Garbage with widgets in it is destroyed by the window's thread, whoever made it."""

import gc
import threading
import weakref

from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from tac_desktop.ui.collector import Collector, leave_out_what_lasts


class _Ring(QWidget):
    """A widget that refers to itself, so that only the collector frees it."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


def test_a_thread_that_allocates_destroys_no_widget(qapp):
    collector = Collector()
    gone = weakref.ref(_Ring())
    busy = threading.Thread(target=lambda: [[number] for number in range(200_000)])
    busy.start()
    busy.join()
    assert gone() is not None
    collector.deleteLater()
    gc.collect()
    assert gone() is None


def test_what_is_due_is_collected_in_the_end(qapp, qtbot):
    collector = Collector()
    gone = weakref.ref(_Ring())
    made = [[number] for number in range(2_000)]
    qtbot.waitUntil(lambda: gone() is None)
    assert made
    collector.deleteLater()


def test_what_is_made_before_anything_is_open_is_looked_through_no_more_and_what_is_made_later_is(qapp, qtbot):
    collector = Collector()
    lasts = _Ring()
    leave_out_what_lasts()
    gone, later = weakref.ref(lasts), weakref.ref(_Ring())
    del lasts
    made = [[number] for number in range(2_000)]
    qtbot.waitUntil(lambda: later() is None)
    assert gone() is not None
    delete(gone())  # not gc.unfreeze: garbage of other tests would come back, and widgets go in any order
    assert made
    collector.deleteLater()
