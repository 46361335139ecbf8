"""From the start of the process to the first painted window, against a bare QApplication with an empty window."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks.measure import Comparison, in_turns
from tac_desktop import settings

SHOWN = """
app.processEvents()
os._exit(0 if window.windowHandle().isExposed() else 1)  # what comes after the first picture does not count
"""
BARE = f"""
import os, sys
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication(sys.argv)
window = QWidget()
window.show()
{SHOWN}
"""
OURS = f"""
import os, sys
from PySide6.QtWidgets import QApplication
from tac_desktop import paths
from tac_desktop.ui.app import Desktop, Surroundings
app = QApplication(sys.argv)
settings_file = paths.settings_file()
desktop = Desktop(app, Surroundings(settings_file, settings_file.with_name("crash.log")))
desktop.crash.install()
desktop.show()
window = desktop.window
{SHOWN}
"""
"""What `tac_desktop.ui.app.main` does before it waits for the person: the door, with the vaults opened here before."""


def run(quick: bool) -> list[Comparison]:
    """Compare whole processes, offscreen."""
    with tempfile.TemporaryDirectory(prefix="tac-bench-") as place:
        file = Path(place) / "settings.json"
        settings.save(settings.Settings(recent_vaults=(str(Path(place) / "vault"),)), file)
        around = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TAC_DESKTOP_SETTINGS": str(file)}
        comparison = Comparison("first window", "TaC Desktop", "bare QApplication window", 3)
        return [in_turns(comparison, _starter(OURS, around), _starter(BARE, around), 3 if quick else 15)]


def _starter(program: str, around: dict[str, str]) -> Callable[[], object]:
    words = [sys.executable, "-c", program]
    return lambda: subprocess.run(words, env=around, check=True, capture_output=True)
