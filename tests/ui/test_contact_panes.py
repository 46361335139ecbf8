"""The panes of the contact log, her questions, her news and what is awaited: found, put on paper, worked and seen."""

import shutil
from pathlib import Path

import pytest
from cases import NOW
from patience import Patient
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from seen import faint_texts, is_built, nameless, reachable, small_targets, tab_way
from way_in import PASSPHRASE, unlock

from tac_desktop import settings
from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.contact_log import ContactPaper, ContactWith, log_contacts
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.ui.app import Desktop, Surroundings
from tac_desktop.ui.beside_contact import BesideContact
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.contact_parts import AwaitedInCase, LogInCase, NewsInCase, QuestionsInCase
from tac_desktop.ui.contact_timeline import SHOWN_AT_ONCE
from tac_desktop.ui.print_screen import PrintScreen
from tac_desktop.ui.quick_log import QuickLog
from tac_desktop.ui.thread_dialog import ThreadDialog

CASE = case_file_id("TAC-00003")
CHASED = {"at": "2026-03-01T09:00", "kind": "chase", "summary": "Rang.", "staff_note": "Nothing new."}
SIZE = (1366, 728)


def put(store, person, form: str, **answers) -> str:
    return save_answers(store, person, forms.ALL[form], answers=answers, now=NOW, case_file=CASE)


@pytest.fixture(scope="module")
def folder(full_vault: Path, tmp_path_factory) -> Path:
    """The vault of 40 case files, one of them with a long log, questions and news."""
    folder = tmp_path_factory.mktemp("panes") / "Fernhill"
    shutil.copytree(full_vault, folder)
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    store, me = vaults.store_of(vault), vault.person
    child = put(store, me, "child", name="Mauve Anchor", date_of_birth="2019-03-27")
    for number in range(1, 25):
        who = ("Slate Ledger, Quillhaven", "Fern Cog")[number % 2]
        put(store, me, "contact", at=f"2026-02-{number:02}T10:15", kind="email", who=who, summary=f"Note {number}.",
            with_whom=(("childrens_sw",), ("solicitor",))[number % 2], children=(child,) if number % 3 else (),
            reached=number % 6 != 0, **({"withheld_from": ("mother",)} if number == 2 else {}))  # fmt: skip
    put(store, me, "contact", at="2026-01-02T10:15", kind="email", who="Slate Ledger, Quillhaven", summary="Asked.",
        waiting_for="The care plan and the day of the next review, which nobody has told her", asked_level="director",
        with_whom=("childrens_sw",))  # fmt: skip
    asked = {"asked_on": "2026-02-02", "words": "Does she sleep with the light on, and who reads to her?"}
    passed = asked | {"passed_to": "Slate Ledger", "passed_on": "2026-02-03", "answered_on": "2026-03-01"}
    put(store, me, "mothers_question", **asked)
    put(store, me, "mothers_question", **passed, answer="Yes, and her aunt reads.")
    promised = put(store, me, "promised_update", what="How Mauve is, and a photograph", children=(child,),
                   who="Slate Ledger", rhythm="monthly", first_due="2026-01-10")  # fmt: skip
    put(store, me, "update_told", update=promised, received_on="2026-01-12", told_on="2026-01-13", told_how="in_person",
        what="She likes her new school.", her_reply="I am so glad.")  # fmt: skip
    put(store, me, "update_told", update=promised, received_on="2026-02-12", what="A photograph with her aunt.")
    store.close()
    vault.close()
    return folder


@pytest.fixture(scope="module", params=[100, 200])
def desktop(request, qapp, folder, tmp_path_factory):
    place = tmp_path_factory.mktemp("look")
    settings.save(settings.Settings(text_scale=request.param), place / "settings.json")
    made = Desktop(qapp, Surroundings(place / "settings.json", place / "crash.log", CHEAPEST))
    made.window.resize(*SIZE)
    made.show()
    unlock(made, Patient(request), folder)
    yield made
    made.window.close()
    made.lane.stop()
    qapp.removeEventFilter(made.watch)
    made.deleteLater()
    qapp.processEvents()


def case_screen(desktop, qtbot, section: str, case_file: str = CASE) -> CaseScreen:
    work = desktop.window.work
    work.cases.open_case(case_file)
    screen = desktop.window.frame.page(desktop.window.frame.current())
    assert isinstance(screen, CaseScreen)
    screen.show_section(section)
    qtbot.waitUntil(lambda: is_built(screen))
    return screen


def part(screen: CaseScreen, kind: type):
    return screen.findChildren(kind)[-1]  # the one before goes with the next turn of the loop


def seen(desktop, qtbot, what: str):
    """Show one of the panes and return the window in which it stands."""
    match what:
        case "awaited":
            page = desktop.window.frame.go("awaited")
            qtbot.waitUntil(lambda: bool(page.lines()) and not desktop.lane.jobs())
        case "choosing":
            part(case_screen(desktop, qtbot, "contact"), LogInCase).filter.open()
        case _:
            case_screen(desktop, qtbot, what)
    desktop.window.resize(*SIZE)
    qtbot.wait(30)
    return desktop.window


def cut_off(window: QWidget) -> list[str]:
    labels = [one for one in window.findChildren(QLabel) if one.isVisible() and one.text() and one.wordWrap()]
    return [one.text() for one in labels if one.height() < one.heightForWidth(one.width())]


def missed(window: QWidget) -> list[str]:
    """Return what the Tab key does not reach; a list in which one types is reached in its line."""
    way = tab_way(window)
    wanted = (one.lineEdit() if isinstance(one, QComboBox) and one.lineEdit() else one for one in reachable(window))
    return [one.accessibleName() for one in wanted if one not in way and one.parentWidget() not in way]


PANES = ("contact", "choosing", "questions", "news", "explained", "awaited")


@pytest.mark.parametrize("what", PANES)
def test_each_pane_is_named_read_hit_reached_and_whole(desktop, qtbot, what):
    window = seen(desktop, qtbot, what)
    assert nameless(window) == []
    assert faint_texts(window) == []
    assert small_targets(window, window.kit.theme.scale) == []
    assert (window.grab().width(), window.grab().height()) == SIZE
    qtbot.waitUntil(lambda: cut_off(window) == [])
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    if QApplication.focusWidget() is None:
        reachable(window)[0].setFocus()
    assert missed(window) == []


def test_the_quick_log_with_two_women_fits_and_every_part_of_it_is_reached(desktop, qtbot):
    desktop.window.frame.go("today")
    desktop.window.work.cases.log_contact()
    log = desktop.window.findChildren(QuickLog)[-1]
    log.women.choose({CASE: "Amber Anchor, TAC-00003, Z0003ZZ", case_file_id("TAC-00004"): "Ochre Anchor, TAC-00004"})
    log.asked.show_answers({"kind": "phone", "withheld_from": ("mother",)})
    qtbot.waitUntil(log.isActiveWindow)
    QApplication.processEvents()
    inside = log.women.parentWidget()
    assert inside.minimumSizeHint().width() <= inside.parentWidget().width()
    assert nameless(log) == []
    assert small_targets(log, log._kit.theme.scale) == []
    assert missed(log) == []
    log.forget()
    log.reject()
    qtbot.waitUntil(lambda: not desktop.window.isHidden())


# --- what the log is searched for, and the paper ---


@pytest.fixture
def log(desktop, qtbot) -> LogInCase:
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    return part(case_screen(desktop, qtbot, "contact"), LogInCase)


def days(log: LogInCase) -> int:
    return len(log.lines())


def test_words_and_a_counterpart_are_chosen_by_keyboard_and_everything_comes_back(log, qtbot):
    assert log._count.text() == "25 contacts and attempts"
    log.filter.words.setFocus()
    QTest.keyClicks(log.filter.words, "note 13")
    qtbot.waitUntil(lambda: days(log) == 1)
    assert log._count.text() == "1 of 25: with the words ‘note 13’"
    QTest.keyClick(log.filter.clear, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: days(log) == SHOWN_AT_ONCE)
    QTest.keyClick(log.filter.more, Qt.Key.Key_Return)
    line = log.filter.rest().whom.line()
    assert line.hasFocus() or log.filter.rest().whom.hasFocus()
    QTest.keyClicks(line, "Fern Cog")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: days(log) == 12)
    log.filter.rest().attempts.setChecked(True)
    assert log._count.text() == "None of 25 fits: with Fern Cog, attempts only"


def test_the_thread_for_her_is_drawn_without_what_she_may_not_see(desktop, log, qtbot, tmp_path: Path):
    log.filter.open()
    log.filter.rest().whom.show_code("name:slate ledger, quillhaven")
    log.ask_for_paper()
    dialog = log.findChild(ThreadDialog)
    qtbot.waitUntil(dialog.readers.buttons()[0].hasFocus)
    dialog.choose("thread", "mother")
    dialog.go.click()
    qtbot.waitUntil(lambda: desktop.window.frame.current().startswith("document"))
    page = desktop.window.frame.page(desktop.window.frame.current())
    assert isinstance(page, PrintScreen)
    assert page.title == "Correspondence thread: with Slate Ledger, Quillhaven"
    (tmp_path / "thread.pdf").write_bytes(page.content)
    text = " ".join(sheet.extract_text() for sheet in PdfReader(tmp_path / "thread.pdf").pages)
    assert "Note 4." in text
    assert "Note 2." not in text
    assert "Note 1." not in text
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    page.left.emit()


# --- what comes next ---


def test_a_line_of_what_is_awaited_leads_to_its_contact(desktop, qtbot):
    screen = case_screen(desktop, qtbot, "contact")
    [line] = part(screen, AwaitedInCase).list.lines()
    QTest.keyClick(line.line, Qt.Key.Key_Return)
    assert screen.open_form().screen.body.questions["waiting_for"].answer().startswith("The care plan")


def test_the_next_step_of_a_question_opens_it_where_it_is_written_down(desktop, qtbot):
    desktop.window.activateWindow()
    qtbot.waitUntil(desktop.window.isActiveWindow)
    for number, field in enumerate(("told_on", "passed_to")):
        screen = case_screen(desktop, qtbot, "questions")
        QTest.keyClick(part(screen, QuestionsInCase).lines()[number].line, Qt.Key.Key_N)
        assert screen.open_form().screen.body.questions[field].editor.stops()[0].hasFocus()


def test_news_that_came_is_begun_with_what_is_known_of_it(desktop, qtbot):
    screen = case_screen(desktop, qtbot, "news")
    pane = part(screen, NewsInCase)
    assert any("She is to be told" in label.text() for label in pane.findChildren(QLabel))
    begin = next(button for button in pane.findChildren(type(pane.add)) if button.text() == "News came")
    QTest.keyClick(begin, Qt.Key.Key_Return)
    asked = screen.open_form().screen.body.questions
    assert asked["update"].answer()
    assert asked["received_on"].answer() == desktop.window.work.bench.today()


def test_the_overview_tells_her_open_questions(desktop, qtbot):
    screen = case_screen(desktop, qtbot, "overview")
    titles = [label.text() for label in screen.findChildren(QLabel) if label.isVisible()]
    assert "Her open questions" in titles


def test_beside_an_open_contact_stands_what_belongs_to_it(desktop, qtbot):
    bench, case_file = desktop.window.work.bench, case_file_id("TAC-00006")
    question = {**CHASED, "waiting_for": "The care plan"}
    [asked] = log_contacts(
        bench.store, bench.person, [ContactWith(case_file=case_file, answers=question)], now=NOW
    ).contacts
    paper = ContactPaper(file=bench.store.attach([b"%PDF-1.4 letter"]), title="The letter of the team")
    both = [
        ContactWith(case_file=case_file, answers=CHASED, goes_back_to=asked),
        ContactWith(case_file=case_file_id("TAC-00007"), answers=CHASED),
    ]
    made = log_contacts(bench.store, bench.person, both, now=NOW, papers=[paper])
    screen = case_screen(desktop, qtbot, "contact", case_file)
    screen.open_record("contact", made.contacts[0])
    beside = part(screen, BesideContact)
    told = [label.text() for label in beside.findChildren(QLabel)]
    assert told == ["It asks again for: The care plan (asked on 1 March 2026)", "Logged for 1 other woman, too"]
    assert beside.findChildren(type(beside.copy))[0].text() == "The letter of the team"
    beside.copy.click()
    assert QGuiApplication.clipboard().text().endswith("Chasing a professional for a reply. Nothing new.")
    screen.open_record("contact", asked)
    assert part(screen, BesideContact).findChildren(QLabel)[0].text() == "Asked again on 1 March 2026"
