"""How the tests of the window wait: as long as a slow and busy computer needs, and no longer than the thing takes."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.exceptions import TimeoutError as NeverCame
from pytestqt.qtbot import QtBot

PATIENCE = 60_000
"""Milliseconds after which something will not come any more, however busy the computer is."""
LONGEST_LOOK = 10
"""Milliseconds between two looks at something that takes long; what is done at once is seen at once."""


class Patient(QtBot):
    """The robot of pytest-qt with patience: its own limit of five seconds is too short for a computer that is busy."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:  # noqa: N802 - Qt's
        """Let the window work until `callback` returns yes, or returns nothing and asserts no more."""
        end, pause = time.monotonic() + timeout / 1000, 1
        while True:
            late = time.monotonic() > end
            try:
                held = callback()
            except AssertionError:
                if late:
                    raise
            else:
                if held is None or held is True:
                    return
                assert held is False, f"a condition answers yes or no, not {held!r}"
                if late:
                    raise NeverCame(f"it has not come true in {timeout} ms")
            _work(pause)
            pause = min(pause + 1, LONGEST_LOOK)

    def waitSignal(self, signal, *, timeout: int = PATIENCE, **others):  # noqa: N802 - Qt's
        """Let the window work until a signal comes."""
        return super().waitSignal(signal, timeout=timeout, **others)


def _work(milliseconds: int) -> None:
    loop, timer = QEventLoop(), QTimer(singleShot=True)
    timer.timeout.connect(loop.quit)
    timer.start(milliseconds)
    loop.exec()
