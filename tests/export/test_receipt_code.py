"""The receipt on paper: both vaults show the same code, nobody else does, and it is typed by tired people."""

import base64
import hashlib
import hmac
import subprocess

import pytest

from tac_desktop.export.identity import Identity
from tac_desktop.export.receipt_code import receipt_code, same_receipt

ANNA, BEA, CLARA = Identity.create(), Identity.create(), Identity.create()
MANIFEST = hashlib.sha256(b"a manifest").hexdigest()


def test_sender_and_recipient_see_the_same_code():
    code = receipt_code(ANNA, BEA.recipient, MANIFEST)
    assert code == receipt_code(BEA, ANNA.recipient, MANIFEST)
    assert [len(group) for group in code.split("-")] == [4, 4, 4]
    assert set(code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ-")


def test_another_bundle_and_another_vault_have_other_codes():
    code = receipt_code(ANNA, BEA.recipient, MANIFEST)
    assert code != receipt_code(ANNA, BEA.recipient, hashlib.sha256(b"another").hexdigest())
    assert code != receipt_code(CLARA, BEA.recipient, MANIFEST)
    assert code != receipt_code(ANNA, CLARA.recipient, MANIFEST)


@pytest.mark.parametrize(
    ("typed", "is_it"),
    [("0123-4567-89AB", True), ("o123 4567 89ab", True), ("oi23456789ab", True), ("OL23-4567-89AB\n", True),
     ("0123-4567-89AC", False), ("0123-4567-89A", False), ("", False), ("é123-4567-89AB", False)],
)  # fmt: skip
def test_how_it_is_typed_does_not_matter_and_what_is_typed_does(typed, is_it):
    assert same_receipt(typed, "0123-4567-89AB") is is_it


@pytest.mark.tool("openssl")
def test_openssl_alone_makes_the_same_code(tmp_path):
    """Docs/formats/bundle.md told the way; the keys are unpacked here letter by letter, not with our code."""

    def raw(key):
        bits = "".join(format("qpzry9x8gf2tvdw0s3jn54khce6mua7l".index(c), "05b") for c in key.lower()[-58:-6])
        return int(bits[:256], 2).to_bytes(32, "big")

    (tmp_path / "own").write_bytes(bytes.fromhex("302e020100300506032b656e04220420") + raw(ANNA.opening_key))
    (tmp_path / "other").write_bytes(bytes.fromhex("302a300506032b656e032100") + raw(BEA.recipient))
    derive = "openssl pkeyutl -derive -keyform DER -inkey own -peerform DER -peerkey other -out agreed"
    subprocess.run(derive.split(), cwd=tmp_path, check=True)
    agreed = (tmp_path / "agreed").read_bytes().hex()
    kdf = ["openssl", "kdf", "-binary", "-keylen", "32", "-kdfopt", "digest:SHA256", "-kdfopt", f"hexkey:{agreed}",
           "-kdfopt", "info:tac-receipt-v1", "HKDF"]  # fmt: skip
    key = subprocess.run(kdf, cwd=tmp_path, capture_output=True, check=True).stdout
    bits = format(int.from_bytes(hmac.digest(key, bytes.fromhex(MANIFEST), "sha256")), "0256b")[:60]
    letters = base64.b32hexencode(int(bits + "0000", 2).to_bytes(8, "big")).decode()[:12]
    crockford = letters.translate(str.maketrans("ABCDEFGHIJKLMNOPQRSTUV", "ABCDEFGHJKMNPQRSTVWXYZ"))
    assert receipt_code(ANNA, BEA.recipient, MANIFEST).replace("-", "") == crockford
