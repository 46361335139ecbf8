"""Signatures: ours and those of ssh-keygen are the same, and nothing else is accepted."""

import base64
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.export import sshsig
from tac_desktop.export.identity import Identity

MESSAGE = b'{"type":"tac-bundle"}'


@pytest.fixture(scope="module")
def identity() -> Identity:
    return Identity.create()


@pytest.fixture(scope="module")
def signature(identity) -> bytes:
    return sshsig.armoured(identity.signing_key, identity.sign(MESSAGE, sshsig.BUNDLE), sshsig.BUNDLE)


def test_a_signature_comes_back_from_its_file(identity, signature):
    key, bare = sshsig.read_armoured(signature, sshsig.BUNDLE)
    assert key == identity.signing_key
    sshsig.verify(key, bare, MESSAGE, sshsig.BUNDLE)


def test_a_signature_holds_for_its_message_and_purpose_only(identity, signature):
    key, bare = sshsig.read_armoured(signature, sshsig.BUNDLE)
    others = Identity.create().signing_key
    for wrong in (
        (key, bare, MESSAGE + b" ", sshsig.BUNDLE),
        (key, bare, MESSAGE, sshsig.CARD),
        (others, bare, MESSAGE, sshsig.BUNDLE),
        (key, b"", MESSAGE, sshsig.BUNDLE),
    ):
        with pytest.raises(sshsig.SignatureRefused):
            sshsig.verify(*wrong)
    with pytest.raises(sshsig.SignatureRefused):
        sshsig.read_armoured(signature, sshsig.CARD)


@given(st.data())
def test_a_signature_file_is_accepted_in_one_form_only(signature, data):
    place = data.draw(st.integers(0, len(signature) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != signature[place]))
    altered = signature[:place] + bytes([byte]) + signature[place + 1 :]
    with pytest.raises(sshsig.SignatureRefused):
        sshsig.verify(*sshsig.read_armoured(altered, sshsig.BUNDLE), MESSAGE, sshsig.BUNDLE)


@given(st.binary(max_size=400))
def test_anything_else_is_refused_as_a_signature(text):
    with pytest.raises(sshsig.SignatureRefused):
        sshsig.read_armoured(text, sshsig.BUNDLE)


@pytest.mark.tool("ssh-keygen")
def test_a_signature_by_ssh_keygen_is_accepted(tmp_path: Path):
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "key"], cwd=tmp_path, check=True)
    (tmp_path / "message").write_bytes(MESSAGE)
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", "key", "-n", "tac-bundle-v1", "message"], cwd=tmp_path, check=True,
        capture_output=True,
    )  # fmt: skip
    key, bare = sshsig.read_armoured((tmp_path / "message.sig").read_bytes(), sshsig.BUNDLE)
    sshsig.verify(key, bare, MESSAGE, sshsig.BUNDLE)
    assert base64.b64encode(sshsig.wire_key(key)) in (tmp_path / "key.pub").read_bytes()
