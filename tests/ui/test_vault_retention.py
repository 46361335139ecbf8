"""How long case files are kept, in a manager's window: said, due, disposed of with the reference typed once more."""

import shutil

import pytest
from cases import NOW, write_cases
from PySide6.QtWidgets import QLabel
from seen import nameless, small_targets
from way_in import PASSPHRASE, unlock

from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tac_desktop.ui.print_screen import PrintScreen
from tac_desktop.ui.retention_dialogs import DisposeOfCase, SayHowLong

REFERENCE = "Z-001"
"""Of a case that was closed long ago."""


@pytest.fixture(scope="module")
def kept_vault(tmp_path_factory):
    """A manager's closed vault of six case files, one of which was closed long ago."""
    folder = tmp_path_factory.mktemp("kept") / "Fernhill"
    vault, _code = vaults.create(
        folder, name="Moss Lamp", role="manager", prison="", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    store = Store(vault)
    write_cases(store, 5, vault.person.id)
    mother = {"reference": REFERENCE, "name": "Puce Anchor", "prison": "EP"}
    save_answers(store, vault.person, forms.ALL["mother"], answers=mother, now=NOW)
    worked = {"opened": "2014-01-05", "closed": "2015-03-02"}
    case_file = case_file_id(REFERENCE)
    save_answers(store, vault.person, forms.ALL["episode"], answers=worked, now=NOW, case_file=case_file)
    store.close()
    vault.close()
    return folder


@pytest.fixture
def part(desktop, qtbot, kept_vault, tmp_path):
    """The part, in the window of the manager, who has unlocked her vault."""
    unlock(desktop, qtbot, shutil.copytree(kept_vault, tmp_path / "Fernhill"))
    qtbot.waitUntil(lambda: desktop.window.frame is not None)
    settle(desktop, qtbot)
    return shown(desktop, qtbot)


def settle(desktop, qtbot):
    qtbot.waitUntil(lambda: not desktop.lane.jobs())


def shown(desktop, qtbot):
    desktop.window.frame.go("vault", "retention")
    settle(desktop, qtbot)
    return desktop.window.work.vault.screen.retention


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def choose(part, reference=REFERENCE):
    part.table.selectRow([one.reference for one in part._cases].index(reference))


def dialog(desktop, kind):
    return desktop.window.findChildren(kind)[-1]


def said(desktop, qtbot, part, *, code="advice", hold=False, reason=""):
    choose(part)
    part.say.click()
    asked = dialog(desktop, SayHowLong)
    asked.retention_class.setCurrentIndex(asked.retention_class.findData(code))
    asked.hold.setChecked(hold)
    asked.reason.setText(reason)
    asked.go.click()
    settle(desktop, qtbot)
    return asked


def test_a_manager_says_how_long_and_sees_what_is_due(desktop, qtbot, part):
    assert [one.retention.state for one in part._cases] == ["without_class"] * 6
    asked = said(desktop, qtbot, part, hold=True)
    assert "Say why there is a legal hold" in texts(asked)
    asked.reason.setText("A claim is expected.")
    asked.go.click()
    settle(desktop, qtbot)
    assert {one.reference: one.retention.state for one in part._cases}[REFERENCE] == "held"
    said(desktop, qtbot, part)
    part.only_due.setChecked(True)
    assert [one.reference for one in part._cases] == [REFERENCE]
    assert "1 case file" in texts(part)
    assert nameless(part) == []
    assert small_targets(part) == []


def test_what_is_held_cannot_be_disposed_of_and_the_window_says_why(desktop, qtbot, part):
    said(desktop, qtbot, part, hold=True, reason="A claim is expected.")
    choose(part)
    part.dispose.click()
    settle(desktop, qtbot)
    asked = dialog(desktop, DisposeOfCase)
    asked.basis.setText("Retention schedule")
    asked.typed.setText(REFERENCE)
    assert "under legal hold" in texts(asked)
    assert not asked.go.isEnabled()
    assert not asked.early.isVisible()


def test_a_case_file_goes_when_its_reference_was_typed_once_more(desktop, qtbot, part, tmp_path):
    said(desktop, qtbot, part)
    choose(part)
    part.dispose.click()
    settle(desktop, qtbot)
    asked = dialog(desktop, DisposeOfCase)
    assert nameless(asked) == []
    assert "go for good" in texts(asked)
    for basis, typed, goes in (("", REFERENCE, False), ("Retention schedule", "TAC-00004", False),
                               ("Retention schedule", REFERENCE, True)):  # fmt: skip
        asked.basis.setText(basis)
        asked.typed.setText(typed)
        assert asked.go.isEnabled() is goes
    asked.go.click()
    qtbot.waitUntil(lambda: any("is disposed of" in one.text for one in desktop.messages.shown))
    settle(desktop, qtbot)
    after = shown(desktop, qtbot)
    assert [one.reference for one in after._all] == [f"TAC-{number:05}" for number in range(5)]
    assert [one.text("reference") for one in after._gone] == [REFERENCE]
    after.certificate.click()
    qtbot.waitUntil(lambda: bool(desktop.window.frame.findChildren(PrintScreen)))
    settle(desktop, qtbot)
    assert "Certificate of disposal, Z-001" in texts(desktop.window.frame)
    assert not after.rest.isVisible()
    assert desktop.window.work.bench.store.record(case_file_id(REFERENCE)) is None


def test_who_is_no_manager_has_no_such_part(opened, qtbot):
    opened.window.frame.go("vault", "people")
    assert opened.window.work.vault.screen.retention is None
