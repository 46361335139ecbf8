"""What is opened soon is loaded while a person is at the door, and Qt in one thread only."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pathlib import Path
from tac_desktop.ui import in_good_time
from tac_desktop.ui.app import Desktop, Surroundings

loaded_by = {{}}

class Watch:
    def find_spec(self, name, *others):
        loaded_by[name] = threading.current_thread() is threading.main_thread()

sys.meta_path.insert(0, Watch())
app = QApplication([])
desktop = Desktop(app, Surroundings(Path(sys.argv[1]) / "settings.json", Path(sys.argv[1]) / "crash.log"))
desktop.show()
last = "tac_desktop.ui." + in_good_time._PAGES[-1]
look = QTimer(interval=20)
look.timeout.connect(lambda: last in sys.modules and app.quit())
look.start()
app.exec()
{say}
desktop.lane.stop()
"""


def run(say: str, folder: object) -> list[str]:
    program = PROGRAM.format(say=say)
    done = subprocess.run([sys.executable, "-c", program, str(folder)], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_at_the_door_the_deeds_are_loaded_by_the_working_thread_and_the_pages_by_the_window(tmp_path):
    by_window, by_lane = "True", "False"
    said = run("[print(name, by) for name, by in loaded_by.items()]", tmp_path)
    loaded = dict(zip(said[::2], said[1::2], strict=True))
    assert loaded["tac_desktop.actions.caseload"] == by_lane
    assert loaded["tac_desktop.ui.case_screen"] == by_window
    of_qt = [name for name in loaded if name.startswith(("PySide6", "shiboken6", "tac_desktop.ui"))]
    assert {loaded[name] for name in of_qt} == {by_window}


@pytest.mark.parametrize("page", ["case_screen", "caseload_screen", "exchange_desk", "vault_screen"])
def test_a_page_that_is_opened_soon_loads_nothing_any_more(page, tmp_path):
    say = f"before = set(sys.modules); import tac_desktop.ui.{page}; print(*(set(sys.modules) - before))"
    assert run(say, tmp_path) == []
