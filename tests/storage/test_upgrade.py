"""A field and a form that an older program does not know go through it unharmed, and are shown after the update."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tac_desktop.casework.journal import Entry, b64, unb64
from tac_desktop.storage import Store, open_vault, slots
from tests.storage.conftest import PASSPHRASE
from tests.storage.test_intake import all_entries, deliver

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def older(tmp_path):
    """Give a copy of the program from before there was a question and a form."""
    for folder in ("tac_desktop", "tests"):
        shutil.copytree(ROOT / folder, tmp_path / "older" / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "older" / "resources").symlink_to(ROOT / "resources")
    family = tmp_path / "older" / "tac_desktop" / "casework" / "forms" / "family.py"
    lines = family.read_text(encoding="utf-8").splitlines(keepends=True)
    family.write_text("".join(line for line in lines if '"known_as"' not in line), encoding="utf-8")
    whole = family.with_name("__init__.py")
    fewer = 'ALL = MappingProxyType({name: form for name, form in ALL.items() if name != "photo"})\n'
    whole.write_text(whole.read_text(encoding="utf-8") + fewer, encoding="utf-8")
    return tmp_path / "older"


def test_what_an_older_program_does_not_know_is_kept_passed_on_and_shown_after_the_update(make_desk, older, tmp_path):
    newer, through, third = make_desk(), make_desk(), make_desk()
    newer.mother()
    newer.write("child", "k1", "EP-1", name="Fern Sparrow", known_as="Wren")
    newer.write("photo", "p1", "EP-1", caption="A kite over the teal bridge")
    folder = through.vault.folder
    through.close()
    rows = [
        (b64(e.incarnation), e.seq, e.sseq, b64(e.sem), b64(e.salt), b64(e.payload)) for e in all_entries(newer)
        if b'"session"' not in e.sem
    ]  # fmt: skip
    came, leaves = tmp_path / "came", tmp_path / "leaves"
    came.write_text(json.dumps(rows))
    words = [sys.executable, "-m", "tests.storage.older_program", folder, PASSPHRASE, came, leaves]
    done = subprocess.run(words, cwd=older, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    deliver(
        third, [Entry(unb64(r), seq, sseq, *map(unb64, rest)) for r, seq, sseq, *rest in json.loads(leaves.read_text())]
    )
    through.vault = open_vault(folder, slots(folder)[0].id, PASSPHRASE)  # after the update
    through.store = Store(through.vault)
    for desk in (third, through):
        assert desk.store.record("k1").answers == {
            "name": "Fern Sparrow", "known_as": "Wren", "needs": "written by the older program",
        }  # fmt: skip
        assert desk.store.record("p1").text("caption") == "A kite over the teal bridge"
        assert [hit.record.id for hit in desk.store.search("wren")] == ["k1"]
        assert not [finding for step in desk.store.upkeep.check() for finding in step.findings]
