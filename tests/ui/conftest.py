"""What the tests of the window need: real vaults with the cheapest keys, and a desktop of their own."""

import gc
import importlib.util
import shutil
import sys
import threading
from collections.abc import Container, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QLayout, QLayoutItem, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken, delete, getCppPointer, invalidate, ownedByPython

from tac_desktop.actions import vaults
from tac_desktop.casework.people import Role
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.ui import lock
from tac_desktop.ui.app import Desktop, Surroundings
from tac_desktop.ui.jobs import Lane
from tac_desktop.ui.kit import Kit
from tac_desktop.ui.messages import Messages
from tac_desktop.ui.theme import Theme
from tac_desktop.ui.workbench import Workbench
from tests.new_vaults import open_vault


def _neighbour(name: str) -> None:
    """Make a module beside this file importable, which importlib mode does not do."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


for _name in ("cases", "at_bench", "patience", "seen", "way_in", "exchanging", "typist", "contradicting"):
    _neighbour(_name)

from at_bench import NOW  # noqa: E402 - importable only now
from patience import Patient  # noqa: E402 - importable only now
from way_in import PASSPHRASE, PERSON, fill, unlock  # noqa: E402 - importable only now


class _OneThread:
    """Lets no other thread load a module of Qt or of the window: docs/decisions/0071-qt-in-one-thread.md."""

    def find_spec(self, name: str, *_others: object) -> None:
        if name.startswith(("PySide6", "tac_desktop.ui")) and threading.current_thread() is not threading.main_thread():
            raise AssertionError(f"{name} is loaded in another thread than the window's")


sys.meta_path.insert(0, _OneThread())


@pytest.fixture(scope="module", autouse=True)
def lasting() -> None:
    """Whatever is there before the first test of a file stays, and is not looked through after each of them."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def asleep_seconds() -> Iterator[int]:
    """Let no window hold that the computer slept: one that is busy keeps a test from the event loop for longer.

    Gives the program's own figure.
    """
    with pytest.MonkeyPatch.context() as patch:
        own = lock.ASLEEP_SECONDS
        patch.setattr(lock, "ASLEEP_SECONDS", 3600)
        yield own


@pytest.fixture(scope="session", autouse=True)
def nothing_copied() -> Iterator[None]:
    """Empty the clipboard at the end: Qt would destroy what Python made for it when there is no Python any more."""
    yield
    if QApplication.instance():
        QApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def collected_here(lasting: None) -> Iterator[None]:
    """Garbage is collected in the window's thread only, as in the program: see ui/collector.py."""
    gc.disable()
    lasting_pages = _pages()  # those of several tests were made before this
    yield
    gone = [page for page in _pages() if page not in lasting_pages]
    for page in gone:
        delete(page)  # from the page to its parts; Python would collect them in any order
    gone.clear()
    gc.collect()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Destroy what was put away while the pages of the test are held: none shall go from within a part of its own."""
    pages = _pages()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    pages.clear()
    dead = _dead_items()
    yield
    assert dead == [], "Python knows items that Qt has destroyed: docs/decisions/0072-items-of-a-layout.md"


def _dead_items() -> list[str]:
    """Return of which layouts Python knows items that are in none any more."""
    known = [one for one in Shiboken.getAllValidWrappers() if isinstance(one, QLayoutItem)]
    items = {getCppPointer(one)[0]: one for one in known if not isinstance(one, QLayout) and not ownedByPython(one)}
    there = {place for layout in known if items and isinstance(layout, QLayout) for place in _places(layout, items)}
    gone = [one for place, one in items.items() if place not in there]
    # those of a Flow are no layout's but in its own list, and are there as long as that
    return [_way_to(holder) for one in gone for holder in gc.get_referrers(one) if isinstance(holder, QLayout)]


def _places(layout: QLayout, known: Container[int]) -> Iterator[int]:
    """Yield where in memory the items of a layout are, and leave none behind that Python has not known before."""
    for number in range(layout.count()):
        item = layout.itemAt(number)
        yield (place := getCppPointer(item)[0])
        if place not in known and not isinstance(item, QLayout):
            invalidate(item)


def _way_to(part: QObject | None) -> str:
    return f"{_way_to(part.parent())} > {type(part).__name__}" if part is not None else ""


def _pages() -> list[QWidget]:
    """Return what stands in no window of the program, as its pages never do there, and therefore belongs to Python."""
    return [page for page in QApplication.topLevelWidgets() if ownedByPython(page)] if QApplication.instance() else []


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return Patient(request)


@pytest.fixture
def kit(qapp: QApplication) -> Kit:
    theme = Theme()
    theme.apply(qapp)
    return Kit(theme)


@pytest.fixture(scope="session")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault of one worker, without cases, of which tests get copies."""
    folder = tmp_path_factory.mktemp("empty") / "Fernhill"
    vault, _code = vaults.create(
        folder, name=PERSON, role="worker", prison="EP", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    vault.close()
    return folder


@pytest.fixture(scope="session")
def full_vault(empty_vault: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with 40 case files."""
    folder = tmp_path_factory.mktemp("full") / "Fernhill"
    shutil.copytree(empty_vault, folder)
    fill(folder, 40)
    return folder


@pytest.fixture
def role() -> str:
    """Whose vault is at the bench: a worker's, unless a test has another role."""
    return "worker"


@pytest.fixture
def bench(kit: Kit, qapp: QApplication, tmp_path: Path, role: Role) -> Iterator[Workbench]:
    """A bench at an open vault of one person, without cases and without a window."""
    vault = open_vault(
        tmp_path / "v", name=PERSON, role=role, prison="EP" if role == "worker" else "", passphrase=PASSPHRASE
    )
    lane = Lane()
    made = Workbench(kit, lane, Messages(), lambda: NOW, vault)
    yield made
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # no timer of a closed screen may outlive the vault
    lane.stop()
    made.close()
    vault.close()


@pytest.fixture
def vault_folder(empty_vault: Path, tmp_path: Path) -> Path:
    """A closed vault of one worker, without cases."""
    return shutil.copytree(empty_vault, tmp_path / "Fernhill")


@pytest.fixture
def full_folder(full_vault: Path, vault_folder: Path) -> Path:
    """A closed vault with 40 case files."""
    return shutil.copytree(full_vault, vault_folder, dirs_exist_ok=True)


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Desktop]:
    """The application with settings and crash log of its own; everything is closed afterwards."""
    made = Desktop(qapp, Surroundings(tmp_path / "settings.json", tmp_path / "crash.log", CHEAPEST))
    made.window.resize(1366, 728)
    made.show()
    qtbot.waitUntil(made.window.isVisible)
    yield made
    made.window.close()
    made.lane.stop()
    qapp.removeEventFilter(made.watch)
    made.deleteLater()
    qapp.processEvents()


@pytest.fixture
def opened(desktop: Desktop, qtbot: QtBot, full_folder: Path) -> Desktop:
    """The desktop with a vault of 40 case files, unlocked."""
    unlock(desktop, qtbot, full_folder)
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    return desktop
