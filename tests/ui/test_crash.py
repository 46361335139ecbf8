import subprocess
import sys
from pathlib import Path

import pytest

from tac_desktop.ui.crash import MOST_BYTES, CrashHook, report_of

NAME = "Puce Anchor"


def broken() -> None:
    answers = {"name": NAME}
    raise KeyError(f"{answers['name']} is not here")


def failing_because() -> None:
    try:
        broken()
    except KeyError as error:
        raise ValueError(f"cannot show {NAME}") from error


def caught(call) -> Exception:
    try:
        call()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the test is about
        return error
    raise AssertionError


def test_a_report_names_kinds_and_places_and_no_value():
    report = report_of(caught(failing_because))
    assert "ValueError" in report
    assert "KeyError" in report
    assert "test_crash.py" in report
    assert ":broken" in report
    assert "Puce" not in report
    assert "Anchor" not in report


@pytest.fixture
def hook(tmp_path):
    told: list[str] = []
    hook = CrashHook(tmp_path / "crash.log", settle=lambda: told.append("drafts"), show=told.append)
    hook.told = told
    hook.log = tmp_path / "crash.log"
    return hook


def test_drafts_are_written_before_anything_else_and_the_log_holds_no_value(hook):
    hook.take(caught(failing_because))
    assert hook.told[0] == "drafts"
    assert hook.told[1].startswith("ValueError")
    text = hook.log.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "Puce" not in text


def test_an_error_while_writing_the_drafts_does_not_hide_the_first(tmp_path):
    shown: list[str] = []
    hook = CrashHook(tmp_path / "crash.log", settle=broken, show=shown.append)
    hook.take(ValueError(NAME))
    assert shown[0].startswith("ValueError")
    text = (tmp_path / "crash.log").read_text(encoding="utf-8")
    assert "KeyError" in text
    assert "ValueError" in text


def test_a_crash_within_the_crash_is_logged_and_shown_no_more(tmp_path):
    shown: list[str] = []

    def show(report: str) -> None:
        shown.append(report)
        hook.take(RuntimeError(NAME))

    hook = CrashHook(tmp_path / "crash.log", settle=lambda: None, show=show)
    hook.take(ValueError(NAME))
    assert len(shown) == 1
    assert "RuntimeError" in (tmp_path / "crash.log").read_text(encoding="utf-8")


def test_a_log_that_has_grown_too_long_begins_anew(hook):
    hook.log.write_bytes(b"x" * (MOST_BYTES + 1))
    hook.install()
    hook.uninstall()
    assert hook.log.stat().st_size < MOST_BYTES


def test_an_error_in_a_slot_of_qt_reaches_the_hook_and_leaves_no_name(tmp_path: Path):
    script = tmp_path / "slot.py"
    script.write_text(
        f"""
import sys
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from pathlib import Path
from PySide6.QtCore import QCoreApplication, QTimer
from tac_desktop.ui.crash import CrashHook
app = QCoreApplication([])
hook = CrashHook(Path({str(tmp_path / "crash.log")!r}), settle=lambda: None, show=lambda report: app.quit())
hook.install()
def fail():
    raise KeyError({NAME!r})
QTimer.singleShot(0, fail)
app.exec()
""",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], check=False, capture_output=True, timeout=240)
    assert done.returncode == 0
    text = (tmp_path / "crash.log").read_text(encoding="utf-8")
    assert "KeyError" in text
    assert ":fail" in text
    assert "Puce" not in text + done.stderr.decode()
