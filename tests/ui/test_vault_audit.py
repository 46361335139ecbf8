"""The audit in the window: by keyboard, with filters, in every state, saved, and at 200 %."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from exchanging import settle
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from way_in import PASSPHRASE, unlock

from tac_desktop.actions import vaults
from tac_desktop.actions.audit import note_event
from tac_desktop.casework.audit import Event
from tac_desktop.storage.store import Store
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.vault_audit import AuditPart
from tac_desktop.ui.vault_audit_desk import AuditDesk


@pytest.fixture
def audit(desktop: Desktop, qtbot: QtBot, full_folder: Path) -> AuditPart:
    """The part of a vault in which a case was opened, a paper issued, and a wrong pass-phrase typed."""
    vault = vaults.unlock_as(full_folder, "", PASSPHRASE)
    store = Store(vault)
    before = datetime.now().astimezone() - timedelta(days=2)
    case = store.caseload_page(store.caseload_ids()[:1])[0].case_file
    note_event(store, vault.person, Event.CASE_READ, now=before, facts={"case_file": case})
    note_event(store, vault.person, Event.DOCUMENT_ISSUED, now=before, facts={"case_file": case, "pages": 7})
    store.close()
    vault.close()
    unlock(desktop, qtbot, full_folder)
    settle(desktop, qtbot)
    desktop.window.frame.go("vault")
    desktop.window.work.vault.screen.show_part("audit")
    settle(desktop, qtbot)
    return desktop.window.work.vault.screen.audit


def rows(part: AuditPart) -> list[str]:
    model = part.table.model()
    return [str(model.data(model.index(row, 2))) for row in range(model.rowCount())]


def words(part: AuditPart) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def test_what_was_done_is_listed_and_told_by_keyboard(audit, desktop, qtbot):
    desktop.window.work.vault.screen.arrive()
    assert rows(audit)[-2:] == ["issued a paper", "opened a case file"]
    assert audit.table.hasFocus()
    qtbot.keyClick(audit.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(audit.table, Qt.Key.Key_Up)
    assert "Sage Beacon: issued a paper" in words(audit)
    assert "Pages: 7" in words(audit)


def test_filters_are_typed_and_what_fits_nothing_is_said(audit, desktop, qtbot):
    everything = rows(audit)
    audit.group.setCurrentIndex(audit.group.findData("papers"))
    audit.group.activated.emit(audit.group.currentIndex())
    settle(desktop, qtbot)
    assert rows(audit) == ["issued a paper"]
    qtbot.keyClicks(audit.first, "yesterday")
    qtbot.keyClick(audit.first, Qt.Key.Key_Return)
    settle(desktop, qtbot)
    assert rows(audit) == []
    assert "Nothing that was noted fits." in words(audit)
    audit.first.clear()
    qtbot.keyClicks(audit.first, "moonday")
    qtbot.keyClick(audit.first, Qt.Key.Key_Return)
    assert "‘moonday’ is no day. For example: 31 May 2022" in words(audit)
    assert audit.first.accessibleDescription() == "‘moonday’ is no day. For example: 31 May 2022"
    next(one for one in audit.findChildren(QPushButton) if one.text() == "Show everything").click()
    settle(desktop, qtbot)
    assert rows(audit)[-len(everything) :] == everything
    assert "no day" not in words(audit)


def test_a_case_is_found_by_its_reference_and_what_is_shown_is_saved_sealed(audit, desktop, qtbot, tmp_path):
    store = desktop.window.work.bench.store
    reference = store.caseload_page(store.caseload_ids()[:1])[0].reference
    qtbot.keyClicks(audit.case, reference)
    qtbot.keyClick(audit.case, Qt.Key.Key_Return)
    settle(desktop, qtbot)
    assert rows(audit) == ["issued a paper", "opened a case file"]
    desk = next(desk for desk in desktop.window.work.vault.desks if isinstance(desk, AuditDesk))
    desk.save(audit.filter(), str(tmp_path / "audit.pdf"))
    settle(desktop, qtbot)
    assert (tmp_path / "audit.pdf").read_bytes()[:5] == b"%PDF-"
    told = [label.text() for label in desktop.window.findChildren(QLabel)]
    assert any(words.startswith("2 events are saved, sealed in your name.") for words in told)


def test_every_filter_has_a_name_for_a_screen_reader(audit):
    named = [audit.person, audit.group, audit.case, audit.first, audit.last, audit.table]
    assert [widget.accessibleName() for widget in named] == [
        "Who", "What", "Case reference", "From day", "To day", "Events, the latest first",
    ]  # fmt: skip
