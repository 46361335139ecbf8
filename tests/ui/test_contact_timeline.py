"""The contact log of a case file: read and walked through from the newest to the oldest, by keyboard."""

from datetime import datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from seen import is_built

from tac_desktop.casework import forms
from tac_desktop.casework.journal import Change, to_journal
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.contact_parts import LogInCase
from tac_desktop.ui.contact_timeline import SHOWN_AT_ONCE

CASE = case_file_id("TAC-00003")


def test_older_contacts_come_before_the_button_that_shows_them_and_the_first_has_the_keyboard(opened, qtbot):
    bench, first = opened.window.work.bench, datetime.fromisoformat("2025-01-01T09:00")
    changes = [
        Change(
            record_id=f"00000000-0000-7000-8000-{number:012}", form="contact", version=1, stream=CASE,
            values=to_journal(forms.ALL["contact"], {
                "at": (first + timedelta(hours=number)).isoformat()[:16], "kind": "phone", "summary": f"Call {number}",
            }),
            known_on="2025-03-12",
        )
        for number in range(SHOWN_AT_ONCE + 5)
    ]  # fmt: skip
    bench.store.save(changes, author=bench.person.id, now=bench.moment())
    qtbot.waitUntil(opened.window.isActiveWindow)
    opened.window.work.cases.open_case(CASE)
    screen = opened.window.frame.page(f"case {CASE}")
    screen.show_section("contact")
    qtbot.waitUntil(lambda: is_built(screen))
    log = screen.findChild(LogInCase)
    last = log.lines()[-1]
    last.setFocus()
    QTest.keyClick(last, Qt.Key.Key_Tab)
    assert log.more.hasFocus()
    QTest.keyClick(log.more, Qt.Key.Key_Space)
    assert log.more.isHidden()
    assert log.lines()[SHOWN_AT_ONCE].hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert last.hasFocus()
