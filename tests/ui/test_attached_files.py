"""Files of a case are opened, printed and copied: inside the program, in memory, and nothing leaves unnoted."""

import io
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from seen import nameless, spoken

from tac_desktop import paths
from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.attaching import keep_file
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.document_desk import DocumentDesk
from tac_desktop.ui.leaving import LeavesTheVault
from tac_desktop.ui.print_screen import PrintScreen
from tac_desktop.ui.printing import print_pages

CASE = case_file_id("TAC-00002")
SAMPLE = paths.resources() / "sample"
NOW = datetime.fromisoformat("2026-03-12T14:05").astimezone()


def settle(desktop: Desktop, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


def attach(desktop: Desktop, form: str, field: str, file: str, **answers: object) -> str:
    bench = desktop.window.work.bench
    keeping = keep_file(bench.store, SAMPLE / file)
    while True:
        try:
            next(keeping)
        except StopIteration as kept:
            given = {field: kept.value, **answers}
            return save_answers(bench.store, bench.person, forms.ALL[form], answers=given, now=NOW, case_file=CASE)


def opened_file(desktop: Desktop, qtbot: QtBot, form: str, record: str, field: str) -> PrintScreen:
    """Open the form and press 'Open' beside the file."""
    desktop.window.work.cases.open_case(CASE)
    page = desktop.window.frame.page(f"case {CASE}")
    page.open_record(form, record)
    page.open_form().screen.body.questions[field].editor.open.click()
    settle(desktop, qtbot)
    shown = desktop.window.frame.page(f"document {CASE}")
    assert isinstance(shown, PrintScreen)
    return shown


@pytest.fixture
def certificate(opened: Desktop, qtbot: QtBot) -> PrintScreen:
    record = attach(opened, "course", "certificate", "course-certificate.pdf", title="Steps to change")
    return opened_file(opened, qtbot, "course", record, "certificate")


def desk_of(desktop: Desktop) -> DocumentDesk:
    return desktop.window.work.cases.papers.findChildren(DocumentDesk)[-1]


def events(desktop: Desktop) -> list[str]:
    store = vaults.store_of(desktop.window.work.bench.vault)
    try:
        found = [entry.values or {} for entry in store.entries(store.terminal_stream)]
        return [str(values["event"]) for values in found if "event" in values]
    finally:
        store.close()


def files_below(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_a_pdf_of_a_form_is_shown_page_by_page(certificate):
    assert certificate.content == (SAMPLE / "course-certificate.pdf").read_bytes()
    assert [label.accessibleName() for label in certificate._labels] == ["Page 1 of 1"]
    assert certificate._labels[0].pixmap().width() > 300


def test_a_picture_is_shown_in_the_window(opened, qtbot):
    record = attach(opened, "evidence", "paper", "chairs.png", title="The room", date="2026-03-01")
    shown = opened_file(opened, qtbot, "evidence", record, "paper")
    assert shown._subtitle.text() == "A picture"
    assert nameless(shown) == []
    kept = Image.open(io.BytesIO(shown.content))
    image = shown._images[0]
    assert (image.width(), image.height()) == kept.size
    place = (kept.width // 3, kept.height // 3)
    colour = image.pixelColor(*place)
    assert (colour.red(), colour.green(), colour.blue()) == kept.convert("RGB").getpixel(place)


def test_opening_a_file_writes_none(opened, qtbot, tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    record = attach(opened, "course", "certificate", "course-certificate.pdf", title="Steps to change")
    before = files_below(tmp_path)
    opened_file(opened, qtbot, "course", record, "certificate")
    made = {path.name for path in files_below(tmp_path) - before}
    assert not {name for name in made if not name.startswith(("data.db", "drafts.db"))}


def test_back_leads_to_the_form_with_what_was_typed(opened, qtbot, certificate):
    form = opened.window.frame.page(f"case {CASE}").open_form()
    certificate._back.click()
    assert opened.window.frame.current() == f"case {CASE}"
    assert opened.window.frame.page(f"case {CASE}").open_form() is form


def test_before_a_copy_is_written_the_person_is_asked_and_may_decline(opened, certificate):
    certificate._save.click()
    dialog = certificate.findChild(LeavesTheVault)
    assert "not be encrypted" in " ".join(spoken(dialog))
    dialog.keep_inside.click()
    assert certificate.findChild(QFileDialog) is None
    assert "copy_written" not in events(opened)


def test_a_copy_that_is_written_is_whole_and_noted(opened, qtbot, certificate, tmp_path):
    desk_of(opened).save(str(tmp_path / "copy.pdf"))
    settle(opened, qtbot)
    assert (tmp_path / "copy.pdf").read_bytes() == certificate.content
    assert events(opened)[-1] == "copy_written"
    assert opened.messages.shown[-1].tone == "warn"


def test_a_copy_that_cannot_be_written_is_not_noted(opened, qtbot, certificate, tmp_path):
    desk_of(opened).save(str(tmp_path / "no such folder" / "copy.pdf"))
    settle(opened, qtbot)
    assert "copy_written" not in events(opened)
    assert opened.messages.shown[-1].tone == "danger"


def test_printing_is_noted_before_the_first_page_goes_to_the_printer(opened, qtbot, certificate, tmp_path):
    noted_before: list[str] = []
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))

    def printing():
        noted_before.extend(events(opened))
        return (yield from print_pages(certificate.content, printer))

    desk_of(opened)._print_on(printing)
    settle(opened, qtbot)
    assert noted_before[-1] == "document_printed"
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == 1


def test_what_cannot_be_noted_is_not_printed(opened, qtbot, certificate, monkeypatch):
    """A vault that was closed meanwhile cannot note anything: then no page goes out."""
    went: list[str] = []

    def printing():
        went.append("a page")
        yield 0, 1

    desk_of(opened)._bench.vault.close()
    desk_of(opened)._print_on(printing)
    settle(opened, qtbot)
    assert went == []
