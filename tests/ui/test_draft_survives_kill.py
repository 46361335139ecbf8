"""A program that is killed while somebody types loses at most the last second."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from tac_desktop.actions import drafts as draft_verbs
from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.storage.key_slots import CHEAPEST

PASSPHRASE = "four quiet copper kettles"
SECOND = 1.0
SLOW_COMPUTER = 0.8
"""What a computer may be late with a timer and a durable write, beside what the letters themselves come late."""
PAUSE = 0.045
"""Between two letters."""


ON_WINDOWS = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")


def a_vault(folder: Path, women: int) -> list[str]:
    """Make a vault with so many case files, and return them."""
    vault, _ = vaults.create(
        folder, name="Sage Beacon", role="worker", prison="EP", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    store = vaults.store_of(vault)
    made = [
        save_answers(
            store, vault.person, forms.ALL["mother"], now=datetime.now(UTC),
            answers={"reference": f"TAC-{number:05}", "name": "Puce Anchor", "prison": "EP"},
        )
        for number in range(1, women + 1)
    ]  # fmt: skip
    store.close()
    vault.close()
    return made


def typed_until_killed(folder: Path, case_files: list[str], seconds: float) -> int:
    """Let a program of its own type, kill it, and return how many letters were old enough to be kept."""
    script = Path(__file__).with_name("types_until_killed.py")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    typing = subprocess.Popen(
        [sys.executable, str(script), str(folder), *case_files], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert typing.stdout is not None
    times = [float(typing.stdout.readline().split()[1])]
    while time.monotonic() < times[0] + seconds:
        times.append(float(typing.stdout.readline().split()[1]))
    killed = time.monotonic()
    late = sum(max(0.0, after - before - PAUSE) for before, after in pairwise([*times, killed]))
    typing.send_signal(signal.SIGKILL)
    typing.wait()
    typing.stdout.close()
    return max(1, sum(at < killed - SECOND - SLOW_COMPUTER - late for at in times))


def draft_in(folder: Path, form: str, record_id: str) -> draft_verbs.KeptDraft | None:
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    drafts = draft_verbs.drafts_of(vault)
    kept = draft_verbs.kept_draft(drafts, vault.person, form, record_id)
    drafts.close()
    vault.close()
    return kept


@ON_WINDOWS
@pytest.mark.parametrize("seconds", [1.6, 2.7])
def test_a_killed_program_loses_at_most_the_last_second_of_typing(tmp_path, seconds):
    folder = tmp_path / "v"
    [case_file] = a_vault(folder, 1)
    old_enough = typed_until_killed(folder, [case_file], seconds)
    kept = draft_in(folder, "triage", draft_verbs.new_record(case_file))
    assert kept is not None
    assert len(kept.typed["own_words"]["typed"][0]) >= old_enough


@ON_WINDOWS
def test_a_contact_with_three_women_that_was_being_typed_is_kept_with_all_three(tmp_path):
    folder = tmp_path / "v"
    case_files = a_vault(folder, 3)
    old_enough = typed_until_killed(folder, case_files, 2.2)
    kept = draft_in(folder, "contact", draft_verbs.new_record(""))
    assert kept is not None
    assert len(kept.typed["summary"]["typed"][0]) >= old_enough
    assert kept.typed["kind"]["typed"] == ["phone"]
    assert [*(case_file for case_file, _ in kept.typed[":more_women"]), kept.typed[":who"]] == case_files
