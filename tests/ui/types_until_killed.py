"""A program of its own: opens a vault, types into a triage without a pause, and tells each letter with its time.

python types_until_killed.py VAULT CASE_FILE [CASE_FILE ...]

With several case files it types into the quick log, about all of these women at once.
"""

import sys
import time
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tac_desktop.actions import vaults
from tac_desktop.ui.case_desk import CaseDesk
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.contact_desk import ContactDesk
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
case_files = sys.argv[2:]
if len(case_files) == 1:
    screen = CaseScreen(CaseDesk(bench.means(), case_files[0]))
    screen.show()
    screen.open_record("triage", "")
    box = screen.open_form().screen.body.questions["own_words"].editor.box
else:
    frame = QWidget()
    frame.show()
    desk = ContactDesk(bench, frame)
    desk.open()
    desk.window.women.choose({case_file: f"Woman {place}, Z" for place, case_file in enumerate(case_files)})
    desk.window.questions["kind"].editor.chips["phone"].click()
    box = desk.window.questions["summary"].editor.box
for number in range(10_000):
    QTest.keyClick(box, Qt.Key(Qt.Key.Key_A + number % 26))
    print(number + 1, time.monotonic(), flush=True)
    QTest.qWait(45)
