"""A program that is killed while somebody types loses at most the last second."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
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
"""What a busy computer may be late with a timer and a durable write."""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
@pytest.mark.parametrize("seconds", [1.6, 2.7])
def test_a_killed_program_loses_at_most_the_last_second_of_typing(tmp_path, seconds):
    folder = tmp_path / "v"
    vault, _ = vaults.create(
        folder, name="Sage Beacon", role="worker", prison="EP", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    store = vaults.store_of(vault)
    answers = {"reference": "TAC-00231", "name": "Puce Anchor", "prison": "EP"}
    case_file = save_answers(store, vault.person, forms.ALL["mother"], answers=answers, now=datetime.now(UTC))
    store.close()
    vault.close()

    script = Path(__file__).with_name("types_until_killed.py")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    typing = subprocess.Popen(
        [sys.executable, str(script), str(folder), case_file], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert typing.stdout is not None
    times = [float(typing.stdout.readline().split()[1])]
    while time.monotonic() < times[0] + seconds:
        times.append(float(typing.stdout.readline().split()[1]))
    killed = time.monotonic()
    typing.send_signal(signal.SIGKILL)
    typing.wait()
    typing.stdout.close()

    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    drafts = draft_verbs.drafts_of(vault)
    kept = draft_verbs.kept_draft(drafts, vault.person, "triage", draft_verbs.new_record(case_file))
    drafts.close()
    vault.close()
    assert kept is not None
    letters = len(kept.typed["own_words"]["typed"][0])
    old_enough = sum(at < killed - SECOND - SLOW_COMPUTER for at in times)
    assert letters >= max(1, old_enough), (letters, old_enough, len(times))
