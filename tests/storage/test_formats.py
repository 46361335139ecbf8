"""The examples in docs/formats are what the program does."""

import json
import re
from pathlib import Path

from tac_desktop.casework import forms
from tac_desktop.casework.journal import b64, change_id, commitment, device_chain, stream_chain
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.key_file import FORMATS as WRITTEN

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


def test_the_journal_tells_how_a_derived_id_is_made():
    texts, told = re.search(r"So (.+) gives\s+`([0-9a-f-]{36})`", (FORMATS / "journal.md").read_text()).groups()
    assert (texts, told) == ("`case`, `Z0001ZZ/1`", case_file_id("Z0001ZZ/1"))


def test_the_journal_names_the_forms_that_stay_and_the_own_date_of_each():
    text = (FORMATS / "journal.md").read_text()
    restricted = text.split("Restricted are the forms ")[1].split(";")[0]
    assert set(re.findall(r"`(\w+)`", restricted)) == {
        form.name for form in forms.ALL.values() if form.keeping == "restricted"
    }
    paragraph = text.split("The own date is the answer to `date`, but to ")[1].split("\n\n")[0]
    own_dates, none = paragraph.split("Records of ")
    told = {form: date for date, several in re.findall(r"`(\w+)`\s+\(([^)]+)\)", own_dates)
            for form in several.split(", ")}  # fmt: skip
    told |= dict.fromkeys(re.findall(r"\w+", none.split("have none")[0].replace(" and ", " ")), "")
    assert {name: form.own_date for name, form in forms.ALL.items()} == {
        name: told.get(name, "date") for name in forms.ALL
    }


def test_the_key_file_has_the_members_that_its_format_tells(desk):
    text = (FORMATS / "key-slots.md").read_text()
    written = json.loads((desk.vault.folder / "keys.json").read_bytes())
    assert written["format"] == WRITTEN[-1]
    members = {*written, *written["slots"][0], *written["slots"][0]["kdf"]}
    assert all(f'"{member}"' in text for member in members)
    assert {path.name for path in desk.vault.folder.iterdir() if "journal" not in path.name} <= set(
        re.findall(r"^\| `([\w.]+?)/?` \|", text, re.MULTILINE)
    )
