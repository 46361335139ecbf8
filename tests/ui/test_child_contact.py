"""Contact with the children on the screen: the grid by keys and by ear, and the way of a visit that is forbidden."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollArea, QTableView, QWidget
from pytestqt.qtbot import QtBot
from seen import faint_texts, nameless, small_targets

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.journal import Change, to_journal
from tac_desktop.casework.record import Record, case_file_id
from tac_desktop.ui.agreed_pane import AgreedPane
from tac_desktop.ui.allowed_pane import AllowedPane
from tac_desktop.ui.app import Desktop
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.choice_editors import CheckEditor
from tac_desktop.ui.family_pane import FamilyPane
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.outside_screen import OutsideScreen
from tac_desktop.ui.outside_words import OUTSIDE
from tac_desktop.ui.permission_note import PermissionNote
from tac_desktop.ui.quick_log import QuickLog
from tac_desktop.ui.record_list import LineButton
from tac_desktop.ui.theme import Theme
from tac_desktop.ui.wrapped_table import WrappedTable

TODAY = "2026-11-22"
CASE = case_file_id("TAC-00003")
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def a_record(form: str, number: int = 1, known_on: str = "2026-10-01", **answers: Any) -> Record:
    return Record(
        id=f"{form}-{number}", form=form, version=1, case_file="c", stream="c", answers=answers, known_on=known_on
    )


MAUVE, TEAL = (a_record("child", n, name=f"{name} Anchor") for n, name in enumerate(("Mauve", "Teal")))
RECORDS = by_form([
    MAUVE, TEAL,
    a_record("contact_permission", 1, children=(MAUVE.id, TEAL.id), level="written_only", source="public_protection",
             review_by="2027-01-05"),
    a_record("contact_permission", 2, children=(MAUVE.id,), level="not_allowed", channels=("letterbox",),
             source="court_order", conditions="Not before the final hearing"),
    a_record("contact_plan", children=(MAUVE.id,), kind="letters_cards", per="week", since="2026-10-04"),
    a_record("contact", 1, at="2026-10-04T10:00", children=(MAUVE.id,), child_contact="letters_cards"),
    a_record("contact", 2, at="2026-10-11T10:00", children=(TEAL.id,), child_contact="phone"),
    a_record("contact_state", child=TEAL.id, point="start", date="2026-10-01", level="none"),
    a_record("order", children=(TEAL.id,), made_on="2026-11-10", known_on="2026-11-10"),
])  # fmt: skip


@pytest.fixture(params=[100, 200])
def kit_at(request: pytest.FixtureRequest, qapp: QApplication) -> Kit:
    theme = Theme(scale=request.param)
    theme.apply(qapp)
    return Kit(theme)


Show = Callable[[Kit, QWidget], QScrollArea]


@pytest.fixture
def show(qtbot: QtBot) -> Iterator[Show]:
    """Show a pane as a case file does, in the width that is left of a small screen."""
    kept = list[QScrollArea]()

    def shown(kit: Kit, pane: QWidget) -> QScrollArea:
        area = kit.scroll(pane)
        kept.append(area)
        area.resize(1180, 700)
        area.show()
        qtbot.waitExposed(area)
        return area

    yield shown
    for area in kept:
        area.close()
        area.deleteLater()


@pytest.fixture
def allowed(kit: Kit, show: Show) -> AllowedPane:
    pane = AllowedPane(kit, (MAUVE, TEAL), RECORDS, TODAY, may_write=True)
    show(kit, pane)
    return pane


@pytest.mark.parametrize("which", ["allowed", "agreed"])
def test_both_panes_are_named_large_enough_readable_and_fit_the_width(
    kit_at: Kit, qtbot: QtBot, show: Show, which: str
):
    scale = kit_at.theme.scale
    pane = (
        AllowedPane(kit_at, (MAUVE, TEAL), RECORDS, TODAY, may_write=True) if which == "allowed"
        else AgreedPane(kit_at, (MAUVE, TEAL), RECORDS, TODAY, may_write=True, may_issue=True)
    )  # fmt: skip
    area = show(kit_at, pane)
    assert nameless(pane) == []
    assert small_targets(pane, scale) == []
    assert faint_texts(pane) == []
    qtbot.waitUntil(lambda: pane.width() <= area.viewport().width())


def test_the_grid_is_a_table_with_heads_whose_cells_say_all_of_it(allowed: AllowedPane):
    grid = allowed.grid
    assert QAccessible.queryAccessibleInterface(grid).role() == QAccessible.Role.Table
    named = in_table(grid)
    assert named[QAccessible.Role.ColumnHeader] == ["Mauve Anchor", "Teal Anchor"]
    assert {"Written", "Letterbox contact", "Calls: every kind"} <= set(named[QAccessible.Role.RowHeader])
    assert (
        "Letterbox contact, Mauve Anchor: Not allowed, Court order, Not before the final hearing"
        in named[QAccessible.Role.Cell]
    )
    assert "Contact between siblings, Teal Anchor: Nothing said" in named[QAccessible.Role.Cell]


def test_arrows_move_through_the_grid_enter_opens_or_begins_and_insert_begins_another(allowed: AllowedPane):
    pane = allowed
    opened, begun = list[tuple[str, str]](), list[tuple[str, object]]()
    pane.record_opened.connect(lambda form, record: opened.append((form, record)))
    pane.begun.connect(lambda form, answers: begun.append((form, answers)))
    grid = pane.grid
    grid.setFocus()
    assert grid.current().channels == ("letterbox",)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert opened == [("contact_permission", "contact_permission-2")]
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Insert)
    assert begun == [("contact_permission", {"children": (TEAL.id,), "channels": ("letterbox",)})]
    grid.choose("sibling", MAUVE.id)
    assert pane.about.accessibleName() == "Contact between siblings, Mauve Anchor: Nothing said"
    QTest.keyClick(grid, Qt.Key.Key_Return)
    assert begun[1] == ("contact_permission", {"children": (MAUVE.id,), "channels": ("sibling",)})
    QTest.keyClick(grid, Qt.Key.Key_Up)
    assert grid.current().channels == ("overnight", "rotl_contact", "mbu_resident")
    QTest.keyClick(grid, Qt.Key.Key_Tab)
    assert pane.every_kind.hasFocus()
    QTest.keyClick(pane.every_kind, Qt.Key.Key_Space)
    assert pane.grid is not grid
    assert pane.grid.model().rowCount() > 18


def test_a_change_that_nobody_has_looked_at_is_told_and_one_key_says_that_all_is_still_right(allowed: AllowedPane):
    pane = allowed
    asked = list[object]()
    pane.still_right.connect(asked.append)
    [button] = [one for one in pane.findChildren(QPushButton) if one.text().startswith("Still right")]
    assert button.text() == "Still right: Teal Anchor"
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert asked == [(TEAL.id,)]


def test_without_children_both_panes_lead_to_them(kit: Kit, show: Show):
    for pane in (
        AllowedPane(kit, (), {}, TODAY, may_write=True),
        AgreedPane(kit, (), {}, TODAY, may_write=True, may_issue=True),
    ):
        wanted = list[str]()
        pane.section_opened.connect(wanted.append)
        show(kit, pane)
        next(one for one in pane.findChildren(QPushButton) if one.text() == "Children").click()
        assert wanted == ["children"]


# --- the whole way ---


def in_table(table: QTableView) -> dict[QAccessible.Role, list[str]]:
    """Return what a screen reader finds in a table, by what it is there."""
    interface = QAccessible.queryAccessibleInterface(table)
    named: dict[QAccessible.Role, list[str]] = {}
    for place in range(interface.childCount()):
        child = interface.child(place)
        named.setdefault(child.role(), []).append(child.text(QAccessible.Text.Name))
    return named


def key(which: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> int:
    at = QApplication.activePopupWidget() or QApplication.focusWidget() or QApplication.activeWindow()
    QTest.keyClick(at, which, with_)
    return 1


def put(desktop: Desktop, form: str, **answers: Any) -> str:
    bench = desktop.window.work.bench
    return save_answers(bench.store, bench.person, forms.ALL[form], answers=answers, now=bench.moment(), case_file=CASE)


def tab_into(log: QuickLog, name: str) -> int:
    """Press Tab until the keyboard is in a question of the quick log; return how often."""
    pressed = 0
    while not log.questions[name].isAncestorOf(QApplication.focusWidget()):
        pressed += key(Qt.Key.Key_Tab)
        assert pressed < 40, name
    return pressed


def a_visit(log: QuickLog, words: str) -> int:
    """Log an ordinary visit with the first child by keyboard alone; return the keys beside the words."""
    pressed = key(Qt.Key.Key_1, ALT) + tab_into(log, "children")
    assert isinstance(log.questions["children"].editor, CheckEditor)
    pressed += key(Qt.Key.Key_Space) + tab_into(log, "child_contact")
    QTest.keyClicks(QApplication.focusWidget(), "ordinary")
    pressed += len("ordinary") + key(Qt.Key.Key_Down) + key(Qt.Key.Key_Return)
    pressed += tab_into(log, "summary")
    QTest.keyClicks(QApplication.focusWidget(), words)
    return pressed + key(Qt.Key.Key_Return, CTRL)


def test_a_visit_that_is_forbidden_asks_for_the_reason_and_is_listed_in_at_most_28_keys(opened: Desktop, qtbot: QtBot):
    child = put(opened, "child", name="Mauve Anchor")
    put(opened, "contact_permission", children=(child,), level="not_allowed", channels=("social_visit",),
        source="court_order")  # fmt: skip
    opened.window.work.cases.open_case(CASE)
    pressed = key(Qt.Key.Key_N, CTRL)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeWindow(), QuickLog))
    log = QApplication.activeWindow()
    pressed += a_visit(log, "They met in the hall.")
    assert "not allowed (Court order)" in log.questions["outside_permission"].problem()
    assert opened.window.work.bench.store.records("contact", CASE) == []
    pressed += 1
    log.questions["outside_permission"].take_keyboard()  # as the line of the summary of what is wrong leads there
    QTest.keyClicks(QApplication.focusWidget(), "The judge allowed one visit.")
    pressed += key(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not isinstance(QApplication.activeWindow(), QuickLog))

    page = opened.window.frame.page(opened.window.frame.current())
    assert isinstance(page, CaseScreen)
    page.show_section("allowed")
    pressed += 1
    [line] = page.findChild(AllowedPane).findChildren(LineButton)
    assert line.accessibleName() == "Ordinary (social) visit with Mauve Anchor"
    assert "Reason: The judge allowed one visit." in line.accessibleDescription()
    assert pressed <= 28, pressed


def test_agreed_four_happened_three_and_one_that_failed_for_the_lock_down_stand_in_the_table(
    opened: Desktop, qtbot: QtBot
):
    bench = opened.window.work.bench
    first = date.fromisoformat(bench.today()).replace(day=1) - timedelta(days=1)
    first = first.replace(day=1)  # of the last month: it is over
    days = [(first + timedelta(days=7 * week)).isoformat() for week in range(4)]
    child = put(opened, "child", name="Mauve Anchor")
    put(opened, "contact_plan", children=(child,), kind="phone", per="week", since=days[0], until=days[3])
    for day in days[:3]:
        put(opened, "contact", at=f"{day}T16:00", kind="visit_support", children=(child,), child_contact="phone",
            summary="A call.")  # fmt: skip
    opened.window.work.cases.open_case(CASE)
    page = opened.window.frame.page(opened.window.frame.current())
    page.open_record("contact", "")
    form = page.open_form().screen
    form.body.show_answers({
        "at": f"{days[3]}T16:00", "kind": "visit_support", "children": (child,), "child_contact": "phone",
        "summary": "Locked down.",
    })  # fmt: skip
    happened = form.body.questions["happened"]
    happened.take_keyboard()
    happened.show_answer(False)
    assert not form.body.questions["why_not"].isHidden()
    form.body.questions["why_not"].show_answer(("regime",))
    form.submit()
    page.show_section("agreed")
    pane = page.findChild(AgreedPane)
    found = in_table(pane.findChild(WrappedTable))[QAccessible.Role.Cell]
    assert "Agreed: 4" in found
    assert "Happened: 3" in found
    assert "What became of the rest: 1 did not: Prison regime (lunch, lock-down, staffing)" in found


def test_the_list_over_all_case_files_leads_to_the_record_and_back(opened: Desktop, qtbot: QtBot):
    child = put(opened, "child", name="Mauve Anchor")
    put(opened, "contact_permission", children=(child,), level="not_allowed", source="public_protection")
    told = put(opened, "contact", at="2026-01-02T10:00", kind="visit_support", children=(child,), child_contact="phone",
               summary="A call.", outside_permission="The manager agreed.")  # fmt: skip
    page = opened.window.frame.go(OUTSIDE)
    assert isinstance(page, OutsideScreen)
    qtbot.waitUntil(lambda: bool(page.lines()))
    [line] = page.lines()
    mother = opened.window.work.bench.store.record(CASE).text("name")
    assert line.accessibleName() == f"{mother}: Phone calls with Mauve Anchor"
    assert "Public protection" in line.accessibleDescription()
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Return)
    case = opened.window.frame.page(opened.window.frame.current())
    assert isinstance(case, CaseScreen)
    assert case.open_form().record_id == told


def test_a_form_asks_for_the_reason_only_beside_what_is_not_allowed(opened: Desktop, qtbot: QtBot):
    child = put(opened, "child", name="Mauve Anchor")
    put(opened, "contact_permission", children=(child,), level="written_only", source="public_protection")
    opened.window.work.cases.open_case(CASE)
    page = opened.window.frame.page(opened.window.frame.current())
    page.open_record("contact_plan", "")
    body = page.open_form().screen.body
    [note] = page.findChildren(PermissionNote)
    assert body.questions["outside_permission"].isHidden()
    assert note.isHidden()
    for name, answer in (("children", (child,)), ("kind", "phone"), ("since", "2026-03-01")):
        body.questions[name].show_answer(answer)
        body.edited.emit(name)
    assert not body.questions["outside_permission"].isHidden()
    assert "Phone calls with Mauve Anchor on 1 March 2026: not allowed" in note.accessibleName()
    body.questions["kind"].show_answer("letters_cards")
    body.edited.emit("kind")
    assert body.questions["outside_permission"].isHidden()
    assert note.isHidden()


def test_a_decision_is_begun_in_its_cell_with_child_and_kinds_filled_in_in_at_most_20_keys(
    opened: Desktop, qtbot: QtBot
):
    store = opened.window.work.bench.store
    child = put(opened, "child", name="Mauve Anchor")
    opened.window.work.cases.open_case(CASE)
    page = opened.window.frame.page(opened.window.frame.current())
    page.show_section("allowed")
    page.findChild(AllowedPane).grid.setFocus()
    pressed = key(Qt.Key.Key_Down) + key(Qt.Key.Key_Return)
    form = page.open_form()
    assert form.screen.place() == "level"
    pressed += key(Qt.Key.Key_Space)
    while not form.screen.body.questions["source"].isAncestorOf(QApplication.focusWidget()):
        pressed += key(Qt.Key.Key_Tab)
    QTest.keyClicks(QApplication.focusWidget(), "pub")
    pressed += len("pub") + key(Qt.Key.Key_Down) + key(Qt.Key.Key_Return) + key(Qt.Key.Key_Return, CTRL)
    [decision] = store.records("contact_permission", CASE)
    assert decision.answers["children"] == (child,)
    assert set(decision.answers["channels"]) == {"phone", "video", "purple_visit", "school_virtual"}
    assert (decision.text("level"), decision.text("source")) == ("allowed", "public_protection")
    assert pressed <= 20, pressed


def entry_of(page: CaseScreen, section: str) -> QWidget:
    """Return where the side list of a case file leads to a section: its entry, or the list for narrow windows."""
    entry = page.sections.buttons[section]
    return entry if entry.isVisible() else page.sections.box


def test_after_an_order_one_key_says_that_every_decision_is_still_right(opened: Desktop, qtbot: QtBot):
    bench = opened.window.work.bench
    child = put(opened, "child", name="Mauve Anchor")
    answers = {"children": (child,), "level": "written_only", "source": "public_protection", "since": "2026-01-01"}
    long_known = Change(
        record_id="0199a000-0000-7000-8000-000000000002", form="contact_permission", version=1, stream=CASE,
        known_on="2026-01-01", values=to_journal(forms.ALL["contact_permission"], answers),
    )  # fmt: skip
    bench.store.save([long_known], author=bench.person.id, now=bench.moment())
    put(opened, "order", order_type="care_order", children=(child,), made_on=bench.today())
    opened.window.work.cases.open_case(CASE)
    page = opened.window.frame.page(opened.window.frame.current())

    def asks() -> list[QPushButton]:
        page.show_section("allowed")
        return [one for one in page.findChildren(AllowedPane)[-1].findChildren(QPushButton)
                if one.text() == "Still right: Mauve Anchor"]  # fmt: skip

    [button] = asks()
    button.setFocus()
    key(Qt.Key.Key_Return)
    [decision] = bench.store.records("contact_permission", CASE)
    assert decision.text("looked_at") == bench.today()
    assert opened.messages.shown[-1].text == "Noted: 1 decision was looked at and is still right."
    assert QApplication.focusWidget() is entry_of(page, "allowed")  # what had the keyboard is gone
    qtbot.waitUntil(lambda: not asks())


@pytest.mark.parametrize("section", ["allowed", "agreed", "homes"])
def test_the_way_to_the_children_takes_the_keyboard_along(opened: Desktop, qtbot: QtBot, section: str):
    qtbot.waitUntil(opened.window.isActiveWindow)
    opened.window.work.cases.open_case(CASE)
    page = opened.window.frame.page(f"case {CASE}")
    page.show_section(section)
    panes = (one for kind in (AllowedPane, AgreedPane, FamilyPane) for one in page.findChildren(kind))
    [pane] = [one for one in panes if one.isVisible()]
    next(one for one in pane.findChildren(QPushButton) if one.text() == "Children").setFocus()
    key(Qt.Key.Key_Return)
    assert QApplication.focusWidget() is entry_of(page, "children")
