"""Damage of every kind gives a sentence or is found by the check; nothing wrong is shown in silence."""

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tac_desktop.errors import DiskFull, TacError, VaultDamaged
from tac_desktop.storage import Store, open_vault, slots
from tests.storage.conftest import PASSPHRASE

SAVER = Path(__file__).with_name("saver.py")


@pytest.fixture
def folder(desk):
    desk.mother()
    for number in range(40):
        desk.write("contact", f"c{number}", "EP-1", at="2026-03-01T10:00", summary=f"Teapot {number} " * 60)
    desk.store.attach([bytes(100_000)])
    desk.close()
    return desk.vault.folder


def look_at_everything(folder):
    vault = open_vault(folder, slots(folder)[0].id, PASSPHRASE)
    try:
        store = Store(vault)
        try:
            findings = [finding for step in store.upkeep.check() for finding in step.findings]
            return findings, [record.text("summary") for record in store.records("contact")]
        finally:
            store.close()
    finally:
        vault.close()


def test_a_sound_vault_has_no_findings(folder):
    findings, summaries = look_at_everything(folder)
    assert findings == []
    assert len(summaries) == 40


def test_any_flipped_bit_of_the_database_is_noticed(folder):
    sound = (folder / "data.db").read_bytes()
    _, summaries = look_at_everything(folder)
    chance = random.Random(11)
    for _ in range(30):
        damaged = bytearray(sound)
        damaged[chance.randrange(len(sound))] ^= 1 << chance.randrange(8)
        (folder / "data.db").write_bytes(damaged)
        try:
            findings, found = look_at_everything(folder)
        except TacError:
            continue
        assert findings
        assert found == summaries
    (folder / "data.db").write_bytes(sound)
    assert look_at_everything(folder)[0] == []


def test_two_exchanged_pages_are_noticed(folder):
    raw = bytearray((folder / "data.db").read_bytes())
    raw[4096 * 5 : 4096 * 6], raw[4096 * 9 : 4096 * 10] = raw[4096 * 9 : 4096 * 10], raw[4096 * 5 : 4096 * 6]
    (folder / "data.db").write_bytes(raw)
    try:
        findings, _ = look_at_everything(folder)
    except VaultDamaged:
        return
    assert findings


@pytest.mark.parametrize(("part", "statement"), [
    ("entries", "UPDATE journal SET sem = replace(sem, 'worker', 'walker') WHERE j = 3"),
    ("entries", "UPDATE journal SET sem = '' WHERE j = 3"),
    ("entries", "UPDATE content SET payload = replace(payload, 'Teapot', 'Kettle') WHERE j = 5"),
    ("entries", "UPDATE journal SET known_on = '2026-01-01' WHERE j = 4"),
    ("chains", "DELETE FROM journal WHERE j = (SELECT max(j) FROM journal)"),
    ("chains", "DELETE FROM journal WHERE j = 5"),
    ("chains", "UPDATE sv SET chain = zeroblob(32)"),
    ("records", "UPDATE form_contact SET summary = 'Kettle' WHERE _id = 'c3'"),
    ("records", "DELETE FROM form_contact WHERE _id = 'c3'"),
    ("records", "DELETE FROM head WHERE j = 5"),
    ("caseload", "UPDATE caseload SET name = 'Somebody'"),
    ("attachments", "UPDATE blob_chunk SET bytes = zeroblob(5)"),
    ("attachments", "DELETE FROM blob_chunk"),
])  # fmt: skip
def test_whatever_is_altered_behind_the_program_is_found(folder, part, statement):
    vault = open_vault(folder, slots(folder)[0].id, PASSPHRASE)
    connection = vault.connect()
    connection.execute("PRAGMA foreign_keys = OFF")
    triggers = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for (name,) in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    assert connection.execute(statement).rowcount > 0
    connection.close()
    vault.close()
    findings, _ = look_at_everything(folder)
    assert part in {finding.part for finding in findings}
    assert not any("Teapot" in finding.what + finding.where for finding in findings)


def test_a_full_disk_saves_nothing_and_the_vault_goes_on_afterwards(desk):
    desk.mother()
    connection = desk.store._ledger.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 1}")
    before = desk.derived()
    with pytest.raises(DiskFull):
        desk.write("contact", "c1", "EP-1", at="2026-03-01T10:00", summary="Teapot " * 9000)
    assert desk.derived() == before
    connection.execute("PRAGMA max_page_count = 1000000")
    assert len(desk.write("contact", "c1", "EP-1", at="2026-03-01T10:00", summary="Teapot")) == 1
    assert not [finding for step in desk.store.upkeep.check() for finding in step.findings]


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_killed_program_loses_nothing_that_was_saved(desk):
    desk.close()
    folder, chance, saved = desk.vault.folder, random.Random(3), -1
    for _ in range(int(os.environ.get("TAC_KILLS", "10"))):
        process = subprocess.Popen(
            [sys.executable, SAVER, folder, PASSPHRASE, str(saved + 1)], stdout=subprocess.PIPE, text=True
        )
        for _ in range(chance.randrange(1, 15)):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        told = [int(line) for line in process.stdout.read().split()]
        process.wait()
        process.stdout.close()
        findings, summaries = look_at_everything(folder)
        assert findings == []
        last = max([saved, *told, len(summaries) - 1])
        assert sorted(summaries) == sorted(f"Teapot {number}" for number in range(last + 1))
        saved = last
    assert saved > 0


def test_a_vault_copied_while_nobody_uses_it_opens_elsewhere(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "elsewhere")
    assert look_at_everything(tmp_path / "elsewhere")[0] == []
