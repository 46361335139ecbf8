"""News that she was promised: what came long ago and was told is within reach, too."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tac_desktop.casework.record import Record
from tac_desktop.ui.line_list import OlderLines
from tac_desktop.ui.news_pane import CAME, PROMISED, NewsPane
from tac_desktop.ui.record_list import LeadingLine


def record(form: str, number: int, **answers: object) -> Record:
    return Record(id=f"{form}{number}", form=form, version=1, case_file="c", stream="c", answers=answers,
                  known_on="2026-02-01")  # fmt: skip


def test_every_piece_of_news_can_be_opened_however_long_ago_it_came(kit, qtbot):
    promised = record(PROMISED, 1, what="How Mauve is", rhythm="monthly", first_due="2025-01-10")
    came = [
        record(CAME, month, update=promised.id, received_on=f"2025-{month:02}-12", told_on=f"2025-{month:02}-13",
               what=f"News {month}")
        for month in range(1, 9)
    ]  # fmt: skip
    pane = NewsPane(kit, {PROMISED: [promised], CAME: came}, lambda _: "", "2026-03-12")
    qtbot.addWidget(pane)
    pane.show()
    qtbot.waitUntil(pane.isActiveWindow)
    [older] = pane.findChildren(OlderLines)
    assert older.more.text() == "Show 5 older ones, all told to her"
    opened: list[tuple[str, str, str]] = []
    pane.opened.connect(lambda *where: opened.append(where))
    older.more.setFocus()
    QTest.keyClick(older.more, Qt.Key.Key_Return)
    assert not older.more.isVisible()
    assert len(pane.findChildren(LeadingLine)) == 1 + len(came)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert opened == [(CAME, f"{CAME}5", "")]
