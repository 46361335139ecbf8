"""From the start of the process to the first painted window, against a bare QApplication with an empty window."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import Comparison, in_turns

BARE = """
import sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.show()
app.processEvents()
"""
OURS = """
import sys
from tac_desktop.ui.app import first_window
app, window = first_window(sys.argv)
window.show()
app.processEvents()
"""


def run(quick: bool) -> list[Comparison]:
    """Compare whole processes, offscreen."""
    with tempfile.TemporaryDirectory(prefix="tac-bench-") as place:
        surroundings = {"QT_QPA_PLATFORM": "offscreen", "TAC_DESKTOP_SETTINGS": str(Path(place) / "settings.json")}
        comparison = Comparison("first window", "TaC Desktop", "bare QApplication window", 3)
        return [in_turns(comparison, _starter(OURS, surroundings), _starter(BARE, surroundings), 3 if quick else 9)]


def _starter(program: str, surroundings: dict[str, str]):
    import os

    def start() -> float:
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], env=os.environ | surroundings, check=True, capture_output=True)
        return time.perf_counter() - began

    return start
