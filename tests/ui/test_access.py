"""A subject access request in the window: looked through by keyboard, decided, and written as a pack."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from seen import faint_texts, nameless, small_targets
from way_in import PASSPHRASE, unlock

from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.subject_access import WITHHELD
from tac_desktop.storage.store import Store
from tac_desktop.ui.access_screen import AccessScreen
from tac_desktop.ui.app import Desktop
from tests.new_vaults import open_vault


@pytest.fixture
def asked(desktop: Desktop, qtbot: QtBot, tmp_path: Path) -> AccessScreen:
    """A manager's vault with one case, whose mother has asked; the answers that wait are in front."""
    vault = open_vault(tmp_path / "Fernhill", name="Fern Cog", role="manager", prison="", passphrase=PASSPHRASE)
    store, now = Store(vault), datetime_of("2026-11-21T09:00:00+00:00")

    def save(form: str, case: str = "", **answers: object) -> str:
        return save_answers(store, vault.person, forms.ALL[form], answers=answers, now=now, case_file=case)

    case = save("mother", reference="TAC-7", name="Puce Anchor", prison="EP")
    child = save("child", case, name="Wren Anchor", wishes="Stickers")
    for year, carer in enumerate(("Teal Lantern, grandmother", "Teal Lantern, her aunt", "Ochre Kettle, a friend")):
        save("placement", case, child=child, carer=carer, from_date=f"{2021 + year}", to_date=f"{2021 + year}-12")
    save("access_request", case, about="mother", asked_by="Puce Anchor", received="2026-11-10")
    store.close()
    vault.close()
    unlock(desktop, qtbot, tmp_path / "Fernhill")
    desktop.window.work.cases.open_case(case)
    page = desktop.window.frame.page(desktop.window.frame.current())
    page.show_section("access")
    next(b for b in page.findChildren(QPushButton) if b.text() == "Look through what is kept").click()
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    screen = desktop.window.frame.page(desktop.window.frame.current())
    assert isinstance(screen, AccessScreen)
    return screen


def datetime_of(text: str):
    from datetime import datetime

    return datetime.fromisoformat(text)


def press(screen: AccessScreen, qtbot: QtBot, key: Qt.Key) -> None:
    screen.window().activateWindow()
    qtbot.waitUntil(screen.window().isActiveWindow)
    QTest.keyClick(screen.window(), key, Qt.KeyboardModifier.AltModifier)


def test_everything_is_decided_by_keyboard_and_the_pack_keeps_to_it(asked, desktop, qtbot, tmp_path):
    assert not asked.write.isEnabled()
    assert asked.view.item.kept.words == "Stickers", "what a child told comes first, as the form comes first"
    press(asked, qtbot, Qt.Key.Key_3)
    assert asked.view.item.names == ("Teal", "Lantern")
    press(asked, qtbot, Qt.Key.Key_2)
    asked.view._alike.setChecked(True)
    press(asked, qtbot, Qt.Key.Key_1)
    press(asked, qtbot, Qt.Key.Key_3)
    assert asked.view is None
    assert asked.write.isEnabled()
    asked.write.click()
    dialog = asked.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    qtbot.waitUntil(lambda: not desktop.lane.jobs())
    (pack,) = tmp_path.glob("subject-access-*")
    told = json.loads((pack / "what-is-kept.json").read_text("utf-8"))["answers"]
    carers = [one["answer"] for one in told if one["question"] == "carer"]
    assert sorted(carers) == sorted([WITHHELD, f"{WITHHELD} {WITHHELD}, grandmother", "Teal Lantern, her aunt"])


def test_the_same_for_all_alike_is_one_press(asked, qtbot):
    press(asked, qtbot, Qt.Key.Key_Right)
    asked.view._alike.setChecked(True)
    press(asked, qtbot, Qt.Key.Key_3)
    waiting = [label.text() for label in asked.findChildren(QLabel) if "wait for a decision" in label.text()]
    assert waiting
    assert waiting[0].endswith("2 wait for a decision.")


def test_an_answer_without_a_mark_can_be_left_out_too(asked, qtbot):
    asked.decided_too.setChecked(True)
    while asked.view.item.waits:
        press(asked, qtbot, Qt.Key.Key_Right)
    press(asked, qtbot, Qt.Key.Key_3)
    press(asked, qtbot, Qt.Key.Key_Left)
    assert any("Decided: Leave it out" in label.text() for label in asked.view.findChildren(QLabel))


def test_what_was_decided_can_be_looked_at_and_decided_otherwise(asked, qtbot):
    press(asked, qtbot, Qt.Key.Key_3)
    asked.decided_too.setChecked(True)
    assert any("Decided: Leave it out" in label.text() for label in asked.view.findChildren(QLabel))
    press(asked, qtbot, Qt.Key.Key_1)
    press(asked, qtbot, Qt.Key.Key_Left)
    assert any("Decided: Show it" in label.text() for label in asked.view.findChildren(QLabel))


def test_it_can_be_read_heard_and_hit(asked):
    window = asked.window()
    assert nameless(window) == []
    assert faint_texts(window) == []
    assert small_targets(window, asked.kit.theme.scale) == []
