"""A program of its own: opens a vault, types into a triage without a pause, and tells each letter with its time.

python types_until_killed.py VAULT CASE_FILE
"""

import sys
import time
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tac_desktop.actions import vaults
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.jobs import Lane
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import Messages
from tac_desktop.ui.theme import Theme
from tac_desktop.ui.workbench import Workbench

app = QApplication([])
theme = Theme()
theme.apply(app)
folder = Path(sys.argv[1])
vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, "four quiet copper kettles")
bench = Workbench(Kit(theme), Lane(), Messages(), lambda: datetime.now().astimezone().isoformat()[:16], vault)
screen = CaseScreen(CaseDesk(bench.means(), sys.argv[2]))
screen.show()
screen.open_record("triage", "")
box = screen.open_form().screen.body.questions["own_words"].editor.box
for number in range(10_000):
    QTest.keyClick(box, Qt.Key(Qt.Key.Key_A + number % 26))
    print(number + 1, time.monotonic(), flush=True)
    QTest.qWait(45)
