import os
import signal
import subprocess
import sys

import pytest

from tac_desktop.errors import VaultDamaged
from tac_desktop.storage import Draft, Drafts, open_vault, slots
from tests.storage.conftest import NOW, PASSPHRASE

TYPER = """
import sys; from pathlib import Path
from tac_desktop.storage import Draft, Drafts, open_vault, slots
folder, number = Path(sys.argv[1]), 0
drafts = Drafts(open_vault(folder, slots(folder)[0].id, sys.argv[2]))
while True:
    number += 1
    drafts.write("p", Draft(case_file="c", form="contact", record_id="r", json=str(number), at="2026-11-20T10:00"))
    print(number, flush=True)
"""


def draft(record_id="r1", json='{"summary": "Teapot"}', at="2026-11-20T10:00"):
    return Draft(case_file="c1", form="contact", record_id=record_id, json=json, at=at)


def test_a_draft_is_kept_in_place_of_the_one_before_until_it_is_deleted(desk):
    drafts = Drafts(desk.vault)
    drafts.write("p1", draft(json="{}"))
    drafts.write("p1", draft())
    drafts.write("p1", draft("r2", at="2026-11-20T11:00"))
    assert drafts.read("p1", "contact", "r1") == draft()
    assert [one.record_id for one in drafts.all_of("p1")] == ["r2", "r1"]
    drafts.delete("p1", "contact", "r1")
    assert drafts.read("p1", "contact", "r1") is None
    drafts.close()


def test_drafts_are_each_persons_own(desk):
    drafts = Drafts(desk.vault)
    drafts.write("p1", draft())
    assert drafts.all_of("p2") == []
    drafts.close()


def test_typing_goes_on_while_a_long_import_holds_the_database(desk):
    drafts = Drafts(desk.vault)
    with desk.store.importing(NOW) as intake:
        intake.apply([])
        drafts.write("p1", draft())
    assert drafts.all_of("p1") == [draft()]
    drafts.close()


def test_a_draft_survives_the_lock(desk):
    drafts = Drafts(desk.vault)
    drafts.write("p1", draft())
    drafts.close()
    desk.close()
    vault = open_vault(desk.vault.folder, slots(desk.vault.folder)[0].id, PASSPHRASE)
    drafts = Drafts(vault)
    assert drafts.all_of("p1") == [draft()]
    drafts.close()
    vault.close()


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_draft_survives_a_killed_program(desk):
    desk.close()
    folder = desk.vault.folder
    process = subprocess.Popen([sys.executable, "-c", TYPER, folder, PASSPHRASE], stdout=subprocess.PIPE, text=True)
    for _ in range(20):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    last = int((process.stdout.read().split() or ["20"])[-1])
    process.wait()
    process.stdout.close()
    vault = open_vault(folder, slots(folder)[0].id, PASSPHRASE)
    drafts = Drafts(vault)
    assert int(drafts.read("p", "contact", "r").json) in (last, last + 1)
    drafts.close()
    vault.close()


def test_damaged_drafts_are_put_aside_and_the_records_are_not_touched(desk):
    case = desk.mother()
    (desk.vault.folder / "drafts.db").write_bytes(bytes(8192))
    with pytest.raises(VaultDamaged):
        Drafts(desk.vault)
    drafts = Drafts.start_anew(desk.vault)
    assert drafts.all_of("p1") == []
    drafts.close()
    assert (desk.vault.folder / "drafts-damaged.db").read_bytes() == bytes(8192)
    assert desk.store.record(case) is not None
