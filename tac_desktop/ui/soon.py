"""What has to wait for the next turn of the event loop, because a layout is made or a list is closed only then."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def soon(owner: QObject, call: Callable[[], None]) -> None:
    """Call a method of an owner at the next turn of the loop, and not at all once the owner is gone.

    `QTimer.singleShot` would keep in memory, for as long as the program lives, an owner that is destroyed before.
    """
    timer = QTimer(owner, singleShot=True, interval=0)
    timer.timeout.connect(call)
    timer.timeout.connect(timer.deleteLater)
    timer.start()
