"""For how long the window stands still while a person works with 20,000 mothers, and with one very full case file."""

import os
import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from time import thread_time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from benchmarks.measure import Comparison, told
from benchmarks.vaults import FULL, PASSPHRASE, a_store, a_vault, contacts, fill, full_case, mothers, professionals
from tac_desktop import settings
from tac_desktop.casework import fields, forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.ui.app import Desktop, Surroundings
from tac_desktop.ui.case_screen import CaseScreen
from tac_desktop.ui.case_sections import SECTIONS
from tac_desktop.ui.caseload_screen import CaseloadScreen
from tac_desktop.ui.collector import leave_out_what_lasts
from tac_desktop.ui.form_screen import Submitted
from tac_desktop.ui.frame import Frame
from tac_desktop.ui.hand_over_words import HANDOVERS
from tac_desktop.ui.new_case_screen import NewCaseScreen
from tac_desktop.ui.office_screen import OfficeScreen
from tac_desktop.ui.open_form import OpenForm
from tac_desktop.ui.outside_words import OUTSIDE
from tac_desktop.ui.page import Page
from tac_desktop.ui.quick_log import QuickLog
from tac_desktop.ui.waiting_words import MEETING, SHEETS, WORKLOAD
from tac_desktop.ui.work import Work

STANDS_STILL = 0.1
"""Seconds from which on one notices that the window does not answer."""
_TURN, _REST = 5, 120
"""Milliseconds between two turns that are noted, and without work after which the window has come to rest."""
_TYPED = "amber ket"
Step = tuple[str, Callable[[], object]]


class Watch(QObject):
    """Notes for how long the window's thread computes between two turns of its loop, at the longest.

    A clock on the wall would rather measure the computer's other work. The thread waits for nothing else.
    """

    def __init__(self, is_busy: Callable[[], bool], touch: Callable[[], None]) -> None:
        """Take what says whether work is under way in the lane, and what counts a step as a person's input."""
        super().__init__()
        self._is_busy, self._touch = is_busy, touch
        self._last, self._longest = thread_time(), 0.0
        self._turns = QTimer(self, interval=_TURN, timerType=Qt.TimerType.PreciseTimer)
        self._turns.timeout.connect(self._turn)
        self._turns.start()

    def during(self, do: Callable[[], object]) -> float:
        """Do something in the loop, wait until everything has come to rest, and return the longest time in seconds."""
        self._touch()
        loop = QEventLoop()
        at_rest = QTimer(loop, interval=_REST, singleShot=True)
        at_rest.timeout.connect(lambda: at_rest.start() if self._is_busy() else loop.quit())
        QTimer.singleShot(0, loop, do)
        at_rest.start()
        self._last, self._longest = thread_time(), 0.0
        loop.exec()
        return self._longest

    def _turn(self) -> None:
        now = thread_time()
        self._longest, self._last = max(self._longest, now - self._last), now


class Person:
    """Works in the real window, with everything that she does most."""

    def __init__(self, desktop: Desktop) -> None:
        """Take the program, at its door."""
        self._desktop = desktop

    def unlock(self, folder: Path) -> None:
        """Type the pass-phrase and press Return."""
        door = self._desktop.window.door
        door.ask_for(folder)
        card = door.currentWidget()
        box = card.findChild(QLineEdit) if card else None
        if box is not None:
            QTest.keyClicks(box, PASSPHRASE)
            QTest.keyClick(box, Qt.Key.Key_Return)

    def walks(self) -> Sequence[tuple[str, Callable[[], Iterator[Step]]]]:
        """Return what is walked through, each with its steps."""
        return (
            ("every place of the sidebar, and beside the caseload", self._places),
            ("filters, orders and search of the caseload", self._caseload),
            ("search in the directory as one types", self._directory),
            ("open a very full case file, every section of it", self._case),
            ("open, save and leave every form of it", self._forms),
            ("log a contact with two women", self._log),
            ("is she already here, as one types", self._new_case),
        )

    @property
    def _frame(self) -> Frame:
        frame = self._desktop.window.frame
        assert frame is not None
        return frame

    @property
    def _work(self) -> Work:
        work = self._desktop.window.work
        assert work is not None
        return work

    def _page(self) -> Page | None:
        return self._frame.page(self._frame.current())

    def _places(self) -> Iterator[Step]:
        for place in (*self._frame.sidebar.names(), MEETING, WORKLOAD, OUTSIDE, HANDOVERS, SHEETS):
            yield place, lambda place=place: self._frame.go(place)

    def _caseload(self) -> Iterator[Step]:
        yield "caseload", lambda: self._frame.go("caseload")
        page = self._page()
        assert isinstance(page, CaseloadScreen)
        for shown in ("open", "overdue", "week", "waiting", "closed", "all"):
            yield f"filter {shown}", lambda shown=shown: page.return_to(shown)
        worker = next(box for box in page.findChildren(QComboBox) if box.accessibleName() == "Who works with her")
        for place in (worker.count() - 1, 0):
            yield f"worker {worker.itemText(place)}", lambda place=place: _pick(worker, place)
        for order in ("name", "reference", "last_contact", "due"):
            yield f"order {order}", lambda order=order: page.table.order_asked.emit(order, False)
        yield "to the end", page.table.scrollToBottom
        yield from _typing(page.search, _TYPED)
        yield "search no more", page.search.clear

    def _directory(self) -> Iterator[Step]:
        yield "directory", lambda: self._frame.go("office")
        page = self._page()
        assert isinstance(page, OfficeScreen)
        yield from _typing(page.directory.search, _TYPED)
        yield "open what was found", lambda: QTest.keyClick(page.directory.search, Qt.Key.Key_Return)
        yield "leave it", page.show_parts
        yield "search no more", page.directory.search.clear

    def _case(self) -> Iterator[Step]:
        yield "open", lambda: self._work.cases.open_case(case_file_id(FULL))
        page = self._page()
        assert isinstance(page, CaseScreen)
        for section in page.sections.buttons:
            yield section, lambda section=section: page.show_section(section)

    def _forms(self) -> Iterator[Step]:
        self._work.cases.open_case(case_file_id(FULL))
        page = self._page()
        assert isinstance(page, CaseScreen)
        for form in dict.fromkeys(chain.from_iterable(section.forms for section in SECTIONS)):
            records = page.desk.records(form) if page.desk.may_write(form) else ()
            if not records or not forms.ALL[form].by_hand:
                continue
            yield f"open {form}", lambda form=form, record=records[-1]: page.open_record(form, record.id)
            if (opened := page.open_form()) is not None and opened.form.name == form:
                yield f"save {form}", lambda opened=opened: _save(opened, self._work.bench.today())
            yield f"leave {form}", lambda: page.show_section("overview")

    def _log(self) -> Iterator[Step]:
        yield "open", self._work.log_contact
        log = next(one for one in self._frame.findChildren(QuickLog) if one.isVisible())
        for name in ("vermilion", _TYPED):
            yield from _typing(log.who, name)
            yield "take her", lambda: QTest.keyClick(log.who, Qt.Key.Key_Return)
            yield "another woman", log.women.ask_for_another
        said = {"kind": "phone", "summary": "She asked when the next visit is."}
        yield "answer", lambda: log.asked.show_answers(said)
        yield "save", log.submit
        yield "close", log.close

    def _new_case(self) -> Iterator[Step]:
        yield "new referral", self._work.cases.new_case
        page = self._page()
        assert isinstance(page, NewCaseScreen)
        name = next(box for box in page.findChildren(QLineEdit) if box.accessibleName() == "Name")
        yield from _typing(name, _TYPED)


def _pick(box: QComboBox, place: int) -> None:
    box.setCurrentIndex(place)
    box.activated.emit(place)


def _typing(box: QLineEdit, text: str) -> Iterator[Step]:
    for end, letter in enumerate(text, start=1):
        yield f"‘{text[:end]}’", lambda letter=letter: _type(box, letter)


def _type(box: QLineEdit, letter: str) -> None:
    box.setFocus()
    QTest.keyClicks(box, letter)


def _save(opened: OpenForm, today: str) -> None:
    """Change one text of what is open, and hand it in."""
    answers = dict(opened.screen.body.answers())
    texts = (field.name for field in opened.form.fields if isinstance(field, fields.Narrative))
    if name := next((text for text in texts if text in answers), ""):
        answers[name] = f"{answers[name]}."
    opened.screen.submitted.emit(Submitted(answers, today))


def run(quick: bool) -> list[Comparison]:
    """Compare the longest standstill of each walk with what one notices."""
    size = 200 if quick else 20_000
    with a_vault(CHEAPEST, role="worker") as (vault, folder), tempfile.TemporaryDirectory(prefix="tac-bench-") as place:
        with a_store(vault) as store:
            rng = random.Random(2)
            for changes in (
                full_case(rng, 50 if quick else 5_000), mothers(size, rng), contacts(size, size * 10, rng),
                professionals(size, rng),
            ):  # fmt: skip
                fill(store, vault.person.id, changes)
        vault.close()
        return _watched(folder, Path(place), 1 if quick else 3)


def _watched(folder: Path, place: Path, rounds: int) -> list[Comparison]:
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    settings.save(replace(settings.Settings(), idle_lock_minutes=60), place / "settings.json")
    leave_out_what_lasts()  # as the program does
    desktop = Desktop(app, Surroundings(place / "settings.json", place / "crash.log", CHEAPEST))
    desktop.window.resize(1366, 728)
    desktop.show()
    watch, person = Watch(lambda: bool(desktop.lane.jobs()), desktop.watch.touch), Person(desktop)
    unlocked = Comparison("unlock", "longest standstill", "100 ms, what one notices", 1)
    unlocked.pairs = [(watch.during(lambda: person.unlock(folder)), STANDS_STILL)]
    found = [unlocked]
    for name, steps in person.walks():
        comparison = Comparison(name, "longest standstill", "100 ms, what one notices", 1)
        for _ in range(rounds):
            comparison.pairs.append((_longest(watch, steps()), STANDS_STILL))
        found.append(comparison)
    desktop.window.close()
    return found


def _longest(watch: Watch, steps: Iterator[Step]) -> float:
    """Walk through the steps; return the longest standstill, and tell of each that one notices."""
    longest = 0.0
    for name, do in steps:
        still = watch.during(do)
        if still > STANDS_STILL:
            print(f"  {name}: {told(still)}", flush=True)
        longest = max(longest, still)
    return longest
