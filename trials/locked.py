"""The program that is used and then locked, window and all; what is typed comes letter by letter, so it keeps no list.

Usage: python -m trials.locked VAULT CASE_FILE SCRATCH (the pass-phrase and three texts, a line each, by standard input)
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports PySide6

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.ui.app import Desktop, Surroundings
from tac_desktop.ui.quick_log import QuickLog
from trials.session import DONE

CTRL = Qt.KeyboardModifier.ControlModifier
SECONDS = 60
IN_USE, LOCKED = "in use", "locked"


def main() -> None:
    folder, case_file, scratch = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    app = QApplication(["tac-desktop"])
    desktop = Desktop(app, Surroundings(scratch / "settings.json", scratch / "crash.log", CHEAPEST))
    desktop.show()
    _let_pass(1.0)  # while a person looks for her pass-phrase, pages are loaded
    _unlock(desktop, folder)
    _save_a_contact(desktop, case_file)
    _begin_another(desktop, case_file)
    _search(desktop)
    _say(IN_USE)
    os.read(0, 1)
    QTest.keyClick(desktop.window, Qt.Key.Key_L, CTRL)
    _until(lambda: desktop.window.frame is None and not desktop.lane.jobs())
    _let_pass(3.0)
    _say(LOCKED)
    os.read(0, 1)
    _say(DONE)


def _unlock(desktop: Desktop, folder: Path) -> None:
    desktop.window.door.ask_for(folder)
    box = desktop.window.door.currentWidget().findChild(QLineEdit)
    _type(box)
    QTest.keyClick(box, Qt.Key.Key_Return)
    _until(lambda: desktop.window.frame is not None and not desktop.lane.jobs())


def _save_a_contact(desktop: Desktop, case_file: str) -> None:
    work = desktop.window.work
    work.cases.open_case(case_file)
    _let_pass(0.3)
    work.cases.log_contact(case_file)
    _until(lambda: isinstance(QApplication.activeWindow(), QuickLog))
    log = QApplication.activeWindow()
    QTest.keyClick(QApplication.focusWidget() or log, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    _type(log.questions["summary"].editor.box)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)
    _until(lambda: not isinstance(QApplication.activeWindow(), QuickLog) and not desktop.lane.jobs())


def _begin_another(desktop: Desktop, case_file: str) -> None:
    """Type what is not saved, and copy it."""
    desktop.window.work.cases.open_case(case_file)
    _let_pass(0.3)
    screen = desktop.window.frame.page(desktop.window.frame.current())
    screen.open_record("triage", "")
    box = screen.open_form().screen.body.questions["own_words"].editor.box
    _type(box)
    QTest.keyClick(box, Qt.Key.Key_A, CTRL)
    QTest.keyClick(box, Qt.Key.Key_C, CTRL)
    _let_pass(1.5)  # until the draft is written


def _search(desktop: Desktop) -> None:
    page = desktop.window.frame.go("caseload")
    _let_pass(0.3)
    _type(page.search)
    _let_pass(0.5)


def _type(box: QWidget) -> None:
    """Type a line of standard input, a byte at a time: it lies in the pipe, not in this program."""
    box.setFocus()
    while (letter := os.read(0, 1)) not in (b"\n", b""):
        QTest.keyClicks(box, letter.decode())


def _until(done: Callable[[], object]) -> None:
    end = time.monotonic() + SECONDS
    while not done():
        if time.monotonic() > end:
            raise RuntimeError("the window did not come so far")
        QTest.qWait(20)


def _let_pass(seconds: float) -> None:
    QTest.qWait(int(seconds * 1000))


def _say(word: str) -> None:
    print(word, flush=True)


if __name__ == "__main__":
    main()
