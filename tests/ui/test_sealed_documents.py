"""An issued document on the screen: who has sealed it, what colleagues said, and the way to add to both."""

from pathlib import Path

import pytest
from cases import at_work
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tac_desktop.actions import comments, seals
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.beside_record import SealLine
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.document_desk import DocumentDesk
from tac_desktop.ui.print_screen import PrintScreen
from tac_desktop.ui.record_list import LineButton
from tac_desktop.ui.seal_question import SealQuestion

CASE = case_file_id("TAC-00002")
MANAGER = Person(id="m1", name="Olive Saddle", role="manager")


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


@pytest.fixture
def document(opened: Desktop, qtbot: QtBot, tmp_path: Path) -> str:
    """A dossier that was issued; its record."""
    cases = opened.window.work.cases
    cases.open_case(CASE)
    cases.papers.draw(CASE, "dossier")
    settle(opened, qtbot)
    cases.papers.findChildren(DocumentDesk)[-1].save(str(tmp_path / "dossier.pdf"))
    settle(opened, qtbot)
    cases.papers.leave(CASE)
    return opened.window.work.bench.store.records("issued_document", CASE)[0].id


def shown(desktop: Desktop, qtbot: QtBot, document: str) -> PrintScreen:
    case_page(desktop).open_record("issued_document", document)
    settle(desktop, qtbot)
    page = desktop.window.frame.page(f"document {CASE}")
    assert isinstance(page, PrintScreen)
    return page


def case_page(desktop: Desktop) -> CaseScreen:
    page = desktop.window.frame.page(f"case {CASE}")
    assert isinstance(page, CaseScreen)
    return page


def test_an_issued_document_is_sealed_where_it_is_looked_at_and_its_list_says_so(opened, qtbot, document):
    page = shown(opened, qtbot, document)
    page.beside.seal_button.setFocus()
    QTest.keyClick(page.beside.seal_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), SealQuestion))
    QTest.keyClick(QApplication.activeWindow().seal, Qt.Key.Key_Return)
    [line] = [line for line in page.beside.findChildren(SealLine) if line.isVisible()]
    assert line.accessibleName().startswith("Sealed by Sage Beacon (social worker)")
    bench = opened.window.work.bench
    assert [seal.holds for seal in seals.seals_on(bench.vault, bench.store, document)] == [True]
    opened.window.work.cases.papers.leave(CASE)
    case_page(opened).show_section("documents")
    [listed] = [line for line in case_page(opened).findChildren(LineButton) if line.isVisible()]
    assert "Sealed by Sage Beacon" in listed.accessibleDescription()


def test_a_comment_on_a_document_is_seen_above_its_pages_and_what_is_typed_there_survives_a_lock(
    opened, qtbot, document, full_folder
):
    bench = opened.window.work.bench
    with at_work(bench.vault, MANAGER):
        comments.comment(bench.store, MANAGER, document, "Page 3 names the carer.", now=bench.moment())
    page = shown(opened, qtbot, document)
    assert [card.comment.text for card in page.beside.news()] == ["Page 3 names the carer."]
    assert QApplication.focusWidget() is page.beside.news()[0].mark
    page.beside.write()
    QTest.keyClicks(QApplication.focusWidget(), "I will look")
    opened.window.lock()
    from way_in import unlock

    unlock(opened, qtbot, full_folder)
    qtbot.waitUntil(lambda: opened.window.frame is not None)
    settle(opened, qtbot)
    bench = opened.window.work.bench
    [draft] = bench.drafts.all_of(bench.person.id)
    opened.window.work.cases.open_draft(draft.case_file, draft.form, draft.record_id)
    settle(opened, qtbot)
    page = opened.window.frame.page(f"document {CASE}")
    assert page.beside.box.box.words() == "I will look"


def test_a_comment_on_today_leads_to_its_record(opened, qtbot):
    work = opened.window.work
    bench = work.bench
    baseline = bench.store.records("baseline", CASE)[0].id
    with at_work(bench.vault, MANAGER):
        comments.comment(bench.store, MANAGER, baseline, "When was it?", now=bench.moment())
    work.changed()
    settle(opened, qtbot)
    page = work.frame.go("today")
    settle(opened, qtbot)
    [link] = [link for link in page._links if "When was it?" in link.accessibleName()]
    QTest.keyClick(link, Qt.Key.Key_Return)
    assert opened.window.frame.current() == f"case {CASE}"
    assert case_page(opened).open_form().record_id == baseline
    assert QApplication.focusWidget().accessibleName() == "Mark the comment of Olive Saddle as read"
