"""Nothing is looked at before what vouches for it: of two things amiss the one that docs/formats/bundle.md names first.

The numbers are those of the steps there.
"""

import pytest

from tac_desktop.casework.journal import b64, incarnation_id
from tac_desktop.errors import (
    BundleDamaged,
    BundleMalformed,
    BundleTooLarge,
    MadeByNewerProgram,
    NotABundle,
    OldRoster,
    SenderNotAllowed,
    SenderUnknown,
    SenderWithdrawn,
    SignedForSomebodyElse,
)  # fmt: skip
from tac_desktop.export.bundle import ustar
from tac_desktop.export.bundle.reader import BundleReader
from tac_desktop.export.bundle.rows import compressed
from tac_desktop.export.card import Trusted
from tests.export.bundle.forging import G, H, Handed, R, S, a_row, told_size

STRANGER = [{"age": "age1" + "q" * 58, "device": H, "n": 1}]
OTHER_SENDER = {"device": H, "incarnation": None, "person": "", "app": ""}
ROWS = "changes/000000.tsv.zstd"


@pytest.fixture
def answer(forge, anna, bea):
    """Return the trouble that a reader has with a forged bundle."""

    def read(bundle, *trusted, judge=None):
        known = bea.trusts(*(trusted or (anna,)))
        with pytest.raises(Exception) as trouble, BundleReader(Handed(bundle), bea.identity, judge or known) as opened:
            list(opened.parts())
        return trouble.type

    return read


def old_roster(_trust):
    raise OldRoster


def wrong_size(name, block):
    return ustar.header(name, 1 << 32) if name == "manifest.json" else block


def test_3_names_and_sizes_come_before_trust(forge, answer):
    assert answer(forge.build(header=wrong_size), judge=old_roster) is BundleTooLarge
    assert answer(forge.build(header=lambda *_: bytes(512)), judge=old_roster) is NotABundle


def test_4_trust_comes_before_the_signature(forge, answer):
    assert answer(forge.build(armour=b"nonsense"), judge=old_roster) is OldRoster


def test_5_the_signer_comes_before_the_manifest(forge, answer, anna, bea, clara):
    assert answer(forge.build(armour=b"nonsense", signed=b"nonsense")) is BundleDamaged
    assert answer(forge.build(signed=b"nonsense"), bea) is SenderUnknown
    assert answer(forge.build(signed=b"nonsense"), Trusted(anna.card, "worker", status="lost")) is SenderWithdrawn


def test_6_the_version_comes_before_the_members_and_these_before_what_they_say(forge, answer):
    assert answer(forge.build({"min_reader": 2, "id": 7, "sender": OTHER_SENDER})) is MadeByNewerProgram
    assert answer(forge.build({"id": 7, "sender": OTHER_SENDER, "recipients": STRANGER})) is BundleMalformed


def test_7_sender_then_trust_then_recipient_then_kind(forge, answer, anna):
    without_right = Trusted(anna.card, "admin")
    other_trust = told_size(b"other")
    wrong = {"sender": OTHER_SENDER, "trust": other_trust, "recipients": STRANGER}
    assert answer(forge.build(wrong), without_right) is BundleMalformed
    assert answer(forge.build({"trust": other_trust, "recipients": STRANGER}), without_right) is BundleDamaged
    assert answer(forge.build({"recipients": STRANGER}), without_right) is SignedForSomebodyElse
    assert answer(forge.build({"heads": [[*forge.head(1)[:4], G]]}), without_right) is SenderNotAllowed


def test_8_origins_then_heads(forge, answer, clara):
    (origin,) = forge.manifest["origins"]
    false_head = [[*forge.head(1)[:4], G]]
    claimed = [origin | {"incarnation": R}]
    assert answer(forge.build({"origins": claimed, "heads": []})) is BundleMalformed
    assert answer(forge.build({"heads": false_head}, [(ROWS, b"x", {"incarnation": R, "usize": 1})])) is BundleMalformed
    unknown = [origin | foreign_origin(clara)]
    assert answer(forge.build({"origins": unknown, "heads": []}, [])) is SenderUnknown


def foreign_origin(party):
    """Return an incarnation of a vault that nobody knows, without a proper signature."""
    rid = incarnation_id(party.identity.device_id, b"n" * 16)
    key, nonce = b64(party.identity.signing_key), b64(b"n" * 16)
    return {"incarnation": b64(rid), "key": key, "nonce": nonce, "signature": G}


def test_9_the_hash_comes_before_the_rows(forge, answer):
    more = {"incarnation": forge.head(1)[0], "usize": 7, "sha256": "a" * 64}
    assert answer(forge.build({}, [(ROWS, b"no zstd", more)])) is BundleDamaged
    assert answer(forge.build({}, [(ROWS, b"no zstd", more | {"sha256": told_size(b"no zstd")["sha256"]})])) is (
        BundleMalformed
    )


def test_10_the_form_of_a_row_comes_before_what_its_writer_may(forge, answer):
    assert answer(forge.rows(a_row(op="redact", bound=H))) is BundleMalformed
    assert answer(forge.rows(a_row(op="redact", stream=S))) is BundleMalformed
    assert answer(forge.rows(a_row(op="redact"))) is SenderNotAllowed


def test_11_the_rows_come_before_the_end(forge, answer):
    plain = a_row(op="redact")
    more = {"incarnation": forge.head(1)[0], "usize": len(plain)}
    bundle = forge.build({"heads": [forge.head(2)]}, [(ROWS, compressed(plain), more)], end=b"")
    assert answer(bundle) is SenderNotAllowed
    plain = a_row()
    more = {"incarnation": forge.head(1)[0], "usize": len(plain)}
    assert answer(forge.build({"heads": [forge.head(2)]}, [(ROWS, compressed(plain), more)], end=b"")) is (
        BundleMalformed
    )
