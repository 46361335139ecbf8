import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from tac_desktop.ui.clipboard import Clipboard
from tac_desktop.ui.focus import InputWatch
from tac_desktop.ui.lock import IdleLock


@pytest.fixture
def watch(qapp: QApplication):
    watch = InputWatch(qapp)
    yield watch
    qapp.removeEventFilter(watch)
    watch.deleteLater()


def pretend_idle(watch: InputWatch, seconds: float) -> None:
    watch.last.steady -= seconds
    watch.last.clock -= seconds


def told(lock: IdleLock) -> list[object]:
    notes: list[object] = []
    lock.warned.connect(notes.append)
    lock.calmed.connect(lambda: notes.append("calmed"))
    lock.expired.connect(lambda: notes.append("expired"))
    lock.start()
    return notes


def test_nothing_is_said_while_there_is_time(watch):
    lock = IdleLock(watch, 10)
    notes = told(lock)
    pretend_idle(watch, 500)
    lock.check()
    assert notes == []


def test_the_last_thirty_seconds_are_counted_and_then_it_locks(watch):
    lock = IdleLock(watch, 10)
    notes = told(lock)
    pretend_idle(watch, 575)
    lock.check()
    pretend_idle(watch, 30)
    lock.check()
    assert notes == [25, "expired"]


def test_input_during_the_warning_calms_it(watch):
    lock = IdleLock(watch, 10)
    notes = told(lock)
    pretend_idle(watch, 580)
    lock.check()
    watch.touch()
    lock.check()
    assert notes == [20, "calmed"]


def test_time_asleep_counts(watch):
    lock = IdleLock(watch, 10)
    notes = told(lock)
    watch.last.clock -= 3600  # the wall clock went on while the steady clock stood still
    lock.check()
    assert notes == ["expired"]


def test_keys_buttons_and_the_wheel_are_input_and_a_moving_mouse_is_none(qtbot, watch):
    widget = QLineEdit()
    qtbot.addWidget(widget)
    widget.show()
    point = QPointF(5, 5)
    wheel = QWheelEvent(
        point, point, QPoint(0, 1), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        point,
        point,
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    for send, counts in (
        (lambda: QTest.keyClick(widget, Qt.Key.Key_A), True),
        (lambda: QTest.mouseClick(widget, Qt.MouseButton.LeftButton), True),
        (lambda: QApplication.sendEvent(widget, wheel), True),
        (lambda: QApplication.sendEvent(widget, move), False),
    ):
        watch.touch()
        pretend_idle(watch, 100)
        send()
        assert (watch.idle() < 50) is counts


def test_the_clipboard_is_emptied_where_it_holds_our_own_text(qtbot):
    ours, box = Clipboard(), QLineEdit("Puce Anchor")
    qtbot.addWidget(box)
    box.show()
    qtbot.waitUntil(box.isActiveWindow)
    box.selectAll()
    QTest.keyClick(box, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Puce Anchor"
    ours.clear_if_ours()
    assert QGuiApplication.clipboard().text() == ""


def test_a_text_of_ours_is_marked_as_not_for_any_history_nor_for_the_cloud(qtbot):
    ours, box = Clipboard(), QLineEdit("Puce Anchor")
    qtbot.addWidget(box)
    box.show()
    qtbot.waitUntil(box.isActiveWindow)
    box.selectAll()
    box.copy()
    lies_there = QGuiApplication.clipboard().mimeData()
    assert lies_there.text() == "Puce Anchor"
    for name in (
        "ExcludeClipboardContentFromMonitorProcessing",
        "CanIncludeInClipboardHistory",
        "CanUploadToCloudClipboard",
    ):
        marked = f'application/x-qt-windows-mime;value="{name}"'
        assert bytes(lies_there.data(marked).data()) == bytes(4), name
    assert bytes(lies_there.data("x-kde-passwordManagerHint").data()) == b"secret"
    ours.clear_if_ours()


def test_a_text_of_another_program_stays(qtbot):
    ours = Clipboard()
    assert QGuiApplication.focusWindow() is None
    QGuiApplication.clipboard().setText("a shopping list")
    ours.clear_if_ours()
    assert QGuiApplication.clipboard().text() == "a shopping list"
    QGuiApplication.clipboard().clear()
