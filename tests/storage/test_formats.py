"""The examples in docs/formats are what the program does."""

import json
import re
from pathlib import Path

from tac_desktop.casework.journal import b64, change_id, commitment, device_chain, stream_chain
from tac_desktop.storage.key_file import FORMAT

FORMATS = Path(__file__).resolve().parents[2] / "docs" / "formats"


def test_the_example_of_the_journal_can_be_recomputed():
    text = (FORMATS / "journal.md").read_text()
    told = dict(
        re.findall(r"^(sem|payload|commitment|cid|s_1|d_1) +(\S.*)$", text.split("## An example")[1], re.MULTILINE)
    )
    sem, payload = told["sem"].encode(), told["payload"].encode()
    bound, cid = b64(commitment(bytes(16), payload)), change_id(sem)
    chain = stream_chain(b"", cid, 1)
    assert json.loads(sem)[10] == bound
    assert told == {
        "sem": told["sem"], "payload": told["payload"], "commitment": bound, "cid": b64(cid), "s_1": b64(chain),
        "d_1": b64(device_chain(b"", chain, 1)),
    }  # fmt: skip


def test_the_key_file_has_the_members_that_its_format_tells(desk):
    text = (FORMATS / "key-slots.md").read_text()
    written = json.loads((desk.vault.folder / "keys.json").read_bytes())
    assert written["format"] == FORMAT
    members = {*written, *written["slots"][0], *written["slots"][0]["kdf"]}
    assert all(f'"{member}"' in text for member in members)
    assert {path.name for path in desk.vault.folder.iterdir() if "journal" not in path.name} <= set(
        re.findall(r"^\| `([\w.]+?)/?` \|", text, re.MULTILINE)
    )
