"""Garbage with widgets in it is destroyed by the window's thread, whoever made it."""

import gc
import threading
import weakref

from PySide6.QtWidgets import QWidget
from shiboken6 import delete

from tac_desktop.ui import collector
from tac_desktop.ui.collector import Collector, leave_out_what_lasts


class _Ring(QWidget):
    """A widget that refers to itself, so that only the collector frees it."""

    def __init__(self) -> None:
        super().__init__()
        self.me = self


def test_a_thread_that_allocates_destroys_no_widget(qapp):
    owner = Collector()
    gone = weakref.ref(_Ring())
    busy = threading.Thread(target=lambda: [[number] for number in range(200_000)])
    busy.start()
    busy.join()
    assert gone() is not None
    owner.deleteLater()
    gc.collect()
    assert gone() is None


def test_what_is_due_is_collected_in_the_end(qapp, qtbot):
    owner = Collector()
    gone = weakref.ref(_Ring())
    made = [[number] for number in range(2_000)]
    qtbot.waitUntil(lambda: gone() is None)
    assert made
    owner.deleteLater()


def test_nobody_is_held_up_by_a_search_while_typing_and_after_a_minute_it_is_made_all_the_same(qapp, monkeypatch):
    idle = 0.2
    owner = Collector(idle=lambda: idle)
    gone = weakref.ref(_Ring())
    made = [[number] for number in range(2_000)]
    owner.collect()
    assert gone() is not None
    idle = 1.5
    owner.collect()
    assert gone() is None
    idle, gone = 0.2, weakref.ref(_Ring())
    made += [[number] for number in range(2_000)]
    owner.collect()
    assert gone() is not None
    monkeypatch.setattr(collector, "LONGEST", 0)
    owner.collect()
    assert gone() is None
    owner.deleteLater()


def test_what_is_made_before_anything_is_open_is_looked_through_no_more_and_what_is_made_later_is(qapp, qtbot):
    owner = Collector()
    lasts = _Ring()
    leave_out_what_lasts()
    gone, later = weakref.ref(lasts), weakref.ref(_Ring())
    del lasts
    made = [[number] for number in range(2_000)]
    qtbot.waitUntil(lambda: later() is None)
    assert gone() is not None
    delete(gone())  # not gc.unfreeze: garbage of other tests would come back, and widgets go in any order
    assert made
    owner.deleteLater()
