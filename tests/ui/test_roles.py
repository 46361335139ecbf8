"""What a role does not include is not offered in the window; a restricted case file is a line without a name."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cases import NOW, at_work, name_of
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from seen import faint_texts, nameless, reachable, small_targets, tab_way
from way_in import PASSPHRASE

from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.restriction import may_open, restrict
from tac_desktop.casework import forms
from tac_desktop.casework.people import Person, Role
from tac_desktop.casework.record import case_file_id
from tac_desktop.casework.restriction import FORM
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.caseload_screen import CaseloadScreen
from tac_desktop.ui.create_screen import CreateVault
from tac_desktop.ui.restrict_dialog import RestrictDialog

CASE, NAME = case_file_id("TAC-00003"), name_of(3)
PEOPLE: dict[Role, tuple[Person, str]] = {
    "manager": (Person(id="m1", name="Olive Saddle", role="manager"), "three brass door handles"),
    "engagement_worker": (
        Person(id="e1", name="Ochre Thimble", role="engagement_worker", prison="EP"), "seven wooden garden gates"
    ),
    "admin": (Person(id="a1", name="Umber Lantern", role="admin"), "nine painted paper boats"),
}  # fmt: skip


@pytest.fixture(scope="module")
def shared_vault(full_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The full vault with one more person of each role; one case file is restricted to its worker."""
    folder = shutil.copytree(full_vault, tmp_path_factory.mktemp("shared") / "Fernhill")
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    for person, passphrase in PEOPLE.values():
        vault.add_person(person, passphrase, CHEAPEST)
    store, worker = Store(vault), vault.person
    with at_work(vault, PEOPLE["manager"][0]) as boss:
        restrict(store, boss, CASE, people=[worker.id], reason="Her sister works here.", now=NOW)
    store.close()
    vault.close()
    return folder


Enter = Callable[[Role], Desktop]


@pytest.fixture
def enter(desktop: Desktop, qtbot: QtBot, shared_vault: Path, tmp_path: Path) -> Enter:
    """Unlock a copy of the shared vault as the person in a role."""

    def enter(role: Role) -> Desktop:
        folder = shutil.copytree(shared_vault, tmp_path / "Fernhill")
        person, passphrase = PEOPLE[role]
        desktop.window.door.ask_for(folder)
        initials = "".join(word[0] for word in person.name.split())
        card = desktop.window.door.currentWidget()
        next(one for one in card.findChildren(QRadioButton) if one.text().startswith(initials)).setChecked(True)
        unlock_here(desktop, qtbot, passphrase)
        return desktop

    return enter


def unlock_here(desktop: Desktop, qtbot: QtBot, passphrase: str) -> None:
    box = desktop.window.door.currentWidget().findChild(QLineEdit)
    qtbot.keyClicks(box, passphrase)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


def words_on(page: QWidget) -> str:
    shown = [*page.findChildren(QLabel), *page.findChildren(QAbstractButton)]
    return "\n".join(one.text() for one in shown if not one.isHidden())


def case_of(desktop: Desktop, case_file: str) -> CaseScreen:
    desktop.window.work.cases.open_case(case_file)
    page = desktop.window.frame.page(desktop.window.frame.current())
    assert isinstance(page, CaseScreen)
    return page


@pytest.mark.parametrize(("role", "places"), [
    ("manager", ["today", "caseload", "lists", "awaited", "office", "surveys", "reports", "exchange", "tracker",
                 "vault", "settings"]),
    ("engagement_worker", ["today", "caseload", "lists", "awaited", "office", "exchange", "vault", "settings"]),
    ("admin", ["exchange", "vault", "settings"]),
])  # fmt: skip
def test_the_side_list_offers_where_a_role_may_go(enter: Enter, role: Role, places: list[str]):
    assert list(enter(role).window.frame.sidebar.names()) == places


def test_an_engagement_worker_is_offered_no_papers_no_seal_and_nothing_to_restrict(enter: Enter):
    page = case_of(enter("engagement_worker"), case_file_id("TAC-00004"))
    assert "Court dossier" not in words_on(page)
    assert "ssessment summary" not in words_on(page)
    assert page.header.restrict.isHidden()
    assert not page.header.hand_over.isHidden()
    page.show_section("assessment")
    assert "Add" not in words_on(page._pane)
    page.show_section("contact")
    assert "Log a contact" in words_on(page)


def test_she_reads_an_assessment_and_cannot_type_in_it(enter: Enter):
    desktop = enter("engagement_worker")
    bench, case = desktop.window.work.bench, case_file_id("TAC-00004")
    with at_work(bench.vault, PEOPLE["manager"][0]) as boss:
        made = save_answers(
            bench.store, boss, forms.ALL["assessment"], answers={"title": "Spring"}, now=NOW, case_file=case
        )
    page = case_of(desktop, case)
    page.open_record("assessment", made)
    form = page.open_form().screen
    assert not form.body.isEnabled()
    assert form.foot.isHidden()
    assert "Your role does not include changing it" in words_on(form)
    form.submit()
    assert len(bench.store.history(made)) == 1


def test_a_restricted_case_file_is_a_line_and_does_not_open(enter: Enter):
    desktop = enter("engagement_worker")
    page = desktop.window.frame.go("caseload")
    assert isinstance(page, CaseloadScreen)
    page.return_to("all")
    rows = [page._rows.row(number) for number in range(page._rows.rowCount())]
    assert rows[-1].reference == "TAC-00003"
    assert NAME not in [row.name for row in rows]
    last = page._rows.rowCount() - 1
    told = [page._rows.index(last, column).data() for column in range(page._rows.columnCount())]
    assert [words for words in told if words] == ["TAC-00003", "TAC-00003: Restricted case file", "Restricted"]
    page.case_opened.emit(CASE)
    assert desktop.window.frame.current() == "caseload"
    assert "restricted" in words_on(desktop.window.frame)
    page.search.setText(NAME)
    page.read()
    found = [page._rows.row(number) for number in range(page._rows.rowCount())]
    assert not [row for row in found if row.name == NAME or row.reference == "TAC-00003"]


def pressed(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def restricting(enter: Enter) -> tuple[Desktop, CaseScreen, RestrictDialog]:
    desktop = enter("manager")
    page = case_of(desktop, case_file_id("TAC-00004"))
    pressed(page.header.restrict)
    window = desktop.window.work.cases.windows.restricting.window
    assert window is not None
    return desktop, page, window


def test_a_manager_restricts_a_case_file_by_key_and_ends_it_again(restricting, qtbot: QtBot):
    desktop, page, window = restricting
    bench, case = desktop.window.work.bench, case_file_id("TAC-00004")
    assert [box.text() for box in window.people.values()] == ["Ochre Thimble", "Sage Beacon"]
    qtbot.waitUntil(lambda: QApplication.focusWidget() is window.reason)
    qtbot.keyClicks(window.reason, "They were at school together.")
    qtbot.keyClick(window.people["e1"], Qt.Key.Key_Space)
    qtbot.keyClick(window.restrict, Qt.Key.Key_Return)
    assert bench.store.restrictions()[case].people == {"e1"}
    qtbot.waitUntil(lambda: "Since " in words_on(page.header))
    pressed(page.header.restrict)
    again = desktop.window.work.cases.windows.restricting.window
    assert (again.reason.words(), again.named()) == ("They were at school together.", ["e1"])
    pressed(again.lift)
    assert may_open(bench.store, case)
    assert case not in bench.store.restrictions()


def test_without_a_reason_nothing_is_restricted_and_what_was_typed_survives_a_lock(restricting, qtbot: QtBot):
    desktop, _, window = restricting
    pressed(window.restrict)
    assert "Why" in words_on(window.summary) or "Reason" in words_on(window.summary)
    assert case_file_id("TAC-00004") not in desktop.window.work.bench.store.restrictions()
    qtbot.keyClicks(window.reason, "Half a reas")
    qtbot.keyClick(window.people["e1"], Qt.Key.Key_Space)
    desktop.window.lock()
    card = desktop.window.door.currentWidget()
    for one in card.findChildren(QRadioButton):
        one.setChecked(one.text().startswith("OS"))
    unlock_here(desktop, qtbot, PEOPLE["manager"][1])
    drafts = desktop.window.work.bench.drafts.all_of("m1")
    assert [draft.form for draft in drafts] == [FORM]
    case_of(desktop, case_file_id("TAC-00004")).open_draft(FORM, "")
    again = desktop.window.work.cases.windows.restricting.window
    assert (again.reason.words(), again.named()) == ("Half a reas", ["e1"])


def test_the_window_is_named_reached_and_legible(restricting):
    _, _, window = restricting
    assert nameless(window) == []
    assert faint_texts(window) == []
    assert small_targets(window) == []
    way = tab_way(window)
    assert [widget.accessibleName() for widget in reachable(window) if widget not in way] == []


def test_a_family_engagement_worker_can_make_a_vault(desktop: Desktop):
    card = desktop.window.door.currentWidget()
    next(one for one in card.findChildren(QPushButton) if one.text() == "Make a new vault").click()
    card = desktop.window.door.currentWidget()
    assert isinstance(card, CreateVault)
    boxes = {box.accessibleName(): box for box in card.findChildren(QComboBox)}
    role, prison = boxes["Your role"], boxes["The prison where you work"]
    for code, works_in_one in (("engagement_worker", True), ("manager", False), ("worker", True), ("admin", False)):
        role.setCurrentIndex(role.findData(code))
        assert role.currentIndex() >= 0
        assert prison.isEnabled() is works_in_one
