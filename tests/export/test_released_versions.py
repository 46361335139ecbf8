"""A card and a bundle of every released version lie in tests/reference and are read for ever.

The keys beside them belong to nobody: they were made for these files.
"""

import hashlib
import json
from pathlib import Path

from tac_desktop.casework import forms
from tac_desktop.export.bundle.reader import Blob, BundleReader, Rows
from tac_desktop.export.bundle.rows import MAX_FIELDS, encode_row
from tac_desktop.export.card import Trusted, check_code, read_card
from tac_desktop.export.identity import Identity

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
CODES = {"sender": "GTQ9-H2W4-593Y-HQ5T-PV67-5PJ1", "recipient": "GBA4-AYGS-09MF-DBHM-Y9NE-GH09"}
SCAN = b"scan" * 1000


def identity(name: str) -> Identity:
    return Identity.from_bytes((REFERENCE / f"{name}-v1.identity").read_bytes())


def test_cards_of_version_1_are_read_and_have_the_same_codes():
    for name, code in CODES.items():
        card = read_card((REFERENCE / f"{name}-v1.taccard").read_bytes())
        check_code(card, code)
        assert card.device_id == identity(name).device_id
        assert card.recipient == identity(name).recipient


def test_a_bundle_of_version_1_is_read_to_its_last_byte():
    sender = read_card((REFERENCE / "sender-v1.taccard").read_bytes())
    trusted = {sender.device_id: Trusted(sender, "worker")}
    entries, blobs = [], {}
    with BundleReader(REFERENCE / "bundle-v1.tacb", identity("recipient"), trusted) as bundle:
        for part in bundle.parts():
            match part:
                case Rows(some, _):
                    entries += some
                case Blob(sha256, _, chunks):
                    blobs[sha256] = b"".join(chunks)
        about = bundle.manifest
    lines = b"".join(map(encode_row, entries))
    assert hashlib.sha256(lines).hexdigest() == "bf9ea498e676e4ee3866f6a438fb097fa4c0afc6dc3decf5f1aa3c4c6a2ec64e"
    assert blobs == {hashlib.sha256(SCAN).hexdigest(): SCAN}
    assert (about.id, about.sender.app, about.created.wall) == (
        "01930000-0000-7000-8000-000000000001", "0.1", "2026-11-21T20:15:03+01:00",
    )  # fmt: skip
    assert about.received == ["01930000-0000-7000-8000-00000000000a"]
    assert about.have is not None
    assert [one.sseq for one in about.have] == [12]
    assert bundle.number == 1


def test_every_kind_of_answer_stands_in_the_bundle_of_version_1():
    sender = read_card((REFERENCE / "sender-v1.taccard").read_bytes())
    with BundleReader(
        REFERENCE / "bundle-v1.tacb", identity("recipient"), {sender.device_id: Trusted(sender, "worker")}
    ) as bundle:
        (last, *_) = [part.entries[-1] for part in bundle.parts() if isinstance(part, Rows)]
    assert json.loads(last.payload) == [
        "é 女 😀", -3, True, None, {"not_known": "asked on the wing"}, {"declined": True},
        {"blob": hashlib.sha256(SCAN).hexdigest()}, True,
    ]  # fmt: skip


def test_no_form_has_more_answers_than_a_row_may_have():
    from tac_desktop.casework.codelists import code_list
    from tac_desktop.casework.fields import Choices

    for form in forms.ALL.values():
        most = sum(len(code_list(f.codes).codes) if isinstance(f, Choices) else 1 for f in form.fields)
        assert most < MAX_FIELDS, form.name
