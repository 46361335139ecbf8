"""Every screen of the window, measured as a person meets it: at 100 % and at 200 %, by key, by ear, and by eye."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from cases import write_cases
from exchanging import desk_of, found_service_of
from patience import Patient
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from seen import faint_texts, nameless, reachable, small_targets, spoken, tab_way
from way_in import PASSPHRASE, PERSON, unlock

from tac_desktop import settings
from tac_desktop.actions import service, vaults
from tac_desktop.actions.addenda import add
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.people import Someone
from tac_desktop.actions.recovery import WaysBack
from tac_desktop.actions.removing import remove
from tac_desktop.actions.same_woman import join_cases
from tac_desktop.actions.tracker_returns import send
from tac_desktop.casework import forms
from tac_desktop.casework.people import ROLES, Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.findings import Finding, Part
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tac_desktop.ui.app import Desktop, Surroundings
from tac_desktop.ui.create_screen import RecoveryCode
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.in_turns import InTurns
from tac_desktop.ui.recovery_screen import Recovery
from tac_desktop.ui.same_woman_parts import OtherFile

SIZE = (1366, 728)
DOORS = ("choose", "create", "unlock", "recover", "code", "restore", "salvage")
PAGES = ("today", "caseload", "empty caseload", "reports", "exchange", "settings", "document", "messages", "handovers",
         "colleagues", "meeting", "decision", "workload", "her way", "plan", "backups", "checks", "people", "recovery",
         "new code", "namesakes", "two files", "same woman", "lists", "completeness", "removed", "return",
         "sealed return", "earlier day", "outside", "sheets")  # fmt: skip
EXCHANGE = ("receive", "looked into", "standing", "history", "cards")
CONTRASTED = ("unlock", "create", "today", "caseload", "document", "checks", "people", "looked into")
"""What is looked at in high contrast too: its colours are the theme's, of which each pair is tested by itself."""
KEEPER = ("service", "founding", "key sheet", "typed back")
"""What a manager sees: she keeps the roster of a service, or founds one."""
LOOKS = {"100": settings.Settings(), "200": settings.Settings(text_scale=200),
         "high contrast": settings.Settings(high_contrast=True)}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("vaults") / "Fernhill"
    vault, _ = vaults.create(folder, name=PERSON, role="worker", prison="EP", passphrase=PASSPHRASE, profile=CHEAPEST)
    store = Store(vault)
    write_cases(store, 30, vault.person.id)
    store.close()
    vault.close()
    return folder


@pytest.fixture(scope="module")
def keeper_folder(folder: Path) -> Path:
    """The vault of a manager who has founded a service, knows the worker and has written a bundle for her."""
    return found_service_of(folder.with_name("Keeper"), folder, folder.with_name("inbox"))


class Looks:
    """The application in one look after the other: its colours and sizes are those of all windows."""

    def __init__(self, qapp: QApplication, place: Path) -> None:
        self._qapp, self._place = qapp, place
        self._name, self._made = "", None

    def of(self, name: str) -> Desktop:
        """Return the application in this look; one in another look is closed first."""
        if self._made is None or name != self._name:
            self.close()
            settings.save(LOOKS[name], self._place / "settings.json")
            surroundings = Surroundings(self._place / "settings.json", self._place / "crash.log", CHEAPEST)
            self._name, self._made = name, Desktop(self._qapp, surroundings)
            self._made.window.resize(*SIZE)
            self._made.show()
        return self._made

    def close(self) -> None:
        """Put away what is open."""
        if self._made is not None:
            self._made.window.close()
            self._made.lane.stop()
            self._qapp.removeEventFilter(self._made.watch)
            self._made.deleteLater()
            self._qapp.processEvents()
        self._made = None


@pytest.fixture(scope="module")
def looks(qapp: QApplication, tmp_path_factory) -> Iterator[Looks]:
    made = Looks(qapp, tmp_path_factory.mktemp("look"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def large(looks: Looks) -> Desktop:
    return looks.of("200")


def show_door(desktop: Desktop, name: str, folder: Path) -> QWidget:
    window = desktop.window
    window.lock()
    door = window.door
    kit = window.kit
    match name:
        case "choose":
            door.choose([folder, folder.with_name("Send")])
        case "create":
            door._make()
        case "unlock":
            door.ask_for(folder)
        case "restore":
            door.choose([folder])
            door.rescue.bring_back([folder])
        case "salvage":
            door.rescue.salvage(folder)
        case "recover":
            door.show_card(Recovery(kit, desktop.lane, folder, [("a", "SB"), ("b", "FC")], (True, True)))
        case "code":
            door.show_card(RecoveryCode(kit, "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789"))
    return window


def show_page(desktop: Desktop, qtbot: QtBot, name: str, folder: Path) -> QWidget:
    window, frame = desktop.window, into(desktop, qtbot, folder)
    match name:
        case "empty caseload":
            page = frame.go("caseload")
            page.return_to("closed")
            page.read()
        case "caseload":
            frame.go("caseload").return_to("open")
        case "document":
            window.work.cases.papers.draw(case_file_id("TAC-00002"), "dossier")
        case "colleagues":
            window.work.cases.open_case(case_file_id("TAC-00002"))
            frame.page(frame.current()).show_section("colleagues")
        case "her way" | "plan":
            window.work.cases.open_case(case_file_id("TAC-00002"))
            frame.page(frame.current()).show_section("referral" if name == "her way" else name)
        case "namesakes":
            window.work.cases.new_case()
            page = frame.page(frame.current())
            answers = {"reference": "TAC-90000", "name": "Teal Anchor", "prison_number": "Z0002ZZ", "prison": "EP"}
            page._open.screen.body.show_answers(answers)
            page._open.screen.submit()
            qtbot.waitUntil(page.namesakes.card.another.isVisible)
        case "two files" | "same woman":
            show_two_files(desktop, "baseline" if name == "two files" else "mother")
        case "completeness":
            frame.go("lists").return_to("complete")
        case "removed" | "return" | "sealed return" | "earlier day":
            show_of_a_case(desktop, name)
        case "outside":
            show_outside(desktop)
        case "decision":
            page = frame.go("meeting")
            qtbot.waitUntil(lambda: bool(page.lines()))
            page.lines()[0].click()
        case "backups" | "checks" | "people" | "recovery" | "new code":
            show_vault(desktop, qtbot, name)
        case "messages":
            frame.go("settings")
            frame.warning.warn(25)
            desktop.messages.say("The disk is full, so nothing was saved. Free some space and try again.", "danger")
        case _:
            frame.go(name)
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    QApplication.processEvents()
    return window


def show_of_a_case(desktop: Desktop, name: str) -> None:
    """Show what was removed, a return beside the state of the case, one that was sealed, or an earlier day."""
    work, case_file = desktop.window.work, case_file_id("TAC-00005")
    bench = work.bench
    within = {"case_file": case_file, "now": bench.moment()}
    answers = {"tracker_form": "follow_up", "period_to": bench.today()}
    made = save_answers(bench.store, bench.person, forms.ALL["tracker_return"], answers=answers, **within)
    if name == "removed":
        remove(bench.store, bench.person, made, "Written in the wrong case file. " * 5, now=bench.moment())
    if name == "sealed return":
        send(bench.vault, bench.store, bench.person, made, now=bench.moment())
        add(bench.store, bench.person, made, "It was the 19th. " * 20, kind="correction", now=bench.moment())
    work.cases.open_case(case_file, known_on=bench.today() if name == "earlier day" else "")
    page = work.frame.page(work.frame.current())
    if name == "removed":
        page.show_section("removed")
    else:
        page.open_record("tracker_return", made)


def show_outside(desktop: Desktop) -> None:
    """Show contact that is not allowed: with a reason, and without one, because the decision came later."""
    work = desktop.window.work
    bench = work.bench
    within = {"case_file": case_file_id("TAC-00008"), "now": bench.moment()}

    def put(form: str, **answers: object) -> str:
        return save_answers(bench.store, bench.person, forms.ALL[form], answers=answers, **within)

    if not bench.store.records("child", within["case_file"]):
        call = {"at": "2026-01-02T10:00", "kind": "visit_support", "child_contact": "phone", "summary": "A call."}
        for name in ("Mauve Anchor", "A Child Of Rather Many And Long First Names Anchor-Weathervane"):
            call["children"] = (put("child", name=name),)
            put("contact", **call)
            put("contact_permission", children=call["children"], level="not_allowed", source="public_protection")
            put("contact", **call, outside_permission="The manager agreed, because the social worker was there. " * 3)
    work.frame.go("outside")


def show_two_files(desktop: Desktop, section: str) -> None:
    """Show what a case file says of another one that is read as one with it, unfolded, and who said that it is hers."""
    work, one, two = desktop.window.work, case_file_id("TAC-00011"), case_file_id("TAC-00022")
    bench = work.bench
    if two not in bench.store.joined_cases.known():
        reason = "Her solicitor has both. " * 5
        join_cases(bench.store, bench.person, two, one, first=one, reason=reason, now=bench.moment())
    work.cases.open_case(one, section)
    page = work.frame.page(work.frame.current())
    for other in page.findChildren(OtherFile):
        other.fold.click()


def show_vault(desktop: Desktop, qtbot: QtBot, name: str) -> None:
    """Show a part of the place 'Vault' with something in it: a backup that was tried out, or damage of every kind."""
    desktop.window.frame.go("vault", "recovery" if name == "new code" else name)
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    screen = desktop.window.work.vault.screen
    match name:
        case "backups":
            screen.backups.make.click()
            qtbot.waitUntil(lambda: not desktop.lane.jobs())
            screen.backups.tell("The backup of 3 Mar 2026, 09:12 was brought back and is sound, all of it. " * 3)
        case "checks":
            screen.checks.show_findings([Finding(part, "page 3", "Damage.") for part in get_args(Part)])
        case "people":
            screen.people.show_people(PEOPLE, may_look_after=True)
        case "recovery":
            screen.recovery.show_ways(WAYS, may_look_after=True)
        case _:
            screen.recovery.show_code("ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789")
            screen.recovery.refuse_code("That is not the code that was made just now. " * 3)


PEOPLE = [
    Someone(person=Person(id=str(n), name=f"Fern Cog {n}", role=role, prison="EP", left="" if n < 3 else "2026-03-03"),
            slot=str(n) if n < 3 else "", initials=f"FC {n}", unlocked="", is_me=n == 0, renewed=n == 2)
    for n, role in enumerate(ROLES)
]  # fmt: skip
"""Oneself, a colleague, one whose pass-phrase was renewed, and one who has left."""
WAYS = WaysBack(code=True, organisation=f"age1{'q' * 58}", service="Tin Hill", service_key=f"age1{'p' * 58}")


def into(desktop: Desktop, qtbot: QtBot, folder: Path) -> Frame:
    """Come into a vault, if another one is open or none."""
    window = desktop.window
    if window.work is None or window.work.bench.vault.folder != folder:
        window.lock()
        unlock(desktop, qtbot, folder)
    desktop.messages.dismiss()
    window.frame.warning.hide()
    return window.frame


def show_exchange(desktop: Desktop, qtbot: QtBot, name: str, folder: Path) -> QWidget:
    into(desktop, qtbot, folder)
    desk = desk_of(desktop, qtbot)
    desk.screen.receive.begin()
    desk.receiving.inbox_chosen.emit(str(folder.with_name("inbox")))
    qtbot.waitUntil(lambda: len(desk.receiving._inbox.files()) == 1)
    if name == "looked into":
        desk.screen.show_part("receive")
        desk.receiving.look_into(str(folder.with_name("inbox") / "b.tacb"))
        qtbot.waitUntil(desk.screen.receive.found.isVisible)
    else:
        desk.screen.show_part(name)
        desk.screen.arrive()
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    QApplication.processEvents()
    return desktop.window


def show_keeper(desktop: Desktop, qtbot: QtBot, name: str, folder: Path) -> QWidget:
    into(desktop, qtbot, folder)
    desk = desk_of(desktop, qtbot)
    founding = desk.screen.founding
    desk.screen.show_part("service")
    desk.screen.show_founding(on=name != "service")
    if name != "service":
        founding.begin()
    if name in ("key sheet", "typed back"):
        bench = desktop.window.work.bench
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("tac_desktop.actions.service.held_file", lambda _store: None)
            prepared = service.prepare_service(bench.vault, bench.store, "Fernhill", now=bench.moment())
        founding.show_sheets(prepared.founded)
    if name == "typed back":
        founding._ask_back()
        founding._check()
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    QApplication.processEvents()
    desk.screen.arrive()
    return desktop.window


SHOWN = [
    *(("door", name) for name in DOORS),
    *(("page", name) for name in PAGES),
    *(("exchange", name) for name in EXCHANGE),
    *(("keeper", name) for name in KEEPER),
]


AT_100, AT_200 = ([(look, kind, name) for kind, name in SHOWN] for look in ("100", "200"))
IN_LOOKS = [*AT_100, *AT_200]
IN_CONTRAST = [("high contrast", kind, name) for kind, name in SHOWN if name in CONTRASTED]


def shown(*places: tuple[str, str, str]) -> pytest.MarkDecorator:
    """Have a test look at screens, each in a look; those of one look follow each other, as it is made once."""
    return pytest.mark.parametrize("screen", places, indirect=True, ids=lambda place: f"{place[0]}-{place[2]}")


@pytest.fixture(scope="module")
def screen(request, looks: Looks, folder: Path, keeper_folder: Path) -> QWidget:
    """One screen in one look; it is shown once, and every test looks at it."""
    look, kind, name = request.param
    desktop, qtbot = looks.of(look), Patient(request)
    match kind:
        case "door":
            window = show_door(desktop, name, folder)
        case "page":
            window = show_page(desktop, qtbot, name, folder)
        case "exchange":
            window = show_exchange(desktop, qtbot, name, folder)
        case _:
            window = show_keeper(desktop, qtbot, name, keeper_folder)
    window.resize(*SIZE)
    qtbot.waitUntil(lambda: all(building.is_over() for building in window.findChildren(InTurns)))
    QApplication.processEvents()
    return window


@shown(*AT_100)
def test_everything_that_takes_the_keyboard_has_a_name(screen):
    assert nameless(screen) == []


@shown(*IN_LOOKS, *IN_CONTRAST)
def test_every_text_can_be_read(screen):
    assert faint_texts(screen) == []


@shown(*IN_LOOKS)
def test_every_button_is_large_enough_to_hit(screen):
    assert small_targets(screen, screen.kit.theme.scale) == []


@shown(*IN_LOOKS)
def test_the_window_fits_a_small_screen(screen):
    """Offscreen a window that needs more room grows past the size that it was given."""
    assert (screen.grab().width(), screen.grab().height()) == SIZE
    assert screen.minimumSizeHint().width() <= SIZE[0]
    assert screen.minimumSizeHint().height() <= SIZE[1]


@shown(*IN_LOOKS)
def test_no_text_is_cut_off_at_the_side(screen):
    cut = [
        label.text()[:50]
        for label in screen.findChildren(QLabel)
        if label.isVisible()
        and label.text()
        and label.wordWrap()
        and label.height() < label.heightForWidth(label.width())
    ]
    assert cut == []


@shown(*IN_LOOKS)
def test_the_tab_key_reaches_everything_and_comes_round(screen, qtbot):
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    if QApplication.focusWidget() is None:
        reachable(screen)[0].setFocus()
    way = tab_way(screen)
    missed = [w for w in reachable(screen) if w not in way]
    assert [f"{type(w).__name__} {w.accessibleName()}" for w in missed] == []
    assert len(way) < 200


@shown(*IN_LOOKS)
def test_the_keyboard_is_seen_wherever_it_is(screen, qtbot):
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    if QApplication.focusWidget() is None:
        reachable(screen)[0].setFocus()
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        qtbot.waitUntil(lambda: _is_around(QApplication.focusWidget(), screen))  # it follows after the scrolling


def _is_around(focused: QWidget, screen: QWidget) -> bool:
    ring = screen.findChild(QWidget, "focus-ring")
    return ring.isVisible() and ring.geometry().contains(focused.mapTo(screen, focused.rect().center()))


def test_the_sidebar_can_be_worked_by_assistive_tools(large, qtbot, folder):
    window = show_page(large, qtbot, "today", folder)
    button = next(b for b in window.findChildren(QPushButton) if b.accessibleName() == "Caseload")
    QAccessible.queryAccessibleInterface(button).actionInterface().doAction("Toggle")
    assert window.frame.current() == "caseload"


def test_the_narrow_sidebar_still_says_its_words(large, qtbot, folder):
    window = show_page(large, qtbot, "today", folder)
    names = spoken(window.frame.sidebar)
    plain = {name.partition(",")[0] for name in names}  # 'Send and receive, 1 bundle waits'
    assert {"Today", "Caseload", "Reports", "Send and receive", "Settings", "Lock now"} <= plain
