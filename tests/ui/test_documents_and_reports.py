from pathlib import Path

import pytest
from cases import name_of
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QEvent, Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.document_desk import DocumentDesk
from tac_desktop.ui.print_screen import PrintScreen
from tac_desktop.ui.printing import print_pages
from tac_desktop.ui.quick_log import QuickLog
from tac_desktop.ui.reports_screen import ReportsScreen

CASE = case_file_id("TAC-00002")


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


@pytest.fixture
def paper(opened: Desktop, qtbot: QtBot) -> PrintScreen:
    """A dossier on the screen, drawn and not issued."""
    opened.window.work.cases.open_case(CASE)
    opened.window.work.cases.papers.draw(CASE, "dossier")
    settle(opened, qtbot)
    page = opened.window.frame.page(f"document {CASE}")
    assert isinstance(page, PrintScreen)
    return page


def issued(desktop: Desktop) -> int:
    return len(desktop.window.work.bench.store.records("issued_document", CASE))


def test_a_document_shows_its_pages_and_is_not_issued_yet(opened, paper):
    assert paper._subtitle.text() == f"{len(paper._labels)} pages"
    assert paper._labels[0].accessibleName().startswith("Page 1 of")
    assert paper._labels[0].pixmap().width() > 300
    assert issued(opened) == 0


def test_saving_issues_the_document_and_writes_the_same_bytes(opened, qtbot, paper, tmp_path):
    desk = opened.window.work.cases.papers.findChildren(DocumentDesk)[-1]
    desk.save(str(tmp_path / "dossier.pdf"))
    settle(opened, qtbot)
    assert (tmp_path / "dossier.pdf").read_bytes() == paper.content
    assert name_of(2) in "".join(page.extract_text() for page in PdfReader(tmp_path / "dossier.pdf").pages)
    assert issued(opened) == 1
    desk.save(str(tmp_path / "again.pdf"))
    settle(opened, qtbot)
    assert issued(opened) == 1


def test_a_document_is_issued_once_however_often_it_is_asked_for_meanwhile_and_also_if_its_page_is_left(
    opened, qtbot, paper, tmp_path
):
    desk = opened.window.work.cases.papers.findChildren(DocumentDesk)[-1]
    content = paper.content
    for name in ("first.pdf", "second.pdf"):
        desk.save(str(tmp_path / name))
    paper._back.click()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    settle(opened, qtbot)
    qtbot.waitUntil(lambda: (tmp_path / "second.pdf").exists() and not opened.lane.jobs())
    assert issued(opened) == 1
    assert {(tmp_path / name).read_bytes() for name in ("first.pdf", "second.pdf")} == {content}
    assert (desk._screen, desk._drawn) == (None, None)  # nothing of it stays in memory


def test_an_issued_document_is_shown_as_it_was(opened, qtbot, paper, tmp_path):
    opened.window.work.cases.papers.findChildren(DocumentDesk)[-1].save(str(tmp_path / "dossier.pdf"))
    settle(opened, qtbot)
    record = opened.window.work.bench.store.records("issued_document", CASE)[0]
    opened.window.work.cases.papers.open_issued(CASE, record.id)
    settle(opened, qtbot)
    assert opened.window.frame.page(f"document {CASE}").content == paper.content


def test_back_leads_to_the_case_file(opened, paper):
    paper._back.click()
    assert opened.window.frame.current() == f"case {CASE}"
    assert not [name for name in opened.window.frame.names() if name.startswith("document")]


def test_pages_are_printed_whole(paper, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    steps = list(print_pages(paper.content, printer))
    assert steps[-1] == (len(paper._labels), len(paper._labels))
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == len(paper._labels)


def test_only_the_wanted_pages_are_printed(paper, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setFromTo(2, 3)
    list(print_pages(paper.content, printer))
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 2


@pytest.fixture
def reports(opened: Desktop, qtbot: QtBot) -> ReportsScreen:
    page = opened.window.frame.go("reports")
    assert isinstance(page, ReportsScreen)
    page._day.box.setText("12 march 2026")
    page._count_clicked()
    settle(opened, qtbot)
    return page


def test_the_tables_are_counted_as_known_on_the_day(reports):
    assert reports.report()["as_of"] == "2026-03-12"
    assert "as known on 12 March 2026" in reports._subtitle.text()
    assert reports._rows.rowCount() == len(reports.report()["tables"][0]["rows"])


def report_of(table, **told):
    contradictions = {"open": 0, "figures": 0, "untried": 0, **told}
    return {
        "as_of": "2026-03-12", "prison": "", "tables": [table], "statements": [], "contradictions": contradictions
    }  # fmt: skip


def test_a_figure_that_rests_on_an_open_contradiction_is_marked_and_told(qtbot, kit):
    page = ReportsScreen(kit, "2026-03-12")
    qtbot.addWidget(page)
    table = {
        "id": "R1.T1", "report": 1, "title": "A table", "unit": "mothers", "base_rule": "", "multiple_response": False,
        "columns": [{"key": "EP", "label": "EP", "base": 19, "contested": True}],
        "rows": [{"key": "yes", "label": "Yes", "cells": {"EP": {"n": 5, "pct": 26, "contested": True}}}],
    }  # fmt: skip
    page.show_report(report_of(table, open=2, figures=1))
    cell = page._rows.index(0, 1)
    assert page._rows.data(cell) == "5 (26 %) †"
    assert page._rows.data(cell, Qt.ItemDataRole.AccessibleTextRole) == "5 (26 %), rests on an open contradiction"
    assert page._rows.headerData(1, Qt.Orientation.Horizontal) == "EP\nn = 19 †"
    assert "1 figure rests on them" in page._contested.text()
    page.show_report(report_of(table))
    assert page._contested_note.isHidden()


def test_a_cell_shows_the_count_and_its_percentage(qtbot, kit):
    page = ReportsScreen(kit, "2026-03-12")
    qtbot.addWidget(page)
    cells = {"EP": {"n": 1205, "pct": 26}, "all": {"n": 5, "pct": None}}
    table = {
        "id": "R1.T1", "report": 1, "title": "A table", "unit": "mothers", "base_rule": "all mothers",
        "multiple_response": True,
        "columns": [
            {"key": "EP", "label": "HMP Eastwood Park", "base": 19}, {"key": "all", "label": "All", "base": None},
        ],
        "rows": [{"key": "yes", "label": "Yes", "cells": cells}],
    }  # fmt: skip
    page.show_report(report_of(table))
    shown = [page._rows.data(page._rows.index(0, column)) for column in range(3)]
    assert shown == ["Yes", "1,205 (26 %)", "5"]
    assert page._rows.headerData(1, Qt.Orientation.Horizontal) == "HMP Eastwood Park\nn = 19"
    assert "Several answers were possible" in page._rule.text()


def test_a_day_that_is_none_cannot_be_counted(opened):
    page = opened.window.frame.go("reports")
    page._day.box.setText("the day before the flood")
    assert not page._count.isEnabled()
    assert "Not a date" in page._day.box.accessibleDescription()


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_the_report_is_saved_whole(opened, qtbot, reports, tmp_path: Path, ending: str):
    desk = opened.window.work._desks[-1]
    file = tmp_path / f"report.{ending}"
    desk.save(str(file))
    settle(opened, qtbot)
    if ending == "xlsx":
        assert len(load_workbook(file).sheetnames) >= len(reports.report()["tables"])
    else:
        assert len(PdfReader(file).pages) > 1
    assert "saved" in opened.messages.shown[-1].text


def test_a_contact_is_logged_from_anywhere(opened, qtbot):
    opened.window.work.cases.log_contact()
    log = opened.window.findChild(QuickLog)
    found = log.who._find("teal anch")
    assert found == [(CASE, "Teal Anchor, TAC-00002, Z0002ZZ")]
    log.who.choose(*found[0])
    log.questions["kind"].show_answer("one_to_one")
    log.questions["summary"].show_answer("We looked at the letter together.")
    log.submit()
    contacts = opened.window.work.bench.store.records("contact", CASE)
    assert [contact.text("summary") for contact in contacts] == ["We looked at the letter together."]
    assert opened.messages.shown[-1].text == "The contact is in the log."


def test_a_contact_that_is_half_typed_survives_the_lock(opened, qtbot, full_folder):
    from way_in import unlock

    opened.window.work.cases.log_contact(CASE)
    log = opened.window.findChild(QuickLog)
    qtbot.keyClicks(log.questions["summary"].editor.stops()[0], "She rang at")
    opened.window.lock()
    assert opened.window.findChild(QuickLog) is None
    unlock(opened, qtbot, full_folder)
    settle(opened, qtbot)
    opened.window.work.cases.log_contact()
    log = opened.window.findChild(QuickLog)
    assert log.who.case_file() == CASE
    assert log.questions["summary"].answer() == "She rang at"
