"""What every test needs: Qt without a screen, one font for all, settings of its own, the system's tools or a skip."""

import os
import shutil
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before anything imports PySide6

import hypothesis
import pytest

hypothesis.settings.register_profile("patient", deadline=None)  # a busy computer is no fault of the code
hypothesis.settings.load_profile("patient")


LONGEST_FIRST = ("trials", "commands", "ui", "actions")
"""The rooms whose files take longest: those of the others fill up what one of two processes has left in the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long; skip, by name, the tests whose tools this computer lacks (debian-packages.txt)."""
    rooms = {name: place for place, name in enumerate(LONGEST_FIRST)}
    here = Path(__file__).parent
    items.sort(key=lambda item: rooms.get(item.path.relative_to(here).parts[0], len(rooms)))
    for item in items:
        wanted = [name for mark in item.iter_markers("tool") for name in mark.args]
        lacking = [name for name in wanted if shutil.which(name) is None]
        if lacking:
            item.add_marker(pytest.mark.skip(reason=f"not installed here: {', '.join(lacking)}"))


@pytest.fixture(autouse=True)
def own_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the settings of the person who runs it; programs that a test starts as well."""
    file = tmp_path_factory.mktemp("settings") / "settings.json"
    monkeypatch.setenv("TAC_DESKTOP_SETTINGS", str(file))
    return file


@pytest.fixture(scope="session")
def qapp(qapp: object) -> object:
    """Give pytest-qt's application the program's own fonts, so that sizes do not depend on the computer's."""
    from PySide6.QtGui import QFont
    from PySide6.QtWidgets import QApplication

    from tac_desktop.ui import theme

    theme.load_fonts()
    QApplication.setFont(QFont("Inter", 10))
    return qapp
