"""The container against the Community Cryptography Test Vectors of age: nothing passes that must not."""

import base64
import hashlib
import io
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tac_desktop.errors import TacError
from tac_desktop.export.bundle.age_container import Opening
from tac_desktop.export.identity import Identity

FILE = Path(__file__).resolve().parents[2] / "reference" / "cctv-age" / "vectors.json"
CHUNK, TAG, NONCE = 65536, 16, 16

NOT_OURS = {
    "stanza_empty_body": "a stanza of another kind: a bundle has none",
    "stanza_empty_last_line": "the same",
    "stanza_valid_characters": "the same",
    "x25519_grease": "the same: what age programs add without meaning ends in -grease",
}
"""Files that age may read and that are no container of ours: nobody writes such a bundle."""


@dataclass(frozen=True)
class Vector:
    """An age file, whose keys may be tried, and what a reader of age must make of it."""

    expect: str
    payload: str
    identities: list[str]
    armoured: bool
    body: bytes

    @property
    def size(self) -> int:
        """How many bytes lie in it, if its chunks are whole."""
        _, _, rest = self.body.partition(b"\n--- ")
        sealed = max(len(rest.partition(b"\n")[2]) - NONCE, 0)
        return max(sealed - TAG * -(-sealed // (CHUNK + TAG)), 0)


def read_vectors() -> dict[str, Vector]:
    """Return the vectors by their names."""
    vectors = {}
    for name, packed in json.loads(FILE.read_text()).items():
        head, _, body = base64.b64decode(packed).partition(b"\n\n")
        said = [line.split(": ", 1) for line in head.decode().split("\n")]
        known = dict(said)
        vectors[name] = Vector(
            known["expect"], known.get("payload", ""), [key for what, key in said if what == "identity"],
            known.get("armored") == "yes", zlib.decompress(body) if known.get("compressed") == "zlib" else body,
        )  # fmt: skip
    return vectors


VECTORS = read_vectors()
OURS = {
    name: vector
    for name, vector in VECTORS.items()
    if vector.identities and all(key.startswith("AGE-SECRET-KEY-1") for key in vector.identities)
}
"""The vectors for the one kind of recipient that a bundle has."""
PASS = {name for name, vector in OURS.items() if vector.expect == "success" and not vector.armoured} - NOT_OURS.keys()


def opened(vector: Vector, key: str) -> bytes:
    """Return what lies in a file, read to its end."""
    with Opening(io.BytesIO(vector.body), key) as opening:
        plain = opening.read(vector.size)
        opening.finish()
        return plain


def test_all_vectors_are_there():
    assert len(VECTORS) == 143
    assert len(OURS) > 60
    assert len(PASS) >= 5


@pytest.mark.parametrize("name", sorted(PASS))
def test_what_age_must_read_is_read(name):
    vector = OURS[name]
    found = {hashlib.sha256(opened(vector, key)).hexdigest() for key in vector.identities}
    assert found == {vector.payload}


@pytest.mark.parametrize("name", sorted(VECTORS.keys() - PASS))
def test_what_age_must_refuse_and_what_is_not_ours_is_refused(name):
    vector = VECTORS[name]
    x25519 = [key for key in vector.identities if key.startswith("AGE-SECRET-KEY-1")]
    for key in x25519 or [Identity.create().opening_key]:
        with pytest.raises(TacError, match="Nothing was changed"):
            opened(vector, key)


def test_what_is_refused_although_age_reads_it_is_named():
    refused = {name for name, vector in OURS.items() if vector.expect == "success"} - PASS
    assert {name for name in refused if not OURS[name].armoured} == NOT_OURS.keys()
